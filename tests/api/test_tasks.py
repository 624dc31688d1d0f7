"""Tasks of an incoming document for programs: the tree, giving on, finishing; the refusals of the pages."""

from typing import Any

import pytest

from tests.api.programs import Program
from tests.cast import World
from tests.entries import fresh, make_assigned, make_directed, make_registered
from vanthu.kernel import ledger
from vanthu.tasks.models import Task

pytestmark = pytest.mark.django_db

DONE = {"result": "Đã báo cáo trực tiếp Viện trưởng."}


def test_the_tree(world: World) -> None:
    entry = make_assigned(world)
    (top,) = Program.of(world, "head", ["read"]).get(f"/incoming/{entry.pk}/tasks").json()
    assert (top["assignee"], top["given_by"]) == ("Phòng 1", world.person("head").full_name)
    (part,) = top["parts"]
    assert (part["assignee"], part["parent_id"]) == (world.person("specialist").full_name, top["id"])
    assert part["parts"] == []


def test_of_what_is_masked_no_tasks(world: World) -> None:
    entry = make_registered(world, restricted=True)
    assert Program.of(world, "clerk").get(f"/incoming/{entry.pk}/tasks").json() == []


def test_the_head_of_unit_gives_work_on(world: World) -> None:
    entry = make_directed(world)
    body = {"lead": {"person_id": world.person("specialist").pk}, "text": "Tham mưu trước ngày 5."}
    response = Program.of(world, "head_of_unit").post(f"/incoming/{entry.pk}/assign", body)
    assert response.status_code == 200
    assert [one["assignee"] for one in response.json()["tasks"]] == [
        "Phòng 1",
        world.person("specialist").full_name,
    ]
    wrong = {"lead": {"person_id": world.person("neighbour").pk}}
    other = make_directed(world)
    response = Program.of(world, "head_of_unit").post(f"/incoming/{other.pk}/assign", wrong)
    assert (response.status_code, set(response.json()["fields"])) == (422, {"lead"})
    assert Program.of(world, "clerk").post(f"/incoming/{other.pk}/assign", body).status_code == 403


def test_finishing_ends_it_once(world: World) -> None:
    entry = make_assigned(world)
    program = Program.of(world, "specialist", ["tasks"])
    first = program.post(f"/incoming/{entry.pk}/finish", DONE, key="one")
    assert first.status_code == 200
    assert first.json()["state"]["code"] == "done"
    again = program.post(f"/incoming/{entry.pk}/finish", DONE, key="one")
    assert again.json() == first.json()
    assert [act.verb for act in ledger.history(fresh(entry))].count("tasks.finished") == 1
    late = program.post(f"/incoming/{entry.pk}/finish", DONE)
    assert (late.status_code, late.json()["code"]) == (403, "not_allowed")


@pytest.mark.parametrize("body", [{}, {"result": "xong"}, {"result": 5}, {"result": "Đã xong việc", "x": 1}])
def test_a_result_is_a_sentence(world: World, body: dict[str, Any]) -> None:
    entry = make_assigned(world)
    response = Program.of(world, "specialist").post(f"/incoming/{entry.pk}/finish", body)
    assert response.status_code == 422
    assert Task.objects.filter(source_id=entry.pk, state="done").count() == 0


def test_without_its_scope_nothing_is_finished(world: World) -> None:
    entry = make_assigned(world)
    response = Program.of(world, "specialist", ["read"]).post(f"/incoming/{entry.pk}/finish", DONE)
    assert (response.status_code, response.json()["code"]) == (403, "scope_missing")
    assert fresh(entry).state == "directed"


def test_an_opinion_and_what_was_read(world: World) -> None:
    entry = make_assigned(world)
    opinion = {"text": "Lưu ý thời hạn tạm giam."}
    body = Program.of(world, "head").post(f"/incoming/{entry.pk}/instruct", opinion).json()
    assert body["instructions"][-1]["text"] == opinion["text"]
    assert Program.of(world, "specialist").post(f"/incoming/{entry.pk}/instruct", opinion).status_code == 403
    assert Program.of(world, "specialist").post(f"/incoming/{entry.pk}/read").status_code == 200
