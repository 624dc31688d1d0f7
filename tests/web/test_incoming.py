"""Lists and the page of an entry: what each sees and may press, and what they cost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import World
from tests.entries import (
    fresh,
    make_assigned,
    make_delivered,
    make_directed,
    make_presented,
    make_registered,
    person,
    unit,
)
from vanthu.kernel.calendar import today

STATEMENTS = 6  # of a list, frame, session and actor included; the page of an entry reads seven rooms

pytestmark = pytest.mark.django_db


def page(browser: Client, name: str, *args: object, status: int = 200, **query: str) -> str:
    response = browser.get(reverse(name, args=args), query)
    assert response.status_code == status
    return response.content.decode()


def test_the_clerk_finds_what_waits_and_receives_it_with_one_click(world: World) -> None:
    entry = make_delivered(world)
    browser = world.client("clerk")
    shown = page(browser, "incoming", tab="waiting")
    assert entry.subject in shown
    assert "Tiếp nhận" in shown
    response = browser.post(reverse("receive", args=[entry.pk]), {"back": "/incoming?tab=waiting"})
    assert response["Location"] == "/incoming?tab=waiting"
    assert fresh(entry).arrival_number
    assert "Đã tiếp nhận, số đến" in page(browser, "incoming", tab="registered")


def test_back_never_leads_to_a_foreign_site(world: World) -> None:
    entry = make_delivered(world)
    response = world.client("clerk").post(
        reverse("receive", args=[entry.pk]), {"back": "https://elsewhere.example/"}
    )
    assert response["Location"] == reverse("entry", args=[entry.pk])


def test_the_second_clerk_is_told_who_was_first(world: World) -> None:
    entry = make_delivered(world)
    browser = world.client("clerk")
    browser.post(reverse("receive", args=[entry.pk]))
    response = browser.post(reverse("receive", args=[entry.pk]))
    assert response.status_code == 409
    assert "Phạm Thu Thủy vừa vào sổ" in response.content.decode()


def test_a_list_costs_the_same_however_long_it_is(world: World) -> None:
    make_presented(world)
    browser = world.client("head")
    page(browser, "incoming", tab="to_direct")
    with CaptureQueriesContext(
        connection,
    ) as few:
        page(browser, "incoming", tab="to_direct")
    for _ in range(4):
        make_presented(world)
    with CaptureQueriesContext(connection) as many:
        shown = page(browser, "incoming", tab="to_direct")
    assert shown.count("data-row") == 5
    assert len(many) == len(few)
    assert len(many) <= STATEMENTS


def test_the_page_of_an_entry_costs_few_statements(world: World) -> None:
    entry = make_assigned(world)
    browser = world.client("specialist")
    page(browser, "entry", entry.pk)
    with CaptureQueriesContext(connection) as statements:
        page(browser, "entry", entry.pk)
    assert len(statements) <= STATEMENTS + 8


def test_strangers_find_nothing(world: World) -> None:
    entry = make_directed(world)
    for persona in ("neighbour", "region_clerk", "administrator", "inspector"):
        browser = world.client(persona)
        page(browser, "entry", entry.pk, status=404)
        page(browser, "entry_preview", entry.pk, status=404)
        page(browser, "direct", entry.pk, status=404)
        assert entry.subject not in page(browser, "incoming", tab="all")


@pytest.mark.parametrize(
    ("persona", "says", "says_not"),
    [
        ("head", "Cho ý kiến thêm", "Giao người trong đơn vị"),
        ("head_of_unit", "Giao người trong đơn vị", "Chỉ đạo, phân công <kbd>"),
        ("clerk", "Đang giải quyết", "Giao người trong đơn vị"),
    ],
)
def test_only_buttons_that_one_may_press(world: World, persona: str, says: str, says_not: str) -> None:
    entry = make_directed(world)
    shown = page(world.client(persona), "entry", entry.pk)
    assert says in shown
    assert says_not not in shown


def test_history_is_a_sentence_a_row(world: World) -> None:
    entry = make_directed(world)
    shown = page(world.client("head"), "entry", entry.pk)
    assert f"Văn thư Phạm Thu Thủy vào sổ văn bản đến, số đến {entry.arrival_number}" in shown
    assert "Văn thư Phạm Thu Thủy trình Viện trưởng Vũ Đình Lâm" in shown
    assert "Viện trưởng Vũ Đình Lâm giao Phòng 1 chủ trì" in shown


def test_of_a_restricted_entry_the_clerk_sees_the_bare_bones(world: World) -> None:
    entry = make_delivered(world, restricted=True, subject="Kiểm điểm trách nhiệm cán bộ sau thanh tra")
    shown = page(world.client("clerk"), "entry", entry.pk)
    assert entry.subject not in shown
    assert "Văn bản hạn chế tiếp cận" in shown


def test_the_preview_lets_a_leader_direct_right_there(world: World) -> None:
    entry = make_presented(world)
    response = world.client("head").get(
        reverse("entry_preview", args=[entry.pk]),
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/incoming?tab=to_direct"},
    )
    shown = response.content.decode()
    assert 'name="back" value="/incoming?tab=to_direct"' in shown
    assert "Bút phê và phân công" in shown
    assert "<html" not in shown


def test_present_from_the_page_and_take_it_back(world: World) -> None:
    entry = make_registered(world)
    browser = world.client("clerk")
    leader = world.person("deputy").pk
    browser.post(reverse("present", args=[entry.pk]), {"leader": leader})
    assert fresh(entry).state == "presented"
    shown = page(browser, "entry", entry.pk)
    undo = shown.split("data-undo")[1].split('action="')[1].split('"')[0]
    assert browser.post(undo).status_code == 302
    assert fresh(entry).state == "registered"


def test_present_without_a_leader_asks_for_one(world: World) -> None:
    entry = make_registered(world)
    response = world.client("clerk").post(reverse("present", args=[entry.pk]), {"leader": ""})
    assert response.status_code == 422
    assert "Chọn lãnh đạo để trình." in response.content.decode()
    assert world.client("specialist").post(reverse("present", args=[entry.pk])).status_code == 404


def test_present_several_and_hear_which_could_not(world: World) -> None:
    entries = [make_registered(world), make_presented(world)]
    response = world.client("clerk").post(
        reverse("present_picked"),
        {"leader": world.person("head").pk, "picked": [entry.pk for entry in entries]},
    )
    shown = response.content.decode()
    assert response.status_code == 422
    assert "Chưa làm được 1 văn bản" in shown
    assert f"Số đến {entries[1].arrival_number}" in shown
    assert fresh(entries[0]).state == "presented"


def test_return_to_sender_needs_a_reason(world: World) -> None:
    entry = make_delivered(world)
    browser = world.client("clerk")
    where = reverse("return_to_sender", args=[entry.pk])
    assert "Trả lại nơi gửi" in page(browser, "return_to_sender", entry.pk)
    assert browser.post(where, {"reason": "ôi"}).status_code == 422
    assert browser.post(where, {"reason": "Gửi nhầm nơi nhận"}).status_code == 302
    assert fresh(entry).state == "returned"
    again = browser.post(where, {"reason": "Gửi nhầm nơi nhận nữa"})
    assert again.status_code == 409
    assert "Gửi nhầm nơi nhận nữa" in again.content.decode()


def test_opinion_result_and_dossier_on_the_page(world: World) -> None:
    entry = make_assigned(world)
    head, specialist = world.client("head"), world.client("specialist")
    assert head.post(reverse("instruct", args=[entry.pk]), {"text": ""}).status_code == 422
    head.post(reverse("instruct", args=[entry.pk]), {"text": "Chú ý thời hạn tạm giam."})
    assert "Chú ý thời hạn tạm giam." in page(specialist, "entry", entry.pk)
    filing = reverse("put_in_dossier", args=[entry.pk])
    assert specialist.post(filing, {"dossier": "", "title": "Ngắn"}).status_code == 422
    specialist.post(filing, {"dossier": "", "title": "Kiểm tra công tác tạm giữ, tạm giam năm 2026"})
    assert "Hồ sơ 01.P1" in page(specialist, "entry", entry.pk)
    refused = specialist.post(reverse("finish", args=[entry.pk]), {"result": "Xong"})
    assert refused.status_code == 422
    assert ">Xong</textarea>" in refused.content.decode().replace("\r\n", "").replace(">\n", ">")
    specialist.post(reverse("finish", args=[entry.pk]), {"result": "Đã báo cáo trực tiếp Viện trưởng"})
    assert fresh(entry).state == "done"


def test_who_was_informed_marks_it_read(world: World) -> None:
    entry = make_directed(world, support=[person(world, "neighbour")])
    assert "Soạn trả lời" in page(world.client("neighbour"), "entry", entry.pk)
    assert entry.due_on is None or entry.due_on >= today()
    assert unit(world, "P1").kind == "u"
