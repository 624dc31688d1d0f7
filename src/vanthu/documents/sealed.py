"""Envelopes that are not opened (không bóc bì): addressed to a person by name, registered by what stands on them.

The addressee says whether it is official business: then the clerk completes the registration (Decree 30/2020,
article 21.1); else the entry is closed as a private letter.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction

from vanthu.documents import actions, queries, symbols
from vanthu.documents.fields import Arrival, check_arrival, refuse_secret
from vanthu.documents.models import Document, IncomingEntry
from vanthu.documents.states import INCOMING, Channel, IncomingState, Medium
from vanthu.kernel import ledger, moves, participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now, today
from vanthu.kernel.files import actions as file_actions
from vanthu.kernel.participants import Item, Owner
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed
from vanthu.organisations import queries as organisations


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What stands on an envelope, and the person of the office to whom it is addressed."""

    issuer_name: str
    addressee_id: int
    symbol: str = ""
    urgency: int = 0
    arrived_on: date
    remark: str = ""
    secrecy: str = ""


@transaction.atomic
def register_envelope(envelope: Envelope, *, by: Actor) -> IncomingEntry:
    """Give an unopened envelope its arrival number and hand it to its addressee. Raises `Invalid`, `NotAllowed`."""
    by.require("register")
    refuse_secret(envelope.secrecy)
    _check(envelope)
    post = organisations.post_of_person(envelope.addressee_id, office_id=by.office)
    name = post.person.full_name
    number, notation = symbols.split(envelope.symbol)
    arrival = Arrival(
        kind="CV",
        number=number[:11],
        notation=notation[:60],
        issuer_name=envelope.issuer_name,
        subject=f"Bì thư không bóc, gửi đích danh {post.title} {name}",
        urgency=envelope.urgency,
        arrived_on=envelope.arrived_on,
        medium=Medium.PAPER,
        remark=envelope.remark,
        duplicate_reason="bì thư không bóc",  # an envelope may repeat a number that is in the book
    )
    document = Document.objects.create(**actions.arrival_values(arrival), entered_by_office_id=by.office)
    entry = IncomingEntry(
        office_id=by.office, document=document, arrived_at=now(), channel=Channel.SCAN, sealed=True
    )
    actions.enter(entry, arrival, by)
    moves.make(INCOMING, "give_sealed", entry, by=by, also={"receivers": name, "handed_on_at": now()})
    actions.show_office(entry)
    participants.include(
        Item("in", entry.pk),
        Owner("p", envelope.addressee_id),
        office_id=entry.office_id,
        role="addressee",
        state="to_open",
        pending=True,
        at=now(),
        urgency=entry.urgency,
    )
    ledger.record(
        "documents.envelope_given",
        entry,
        by=by,
        note=f"giao bì không bóc cho {post.title} {name}",
        power="register",
    )
    return entry


def _check(envelope: Envelope) -> None:
    wrong = {}
    day = today()
    if not envelope.issuer_name.strip():
        wrong["issuer_name"] = "Nhập nơi gửi ghi trên bì."
    if not envelope.arrived_on <= day or envelope.arrived_on.year != day.year:
        wrong["arrived_on"] = f"Ngày đến phải trong năm {day.year} và không sau hôm nay ({day:%d/%m/%Y})."
    for field, text, limit in (
        ("issuer_name", envelope.issuer_name, 200),
        ("remark", envelope.remark, 500),
    ):
        if len(text) > limit:
            wrong[field] = f"Dài quá {limit} ký tự. Rút ngắn lại."
    if wrong:
        raise Invalid(fields=wrong)


@transaction.atomic
def open_envelope(pk: int, *, by: Actor) -> IncomingEntry:
    """The addressee (or the clerk for them) found official business inside: the clerk completes the registration."""
    entry = _sealed(pk, by)
    moves.make(INCOMING, "open_sealed", entry, by=by)
    participants.move_all(Item("in", pk), state="opened", owner_kind="p")
    actions.show_office(entry)
    ledger.record(
        "documents.envelope_opened",
        entry,
        by=by,
        note="bóc bì: là văn bản công việc, chuyển văn thư đăng ký đủ",
    )
    return entry


@transaction.atomic
def keep_private(pk: int, *, by: Actor) -> IncomingEntry:
    """The addressee received a private letter: nothing else is registered."""
    return actions.close(_sealed(pk, by), "bì thư riêng, người nhận đã nhận", by=by)


@transaction.atomic
def complete(pk: int, arrival: Arrival, *, uploads: Iterable[UUID | str] = (), by: Actor) -> IncomingEntry:
    """The clerk enters what was in the envelope, under the number that it has. Raises as `actions.register`."""
    by.require("register")
    entry = queries.incoming(pk, by, lock=True).entry
    if not entry.sealed or entry.state != IncomingState.REGISTERED:
        raise Conflict("Bì này chưa được bóc, hoặc đã đăng ký đủ. Tải lại trang để xem.")
    arrival = replace(arrival, arrived_on=entry.arrived_on or arrival.arrived_on)
    check_arrival(arrival, today=today())
    key = symbols.duplicate_key(arrival.issuer_name, arrival.number, arrival.notation)
    actions.refuse_duplicate(arrival, key, by, but=pk)
    described = actions.arrival_values(arrival)
    before = {name: getattr(entry, name) for name in described}
    pages = _attach(entry.document_id, uploads, by)
    Document.objects.filter(pk=entry.document_id).update(
        **described, issuer_id=arrival.issuer_id, restricted=arrival.restricted, pages=pages
    )
    fields = {
        **described,
        "due_on": arrival.due_on or entry.due_on,
        "medium": arrival.medium,
        "remark": arrival.remark,
        "restricted": arrival.restricted,
        "duplicate_key": key,
        "duplicate_reason": arrival.duplicate_reason,
        "pages": pages,
        "sealed": False,
    }
    for name, value in fields.items():
        setattr(entry, name, value)
    entry.save(update_fields=list(fields))
    actions.show_office(entry)
    ledger.record(
        "documents.completed",
        entry,
        by=by,
        changes={name: (before[name], value) for name, value in described.items() if before[name] != value},
        note=f"đăng ký đủ văn bản trong bì, số đến {entry.arrival_number}",
        power="register",
    )
    return entry


def _attach(document_id: int, uploads: Iterable[UUID | str], by: Actor) -> int | None:
    pages = 0
    for upload in uploads:
        held = file_actions.attach_upload(
            upload, owner_kind="document", owner_id=document_id, role="main", by=by
        )
        pages += held.file.page_count or 0
    return pages or None


def _sealed(pk: int, by: Actor) -> IncomingEntry:
    seen = queries.incoming(pk, by, lock=True)
    theirs = any(row.role == "addressee" and by.acts_for(row.owner_id) for row in seen.sight.rows)
    if not theirs and not by.may("register"):
        raise NotAllowed("Chỉ người được gửi đích danh, hoặc văn thư, làm việc này.")
    if not seen.entry.sealed or seen.entry.state != IncomingState.DIRECTED:
        raise Conflict("Bì này đã được xử lý. Tải lại trang để xem.")
    return seen.entry
