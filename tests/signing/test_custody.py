"""Seals and secret-key devices: who has them, on which paper, and that nothing changes hands unwritten."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.cast import World
from tests.signing.custody import handed_over, received
from vanthu.kernel import ledger
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.signing import custody, custody_queries
from vanthu.signing.custody import HandOver

pytestmark = pytest.mark.django_db


def slip(world: World, persona: str, **fields: object) -> HandOver:
    return HandOver(to_id=world.person(persona).pk, done_on=today(), **fields)  # type: ignore[arg-type]


def test_a_seal_goes_from_hand_to_hand_with_a_record_each_time(world: World) -> None:
    clerk = world.actor("clerk")
    seal = received(world, "BN-1", kind="seal", name="Dấu tròn", received_from="Công an tỉnh")
    custody.hand_over(seal.pk, slip(world, "clerk"), by=clerk)  # the clerk keeps the seals: no permission
    with pytest.raises(Invalid) as refused:
        custody.hand_over(seal.pk, slip(world, "chief"), by=clerk)
    assert "cho phép" in refused.value.fields["permission"]
    custody.hand_over(seal.pk, slip(world, "chief", permission="12/QĐ-VKS"), by=clerk)
    custody.change(seal.pk, "back", done_on=today(), condition="", by=clerk)
    seal.refresh_from_db()
    assert (seal.state, seal.holder) == ("kept", None)
    rows = custody_queries.records(seal)[::-1]
    assert [(one.act, one.number) for one in rows] == [("receive", 1), ("hand", 2), ("hand", 3), ("back", 4)]
    assert (rows[2].giver, rows[2].receiver) == (world.person("clerk"), world.person("chief"))
    notes = [act.note for act in ledger.history(seal)]
    assert notes[0].startswith("tiếp nhận dấu cơ quan số BN-1 từ Công an tỉnh ngày")
    assert "bàn giao dấu cơ quan số BN-1 cho Ngô Thị Bích Hằng" in notes[2]


def test_a_personal_device_is_its_owners_alone(world: World) -> None:
    own = received(world, owner_id=world.person("head").pk)
    with pytest.raises(Invalid) as refused:
        custody.hand_over(own.pk, slip(world, "clerk"), by=world.actor("clerk"))
    assert "chính chủ" in refused.value.fields["to"]
    custody.hand_over(own.pk, slip(world, "head"), by=world.actor("clerk"))
    assert custody_queries.mine(world.actor("head")) == [own]
    with pytest.raises(Invalid):
        received(world, "BN-2", kind="seal", owner_id=world.person("head").pk)


def test_lost_damaged_and_surrendered_need_a_word(world: World) -> None:
    clerk, item = world.actor("clerk"), received(world)
    with pytest.raises(Invalid):
        custody.change(item.pk, "lose", done_on=today(), condition=" ", by=clerk)
    custody.change(item.pk, "lose", done_on=today(), condition="Mất khi đi công tác, đã báo", by=clerk)
    with pytest.raises(Conflict):
        custody.hand_over(item.pk, slip(world, "clerk"), by=clerk)
    custody.change(item.pk, "find", done_on=today(), condition="Tìm thấy tại phòng họp", by=clerk)
    custody.change(item.pk, "gone", done_on=today(), condition="Nộp theo CV 15", by=clerk)
    assert custody_queries.items(clerk) == []
    assert custody_queries.items(clerk, "gone") == [item]
    with pytest.raises(Conflict):
        custody.change(item.pk, "damage", done_on=today(), condition="Rơi", by=clerk)


def test_days_and_numbers_are_checked_and_a_second_click_enters_nothing_twice(world: World) -> None:
    clerk, item = world.actor("clerk"), received(world, received_on=today() - timedelta(days=3))
    for day in (today() + timedelta(days=1), today() - timedelta(days=4)):
        with pytest.raises(Invalid):
            custody.change(item.pk, "damage", done_on=day, condition="Rơi", by=clerk)
    with pytest.raises(Invalid) as refused:
        received(world)
    assert "đã có trong sổ" in refused.value.fields["number"]
    given = custody.Received(
        kind="sim", number="S1", name="SIM", received_on=today(), received_from="Nhà mạng"
    )
    first = custody.receive(given, by=clerk, key="one click")
    assert custody.receive(given, by=clerk, key="one click") == first


def test_an_inventory_writes_what_was_there(world: World) -> None:
    clerk = world.actor("clerk")
    here, missing = received(world, "A"), received(world, "B")
    assert custody.count({here.pk}, {missing.pk: "đã hỏi mọi người"}, done_on=today(), by=clerk) == 1
    said = [custody_queries.records(one)[0].condition for one in (here, missing)]
    assert said == ["có đủ", "không thấy; đã hỏi mọi người"]
    here.refresh_from_db()
    assert here.counted_on == today()


def test_only_keepers_write_and_strangers_find_nothing(world: World) -> None:
    record = handed_over(world, "specialist")
    for persona in ("head", "chief", "specialist"):
        with pytest.raises(NotAllowed):
            custody.change(record.item_id, "back", done_on=today(), condition="", by=world.actor(persona))
    for persona in ("neighbour", "inspector", "region_clerk"):
        with pytest.raises(NotFound):
            custody_queries.record(record.pk, world.actor(persona))
    assert custody_queries.record(record.pk, world.actor("specialist")) == record


def test_pages_book_and_minutes(world: World) -> None:
    record = handed_over(world, "chief")
    browser = world.client("clerk")
    page = browser.get(reverse("custody")).content.decode()
    assert "Ngô Thị Bích Hằng" in page
    minutes = browser.get(reverse("custody_minutes", args=[record.pk]))
    with pikepdf.open(BytesIO(b"".join(minutes.streaming_content))) as paper:  # type: ignore[attr-defined]
        assert len(paper.pages) == 1
    book = browser.get(reverse("custody"), {"format": "xlsx"})
    rows = list(load_workbook(BytesIO(b"".join(book.streaming_content)))["Sổ"].values)  # type: ignore[attr-defined]
    assert rows[0][:3] == ("Con dấu, thiết bị", "Số hiệu, số sê-ri", "Ngày")
    assert [row[3] for row in rows[2:]] == ["Tiếp nhận", "Bàn giao"]
    assert rows[3][4:8] == ("Cơ quan", "Ngô Thị Bích Hằng", f"02/{today().year}", "12/QĐ-VKS ngày 20/11/2026")
    refused = browser.post(
        reverse("hand_over_custody", args=[record.item_id]),
        {"to": world.person("specialist").pk, "done_on": f"{today():%d/%m/%Y}"},
    )
    assert refused.status_code == 422
    assert "Ghi văn bản cho phép" in refused.content.decode()
    done = browser.post(
        reverse("hand_over_custody", args=[record.item_id]),
        {
            "to": world.person("specialist").pk,
            "done_on": f"{today():%d/%m/%Y}",
            "permission": "15/QĐ-VKS",
        },
    )
    assert done["Location"] == reverse("custody_item", args=[record.item_id])
    counted = browser.post(
        reverse("count_custody"), {"done_on": f"{today():%d/%m/%Y}", f"there_{record.item_id}": "on"}
    )
    assert counted.status_code == 302


@pytest.mark.parametrize("name", ["custody", "count_custody", "my_certificate", "certificates"])
def test_a_page_costs_the_same_however_much_there_is(world: World, name: str) -> None:
    persona = "administrator" if name == "certificates" else "clerk"
    handed_over(world, "clerk", number="0")
    browser = world.client(persona)
    browser.get(reverse(name))
    with CaptureQueriesContext(connection) as few:
        assert browser.get(reverse(name)).status_code == 200
    for number in range(1, 6):
        handed_over(world, "clerk", number=str(number))
    with CaptureQueriesContext(connection) as many:
        browser.get(reverse(name))
    assert len(many) == len(few) <= 16
