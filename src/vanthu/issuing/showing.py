"""Who sees a draft, and in which state for them: the participants' rows that follow from its state."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vanthu.issuing import queries
from vanthu.issuing.states import OPEN_TO_OPINIONS, DraftState
from vanthu.kernel import participants
from vanthu.kernel.calendar import now
from vanthu.kernel.participants import Item, Owner
from vanthu.organisations import queries as organisations
from vanthu.organisations import rules
from vanthu.organisations.powers import Role

if TYPE_CHECKING:
    from vanthu.issuing.models import Draft
    from vanthu.organisations.models import Post


_SIGNS_LAST = (
    DraftState.APPROVAL,
    DraftState.SIGNED,
    DraftState.TO_SCAN,
    DraftState.NUMBERED,
    DraftState.ISSUED,
    DraftState.VOIDED,
)


class Row(NamedTuple):
    """A participant's row as a draft gives it; `office_id` 0 stands for the office of the draft."""

    owner: Owner
    role: str
    state: str
    pending: bool
    office_id: int = 0


def show(draft: Draft, *, drafter_state: str) -> None:
    """Bring the participants' rows of a draft up to date with its state."""
    item = Item("draft", draft.pk)
    before = participants.owners(item)
    rows = [*_standing(draft, drafter_state), *_signers(draft)]
    rows += _named_for_their_turn(draft, {row.owner.id for row in rows if row.owner.kind == "p"})
    kept = {row.owner for row in rows}
    for row in before:
        owner = Owner(row.owner_kind, row.owner_id)  # type: ignore[arg-type]
        if row.state == "to_opine" and draft.state not in OPEN_TO_OPINIONS:
            participants.move(item, owner, state="opined")
        if owner not in kept and row.role in _LEAVING:
            participants.exclude(item, owner)
    for owner, role, state, pending, office_id in rows:
        participants.include(
            item,
            owner,
            office_id=office_id or draft.office_id,
            role=role,
            state=state,
            pending=pending,
            at=now(),
            due_on=draft.replies_to.due_on if draft.replies_to else None,
            urgency=draft.urgency,
            restricted=draft.restricted,
        )


# who sees a draft only while it is theirs to check or sign; who was asked for an opinion stays
_LEAVING = ("named", "signer", "co_signer")


def _standing(draft: Draft, drafter_state: str) -> list[Row]:
    """The office, the drafter, their unit."""
    office_turn = draft.state in (
        DraftState.FORM, DraftState.TO_NUMBER, DraftState.SIGNED, DraftState.TO_SCAN, DraftState.NUMBERED,
    )  # fmt: skip
    at_work = drafter_state in ("drafting", "returned")
    rows = [
        Row(Owner("o", draft.office_id), "holder", draft.state, office_turn),
        Row(Owner("p", draft.drafter_id), "drafter", drafter_state, at_work),
    ]
    if draft.unit_id:
        turn = draft.state == DraftState.CONTENT
        rows.append(Row(Owner("u", draft.unit_id), "unit", "to_review" if turn else "watch", turn))
    return rows


def _signers(draft: Draft) -> list[Row]:
    """Those who signed or whose turn it is, in their order; the signer is the last."""
    if draft.signer is None or draft.state not in _SIGNS_LAST:
        return []
    rows = [
        Row(
            Owner("p", one.post.person_id),
            "co_signer",
            "signed" if one.signed_at else "to_sign",
            one.signed_at is None,
            one.post.office_id,
        )
        for one in (queries.co_signers(draft.pk) if draft.co_signers else [])
        if one.signed_at or one.post_id == draft.next_co_signer_id
    ]
    turn = draft.state == DraftState.APPROVAL
    own = draft.signer.person_id == draft.drafter_id
    if draft.next_co_signer_id is None and (turn or not own):
        rows.append(Row(Owner("p", draft.signer.person_id), "signer", "to_sign" if turn else "signed", turn))
    return rows


_TURNS = {DraftState.CONTENT: "to_review", DraftState.FORM: "to_check", DraftState.TO_NUMBER: "to_issue",
          DraftState.APPROVAL: "to_record", DraftState.SIGNED: "to_issue", DraftState.TO_SCAN: "to_issue",
          DraftState.NUMBERED: "to_issue"}  # fmt: skip


def _named_for_their_turn(draft: Draft, known: set[int]) -> list[Row]:
    """Rows of those who must check, number and seal a restricted draft: named while it is their turn, not longer.

    Neither unit nor office sees it, and without them it would never be issued.
    """
    turn = {post.person_id for post in _in_turn(draft)} - known if draft.restricted else set()
    state = DraftState(draft.state)
    pending = state != DraftState.APPROVAL  # what is signed on paper waits for the leader, not for the clerk
    return [Row(Owner("p", one), "named", _TURNS[state], pending) for one in sorted(turn)]


def _in_turn(draft: Draft) -> list[Post]:
    match draft.state:
        case DraftState.CONTENT:
            return organisations.heads_of(draft.unit_id) if draft.unit_id else []
        case DraftState.FORM:
            roles = rules.holders(organisations.rules_of(draft.office_id), "review_form")
            return organisations.posts_with_role(draft.office_id, *roles)
        case DraftState.APPROVAL if organisations.rules_of(draft.office_id).clerk_records_paper:
            return organisations.posts_with_role(draft.office_id, Role.CLERK)
        case DraftState.TO_NUMBER | DraftState.SIGNED | DraftState.TO_SCAN | DraftState.NUMBERED:
            return organisations.posts_with_role(draft.office_id, Role.CLERK)
        case _:
            return []
