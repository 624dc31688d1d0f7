"""Initials and joint signatures: in order, each with their own certificate, across offices."""

from datetime import timedelta

import pytest

from tests.cast import World
from tests.web import drafts
from vanthu.issuing import actions, cosigning, queries, reviews, saga
from vanthu.issuing.models import Draft
from vanthu.kernel import ledger
from vanthu.kernel.calendar import today
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.organisations.models import Post
from vanthu.signing.geometry import Rect
from vanthu.signing.places import Place
from vanthu.signing.verify import Verifier

pytestmark = pytest.mark.django_db


def to_sign(world: World) -> Draft:
    """A draft that the administration head initials and the region's head signs with the province's."""
    draft = drafts.drafted(world)
    by = world.actor("specialist")
    cosigning.add_joint(draft.pk, world.region.pk, by=by)
    cosigning.add_initials(draft.pk, world.post("chief").pk, by=by)
    saga.place(draft.pk, "LienTich1", Place(0, Rect(60, 150, 170, 205)), by=by)
    saga.place(draft.pk, "KyNhay1", Place(0, Rect(240, 300, 300, 324)), by=by)
    actions.submit(draft.pk, by=by)
    reviews.pass_content(draft.pk, by=world.actor("head_of_unit"))
    return saga.pass_form(draft.pk, by=world.actor("chief"))


def test_who_left_or_signs_the_document_is_not_submitted_to(world: World) -> None:
    draft = drafts.drafted(world)
    by = world.actor("specialist")
    cosigning.add_initials(draft.pk, world.post("chief").pk, by=by)
    chief, yesterday = world.post("chief"), today() - timedelta(days=1)
    Post.objects.filter(pk=chief.pk).update(valid_to_on=yesterday)
    with pytest.raises(Invalid, match="không còn giữ chức vụ"):
        actions.submit(draft.pk, by=by)
    Post.objects.filter(pk=chief.pk).update(valid_to_on=None)
    Draft.objects.filter(pk=draft.pk).update(signer=chief, signing_form="TL.")
    with pytest.raises(Invalid, match="đã là người ký"):
        actions.submit(draft.pk, by=by)
    cosigning.remove(draft.pk, queries.co_signers(draft.pk)[0].pk, by=by)
    assert actions.submit(draft.pk, by=by).state == "content"


def test_each_signs_in_turn_and_the_file_carries_every_signature(signing_world: World) -> None:
    world = signing_world
    draft = to_sign(world)
    with pytest.raises(Conflict):  # the signer comes last
        saga.sign(draft.pk, by=world.actor("head"))
    with pytest.raises(NotFound):  # not their turn: the draft does not exist for them
        saga.co_sign(draft.pk, by=world.actor("region_head"))
    saga.co_sign(draft.pk, "Nhất trí", by=world.actor("chief"))
    with pytest.raises(NotFound):
        queries.draft(draft.pk, world.actor("region_clerk"))
    saga.co_sign(draft.pk, by=world.actor("region_head"))
    with pytest.raises(Conflict):
        saga.co_sign(draft.pk, by=world.actor("region_head"))
    saga.sign(draft.pk, by=world.actor("head"))
    saga.number(draft.pk, by=world.actor("clerk"))
    run_jobs()
    draft.refresh_from_db()
    assert draft.state == "issued"
    issued = queries.newest(draft.pk).issued
    assert issued is not None
    with file_queries.copy_of(issued.file) as path:
        report = Verifier().verify(path)
    assert [one.role for one in report.signatures] == ["initials", "approval", "approval", "seal"]
    assert report.verdict == "valid", report.summary
    said = [act.note for act in ledger.history(draft)]
    assert [one for one in said if "ký" in one][-3:] == [
        "ký nháy (mức B-T)", "cùng ký (mức B-T)", "duyệt và ký số (mức B-T)",
    ]  # fmt: skip


def test_a_co_signer_sends_back_and_the_round_begins_again(signing_world: World) -> None:
    world = signing_world
    draft = to_sign(world)
    saga.co_sign(draft.pk, by=world.actor("chief"))
    reviews.return_draft(draft.pk, "Sửa phạm vi phối hợp", by=world.actor("region_head"))
    with pytest.raises(NotFound):
        queries.draft(draft.pk, world.actor("region_head"))
    by = world.actor("specialist")
    actions.submit(draft.pk, by=by)
    reviews.pass_content(draft.pk, by=world.actor("head_of_unit"))
    draft = saga.pass_form(draft.pk, by=world.actor("chief"))
    assert draft.next_co_signer_id == world.post("chief").pk
    assert [one.signed_at for one in queries.co_signers(draft.pk)] == [None, None]
    assert queries.newest(draft.pk).signed is None


def test_who_signs_with_the_others(world: World) -> None:
    draft = drafts.drafted(world)
    by = world.actor("specialist")
    for wrong in (world.post("specialist").pk, world.post("region_head").pk, world.post("head").pk):
        with pytest.raises(Invalid):
            cosigning.add_initials(draft.pk, wrong, by=by)
    cosigning.add_initials(draft.pk, world.post("head_of_unit").pk, by=by)
    with pytest.raises(Invalid, match="đã có trong danh sách"):
        cosigning.add_initials(draft.pk, world.post("head_of_unit").pk, by=by)
    with pytest.raises(NotAllowed):
        cosigning.add_joint(draft.pk, world.region.pk, by=world.actor("head_of_unit"))
    with pytest.raises(Invalid, match="lãnh đạo đương chức"):
        cosigning.add_joint(draft.pk, world.second_region.pk, by=by)
    cosigning.remove(draft.pk, queries.co_signers(draft.pk)[0].pk, by=by)
    assert queries.co_signers(draft.pk) == []
