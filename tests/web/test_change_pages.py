"""Pages of changes of the organisation: planned, seen beforehand, divided, cancelled; old names typed into a box."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from tests.cast import World, account_of, make_office, make_person, make_unit
from tests.entries import make_assigned
from vanthu.kernel.calendar import today
from vanthu.organisations import changing
from vanthu.organisations.change_models import Change
from vanthu.organisations.powers import Role

DAY = f"{today() + timedelta(days=9):%d/%m/%Y}"


def test_a_change_is_planned_seen_and_cancelled(world: World) -> None:
    make_assigned(world)
    browser = world.client("administrator")
    assert "Sáp nhập đơn vị" in browser.get(reverse("changes")).text
    address = reverse("plan_change", args=["merge", "units"])
    missing = browser.post(address, {"effective_on": DAY})
    assert missing.status_code == 422
    both = [world.unit("P1").pk, world.unit("P2").pk]
    values = {
        "predecessors": both, "name": "Phòng Kiểm sát án hình sự", "code": "PHS", "effective_on": DAY,
        "basis": "12/QĐ-VKS", "basis_on": f"{today():%d/%m/%Y}",
    }  # fmt: skip
    assert browser.post(address, values).status_code == 302
    change = Change.objects.get()
    page = browser.get(reverse("change", args=[change.pk])).text
    assert "Phòng Kiểm sát án hình sự" in page
    assert "Văn bản đến đang giải quyết" in page
    assert "Không có gì vướng" in page
    early = browser.post(reverse("make_change", args=[change.pk]))
    assert early.status_code == 409
    assert "Chờ đến ngày đó" in early.text
    gone = browser.post(reverse("cancel_change", args=[change.pk]), {"reason": "Quyết định đã được thu hồi"})
    assert gone.status_code == 302
    assert "Đã hủy" in browser.get(reverse("changes")).text


def test_a_split_is_divided_and_its_head_chosen_on_the_page(world: World) -> None:
    chief = make_person(world.supreme, Role.ADMINISTRATOR)
    old = make_office(parent=world.province)
    head, part = make_person(old, Role.HEAD, title="Viện trưởng"), make_unit(old, "P3")
    lines = "Viện kiểm sát nhân dân khu vực 71; VKSND khu vực 71; VKSKV71\nViện kiểm sát nhân dân khu vực 72; ; VKSKV72"
    from_form = {
        "predecessors": [old.pk], "new_heirs": lines, "effective_on": DAY, "basis": "1/NQ",
        "basis_on": f"{today():%d/%m/%Y}",
    }  # fmt: skip
    browser = world.client()
    browser.force_login(account_of(chief), "allauth.account.auth_backends.AuthenticationBackend")
    assert browser.post(reverse("plan_change", args=["split", "offices"]), from_form).status_code == 302
    change = Change.objects.get()
    first, second = change.successors.order_by("position")
    assert (first.code, second.short_name) == ("VKSKV71", "Viện kiểm sát nhân dân khu vực 72")
    divided = browser.post(reverse("divide_change", args=[change.pk]), {f"part-{part.pk}": second.pk})
    assert divided.status_code == 302
    assert change.lines.get(unit=part).successor_id == second.pk
    chosen = {"successor": first.pk, "head": head.person_id}
    assert browser.post(reverse("name_head", args=[change.pk]), chosen).status_code == 302
    first.refresh_from_db()
    assert first.head_id == head.person_id
    stranger = browser.post(
        reverse("name_head", args=[change.pk]), {**chosen, "head": world.person("clerk").pk}
    )
    assert stranger.status_code == 422


def test_the_list_costs_the_same_however_much_was_planned(
    world: World, django_assert_num_queries: Any
) -> None:
    browser = world.client("administrator")
    browser.get(reverse("changes"))
    for name in ("P1", "P2", "P9"):
        _rename(world, name)
        with django_assert_num_queries(9):
            browser.get(reverse("changes"))


def _rename(world: World, name: str) -> None:
    new = changing.Heir(name=f"Phòng mới {name}", code=name)
    wish = changing.Wish("rename", True, today(), "12/QĐ", today(), [world.unit(name).pk], [new])
    changing.plan(wish, by=world.actor("administrator"))


def test_an_old_name_in_the_box_of_recipients_offers_the_successor(world: World) -> None:
    found = world.client("clerk").get(reverse("suggest_offices"), {"q": "bac giang"}).json()["items"]
    assert found == []  # who types is the successor
    found = world.client("region_clerk").get(reverse("suggest_offices"), {"q": "bac giang"}).json()["items"]
    assert [(one["label"], one["detail"]) for one in found] == [
        (
            "Viện kiểm sát nhân dân tỉnh Bắc Ninh",
            "kế thừa Viện kiểm sát nhân dân tỉnh Bắc Giang (đến 30/06/2025)",
        )
    ]
