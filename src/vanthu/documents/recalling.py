"""Recall of an issued document: frozen at its sender, a tombstone at its receivers.

Decree 30/2020/NĐ-CP, article 18.4; Phụ lục VI, part I, III.8: the outgoing document is frozen, the incoming one is
destroyed, what belongs to the recall is kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from vanthu.documents import queries
from vanthu.documents.models import IncomingEntry, OutgoingEntry, Recall, RecallNote
from vanthu.documents.states import INCOMING, OUTGOING, IncomingState, OutgoingState, PaperCopy
from vanthu.kernel import ledger, moves, participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.jobs import together
from vanthu.kernel.participants import Item, Owner
from vanthu.kernel.refusals import Conflict, Invalid
from vanthu.organisations import queries as organisations
from vanthu.organisations.powers import Role

TOMBSTONE = "Văn bản đã bị nơi gửi thu hồi"
FROZEN = "Văn bản này đã thu hồi, bị khóa ở trạng thái khi thu hồi: chỉ xem được."
_ORDERING = (Role.HEAD, Role.DEPUTY, Role.ADMINISTRATION_HEAD, Role.UNIT_HEAD)
_LEAST = 10  # letters of a reason or basis that says something

# What a tombstone keeps: which document it was, when it came, who had it. The rest is destroyed.
BLANK: dict[str, object] = {
    "subject": TOMBSTONE, "signer_name": "", "signer_title": "", "remark": "", "duplicate_reason": "",
    "duplicate_key": "", "closing_note": "", "signature_report": {}, "due_on": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Why a document is recalled, on what legal basis, and which person of the office ordered it."""

    reason: str
    basis: str
    ordered_by: int


@transaction.atomic
def recall(pk: int, order: Order, *, by: Actor) -> OutgoingEntry:
    """Freeze an issued document of the office; its receivers follow as reactions to `documents.recalled`.

    Raises `Invalid` per field, `NotFound` for who cannot have ordered it, `Conflict` for what is not issued.
    """
    by.require("recall", "Chỉ văn thư thu hồi văn bản, theo lệnh của người có thẩm quyền.")
    entry = queries.outgoing(pk, by, lock=True).entry
    _check(order)
    post = organisations.post_of_person(order.ordered_by, office_id=entry.office_id, roles=_ORDERING)
    if entry.state != OutgoingState.ISSUED:
        raise Conflict("Chỉ thu hồi được văn bản đã phát hành. Tải lại trang để xem trạng thái.")
    moves.make(OUTGOING, "recall", entry, by=by)
    made = Recall.objects.create(
        outgoing_id=entry.pk,
        reason=order.reason.strip(),
        basis=order.basis.strip(),
        ordered_by_id=post.person_id,
        ordered_by_name=post.person.full_name,
        ordered_by_title=post.title,
        recorded_by_id=by.person,
        recalled_at=now(),
    )
    participants.move_all(Item("out", pk), state=entry.state)
    ledger.record(
        "documents.recalled",
        entry,
        by=by,
        office_id=entry.office_id,
        changes={
            "state": (OutgoingState.ISSUED, entry.state),
            "reason": ("", made.reason),
            "basis": ("", made.basis),
            "ordered_by": (None, made.ordered_by_id),
        },
        note=f"thu hồi {entry.document.symbol} theo lệnh của {post.title} {post.person.full_name}: {made.reason}",
        power="recall",
    )
    return entry


def _check(order: Order) -> None:
    wrong: dict[str, str] = {}
    for name, label in (("reason", "lý do thu hồi"), ("basis", "căn cứ thu hồi")):
        length = len(getattr(order, name).strip())
        if length < _LEAST:
            wrong[name] = f"Ghi rõ {label} (ít nhất {_LEAST} ký tự); nơi nhận sẽ đọc được."
        elif length > 500:
            wrong[name] = f"Rút ngắn {label} còn 500 ký tự."
    if wrong:
        raise Invalid(fields=wrong)


