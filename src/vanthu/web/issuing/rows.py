"""What the pages of drafts and outgoing entries show of them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from vanthu.documents import kinds
from vanthu.documents.models import OutgoingEntry
from vanthu.documents.queries import Seen
from vanthu.documents.states import OutgoingState
from vanthu.issuing import actions
from vanthu.issuing.models import Draft
from vanthu.issuing.queries import SeenDraft
from vanthu.issuing.states import DraftState, Step
from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import NotAllowed
from vanthu.web.incoming.rows import Act

STEPS = (DraftState.DRAFTING, DraftState.CONTENT, DraftState.FORM, DraftState.APPROVAL, DraftState.SIGNED,
         DraftState.ISSUED)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One line of a list of drafts."""

    pk: int
    url: str
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
    returned: bool
    trouble: str
    act: Act | None


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """One line of the list of issued documents; `progress` is (registered, all, returned)."""

    pk: int
    url: str
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
        url=reverse("draft", args=[draft.pk]),
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
        returned=mine.state == "returned",
        trouble=draft.trouble,
        act=next_act(draft, by),
    )


def next_act(draft: Draft, by: Actor) -> Act | None:
    """The next action of this actor on a draft, or None."""
    if draft.state == DraftState.DRAFTING and draft.drafter_id == by.person_id:
        return Act("Soạn tiếp", reverse("draft", args=[draft.pk]), primary=False)
    if draft.state in (DraftState.SIGNED, DraftState.NUMBERED) and by.may("number"):
        return Act(
            "Phát hành" if draft.state == DraftState.SIGNED else "Xem", reverse("issue", args=[draft.pk])
        )
    step = turn(draft, by)
    if step == Step.APPROVAL:
        return Act("Ký", reverse("sign", args=[draft.pk]))
    return Act("Kiểm tra", reverse("draft", args=[draft.pk])) if step else None


def turn(draft: Draft, by: Actor) -> Step | None:
    """The step of the review that waits for this actor, or None."""
    try:
        return actions.whose_turn(draft, by)
    except NotAllowed:
        return None


def issued_row(seen: Seen[OutgoingEntry]) -> IssuedRow:
    """The line of an outgoing entry."""
    entry = seen.entry
    return IssuedRow(
        pk=entry.pk,
        url=reverse("outgoing_entry", args=[entry.pk]),
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
    """One step of the way of a draft: done, now, or still to come."""

    label: str
    state: str


_LABELS = {
    DraftState.DRAFTING: "Soạn thảo",
    DraftState.CONTENT: "Nội dung",
    DraftState.FORM: "Thể thức",
    DraftState.APPROVAL: "Ký",
    DraftState.SIGNED: "Số, dấu",
    DraftState.ISSUED: "Phát hành",
}


def way(state: str) -> list[StepShown]:
    """The steps of a draft with the present one marked."""
    now = DraftState.SIGNED if state == DraftState.NUMBERED else state
    place = STEPS.index(DraftState(now)) if now in STEPS else -1
    done = state == DraftState.ISSUED
    return [
        StepShown(_LABELS[step], "done" if number < place or done else "now" if number == place else "")
        for number, step in enumerate(STEPS)
    ]
