"""The verbs of incoming documents: register, receive, return, present, close. Decree 30/2020, articles 20-24."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from vanthu.documents import kinds, numbering, queries, series, symbols
from vanthu.documents.fields import Arrival, check_arrival, refuse_sealed, refuse_secret
from vanthu.documents.models import Document, EntryDraft, IncomingEntry, Relation
from vanthu.documents.queries import Seen
from vanthu.documents.states import IN_HAND, INCOMING, Channel, IncomingState
from vanthu.kernel import ledger, moves, participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now, today, working_days_after
from vanthu.kernel.files import actions as file_actions
from vanthu.kernel.files.models import StoredFile
from vanthu.kernel.jobs import together
from vanthu.kernel.models import Participant
from vanthu.kernel.participants import Item, Owner
from vanthu.kernel.refusals import Conflict, Invalid
from vanthu.organisations import queries as organisations
from vanthu.organisations.powers import Role


class Duplicate(Conflict):
    """The office already has an entry with this issuer, number and symbol; `found` are those entries."""

    code = "duplicate"

    def __init__(self, found: list[Seen[IncomingEntry]]) -> None:
        self.found = found
        first = found[0].entry
        place = f"đã có ở số đến {first.arrival_number}" if first.arrival_number else "đang chờ tiếp nhận"
        super().__init__(
            f"Số, ký hiệu {first.symbol} của {first.issuer_name} {place}."
            " Mở văn bản đó, hoặc ghi lý do vào sổ lần nữa."
        )


@transaction.atomic
def register(arrival: Arrival, *, uploads: Iterable[UUID | str] = (), by: Actor) -> IncomingEntry:
    """Register a document that the clerk typed in; it gets the next arrival number.

    Raises `Invalid`, `Duplicate` (unless `duplicate_reason` says why), `NotAllowed` for secret documents.
    """
    by.require("register")
    check_arrival(arrival, today=today())
    document = Document.objects.create(
        **arrival_values(arrival),
        issuer_id=arrival.issuer_id,
        entered_by_office_id=by.office,
        restricted=arrival.restricted,
    )
    for upload in uploads:
        attachment = file_actions.attach_upload(
            upload, owner_kind="document", owner_id=document.pk, role="main", by=by
        )
        document.pages = (document.pages or 0) + (attachment.file.page_count or 0)
    if document.pages:
        document.save(update_fields=["pages"])
    entry = IncomingEntry(
        office_id=by.office,
        document=document,
        arrived_at=now(),
        channel=arrival.channel,
        pages=document.pages,
    )
    return enter(entry, arrival, by)


@transaction.atomic
def receive(pk: int, arrival: Arrival | None = None, *, by: Actor) -> IncomingEntry:
    """Receive and register what was delivered, with one click or with the clerk's corrections as registered.

    Raises as `register`, and `Conflict` when a colleague was first.
    """
    by.require("register")
    seen = queries.incoming(pk, by)
    masked = seen.sight.masked
    whole = IncomingEntry.objects.select_related("document").get(pk=pk) if masked else seen.entry
    arrival = arrival or arrival_of(whole)
    if masked:  # the clerk enters what they may not read
        arrival = replace(arrival, **{name: getattr(whole, name) for name in queries.MASKED_FIELDS})
    # What its sender restricted, no receiver opens.
    arrival = replace(arrival, restricted=arrival.restricted or whole.restricted)
    check_arrival(arrival, today=today())
    return enter(whole, arrival, by)


def arrival_of(entry: IncomingEntry) -> Arrival:
    """The fields of a delivered entry, filled for registering today."""
    document = entry.document
    return Arrival(
        kind=entry.kind,
        number=entry.number,
        notation=entry.notation,
        issued_on=entry.issued_on,
        issuer_name=entry.issuer_name,
        subject=entry.subject,
        signer_name=entry.signer_name,
        signer_title=entry.signer_title,
        urgency=entry.urgency,
        issuer_id=document.issuer_id,
        arrived_on=today(),
        due_on=max(document.reply_due_on, today()) if document.reply_due_on else None,
        medium=entry.medium,
        channel=entry.channel,
        remark=entry.remark,
        restricted=entry.restricted,
    )


def arrival_values(arrival: Arrival) -> dict[str, Any]:
    """The columns of `Described` from the fields of a form, trimmed."""
    names = ("kind", "number", "notation", "issued_on", "issuer_name", "subject", "signer_name",
             "signer_title", "urgency")  # fmt: skip
    values = {name: getattr(arrival, name) for name in names}
    return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}


def refuse_duplicate(arrival: Arrival, key: str, by: Actor, *, but: int | None) -> None:
    """Of two clerks with one document the later waits here until the first is in the book, and is warned."""
    if not key or arrival.duplicate_reason.strip():
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [key, by.office])
    found = queries.duplicates(arrival.issuer_name, arrival.number, arrival.notation, by, but=but)
    if found:
        raise Duplicate(found)


def enter(entry: IncomingEntry, arrival: Arrival, by: Actor) -> IncomingEntry:
    """Give the entry its number; one that was just typed in is written with it.

    Locks: the document's key, series, entry, ledger head. A whole office waits for the series: as little as can be
    is done while it is held.
    """
    key = symbols.duplicate_key(arrival.issuer_name, arrival.number, arrival.notation)
    fields = {
        **arrival_values(arrival),
        "due_on": arrival.due_on or _due_on(entry.office_id, arrival.kind, arrival.arrived_on),
        "medium": arrival.medium,
        "remark": arrival.remark,
        "restricted": arrival.restricted,
        "duplicate_reason": arrival.duplicate_reason,
        "duplicate_key": key,
        "arrived_on": arrival.arrived_on,
        "registered_at": now(),
    }
    book = series.place(entry.office_id, "in", kinds.by_code(arrival.kind), arrival.arrived_on)
    refuse_duplicate(arrival, key, by, but=entry.pk)
    taken = numbering.take(entry.office_id, "in", book.scope, book.period.name)
    numbered = {**fields, "series_id": taken.series_id, "arrival_number": taken.number}
    if entry.pk:
        moves.make(INCOMING, "register", entry, by=by, also=numbered)
    else:
        for name, value in {**numbered, "state": INCOMING["register"].target}.items():
            setattr(entry, name, value)
        entry.save(force_insert=True)
    show_office(entry)
    ledger.record(
        "documents.registered",
        entry,
        by=by,
        office_id=entry.office_id,
        changes={name: (None, value) for name, value in fields.items()}
        | {"arrival_number": (None, taken.number)},
        note=f"vào sổ văn bản đến, số đến {taken.number}",
        power="register",
    )
    return entry


def _due_on(office_id: int, kind: str, arrived_on: date) -> date | None:
    """When the office's rules want a document answered that names no date itself."""
    days = organisations.rules_of(office_id).days_for(kind)
    return working_days_after(arrived_on, days) if days else None


