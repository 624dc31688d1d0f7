"""What was sent and received: by way and year, of offices below, answered, refused, how soon received."""

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
from vanthu.statistics import exchanged
from vanthu.statistics.exchanged import Years

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(world: World) -> list[Delivery]:
    """A document to a body, an office and on paper; the office's entry is registered, the body took two hours."""
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
    received = rows[0].queued_at + timedelta(hours=2)
    Receipt.objects.create(delivery=rows[0], state="registered", code="03", at=received)
    Delivery.objects.filter(pk=rows[1].pk).update(state="returned", reason="gửi nhầm")
    return rows


def lines(by: Any, years: Years) -> dict[str, dict[str, exchanged.Exchanged]]:
    return {
        group.heading: {line.label: line for line in group.lines} for group in exchanged.report(by, years)
    }


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
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address).content.decode()
    assert "Gửi đi qua trục" in page
    assert "2 giờ" in page
    assert len(queries) <= 13
    assert client.get(address, {"format": "xlsx"}).status_code == 200
    wrong = client.get(address, {"tu": "2026", "den": "2020"})
    assert wrong.status_code == 422
