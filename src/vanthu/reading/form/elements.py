"""Which line of a document is which element (ô) of Phụ lục I: found by words, by place, and by what surrounds it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from rapidfuzz import fuzz

from vanthu.kernel.vietnamese import fold
from vanthu.reading.form import kinds
from vanthu.reading.form.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vanthu.reading.form.lines import Doc, Line, Run, Side

type Family = Literal["state", "party", "copy"]

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
_ALIKE = 82  # of 100: how alike a line is to the Quốc hiệu or Tiêu ngữ that it means
_HEAD = 40  # lines that are looked at for the head
_NUMBER = re.compile(r"^\s*số\b\s*[:.]?\s*(?=[\d/.…_\s-]|$)", re.IGNORECASE)
_DATE = re.compile(r"\bngày\b.{0,16}\btháng\b.{0,16}\bnăm\b", re.IGNORECASE)
_ABOUT = re.compile(r"^\s*(v\s*/\s*v|về việc)\b", re.IGNORECASE)
_ADDRESSED = re.compile(r"^\s*kính gửi\b", re.IGNORECASE)
_RECEIVERS = re.compile(r"^\s*nơi nhận\b\s*:?\s*$", re.IGNORECASE)
_RECEIVER = re.compile(r"^\s*(?:[-–•+]|lưu\b|như\b)", re.IGNORECASE)
_NO_NAME = re.compile(r"^\s*(?:[-–•+]|lưu\s*:|như\b)", re.IGNORECASE)  # Lưu is a family name too
ARCHIVE = re.compile(r"^\s*[-–•]?\s*lưu\b", re.IGNORECASE)
_BASIS = re.compile(
    r"^\s*[-–]?\s*(?:căn cứ|theo đề nghị|xét đề nghị|xét tờ trình|thực hiện|trên cơ sở)\b", re.IGNORECASE
)
APPENDIX = re.compile(r"^\s*phụ lục(?:\s+(?:số\s+)?[IVXLC\d]+)?\s*[.:]?\s*$", re.IGNORECASE)
_URGENCY = re.compile(
    r"^\s*(?:HO[ẢA]̉? ?TỐC|HOẢ TỐC|HỎA TỐC|THƯỢNG KHẨN|KHẨN)(?:\s+HẸN GIỜ)?\s*$", re.IGNORECASE
)
_CIRCULATION = re.compile(r"^\s*(?:LƯU HÀNH NỘI BỘ|XEM XONG TRẢ LẠI|TÀI LIỆU THU HỒI)\s*$", re.IGNORECASE)
SIGNING = re.compile(
    r"^\s*(?:(?:KT|TL|TUQ|TM|T/M|T/L|K/T|Q)\b[.\s]|(?:(?:QUYỀN|PHÓ|TỔNG)\s+)*(?:\w+\s+)?(?:VIỆN|CỤC|VỤ|BỘ|THỨ|PHÒNG|BAN|"
    r"HIỆU|TỔ|ĐỘI)?\s*TRƯỞNG\b|(?:PHÓ )?(?:CHÁNH|GIÁM ĐỐC|CHỦ TỊCH|CHỦ NHIỆM|BÍ THƯ|TỔNG)|THƯ KÝ|CHỦ T[ỌO][AẠ]"
    r"|ĐẠI DIỆN|THỦ TRƯỞNG|KIỂM SÁT VIÊN|ỦY VIÊN)",
)
_TITLE_LETTERS = 60


@dataclass(slots=True)
class Parts:
    """The elements of a document, in the names of the office; what was not found is None or empty."""

    family: Family = "state"
    kind: Kind | None = None
    nation: Line | None = None
    motto: Line | None = None
    party: Line | None = None
    offices: list[Line] = field(default_factory=list)
    number: Line | None = None
    date: Line | None = None
    about: list[Line] = field(default_factory=list)
    urgency: Line | None = None
    circulation: Line | None = None
    title: Line | None = None
    subject: list[Line] = field(default_factory=list)
    addressed: list[Line] = field(default_factory=list)
    authority: list[Line] = field(default_factory=list)
    basis: list[Line] = field(default_factory=list)
    enacts: Line | None = None
    content: list[Line] = field(default_factory=list)
    signing: list[Line] = field(default_factory=list)
    names: list[Line] = field(default_factory=list)
    receivers: Line | None = None
    receiving: list[Line] = field(default_factory=list)
    appendix: list[Line] = field(default_factory=list)


def recognise(doc: Doc, code: str = "") -> Parts:
    """The elements; `code` is the kind where it is known, else the document says it."""
    lines = [piece for line in doc.lines for piece in _halves(line)]
    parts = Parts(kind=kinds.by_code(code))
    foot, end = _foot(lines, parts)
    parts.appendix = lines[end:]
    begin = _head(lines[: min(foot, _HEAD)], parts)
    parts.circulation = parts.circulation or _one(doc.edges, _CIRCULATION)
    _judge_family(parts, code)
    _body(lines[begin:foot], parts)
    return parts


def is_title(line: Line) -> Kind | None:
    """The kind that a line of the head names, when it stands like a title."""
    if len(line.text) > _TITLE_LETTERS or not (
        line.text.isupper() or line.bold or line.layout.align == "center"
    ):
        return None
    return kinds.titled(line.text)


def _judge_family(parts: Parts, code: str) -> None:
    if code in kinds.PARTY or (parts.nation is None and parts.party is not None):
        parts.family = "party"
    elif code in ("SY", "TRS", "SL"):
        parts.family = "copy"


def _halves(line: Line) -> list[Line]:
    """A line of two halves with a tab between them (no table) as two lines, which are read but not mended."""
    if line.cell is not None or "\t" not in line.text.strip() or line.label:
        return [line]
    left, _, right = line.text.partition("\t")
    if not left.strip() or not right.strip() or "\t" in right.strip():
        return [replace(line, side="right")] if not left.strip() and right.strip() else [line]
    cut = len(left)
    sides: tuple[tuple[str, tuple[Run, ...], Side], ...] = (
        (left, _runs(line.runs, 0, cut), "left"),
        (right.strip(), _runs(line.runs, cut, len(line.text)), "right"),
    )
    return [replace(line, text=text, runs=runs, side=side, node=None) for text, runs, side in sides]


def _runs(runs: Sequence[Run], start: int, end: int) -> tuple[Run, ...]:
    found: list[Run] = []
    at = 0
    for run in runs:
        text = run.text[max(start - at, 0) : max(end - at, 0)]
        at += len(run.text)
        if text:
            found.append(run._replace(text=text))
    return tuple(found)


def _one(lines: Sequence[Line], pattern: re.Pattern[str]) -> Line | None:
    return next((line for line in lines if pattern.match(line.text)), None)


def _like(line: Line, words: str) -> bool:
    return fuzz.ratio(fold(line.text), fold(words)) >= _ALIKE


def _head(lines: Sequence[Line], parts: Parts) -> int:
    """Fill in the head; returns where the body begins."""
    stop = next((at for at, line in enumerate(lines) if _ADDRESSED.match(line.text)), len(lines))
    end = 0
    for at, line in enumerate(lines[:stop]):
        taken = _head_line(line, parts)
        if taken:
            end = at + 1
        elif is_title(line) and (parts.number or parts.date):
            break
    for line in lines[:end]:
        if _is_office(line, parts):
            parts.offices.append(line)
    if parts.about:
        end = max(end, *(list(lines).index(line) + 1 for line in _about_goes_on(lines, parts)))
    return end


def _head_line(line: Line, parts: Parts) -> bool:
    """Take the line as the first of its element that fits."""
    if parts.nation is None and _like(line, NATION):
        parts.nation = line
    elif parts.motto is None and _like(line, MOTTO):
        parts.motto = line
    elif parts.party is None and parts.nation is None and _like(line, PARTY):
        parts.party = line
    elif parts.date is None and _DATE.search(line.text) and len(line.text) < 75:
        parts.date = line
    elif parts.number is None and _NUMBER.match(line.text) and len(line.text) < 60:
        parts.number = line
    elif not parts.about and _ABOUT.match(line.text) and line.side != "right" and parts.title is None and (
        line.side == "left" or parts.kind is None or not parts.kind.title
    ):  # fmt: skip
        parts.about = [line]
    elif parts.urgency is None and _URGENCY.match(line.text):
        parts.urgency = line
    elif parts.circulation is None and _CIRCULATION.match(line.text):
        parts.circulation = line
    else:
        return False
    return True


def _about_goes_on(lines: Sequence[Line], parts: Parts) -> list[Line]:
    """The further lines of a trích yếu under the number, which a PDF breaks."""
    first = parts.about[0]
    at = list(lines).index(first)
    if first.page:
        for line in lines[at + 1 :]:
            if line.side != "left" or _URGENCY.match(line.text) or _ADDRESSED.match(line.text):
                break
            parts.about.append(line)
    return parts.about


def _is_office(line: Line, parts: Parts) -> bool:
    others = (
        parts.nation,
        parts.motto,
        parts.party,
        parts.date,
        parts.number,
        parts.urgency,
        parts.circulation,
    )
    if line in others or line in parts.about or line.side == "right":
        return False
    before_number = parts.number is None or line.number <= parts.number.number
    return (before_number and any(letter.isalpha() for letter in line.text)) or line.text.strip() == "*"


def _foot(lines: Sequence[Line], parts: Parts) -> tuple[int, int]:
    """Fill in the foot; returns where it begins, and where what follows the document begins."""
    at = next((at for at, line in enumerate(lines) if _RECEIVERS.match(line.text)), None)
    if at is None:
        return _foot_without_receivers(lines, parts)
    parts.receivers = lines[at]
    begin = at
    while begin and _signs(lines, begin - 1):
        begin -= 1
    end = _foot_end(lines, at)
    _receiving(lines[at + 1 : end], parts)
    _signatures(
        [line for line in lines[begin:end] if line not in parts.receiving and line is not lines[at]], parts
    )
    return begin, end


def _signs(lines: Sequence[Line], at: int) -> bool:
    """Whether a line in front of Nơi nhận belongs to a signature and not to the text."""
    line = lines[at]
    if line.page:
        return line.side != "" and line.bold
    if line.cell is None:
        return bool(SIGNING.match(line.text)) and line.text.isupper()
    table = [one for one in lines if one.cell is not None and one.cell[0] == line.cell[0]]
    rows = {one.cell[1] for one in table if one.cell is not None}
    return len(rows) <= 3 and any(SIGNING.match(one.text) and one.text.isupper() for one in table)


def _foot_end(lines: Sequence[Line], at: int) -> int:
    first = lines[at]
    end = at + 1
    archived = False
    while end < len(lines):
        line = lines[end]
        same_table = first.cell is not None and line.cell is not None and line.cell[0] == first.cell[0]
        if line.section != first.section or APPENDIX.match(line.text) or _like(line, NATION):
            break
        if first.cell is not None and not same_table:
            break
        if first.cell is None and archived and not _closes(line):
            break
        archived = archived or bool(ARCHIVE.match(line.text))
        end += 1
    return end


def _closes(line: Line) -> bool:
    """Whether a line behind "Lưu" still belongs to the foot, where no table says so."""
    return (
        line.side == "right" or line.layout.align in ("center", "right") or line.bold or len(line.text) < 15
    )


def _foot_without_receivers(lines: Sequence[Line], parts: Parts) -> tuple[int, int]:
    end = next((at for at, line in enumerate(lines) if APPENDIX.match(line.text)), len(lines))
    last = max(
        (at for at in range(end) if SIGNING.match(lines[at].text) and lines[at].text.isupper()), default=None
    )
    if last is None or last < end - 8:
        return end, end
    begin = last
    while begin and SIGNING.match(lines[begin - 1].text) and lines[begin - 1].text.isupper():
        begin -= 1
    _signatures(lines[begin:end], parts)
    return begin, end


def _receiving(lines: Sequence[Line], parts: Parts) -> None:
    """The list under Nơi nhận, in its half of the page."""
    side = parts.receivers.side if parts.receivers is not None else ""
    cell = parts.receivers.cell if parts.receivers is not None else None
    for line in lines:
        if line.side != side or line.cell != cell:
            continue
        if parts.receiving and ARCHIVE.match(parts.receiving[-1].text):
            break
        if _RECEIVER.match(line.text) or cell is not None or line.page:
            parts.receiving.append(line)


def _signatures(lines: Sequence[Line], parts: Parts) -> None:
    """Who signs: the lines in capitals, then the name, in each cell or half of the page."""
    places: dict[object, list[Line]] = {}
    for line in lines:
        if not line.text.strip().startswith("("):
            places.setdefault(line.cell if line.cell is not None else line.side, []).append(line)
    for block in places.values():
        titled = [line for line in block if SIGNING.match(line.text.upper()) and _short_of(line)]
        if not titled:
            continue
        for line in block:
            if line in titled:
                parts.signing.append(line)
            elif line.number > titled[0].number and len(line.text) < 50 and not _NO_NAME.match(line.text):
                parts.names.append(line)


def _short_of(line: Line) -> bool:
    return len(line.text) < 70


def _body(lines: list[Line], parts: Parts) -> None:
    """Title, trích yếu, addressees, authority, basis, and the text that is left."""
    rest = _title(lines, parts)
    rest = _addressees(rest, parts)
    rest = _authority(rest, parts)
    for at, line in enumerate(rest):
        if not _BASIS.match(line.text) or line.text.rstrip().endswith(":") or not _rests(line, parts):
            rest = rest[at:]
            break
        parts.basis.append(line)
    else:
        rest = []
    if rest and (parts.enacts is None) and _enacts(rest[0]):
        parts.enacts, rest = rest[0], rest[1:]
    parts.content = rest
    if parts.kind is None and parts.family == "state":
        parts.kind = _kind_of(parts)


def _rests(line: Line, parts: Parts) -> bool:
    decides = bool(parts.authority) or (parts.kind is not None and bool(parts.kind.enacts))
    return decides or line.italic or line.text.rstrip().endswith(";")


def _enacts(line: Line) -> bool:
    words = line.text.strip().rstrip(": ").upper()
    return words in ("QUYẾT ĐỊNH", "QUYẾT NGHỊ") and len(line.text) < 16


def _title(lines: list[Line], parts: Parts) -> list[Line]:
    found = next((at for at, line in enumerate(lines[:8]) if is_title(line) and line.side != "right"), None)
    if found is None or (parts.kind is not None and not parts.kind.title):
        return lines
    parts.title = lines[found]
    parts.kind = parts.kind or is_title(lines[found])
    rest = lines[found + 1 :]
    ruled = parts.title.ruled
    while rest and not ruled and _is_subject(rest[0]):
        ruled = rest[0].ruled
        parts.subject.append(rest.pop(0))
    return lines[:found] + rest


def _is_subject(line: Line) -> bool:
    stops = (_ADDRESSED, _BASIS)
    if any(pattern.match(line.text) for pattern in stops) or line.text.isupper() or line.cell is not None:
        return False
    return line.bold or (line.layout.align == "center" and len(line.text) < 200)


def _addressees(lines: list[Line], parts: Parts) -> list[Line]:
    at = next((at for at, line in enumerate(lines[:6]) if _ADDRESSED.match(line.text)), None)
    if at is None:
        return lines
    end = at + 1
    while end < len(lines) and (lines[end].text.lstrip()[:1] in ("-", "–", "•") or _wraps(lines, end)):
        end += 1
    parts.addressed = lines[at:end]
    return lines[:at] + lines[end:]


def _wraps(lines: Sequence[Line], at: int) -> bool:
    """Whether a line of a PDF goes on with the addressee above it."""
    above, line = lines[at - 1], lines[at]
    open_end = above.text.lstrip()[:1] in ("-", "–") and above.text.rstrip()[-1:] not in (";", ".")
    return bool(line.page) and open_end and line.side != "left"


def _authority(lines: list[Line], parts: Parts) -> list[Line]:
    """What stands in capitals in front of the basis: who decides."""
    at = 0
    while at < len(lines) and at < 4 and lines[at].text.isupper() and not _enacts(lines[at]) and (
        lines[at].layout.align == "center" or lines[at].page
    ):  # fmt: skip
        at += 1
    if 0 < at < len(lines) and _BASIS.match(lines[at].text):
        parts.authority = lines[:at]
        return lines[at:]
    return lines


def _kind_of(parts: Parts) -> Kind | None:
    """The official letter, where the document names no kind; else what the symbol says."""
    words = parts.number.text if parts.number is not None else ""
    known = kinds.abbreviated(words.rpartition("/")[2].strip())
    return known or (kinds.by_code("CV") if parts.about or parts.addressed else None)
