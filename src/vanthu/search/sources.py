"""Items of the other rooms as search sees them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import NamedTuple

from django.db.models import Min
from django.utils import timezone

from vanthu.documents.models import Document, IncomingEntry, OutgoingEntry
from vanthu.documents.states import NOT_HELD, IncomingState
from vanthu.documents.symbols import join
from vanthu.dossiers.models import Dossier
from vanthu.issuing.models import Draft, Version
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.files.models import INFECTED
from vanthu.kernel.models import Participant
from vanthu.kernel.refusals import Invalid
from vanthu.kernel.vietnamese import nfc
from vanthu.organisations import change_queries
from vanthu.reading import storing
from vanthu.reading.text import page_texts

BODY_LIMIT = 200_000  # letters of one body; what comes after is not searched
MORE_LIMIT = 4_000


class Owned(NamedTuple):
    """Whose participant row an item has, and whether it is restricted there."""

    owner_kind: str
    owner_id: int
    restricted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """One item to be found: `item_kind` in, out, draft, dossier; `source_*` names whose body text it has."""

    item_kind: str
    item_id: int
    at: datetime
    office_id: int
    title: str
    source_kind: str
    source_id: int
    kind: str = ""
    symbol: str = ""
    issuer: str = ""
    signer: str = ""
    issued_on: date | None = None
    arrival_number: int | None = None
    more: str = ""
    owners: tuple[Owned, ...] = ()


def load(item_kind: str, ids: Iterable[int]) -> list[Indexed]:
    """The items that are to be found; what is gone or was issued from its draft is absent."""
    wanted = list(ids)
    return _LOADERS[item_kind](wanted, _owners(item_kind, wanted))


type _Owners = dict[int, tuple[Owned, ...]]


def _owners(item_kind: str, ids: list[int]) -> _Owners:
    found: _Owners = {}
    rows = Participant.objects.filter(item_kind=item_kind, item_id__in=ids)
    for row in rows:
        found[row.item_id] = (
            *found.get(row.item_id, ()),
            Owned(row.owner_kind, row.owner_id, row.restricted),
        )
    return found


def _incoming(ids: list[int], owners: _Owners) -> list[Indexed]:
    """Incoming entries; what was returned to its sender has no body any more, what was recalled is not found."""
    found = IncomingEntry.objects.filter(pk__in=ids).exclude(state=IncomingState.RECALLED)
    rows = list(found.select_related("document", "series"))
    entered = _entered_at({row.document_id for row in rows})
    later = change_queries.later_names({pk for row in rows for pk in _offices(row)})
    return [
        Indexed(
            item_kind="in",
            item_id=row.pk,
            at=entered[row.document_id],
            office_id=row.office_id,
            title=nfc(row.subject),
            source_kind="in" if row.state == IncomingState.RETURNED else "document",
            source_id=row.pk if row.state == IncomingState.RETURNED else row.document_id,
            kind=row.kind,
            symbol=nfc(join(row.number, row.notation)),
            issuer=nfc(row.issuer_name),
            signer=nfc(f"{row.signer_title} {row.signer_name}"),
            issued_on=row.issued_on,
            arrival_number=row.arrival_number,
            more=more(
                due(row.due_on),
                row.receivers,
                row.remark,
                row.closing_note,
                *(later[pk] for pk in _offices(row) if pk in later),
            ),
            owners=owners.get(row.pk, ()),
        )
        for row in rows
    ]


def _offices(row: IncomingEntry) -> set[int]:
    """Who issued it and in whose book it stands: under other names of these it is found too."""
    known = {row.document.issuer_id, row.series.office_id if row.series else None}
    return {pk for pk in known if pk is not None}


def _outgoing(ids: list[int], owners: _Owners) -> list[Indexed]:
    rows = list(OutgoingEntry.objects.filter(pk__in=ids).select_related("document"))
    entered = _entered_at({row.document_id for row in rows})
    later = change_queries.later_names({row.office_id for row in rows})
    return [
        Indexed(
            item_kind="out",
            item_id=row.pk,
            at=entered[row.document_id],
            office_id=row.office_id,
            title=nfc(row.document.subject),
            source_kind="document",
            source_id=row.document_id,
            kind=row.document.kind,
            symbol=nfc(join(row.document.number, row.document.notation)),
            issuer=nfc(row.document.issuer_name),
            signer=nfc(f"{row.document.signer_title} {row.document.signer_name}"),
            issued_on=row.document.issued_on,
            more=more(
                later.get(row.office_id, ""),
                due(row.document.reply_due_on),
                row.recipients,
                row.copy_kept_by,
                row.remark,
            ),
            owners=owners.get(row.pk, ()),
        )
        for row in rows
    ]


def _drafts(ids: list[int], owners: _Owners) -> list[Indexed]:
    """Drafts until they have a number: from then on the outgoing entry is what is found."""
    return [
        Indexed(
            item_kind="draft",
            item_id=row.pk,
            at=row.created_at,
            office_id=row.office_id,
            title=nfc(row.subject),
            source_kind="draft",
            source_id=row.pk,
            kind=row.kind,
            symbol=nfc(row.notation),
            signer=nfc(row.drafter.full_name),
            owners=owners.get(row.pk, ()),
        )
        for row in Draft.objects.filter(pk__in=ids, outgoing=None).select_related("drafter")
    ]


def _dossiers(ids: list[int], owners: _Owners) -> list[Indexed]:
    return [
        Indexed(
            item_kind="dossier",
            item_id=row.pk,
            at=_noon(row.started_on),
            office_id=row.office_id,
            title=nfc(row.title),
            source_kind="dossier",
            source_id=row.pk,
            symbol=nfc(row.notation),
            signer=nfc(row.creator.full_name),
            more=more(row.retention_name, row.remark),
            owners=owners.get(row.pk, ()),
        )
        for row in Dossier.objects.filter(pk__in=ids).select_related("creator")
    ]


def due(day: date | None) -> str:
    """The deadline as it is found: *hạn 20/11/2026*."""
    return f"hạn {day:%d/%m/%Y}" if day else ""


def more(*texts: str) -> str:
    """What else was typed, as one text; of hundreds of receivers the first ones."""
    return nfc(" · ".join(filter(None, texts)))[:MORE_LIMIT]


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), timezone.get_default_timezone()).astimezone(UTC)


_LOADERS: dict[str, Callable[[list[int], _Owners], list[Indexed]]] = {
    "in": _incoming,
    "out": _outgoing,
    "draft": _drafts,
    "dossier": _dossiers,
}
ITEM_KINDS = tuple(_LOADERS)
_MODELS = {"in": IncomingEntry, "out": OutgoingEntry, "draft": Draft, "dossier": Dossier}


def ids_after(item_kind: str, last: int, limit: int) -> list[int]:
    """The next ids of a kind in ascending order, to walk over all."""
    rows = _MODELS[item_kind]._default_manager.filter(pk__gt=last)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:limit])


def _entered_at(document_ids: Iterable[int]) -> dict[int, datetime]:
    """When each document entered the system: numbered by its sender here, else its first arrival."""
    wanted = list(document_ids)
    arrived = IncomingEntry.objects.filter(document__in=wanted).values_list("document_id")
    found = dict(arrived.annotate(first=Min("arrived_at")).order_by())
    numbered = OutgoingEntry.objects.filter(document__in=wanted)
    return found | dict(numbered.values_list("document_id", "numbered_at"))


def items_of(source_kind: str, source_id: int) -> list[tuple[str, int]]:
    """(item_kind, id) of the items that have this body."""
    if source_kind != "document":
        return [(source_kind, source_id)]
    held = IncomingEntry.objects.filter(document=source_id).exclude(state__in=NOT_HELD)
    incoming = held.values_list("pk", flat=True)
    outgoing = OutgoingEntry.objects.filter(document=source_id).values_list("pk", flat=True)
    return [*(("out", pk) for pk in outgoing), *(("in", pk) for pk in incoming)]


def source_of(item_kind: str, item_id: int) -> tuple[str, int]:
    """Whose body text an item has: ("document", id), or the item itself."""
    if item_kind == "in":
        return "document", IncomingEntry.objects.values_list("document_id", flat=True).get(pk=item_id)
    if item_kind == "out":
        return "document", OutgoingEntry.objects.values_list("document_id", flat=True).get(pk=item_id)
    return item_kind, item_id


def text_of(source_kind: str, source_id: int) -> str:
    """The text of a document's files as far as they were read, or of the newest version of a draft; "" without any."""
    if source_kind == "draft":
        version = Version.objects.filter(draft=source_id).order_by("-ordinal").first()
        return nfc(version.text)[:BODY_LIMIT] if version else ""
    if source_kind != "document" or not Document.objects.filter(pk=source_id).exists():
        return ""
    texts: list[str] = []
    for attachment in file_queries.attachments("document", [source_id])[source_id]:
        read = storing.text_of(attachment.file_id)
        if read is not None:
            texts.append(read)
        elif attachment.file.media_type == PDF and attachment.file.scan_state != INFECTED:
            with file_queries.copy_of(attachment.file, attachment.name) as path:
                texts += _pages(path)
    return "\n".join(texts)[:BODY_LIMIT]


def _pages(path: Path) -> list[str]:
    """The text layer of each page, until the file is read; a file that is no readable PDF has none."""
    try:
        return page_texts(path)
    except Invalid:
        return []
