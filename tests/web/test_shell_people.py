"""The pages about people: preferences, delegation, administration; strangers see nothing of it."""

import re
from datetime import timedelta

import pytest

from tests.cast import World
from vanthu.kernel.calendar import today
from vanthu.organisations.models import Account, Delegation


def text_of(response) -> str:
    return response.content.decode()


def test_my_account_says_posts_and_for_whom_i_act(world: World) -> None:
    page = text_of(world.client("delegate").get("/account/"))
    assert "Phòng 1" in page
    assert "Thay Đặng Quang Huy: " in page
    assert "giao việc trong đơn vị" in page


def test_preferences_are_kept_and_shown(world: World) -> None:
    browser = world.client("specialist")
    browser.post("/account/preferences/", {"theme": "dark", "density": "comfy", "keys_off": "on"})
    page = text_of(browser.get("/account/preferences/"))
    assert 'data-theme="dark"' in page
    assert 'data-density="comfy"' in page
    assert 'data-keys="off"' in page
    assert browser.post("/account/preferences/", {"theme": "pink"}).status_code == 422


def test_delegation_by_form_and_back(world: World) -> None:
    browser = world.client("deputy")
    page = text_of(browser.get("/account/delegations/"))
    assert "Ngô Thị Bích Hằng, Chánh Văn phòng" in page
    assert "Cho ý kiến chỉ đạo, phân công" in page
    fields = {
        "receiver": world.post("chief").pk,
        "powers": ["direct"],
        "starts_on": f"{today():%d/%m/%Y}",
        "starts_time": "00:00",
        "ends_on": f"{today() + timedelta(days=2):%d%m%Y}",
        "ends_time": "23:59",
        "reason": "Đi công tác Hà Nội",
    }
    late = browser.post(
        "/account/delegations/", {**fields, "ends_on": f"{today() + timedelta(days=90):%d/%m/%Y}"}
    )
    assert late.status_code == 422
    assert "nhiều nhất 60 ngày" in text_of(late)
    assert "Đi công tác Hà Nội" in text_of(late)  # what was typed stays
    assert browser.post("/account/delegations/", fields).status_code == 302
    page = text_of(browser.get("/account/delegations/"))
    assert "Ngô Thị Bích Hằng: cho ý kiến chỉ đạo, phân công" in page
    assert "đang có hiệu lực" in page
    assert "Thay Nguyễn Văn Minh" in text_of(world.client("chief").get("/account/delegations/"))
    made = Delegation.objects.latest("pk")
    assert world.client("clerk").post(f"/account/delegations/{made.pk}/revoke").status_code == 404
    assert browser.post(f"/account/delegations/{made.pk}/revoke").status_code == 302
    assert "đã thu hồi" in text_of(browser.get("/account/delegations/"))


def test_who_may_not_delegate_gets_no_form(world: World) -> None:
    page = text_of(world.client("specialist").get("/account/delegations/"))
    assert "Ủy quyền khi vắng mặt" not in page


@pytest.mark.parametrize("persona", ["clerk", "head", "specialist", "inspector"])
def test_administration_is_for_administrators(world: World, persona: str) -> None:
    browser = world.client(persona)
    pk = world.account("neighbour").pk
    for path in ("/people/", "/people/new", f"/people/{pk}/"):
        assert browser.get(path).status_code == 403
    for path in ("slip", "lock", "unlock", "posts", f"posts/{world.post('neighbour').pk}/end"):
        assert browser.post(f"/people/{pk}/{path}").status_code == 403
    assert "/people/" not in text_of(browser.get("/account/"))


def test_people_of_other_offices_do_not_exist(world: World) -> None:
    browser = world.client("administrator")
    pk = world.account("region_clerk").pk
    assert browser.get(f"/people/{pk}/").status_code == 404
    for act in ("slip", "lock", "unlock"):
        assert browser.post(f"/people/{pk}/{act}").status_code == 404
    assert browser.post(f"/people/{pk}/posts/{world.post('region_clerk').pk}/end").status_code == 404
    assert "Chu Ngọc Mai" not in text_of(browser.get("/people/"))


def test_from_a_name_to_a_slip(world: World) -> None:
    browser = world.client("administrator")
    fields = {
        "full_name": "Trần Bình An",
        "username": "Specialist",
        "role": "specialist",
        "title": "Kiểm sát viên",
        "unit": world.unit("P9").pk,
    }
    taken = browser.post("/people/new", fields)
    assert taken.status_code == 422
    assert "đã có người dùng" in text_of(taken)
    made = browser.post("/people/new", {**fields, "username": "an.p9"})
    account = Account.objects.get(username="an.p9")
    assert made["Location"] == f"/people/{account.pk}/"
    page = text_of(browser.get(f"/people/{account.pk}/"))
    assert "Chưa kích hoạt" in page
    assert "Phòng 9" in page
    slip = browser.post(f"/people/{account.pk}/slip")
    assert re.search(r"http://testserver/activate/[\w-]{30,}", text_of(slip))
    assert "no-store" in slip["Cache-Control"]
    assert "Trần Bình An" in text_of(browser.get("/people/?q=tran binh"))


def test_a_bad_first_post_leaves_no_person_behind(world: World) -> None:
    fields = {"full_name": "Trần Bình An", "username": "an.p9", "role": "unit_head", "title": "Trưởng phòng"}
    response = world.client("administrator").post("/people/new", fields)
    assert response.status_code == 422
    assert "Chọn đơn vị mà người này phụ trách" in text_of(response)
    assert not Account.objects.filter(username="an.p9").exists()


def test_lock_unlock_and_posts(world: World) -> None:
    browser = world.client("administrator")
    pk = world.account("neighbour").pk
    browser.post(f"/people/{pk}/lock")
    assert "Đang khóa" in text_of(browser.get(f"/people/{pk}/"))
    assert browser.post(f"/people/{pk}/lock").status_code == 409
    browser.post(f"/people/{pk}/unlock")
    given = browser.post(
        f"/people/{pk}/posts", {"role": "archivist", "title": "Lưu trữ viên kiêm nhiệm", "unit": ""}
    )
    assert given.status_code == 302
    assert "Lưu trữ viên kiêm nhiệm" in text_of(browser.get(f"/people/{pk}/"))
    missing = browser.post(f"/people/{pk}/posts", {"role": "archivist", "title": " "})
    assert missing.status_code == 422
    browser.post(f"/people/{pk}/posts/{world.post('neighbour').pk}/end")
    assert "Kiểm sát viên</td>" not in text_of(browser.get(f"/people/{pk}/"))
