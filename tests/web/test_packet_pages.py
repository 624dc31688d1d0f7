"""The clerk's box of packets, the answer to a request, what the page of an entry says of the axis."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import World
from tests.entries import fresh
from tests.exchange.packets_in import Axis, axis, changed, document, pdf, take
from vanthu.documents import actions
from vanthu.documents.models import IncomingEntry
from vanthu.exchange.axis_models import Arrival
from vanthu.kernel.files.models import Attachment

__all__ = ["axis"]


@pytest.fixture
def browser(world: World) -> Client:
    return world.client("clerk")


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR, settings.VAR_DIR = tmp_path / "files", tmp_path


def text_of(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


def entry_of(packet_id: int) -> IncomingEntry:
    found = Arrival.objects.get(packet=packet_id).entry
    assert found is not None
    return found


def test_the_box_says_why_and_what_can_be_done(world: World, axis: Axis, browser: Client) -> None:
    assert "Không có gói tin nào cần xem" in text_of(browser.get("/incoming/packets"))
    axis.put(b"<edXML><khong-phai-goi-tin/></edXML>")
    axis.put(document("H37.02"))
    bad, elsewhere = take()
    page = text_of(browser.get("/incoming/packets"))
    assert "không có MessageHeader" in page
    assert "không phải mã định danh của cơ quan nào" in page
    assert "Gói tin cần xem" in text_of(browser.get("/incoming?tab=all"))
    one = text_of(browser.get(reverse("packet", args=[bad.pk])))
    assert "Tải gói tin gốc" in one
    assert "Nhận cho cơ quan này" not in one
    assert "vào hộp chờ văn thư xem" in one
    again = browser.post(reverse("read_packet_again", args=[bad.pk]), follow=True)
    assert "vẫn chưa được" in text_of(again)
    refused = browser.post(reverse("settle_packet", args=[bad.pk]), {"note": ""})
    assert refused.status_code == 422
    done = browser.post(reverse("settle_packet", args=[bad.pk]), {"note": "Đã đề nghị gửi lại"}, follow=True)
    assert "Đã ghi nhận xử lý gói tin" in text_of(done)
    taken = browser.post(reverse("take_packet", args=[elsewhere.pk]), follow=True)
    assert "Văn bản nằm ở Chờ tiếp nhận" in text_of(taken)
    assert "Gói tin cần xem" not in text_of(browser.get("/incoming?tab=all"))
    assert world.client("region_clerk").get(reverse("packet", args=[bad.pk])).status_code == 404


def test_the_box_costs_the_same_with_any_number(world: World, axis: Axis, browser: Client) -> None:
    browser.get("/incoming/packets")
    with CaptureQueriesContext(connection) as none:
        browser.get("/incoming/packets")
    for number in range(6):
        axis.put(b"<edXML>%d" % number)
        axis.put(document("H37.02", number=str(number), document_id=str(number)))
    axis.put(document())
    entry = entry_of(take()[-1].pk)
    actions.receive(entry.pk, by=world.actor("clerk"))
    axis.put(changed(document(), type=1, reason="Thu hồi"))
    take()
    with CaptureQueriesContext(connection) as many:
        browser.get("/incoming/packets")
    assert len(many) <= len(none) + 1  # the raw files of what lies there


def test_the_page_of_an_entry_tells_how_it_came_and_what_was_told(
    world: World, axis: Axis, browser: Client, tmp_path: Path
) -> None:
    axis.put(document(), pdf(tmp_path))
    [packet] = take()
    entry = entry_of(packet.pk)
    waiting = text_of(browser.get(reverse("entry", args=[entry.pk])))
    assert "Liên thông" in waiting
    assert "chưa xác minh" in waiting
    assert "Trần Thị B" in waiting
    assert "Báo nơi gửi: đã đến" in waiting
    assert packet.doc_id in waiting
    actions.receive(entry.pk, by=world.actor("clerk"))
    head = text_of(world.client("head").get(reverse("entry", args=[entry.pk])))
    assert "đã tiếp nhận, vào sổ" in head
    assert packet.doc_id not in head
    raw = reverse("file", args=[_raw(packet.pk)])
    assert browser.get(raw).status_code == 200
    assert world.client("head").get(raw).status_code == 404
    assert world.client("region_clerk").get(raw).status_code == 404


def _raw(packet_id: int) -> Any:
    return Attachment.objects.get(owner_kind="packet_in", owner_id=packet_id).pk


def test_a_request_is_answered_on_its_own_page(world: World, axis: Axis, browser: Client) -> None:
    axis.put(document())
    [packet] = take()
    entry = actions.receive(entry_of(packet.pk).pk, by=world.actor("clerk"))
    axis.put(changed(document(), type=1, reason="Ban hành nhầm thẩm quyền"))
    take()
    asks = Arrival.objects.get(code="1")
    address = reverse("consent", args=[asks.pk])
    assert address in text_of(browser.get(reverse("entry", args=[entry.pk])))
    assert address not in text_of(world.client("head").get(reverse("entry", args=[entry.pk])))
    page = text_of(browser.get(address))
    assert "Ban hành nhầm thẩm quyền" in page
    assert "Nội dung và tệp của văn bản bị hủy" in page
    assert browser.post(address, {}).status_code == 422
    assert browser.post(address, {"answer": "disagree"}).status_code == 422
    said = browser.post(address, {"answer": "agree"}, follow=True)
    assert "Nơi gửi được báo" in text_of(said)
    assert fresh(entry).state == "recalled"
    late = browser.post(address, {"answer": "agree"})
    assert late.status_code == 409
