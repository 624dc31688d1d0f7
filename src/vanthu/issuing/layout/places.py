"""The placeholders of a template: "{{trích yếu}}" stands where the draft's words go, in the words of the office."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vanthu.documents import kinds
from vanthu.issuing.layout import measures
from vanthu.issuing.layout.body import (
    CONTENT,
    TEXT,
    Line,
    addressee_lines,
    content_lines,
    listed,
    receiver_lines,
    title_lines,
)
from vanthu.issuing.layout.forms import Form, form_of
from vanthu.issuing.layout.letter import LetterData
from vanthu.issuing.layout.names import about, capitals

PARTY, PARTY_LETTER = "DANG", "DANGCV"
"""The form of documents of the Party with a title, and that of its official letters (Hướng dẫn 36-HD/VPTW)."""
OF_PARTY = (PARTY, PARTY_LETTER)
COPIES = tuple(kind.code for kind in kinds.COPIES)
TEMPLATED: tuple[tuple[str, str], ...] = (
    *((kind.code, kind.name) for kind in kinds.ADMINISTRATIVE),
    *((kind.code, kind.name) for kind in kinds.COPIES),
    (PARTY, "Văn bản của Đảng"),
    (PARTY_LETTER, "Công văn của Đảng"),
)
"""(code, name) of every kind that has a template."""

_TEMPLATES = {kind.code: PARTY for kind in kinds.PARTY} | {"DCV": PARTY_LETTER}

MARKED = re.compile(r"\{\{([^{}]*)\}\}")


@dataclass(frozen=True, slots=True)
class Place:
    """A placeholder: its name, what is written there, and whether it takes lines of its own."""

    name: str
    meaning: str
    block: bool = False


PLACES = (
    Place("cơ quan chủ quản", "Tên cơ quan cấp trên, chữ in hoa", block=True),
    Place("cơ quan ban hành", "Tên cơ quan ban hành, chữ in hoa", block=True),
    Place("cơ quan", "Tên cơ quan viết thường, dùng trong câu"),
    Place("số", "Chỗ trống để cấp số"),
    Place("ký hiệu", "Ký hiệu theo loại văn bản, đơn vị"),
    Place("địa danh", "Nơi ban hành"),
    Place("ngày", "Chỗ trống để ghi ngày"),
    Place("tháng", "Chỗ trống để ghi tháng"),
    Place("năm", "Năm ban hành"),
    Place("tên loại", "Tên loại văn bản, chữ in hoa"),
    Place("trích yếu", "Trích yếu; công văn có sẵn “V/v” (của Đảng thì không)"),
    Place("mức độ khẩn", "Dấu khẩn; văn bản thường thì khung tự mất"),
    Place("chỉ dẫn lưu hành", "“LƯU HÀNH NỘI BỘ”; không hạn chế thì khung tự mất"),
    Place("kính gửi", "Kính gửi và nơi nhận chính", block=True),
    Place("thẩm quyền ban hành", "Thẩm quyền ban hành, chữ in hoa", block=True),
    Place("căn cứ", "Các căn cứ, mỗi căn cứ một dòng", block=True),
    Place("nội dung", "Phần đầu nội dung do hệ thống soạn sẵn", block=True),
    Place("quyền hạn, chức vụ", "Thể thức đề ký và chức vụ", block=True),
    Place("người ký", "Họ tên người ký"),
    Place("thư ký", "Họ tên thư ký cuộc họp"),
    Place("nơi nhận", "Danh sách nơi nhận và nơi lưu", block=True),
)
BY_NAME = {place.name: place for place in PLACES}

type Value = str | list[Line]


def template_of(kind: str) -> str:
    """The key of the template that a kind uses: its own, or one of the two of the Party."""
    return _TEMPLATES.get(kind, kind)


def needed(kind: str) -> tuple[str, ...]:
    """The placeholders without which a draft of this kind would lack what Decree 30/2020 asks for."""
    always = ("số", "ký hiệu", "ngày", "tháng", "năm", "quyền hạn, chức vụ", "người ký", "nơi nhận")
    if kind in COPIES:
        return always
    if kind == PARTY:
        return (*always, "tên loại", "trích yếu")
    if kind == PARTY_LETTER:
        return (*always, "trích yếu", "kính gửi")
    form = form_of(kind)
    found = [*always, "trích yếu"]
    found += ["kính gửi"] if form.addressed else []
    found += ["căn cứ"] if form.enacts else []
    found += ["thư ký"] if form.two_signers else []
    if form.two_signers:
        found.remove("quyền hạn, chức vụ")
    return tuple(found)


def allowed(kind: str) -> tuple[str, ...]:
    """The placeholders that mean something in this kind."""
    form = Form("") if kind in COPIES or kind in OF_PARTY else form_of(kind)
    without = {
        "kính gửi": not (form.addressed or kind in OF_PARTY),
        "thẩm quyền ban hành": not form.authority,
        "căn cứ": not (form.enacts or kind == "KH"),
        "thư ký": not form.two_signers,
        "tên loại": kind != PARTY,
        "nội dung": kind in COPIES,
        "mức độ khẩn": kind in COPIES,
        "chỉ dẫn lưu hành": kind in COPIES,
    }
    return tuple(place.name for place in PLACES if not without.get(place.name))


def values(data: LetterData) -> dict[str, Value]:
    """What each placeholder becomes in this letter; "" or no lines where the letter has nothing to say."""
    if template_of(data.kind) in OF_PARTY:
        return _of_party(data)
    form = Form("") if data.kind in COPIES else form_of(data.kind)
    content = content_lines(form, data)
    return _head(form, data) | {
        "kính gửi": addressee_lines(data.recipients) if form.addressed else [],
        "thẩm quyền ban hành": [line for line in content if line.style == "6 Thẩm quyền ban hành"][:1]
        if form.authority
        else [],
        "căn cứ": [line for line in content if line.style == "6 Căn cứ"],
        "nội dung": [line for line in content if line.style in CONTENT],
        "quyền hạn, chức vụ": _lines("7a Chức vụ", [line.upper() for line in data.signing]),
        "người ký": data.signer,
        "thư ký": data.secretary,
        "nơi nhận": [line for line in receiver_lines(form, data) if line.style == "9b Danh sách nhận"],
    }


def _of_party(data: LetterData) -> dict[str, Value]:
    """Of a document of a Party committee; what is not known stands in brackets."""
    committee = data.authority or f"Đảng ủy {data.office}"
    letter = template_of(data.kind) == PARTY_LETTER
    known = data.kind not in OF_PARTY
    title = kinds.by_code(data.kind).name.removesuffix(" (của Đảng)").upper() if known else "[TÊN LOẠI]"
    above = capitals(data.superior) if data.superior else ["[TÊN CẤP ỦY CẤP TRÊN]"]
    return _head(Form(title), data) | {
        "cơ quan chủ quản": _lines("2 Cơ quan chủ quản", [line for line in above if line]),
        "cơ quan ban hành": _lines("2 Cơ quan ban hành", capitals(committee)),
        "cơ quan": committee,
        "ký hiệu": data.symbol.removeprefix("-") or ("CV/ĐU" if letter else "[loại]/ĐU"),
        "trích yếu": data.subject,
        "kính gửi": addressee_lines(data.recipients),
        "nội dung": [Line(TEXT, text) for text in data.body or ("[Nội dung].",)],
        "quyền hạn, chức vụ": _lines("7a Chức vụ", [line.upper() for line in data.signing]),
        "người ký": data.signer,
        "nơi nhận": listed(
            "9b Danh sách nhận", (*(("Như trên",) if letter else ()), *data.copies, "Lưu Văn phòng Đảng ủy")
        ),
    }


def _head(form: Form, data: LetterData) -> dict[str, Value]:
    subjects = [line.text for line in title_lines(form, data) if line.style == "5a Trích yếu"]
    letter = about(data.subject, "V/v") if data.subject else ""
    return {
        "cơ quan chủ quản": _lines("2 Cơ quan chủ quản", [line for line in capitals(data.superior) if line]),
        "cơ quan ban hành": _lines("2 Cơ quan ban hành", capitals(data.office)),
        "cơ quan": data.office,
        "số": measures.NUMBER_BLANK,
        "ký hiệu": data.symbol,
        "địa danh": data.place,
        "ngày": measures.DAY_BLANK,
        "tháng": measures.DAY_BLANK,
        "năm": str(data.year),
        "tên loại": form.title,
        "trích yếu": "".join(subjects) if form.title else letter,
        "mức độ khẩn": data.urgency.label.upper() if data.urgency else "",
        "chỉ dẫn lưu hành": data.circulation.upper(),
    }


def _lines(style: str, texts: Sequence[str]) -> list[Line]:
    return [Line(style, text) for text in texts]
