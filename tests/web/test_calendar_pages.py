"""Pages of the schedule: a week as each sees it, planning with conflicts, the invitation's click, rooms, the feed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.appointments import SUBJECT, at, make_appointment, make_room, monday, publish
from tests.cast import World
from tests.entries import make_directed, make_registered
from vanthu.calendar import actions, feeds
from vanthu.calendar.models import Appointment, Feed, Week
from vanthu.kernel.calendar import today


def week(browser: Client, **more: str) -> str:
    return browser.get(reverse("calendar"), {"tuan": monday().isoformat(), **more}).content.decode()


def fields(world: World, **changes: object) -> dict[str, object]:
    day = at(8).date()
    return {
        "subject": SUBJECT, "on": f"{day:%d/%m/%Y}", "starts": "8h00", "ends": "10:00",
        "attendees": [f"p{world.person('head').pk}", f"u{world.unit('P1').pk}"], "in_week": "on", **changes,
    }  # fmt: skip


def test_a_week_from_the_first_item_to_the_notice(world: World) -> None:
    clerk, head, specialist = (world.client(name) for name in ("clerk", "head", "specialist"))
    made = clerk.post(reverse("plan_appointment"), fields(world), follow=True)
    assert SUBJECT in made.content.decode()
    assert SUBJECT not in week(world.client("neighbour"))
    address = {
        name: reverse(f"{name}_week", args=[monday().isoformat()])
        for name in ("submit", "approve", "publish")
    }
    assert "chờ lãnh đạo duyệt" in clerk.post(address["submit"], follow=True).content.decode()
    assert "Duyệt lịch tuần" in head.get(reverse("desk")).content.decode()
    assert head.get(reverse("calendar"), {"duyet": 1})["Location"].endswith(monday().isoformat())
    assert "Văn phòng ban hành" in head.post(address["approve"], follow=True).content.decode()
    clerk.post(address["publish"])
    page = week(world.client("neighbour"))
    assert SUBJECT in page
    assert "Viện trưởng Vũ Đình Lâm duyệt" in page
    unit_head = world.client("head_of_unit")
    assert "đã ban hành, có mục của anh/chị" in week(unit_head)
    unit_head.post(reverse("calendar_seen"))
    assert "đã ban hành, có mục của anh/chị" not in week(unit_head)
    assert SUBJECT in week(specialist, xem="me")
    assert SUBJECT not in week(world.client("neighbour"), xem="me")


def test_what_is_taken_is_said_while_typing_and_again_at_saving(world: World) -> None:
    room = make_room(world)
    make_appointment(world, "deputy", room_id=room.pk)
    clerk = world.client("clerk")
    half = {name: value for name, value in fields(world, room=room.pk).items() if name != "subject"}
    said = clerk.get(reverse("calendar_conflicts"), half).content.decode()
    assert "Phòng họp tầng 3 đã có lịch 08:00–10:00" in said
    assert (
        "đã có lịch" not in clerk.get(reverse("calendar_conflicts"), half | {"ends": "abc"}).content.decode()
    )
    refused = clerk.post(reverse("plan_appointment"), fields(world, room=room.pk))
    assert refused.status_code == 409
    assert "Chọn giờ khác hoặc phòng khác" in refused.content.decode()
    assert Appointment.objects.count() == 1


def test_busy_people_need_a_tick(world: World) -> None:
    make_appointment(world, "head", subject="Tiếp công dân định kỳ")
    clerk = world.client("clerk")
    refused = clerk.post(reverse("plan_appointment"), fields(world))
    assert refused.status_code == 422
    assert "Tiếp công dân định kỳ" in refused.content.decode()
    assert clerk.post(reverse("plan_appointment"), fields(world, despite="on")).status_code == 302


def test_the_same_form_twice_is_one_appointment(world: World) -> None:
    clerk = world.client("clerk")
    for _ in range(2):
        clerk.post(reverse("plan_appointment"), fields(world, idempotency_key="k" * 20, despite="on"))
    assert Appointment.objects.count() == 1


def test_an_invitation_is_an_appointment_in_one_click(world: World) -> None:
    day = today() + timedelta(days=40)
    subject = f"Dự hội nghị liên ngành vào 14 giờ 30 ngày {day:%d/%m/%Y} tại phòng họp tầng 2"
    entry = make_directed(world, subject=subject, kind="GM")
    clerk = world.client("clerk")
    page = clerk.get(reverse("entry", args=[entry.pk])).content.decode()
    click = reverse("appointment_from_entry", args=[entry.pk])
    assert click in page
    row = Appointment.objects.get(pk=clerk.post(click)["Location"].rsplit("/", 1)[1])
    assert (row.subject, row.place, row.source_id, row.in_week) == (
        subject,
        "phòng họp tầng 2",
        entry.pk,
        True,
    )
    assert f"{timezone.localtime(row.starts_at):%d/%m/%Y %H:%M}" == f"{day:%d/%m/%Y} 14:30"
    assert {one.unit_id for one in row.attendees.all() if one.unit_id} == {world.unit("P1").pk}
    assert clerk.post(click)["Location"] == reverse("appointment", args=[row.pk])
    assert entry.symbol in clerk.get(reverse("appointment", args=[row.pk])).content.decode()


def test_an_invitation_without_a_time_fills_the_form(world: World) -> None:
    entry = make_registered(world, subject="Mời dự hội nghị tổng kết năm 2026", kind="GM")
    clerk = world.client("clerk")
    page = clerk.post(reverse("appointment_from_entry", args=[entry.pk]), follow=True).content.decode()
    assert "Chưa đọc được giờ họp" in page
    assert "Mời dự hội nghị tổng kết năm 2026</textarea>" in page
    clerk.post(reverse("plan_appointment"), fields(world, entry=entry.pk))
    assert Appointment.objects.get().source_id == entry.pk


def test_what_is_restricted_is_busy_on_every_page(world: World) -> None:
    row = make_appointment(world, "head", by="head", restricted=True, place="Nhà khách Tỉnh ủy")
    publish(world)
    for name in ("neighbour", "clerk"):
        browser = world.client(name)
        pages = [week(browser), browser.get(reverse("appointment", args=[row.pk])).content.decode()]
        assert all("Bận" in page for page in pages)
        assert not any(SUBJECT in page or "Nhà khách" in page for page in pages)


def test_a_changed_week_says_so_and_keeps_the_old_one(world: World) -> None:
    row = make_appointment(world)
    publish(world)
    actions.cancel(row.pk, "Hoãn sang tuần sau", by=world.actor("clerk"))
    make_appointment(world, subject="Làm việc với đoàn kiểm tra", starts_at=at(14), ends_at=at(15))
    reader = world.client("neighbour")
    assert "đoàn kiểm tra" not in week(reader)
    assert "Đang điều chỉnh lần 1" in week(world.client("clerk"))
    publish(world)
    page = week(reader)
    assert "Điều chỉnh lần 1" in page
    assert "appt gone" in page
    assert "đoàn kiểm tra" not in week(reader, ban="1")
    assert "Đây là bản cũ" in week(reader, ban="1")


def test_rooms_are_kept_by_who_draws_up_the_schedule(world: World) -> None:
    chief = world.client("chief")
    chief.post(reverse("calendar_rooms"), {"kind": "room", "name": "Hội trường", "seats": "120"})
    again = chief.post(reverse("calendar_rooms"), {"kind": "room", "name": "Hội trường"})
    assert again.status_code == 422
    room = make_room(world)
    chief.post(reverse("change_calendar_room", args=[room.pk]), {"name": "Phòng họp nhỏ"})
    room.refresh_from_db()
    assert (room.name, room.in_use) == ("Phòng họp nhỏ", False)
    assert "Phòng họp nhỏ" not in chief.get(reverse("plan_appointment")).content.decode()


def test_the_feed_opens_by_its_secret_alone(world: World) -> None:
    make_appointment(world, "specialist")
    browser, nobody = world.client("specialist"), world.client()
    page = browser.post(reverse("calendar_feed")).content.decode()
    secret = page.split("calendar/feed/")[1].split(".ics")[0]
    assert secret not in browser.get(reverse("calendar_feed")).content.decode()
    answer = nobody.get(reverse("read_calendar_feed", args=[secret]))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert f"SUMMARY:{SUBJECT}" in answer.content.decode().replace("\r\n ", "")
    assert Feed.objects.get().read_at is not None
    browser.post(reverse("revoke_calendar_feed"))
    assert nobody.get(reverse("read_calendar_feed", args=[secret])).status_code == 404
    assert feeds.open_feed(world.actor("specialist")) is None


def test_the_print_opens_as_pdf(world: World) -> None:
    make_appointment(world)
    answer = world.client("clerk").get(reverse("print_week", args=[monday().isoformat()]))
    assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize("address", ["?tuan=abc", "?ban=7"])
def test_a_broken_address_is_refused(world: World, address: str) -> None:
    assert world.client("clerk").get(reverse("calendar") + address).status_code in (404, 422)
    assert not Week.objects.exists()
