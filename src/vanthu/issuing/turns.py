"""Whose turn a draft is: who checks, numbers, initials, signs next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vanthu.issuing import queries
from vanthu.issuing.states import DraftState, Step
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import NotAllowed

if TYPE_CHECKING:
    from vanthu.issuing.models import Draft
    from vanthu.kernel.actor import Actor

POWER_OF = {
    Step.CONTENT: "review_content",
    Step.FORM: "review_form",
    Step.NUMBER: "number",
    Step.CO_SIGN: "",
    Step.APPROVAL: "approve",
}
"""The power with which a step is taken; co-signers are named, and need none."""


def whose_turn(draft: Draft, by: Actor) -> Step | None:
    """The step that waits for this actor, or None."""
    at_home = draft.office_id in by.offices
    match draft.state:
        case DraftState.CONTENT if by.may_for_unit("review_content", draft.unit_id):
            return Step.CONTENT if _within("review_content", draft, by) else None
        case DraftState.FORM if at_home and by.may("review_form"):
            return Step.FORM if _within("review_form", draft, by) else None
        case DraftState.TO_NUMBER if at_home and by.may("number"):
            return Step.NUMBER
        case DraftState.APPROVAL:
            return _turn_to_sign(draft, by)
        case _:
            return None


def _within(power: str, draft: Draft, by: Actor) -> bool:
    """Whether a delegated power goes as far as this draft."""
    return by.reaches_with(power, kind=draft.kind, unit_ids=[draft.unit_id])


def _turn_to_sign(draft: Draft, by: Actor) -> Step | None:
    """Co-signers in their order, then the signer; the office sends back what nobody can sign any more."""
    following = draft.next_co_signer or draft.signer
    if following is None:
        return None
    if following.pk in by.post_ids:
        return Step.CO_SIGN if draft.next_co_signer_id else Step.APPROVAL
    stranded = not following.valid_on(today())
    return Step.FORM if stranded and draft.office_id in by.offices and by.may("review_form") else None


def may_sign(draft: Draft, by: Actor) -> bool:
    """Only the named signer signs, in the post named, with their own certificate: a delegation does not carry a
    signature, and who left the post has no power left (Decree 30/2020, article 13)."""
    return draft.signer is not None and draft.signer_id in by.post_ids


def own_draft(pk: int, by: Actor) -> Draft:
    """A draft in the hands of the actor who drafts it, locked; raises `NotAllowed` for others and once submitted."""
    draft = queries.draft(pk, by, lock=True).draft
    if draft.drafter_id != by.person_id:
        raise NotAllowed("Chỉ người soạn thảo sửa được dự thảo. Anh/chị có thể góp ý.")
    if draft.state != DraftState.DRAFTING:
        raise NotAllowed("Dự thảo đang được trình. Rút lại trước khi sửa.")
    return draft