@transaction.atomic
def empty(outgoing_id: int, office_ids: Iterable[int]) -> list[IncomingEntry]:
    """Turn what these offices have of a recalled document into tombstones; returns those that were not yet.

    Offices in the order of their ids; as many statements for fifty as for one. Idempotent.
    What a receiver has frozen is emptied when the freeze is lifted.
    """
    order = recall_of_entry(outgoing_id)
    if order is None:
        raise Conflict("Văn bản này chưa được thu hồi.")
    document = order.outgoing.document
    move = INCOMING["recall"]
    rows = IncomingEntry.objects.select_for_update(of=("self",)).filter(
        document=document, office__in=list(office_ids), state__in=move.sources, freeze=None
    )
    found = list(rows.order_by("office", "pk"))
    ids = [one.pk for one in found]
    IncomingEntry.objects.filter(pk__in=ids).update(state=move.target, **BLANK)
    for one in found:
        for name, value in {"state": move.target, **BLANK}.items():
            setattr(one, name, value)
    participants.move_many("in", ids, owner_kinds=("o",), state=move.target, pending=True, due_on=None)
    participants.move_many("in", ids, owner_kinds=("u", "p"), state="to_read", pending=True, due_on=None)
    with together():
        ledger.record_all(
            "documents.emptied",
            [(one, Actor.for_system(one.office_id)) for one in found],
            note=f"thu hồi {document.symbol} theo yêu cầu của {document.issuer_name}: {order.reason}",
        )
    return found


@transaction.atomic
def take_note(pk: int, paper: str, *, by: Actor) -> IncomingEntry:
    """The receiver's clerk confirms the recall, and what became of the paper copy. Once; `Conflict` after that."""
    by.require("register", "Chỉ văn thư ghi nhận việc thu hồi.")
    entry = queries.incoming(pk, by, lock=True).entry
    if entry.state != IncomingState.RECALLED:
        raise Conflict("Văn bản này không bị thu hồi. Tải lại trang để xem.")
    if paper not in PaperCopy.values:
        raise Invalid(fields={"paper": "Chọn đã làm gì với bản giấy."})
    if RecallNote.objects.filter(entry_id=pk).exists():
        raise Conflict(moves.who_was_first(entry), code="moved_already")
    note = RecallNote.objects.create(
        entry_id=pk, paper=paper, noted_by_id=by.person, noted_by_name=by.name, noted_at=now()
    )
    participants.move(Item("in", pk), Owner("o", entry.office_id), state="recall_noted")
    ledger.record(
        "documents.recall_noted",
        entry,
        by=by,
        office_id=entry.office_id,
        changes={"paper": ("", paper)},
        note=f"ghi nhận việc thu hồi, {note.get_paper_display().lower()}",
        power="register",
    )
    return entry


def recall_of_entry(outgoing_id: int) -> Recall | None:
    """Why an outgoing entry was recalled, or None; the caller has checked the sight of the entry."""
    return Recall.objects.select_related("outgoing__document").filter(outgoing=outgoing_id).first()


def recall_of_document(document_id: int) -> Recall | None:
    """The same by the document, for its receivers."""
    rows = Recall.objects.select_related("outgoing__document")
    return rows.filter(outgoing__document=document_id).first()


def note_of(entry_id: int) -> RecallNote | None:
    """That this receiver took note, or None."""
    return RecallNote.objects.filter(entry=entry_id).first()


def notes_of(document_id: int) -> dict[int, RecallNote]:
    """{office: that it took note} of a recalled document, for its sender. One query."""
    rows = RecallNote.objects.filter(entry__document=document_id).select_related("entry")
    return {one.entry.office_id: one for one in rows}


def holders(outgoing_id: int) -> list[int]:
    """Offices that still have a document whole, in the order of their ids, whatever way it came to them."""
    rows = IncomingEntry.objects.filter(
        document__in=OutgoingEntry.objects.filter(pk=outgoing_id).values("document")
    ).exclude(state=IncomingState.RECALLED)
    return sorted(set(rows.values_list("office", flat=True)))


def refuse_recalled(outgoing_id: int) -> None:
    """Raise `Conflict` for a frozen document: nothing is added to it, sent or filed any more."""
    if OutgoingEntry.objects.filter(pk=outgoing_id, state=OutgoingState.RECALLED).exists():
        raise Conflict(FROZEN, code="frozen")
