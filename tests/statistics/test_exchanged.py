"""What was sent and received: by way and year, of offices below, answered, refused, how soon received."""

import math
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import World
from tests.entries import make_numbered
from tests.exchange.axis_out import body, connect
from tests.web import drafts
from vanthu.documents.models import IncomingEntry
from vanthu.exchange import actions
from vanthu.exchange.models import Delivery, Receipt
from vanthu.exchange.routing import To
from vanthu.kernel.calendar import now, today
from vanthu.kernel.refusals import Invalid, NotAllowed
from vanthu.statistics import exchanged, sheets
from vanthu.statistics.exchanged import Years
from vanthu.statistics.jobs import count_exchanged
from vanthu.web.reports.views import cells

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(world: World) -> list[Delivery]:
    """A document to a body, an office and on paper; the office's entry is registered, the body took 100 minutes."""
    connect(world)
    court = body("G22", "Văn phòng Chính phủ")
    entry = make_numbered(world)
    recipients = [
        To(None, court.name, court.pk),
        To(world.province.pk, world.province.name),
        To(None, "Ông Nguyễn Văn A"),
    ]
    actions.send(entry, recipients, by=world.actor("supreme_clerk"))
    actions.deliver(list(Delivery.objects.filter(channel="internal").values_list("pk", flat=True)))
    rows = list(Delivery.objects.order_by("position"))
    received = rows[0].queued_at + timedelta(minutes=100)
    Receipt.objects.create(delivery=rows[0], state="registered", code="03", at=received)
    Delivery.objects.filter(pk=rows[1].pk).update(state="returned", reason="gửi nhầm")
    return rows


def lines(by: Any, years: Years) -> dict[str, dict[str, exchanged.Exchanged]]:
    """What was counted just now: {heading: {label: line}}."""
    count_exchanged()
    found = exchanged.report(by, years).groups
    return {group.heading: {line.label: line for line in group.lines} for group in found}


def this_year() -> Years:
    return Years(today().year, today().year)


def test_figures_of_one_office(world: World, moved: list[Delivery]) -> None:
    ways = lines(world.actor("supreme_clerk"), this_year())["Theo chiều và kênh"]
    axis, inside = ways["Gửi đi qua trục"], ways["Gửi đi nội bộ"]
    assert (axis.total, axis.received, axis.median, axis.most) == (1, 1, 2.0, 2.0)
    assert (inside.refused, inside.received) == (1, 0)
    assert ways["Gửi đi bản giấy"].total == 1
    there = lines(world.actor("clerk"), this_year())["Theo chiều và kênh"]
    assert there["Nhận về nội bộ"].total == 1


def test_answered_is_what_the_receiver_replied_to(world: World, moved: list[Delivery]) -> None:
    entry = IncomingEntry.objects.get(office=world.province)
    draft = drafts.drafted(world)
    assert lines(world.actor("clerk"), this_year())["Theo chiều và kênh"]["Nhận về nội bộ"].answered == 0
    type(draft).objects.filter(pk=draft.pk).update(replies_to=entry)
    drafts_of = type(draft).objects.filter(pk=draft.pk)
    number = make_numbered(world, clerk="clerk")
    drafts_of.update(outgoing=number, signed_at=now(), state="issued")
    assert lines(world.actor("clerk"), this_year())["Theo chiều và kênh"]["Nhận về nội bộ"].answered == 1
    ways = lines(world.actor("supreme_clerk"), this_year())["Theo chiều và kênh"]
    assert ways["Gửi đi nội bộ"].answered == 1


def test_years_and_offices_below(world: World, moved: list[Delivery]) -> None:
    Delivery.objects.filter(pk=moved[2].pk).update(queued_at=now() - timedelta(days=800))
    found = lines(world.actor("supreme_clerk"), Years(today().year - 4, today().year))
    assert next(iter(found["Theo năm"])).startswith(f"{today().year}: ")
    assert any("gửi đi bản giấy" in label for label in found["Theo năm"])
    assert found["Theo cơ quan"][world.province.short_name].total == 1
    assert "Gửi đi bản giấy" not in lines(world.actor("supreme_clerk"), this_year())["Theo chiều và kênh"]
    for first, last in ((2030, 2031), (1990, 2000), (2026, 2025)):
        with pytest.raises(Invalid):
            Years(first, last)
    with pytest.raises(NotAllowed):
        exchanged.report(world.actor("specialist"), this_year())


def test_the_page_and_its_files(world: World, moved: list[Delivery]) -> None:
    client = world.client("supreme_clerk")
    address = reverse("exchanged_report")
    assert "Chưa có số liệu" in client.get(address).content.decode()
    count_exchanged()
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address).content.decode()
    assert "Gửi đi qua trục" in page
    assert "2 giờ" in page
    assert "Đếm lúc" in page
    assert len(queries) <= 13
    assert not any("exchange_delivery" in one["sql"] for one in queries.captured_queries)
    assert client.get(address, {"format": "xlsx"}).status_code == 200
    wrong = client.get(address, {"tu": "2026", "den": "2020"})
    assert wrong.status_code == 422


def test_times_are_told_by_the_next_edge(world: World, moved: list[Delivery]) -> None:
    """Two of three within the hours, the third after more than a month; counted again, the figures are the same."""
    for row, later in ((moved[1], timedelta(minutes=10)), (moved[2], timedelta(days=40))):
        Receipt.objects.create(delivery=row, state="registered", code="03", at=row.queued_at + later)
    for _ in range(2):
        total = lines(world.actor("supreme_clerk"), this_year())[""]["Tổng số"]
        assert (total.received, total.median, total.most) == (3, 2, math.inf)
    shown = [text for _, text in cells(sheets.EXCHANGED, total)]
    assert shown[-2:] == ["2 giờ", "hơn 30 ngày"]


def test_restricted_documents_of_offices_below_are_not_counted(world: World, moved: list[Delivery]) -> None:
    IncomingEntry.objects.filter(office=world.province).update(restricted=True)
    found = lines(world.actor("supreme_clerk"), this_year())
    assert world.province.short_name not in found["Theo cơ quan"]