def show_office(entry: IncomingEntry) -> None:
    """Bring the office's own row up to date with the entry."""
    participants.include_all([_office_row(entry)])


def _office_row(entry: IncomingEntry) -> Participant:
    return Participant(
        item_kind="in",
        item_id=entry.pk,
        owner_kind="o",
        owner_id=entry.office_id,
        office_id=entry.office_id,
        role="holder",
        state=entry.state,
        at=entry.registered_at or entry.arrived_at,
        pending=entry.state in (IncomingState.WAITING, *IN_HAND),
        due_on=entry.due_on,
        urgency=entry.urgency,
        restricted=entry.restricted,
    )


@transaction.atomic
def deliver(
    document: Document, *, channel: str, office_ids: Iterable[int], verdict: Mapping[str, Any]
) -> dict[int, IncomingEntry]:
    """Put a delivered document into the inboxes of offices ("chờ tiếp nhận"): {office: its entry}.

    Idempotent per document and office; one that the office returned does not count: the sender may send it again.
    As many statements for fifty offices as for one.
    """
    wanted = sorted(set(office_ids))
    known = IncomingEntry.objects.filter(document=document, office__in=wanted, channel=channel)
    found = {one.office_id: one for one in known.exclude(state=IncomingState.RETURNED).order_by("-pk")}
    fresh = [_delivered(document, channel, one, verdict) for one in wanted if one not in found]
    IncomingEntry.objects.bulk_create(fresh)
    participants.include_all(map(_office_row, fresh))
    with together():
        ledger.record_all(
            "documents.delivered",
            [(one, Actor.for_system(one.office_id)) for one in fresh],
            note=f"chuyển {document.symbol} đến, chờ văn thư tiếp nhận",
        )
    return found | {one.office_id: one for one in fresh}


