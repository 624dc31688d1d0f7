"""Documents and entries, as far as the actor sees them."""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from vanthu.documents import kinds, symbols
from vanthu.documents.models import Document, EntryDraft, IncomingEntry, OutgoingEntry, Relation
from vanthu.documents.states import IN_THE_BOOK, NOT_HELD, IncomingState, OutgoingState
from vanthu.kernel import participants
from vanthu.kernel.actor import Actor, OwnerKind
from vanthu.kernel.calendar import today
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.files.models import Attachment
from vanthu.kernel.models import Participant
from vanthu.kernel.participants import Ask, Cursor, Item, Sight
from vanthu.kernel.refusals import NotFound

MASKED_SUBJECT = "Văn bản hạn chế tiếp cận: chỉ người được nêu tên xem nội dung"
MASKED_REASON = "lý do chỉ người được nêu tên xem"
MASKED_FIELDS = ("subject", "signer_name", "signer_title")
_ALL = Q()


@dataclass(frozen=True, slots=True)
class Seen[E: (IncomingEntry, OutgoingEntry)]:
    """An entry as the actor may see it (masked fields already blank), and how they see it."""

    entry: E
    sight: Sight
    participant: Participant


def incoming(pk: int, by: Actor, *, lock: bool = False) -> Seen[IncomingEntry]:
    """One incoming entry; raises `NotFound` for whoever it does not exist for. `lock` holds it till commit.

    What is frozen is not held: `Conflict`. Of what was returned to its sender, or recalled by it, the office keeps what
    it wrote about it, not the files (articles 21.2 and 18.4).
    """
    sight = participants.sight(by, Item("in", pk))
    if sight is None:
        raise NotFound()
    rows = IncomingEntry.objects.select_related("document", "office")
    entry = (rows.select_for_update(of=("self",)) if lock else rows).get(pk=pk)
    if lock:
        entry.refuse_frozen()
    if entry.state in NOT_HELD:
        sight = replace(sight, files=False)
    return Seen(mask_incoming(entry) if sight.masked else entry, sight, sight.rows[0])


def outgoing(pk: int, by: Actor, *, lock: bool = False) -> Seen[OutgoingEntry]:
    """One outgoing entry; raises `NotFound` as `incoming` does."""
    sight = participants.sight(by, Item("out", pk))
    if sight is None:
        raise NotFound()
    rows = OutgoingEntry.objects.select_related("document", "office")
    entry = (rows.select_for_update(of=("self",)) if lock else rows).get(pk=pk)
    if lock:
        entry.refuse_frozen()
    return Seen(mask_outgoing(entry) if sight.masked else entry, sight, sight.rows[0])


def hold_incoming(pk: int) -> IncomingEntry:
    """An entry for system work, locked until commit; pages and people use `incoming`."""
    return IncomingEntry.objects.select_for_update(of=("self",)).select_related("document").get(pk=pk)


def mask_incoming(entry: IncomingEntry) -> IncomingEntry:
    """A copy that shows number, date and issuer only."""
    bare = copy(entry)
    bare.subject, bare.signer_name, bare.signer_title = MASKED_SUBJECT, "", ""
    bare.remark = bare.receivers = bare.closing_note = bare.duplicate_reason = bare.returned_reason = ""
    bare.signature_report = {}
    listed = not IncomingEntry.document.is_cached(entry)
    document = Document(pk=entry.document_id) if listed else entry.document
    bare.document = mask_document(document)
    return bare


def mask_outgoing(entry: OutgoingEntry) -> OutgoingEntry:
    """A copy that shows number, date and issuer only."""
    bare = copy(entry)
    bare.recipients = bare.remark = bare.copy_kept_by = ""
    bare.voided_reason = MASKED_REASON if entry.voided_reason else ""
    bare.document = mask_document(entry.document)
    return bare


def mask_document(document: Document) -> Document:
    """A copy without subject and signer."""
    bare = copy(document)
    bare.subject, bare.signer_name, bare.signer_title = MASKED_SUBJECT, "", ""
    return bare


def incoming_list(
    by: Actor,
    *,
    states: Sequence[str] = (),
    owner_kinds: Sequence[OwnerKind] = ("o", "u", "p", "a"),
    before: Cursor | None = None,
    limit: int = 50,
) -> list[Seen[IncomingEntry]]:
    """A page of incoming entries, newest first, by the owners' states. Two queries."""
    rows = participants.window(by, "in", states=states, owner_kinds=owner_kinds, before=before, limit=limit)
    return incoming_of(by, rows)


