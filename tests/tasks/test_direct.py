"""Direct, undo, and two leaders at once (Decree 30/2020, articles 23 and 24)."""

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from tests.cast import World, make_delegation, make_world
from tests.entries import (
    fresh,
    make_assigned,
    make_delivered,
    make_directed,
    make_presented,
    make_registered,
    person,
    unit,
)
from vanthu.documents import queries as documents
from vanthu.kernel import ledger, participants
from vanthu.kernel.calendar import today
from vanthu.kernel.participants import Item
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.tasks import actions, queries
from vanthu.tasks.actions import Direction
from vanthu.tasks.models import Instruction, Task


def rows(entry: Any) -> dict[tuple[str, int], tuple[str, str]]:
    """{owner: (role, state)} beside the office's own row."""
    return {
        (row.owner_kind, row.owner_id): (row.role, row.state)
        for row in participants.owners(Item("in", entry.pk))
        if row.owner_kind != "o"
    }


def test_everybody_named_gets_it_in_their_role(world: World) -> None:
    entry = make_presented(world)
    due = today() + timedelta(days=4)
    direction = Direction(
        text="Phòng 1 tham mưu.",
        lead=unit(world, "P1"),
        support=[unit(world, "P2"), unit(world, "P1")],
        inform=[person(world, "deputy")],
        due_on=due,
    )
    actions.direct(entry.pk, direction, by=world.actor("head"))
    entry = fresh(entry)
    assert (entry.state, entry.due_on) == ("directed", due)
    assert entry.receivers == "Phòng 1; Phòng 2; Nguyễn Văn Minh"
    assert rows(entry) == {
        person(world, "head"): ("leader", "directed"),
        unit(world, "P1"): ("lead", "to_assign"),
        unit(world, "P2"): ("support", "to_assign"),
        person(world, "deputy"): ("inform", "to_read"),
    }
    assert [(task.role, task.due_on) for task in queries.tasks_of("in", entry.pk)] == [
        ("lead", due),
        ("support", due),
        ("inform", due),
    ]
    assert [one.text for one in queries.instructions("in", entry.pk)] == ["Phòng 1 tham mưu."]
    act = ledger.last_act(entry)
    assert act is not None
    assert act.note == (
        f"giao Phòng 1 chủ trì, Phòng 2 phối hợp, Nguyễn Văn Minh để biết, hạn {due:%d/%m/%Y}: “Phòng 1 tham mưu.”"
    )


def test_a_person_named_directly_shows_it_to_the_head_of_their_unit(world: World) -> None:
    entry = make_directed(world, lead=person(world, "specialist"))
    assert rows(entry)[person(world, "specialist")] == ("lead", "to_do")
    assert documents.incoming(entry.pk, world.actor("head_of_unit")).participant.state == "assigned"


def test_without_a_lead_it_is_closed(world: World) -> None:
    entry = make_presented(world)
    actions.direct(entry.pk, Direction(text="Lưu."), by=world.actor("head"))
    assert fresh(entry).state == "done"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, "lead"),
        ({"text": "Phối hợp", "support": ["P1"]}, "lead"),
        ({"lead": "P1", "due_on": today() - timedelta(days=1)}, "due_on"),
    ],
)
def test_what_a_direction_must_say(world: World, fields: dict[str, Any], wrong: str) -> None:
    entry = make_presented(world)
    given = dict(fields)
    if "lead" in given:
        given["lead"] = unit(world, given["lead"])
    if "support" in given:
        given["support"] = [unit(world, one) for one in given["support"]]
    with pytest.raises(Invalid) as refused:
        actions.direct(entry.pk, Direction(**given), by=world.actor("head"))
    assert set(refused.value.fields) == {wrong}


def test_units_of_other_offices_are_not_known(world: World) -> None:
    entry = make_presented(world)
    for lead in (unit(world, "supreme.V14"), person(world, "region_specialist")):
        with pytest.raises(NotFound):
            actions.direct(entry.pk, Direction(lead=lead), by=world.actor("head"))
    assert not Task.objects.exists()


def test_who_may_direct(world: World) -> None:
    entry = make_registered(world)
    direction = Direction(lead=unit(world, "P1"))
    with pytest.raises(NotAllowed, match="Chỉ lãnh đạo hoặc Chánh Văn phòng"):
        actions.direct(entry.pk, direction, by=world.actor("clerk"))
    for persona in ("deputy", "region_head", "supreme_head"):
        with pytest.raises(NotFound):
            actions.direct(entry.pk, direction, by=world.actor(persona))
    actions.direct(entry.pk, direction, by=world.actor("chief"))
    assert fresh(entry).state == "directed"


def test_nothing_is_directed_before_it_is_registered(world: World) -> None:
    entry = make_delivered(world)
    with pytest.raises(Conflict):
        actions.direct(entry.pk, Direction(lead=unit(world, "P1")), by=world.actor("head"))


