"""Words of the office: how bodies, posts and places are written in ordinary case, and what their abbreviations mean."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from vanthu.kernel.vietnamese import fold, nfc, spelled

if TYPE_CHECKING:
    from collections.abc import Iterable

# The provinces and cities since 1 July 2025 (Nghị quyết 202/2025/QH15), and those that were merged into them.
PLACES = tuple(
    place.strip()
    for place in [
        "\n    Hà Nội",
        " Huế",
        " Lai Châu",
        " Điện Biên",
        " Sơn La",
        " Lạng Sơn",
        " Quảng Ninh",
        " Thanh Hóa",
        " Nghệ An",
        " Hà Tĩnh",
        " Cao Bằng",
        " Tuyên Quang",
        "\n    Lào Cai",
        " Thái Nguyên",
        " Phú Thọ",
        " Bắc Ninh",
        " Hưng Yên",
        " Hải Phòng",
        " Ninh Bình",
        " Quảng Trị",
        " Đà Nẵng",
        " Quảng Ngãi",
        " Gia Lai",
        "\n    Khánh Hòa",
        " Lâm Đồng",
        " Đắk Lắk",
        " Hồ Chí Minh",
        " Đồng Nai",
        " Tây Ninh",
        " Cần Thơ",
        " Vĩnh Long",
        " Đồng Tháp",
        " Cà Mau",
        " An Giang",
        "\n    Hà Giang",
        " Yên Bái",
        " Bắc Kạn",
        " Vĩnh Phúc",
        " Hòa Bình",
        " Bắc Giang",
        " Thái Bình",
        " Hải Dương",
        " Hà Nam",
        " Nam Định",
        " Quảng Bình",
        "\n    Quảng Nam",
        " Kon Tum",
        " Bình Định",
        " Phú Yên",
        " Ninh Thuận",
        " Đắk Nông",
        " Bình Thuận",
        " Bình Dương",
        " Bà Rịa - Vũng Tàu",
        " Bình Phước",
        "\n    Long An",
        " Sóc Trăng",
        " Hậu Giang",
        " Bến Tre",
        " Trà Vinh",
        " Tiền Giang",
        " Bạc Liêu",
        " Kiên Giang",
        " Thừa Thiên Huế\n    ",
    ]
)

# How the names of bodies are written (Phụ lục II, phần IV: capitals for the words of type and of function).
_BODIES = """
Viện kiểm sát nhân dân tối cao; Viện kiểm sát nhân dân; Viện kiểm sát quân sự; Viện kiểm sát; Ủy ban kiểm sát
Tòa án nhân dân tối cao; Tòa án nhân dân; Tòa án quân sự; Tòa án; Hội đồng nhân dân; Ủy ban nhân dân; Ủy ban
Ủy ban Mặt trận Tổ quốc Việt Nam; Mặt trận Tổ quốc; Quốc hội; Ủy ban Thường vụ Quốc hội; Đoàn đại biểu Quốc hội
Văn phòng Quốc hội; Văn phòng Chính phủ; Chính phủ; Thủ tướng Chính phủ; Văn phòng Chủ tịch nước
Bộ Công an; Bộ Quốc phòng; Bộ Tư pháp; Bộ Nội vụ; Bộ Tài chính; Bộ Ngoại giao; Bộ Công Thương; Bộ Xây dựng; Bộ Y tế
Bộ Khoa học và Công nghệ; Bộ Giáo dục và Đào tạo; Bộ Nông nghiệp và Môi trường; Bộ Dân tộc và Tôn giáo
Bộ Văn hóa, Thể thao và Du lịch; Thanh tra Chính phủ; Ngân hàng Nhà nước Việt Nam; Kiểm toán nhà nước
Bảo hiểm xã hội Việt Nam; Bảo hiểm xã hội; Kho bạc Nhà nước; Cục Thuế; Thuế; Cục Hải quan; Chi cục; Tổng cục
Công an; Cơ quan; Cảnh sát điều tra; Cơ quan Cảnh sát điều tra; Cơ quan An ninh điều tra; Cơ quan điều tra
Văn phòng Cơ quan Cảnh sát điều tra
Cảnh sát hình sự; Cảnh sát giao thông; Cảnh sát kinh tế; Cục Cảnh sát hình sự; Trại tạm giam; Trại giam; Nhà tạm giữ
Bộ Chỉ huy quân sự; Ban Chỉ huy quân sự; Bộ Tư lệnh; Bộ đội Biên phòng; Quân khu; Quân chủng; Quân đoàn
Thi hành án dân sự; Cục Quản lý thi hành án dân sự; Phòng Thi hành án dân sự; Chi cục Thi hành án dân sự
Sở Tư pháp; Sở Nội vụ; Sở Tài chính; Sở Xây dựng; Sở Y tế; Sở Công Thương; Sở Khoa học và Công nghệ; Sở Ngoại vụ
Sở Giáo dục và Đào tạo; Sở Nông nghiệp và Môi trường; Sở Văn hóa, Thể thao và Du lịch; Sở Dân tộc và Tôn giáo
Thanh tra; Ban Tiếp công dân; Ban Quản lý; Ban Quản lý dự án; Ban Cơ yếu Chính phủ; Ban Chỉ đạo; Ban Cán sự đảng
Ban Thường vụ; Ban Thường trực; Ban Chấp hành; Ban Tổ chức; Ban Nội chính; Ban Tuyên giáo và Dân vận; Ban Kiểm tra
Ban Pháp chế; Ủy ban Kiểm tra; Đảng ủy; Đảng bộ; Chi bộ; Tỉnh ủy; Thành ủy; Văn phòng Tỉnh ủy; Văn phòng Thành ủy
Ban Chấp hành Trung ương; Văn phòng Trung ương Đảng; Trung ương; Học viện; Trường Đại học Kiểm sát; Trường Đại học
Văn phòng; Phòng Tổng hợp; Phòng; Cục; Vụ; Thanh tra Viện kiểm sát nhân dân; Viện nghiệp vụ; Trung tâm; Báo; Tạp chí
Văn phòng Luật sư; Đoàn Luật sư; Công ty Luật; Công ty; Tổng Công ty; Tập đoàn; Ngân hàng; Hội Luật gia; Hội Nông dân
Liên đoàn Lao động; Hội Liên hiệp Phụ nữ; Đoàn Thanh niên Cộng sản Hồ Chí Minh; Bệnh viện đa khoa; Bệnh viện
Kho bạc; Hội đồng; Hội đồng thi đua, khen thưởng; Tổ công tác; Tổ thẩm định; Hải quan; Kiểm lâm; Quản lý thị trường
tỉnh; thành phố; Thành phố Hồ Chí Minh; huyện; quận; thị xã; xã; phường; thị trấn; đặc khu; khu vực; cấp cao tại
trung ương; tối cao; và; các; các cơ quan; Thường trực; Thường vụ; của; về; cho; nhân dân; quân sự; số
Cảnh sát quản lý hành chính về trật tự xã hội; Tham mưu; Tổ chức cán bộ; Kế hoạch - Tài chính; Công nghệ thông tin
Thống kê tội phạm và Công nghệ thông tin; Chuyển đổi số; Hợp tác quốc tế và Tương trợ tư pháp về hình sự; Pháp chế
Thực hành quyền công tố; kiểm sát điều tra; Kiểm sát thi hành án dân sự; Công tố và Kiểm sát điều tra án hình sự
Văn thư và Lưu trữ nhà nước; Quản lý dự án; Hành chính; Tổng hợp; Nghiệp vụ; Dân số; Đầu tư; Kinh tế; Đô thị; Hạ tầng
Kinh tế, Hạ tầng và Đô thị; Văn hóa - Xã hội; Tư pháp; Nội vụ; Tài chính; Thông tin; Đào tạo; Lãnh sự; Kế hoạch
"""
_ABBREVIATED = {
    "vksndtc": "Viện kiểm sát nhân dân tối cao",
    "vkstc": "Viện kiểm sát nhân dân tối cao",
    "vksnd": "Viện kiểm sát nhân dân",
    "vksqs": "Viện kiểm sát quân sự",
    "vks": "Viện kiểm sát",
    "tandtc": "Tòa án nhân dân tối cao",
    "tand": "Tòa án nhân dân",
    "ubnd": "Ủy ban nhân dân",
    "hdnd": "Hội đồng nhân dân",
    "ubmttq": "Ủy ban Mặt trận Tổ quốc",
    "csdt": "Cảnh sát điều tra",
    "andt": "An ninh điều tra",
    "thads": "Thi hành án dân sự",
    "bhxh": "Bảo hiểm xã hội",
    "tp": "thành phố",
}

_LONG = 3  # words of a phrase that is recognised although a letter or two are wrong
_ALWAYS = ("tỉnh", "xã")  # whatever marks a scan gives them, in the name of a body they are these
_RUN_TOGETHER = 6  # letters, from which on a word may be two

# Words with which the name of a body begins; what stands higher has the higher rank, so that the line above is told
# from the first line of a long name: "Công an tỉnh / Cơ quan điều tra" are two, "Cơ quan điều tra / Công an tỉnh" one.
HEADS = {
    "ban chap hanh trung uong": 9, "trung uong": 9, "quoc hoi": 9, "chinh phu": 9, "thu tuong": 9,
    "vien kiem sat nhan dan toi cao": 9, "toa an nhan dan toi cao": 9, "bo": 8, "vien kiem sat": 7, "toa an": 7,
    "uy ban nhan dan": 7, "ubnd": 7, "hdnd": 7, "hoi dong nhan dan": 7, "vksnd": 7, "vks": 7, "tand": 7, "tinh uy": 7,
    "thanh uy": 7, "tong cuc": 6, "cong an": 6, "quan khu": 8, "quan chung": 8, "so": 5, "dang bo": 7, "doan": 5,
    "ngan hang": 7, "bao hiem xa hoi": 6, "thanh tra chinh phu": 8, "kiem toan": 8, "mat tran": 7, "uy ban": 6,
    "hoc vien": 5, "truong": 5, "cuc": 5, "vu": 4, "co quan": 4, "thi hanh an": 5, "thanh tra": 4, "trai": 3,
    "dang uy": 5, "ban": 4, "van phong": 3, "phong": 2, "chi cuc": 4, "chi bo": 3, "trung tam": 3, "hoi": 5,
    "lien doan": 5, "cong ty": 5, "tong cong ty": 6, "tap doan": 6, "benh vien": 4, "bao": 4, "tap chi": 4,
    "kho bac": 5, "thue": 5, "hai quan": 5, "bo chi huy": 5, "bo tu lenh": 6, "nha tam giu": 2, "to": 1,
    "vien": 6, "toa": 6,
}  # fmt: skip

POSTS = tuple(
    post.strip()
    for post in [
        "\n    Viện trưởng",
        " Phó Viện trưởng",
        " Vụ trưởng",
        " Phó Vụ trưởng",
        " Cục trưởng",
        " Phó Cục trưởng",
        " Chánh Văn phòng",
        "\n    Phó Chánh Văn phòng",
        " Chánh Thanh tra",
        " Phó Chánh Thanh tra",
        " Trưởng phòng",
        " Phó Trưởng phòng",
        " Chánh án",
        " Phó Chánh án",
        "\n    Chủ tịch",
        " Phó Chủ tịch",
        " Phó Chủ tịch Thường trực",
        " Bộ trưởng",
        " Thứ trưởng",
        " Giám đốc",
        " Phó Giám đốc",
        " Tổng Giám đốc",
        "\n    Phó Tổng Giám đốc",
        " Thủ trưởng",
        " Phó Thủ trưởng",
        " Trưởng ban",
        " Phó Trưởng ban",
        " Trưởng đoàn",
        " Phó Trưởng đoàn",
        " Bí thư",
        "\n    Phó Bí thư",
        " Phó Bí thư Thường trực",
        " Giám thị",
        " Phó Giám thị",
        " Tổng Thanh tra",
        " Phó Tổng Thanh tra",
        " Thủ tướng",
        "\n    Phó Thủ tướng",
        " Tổng Kiểm toán",
        " Thống đốc",
        " Phó Thống đốc",
        " Hiệu trưởng",
        " Phó Hiệu trưởng",
        " Chủ nhiệm",
        " Phó Chủ nhiệm",
        "\n    Bộ trưởng, Chủ nhiệm",
        " Kiểm sát viên",
        " Kiểm sát viên cao cấp",
        " Kiểm sát viên trung cấp",
        " Kiểm sát viên sơ cấp",
        "\n    Điều tra viên",
        " Kiểm tra viên",
        " Thẩm phán",
        " Chấp hành viên",
        " Trưởng Văn phòng",
        " Luật sư",
        " Tổng Biên tập",
        "\n    Phó Tổng Biên tập",
        " Trưởng Công an",
        " Phó Trưởng Công an",
        " Chỉ huy trưởng",
        " Phó Chỉ huy trưởng",
        " Tư lệnh",
        " Phó Tư lệnh",
        "\n    Chính ủy",
        " Cục trưởng Cục Thuế",
        " Chi cục trưởng",
        " Phó Chi cục trưởng",
        " Đội trưởng",
        " Phó Đội trưởng",
        " Trưởng khoa",
        "\n    Trưởng Thi hành án dân sự",
        " Phó Trưởng Thi hành án dân sự",
        " Ủy viên",
        " Ủy viên Thường trực",
        " Ủy viên Ban Thường vụ",
        "\n    Trưởng Ban Pháp chế",
        " Phó Trưởng Ban Pháp chế",
        " Tổng Thư ký",
        " Chủ tịch Hội đồng quản trị",
        " Trưởng Công an xã",
        "\n    Người lập biên bản",
        " Thư ký",
        " Chủ tọa",
        " Chủ trì",
        " Kế toán trưởng",
        " Văn thư",
        " Phó Bí thư Đảng ủy",
        " Bí thư Đảng ủy",
        "\n    Trưởng Đoàn đại biểu Quốc hội",
        " Viện trưởng Viện kiểm sát nhân dân tối cao",
        " Trưởng cơ quan",
        " Phó Trưởng cơ quan\n    ",
    ]
)

PHRASES = tuple(
    dict.fromkeys(
        nfc(phrase) for line in _BODIES.strip().splitlines() for phrase in line.split(";") if phrase.strip()
    )
)


@cache
def _phrase_table() -> tuple[dict[str, str], int]:
    """{folded phrase: phrase in ordinary case}, and how many words the longest has."""
    table = {fold(phrase): phrase for phrase in (*PHRASES, *PLACES)}
    return table, max(len(key.split()) for key in table)


def ordinary(text: str) -> str:
    """A name in capitals as it is written in ordinary case: known phrases as they are, other words with a capital.

    Marks that a scan lost come back inside known phrases: "VIEN KIEM SAT NHAN DAN" gives "Viện kiểm sát nhân dân".
    """
    table, longest = _phrase_table()
    words = [part for word in spelled_out(nfc(text)).split() for part in _apart(word)]
    made: list[str] = []
    at = 0
    while at < len(words):
        for length in range(min(longest, len(words) - at), 0, -1):
            window = " ".join(words[at : at + length])
            phrase = _phrase(window, table) or (_nearly(window) if length >= _LONG else "")
            if phrase:
                break
        else:
            length, phrase = 1, _capital(words[at])
        made.append(phrase)
        at += length
    whole = " ".join(made)
    return whole[:1].upper() + whole[1:]


def _nearly(text: str) -> str:
    """The phrase of as many words that a scan garbled by a letter or two, with the stop that follows it."""
    bare = text.rstrip(",;.:")
    near, _ = closest(bare, _phrases_of(len(bare.split())), 90)
    return near + text[len(bare) :] if near else ""


@cache
def _phrases_of(words: int) -> tuple[str, ...]:
    return tuple(phrase for phrase in PHRASES if len(phrase.split()) == words)


def _apart(word: str) -> list[str]:
    """Known phrases that a scan ran together ("TỈNHTHANHHÓA"), else the word as it is."""
    bare = _bare(word)
    if len(bare) < _RUN_TOGETHER or not word.isalpha():
        return [word]
    return _cut(bare, 6) or [word]


def _cut(bare: str, most: int) -> list[str]:
    """The known phrases of which these letters consist; empty when they do not."""
    if not bare:
        return []
    table = _letters_table()
    for end in range(len(bare), 1, -1):
        phrase = table.get(bare[:end])
        if phrase and end == len(bare):
            return phrase.split()
        if phrase and most and (rest := _cut(bare[end:], most - 1)):
            return [*phrase.split(), *rest]
    return []


@cache
def _letters_table() -> dict[str, str]:
    """{letters of a phrase without blanks: phrase}."""
    return {_bare(phrase): phrase for phrase in (*PHRASES, *PLACES)}


def _phrase(text: str, table: dict[str, str]) -> str:
    """The known phrase, with the comma or bracket that follows it."""
    bare = text.rstrip(",;.:")
    known = table.get(fold(bare), "")
    if known in _ALWAYS:
        return known + text[len(bare) :]
    if known and " " not in known and not bare.isascii() and spoken(bare) != spoken(known):
        return ""  # one syllable with other marks is another word; without any, a scan may have lost them
    return known + text[len(bare) :] if known else ""


def spoken(text: str) -> str:
    """Lower case with its marks, one spelling of oà and òa."""
    return " ".join(spelled(word) for word in text.split())


def _capital(word: str) -> str:
    """A capital and small letters; what has figures or stops stays: "P1", "CSĐT"."""
    bare = word.rstrip(",;")
    if bare.isalpha():
        return bare.capitalize() + word[len(bare) :]
    if any(letter.isdigit() for letter in word) or not word.isalpha():
        return "-".join(part.capitalize() for part in word.split("-")) if "-" in word.strip("-") else word
    return word.capitalize()


def spelled_out(text: str) -> str:
    """Abbreviations of bodies written out: "UBND tỉnh" gives "Ủy ban nhân dân tỉnh"."""
    return " ".join(_long(word) for word in text.split())


def _long(word: str) -> str:
    bare = word.strip(".,;:()")
    if bare.upper() != bare and bare.lower() != "tp":
        return word
    long = _ABBREVIATED.get(fold(bare), "")
    return word.replace(bare, long).replace("phố.", "phố") if long else word


def closest(text: str, names: Iterable[str], least: float) -> tuple[str, float]:
    """The name nearest to a text that a scan may have garbled, and how near (0 to 100); ("", 0) below `least`.

    Compared without marks and blanks; between names that differ by marks only, marks decide.
    """
    bare = _bare(text)
    best, best_score = "", 0.0
    for name in names:
        score = fuzz.ratio(bare, _bare(name), score_cutoff=least)
        if score:
            score += fuzz.ratio(text.lower(), name.lower()) / 1000
        if score > best_score:
            best, best_score = name, score
    return best, best_score


@cache
def _bare(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text))


def head_rank(text: str) -> int:
    """How high a body stands whose name begins like this text; 0 when no body's name begins so."""
    plain = re.sub(r"[^a-z0-9 ]", " ", fold(text)).strip()
    ranks = [(len(head), rank) for head, rank in HEADS.items() if f"{plain} ".startswith(f"{head} ")]
    return max(ranks)[1] if ranks else 0
