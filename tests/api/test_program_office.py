"""What the pages of the office do, done by programs: work that is given, opinions, recalls, numbers, the schedule."""

from datetime import datetime, timedelta

import pytest

from tests.api.programs import Program
from tests.appointments import make_appointment, make_room, monday
from tests.cast import World
from tests.entries import make_recalled, make_registered
from tests.web import drafts
from vanthu.documents import recalling
from vanthu.kernel.calendar import today

pytestmark = pytest.mark.django_db

WORK = {"title": "Rà soát các vụ án tạm đình chỉ", "meeting": "Giao ban tháng 11/2026"}


def in_days(count: int) -> str:
    return (today() + timedelta(days=count)).isoformat()


def test_work_is_given_divided_extended_chased_and_accepted(world: World) -> None:
    head, chief = Program.of(world, "head"), Program.of(world, "head_of_unit")
    doer = Program.of(world, "specialist")
    given = head.post("/tasks", {**WORK, "lead": {"unit_id": world.unit("P1").pk}, "due_on": in_days(10)})
    assert given.status_code == 201
    pk, part = given.json()["id"], {"title": "Tổng hợp số liệu", "due_on": in_days(9)}
    assert given["Location"].endswith(f"/tasks/{pk}")
    chief.post(f"/tasks/{pk}/parts", {**part, "assignee": {"person_id": world.person("specialist").pk}})
    (mine,) = doer.get("/tasks").json()["items"]
    assert (mine["source"], mine["given_by"]) == (WORK["meeting"], world.person("head_of_unit").full_name)
    part_id = mine["id"]
    doer.post(f"/tasks/{part_id}/progress", {"text": "Đã có số liệu của 3 đơn vị", "percent": 60})
    late = {"until_on": in_days(30), "reason": "Chờ số liệu của khu vực 3"}
    assert doer.post(f"/tasks/{part_id}/extension", late).status_code == 200
    assert chief.get("/tasks", {"which": "answers"}).json()["items"][0]["asked_until"] == in_days(30)
    refused = chief.post(f"/tasks/{part_id}/extension/answer", {"until_on": in_days(30)})
    assert (refused.status_code, set(refused.json()["fields"])) == (422, {"due_on"})
    chief.post(f"/tasks/{part_id}/extension/answer", {"until_on": in_days(10), "text": "Đồng ý"})
    chased = chief.post(f"/tasks/{part_id}/chase", {"grade": 1}).json()
    assert (chased["due_on"], chased["chases"][0]["name"]) == (in_days(10), "Nhắc việc")
    doer.post(f"/tasks/{part_id}/report", {"text": "Đã gửi bảng tổng hợp"})
    assert doer.post(f"/tasks/{part_id}/accept", {}).status_code == 403
    done = chief.post(f"/tasks/{part_id}/accept", {"text": "Tốt"}).json()
    assert (done["state"]["code"], done["progress"][0]["percent"]) == ("done", 60)
    assert {"tasks.extended", "tasks.chased", "tasks.accepted"} <= {act["verb"] for act in done["history"]}


def test_what_one_follows_comes_in_pages(world: World) -> None:
    head = Program.of(world, "head", ["read", "tasks"])
    for count in (3, 2, 1):
        lead = {"person_id": world.person("specialist").pk}
        head.post(
            "/tasks", {**WORK, "title": f"Việc hạn {count} ngày", "lead": lead, "due_on": in_days(count)}
        )
    first = head.get("/tasks", {"which": "followed", "limit": 2}).json()
    second = head.get(first["next"]).json()
    titles = [one["title"] for one in first["items"] + second["items"]]
    assert titles == [f"Việc hạn {count} ngày" for count in (1, 2, 3)]
    assert second["next"] is None
    assert Program.of(world, "specialist").get("/tasks", {"which": "followed"}).status_code == 403


def test_an_opinion_is_asked_and_given(world: World) -> None:
    draft = drafts.drafted(world)
    body = {"asked": [{"person_id": world.person("archivist").pk}], "due_on": in_days(5)}
    asked = Program.of(world, "specialist").post(f"/drafts/{draft.pk}/opinions", body)
    assert [one["asked"] for one in asked.json()[0]["opinions"]] == [world.person("archivist").full_name]
    program = Program.of(world, "archivist")
    assert [one["id"] for one in program.get("/opinions").json()["items"]] == [draft.pk]
    (one,) = program.get(f"/drafts/{draft.pk}/opinions").json()[0]["opinions"]
    assert one["mine"]
    address = f"/drafts/{draft.pk}/opinions/{one['id']}/answer"
    assert set(program.post(address, {"answer": "other"}).json()["fields"]) == {"text"}
    said = program.post(address, {"answer": "other", "text": "Bổ sung thời hạn lưu"}).json()
    assert said[0]["summary"].startswith("Gửi 1 nơi, 1 nơi trả lời (1 ý kiến khác)")
    assert program.get("/opinions").json()["items"] == []


