"""What dossiers ask of documents: what is missing in them, what they relate to, the entries to be exported."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q

from vanthu.documents import recalling
from vanthu.documents.models import Document, IncomingEntry, OutgoingEntry, Relation
from vanthu.documents.queries import Seen, document_files, mask_incoming, mask_outgoing
from vanthu.documents.states import Channel
from vanthu.kernel import participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.files import queries as files
from vanthu.kernel.files.models import Attachment
from vanthu.kernel.participants import Item


@dataclass(frozen=True, slots=True)
class Filed:
    """A registered document as dossiers judge it.

    `missing` names empty fields of Phụ lục VI; `verdict` is what was found about an incoming document's signatures,
    "" where none is to be expected (scans, paper).
    """

    document_id: int
    label: str
    pages: int | None
    missing: tuple[str, ...]
    files: tuple[Attachment, ...]
    verdict: str = ""


def filed_incoming(ids: Collection[int]) -> dict[int, Filed]:
    """Incoming entries for system work. Two queries."""
    rows = list(IncomingEntry.objects.filter(pk__in=ids).select_related("document"))
    held = document_files([row.document_id for row in rows])
    return {row.pk: _filed(row, row.document_id, held[row.document_id], _verdict(row)) for row in rows}


def filed_outgoing(ids: Collection[int]) -> dict[int, Filed]:
    """Outgoing entries for system work. Two queries."""
    rows = list(OutgoingEntry.objects.filter(pk__in=ids).select_related("document"))
    held = document_files([row.document_id for row in rows])
    return {row.pk: _filed(row.document, row.document_id, held[row.document_id], "") for row in rows}


def _verdict(entry: IncomingEntry) -> str:
    """Who sends through a system signs; what was scanned or typed in by hand carries no signature to check."""
    if entry.signature_verdict == "unsigned" and entry.channel not in (Channel.INTERNAL, Channel.AXIS):
        return ""
    return entry.signature_verdict


def _filed(
    one: IncomingEntry | Document, document_id: int, held: Sequence[Attachment], verdict: str
) -> Filed:
    counted = sum(file.file.page_count or 0 for file in held) or None
    wanted = {"ngày văn bản": one.issued_on, "người ký": one.signer_name, "số trang": one.pages or counted}
    missing = tuple(word for word, value in wanted.items() if not value)
    label = one.symbol or one.kind_name
    return Filed(document_id, label, one.pages or counted, missing, tuple(held), verdict)


def entries_incoming(ids: Collection[int], by: Actor) -> dict[int, Seen[IncomingEntry]]:
    """Incoming entries that the actor sees, as they see them. Two queries."""
    sights = participants.sights(by, "in", ids) if ids else {}
    rows = IncomingEntry.objects.filter(pk__in=sights).select_related("document", "office") if sights else ()
    return {
        row.pk: Seen(
            mask_incoming(row) if sights[row.pk].masked else row, sights[row.pk], sights[row.pk].rows[0]
        )
        for row in rows
    }


def entries_outgoing(ids: Collection[int], by: Actor) -> dict[int, Seen[OutgoingEntry]]:
    """Outgoing entries that the actor sees, as they see them. Two queries."""
    sights = participants.sights(by, "out", ids) if ids else {}
    rows = OutgoingEntry.objects.filter(pk__in=sights).select_related("document", "office") if sights else ()
    return {
        row.pk: Seen(
            mask_outgoing(row) if sights[row.pk].masked else row, sights[row.pk], sights[row.pk].rows[0]
        )
        for row in rows
    }


def related_documents(document_id: int) -> list[int]:
    """The documents that this one answers or relates to, and the other way round; at most forty. One query."""
    pairs = Relation.objects.filter(Q(source=document_id) | Q(target=document_id)).order_by("-pk")[:40]
    return [one.target_id if one.source_id == document_id else one.source_id for one in pairs]


def entries_of(document_ids: Collection[int], office_id: int, *, limit: int = 20) -> list[Item]:
    """The entries of documents in one office.

    Only to find dossiers that the actor sees: it says nothing of the documents. Two queries, none for none.
    """
    found = []
    for kind, model in (("in", IncomingEntry), ("out", OutgoingEntry)) if document_ids else ():
        rows = model._default_manager.filter(document__in=document_ids, office=office_id)
        found += [Item(kind, pk) for pk in rows.values_list("pk", flat=True)[:limit]]
    return found


_ENTRIES: dict[str, type[IncomingEntry] | type[OutgoingEntry]] = {"in": IncomingEntry, "out": OutgoingEntry}


def entries_with_file(sha256: str) -> list[Item]:
    """The entries whose document holds this file, in any office, for system work. Three queries."""
    documents = files.owners(sha256, "document")
    return [
        Item(kind, pk)
        for kind, model in (("in", IncomingEntry), ("out", OutgoingEntry))
        for pk in model._default_manager.filter(document__in=documents).values_list("pk", flat=True)
    ]


def refuse_frozen(item: Item) -> None:
    """Raise `Conflict` for an incoming or outgoing entry that is frozen; whoever calls has checked the sight."""
    table = _ENTRIES.get(item.kind)
    if table is not None:
        table._base_manager.select_related("freeze").get(pk=item.id).refuse_frozen()


def hold(items: Collection[Item], office_id: int) -> dict[Item, IncomingEntry | OutgoingEntry]:
    """The entries among these items that belong to an office, locked until commit, in the order of locks."""
    found: dict[Item, IncomingEntry | OutgoingEntry] = {}
    for kind, table in _ENTRIES.items():
        ids = [item.id for item in items if item.kind == kind]
        rows = table._base_manager.select_for_update(of=("self",)).filter(pk__in=ids, office=office_id)
        found |= {Item(kind, row.pk): row for row in rows.order_by("pk")}
    return found


def by_arrival(number: int, year: int, office_id: int) -> list[int]:
    """Incoming entries of an office with this number of arrival in a year."""
    rows = IncomingEntry.objects.filter(office=office_id, arrival_number=number, arrived_on__year=year)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def empty_recalled(ids: Collection[int]) -> None:
    """Destroy what senders recalled while these incoming entries were frozen."""
    rows = IncomingEntry.objects.filter(pk__in=ids).values_list("document", "office")
    for document_id, office_id in rows:
        recalled = recalling.recall_of_document(document_id)
        if recalled is not None:
            recalling.empty(recalled.outgoing_id, [office_id])