def _delivered(document: Document, channel: str, office_id: int, verdict: Mapping[str, Any]) -> IncomingEntry:
    return IncomingEntry(
        kind=document.kind,
        number=document.number,
        notation=document.notation,
        issued_on=document.issued_on,
        issuer_name=document.issuer_name,
        subject=document.subject,
        signer_name=document.signer_name,
        signer_title=document.signer_title,
        urgency=document.urgency,
        pages=document.pages,
        office_id=office_id,
        document=document,
        arrived_at=now(),
        state=IncomingState.WAITING,
        channel=Channel(channel),
        due_on=document.reply_due_on,
        restricted=document.restricted,
        duplicate_key=symbols.duplicate_key(document.issuer_name, document.number, document.notation),
        signature_verdict=str(verdict.get("verdict", "")),
        signature_report=dict(verdict),
    )


@transaction.atomic
def return_to_sender(pk: int, reason: str, *, by: Actor) -> IncomingEntry:
    """Return a delivered document that is not ours, not whole or not authentic (article 21.2)."""
    if len(reason.strip()) < 5:
        raise Invalid(fields={"reason": "Ghi lý do trả lại để nơi gửi biết phải sửa gì."})
    entry = queries.incoming(pk, by).entry
    moves.make(INCOMING, "return", entry, by=by, also={"returned_reason": reason.strip()[:500]})
    participants.move(Item("in", pk), Owner("o", entry.office_id), state=entry.state)
    ledger.record(
        "documents.returned",
        entry,
        by=by,
        changes={"returned_reason": ("", entry.returned_reason)},
        note=f"trả lại nơi gửi: {entry.returned_reason}",
        power="return",
    )
    return entry


@transaction.atomic
def present(pk: int, leader_id: int, *, by: Actor) -> IncomingEntry:
    """Present a registered entry to a leader (or the head of administration) for direction (article 23).

    `leader_id` is a person of the office. Raises `NotFound` when they hold no such post today.
    """
    entry = queries.incoming(pk, by, lock=True).entry
    post = organisations.post_of_person(
        leader_id, office_id=by.office, roles=(Role.HEAD, Role.DEPUTY, Role.ADMINISTRATION_HEAD)
    )
    refuse_sealed(entry)
    moves.make(INCOMING, "present", entry, by=by)
    participants.move(Item("in", pk), Owner("o", entry.office_id), state=entry.state, pending=True)
    participants.include(
        Item("in", pk),
        Owner("p", leader_id),
        office_id=entry.office_id,
        role="leader",
        state="to_direct",
        pending=True,
        at=now(),
        due_on=entry.due_on,
        urgency=entry.urgency,
        restricted=entry.restricted,
    )
    ledger.record(
        "documents.presented",
        entry,
        by=by,
        changes={"presented_to": (None, leader_id)},
        note=f"trình {post.title} {post.person.full_name}",
        power="present",
    )
    return entry