def test_a_recall_and_its_answer(world: World) -> None:
    entry = make_recalled(world)
    clerk = Program.of(world, "clerk")
    seen = clerk.get(f"/incoming/{entry.pk}/recall").json()
    assert (seen["noted"], bool(seen["reason"])) == (None, True)
    noted = clerk.post(f"/incoming/{entry.pk}/recall", {"paper": "destroyed"}, key="one").json()
    assert noted["noted"]["paper"]["name"] == "Đã hủy bản giấy"
    assert clerk.post(f"/incoming/{entry.pk}/recall", {"paper": "destroyed"}, key="one").json() == noted
    assert clerk.post(f"/incoming/{entry.pk}/recall", {"paper": "none"}).status_code == 409
    recall = recalling.recall_of_document(entry.document_id)
    assert recall is not None
    assert clerk.get(f"/incoming/{make_registered(world).pk}/recall").status_code == 404


def test_a_number_is_taken_held_used_and_voided(world: World) -> None:
    clerk = Program.of(world, "clerk")
    hold = {"kind": "BC", "purpose": "Báo cáo sơ kết công tác năm", "expires_on": today().isoformat()}
    held = clerk.post("/numbers/held", {**hold, "count": 2}, key="hold")
    assert [one["number"] for one in held.json()] == [1, 2]
    assert clerk.post("/numbers/held", {**hold, "count": 2}, key="hold").json() == held.json()
    slip = {"kind": "BC", "subject": "Báo cáo sơ kết công tác năm 2026"}
    taken = clerk.post("/numbers", {**slip, "wanted": "2"})
    assert (taken.status_code, taken.json()["number"]) == (201, 2)
    again = clerk.post("/numbers", {**slip, "wanted": "2"})
    assert (again.status_code, again.json()["code"]) == (409, "number_taken")
    left = clerk.get("/numbers/held").json()
    assert [one["number"] for one in left] == [1]
    why = {"reason": "Không ban hành báo cáo này nữa"}
    assert clerk.post(f"/numbers/held/{left[0]['id']}/void", why).json()["state"]["code"] == "voided"
    sent = clerk.post(f"/numbers/{taken.json()['id']}/dispatch").json()
    assert sent["state"]["code"] == "issued"
    assert clerk.post(f"/numbers/{taken.json()['id']}/void", why).status_code == 409
    (book,) = [one for one in clerk.get("/books").json() if one["name"] == "Báo cáo"]
    assert (book["last"], book["documents"], book["held"]) == (2, 1, 0)
    assert Program.of(world, "specialist").get("/numbers/held").status_code == 403


def test_the_schedule_is_read_and_changed(world: World) -> None:
    room = make_room(world)
    program = Program.of(world, "specialist")
    start = datetime.fromisoformat(f"{(monday() + timedelta(days=1)).isoformat()}T08:00:00+07:00")
    body = {
        "subject": "Làm việc với Công an tỉnh",
        "starts_at": start.isoformat(),
        "ends_at": (start + timedelta(hours=2)).isoformat(),
        "room_id": room.pk,
        "people": [world.person("specialist").pk],
    }
    made = program.post("/appointments", body)
    assert (made.status_code, made.json()["room"]) == (201, room.name)
    address = f"/appointments/{made.json()['id']}"
    days = {"from_on": monday().isoformat(), "of": "me"}
    assert [one["id"] for one in program.get("/calendar", days).json()] == [made.json()["id"]]
    taken = Program.of(world, "head").post("/appointments", {**body, "people": [world.person("head").pk]})
    assert (taken.status_code, taken.json()["code"]) == (409, "taken")
    changed = program.post(f"{address}/change", {**body, "subject": "Làm việc với Tòa án tỉnh"}).json()
    assert changed["subject"] == "Làm việc với Tòa án tỉnh"
    assert Program.of(world, "neighbour").get(address).status_code == 404
    assert program.post(f"{address}/cancel", {"reason": "Đối tác hoãn"}).status_code == 200
    assert program.get("/calendar", days).json() == []
    week = program.get("/calendar/week", {"monday_on": monday().isoformat()}).json()
    assert (week["state"]["code"], week["versions"]) == ("drafting", [])
    reading = Program.of(world, "specialist", ["read"]).post("/appointments", body)
    assert reading.json()["code"] == "scope_missing"


def test_what_is_hidden_on_the_pages_is_hidden_here(world: World) -> None:
    closed = make_appointment(world, "head", by="head", restricted=True)
    seen = Program.of(world, "clerk").get(f"/appointments/{closed.pk}").json()
    assert (seen["subject"], seen["hidden"]) == ("Bận", True)


def test_figures_and_plans_are_those_of_the_pages(world: World) -> None:
    make_registered(world)
    head = Program.of(world, "head", ["read"])
    groups = head.get("/statistics/incoming").json()
    assert (groups[0]["heading"], groups[0]["lines"][0]["total"]) == ("", 1)
    assert head.get("/statistics/outgoing").status_code == 200
    wrong = head.get("/statistics/incoming", {"start_on": "2020-01-01", "end_on": "2026-01-01"})
    assert (wrong.status_code, set(wrong.json()["fields"])) == (422, {"end_on"})
    assert Program.of(world, "specialist").get("/statistics/incoming").status_code == 403
    assert head.get("/dossier-plans").json() == []
    assert head.get("/rhythms").json() == []


def test_delegations_are_ones_own(world: World) -> None:
    (one,) = Program.of(world, "delegate", ["read"]).get("/me/delegations").json()
    assert (one["state"], one["receiver"]["person"]["id"]) == ("now", world.person("delegate").pk)
    assert Program.of(world, "clerk", ["read"]).get("/me/delegations").json() == []
