"""The stock of an office (III.6.a): documents, dossiers, files and looks by kind, unit and year."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.cast import World
from tests.entries import make_assigned, make_numbered, make_presented, make_registered
from vanthu.dossiers import actions as dossiers
from vanthu.kernel import access
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import NotAllowed
from vanthu.statistics import stock
from vanthu.statistics.jobs import count_stock
from vanthu.statistics.stock import Kept

pytestmark = pytest.mark.django_db


def lines(found: stock.Stock, heading: str) -> dict[str, Kept]:
    return {line.label: line for group in found.groups if group.heading == heading for line in group.lines}


def _kept(world: World) -> None:
    """Two incoming documents of unit 1, one viewed twice and downloaded once; one restricted; one issued; a dossier."""
    entry = make_assigned(world)
    make_assigned(world)
    make_registered(world, restricted=True)
    make_numbered(world, "clerk")
    dossiers.open_dossier("Hồ sơ kiểm tra công tác văn thư năm nay", by=world.actor("specialist"))
    for action, kind, pk in (
        ("view", "in", entry.pk), ("view", "in", entry.pk), ("download", "document", entry.document_id),
    ):  # fmt: skip
        access.note(action, by=world.actor("specialist"), item_kind=kind, item_id=pk)  # type: ignore[arg-type]
    access.note("view", by=world.actor("region_clerk"), item_kind="in", item_id=entry.pk)


def test_what_is_kept_is_counted_by_kind_unit_and_year(world: World) -> None:
    _kept(world)
    assert stock.stock(world.actor("head")).groups == ()
    count_stock(0)
    found = stock.stock(world.actor("head"))
    total = found.groups[0].lines[0]
    assert (total.total, total.viewed, total.views, total.downloads, total.prints) == (5, 1, 2, 1, 0)
    by_kind = lines(found, "Theo nhóm tài liệu")
    assert {name: line.total for name, line in by_kind.items()} == {
        "Văn bản đến": 3, "Văn bản đi": 1, "Hồ sơ công việc": 1,
    }  # fmt: skip
    assert lines(found, "Theo đơn vị")["Phòng 1"].total == 3
    assert lines(found, "Theo năm")[f"Năm {today().year}"] == Kept(f"Năm {today().year}", *_figures(total))
    assert sum(line.total for line in lines(found, "Theo loại văn bản").values()) == 4
    count_stock(0)
    assert stock.stock(world.actor("head")).groups == found.groups


def _figures(line: Kept) -> tuple[int, ...]:
    return line.total, line.files, line.viewed, line.views, line.downloads, line.prints


def test_only_for_who_sees_the_office_and_without_what_is_hidden(world: World) -> None:
    _kept(world)
    count_stock(0)
    assert stock.stock(world.actor("chief")).groups[0].lines[0].total == 4
    assert stock.stock(world.actor("region_clerk")).groups == ()
    assert stock.stock(world.actor("head"), 1999).groups == ()
    for persona in ("specialist", "head_of_unit", "administrator"):
        with pytest.raises(NotAllowed):
            stock.stock(world.actor(persona))


def test_the_page_costs_the_same_however_much_is_kept(world: World) -> None:
    _kept(world)
    count_stock(0)
    browser, address = world.client("head"), reverse("stock_report")
    assert "Theo loại văn bản" in browser.get(address).content.decode()
    with CaptureQueriesContext(connection) as few:
        browser.get(address)
    for _ in range(4):
        make_presented(world)
    count_stock(0)
    with CaptureQueriesContext(connection) as many:
        page = browser.get(address, {"nam": today().year})
    assert f"Năm {today().year}" in page.content.decode()
    assert len(many) == len(few) <= 7
    sheet = browser.get(address, {"format": "xlsx"})
    rows = list(load_workbook(BytesIO(b"".join(sheet.streaming_content)))["Sổ"].values)
    assert rows[0][:3] == ("Nội dung", "Số lượng", "Số tệp")
    assert rows[2][:2] == ("Tổng số", 9)
