"""What was read from a document, as the form of its registration takes it: values, how sure, where they stand.

Only suggestions: the clerk confirms. What is doubtful is proposed beside its field, not filled in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vanthu.documents import kinds, knowing, queries, referring, stack_queries, symbols
from vanthu.documents.receiving_models import StackRow
from vanthu.documents.referring import Referred
from vanthu.documents.states import Urgency
from vanthu.kernel.actor import Actor
from vanthu.organisations import agencies, directory
from vanthu.reading import storing
from vanthu.reading.fields import Field, Fields
from vanthu.reading.states import ReadingState
from vanthu.reading.words import Page

if TYPE_CHECKING:
    from vanthu.reading.models import Reading
    from vanthu.reading.words import Box

MOST_PAGES = 30  # of one document; its signer may stand on the last
_SURE, _FAIRLY, _LEAST = 0.9, 0.7, 0.3
_KNOWN_BODY = 0.93  # how sure it is at least when a body is called exactly so
_URGENCIES = {label: value for value, label in Urgency.choices if value}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value for a field of the form (`name`), and for hidden fields that go with it (`more`).

    `shown` is the value in words; `page` (from 1) and `box` say where it was read.
    """

    name: str
    label: str
    value: str
    shown: str
    confidence: float
    page: int | None = None
    box: Box | None = None
    more: tuple[tuple[str, str], ...] = ()

    @property
    def fills(self) -> bool:
        """Whether it is filled in; else it is proposed beside the field."""
        return self.confidence >= _FAIRLY

    @property
    def sure(self) -> str:
        """How sure it is, in words."""
        if self.confidence >= _SURE:
            return "chắc chắn"
        return "khá chắc" if self.fills else "chưa chắc"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """How far a file is read, in a word and a sentence, and what it suggests so far."""

    state: str  # "none", "reading", "read", "failed"
    said: str
    pages_done: int = 0
    suggestions: tuple[Suggestion, ...] = ()
    referred: tuple[Referred, ...] = ()

    @property
    def filled(self) -> tuple[Suggestion, ...]:
        return tuple(one for one in self.suggestions if one.fills)

    @property
    def doubtful(self) -> tuple[Suggestion, ...]:
        return tuple(one for one in self.suggestions if not one.fills)

    def values(self) -> dict[str, str]:
        """{field: value} of what is filled in, hidden fields included."""
        found = {one.name: one.value for one in self.filled}
        return found | {name: value for one in self.filled for name, value in one.more}


NOTHING = Read(state="none", said="")


def of_file(sha256: str, by: Actor, *, seen: int = -1) -> Read:
    """What a file says; with `seen` pages known to the asker and none read since, only how far it is."""
    reading = storing.of(sha256)
    if reading is None:
        return NOTHING
    found = _progress(reading)
    if not reading.pages_done or reading.pages_done == seen:
        return found
    return _suggested(found, storing.pages_of(sha256, 1, MOST_PAGES), by)


def of_row(row: StackRow, by: Actor) -> Read:
    """What the pages of a row of a stack say; pages are numbered as in the row."""
    pages: list[Page] = []
    sources = stack_queries.sources(row)
    readings = storing.of_many([one.file_id for one in sources.values()])
    known = [one for one in map(readings.get, (held.file_id for held in sources.values())) if one]
    if not known:
        return NOTHING
    for source, first, last in row.parts[:MOST_PAGES]:
        held = sources.get(source)
        found = storing.pages_of(held.file_id, first, last) if held else []
        pages += (replace(one, number=len(pages) + place) for place, one in enumerate(found, start=1))
    if not pages:
        return _progress(known[0])
    return _suggested(Read(state="read", said="Đã đọc văn bản.", pages_done=len(pages)), pages, by)


def of_document(document_id: int, by: Actor) -> Read:
    """What the first file that was read says; the caller has checked the sight of the document."""
    held = queries.document_files([document_id])[document_id]
    readings = storing.of_many([one.file_id for one in held])
    return next((of_file(one.file_id, by) for one in held if one.file_id in readings), NOTHING)


