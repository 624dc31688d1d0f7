"""What the office already holds of a file that is to be registered: the same bytes, or nearly the same text.

Only what the actor may see is named; of the rest it is said that the office holds it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vanthu.documents import symbols
from vanthu.documents.models import IncomingEntry
from vanthu.documents.near_models import TextPrint
from vanthu.documents.near_prints import alike, print_of
from vanthu.documents.queries import Seen, mask_incoming
from vanthu.documents.states import IN_THE_BOOK, Channel, IncomingState
from vanthu.kernel import participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.files import queries as files
from vanthu.kernel.files.models import Attachment
from vanthu.kernel.refusals import Conflict
from vanthu.reading import storing

_HELD = (IncomingState.WAITING, *IN_THE_BOOK)
_NEAR = 0.7  # of the text
_MOST, _CANDIDATES = 3, 40


class SameFile(Conflict):
    """The office has an entry with one of these files; `found` are those entries."""

    code = "duplicate"

    def __init__(self, found: list[Alike]) -> None:
        self.found = found
        seen = found[0].seen
        number = seen.entry.arrival_number if seen else None
        place = f"đã có ở số đến {number}" if number else "đã có ở cơ quan"
        super().__init__(f"Tệp này {place}. Mở văn bản đó, hoặc ghi lý do vào sổ lần nữa.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What the form says so far of the document at hand."""

    issuer_name: str = ""
    number: str = ""
    notation: str = ""
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    """An entry with the same file (`share` 1.0) or nearly the same text; `seen` is None where it may not be named.

    `differs` says in words what the form says otherwise.
    """

    seen: Seen[IncomingEntry] | None
    share: float
    differs: tuple[str, ...] = ()

    @property
    def same_file(self) -> bool:
        return self.share == 1.0

    @property
    def percent(self) -> int:
        return round(100 * self.share)


def refuse_same_file(sha256s: Collection[str], reason: str, by: Actor) -> None:
    """Raise `SameFile` when the office has one of these files already, unless a reason is given."""
    same = [] if reason.strip() else _named(dict.fromkeys(_same(sha256s, by.office), 1.0), Typed(), by)
    if same:
        raise SameFile(same)


def found(
    sha256s: Collection[str], typed: Typed, by: Actor, *, but: int | None = None, text: str | None = None
) -> list[Alike]:
    """Entries of the actor's office that hold one of these files, or a text much like theirs, the likest first.

    `but` is the entry at hand; `text` is the one to compare when it is not all of the files. A text of the same form
    with another number and another date is another document.
    """
    if by.office_id is None or not sha256s:
        return []
    wanted = _text(sha256s) if text is None else text
    shares = _near(wanted, by.office) | dict.fromkeys(_same(sha256s, by.office), 1.0)
    shares.pop(but or 0, None)
    return _named(shares, typed, by)


def _named(shares: Mapping[int, float], typed: Typed, by: Actor) -> list[Alike]:
    """Entries as the actor may see them, with how much of each is the same."""
    if not shares:
        return []
    sights = participants.sights(by, "in", list(shares))
    rows = IncomingEntry.objects.select_related("document", "office").filter(pk__in=shares, state__in=_HELD)
    named = []
    for row in rows:
        sight = sights.get(row.pk)
        differs = _differences(typed, row)
        if shares[row.pk] < 1.0 and {"số, ký hiệu", "ngày văn bản"} <= set(differs):
            continue
        entry = mask_incoming(row) if sight is None or sight.masked else row
        seen = Seen(entry, sight, sight.rows[0]) if sight is not None else None
        named.append(Alike(seen, shares[row.pk], differs if seen else ()))
    return sorted(named, key=lambda one: -one.share)[:_MOST]


def _same(sha256s: Collection[str], office_id: int) -> list[int]:
    """Entries of the office whose document has one of these files."""
    holders = Attachment.objects.filter(file__in=list(sha256s), owner_kind="document").values_list("owner_id")
    rows = IncomingEntry.objects.filter(office=office_id, document__in=holders, state__in=_HELD)
    return list(rows.order_by("-pk").values_list("pk", flat=True)[:_CANDIDATES])


def _near(text: str, office_id: int) -> dict[int, float]:
    """{entry: how much of the text is the same} where that is nearly all."""
    made = print_of(text, office_id=office_id)
    if made is None:
        return {}
    rows = TextPrint.objects.filter(bands__overlap=list(made.bands)).order_by("-pk")
    shares = {pk: alike(made.parts, parts) for pk, parts in rows.values_list("pk", "parts")[:_CANDIDATES]}
    return {pk: min(share, 0.99) for pk, share in shares.items() if share >= _NEAR}


def _text(sha256s: Collection[str]) -> str:
    return "\n".join(filter(None, map(storing.text_of, sha256s)))


def _differences(typed: Typed, row: IncomingEntry) -> tuple[str, ...]:
    """What the form says otherwise than the entry; what is not typed yet does not differ."""
    found_ = []
    if typed.number and symbols.normalise(symbols.join(typed.number, typed.notation)) != row.symbol:
        found_.append("số, ký hiệu")
    if typed.issued_on and typed.issued_on != row.issued_on:
        found_.append("ngày văn bản")
    if typed.issuer_name and symbols.issuer_key(typed.issuer_name) != symbols.issuer_key(row.issuer_name):
        found_.append("cơ quan ban hành")
    return tuple(found_)


def keep(entry_ids: Sequence[int]) -> None:
    """Make or renew the prints of entries whose files were read. Idempotent.

    What the sector delivers itself is told apart by its number; it has no print.
    """
    rows = IncomingEntry.objects.filter(pk__in=entry_ids, state__in=_HELD).exclude(channel=Channel.INTERNAL)
    for pk, document_id, office_id in rows.values_list("pk", "document_id", "office_id"):
        held = files.attachments("document", [document_id])[document_id]
        made = print_of(_text([one.file_id for one in held]), office_id=office_id)
        if made is not None:
            values = {"parts": list(made.parts), "bands": list(made.bands)}
            TextPrint.objects.update_or_create(entry_id=pk, defaults=values)


def keep_of_file(sha256: str) -> None:
    """The same for the entries whose document holds a file that was just read."""
    documents = files.owners(sha256, "document")
    rows = IncomingEntry.objects.filter(document__in=documents).exclude(channel=Channel.INTERNAL)
    keep(list(rows.values_list("pk", flat=True)))


def forget(entry_id: int) -> None:
    """Nothing of its text is kept any more."""
    TextPrint.objects.filter(pk=entry_id).delete()
