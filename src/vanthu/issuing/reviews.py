"""Decisions and comments on a draft: content right, sent back, commented. Decree 30/2020/NĐ-CP, articles 11 and 12."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from vanthu.issuing import queries
from vanthu.issuing.models import Review, Version
from vanthu.issuing.showing import show
from vanthu.issuing.states import DRAFTS, Decision, Step
from vanthu.issuing.turns import POWER_OF, may_sign, whose_turn
from vanthu.kernel import ledger, moves
from vanthu.kernel.calendar import now
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed

if TYPE_CHECKING:
    from vanthu.issuing.models import Draft
    from vanthu.kernel.actor import Actor


@transaction.atomic
def pass_content(pk: int, text: str = "", *, by: Actor) -> Draft:
    """The head of the drafting unit answers for the content (article 12.1)."""
    draft = queries.draft(pk, by, lock=True).draft
    if not by.may_for_unit("review_content", draft.unit_id):
        raise NotAllowed("Chỉ lãnh đạo đơn vị soạn thảo kiểm tra nội dung dự thảo này.")
    by.require_within("review_content", kind=draft.kind, unit_ids=[draft.unit_id])
    moves.make(DRAFTS, "pass_content", draft, by=by, also={"content_by_id": by.person})
    show(draft, drafter_state="submitted")
    record_review(draft, Step.CONTENT, Decision.AGREE, text, by, power="review_content")
    ledger.record(
        "issuing.content_passed", draft, by=by, note="đồng ý nội dung dự thảo", power="review_content"
    )
    return draft


@transaction.atomic
def return_draft(pk: int, text: str, *, by: Actor) -> Draft:
    """Send a draft back to its drafter with what must change; whoever's turn it is may."""
    if len(text.strip()) < 5:
        raise Invalid(fields={"text": "Ghi nội dung cần sửa để người soạn thảo biết."})
    draft = queries.draft(pk, by, lock=True).draft
    step = _own_turn(draft, by)
    moves.make(DRAFTS, "return", draft, by=by)
    show(draft, drafter_state="returned")
    record_review(draft, step, Decision.RETURN, text, by, power=POWER_OF[step])
    ledger.record(
        "issuing.returned",
        draft,
        by=by,
        office_id=draft.office_id,
        note=f"trả lại dự thảo: “{text.strip()}”",
        power=POWER_OF[step],
    )
    return draft


def _own_turn(draft: Draft, by: Actor) -> Step:
    """The step that waits for this actor; a reviewer who comes too late gets `Conflict`, others `NotAllowed`."""
    step = whose_turn(draft, by)
    if step is not None:
        return step
    reviews = by.may_for_unit("review_content", draft.unit_id) or by.may("review_form") or may_sign(draft, by)
    if reviews:
        raise Conflict(moves.who_was_first(draft), code="moved_already")
    raise NotAllowed("Dự thảo này không chờ ý kiến của anh/chị.")


@transaction.atomic
def comment(pk: int, text: str, *, by: Actor) -> Review:
    """Leave a comment on the newest version; everybody who sees the draft may."""
    if not text.strip():
        raise Invalid(fields={"text": "Nhập ý kiến góp ý."})
    draft = queries.draft(pk, by).draft
    review = record_review(draft, Step.COMMENT, Decision.COMMENT, text, by)
    ledger.record(
        "issuing.commented", draft, by=by, office_id=draft.office_id, note=f"góp ý: “{text.strip()}”"
    )
    return review


def record_review(draft: Draft, step: str, decision: str, text: str, by: Actor, *, power: str = "") -> Review:
    """Keep a decision or comment with the version it was about (Phụ lục VI, III.5.a)."""
    version = Version.objects.filter(draft=draft).order_by("-ordinal").first()
    return Review.objects.create(
        draft=draft,
        version=version,
        step=step,
        decision=decision,
        author_id=by.person,
        author_title=by.title,
        behalf_of=by.behalf_of(power) if power else "",
        text=text.strip(),
        written_at=now(),
    )
