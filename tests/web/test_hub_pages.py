"""The administrator's pages about systems at the hub: a key shown once, bodies, queues, calls."""

import re
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import World, actor_of, make_person
from tests.exchange.hub_kit import JUSTICE, PROVINCE, TOWNS, Kit, document, make_hub, make_system, packed
from vanthu.exchange.hub import bodies, queries
from vanthu.exchange.models import Connection, HubBody, HubCode, HubSystem
from vanthu.kernel.calendar import now
from vanthu.kernel.models import LedgerEntry, LedgerValues
from vanthu.organisations.powers import Role

SUBJECT = "trợ giúp pháp lý"


@pytest.fixture
def browser(world: World) -> Client:
    return world.client("administrator")


@pytest.fixture
def hub(world: World) -> Connection:
    return make_hub(world)


def fields(**others: Any) -> dict[str, Any]:
    return {
        "name": "Phần mềm văn bản của UBND tỉnh",
        "system_id": "000.00.00.H05",
        "lines": TOWNS,
        "packets_per_day": 100,
        "megabytes_per_day": 500,
        "calls_per_minute": 60,
        "idempotency_key": "k",
        **others,
    }


def text_of(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


def secret_in(page: str) -> str:
    found = re.search(r'id="secret" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_a_system_is_added_with_a_key_that_is_shown_once_and_works(
    world: World, browser: Client, hub: Connection
) -> None:
    assert "Chưa có hệ thống nào" in text_of(browser.get("/hub/systems/"))
    made = browser.post("/hub/systems/new", fields())
    assert "no-store" in made["Cache-Control"]
    secret = secret_in(text_of(made))
    assert secret_in(text_of(browser.post("/hub/systems/new", fields()))) == secret  # the second click
    kit = Kit("000.00.00.H05", secret)
    assert kit.call("countReceiveEdoc")["ErrorCode"] == "0"
    system = HubSystem.objects.get()
    page = text_of(browser.get(f"/hub/systems/{system.pk}/"))
    assert "Ủy ban nhân dân huyện Yên Phong" in page
    assert secret not in page
    renewed = secret_in(text_of(browser.post(f"/hub/systems/{system.pk}/secret")))
    assert kit.call("countReceiveEdoc")["ErrorCode"] == "15"
    assert Kit("000.00.00.H05", renewed).call("countReceiveEdoc")["ErrorCode"] == "0"
    log = text_of(browser.get(f"/hub/systems/{system.pk}/calls?group=failed"))
    assert "Không xác thực được" in log
    assert "Thành công</span>" not in log
    verbs = list(
        LedgerEntry.objects.filter(item_kind="hub_system").order_by("pk").values_list("verb", flat=True)
    )
    assert verbs == ["hub.added", "hub.secret_renewed"]
    written = "".join(map(str, LedgerValues.objects.values_list("values", flat=True)))
    assert not [one for one in (secret, renewed) if one in written + system.secret]


def test_bodies_are_named_line_by_line_and_each_code_once(
    world: World, browser: Client, hub: Connection
) -> None:
    for lines, said in (
        ("H05.21", "Dòng 1 chưa đúng"),
        ("H05.21: Huyện\nH05.21: Xã", "ghi hai lần"),
        (f"{PROVINCE}: Viện kiểm sát", "là địa chỉ của một cơ quan trong hệ thống này"),
        ("", "Điền ô này"),
    ):
        answer = browser.post("/hub/systems/new", fields(lines=lines))
        assert (answer.status_code, said in text_of(answer)) == (422, True), lines
    make_system(world, f"{JUSTICE}: Sở Tư pháp")
    answer = browser.post("/hub/systems/new", fields(lines=f"{JUSTICE}: Sở Tư pháp"))
    assert "đã thuộc hệ thống khác" in text_of(answer)
    assert "Đã có hệ thống" in text_of(browser.post("/hub/systems/new", fields(system_id=JUSTICE)))
    browser.post("/hub/systems/new", fields())
    system = HubSystem.objects.get(system_id="000.00.00.H05")
    change = f"/hub/systems/{system.pk}/change"
    assert "H05.21, 000.00.21.H05: Ủy ban nhân dân huyện Yên Phong" in text_of(browser.get(change))
    renamed = "H05.31, H05.21: Ủy ban nhân dân xã Yên Phong"
    assert browser.post(change, fields(lines=renamed, packets_per_day=7)).status_code == 302
    rows = HubBody.objects.filter(system=system).order_by("pk").values_list("name", "active")
    assert list(rows) == [("Ủy ban nhân dân xã Yên Phong", True), ("Ủy ban nhân dân huyện Gia Bình", False)]
    codes = HubCode.objects.filter(body__system=system, body__active=True).order_by("pk")
    assert [(one.code, one.current) for one in codes] == [("H05.31", True), ("H05.21", False)]
    page = text_of(browser.get(f"/hub/systems/{system.pk}/"))
    assert "7 gói tin" in page
    make_system(world, "H05.22: Ủy ban nhân dân xã Gia Bình")  # what was given up may go to another
    assert [one.code for one in bodies.listing(None)] == [JUSTICE, "H05.31", "H05.22"]


def test_a_queue_shows_what_waits_and_nothing_of_documents(
    world: World, browser: Client, hub: Connection
) -> None:
    justice, towns = (
        make_system(world, f"{JUSTICE}: Sở Tư pháp"),
        make_system(world, TOWNS, system_id="huyen"),
    )
    justice.send(packed(document("H05.21", "H05.22")))
    first = towns.waiting()[0]
    towns.call("updateStatus", docId=first["docId"], status="fail", description="khong mo duoc tep")
    system = HubSystem.objects.get(system_id="huyen")
    every = text_of(browser.get(reverse("hub_systems")))
    assert "Chờ lâu nhất từ" in every
    page = text_of(browser.get(f"/hub/systems/{system.pk}/?state=fail"))
    assert "khong mo duoc tep" in page
    assert page.count('class="head"') == 1
    assert SUBJECT not in page
    assert "1 gói tin đang chờ" in page
    assert browser.get(f"/hub/systems/{system.pk}/?state=x").status_code == 422
    assert browser.get(f"/hub/systems/{system.pk}/calls?group=x").status_code == 422
    off = browser.post(f"/hub/systems/{system.pk}/off", follow=True)
    assert "Đang khóa" in text_of(off)
    assert browser.post(f"/hub/systems/{system.pk}/off").status_code == 409
    assert browser.post(f"/hub/systems/{system.pk}/on").status_code == 302
    Connection.objects.update(active=False)
    assert "đang tắt" in text_of(browser.get(reverse("hub_systems")))


def test_pages_cost_as_much_with_more_on_them(world: World, browser: Client, hub: Connection) -> None:
    justice, towns = (
        make_system(world, f"{JUSTICE}: Sở Tư pháp"),
        make_system(world, TOWNS, system_id="huyen"),
    )
    system = HubSystem.objects.get(system_id="huyen")
    addresses = ("/hub/systems/", f"/hub/systems/{system.pk}/", f"/hub/systems/{system.pk}/calls")

    def costs() -> list[int]:
        found = []
        for address in addresses:
            browser.get(address)
            with CaptureQueriesContext(connection) as made:
                assert browser.get(address).status_code == 200
            found.append(len(made))
        return found

    few = costs()
    for number in range(3):
        justice.send(packed(document("H05.21", "H05.22", number=str(number))))
        towns.waiting()
    make_system(world, "H05.41: Xã Đông Thọ", system_id="xa")
    assert costs() == few == [8, 12, 8]


def test_only_the_highest_administrator_lets_systems_in(
    world: World, browser: Client, hub: Connection
) -> None:
    make_system(world, TOWNS)
    system = HubSystem.objects.get()
    HubSystem.objects.create(
        system_id="khac", secret="", name="Hệ thống của nơi khác", office=world.region, made_at=now()
    )
    assert "Hệ thống của nơi khác" in text_of(browser.get("/hub/systems/"))
    above = make_person(world.supreme, Role.ADMINISTRATOR)
    caches["actors"].clear()
    page = text_of(browser.get("/hub/systems/"))
    assert (system.name in page, "Hệ thống của nơi khác" in page, "Thêm hệ thống" in page) == (
        True,
        False,
        False,
    )
    assert browser.get(f"/hub/systems/{system.pk}/").status_code == 200
    other = HubSystem.objects.get(system_id="khac")
    assert browser.get(f"/hub/systems/{other.pk}/").status_code == 404
    for address in ("/hub/systems/new", f"/hub/systems/{system.pk}/secret", f"/hub/systems/{system.pk}/off"):
        refused = browser.post(address, fields())
        assert (refused.status_code, "cấp trên cùng" in text_of(refused)) == (403, True), address
    assert queries.system(other.pk, actor_of(above)).name == "Hệ thống của nơi khác"
