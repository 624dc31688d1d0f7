"""The card of a leader and of a head of unit: chips, sentence, next card, undo, calm conflicts, several at once."""

import pytest
from django.urls import reverse

from tests.cast import World
from tests.entries import fresh, make_delivered, make_directed, make_presented, make_registered
from vanthu.documents import actions as documents
from vanthu.tasks import queries as tasks

pytestmark = pytest.mark.django_db


def direction(world: World, **fields: object) -> dict[str, object]:
    return {"lead": f"u{world.unit('P1').pk}", "text": "Giao Phòng 1 tham mưu.", "due_on": "", **fields}


def test_the_card_offers_units_a_sentence_and_a_date(world: World) -> None:
    entry = make_presented(world)
    shown = world.client("head").get(reverse("direct", args=[entry.pk])).content.decode()
    assert entry.subject in shown
    assert f'value="u{world.unit("P1").pk}"' in shown
    assert "chủ trì tham mưu, báo cáo trước ngày" in shown
    assert "Chờ chỉ đạo 1/1" in shown


def test_where_there_are_no_units_people_are_offered(world: World) -> None:
    entry = make_delivered(world, "region")
    documents.receive(entry.pk, by=world.actor("region_clerk"))
    documents.present(entry.pk, world.person("region_head").pk, by=world.actor("region_clerk"))
    shown = world.client("region_head").get(reverse("direct", args=[entry.pk])).content.decode()
    specialist, clerk = world.person("region_specialist"), world.person("region_clerk")
    assert f'value="p{specialist.pk}"' in shown
    assert f'value="p{clerk.pk}"' not in shown
    assert "Người chủ trì" in shown


def test_after_a_card_comes_the_next_with_ten_seconds_to_undo(world: World) -> None:
    first, second = make_presented(world), make_presented(world)
    browser = world.client("head")
    response = browser.post(reverse("direct", args=[second.pk]), direction(world), follow=True)
    shown = response.content.decode()
    assert response.redirect_chain[-1][0] == reverse("direct", args=[first.pk])
    assert "Đã giao Phòng 1 chủ trì" in shown
    undo = shown.split("data-undo")[1].split('action="')[1].split('"')[0]
    browser.post(undo)
    assert fresh(second).state == "presented"


def test_the_last_card_leads_to_the_desk_also_for_htmx(world: World) -> None:
    entry = make_presented(world)
    response = world.client("head").post(
        reverse("direct", args=[entry.pk]), direction(world), headers={"HX-Request": "true"}
    )
    assert response["HX-Redirect"] == reverse("desk")


def test_for_information_closes_the_entry(world: World) -> None:
    entry = make_presented(world)
    world.client("head").post(reverse("direct", args=[entry.pk]), direction(world, way="inform"))
    assert fresh(entry).state == "done"
    assert [task.role for task in tasks.tasks_of("in", entry.pk)] == ["inform"]


def test_somebody_else_by_typing(world: World) -> None:
    entry = make_presented(world)
    person = f"p{world.person('specialist').pk}"
    refused = world.client("head").post(
        reverse("direct", args=[entry.pk]), direction(world, lead=person, due_on="1/1/2020")
    )
    assert refused.status_code == 422
    shown = refused.content.decode()
    assert f'value="{person}" data-label="Lê Quang Khải" checked' in shown
    assert "Hạn giải quyết phải từ hôm nay" in shown
    world.client("head").post(reverse("direct", args=[entry.pk]), direction(world, lead=person))
    assert tasks.tasks_of("in", entry.pk)[0].person == world.person("specialist")


def test_two_leaders_at_once_the_second_reads_who_was_first_and_keeps_the_text(world: World) -> None:
    entry = make_presented(world)
    world.client("head").post(reverse("direct", args=[entry.pk]), direction(world))
    text = "Giao Phòng 2 chủ trì, báo cáo ngay trong tuần."
    browser = world.client("head")
    response = browser.post(reverse("direct", args=[entry.pk]), direction(world, text=text))
    shown = response.content.decode()
    assert response.status_code == 409
    assert "Vũ Đình Lâm vừa giao Phòng 1 chủ trì" in shown
    assert text in shown
    assert response["HX-Retarget"] == "#flow"
    assert browser.get(reverse("direct", args=[entry.pk]))["Location"] == reverse("entry", args=[entry.pk])


def test_what_is_restricted_goes_to_people_by_name(world: World) -> None:
    entry = make_presented(world, restricted=True)
    shown = world.client("head").get(reverse("direct", args=[entry.pk])).content.decode()
    assert "Đặng Quang Huy" in shown
    assert f'value="u{world.unit("P1").pk}"' not in shown
    refused = world.client("head").post(reverse("direct", args=[entry.pk]), direction(world))
    assert "chỉ giao đích danh" in refused.content.decode()


def test_who_may_not_direct(world: World) -> None:
    entry = make_directed(world)
    assert world.client("head_of_unit").get(reverse("direct", args=[entry.pk])).status_code == 403
    assert world.client("clerk").get(reverse("assign", args=[entry.pk])).status_code == 403
    assert world.client("neighbour").get(reverse("assign", args=[entry.pk])).status_code == 404


def test_the_head_of_unit_sees_who_has_least_in_hand_and_assigns(world: World) -> None:
    entry = make_directed(world)
    browser = world.client("head_of_unit")
    shown = browser.get(reverse("assign", args=[entry.pk])).content.decode()
    assert "<small>0 việc</small>" in shown
    person = world.person("specialist")
    refused = browser.post(reverse("assign", args=[entry.pk]), {"text": "", "lead": ""})
    assert refused.status_code == 422
    browser.post(reverse("assign", args=[entry.pk]), {"text": "", "lead": f"p{person.pk}"})
    assert tasks.tasks_of("in", entry.pk)[-1].person == person
    again = browser.post(
        reverse("assign", args=[entry.pk]), {"text": "Làm ngay nhé", "lead": f"p{person.pk}"}
    )
    assert again.status_code == 409
    assert "Làm ngay nhé" in again.content.decode()


def test_several_at_once_first_ask_then_do_and_list_what_failed(world: World) -> None:
    entries = [make_presented(world), make_registered(world), make_directed(world)]
    picked = [entry.pk for entry in entries]
    browser = world.client("head")
    asked = browser.post(reverse("direct_picked"), {"picked": picked})
    assert asked.status_code == 200
    assert "Chỉ đạo 3 văn bản" in asked.content.decode()
    done = browser.post(reverse("direct_picked"), direction(world, picked=picked))
    assert done.status_code == 422
    assert "Chưa làm được 1 văn bản" in done.content.decode()
    assert [fresh(entry).state for entry in entries] == ["directed"] * 3
    assert browser.post(reverse("direct_picked"), {}).status_code == 422
    assert world.client("clerk").post(reverse("direct_picked"), {"picked": picked}).status_code == 403
