"""What the pages of drafts and outgoing entries show of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from vanthu.documents import kinds
from vanthu.documents.queries import Seen
from vanthu.documents.states import OutgoingState
from vanthu.issuing import on_paper, turns
from vanthu.issuing.queries import SeenDraft
from vanthu.issuing.states import DraftState, Step
from vanthu.kernel.actor import Actor
from vanthu.web.incoming.rows import Act
from vanthu.web.shell.navigation import page_address

if TYPE_CHECKING:
    from vanthu.documents.models import OutgoingEntry
    from vanthu.issuing.models import Draft
    from vanthu.kernel.models import Participant

STEPS = (DraftState.DRAFTING, DraftState.CONTENT, DraftState.FORM, DraftState.APPROVAL, DraftState.SIGNED,
         DraftState.ISSUED)  # fmt: skip


_SHOWN_AS = {
    DraftState.NUMBERED: DraftState.SIGNED,
    DraftState.TO_SCAN: DraftState.SIGNED,
    DraftState.TO_NUMBER: DraftState.APPROVAL,
}
_WITH_THE_CLERK = {
    DraftState.SIGNED: "Phát hành",
    DraftState.TO_SCAN: "Quét, phát hành",
    DraftState.NUMBERED: "Xem",
}
_PLACES = {
    DraftState.CONTENT: "Đơn vị",
    DraftState.FORM: "Văn phòng",
    DraftState.TO_NUMBER: "Văn thư cấp số",
    DraftState.APPROVAL: "Người ký",
    DraftState.SIGNED: "Văn thư",
    DraftState.TO_SCAN: "Văn thư quét",
    DraftState.NUMBERED: "Đóng dấu",
}


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One line of a list of drafts."""

    pk: int
    url: str
    preview_url: str
    kind: str
    subject: str
    notation: str
    drafter: str
    unit: str
    signer: str
    urgency: int
    due_on: date | None
    at: datetime
    state: str
    state_label: str
    place_label: str
    returned: bool
    trouble: str
    act: Act | None


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """One line of the list of issued documents."""

    pk: int
    url: str
    preview_url: str
    symbol: str
    issued_on: date | None
    kind: str
    subject: str
    signer: str
    recipients: str
    urgency: int
    state: str
    state_label: str
    at: datetime


def draft_row(seen: SeenDraft, by: Actor) -> DraftRow:
    """The line of a draft, with what the actor would do next."""
    draft, mine = seen.draft, seen.participant
    return DraftRow(
        pk=draft.pk,
        url=page_address("draft", draft.pk),
        preview_url=page_address("draft_preview", draft.pk),
        kind=kinds.by_code(draft.kind).name,
        subject=draft.subject,
        notation=draft.notation,
        drafter=draft.drafter.full_name,
        unit=draft.unit.short_name if draft.unit else "",
        signer=draft.signer.person.full_name if draft.signer else "",
        urgency=draft.urgency,
        due_on=mine.due_on,
        at=mine.at,
        state=draft.state,
        state_label=DraftState(draft.state).label,
        place_label=_PLACES.get(DraftState(draft.state), DraftState(draft.state).label),
        returned=mine.state == "returned",
        trouble=draft.trouble,
        act=_asked(mine, draft) or next_act(draft, by),
    )


def _asked(mine: Participant, draft: Draft) -> Act | None:
    """Where an opinion that was asked for is given."""
    return Act("Cho ý kiến", page_address("draft_opinions", draft.pk)) if mine.state == "to_opine" else None


def next_act(draft: Draft, by: Actor) -> Act | None:
    """The next action of this actor on a draft, or None."""
    if draft.state == DraftState.DRAFTING and draft.drafter_id == by.person_id:
        return Act("Soạn tiếp", page_address("draft", draft.pk))
    label = _WITH_THE_CLERK.get(DraftState(draft.state))
    if label and by.may("number"):
        return Act(label, page_address("issue", draft.pk))
    step = turn(draft, by)
    if step in (Step.APPROVAL, Step.CO_SIGN):
        return Act("Ký", page_address("sign", draft.pk))
    if step == Step.NUMBER:
        return Act("Cấp số", page_address("draft", draft.pk))
    if step is None and on_paper.may_record(draft, by):
        return Act("Ghi ký trên giấy", page_address("sign_on_paper", draft.pk))
    return Act("Kiểm tra", page_address("draft", draft.pk)) if step else None


def turn(draft: Draft, by: Actor) -> Step | None:
    """The step of the review that waits for this actor, or None."""
    return turns.whose_turn(draft, by)


def issued_row(seen: Seen[OutgoingEntry]) -> IssuedRow:
    """The line of an outgoing entry."""
    entry = seen.entry
    return IssuedRow(
        pk=entry.pk,
        url=page_address("outgoing_entry", entry.pk),
        preview_url=page_address("outgoing_preview", entry.pk),
        symbol=entry.document.symbol,
        issued_on=entry.document.issued_on,
        kind=kinds.by_code(entry.document.kind).name,
        subject=entry.document.subject,
        signer=entry.document.signer_name,
        recipients=entry.recipients,
        urgency=entry.document.urgency,
        state=entry.state,
        state_label=OutgoingState(entry.state).label,
        at=entry.numbered_at,
    )


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step of the way of a draft and who takes it: done, now, or still to come."""

    label: str
    who: str
    state: str


def way(draft: Draft) -> list[StepShown]:
    """The steps of a draft with the present one marked; none for a draft that was given up or voided."""
    state = _SHOWN_AS.get(DraftState(draft.state), DraftState(draft.state))
    if state not in STEPS:
        return []
    place = STEPS.index(state) + (state == DraftState.ISSUED)
    named = (
        ("Soạn thảo", draft.drafter.full_name),
        ("Nội dung", draft.unit.short_name if draft.unit else ""),
        ("Thể thức", "Văn phòng"),
        ("Ký", _signs_next(draft)),
        ("Số, dấu", "Văn thư"),
        ("Phát hành", "Văn thư"),
    )
    return [
        StepShown(label, who, "done" if number < place else "now" if number == place else "")
        for number, (label, who) in enumerate(named)
    ]


def _signs_next(draft: Draft) -> str:
    """Who signs next: the clerk's number comes first where the office says so, then co-signers, then the signer."""
    if draft.state == DraftState.TO_NUMBER:
        return "Văn thư cấp số"
    post = (draft.next_co_signer if draft.state == DraftState.APPROVAL else None) or draft.signer
    return post.person.full_name if post else ""
