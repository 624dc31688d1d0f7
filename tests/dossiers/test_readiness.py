"""The readiness meter: what still stands between a dossier and the archive, and the checks of closing."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from tests.cast import World
from tests.entries import make_assigned, make_delivered
from tests.web import drafts
from vanthu.documents import actions as documents
from vanthu.dossiers import actions, papers, queries, readiness
from vanthu.dossiers.actions import Description
from vanthu.dossiers.models import Dossier, Paper
from vanthu.dossiers.papers import PaperFields
from vanthu.kernel import ledger
from vanthu.kernel.calendar import today
from vanthu.kernel.files import actions as files
from vanthu.kernel.files.models import Attachment
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.participants import Item
from vanthu.kernel.refusals import Invalid, NotFound
from vanthu.tasks import actions as tasks

TITLE = "Hồ sơ kiểm tra công tác tạm giữ, tạm giam năm 2026"


def make_dossier(world: World, **fields: Any) -> Dossier:
    return actions.open_dossier(TITLE, by=world.actor("specialist"), **fields)


def codes(dossier: Dossier) -> list[str]:
    dossier.refresh_from_db()
    return [one.code for one in readiness.kept(dossier)]


def test_an_empty_dossier_without_a_period_says_what_it_needs(world: World) -> None:
    dossier, by = make_dossier(world), world.actor("specialist")
    assert codes(dossier) == ["retention", "empty"]
    assert dossier.readiness == 33
    described = Description(title=TITLE, retention_years=10, started_on=today())
    actions.describe(dossier.pk, described, by=by)
    assert codes(dossier) == ["empty"]
    with pytest.raises(Invalid) as refused:
        actions.close(dossier.pk, reason="Không còn việc gì nữa", by=by)
    assert "đưa văn bản vào hồ sơ trước khi kết thúc" in refused.value.message
    last = ledger.last_act(dossier)
    assert last is not None
    assert last.note == "sửa thời hạn bảo quản của hồ sơ"


def test_an_open_task_goes_when_it_is_done_and_a_missing_file_stays(world: World) -> None:
    dossier, entry, by = (
        make_dossier(world, retention_years=10),
        make_assigned(world),
        world.actor("specialist"),
    )
    actions.put_in(dossier.pk, Item("in", entry.pk), by=by)
    assert codes(dossier) == ["fields", "file", "tasks"]
    with pytest.raises(Invalid) as refused:
        actions.close(dossier.pk, by=by)
    for said in (
        "thiếu số trang: bổ sung thông tin",
        "chưa có tệp: quét",
        "1 việc đang làm: hoàn thành",
        "ghi lý do",
    ):
        assert said in refused.value.message
    tasks.finish(entry.pk, "Đã báo cáo trực tiếp Viện trưởng", by=by)
    run_jobs()
    assert codes(dossier) == ["fields", "file"]
    assert (
        actions.close(dossier.pk, reason="Văn bản giấy nộp kèm", by=by).closing_note == "Văn bản giấy nộp kèm"
    )


@pytest.mark.parametrize(
    ("verdict", "found"),
    [
        ("valid", []),
        ("invalid", ["signature_bad"]),
        ("unknown", ["signature_unknown"]),
        ("unsigned", ["signature_none"]),
    ],
)
def test_the_verdict_of_receipt_is_used_and_nothing_is_verified_anew(
    world: World, verdict: str, found: list[str]
) -> None:
    entry = make_delivered(world)
    type(entry).objects.filter(pk=entry.pk).update(signature_verdict=verdict)
    documents.receive(entry.pk, by=world.actor("clerk"))
    by = world.actor("clerk")
    dossier = actions.open_dossier(TITLE, retention_years=10, by=by)
    actions.put_in(dossier.pk, Item("in", entry.pk), by=by)
    assert [code for code in codes(dossier) if code.startswith("signature")] == found


def test_a_draft_keeps_a_dossier_open_until_it_is_taken_out(signing_world: World) -> None:
    world = signing_world
    dossier, draft = make_dossier(world, retention_years=10), drafts.drafted(world)
    by = world.actor("specialist")
    actions.put_in(dossier.pk, Item("draft", draft.pk), by=by)
    assert codes(dossier) == ["draft"]
    with pytest.raises(Invalid, match="chưa phát hành"):
        actions.close(dossier.pk, reason="Việc đã xong, không cần nữa", by=by)
    actions.take_out(dossier.pk, Item("draft", draft.pk), by=by)
    assert codes(dossier) == ["empty"]


def test_papers_lie_beside_documents_and_a_spreadsheet_does_not_last(world: World) -> None:
    dossier, by = make_dossier(world, retention_years=10), world.actor("specialist")
    fields = PaperFields(title="Biên bản làm việc", dated_on=today())
    placed = papers.add_paper(dossier.pk, drafts.stage(world), fields, by=by)
    pages = Paper.objects.get(pk=placed.item_id_of).pages
    dossier.refresh_from_db()
    assert (placed.ordinal, dossier.page_total, dossier.readiness, dossier.findings) == (1, pages, 100, [])
    table = BytesIO()
    Workbook().save(table)
    table.seek(0)
    upload = files.stage(table, "theo-doi.xlsx", by=by)
    papers.add_paper(dossier.pk, upload.pk, PaperFields(title="Bảng theo dõi", dated_on=today()), by=by)
    assert codes(dossier) == ["format"]
    assert queries.may_open_paper(placed.item_id_of, world.actor("head_of_unit"))
    assert not queries.may_open_paper(placed.item_id_of, world.actor("neighbour"))
    actions.take_out(dossier.pk, Item("paper", placed.item_id_of), by=by)
    assert not Paper.objects.filter(pk=placed.item_id_of).exists()
    assert not Attachment.objects.filter(owner_kind="paper", owner_id=placed.item_id_of).exists()


def test_what_is_taken_out_leaves_no_gap(world: World) -> None:
    dossier, by = make_dossier(world), world.actor("specialist")
    entries = [make_assigned(world) for _ in range(4)]
    for entry in entries:
        actions.put_in(dossier.pk, Item("in", entry.pk), by=by)
    actions.take_out(dossier.pk, Item("in", entries[1].pk), by=by)
    left = [(one.ordinal, one.item_id_of) for one in queries.contents(dossier.pk)]
    assert left == [(1, entries[0].pk), (2, entries[2].pk), (3, entries[3].pk)]
    with pytest.raises(NotFound):
        actions.take_out(dossier.pk, Item("in", entries[1].pk), by=by)
    assert actions.put_in(dossier.pk, Item("in", entries[1].pk), by=by).ordinal == 4


def test_many_are_measured_with_the_same_few_queries(world: World, django_assert_num_queries: Any) -> None:
    by = world.actor("specialist")
    for total in (1, 6):
        while Dossier.objects.count() < total:
            dossier = make_dossier(world)
            actions.put_in(dossier.pk, Item("in", make_assigned(world).pk), by=by)
        ids = list(Dossier.objects.values_list("pk", flat=True))
        with django_assert_num_queries(6):  # dossiers, contents, tasks, entries, files, update
            readiness.measure(ids)


def test_likely_dossiers_are_those_of_what_it_answers_and_where_one_filed_last(world: World) -> None:
    by = world.actor("specialist")
    near, last, closed = (make_dossier(world, retention_years=10) for _ in range(3))
    answered, other, new = (make_assigned(world) for _ in range(3))
    actions.put_in(near.pk, Item("in", answered.pk), by=world.actor("head_of_unit"))
    actions.put_in(closed.pk, Item("in", other.pk), by=by)
    actions.put_in(last.pk, Item("in", other.pk), by=by)
    actions.close(closed.pk, reason="Văn bản giấy nộp kèm", by=by)
    assert queries.likely_dossiers(Item("in", new.pk), [Item("in", answered.pk)], by) == [near, last]
    assert queries.likely_dossiers(Item("in", new.pk), [], by) == [last]
    assert queries.likely_dossiers(Item("in", other.pk), [], by) == []
    assert (
        queries.likely_dossiers(Item("in", new.pk), [Item("in", answered.pk)], world.actor("neighbour")) == []
    )
