"""O2 and O4: figures that the documents of the period give, as page, PDF and XLSX; the same cost for any number."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.cast import World
from tests.entries import make_assigned, make_directed, make_numbered, make_presented, person, unit
from vanthu.documents.models import IncomingEntry, OutgoingEntry
from vanthu.kernel.calendar import now, today, working_days_after
from vanthu.kernel.refusals import Invalid, NotAllowed
from vanthu.statistics import handling, issued
from vanthu.statistics.periods import Group, Period
from vanthu.tasks import actions
from vanthu.tasks.actions import Direction

pytestmark = pytest.mark.django_db
RESULT = "Đã báo cáo trực tiếp Viện trưởng"


def this_year() -> Period:
    return Period(today() - timedelta(days=300), today())


def by_label(groups: list[Group], heading: str) -> dict[str, object]:
    return {line.label: line for group in groups if group.heading == heading for line in group.lines}


def _world_of_documents(world: World) -> None:
    """Six documents: one done in time, one done late, one open, one overdue, one undirected, one restricted."""
    done, late = make_assigned(world), make_assigned(world)
    for entry in (done, late):
        actions.finish(entry.pk, RESULT, by=world.actor("specialist"))
    make_assigned(world)
    overdue = make_directed(world, lead=unit(world, "P2"))
    IncomingEntry.objects.filter(pk__in=[late.pk, overdue.pk]).update(due_on=today() - timedelta(days=2))
    make_presented(world)
    hidden = make_presented(world, restricted=True)
    actions.direct(hidden.pk, Direction(lead=person(world, "specialist")), by=world.actor("head"))


def test_incoming_documents_are_counted_by_who_had_them_and_how_they_ended(world: World) -> None:
    _world_of_documents(world)
    groups = handling.report(world.actor("head"), this_year())
    total = groups[0].lines[0]
    assert (total.total, total.in_time, total.late, total.open, total.overdue) == (6, 1, 1, 3, 1)
    assert (total.undirected, total.share_in_time) == (1, 50)
    units = by_label(groups, "Theo đơn vị chủ trì")
    assert {name: line.total for name, line in units.items()} == {  # type: ignore[attr-defined]
        "Phòng 1": 4, "Phòng 2": 1, "Chưa giao đơn vị": 1,
    }  # fmt: skip
    people = by_label(groups, "Theo người chủ trì")
    assert [(name, line.total) for name, line in people.items()] == [("Lê Quang Khải (Phòng 1)", 4)]  # type: ignore[attr-defined]
    assert sum(line.total for line in by_label(groups, "Theo loại văn bản").values()) == 6  # type: ignore[attr-defined]


def test_what_is_restricted_is_not_counted_for_whom_it_does_not_exist(world: World) -> None:
    _world_of_documents(world)
    assert handling.report(world.actor("chief"), this_year())[0].lines[0].total == 5
    for persona in ("specialist", "head_of_unit", "deputy", "administrator"):
        with pytest.raises(NotAllowed):
            handling.report(world.actor(persona), this_year())
    assert handling.report(world.actor("region_clerk"), this_year())[0].lines[0].total == 0
    with pytest.raises(Invalid):
        Period(today(), today() - timedelta(days=1))


def test_outgoing_documents_are_counted_by_their_issue(world: World) -> None:
    entries = [make_numbered(world, "clerk") for _ in range(4)]
    ids = [one.pk for one in entries]
    OutgoingEntry.objects.filter(pk=ids[0]).update(state="issued", issued_at=now())
    OutgoingEntry.objects.filter(pk=ids[1]).update(
        state="issued", issued_at=now() + timedelta(days=(working_days_after(today(), 1) - today()).days + 1)
    )
    OutgoingEntry.objects.filter(pk=ids[2]).update(state="voided", voided_reason="Cấp nhầm")
    groups = issued.report(world.actor("clerk"), this_year())
    total = groups[0].lines[0]
    assert (total.total, total.in_time, total.late, total.open, total.voided) == (4, 1, 1, 1, 1)
    assert [line.total for line in groups[1].lines] == [4]


@pytest.mark.parametrize("name", ["handling_report", "issued_report"])
def test_a_report_costs_the_same_however_much_it_counts(world: World, name: str) -> None:
    def more() -> None:
        make_assigned(world)
        make_numbered(world, "clerk")

    more()
    browser = world.client("clerk")
    browser.get(reverse(name))
    with CaptureQueriesContext(connection) as few:
        assert browser.get(reverse(name)).status_code == 200
    for _ in range(4):
        more()
    with CaptureQueriesContext(connection) as many:
        browser.get(reverse(name))
    assert len(many) == len(few)
    assert len(many) <= 8


def test_a_report_leaves_as_pdf_and_xlsx(world: World) -> None:
    _world_of_documents(world)
    browser = world.client("clerk")
    page = browser.get(reverse("handling_report"), {"ky": "nam"}).content.decode()
    assert "Theo đơn vị chủ trì" in page
    days = {"start_on": f"{this_year().start:%d/%m/%Y}", "end_on": f"{today():%d/%m/%Y}"}
    pdf = browser.get(reverse("handling_report"), {**days, "format": "pdf"})
    with pikepdf.open(BytesIO(b"".join(pdf.streaming_content))) as book:
        assert len(book.pages) >= 2
    sheet = browser.get(reverse("handling_report"), {**days, "format": "xlsx"})
    rows = list(load_workbook(BytesIO(b"".join(sheet.streaming_content)))["Sổ"].values)
    assert rows[0][:3] == ("Nội dung", "Tổng số đến", "Đã giải quyết đúng hạn")
    assert rows[2][:6] == ("Tổng số", 6, 1, 1, "50%", 3)
    assert rows[3][:2] == ("THEO ĐƠN VỊ CHỦ TRÌ", None)
    wrong = browser.get(reverse("handling_report"), {**days, "end_on": "01/01/2020", "format": "pdf"})
    assert wrong.status_code == 422
    assert "Ngày cuối phải từ ngày đầu" in wrong.content.decode()
