"""Capitals (Phụ lục II): advice on words whose spelling leaves little doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vanthu.reading.form.rules.words import reworded

if TYPE_CHECKING:
    from collections.abc import Callable

    from vanthu.reading.form.elements import Parts
    from vanthu.reading.form.findings import Finding
    from vanthu.reading.form.lines import Doc, Line

_LAST = range(0x1EA0, 0x1EFA, 2)  # from Ạ to ỹ a high letter and its low one take turns
_LOW = "a-zà-ýăđĩũơư" + "".join(chr(code + 1) for code in _LAST)
_HIGH = "A-ZÀ-ÝĂĐĨŨƠƯ" + "".join(map(chr, _LAST))


@dataclass(frozen=True, slots=True)
class Spelling:
    """Where `pattern` finds something, `right` says what it should be; None leaves it alone."""

    rule: str
    pattern: re.Pattern[str]
    right: Callable[[re.Match[str]], str | None]
    says: str


def _first_high(found: re.Match[str]) -> str:
    return found[0][:1].upper() + found[0][1:]


def _first_low(found: re.Match[str]) -> str:
    return found[0][:1].lower() + found[0][1:]


def _exact(right: str) -> Callable[[re.Match[str]], str | None]:
    """`right`, unless it is written so already or all in capitals."""
    return lambda found: None if found[0] == right or found[0].isupper() else right


def _spelt(rule: str, right: str, *, says: str = "", around: str = "{}") -> Spelling:
    pattern = re.compile(around.format(rf"\b{re.escape(right)}\b").replace(r"\ ", r"\s"), re.IGNORECASE)
    return Spelling(rule, pattern, _exact(right), says or f"Viết “{right}”.")


def _in_offices(found: re.Match[str]) -> str | None:
    """Viện, Tòa án of the people: the first letter alone is high."""
    name = found[0]
    right = name[:1].upper() + name[1:].lower()
    return None if name.isupper() or name == right else right


# Behind these words "nhân dân" is part of a name or a title, "nhà nước" one of a usual pair of words.
_PEOPLE_OF = "sát|án|đồng|ban|an|đội|sĩ|giáo|thuốc|trang|báo|tệ|dân tộc|cử tri|kiểm|lực lượng vũ trang"
_STATE_OF = (
    "quản lý|cơ quan|bí mật|ngân sách|doanh nghiệp|kiểm toán|ngân hàng|kho bạc|hành chính|viên chức|công chức|"
    "cán bộ|vốn|tài sản|hiệu quả|thanh tra|cấp|ngoài|bộ máy|chức năng|quyền lực|đầu tư|tiền|lưu trữ|kiểm tra|"
    "giám sát|sở hữu|tổ chức"
)
_DOCUMENTS = (
    "nghị định", "thông tư", "quyết định", "chỉ thị", "kế hoạch", "công văn", "thông báo", "hướng dẫn", "nghị quyết",
    "báo cáo", "tờ trình", "quy chế", "quy định", "chương trình", "công điện",
)  # fmt: skip
_OFFICES = (
    "Quốc hội", "Chính phủ", "Bộ Công an", "Bộ Tư pháp", "Bộ Quốc phòng", "Bộ Tài chính", "Bộ Nội vụ", "Bộ Ngoại giao",
    "Bộ Y tế", "Bộ Xây dựng", "Bộ Công Thương", "Bộ Giáo dục và Đào tạo", "Bộ Khoa học và Công nghệ",
    "Thanh tra Chính phủ", "Văn phòng Chính phủ", "Đảng Cộng sản Việt Nam", "Liên hợp quốc",
    "Mặt trận Tổ quốc Việt Nam", "Ủy ban Thường vụ Quốc hội",
)  # fmt: skip

_SPELLINGS = (
    Spelling(
        "capital.people", re.compile(r"(?<!\w)(?<![_])(?:(?P<before>\w+)\s)?(?P<word>nhân dân)\b"),
        lambda found: None if re.fullmatch(_PEOPLE_OF, (found["before"] or "").lower()) else
        found[0].replace("nhân dân", "Nhân dân"), "Viết hoa “Nhân dân”.",
    ),
    Spelling(
        "capital.people", re.compile(r"(?:(?P<before>\w+(?:\s\w+)?)\s)?(?P<word>nhà nước)\b"),
        lambda found: None if re.search(rf"(?:^|\s)(?:{_STATE_OF})$", (found["before"] or "").lower()) else
        found[0].replace("nhà nước", "Nhà nước"), "Viết hoa “Nhà nước”.",
    ),
    Spelling(
        "capital.cite", re.compile(r"(?<![.!?:] )(?<!^)(?<=[\w,;(] )(?:Khoản|Điểm)(?=\s(?:\d+|[a-zđ]\b))"), _first_low,
        "Viện dẫn: khoản, điểm không viết hoa.",
    ),
    Spelling(
        "capital.cite", re.compile(r"(?<=\w )(?:điều|chương|mục|phần)(?=\s(?:\d+|[IVXLC]+)\b(?!\s?(?:lần|%)))"),
        _first_high, "Viện dẫn: Phần, Chương, Mục, Điều viết hoa.",
    ),
    Spelling(
        "capital.document", re.compile(rf"\b(?:{'|'.join(_DOCUMENTS)})(?=\s+số\s+\d)"), _first_high,
        "Tên loại của văn bản cụ thể viết hoa chữ cái đầu.",
    ),
    Spelling(
        "capital.document",
        re.compile(rf"\b(?:{'|'.join(one.title() for one in _DOCUMENTS)})(?=\s+số\s+\d)"),
        lambda found: found[0][:1] + found[0][1:].lower(), "Tên loại chỉ viết hoa chữ cái đầu.",
    ),
    Spelling(
        "capital.document",
        re.compile(r"\bluật(?=\s+(?:Tổ chức|Ban hành|Cán bộ|Tố cáo|Khiếu nại|Lưu trữ|Giao dịch)\b)"),
        _first_high, "Tên luật viết hoa chữ cái đầu của “Luật”.",
    ),
    Spelling(
        "capital.document",
        re.compile(r"\bbộ luật (?:hình sự|dân sự|tố tụng hình sự|tố tụng dân sự|lao động)\b", re.IGNORECASE),
        lambda found: None if found[0].isupper() else _right_code(found[0]), "Viết hoa tên bộ luật.",
    ),
    Spelling(
        "capital.day", re.compile(r"\bthứ (?:hai|ba|tư|năm|sáu|bảy)(?=[,\s]+(?:ngày|\())"),
        lambda found: f"thứ {found[0][4:].capitalize()}", "Viết hoa tên ngày trong tuần.",
    ),
    Spelling(
        "capital.feast", re.compile(r"\btết nguyên đán\b", re.IGNORECASE),
        lambda found: None if found[0].isupper() or found[0] in ("tết Nguyên đán", "Tết Nguyên đán") else
        f"{found[0][:1]}ết Nguyên đán", "Viết “tết Nguyên đán”.",
    ),
    Spelling(
        "capital.feast", re.compile(r"\bquốc khánh(?=\s*(?:\(?\s*0?2|ngày))", re.IGNORECASE),
        _exact("Quốc khánh"), "Viết “Quốc khánh”.",
    ),
    _spelt("capital.city", "Thủ đô Hà Nội"),
    _spelt("capital.city", "Thành phố Hồ Chí Minh"),
    Spelling(
        "capital.place",
        re.compile(
            rf"(?<=[{_LOW},] )(?:Tỉnh|Huyện|Thành phố(?! Hồ Chí Minh)|Thị xã|Xã)(?=\s[{_HIGH}][{_LOW}])"
        ),
        _first_low, "Danh từ chung đứng trước tên địa phương viết thường.",
    ),
    Spelling(
        "capital.place", re.compile(r"\b(?:quận|phường)(?=\s\d{1,2}\b)"), _first_high,
        "Quận, Phường đi với số viết hoa.",
    ),
    Spelling(
        "capital.office",
        re.compile(
            r"\b(?:viện kiểm sát|tòa án|toà án|ủy ban|uỷ ban|hội đồng) nhân dân"
            r"(?=\s(?:tối cao|tỉnh|thành phố|khu vực|xã|phường|huyện|quận))",
            re.IGNORECASE,
        ),
        _in_offices, "Tên cơ quan viết hoa chữ cái đầu, ví dụ Viện kiểm sát nhân dân tối cao.",
    ),
    *(_spelt("capital.office", name) for name in _OFFICES),
)  # fmt: skip
_SENTENCE = re.compile(rf"(?<=[{_LOW})”]{{2}}[.!?] )[{_LOW}](?=\w)")
_LINE = re.compile(rf"^\s*(?:[-+]\s+|[a-zđ]\)\s+|\d+(?:\.\d+)*\.\s+)?(?P<letter>[{_LOW}])(?=\w)")
_SHORT_WORDS = ("đ/c", "v.v", "tr.", "tp.")


def _right_code(name: str) -> str:
    """ "bộ luật tố tụng hình sự" gives "Bộ luật Tố tụng hình sự"."""
    return "Bộ luật " + name[8:9].upper() + name[9:].lower()


def capitals(doc: Doc, parts: Parts) -> Iterator[Finding]:
    """Advice on the words of trích yếu, basis, text, receivers."""
    for line in (
        *parts.about,
        *parts.subject,
        *parts.addressed,
        *parts.basis,
        *parts.content,
        *parts.appendix,
    ):
        if line.text.isupper():
            continue
        yield from _words(line)
    for line in parts.content:
        if line.cell is None and not line.page:
            yield from _sentences(line)


def _words(line: Line) -> Iterator[Finding]:
    taken: list[tuple[int, int]] = []
    for one in _SPELLINGS:
        for found in one.pattern.finditer(line.text):
            right = one.right(found)
            inside = any(start < found.end() and found.start() < end for start, end in taken)
            if right is None or right == found[0] or inside:
                continue
            taken.append(found.span())
            yield reworded(
                one.rule, line, found.start(), found.end(), right, f"{one.says} Sửa thành “{right}”."
            )


def _sentences(line: Line) -> Iterator[Finding]:
    first = _LINE.match(line.text)
    if first is not None:
        yield _raised(line, first.start("letter"), "Viết hoa chữ cái đầu dòng.")
    for found in _SENTENCE.finditer(line.text):
        if not line.text[: found.start()].lower().rstrip(" .").endswith(_SHORT_WORDS):
            yield _raised(line, found.start(), "Viết hoa chữ cái đầu câu.")


def _raised(line: Line, at: int, message: str) -> Finding:
    return reworded("capital.sentence", line, at, at + 1, line.text[at].upper(), message)
