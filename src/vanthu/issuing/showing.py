"""Who sees a draft, and in which state for them: the participants' rows that follow from its state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vanthu.issuing.states import IN_REVIEW, DraftState
from vanthu.kernel import participants
from vanthu.kernel.calendar import now
from vanthu.kernel.participants import Item, Owner
from vanthu.organisations import queries as organisations
from vanthu.organisations.powers import Role

if TYPE_CHECKING:
    from vanthu.issuing.models import Draft
    from vanthu.organisations.models import Post


def show(draft: Draft, *, drafter_state: str) -> None:
    """Bring the participants' rows of a draft up to date with its state."""
    waiting = {DraftState.CONTENT: "u", DraftState.APPROVAL: "p"}
    office_turn = draft.state in (DraftState.FORM, DraftState.SIGNED, DraftState.NUMBERED)
    rows: list[tuple[Owner, str, str, bool]] = [
        (Owner("o", draft.office_id), "holder", draft.state, office_turn),
        (Owner("p", draft.drafter_id), "drafter", drafter_state, drafter_state in ("drafting", "returned")),
    ]
    if draft.unit_id:
        turn = waiting.get(DraftState(draft.state)) == "u"
        rows.append((Owner("u", draft.unit_id), "unit", "to_review" if turn else "watch", turn))
    if draft.signer is not None and draft.state not in (DraftState.DRAFTING, *IN_REVIEW[:2]):
        turn = draft.state == DraftState.APPROVAL
        own = draft.signer.person_id == draft.drafter_id
        if turn or not own:
            rows.append((Owner("p", draft.signer.person_id), "signer", "to_sign" if turn else "signed", turn))
    if draft.state == DraftState.DRAFTING and draft.signer is not None:
        signer = Owner("p", draft.signer.person_id)
        if draft.signer.person_id != draft.drafter_id:
            participants.exclude(Item("draft", draft.pk), signer)
    rows += _named_for_their_turn(draft, {owner.id for owner, *_ in rows if owner.kind == "p"})
    for owner, role, state, pending in rows:
        participants.include(
            Item("draft", draft.pk),
            owner,
            office_id=draft.office_id,
            role=role,
            state=state,
            pending=pending,
            at=now(),
            due_on=draft.replies_to.due_on if draft.replies_to else None,
            urgency=draft.urgency,
            restricted=draft.restricted,
        )


_TURNS = {DraftState.CONTENT: "to_review", DraftState.FORM: "to_check",
          DraftState.SIGNED: "to_issue", DraftState.NUMBERED: "to_issue"}  # fmt: skip


def _named_for_their_turn(draft: Draft, known: set[int]) -> list[tuple[Owner, str, str, bool]]:
    """Rows of those who must check, number and seal a restricted draft: named while it is their turn, not longer.

    Neither unit nor office sees it, and without them it would never be issued.
    """
    turn = {post.person_id for post in _in_turn(draft)} - known if draft.restricted else set()
    item = Item("draft", draft.pk)
    for row in participants.owners(item):
        if row.role == "named" and row.owner_id not in turn:
            participants.exclude(item, Owner("p", row.owner_id))
    return [(Owner("p", one), "named", _TURNS[DraftState(draft.state)], True) for one in sorted(turn)]


def _in_turn(draft: Draft) -> list[Post]:
    match draft.state:
        case DraftState.CONTENT:
            return organisations.heads_of(draft.unit_id) if draft.unit_id else []
        case DraftState.FORM:
            return organisations.posts_with_role(draft.office_id, Role.ADMINISTRATION_HEAD)
        case DraftState.SIGNED | DraftState.NUMBERED:
            return organisations.posts_with_role(draft.office_id, Role.CLERK)
        case _:
            return []
