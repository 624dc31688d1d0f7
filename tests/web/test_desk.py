"""The desk of each persona: what waits, in one line each with its next action; the journal of an inspector."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import World
from tests.entries import fresh, make_assigned, make_delivered, make_directed, make_presented, make_registered
from tests.web.drafts import submitted
from vanthu.documents.models import EntryDraft, IncomingEntry
from vanthu.kernel.calendar import today
from vanthu.kernel.models import Participant

STATEMENTS = 10  # frame, session and actor included; the desk gathers five rooms

pytestmark = pytest.mark.django_db


def desk(browser: Client, **query: str) -> str:
    response = browser.get(reverse("desk"), query)
    assert response.status_code == 200
    return response.content.decode()


def due(entry: IncomingEntry, days: int) -> None:
    """Whoever has the entry must be done in so many days from today."""
    Participant.objects.filter(item_kind="in", item_id=entry.pk).update(due_on=today() + timedelta(days=days))


def test_the_clerk_receives_from_the_desk(world: World) -> None:
    entry = make_delivered(world)
    browser = world.client("clerk")
    shown = desk(browser)
    assert entry.subject in shown
    assert "Chữ ký hợp lệ" in shown
    response = browser.post(reverse("receive", args=[entry.pk]), {"back": "/"})
    assert response["Location"] == "/"
    assert "Trình" in desk(browser)


def test_what_one_sender_sent_is_one_batch(world: World) -> None:
    entries = [make_delivered(world) for _ in range(3)]
    browser = world.client("clerk")
    shown = desk(browser)
    assert "3 văn bản cùng nơi gửi: Viện kiểm sát nhân dân tối cao" in shown
    assert "Lô 3" in shown
    response = browser.post(
        reverse("receive_batch"), {"picked": [entry.pk for entry in entries]}, follow=True
    )
    assert "Đã tiếp nhận 3 văn bản, số đến" in response.content.decode()
    numbers = [fresh(entry).arrival_number for entry in entries]
    assert len(set(numbers)) == 3
    assert None not in numbers


def test_what_a_batch_could_not_do_is_said_one_by_one(world: World) -> None:
    entries = [make_delivered(world) for _ in range(2)]
    browser = world.client("clerk")
    browser.post(reverse("receive", args=[entries[0].pk]))
    response = browser.post(
        reverse("receive_batch"), {"picked": [entry.pk for entry in entries]}, follow=True
    )
    shown = response.content.decode()
    assert "Phạm Thu Thủy vừa vào sổ" in shown
    assert "Đã tiếp nhận 1 văn bản" in shown


def test_a_batch_needs_the_power_and_picks(world: World) -> None:
    entry = make_delivered(world)
    assert world.client("head").post(reverse("receive_batch"), {"picked": [entry.pk]}).status_code == 403
    assert world.client("clerk").post(reverse("receive_batch")).status_code == 422
    assert (
        world.client("region_clerk").post(reverse("receive_batch"), {"picked": [entry.pk]}).status_code == 404
    )


def test_urgent_and_unsound_documents_stay_out_of_batches(world: World) -> None:
    for _ in range(3):
        entry = make_delivered(world)
    IncomingEntry.objects.filter(pk=entry.pk).update(signature_verdict="invalid")
    shown = desk(world.client("clerk"))
    assert "2 văn bản cùng nơi gửi" in shown
    assert "Chữ ký không hợp lệ" in shown


def test_three_registered_documents_are_presented_at_once(world: World) -> None:
    entries = [make_registered(world) for _ in range(3)]
    browser = world.client("clerk")
    assert "Trình lãnh đạo 3 văn bản đã vào sổ" in desk(browser)
    response = browser.post(
        reverse("present_picked"), {"picked": [entry.pk for entry in entries], "back": "/"}
    )
    assert "Vũ Đình Lâm" in response.content.decode()


def test_half_filled_forms_lie_on_the_desk_of_their_author_only(world: World) -> None:
    EntryDraft.objects.create(
        account_id=world.account("clerk").pk,
        office=world.province,
        fields={"subject": "Kế hoạch kiểm tra công tác văn thư", "issuer_name": "Sở Nội vụ"},
    )
    assert "Kế hoạch kiểm tra công tác văn thư" in desk(world.client("clerk"))
    assert "Kế hoạch kiểm tra công tác văn thư" not in desk(world.client("region_clerk"))


def test_the_leader_reaches_the_first_card_in_one_tap(world: World) -> None:
    entry = make_presented(world)
    shown = desk(world.client("head"))
    assert "Chỉ đạo 1 văn bản" in shown
    assert f'href="{reverse("direct", args=[entry.pk])}" data-key="b"' in shown


def test_the_leader_sees_which_units_are_late(world: World) -> None:
    entry = make_directed(world)
    due(entry, -4)
    IncomingEntry.objects.filter(pk=entry.pk).update(due_on=today() - timedelta(days=4))
    shown = desk(world.client("head"))
    assert "Việc đang ở đơn vị" in shown
    assert "lâu nhất 4 ngày" in shown
    assert "Đôn đốc" in shown
    assert entry.subject in shown


def test_the_head_of_unit_sees_the_load_of_each_person(world: World) -> None:
    make_assigned(world)
    make_directed(world)
    submitted(world)
    shown = desk(world.client("head_of_unit"))
    assert "Tải việc từng người" in shown
    assert "Lê Quang Khải: 1 việc" in shown
    assert "Chờ giao trong đơn vị" in shown
    assert "Chờ kiểm tra nội dung" in shown
    assert ">Đến</a>" in shown
    assert "Chờ kiểm tra nội dung</h3>" not in desk(world.client("head_of_unit"), loai="incoming")


def test_the_specialist_sees_work_by_date_and_late_first(world: World) -> None:
    for days in (1, 20, -4):
        due(make_assigned(world), days)
    shown = desk(world.client("specialist"))
    assert shown.index("Quá hạn</h3>") < shown.index("Trong 7 ngày tới</h3>") < shown.index("Sau đó</h3>")
    assert "quá 4 ngày" in shown
    assert "Soạn trả lời" in shown


def test_the_delegate_sees_for_whom(world: World) -> None:
    make_directed(world)
    assert "thay Đặng Quang Huy" in desk(world.client("delegate"))


def test_nothing_waits(world: World) -> None:
    assert "Không còn việc chờ anh/chị" in desk(world.client("specialist"))


def test_who_sees_no_documents_is_told_so_and_offered_what_they_may_do(world: World) -> None:
    shown = desk(world.client("administrator"))
    assert "không xem nội dung văn bản" in shown
    assert reverse("people") in shown
    shown = desk(world.client("inspector"))
    assert "không xem nội dung văn bản" in shown
    assert reverse("journal") in shown
    assert "Hồ sơ mới nộp lưu" in desk(world.client("archivist"))


def test_the_journal_is_the_inspectors(world: World) -> None:
    entry = make_presented(world)
    shown = world.client("inspector").get(reverse("journal")).content.decode()
    assert "Phạm Thu Thủy" in shown
    assert f"số đến {entry.arrival_number}" in shown
    assert entry.subject not in shown
    assert world.client("head").get(reverse("journal")).status_code == 403
    assert world.client("inspector").get(reverse("journal"), {"sau": "x"}).status_code == 422


def test_the_work_alone_is_asked_again_and_only_sent_when_it_changed(world: World) -> None:
    make_presented(world)
    browser = world.client("head")
    first = browser.get(reverse("desk"), headers={"HX-Request": "true"})
    assert b"<html" not in first.content
    again = {"HX-Request": "true", "If-None-Match": first["ETag"]}
    assert browser.get(reverse("desk"), headers=again).status_code == 304
    make_presented(world)
    assert browser.get(reverse("desk"), headers=again).status_code == 200


@pytest.mark.parametrize("persona", ["clerk", "head", "head_of_unit", "specialist"])
def test_a_desk_costs_the_same_however_much_waits(world: World, persona: str) -> None:
    def more() -> None:
        make_delivered(world)
        make_registered(world)
        make_presented(world)
        due(make_directed(world), -4)
        make_assigned(world)

    more()
    browser = world.client(persona)
    desk(browser)
    with CaptureQueriesContext(connection) as few:
        desk(browser)
    for _ in range(4):
        more()
    with CaptureQueriesContext(connection) as many:
        desk(browser)
    assert len(many) == len(few)
    assert len(many) <= STATEMENTS
