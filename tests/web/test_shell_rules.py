"""Pages of rules and rights: the administrator sets, everybody reads; changes are shown until they are confirmed."""

from datetime import timedelta

import pytest

from tests.cast import World
from vanthu.kernel.calendar import today
from vanthu.organisations import queries, rights, rules
from vanthu.organisations.rules_actions import value_of


def text_of(response) -> str:
    return response.content.decode()


def typed(world: World, **changes: object) -> dict[str, object]:
    """The form as it was shown, with some fields changed."""
    found = queries.rules_of(world.province.pk)
    names = [name for name, _, _ in rules.SETTINGS] + [duty.power for duty in rules.DUTIES]
    values = {name: value_of(found, name) for name in names}
    switches = {name: "yes" if one else "no" for name, one in values.items() if isinstance(one, bool)}
    plain = {"number": "12/QC-VKS", "issued_on": "05/01/2026", "days_by_kind": ""}
    return {**values, **switches, **plain, **changes}


def test_the_administrator_sets_and_everybody_reads(world: World) -> None:
    browser = world.client("administrator")
    fields = typed(world, handling_days=10, days_by_kind="tb 3\nCV: 7", review_form=["clerk"])
    answer = browser.post("/office/rules/", fields)
    assert answer.status_code == 302, text_of(answer)
    found = queries.rules_of(world.province.pk)
    assert (found.handling_days, found.days_by_kind, found.duties) == (
        10, {"TB": 3, "CV": 7}, {"review_form": ["clerk"]},
    )  # fmt: skip
    page = text_of(world.client("specialist").get("/office/rules/"))
    assert "12/QC-VKS ngày 05/01/2026" in page
    assert "Thời hạn theo loại văn bản: CV 7 ngày, TB 3 ngày" in page
    assert "rộng hơn quy định của ngành" in page
    assert "Lưu quy chế" not in page
    assert "Áp dụng quy chế 12/QC-VKS" in text_of(browser.get("/office/rules/"))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"number": ""}, "Điền ô này."),
        ({"days_by_kind": "XX 3"}, "Dòng “XX 3” chưa đúng"),
        ({"present": []}, "Chọn ít nhất một người làm việc này."),
        ({"issued_on": f"{today() + timedelta(days=2):%d/%m/%Y}"}, "không sau hôm nay"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    world: World, changes: dict[str, object], sentence: str
) -> None:
    answer = world.client("administrator").post("/office/rules/", typed(world, **changes))
    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_a_change_of_rights_stands_on_every_page_until_confirmed(
    world: World, django_assert_max_num_queries
) -> None:
    browser, notice = world.client("neighbour"), "Quyền của anh/chị vừa thay đổi"
    assert notice not in text_of(browser.get("/"))
    rights.tell([world.person("neighbour").pk], "Được giao việc khác.", by=world.actor("administrator"))
    for path in ("/", "/incoming", "/account/"):
        assert notice in text_of(browser.get(path)), path
    with django_assert_max_num_queries(6):
        page = text_of(browser.get("/account/rights/"))
    assert "Được giao việc khác." in page
    assert notice not in page, "the page itself asks"
    newest = rights.changes_of(world.actor("neighbour"))[0].pk
    assert "Được giao việc khác." in text_of(world.client("administrator").get("/people/rights/"))
    assert browser.post("/account/rights/confirm", {"newest": newest}).status_code == 302
    assert notice not in text_of(browser.get("/"))


def test_the_administrator_sees_delegations_of_the_office_and_takes_one_back(world: World) -> None:
    browser = world.client("administrator")
    page = text_of(browser.get("/people/delegations/"))
    assert "Phan Trọng Nghĩa thay Đặng Quang Huy: giao việc trong đơn vị" in page
    assert world.delegation is not None
    answer = browser.post(f"/account/delegations/{world.delegation.pk}/revoke")
    assert answer["Location"] == "/people/delegations/"
    assert "đã thu hồi" in text_of(browser.get("/people/delegations/"))


def test_a_delegation_by_form_says_how_far_it_goes(world: World) -> None:
    browser = world.client("head")
    fields = {
        "receiver": world.post("chief").pk, "powers": ["approve"], "reason": "Đi công tác",
        "starts_on": f"{today():%d/%m/%Y}", "starts_time": "00:00",
        "ends_on": f"{today() + timedelta(days=2):%d/%m/%Y}", "ends_time": "23:59",
        "book": "out", "kinds": ["CV", "BC"], "unit": world.unit("P1").pk,
    }  # fmt: skip
    refused = browser.post("/account/delegations/", fields)
    assert "Ký thừa ủy quyền phải có văn bản" in text_of(refused)
    fields["basis"] = "Giấy ủy quyền số 05/GUQ-VKS"
    assert browser.post("/account/delegations/", fields).status_code == 302
    page = text_of(browser.get("/account/delegations/"))
    assert "phạm vi: văn bản đi, loại BC, CV, của Phòng 1" in page
    assert "ký TUQ. Viện trưởng" in page
    assert "theo Giấy ủy quyền số 05/GUQ-VKS" in page
