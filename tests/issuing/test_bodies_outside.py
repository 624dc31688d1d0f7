"""Bodies outside as recipients: chosen while typing, kept by their code, offered for a name that was typed."""

from typing import Any

import pytest
from django.urls import reverse

from tests.cast import World
from tests.exchange.test_connections import make_address, make_connection
from tests.organisations.test_agencies import LIST
from tests.web import drafts
from vanthu.exchange.transports.base import AgencyRow as Row
from vanthu.issuing import actions, queries, recipients
from vanthu.issuing.models import Draft, Recipient
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.organisations import agencies
from vanthu.organisations.agency_models import Agency
from vanthu.organisations.models import Office
from vanthu.organisations.practice_models import PracticeRoom

pytestmark = pytest.mark.django_db


@pytest.fixture
def axis(world: World) -> None:
    make_address(world.province, make_connection(), "H05.47")
    agencies.take_over("vxp", LIST, True)
    agencies.take_over(
        "paper", [Row("G99", "Bộ chưa nối trục"), Row("H05.07", "Sở Nội vụ tỉnh Bắc Ninh")], True
    )


def body(text: str) -> Agency:
    return Agency.objects.get(pk=agencies.search(text)[0].id)


def draft_to(world: World, *bodies: Agency, others: tuple[str, ...] = ()) -> Draft:
    outline = actions.Outline(
        kind="CV", subject=drafts.SUBJECT, signer_id=world.post("head").pk, office_ids=[world.region.pk],
        agency_ids=[one.pk for one in bodies], others=others,
    )  # fmt: skip
    return actions.start(outline, from_template=False, by=world.actor("specialist"))


def offered(world: World, typed: str, persona: str = "specialist") -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (
        world.client(persona).get(reverse("suggest_receivers"), {"q": typed}).json()["items"]
    )
    return items


@pytest.mark.usefixtures("axis")
def test_typing_finds_offices_and_bodies_with_their_channel(world: World) -> None:
    items = offered(world, "công an")
    assert [(one["label"], one["detail"], one["group"]) for one in items] == [
        ("Bộ Công an", "G01 · qua trục", "Ngoài ngành"),
        ("Công an tỉnh Nghệ An", "G01.41 · qua trục · Bộ Công an", "Ngoài ngành"),
    ]
    assert offered(world, "g99")[0]["detail"] == "G99 · chưa nối trục – gửi giấy"
    assert offered(world, "khu vuc 7")[0]["group"] == "Trong ngành"


@pytest.mark.usefixtures("axis")
def test_a_chosen_body_is_kept_by_its_code(world: World) -> None:
    browser, ministry = world.client("specialist"), body("bo cong an")
    answer = browser.post(
        reverse("start_draft"),
        {
            "kind": "CV", "subject": drafts.SUBJECT, "signer": world.post("head").pk, "urgency": 0,
            "offices": [world.region.pk, f"a{ministry.pk}"], "others": "Tổ dân phố 5",
        },
    )  # fmt: skip
    draft = Draft.objects.get()
    assert answer["Location"] == reverse("draft", args=[draft.pk])
    rows = queries.recipients(draft.pk)
    assert [(one.office_id, one.agency_id, one.name) for one in rows] == [
        (world.region.pk, None, world.region.name),
        (None, ministry.pk, "Bộ Công an"),
        (None, None, "Tổ dân phố 5"),
    ]
    page = browser.get(reverse("draft", args=[draft.pk])).content.decode()
    assert "G01, qua trục liên thông" in page
    page = browser.get(reverse("change_draft", args=[draft.pk])).content.decode()
    assert f'<option value="a{ministry.pk}" selected>Bộ Công an (G01)</option>' in page


@pytest.mark.usefixtures("axis")
def test_a_body_that_is_ours_is_sent_to_inside(world: World) -> None:
    ministry = body("bo cong an")
    Agency.objects.filter(pk=ministry.pk).update(office=world.second_region)
    assert offered(world, "bộ công an")[0]["id"] == world.second_region.pk
    rows = queries.recipients(draft_to(world, ministry).pk)
    assert [one.office_id for one in rows] == [world.region.pk, world.second_region.pk]


@pytest.mark.usefixtures("axis")
def test_two_bodies_of_one_name_are_told_apart_by_their_codes(world: World) -> None:
    Agency.objects.filter(code="H53.30.01").update(name="Ủy ban nhân dân xã Tân Lập")
    both = Agency.objects.filter(name="Ủy ban nhân dân xã Tân Lập").order_by("code")
    names = [one.name for one in queries.recipients(draft_to(world, *both).pk)[1:]]
    assert names == ["Ủy ban nhân dân xã Tân Lập", "Ủy ban nhân dân xã Tân Lập (H53.30.01)"]


@pytest.mark.usefixtures("axis")
def test_a_typed_name_is_offered_the_body_it_means(world: World) -> None:
    draft = draft_to(world, others=("Sở Nội vụ Bắc Ninh", "Tổ dân phố 5", "Công an"))
    browser = world.client("specialist")
    page = browser.get(reverse("draft", args=[draft.pk])).content.decode()
    assert page.count("có phải") == 1
    row, meant = Recipient.objects.get(name="Sở Nội vụ Bắc Ninh"), body("so noi vu")
    address = reverse("identify_recipient", args=[draft.pk, row.pk])
    assert browser.post(address, {"agency": meant.pk}).status_code == 302
    row.refresh_from_db()
    assert (row.agency, row.name) == (meant, "Sở Nội vụ Bắc Ninh")
    page = browser.get(reverse("draft", args=[draft.pk])).content.decode()
    assert "có phải" not in page
    assert "xác định nơi nhận “Sở Nội vụ Bắc Ninh” là Sở Nội vụ tỉnh Bắc Ninh (H05.07)" in page
    assert world.client("neighbour").post(address, {"agency": meant.pk}).status_code == 404


@pytest.mark.usefixtures("axis")
def test_what_cannot_be_identified(world: World) -> None:
    ministry = body("bo cong an")
    draft = draft_to(world, ministry, others=("Bộ CA", "Tổ dân phố 5"))
    by = world.actor("specialist")
    row = Recipient.objects.get(name="Bộ CA")
    with pytest.raises(Conflict, match="đã có trong nơi nhận"):
        recipients.identify(draft.pk, row.pk, ministry.pk, by=by)
    with pytest.raises(NotFound):
        recipients.identify(draft.pk, row.pk, 987_654, by=by)
    with pytest.raises(NotFound):
        recipients.identify(draft.pk, Recipient.objects.get(agency=ministry).pk, ministry.pk, by=by)
    with pytest.raises(NotAllowed):
        recipients.identify(draft.pk, row.pk, body("g99").pk, by=world.actor("head_of_unit"))


@pytest.mark.usefixtures("axis")
def test_practice_sends_nothing_outside(world: World) -> None:
    draft = draft_to(world)
    Office.objects.filter(pk=draft.office_id).update(room=PracticeRoom.objects.create(on="2026-01-01"))
    with pytest.raises(Invalid, match="thực hành"):
        recipients.set_recipients(draft, [], [], [body("bo cong an").pk])


def test_a_draft_to_offices_and_names_alone_costs_no_more(
    world: World, django_assert_num_queries: Any
) -> None:
    draft = draft_to(world)
    rows = queries.recipients(draft.pk)
    with django_assert_num_queries(0):
        assert recipients.likely_bodies(rows) == {}
    draft = draft_to(world, others=tuple(f"Đơn vị ngoài {n}" for n in range(30)))
    rows = queries.recipients(draft.pk)
    with django_assert_num_queries(1):
        assert recipients.likely_bodies(rows) == {}