def test_a_restricted_document_goes_to_people_by_name(world: World) -> None:
    entry = make_presented(world, restricted=True)
    with pytest.raises(Invalid, match="chỉ giao đích danh"):
        actions.direct(entry.pk, Direction(lead=unit(world, "P1")), by=world.actor("head"))
    actions.direct(entry.pk, Direction(lead=person(world, "specialist")), by=world.actor("head"))
    assert not documents.incoming(entry.pk, world.actor("specialist")).sight.masked
    with pytest.raises(NotFound):
        documents.incoming(entry.pk, world.actor("head_of_unit"))


def test_a_delegate_directs_in_the_name_of_the_head_and_never_to_themselves(world: World) -> None:
    entry = make_presented(world)
    make_delegation(world.post("head"), world.post("neighbour"), "direct")
    stand_in = world.actor("neighbour")
    with pytest.raises(NotAllowed, match="làm thay Vũ Đình Lâm"):
        actions.direct(entry.pk, Direction(lead=person(world, "neighbour")), by=stand_in)
    written = actions.direct(entry.pk, Direction(lead=unit(world, "P1")), by=stand_in)
    assert written.behalf_of == "Vũ Đình Lâm"
    act = ledger.last_act(entry)
    assert act is not None
    assert (act.actor_name, act.behalf_of) == ("Cao Thị Diệu Linh", "Vũ Đình Lâm")


def test_undo_puts_it_back_on_the_leaders_desk(world: World) -> None:
    entry = make_directed(world, support=[unit(world, "P2")])
    actions.undo_direct(entry.pk, by=world.actor("head"))
    entry = fresh(entry)
    assert (entry.state, entry.receivers) == ("presented", "")
    assert rows(entry) == {person(world, "head"): ("leader", "to_direct")}
    assert queries.tasks_of("in", entry.pk) == []
    assert queries.instructions("in", entry.pk) == []
    actions.direct(entry.pk, Direction(lead=unit(world, "P2")), by=world.actor("head"))
    assert [task.unit_id for task in queries.tasks_of("in", entry.pk)] == [world.unit("P2").pk]


def test_undo_of_a_distribution_goes_back_to_the_clerk(world: World) -> None:
    entry = make_registered(world)
    actions.direct(entry.pk, Direction(lead=unit(world, "P1")), by=world.actor("chief"))
    actions.undo_direct(entry.pk, by=world.actor("chief"))
    assert fresh(entry).state == "registered"


def test_only_whoever_directed_takes_it_back_and_only_before_others_acted(world: World) -> None:
    entry = make_directed(world)
    with pytest.raises(Conflict):
        actions.undo_direct(entry.pk, by=world.actor("chief"))
    passed_on = make_assigned(world)
    with pytest.raises(Conflict, match="đã giao tiếp cho cán bộ"):
        actions.undo_direct(passed_on.pk, by=world.actor("head"))


def test_an_opinion_without_tasks(world: World) -> None:
    entry = make_directed(world)
    actions.instruct(entry.pk, "Lưu ý thời hạn.", by=world.actor("head"))
    assert [one.text for one in queries.instructions("in", entry.pk)][-1] == "Lưu ý thời hạn."
    with pytest.raises(Invalid):
        actions.instruct(entry.pk, "  ", by=world.actor("head"))
    with pytest.raises(NotAllowed):
        actions.instruct(entry.pk, "Tôi nghĩ…", by=world.actor("clerk"))


def test_the_suggestion_names_the_unit_whose_field_it_is(world: World) -> None:
    unit_2 = world.unit("P2")
    unit_2.field_words = "tam giu, thi hanh an"
    unit_2.save()
    found = queries.suggest_direction("Kiểm tra công tác tạm giữ, tạm giam", world.province.pk)
    assert found.lead == unit_2
    assert "Phòng 2 chủ trì" in found.text
    assert found.due_on > today()
    assert queries.suggest_direction("Về việc khác", world.province.pk).lead == world.unit("VP")


@pytest.mark.django_db(transaction=True)
def test_of_two_leaders_at_once_one_wins_and_the_other_learns_who() -> None:
    world = make_world()
    entry = make_presented(world)
    leaders = {"head": "P1", "chief": "P2"}
    gate, lost, won = threading.Barrier(2), [], []

    def run(persona: str, lead: str) -> None:
        by = world.actor(persona)
        gate.wait()
        try:
            actions.direct(entry.pk, Direction(lead=unit(world, lead)), by=by)
            won.append(persona)
        except Conflict as conflict:
            lost.append(conflict.message)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in leaders.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(lost)) == (1, 1)
    winner = world.person(won[0]).full_name
    place = leaders[won[0]].replace("P", "Phòng ")
    assert re.match(rf"{winner} vừa giao {place} chủ trì.* lúc \d\d:\d\d", lost[0])
    assert "nội dung đang gõ vẫn còn" in lost[0]
    assert Task.objects.count() == Instruction.objects.count() == 1
    assert fresh(entry).receivers == place
