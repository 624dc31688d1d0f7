"""The iCalendar feed: correct by RFC 5545, as secret as its address, with the rights of now."""

from datetime import UTC, datetime

import pytest

from tests.appointments import at, make_appointment, publish
from tests.cast import World
from vanthu.calendar import actions, feeds, icalendar
from vanthu.calendar.lines import Line
from vanthu.calendar.models import Feed
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Conflict, NotFound
from vanthu.organisations.models import Post

LINE = Line(
    id=7, starts_at=at(8), ends_at=at(10), place="Tầng 3; cổng 2", people=((1, "Vũ Đình Lâm"),),
    subject="Họp, bàn\\thảo về công tác phối hợp giữa các cơ quan tiến hành tố tụng tỉnh Bắc Ninh năm 2026",
)  # fmt: skip


def unfolded(body: bytes) -> list[str]:
    return body.decode().replace("\r\n ", "").split("\r\n")


def test_lines_are_folded_within_75_octets_and_come_back_whole() -> None:
    body = icalendar.write([LINE], name="Lịch", host="vanthu.example", at=datetime(2026, 11, 22, tzinfo=UTC))
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    found = dict(line.split(":", 1) for line in unfolded(body) if ":" in line)
    assert found["SUMMARY"] == LINE.subject.replace("\\", "\\\\").replace(",", "\\,")
    assert found["LOCATION"] == "Tầng 3\\; cổng 2"
    assert found["DTSTART;TZID=Asia/Ho_Chi_Minh"] == f"{at(8):%Y%m%d}T080000"
    assert found["DTSTAMP"] == "20261122T000000Z"
    assert found["UID"] == "lich-7@vanthu.example"


def test_a_feed_gives_ones_own_and_hides_what_is_restricted(world: World) -> None:
    make_appointment(world, "specialist", subject="Dự phiên tòa hình sự sơ thẩm")
    make_appointment(
        world, "specialist", subject="Nội dung hạn chế", restricted=True, starts_at=at(14), ends_at=at(15)
    )
    make_appointment(world, "neighbour", subject="Việc của đơn vị khác", starts_at=at(16), ends_at=at(17))
    secret = feeds.make(by=world.actor("specialist"))
    lines = unfolded(feeds.read(secret, host="x"))
    assert [one for one in lines if one.startswith("SUMMARY")] == [
        "SUMMARY:Dự phiên tòa hình sự sơ thẩm",
        "SUMMARY:Bận",
    ]
    assert lines.count("STATUS:TENTATIVE") == 2
    publish(world)
    assert unfolded(feeds.read(secret, host="x")).count("STATUS:CONFIRMED") == 2


def test_what_was_cancelled_is_said_to_be(world: World) -> None:
    row = make_appointment(world, "specialist")
    make_appointment(world, "specialist", starts_at=at(14), ends_at=at(15))
    publish(world)
    actions.cancel(row.pk, "Hoãn sang tuần sau", by=world.actor("clerk"))
    publish(world)
    lines = unfolded(feeds.read(feeds.make(by=world.actor("specialist")), host="x"))
    assert lines.count("STATUS:CANCELLED") == 1


def test_a_renewed_or_revoked_address_ends_at_once(world: World) -> None:
    by = world.actor("specialist")
    first = feeds.make(by=by)
    second = feeds.make(by=by)
    assert first not in str(Feed.objects.values())
    with pytest.raises(NotFound):
        feeds.read(first, host="x")
    assert feeds.read(second, host="x").startswith(b"BEGIN:VCALENDAR")
    feeds.revoke(by=by)
    with pytest.raises(NotFound):
        feeds.read(second, host="x")
    with pytest.raises(Conflict):
        feeds.revoke(by=by)


def test_who_left_the_office_has_no_feed_there(world: World) -> None:
    secret = feeds.make(by=world.actor("specialist"))
    Post.objects.filter(pk=world.post("specialist").pk).update(valid_to_on=today().replace(year=2020))
    account = world.account("specialist")
    account.rights_version += 1
    account.save(update_fields=["rights_version"])
    with pytest.raises(NotFound):
        feeds.read(secret, host="x")
