"""Find in the text of a PDF the places of number, date, signatures and seal (Decree 30/2020, Annex I)."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pypdfium2 as pdfium

from vanthu.signing.geometry import POINTS_PER_MM, Rect
from vanthu.signing.textlines import Line, lines_of

NUMBER, DAY, MONTH = "SoVB", "Ngay", "Thang"
LEADER, OFFICE = "LanhDao", "CoQuan"
TEXT_FIELDS = (NUMBER, DAY, MONTH)
REQUIRED = (*TEXT_FIELDS, LEADER, OFFICE)

SEAL_DIAMETER = 36 * POINTS_PER_MM  # where the office does not say the real size of its seal
_SIGNATURE_RATIO = 2.0  # width : height of the picture of a signature
_SIGNATURE_HEIGHT = 56.0
_LEAST_HEIGHT = 22.0  # a lower gap between title and name cannot hold a signature
CORNER = (230.0, 38.0)  # width, height: three lines of 10 points above the text of the page
_INITIALS = (60.0, 24.0)
_LEAST_GAP = 9.0  # narrower than two digits
_BLANK = r"[\s.…_]*"
_NUMBER_TEXT = re.compile(rf"Số\s*:?\s*({_BLANK})/", re.IGNORECASE)
_DATE_TEXT = re.compile(rf"ngày({_BLANK})tháng({_BLANK})năm", re.IGNORECASE)
_END_OF_TEXT = re.compile(r"\./\.\s*$")

_NAMES = {
    NUMBER: "chỗ ghi số (giữa “Số:” và “/”)",
    DAY: "chỗ ghi ngày (giữa “ngày” và “tháng”)",
    MONTH: "chỗ ghi tháng (giữa “tháng” và “năm”)",
    LEADER: "chỗ ký của lãnh đạo (giữa chức vụ và họ tên)",
    OFFICE: "chỗ đóng dấu của cơ quan",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field goes: page from 0, rectangle in PDF points; size in points and slant of text fields."""

    page: int
    rect: Rect
    size: float = 0.0
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """A place that was not found; `message` tells the drafter what to do."""

    field: str
    message: str


@dataclass(frozen=True)
class Places:
    """The places of the fields by field name, and what the drafter still has to place by hand.

    `seal` is the diameter of the office's seal in points.
    """

    found: Mapping[str, Place] = field(default_factory=dict)
    wanted: tuple[str, ...] = REQUIRED
    seal: float = SEAL_DIAMETER

    @property
    def missing(self) -> tuple[Missing, ...]:
        return tuple(Missing(name, missing_message(name)) for name in self.wanted if name not in self.found)

    def placed(self, name: str, place: Place) -> "Places":
        """The same places with one set by hand; the seal follows the leader's signature if it has no place."""
        found = {**self.found, name: place}
        if name == LEADER and OFFICE not in found:
            found[OFFICE] = Place(place.page, seal_beside(place.rect, self.seal))
        return Places(found, self.wanted, self.seal)

    def as_json(self) -> dict[str, Any]:
        """The places as JSON holds them, for a draft that waits for the drafter."""
        return {
            name: {"page": p.page, "rect": list(p.rect), "size": p.size, "italic": p.italic}
            for name, p in self.found.items()
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any], seal: float = SEAL_DIAMETER) -> "Places":
        """Places from what `as_json` gave."""
        found = {
            name: Place(item["page"], Rect(*item["rect"]), item["size"], item["italic"])
            for name, item in data.items()
        }
        return cls(found, seal=seal)


def missing_message(name: str) -> str:
    """The sentence that asks the drafter to place a field by hand."""
    what = _NAMES.get(name) or (
        "chỗ ký nháy (sau “./.”)" if name.startswith("KyNhay") else "chỗ ký của người cùng ký (trên họ tên)"
    )
    return f"Chưa tìm thấy {what}. Đánh dấu chỗ này trên trang, hoặc sửa dự thảo cho có đủ khoảng trống."


def seal_beside(signature: Rect, diameter: float = SEAL_DIAMETER) -> Rect:
    """The seal covers a third of the signature on its left, centred on its height (Decree 30, Article 33.1.b)."""
    right = signature.left + signature.width / 3
    return Rect.around(right - diameter / 2, signature.centre[1], diameter, diameter)


def corner_rect(page: Rect) -> Rect:
    """The top right corner of a page, where an attachment in a file of its own is signed (Annex I, case 14)."""
    right, top = page.right - 15 * POINTS_PER_MM, page.top - 6 * POINTS_PER_MM
    return Rect(right - CORNER[0], top - CORNER[1], right, top)


def initials_field(position: int) -> str:
    """The field of the initials at this place in their order, from 1."""
    return f"KyNhay{position}"