def _progress(reading: Reading) -> Read:
    done, pages = reading.pages_done, reading.pages
    match reading.state:
        case ReadingState.FAILED:
            return Read(state="failed", said=reading.trouble, pages_done=done)
        case ReadingState.DONE:
            return Read(state="read", said="Đã đọc tệp.", pages_done=done)
        case _ if done:
            said = f"Đã đọc {done}/{pages} trang, đang đọc tiếp."
        case _:
            said = "Đang đọc trang 1… Cứ gõ và vào sổ, không cần chờ."
    return Read(state="reading", said=said, pages_done=done)


def _suggested(found: Read, pages: Sequence[Page], by: Actor) -> Read:
    read = knowing.read(pages, by.office)
    made = [one for one in _suggestions(read, by) if one.confidence >= _LEAST]
    return replace(found, suggestions=tuple(made), referred=tuple(referring.in_office(read.references, by)))


def _suggestions(read: Fields, by: Actor) -> list[Suggestion]:
    found = [
        _issuer(read.issuer, by) if read.issuer.value else None,
        _text("number", "Số", read.number, 60),
        _text("notation", "Ký hiệu", read.symbol, 60),
        _kind(read),
        _text("subject", "Trích yếu", read.subject, 1000),
        _urgency(read.urgency),
        _text("signer_name", "Người ký", read.signer_name, 50),
        _text("signer_title", "Chức vụ", read.signer_post, 100),
    ]
    for name, label, day in (
        ("issued_on", "Ngày văn bản", read.issued_on),
        ("due_on", "Hạn giải quyết", read.due_on),
    ):
        if day.value is not None:
            found.append(_at(day, name, label, f"{day.value:%d/%m/%Y}"))
    return [one for one in found if one is not None]


def _at[T](
    field: Field[T],
    name: str,
    label: str,
    value: str,
    shown: str = "",
    more: tuple[tuple[str, str], ...] = (),
) -> Suggestion:
    return Suggestion(name, label, value, shown or value, field.confidence, field.page, field.box, more)


def _text(name: str, label: str, field: Field[str], most: int) -> Suggestion | None:
    return _at(field, name, label, field.value[:most]) if field.value else None


def _kind(read: Fields) -> Suggestion | None:
    if read.kind_code not in kinds.CODES:
        return None
    return _at(read.kind, "kind", "Loại văn bản", read.kind_code, kinds.by_code(read.kind_code).name)


def _urgency(field: Field[str]) -> Suggestion | None:
    value = _URGENCIES.get(field.value or "")
    return _at(field, "urgency", "Độ khẩn", str(value), field.value or "") if value else None


def _issuer(field: Field[str], by: Actor) -> Suggestion:
    """The issuer as the installation knows it: an office of the sector, a body that wrote before, one of the list."""
    name = (field.value or "")[:200]
    key = symbols.issuer_key(name)
    for office in directory.suggest_offices(name, room_id=by.room_id, near=by.office_id, limit=3):
        if symbols.issuer_key(office.name) == key:
            return _of_body(field, office.name, (("issuer_id", str(office.pk)),))
    for known in queries.suggest_issuers(name, by, limit=3):
        if symbols.issuer_key(known) == key:
            return _of_body(field, known)
    body = agencies.like([name]).get(name)
    if body is not None and symbols.issuer_key(body.name) == key:
        return _of_body(field, body.name, (("issuer_id", str(body.office_id)),) if body.office_id else ())
    return _at(field, "issuer_name", "Cơ quan ban hành", name)


def _of_body(field: Field[str], name: str, more: tuple[tuple[str, str], ...] = ()) -> Suggestion:
    sure = replace(field, confidence=max(field.confidence, _KNOWN_BODY))
    return _at(sure, "issuer_name", "Cơ quan ban hành", name[:200], more=more)