@transaction.atomic
def take_back(pk: int, *, by: Actor) -> IncomingEntry:
    """Undo a presentation that nobody has acted on."""
    by.require("present")
    entry = queries.incoming(pk, by).entry
    moves.make(INCOMING, "take_back", entry, by=by)
    participants.move(Item("in", pk), Owner("o", entry.office_id), state=entry.state, pending=True)
    for row in participants.owners(Item("in", pk)):
        if row.owner_kind == "p" and row.role == "leader":
            participants.exclude(Item("in", pk), Owner("p", row.owner_id))
    ledger.record("documents.taken_back", entry, by=by, note="rút lại việc trình", power="present")
    return entry


@transaction.atomic
def mark_directed(entry: IncomingEntry, *, receivers: str, due_on: date | None, by: Actor) -> IncomingEntry:
    """Note that the entry was directed: who received it and until when; called by the tasks room."""
    refuse_sealed(entry)
    moves.make(
        INCOMING,
        "direct",
        entry,
        by=by,
        also={"receivers": receivers[:1000], "handed_on_at": now(), "due_on": due_on or entry.due_on},
    )
    participants.move(
        Item("in", entry.pk),
        Owner("o", entry.office_id),
        state=entry.state,
        pending=True,
        due_on=entry.due_on,
    )
    return entry


@transaction.atomic
def mark_undirected(entry: IncomingEntry, *, presented: bool, by: Actor) -> IncomingEntry:
    """Undo `mark_directed`: back to the leader, or to the clerk when nobody had presented it."""
    moves.make(
        INCOMING,
        "undo_direct" if presented else "undo_distribute",
        entry,
        by=by,
        also={"receivers": "", "handed_on_at": None},
    )
    participants.move(Item("in", entry.pk), Owner("o", entry.office_id), state=entry.state, pending=True)
    return entry


@transaction.atomic
def close(entry: IncomingEntry, note: str, *, by: Actor, replied_by: Document | None = None) -> IncomingEntry:
    """Close an entry, by a reply or as noted; every owner's row is done. The caller has checked who may."""
    moves.make(INCOMING, "close", entry, by=by, also={"closed_at": now(), "closing_note": note[:500]})
    participants.move_all(Item("in", entry.pk), state="done")
    if replied_by is not None:
        Relation.objects.get_or_create(source=replied_by, target=entry.document, kind="replies_to")
    ledger.record("documents.closed", entry, by=by, office_id=entry.office_id, note=note)
    return entry


@transaction.atomic
def note_reply(entry: IncomingEntry, document: Document, *, by: Actor) -> None:
    """Remember that this document answers an entry that was closed before; idempotent."""
    _, new = Relation.objects.get_or_create(source=document, target=entry.document, kind="replies_to")
    if new:
        note = f"có thêm văn bản trả lời {document.symbol}"
        ledger.record("documents.replied", entry, by=by, office_id=entry.office_id, note=note)


def keep_entry_draft(fields: Mapping[str, str], draft_id: int | None, *, by: Actor) -> EntryDraft:
    """Autosave a half-filled registration form; returns the kept draft. Of a secret document nothing is kept."""
    by.require("register")
    refuse_secret(fields.get("secrecy", ""))
    if draft_id is not None:
        kept = EntryDraft.objects.filter(pk=draft_id, account_id=by.account, office_id=by.office).first()
        if kept is not None:
            kept.fields = dict(fields)
            kept.save(update_fields=["fields", "saved_at"])
            return kept
    return EntryDraft.objects.create(account_id=by.account, office_id=by.office, fields=dict(fields))


def drop_entry_draft(draft_id: int, *, by: Actor) -> None:
    """Forget a half-filled form (after registering, or on request)."""
    EntryDraft.objects.filter(pk=draft_id, account_id=by.account).delete()


def attach_file(document_id: int, file: StoredFile, *, role: str, name: str) -> None:
    """Give a document a file that the system made (the issued PDF)."""
    file_actions.attach(file, owner_kind="document", owner_id=document_id, role=role, name=name)