def joint_field(position: int) -> str:
    """The field of another signer of a joint document, by their place in the order, from 1."""
    return f"LienTich{position}"


def find_places(
    pdf: Path,
    signer_name: str,
    *,
    initials: int = 0,
    joint: Mapping[str, str] = MappingProxyType({}),
    seal: float = SEAL_DIAMETER,
) -> Places:
    """Find the places in an unsigned PDF; `signer_name` is the full name under the signature.

    `initials` is how many fields for initials are wanted behind the end of the text (one is placed anyway);
    `joint` is {field: full name} of those who sign with the signer; `seal` is the diameter of the office's seal in
    points. What was not found is in `missing`.
    Raises `pypdfium2.PdfiumError` for a file that is no PDF.
    """
    wanted = (*REQUIRED, *(initials_field(place) for place in range(1, initials + 1)), *joint)
    document = pdfium.PdfDocument(pdf)
    try:
        found = dict(_head_places(lines_of(document[0])))
        for number in reversed(range(len(document))):
            page = document[number]
            lines = lines_of(page)
            box = Rect(*page.get_mediabox())
            if initials_field(1) not in found:
                found |= _initials_places(lines, number, box, max(initials, 1))
            if LEADER not in found:
                found |= _signature_places(lines, number, box, signer_name, seal)
            for name, full_name in joint.items():
                signature = _signature_over(lines, full_name, box.left) if name not in found else None
                if signature:
                    found[name] = Place(number, signature)
    finally:
        document.close()
    return Places(found, wanted, seal)


def _head_places(lines: Iterable[Line]) -> Iterable[tuple[str, Place]]:
    """Places of number, day and month: the first of each on page 1."""
    seen: set[str] = set()
    for line in lines:
        for pattern, names in ((_NUMBER_TEXT, (NUMBER,)), (_DATE_TEXT, (DAY, MONTH))):
            match = pattern.search(line.text)
            if not match or names[0] in seen:
                continue
            for group, name in enumerate(names, 1):
                place = _gap(line, *match.span(group))
                if place:
                    seen.add(name)
                    yield name, place


def _gap(line: Line, start: int, end: int) -> Place | None:
    """The blank between the characters before `start` and at `end`, if a number of two digits fits."""
    text = line.text
    while start and text[start - 1].isspace():
        start -= 1
    before, after = line.glyph_at(start - 1), line.glyph_at(end)
    left, right = before.right + 1, after.left - 1
    if right - left < _LEAST_GAP:
        return None
    size = before.size
    rect = Rect(left, before.baseline - 0.25 * size, right, before.baseline + 0.85 * size)
    return Place(0, rect, round(size, 1), before.italic)


def _signature_places(
    lines: list[Line], number: int, page: Rect, signer_name: str, diameter: float
) -> dict[str, Place]:
    """Places of the leader's signature and the seal; the leader signs on the right half of the page."""
    signature = _signature_over(lines, signer_name, page.left + 0.4 * page.width)
    if signature is None:
        return {}
    seal = seal_beside(signature, diameter).inside(page)
    return {LEADER: Place(number, signature), OFFICE: Place(number, seal)}


def _signature_over(lines: list[Line], full_name: str, least_x: float) -> Rect | None:
    """Room for a signature between a title and the last line of this page that ends with the name."""
    parts = [part for line in lines for part in line.columns()]
    wanted = _plain(full_name)
    names = [p for p in parts if wanted and _plain(p.text).endswith(wanted) and p.rect.centre[0] > least_x]
    for name in reversed(names):
        above = [p for p in parts if p.baseline > name.baseline + 1 and _over(p.rect, name.rect)]
        if not above:
            continue
        title = min(above, key=lambda part: part.baseline)
        height = min(title.rect.bottom - name.rect.top - 2, _SIGNATURE_HEIGHT)
        if height < _LEAST_HEIGHT:
            continue
        x, y = name.rect.centre[0], (title.rect.bottom + name.rect.top) / 2
        return Rect.around(x, y, height * _SIGNATURE_RATIO, height)
    return None


def _initials_places(lines: list[Line], number: int, page: Rect, count: int) -> dict[str, Place]:
    """Fields for initials stand one after the other behind “./.”, where the text ends."""
    ends = [line for line in lines if _END_OF_TEXT.search(line.text)]
    if not ends:
        return {}
    rect, (width, height) = ends[-1].rect, _INITIALS
    first = rect.right + 4 + width / 2
    return {
        initials_field(index + 1): Place(
            number, Rect.around(first + index * (width + 4), rect.centre[1], width, height).inside(page)
        )
        for index in range(count)
    }


def _over(upper: Rect, lower: Rect) -> bool:
    return upper.left < lower.right and lower.left < upper.right


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