def incoming_to_do(
    by: Actor,
    *,
    states: Sequence[str],
    owner_kinds: Sequence[OwnerKind],
    before: Cursor | None = None,
    limit: int = 50,
) -> tuple[list[Seen[IncomingEntry]], Cursor | None]:
    """A page of what waits for somebody, and where the next begins: the most urgent first, then the newest.

    Urgent ones stand on the first page, however old (Decree 30/2020, article 4.2.c). Two queries.
    """
    ask = Ask("in", tuple(states), tuple(owner_kinds), before, limit)
    rows, urgent = participants.windows(by, [ask, replace(ask, before=None, urgent=True)])
    following = Cursor(rows[-1].at, rows[-1].item_id) if len(rows) == limit else None
    if len(urgent) < limit:
        first = sorted(urgent, key=lambda row: -row.urgency) if before is None else []
        rows = [*first, *(row for row in rows if not row.urgency)]
    return incoming_of(by, rows), following


def incoming_overdue(by: Actor, *, limit: int = 100) -> list[Seen[IncomingEntry]]:
    """Entries past their date and not done, the longest first. Two queries."""
    return incoming_of(by, participants.overdue(by, "in", on=today(), limit=limit))


# What a line of a list needs; the other columns, and the document, are read only when asked for.
_LISTED = (
    "kind", "number", "notation", "issued_on", "issuer_name", "subject", "signer_name", "signer_title", "urgency",
    "pages", "office_id", "document_id", "arrival_number", "arrived_on", "arrived_at", "registered_at", "state",
    "medium", "channel", "due_on", "restricted", "signature_verdict", "receivers", "passed_to", "sealed",
)  # fmt: skip


def incoming_of(by: Actor, rows: Sequence[Participant]) -> list[Seen[IncomingEntry]]:
    """The incoming entries of rows that `participants` gave for this actor, in their order. One query."""
    entries = IncomingEntry.objects.only(*_LISTED).in_bulk({row.item_id for row in rows}) if rows else {}
    seen = []
    for row in rows:
        sight = participants.sight_of_rows(by, [row])
        if sight is not None:
            entry = entries[row.item_id]
            seen.append(Seen(mask_incoming(entry) if sight.masked else entry, sight, row))
    return seen


def outgoing_list(
    by: Actor, *, states: Sequence[str] = (), before: Cursor | None = None, limit: int = 50
) -> list[Seen[OutgoingEntry]]:
    """A page of outgoing entries, newest first. Two queries."""
    return outgoing_of(by, participants.window(by, "out", states=states, before=before, limit=limit))


def outgoing_of(by: Actor, rows: Sequence[Participant]) -> list[Seen[OutgoingEntry]]:
    """The outgoing entries of rows that `participants` gave for this actor, in their order. One query."""
    entries = OutgoingEntry.objects.select_related("document").in_bulk([row.item_id for row in rows])
    seen = []
    for row in rows:
        sight = participants.sight_of_rows(by, [row])
        if sight is not None:
            entry = entries[row.item_id]
            seen.append(Seen(mask_outgoing(entry) if sight.masked else entry, sight, row))
    return seen


def document_files(document_ids: Iterable[int]) -> dict[int, list[Attachment]]:
    """{document id: its files in order}; the caller has checked the sight of the entry."""
    return file_queries.attachments("document", list(document_ids))


def pdfs_of_document(document_id: int) -> list[str]:
    """SHA-256 of the PDF files of a document, for system work."""
    return file_queries.hashes("document", document_id, PDF)


def may_open_document(document_id: int, by: Actor) -> bool:
    """Whether the actor may open the files of a document, through any entry of it that they see and hold."""
    held = ~Q(state=IncomingState.RETURNED)  # a tombstone opens nothing, see `_sights_of_documents`
    return any(sight.files for sight in _sights_of_documents([document_id], by, held).get(document_id, []))


def issued_here(document_id: int, by: Actor) -> bool:
    """Whether the actor's own office issued this document, and has not recalled it."""
    return OutgoingEntry.objects.filter(
        document=document_id, office=by.office_id, state=OutgoingState.ISSUED
    ).exists()


def _sights_of_documents(document_ids: Iterable[int], by: Actor, entries: Q = _ALL) -> dict[int, list[Sight]]:
    """{document: what the actor sees of its entries}; documents that do not exist for them are absent.

    A document may have entries at hundreds of offices: only those of the actor's own are asked for. Through a
    tombstone of a recalled document its number, date and issuer are seen, no more.
    """
    wanted, here = list(document_ids), by.offices
    found: dict[int, list[Sight]] = {}
    for kind, model in (("in", IncomingEntry), ("out", OutgoingEntry)):
        rows = model._default_manager.filter(entries, document__in=wanted, office__in=here)
        of_entry = {
            pk: (document, state) for pk, document, state in rows.values_list("pk", "document_id", "state")
        }
        for pk, sight in participants.sights(by, kind, of_entry).items():
            document, state = of_entry[pk]
            tombstone = kind == "in" and state == IncomingState.RECALLED
            found.setdefault(document, []).append(
                replace(sight, masked=True, files=False) if tombstone else sight
            )
    return found


