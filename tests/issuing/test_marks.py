"""Remarks at a place in the text, and who may correct a draft."""

import pytest

from tests.cast import World
from tests.web import drafts
from vanthu.issuing import marks, queries, reviews, saga, versions
from vanthu.issuing.marks import Remark
from vanthu.kernel import ledger
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound

pytestmark = pytest.mark.django_db
HERE = (90.0, 600.0, 300.0, 620.0)


def test_remarks_are_numbered_and_answered_by_a_version_or_a_word(world: World) -> None:
    draft = drafts.submitted(world)
    reviewer, drafter = world.actor("head_of_unit"), world.actor("specialist")
    for text in ("Sửa căn cứ", "Thừa dấu phẩy", "Nêu rõ thời hạn"):
        marks.mark(draft.pk, Remark(text=text, rect=HERE, quote="Căn cứ Luật"), by=reviewer)
    reviews.return_draft(draft.pk, "Xem góp ý tại chỗ", by=reviewer)
    marks.answer_mark(draft.pk, 2, "Giữ nguyên theo mẫu", by=drafter)
    version = versions.add_version(draft.pk, drafts.stage(world), answers=[1, 2], by=drafter)
    first, second, third = queries.marks(draft.pk)
    assert first.answered_in == version
    assert (second.answered_in, second.answer) == (None, "Giữ nguyên theo mẫu")
    assert third.answered_at is None
    draft.refresh_from_db()
    assert (draft.marks_made, draft.marks_open) == (3, 1)
    assert ledger.history(draft)[-1].note == "thêm bản dự thảo 2, trả lời góp ý số 1"
    with pytest.raises(Conflict):
        marks.answer_mark(draft.pk, 1, "Lần nữa", by=drafter)
    with pytest.raises(NotAllowed):
        marks.answer_mark(draft.pk, 3, "Không phải việc của tôi", by=reviewer)


def test_what_is_not_there_is_not_marked(world: World) -> None:
    draft = drafts.submitted(world)
    with pytest.raises(Invalid) as refused:
        marks.mark(draft.pk, Remark(text="", page=9), by=world.actor("head_of_unit"))
    assert set(refused.value.fields) == {"text", "page"}
    with pytest.raises(NotFound):
        marks.mark(draft.pk, Remark(text="Sửa căn cứ"), by=world.actor("neighbour"))


def test_whoever_checks_may_bring_a_corrected_version(world: World) -> None:
    draft = drafts.submitted(world)
    with pytest.raises(NotAllowed):  # not theirs any more, nor their turn
        versions.add_version(draft.pk, drafts.stage(world), by=world.actor("specialist"))
    reviewer = world.actor("head_of_unit")
    version = versions.add_version(draft.pk, drafts.stage(world, "head_of_unit"), by=reviewer)
    assert (version.ordinal, version.made_by_id) == (2, reviewer.person_id)
    assert ledger.history(draft)[-1].note == "sửa khi kiểm tra nội dung, bản dự thảo 2"
    draft.refresh_from_db()
    assert draft.state == "content"


def test_what_the_signer_corrects_is_checked_again(world: World) -> None:
    draft = drafts.to_sign(world)
    versions.add_version(draft.pk, drafts.stage(world, "head"), by=world.actor("head"))
    run_jobs()
    draft.refresh_from_db()
    assert draft.state == "form"
    saga.pass_form(draft.pk, by=world.actor("chief"))
    assert queries.newest(draft.pk).prepared is not None