def duplicates(
    issuer: str, number: str, notation: str, by: Actor, *, but: int | None = None
) -> list[Seen[IncomingEntry]]:
    """Entries of the actor's office with the same issuer, number and symbol, what waits for receipt included.

    `but` is the entry that is just being registered.
    """
    key = symbols.duplicate_key(issuer, number, notation)
    if not key or by.office_id is None:
        return []
    same = IncomingEntry.objects.filter(
        office=by.office_id, duplicate_key=key, state__in=["waiting", *IN_THE_BOOK]
    ).exclude(pk=but or 0)
    ids = list(same.values_list("pk", flat=True)[:5])
    sights = participants.sights(by, "in", ids) if ids else {}
    rows = IncomingEntry.objects.select_related("document", "office").filter(pk__in=sights)
    return [
        Seen(mask_incoming(row) if sights[row.pk].masked else row, sights[row.pk], sights[row.pk].rows[0])
        for row in (rows.order_by("pk") if sights else ())
    ]


def related(document_id: int, by: Actor) -> list[Relation]:
    """What the document answers or replaces, and what answers or replaces it, as far as the actor sees those.

    The caller has checked the sight of the document itself. What others answered to a document that hundreds of
    offices received is theirs alone.
    """
    rows = Relation.objects.filter(Q(source=document_id) | Q(target=document_id))
    others = {one.pk: one.target_id if one.source_id == document_id else one.source_id for one in rows}
    if not others:
        return []
    sights = _sights_of_documents(set(others.values()), by)
    seen = [pk for pk, other in others.items() if other in sights]
    found = list(Relation.objects.filter(pk__in=seen).select_related("source", "target").order_by("pk"))
    for one in found:
        if all(sight.masked for sight in sights[others[one.pk]]):
            name = "target" if one.source_id == document_id else "source"
            setattr(one, name, mask_document(getattr(one, name)))
    return found


def suggest_issuers(text: str, by: Actor, *, limit: int = 8) -> list[str]:
    """Names of bodies that recently sent documents to the office and hold the typed words, for who registers."""
    if not by.may("register"):
        return []
    wanted = symbols.issuer_key(text).split()
    recent = (
        IncomingEntry.objects.filter(office=by.office_id)
        .order_by("-arrived_on", "-arrival_number")  # as the index of the book has them
        .values_list("issuer_name", flat=True)[:400]
    )
    names = dict.fromkeys(recent)
    return [name for name in names if all(word in symbols.issuer_key(name) for word in wanted)][:limit]


def suggest_signers(text: str, issuer: str, by: Actor, *, limit: int = 6) -> list[tuple[str, str]]:
    """(name, title) of people who recently signed documents of this issuer, for who registers."""
    if not by.may("register"):
        return []
    wanted = symbols.issuer_key(text).split()
    recent = (
        IncomingEntry.objects.filter(office=by.office_id, issuer_name=issuer, restricted=False)
        .exclude(signer_name="")
        .order_by("-pk")
        .values_list("signer_name", "signer_title")[:200]
    )
    pairs = dict.fromkeys(recent)
    return [pair for pair in pairs if all(word in symbols.issuer_key(pair[0]) for word in wanted)][:limit]


def suggest_kinds(text: str) -> list[kinds.Kind]:
    """Kinds of documents by typed name or abbreviation."""
    return kinds.suggest(text)


def entry_drafts(by: Actor, *, limit: int = 5) -> list[EntryDraft]:
    """Registration forms that the account left half-filled, newest first."""
    return list(
        EntryDraft.objects.filter(account_id=by.account, office=by.office_id).order_by("-saved_at")[:limit]
    )


class ContentsLine(NamedTuple):
    """A line of a dossier's table of contents (Decree 30/2020, Phụ lục V): columns 2-6."""

    symbol: str
    day: date | None
    kind: str
    subject: str
    author: str
    pages: int | None


def incoming_lines(ids: Sequence[int], by: Actor) -> dict[int, ContentsLine]:
    """Lines of incoming entries that the actor sees. Two queries."""
    if not ids:
        return {}
    sights = participants.sights(by, "in", ids)
    found = {}
    for row in IncomingEntry.objects.filter(pk__in=sights).select_related("document"):
        one = mask_incoming(row) if sights[row.pk].masked else row
        found[row.pk] = ContentsLine(
            one.symbol, one.issued_on, one.kind_name, one.subject, one.issuer_name, one.pages
        )
    return found


def outgoing_lines(ids: Sequence[int], by: Actor) -> dict[int, ContentsLine]:
    """Lines of outgoing entries that the actor sees. Two queries."""
    if not ids:
        return {}
    sights = participants.sights(by, "out", ids)
    found = {}
    for row in OutgoingEntry.objects.filter(pk__in=sights).select_related("document"):
        one = (mask_outgoing(row) if sights[row.pk].masked else row).document
        found[row.pk] = ContentsLine(
            one.symbol, one.issued_on, one.kind_name, one.subject, one.issuer_name, one.pages
        )
    return found
