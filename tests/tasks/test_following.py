"""Work without a document: given, divided, more time, result, acceptance, giving back, chasing."""

from datetime import timedelta

import pytest

from tests.cast import World
from tests.entries import fresh, make_assigned, make_directed, make_presented, person, unit
from vanthu.kernel import ledger, participants
from vanthu.kernel.calendar import today
from vanthu.kernel.participants import Item
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.tasks import actions, chasing, deadlines, following, lists, matters, notices, overview, sources
from vanthu.tasks.actions import Direction
from vanthu.tasks.chasing import Words
from vanthu.tasks.following import Result
from vanthu.tasks.matters import Order, Part
from vanthu.tasks.models import Matter, Task
from vanthu.tasks.states import Grade

pytestmark = pytest.mark.django_db
DUE = timedelta(days=20)
RESULT = Result(text="Đã báo cáo bằng văn bản")
REASON = "Chờ số liệu của các đơn vị khu vực"


def given(world: World, lead: str = "P1", by: str = "head", **fields: object) -> Task:
    """The lead task of a matter given to unit 1 or to a persona."""
    owner = unit(world, lead) if lead.startswith("P") else person(world, lead)
    order = Order(**{"title": "Rà soát án tạm đình chỉ", "lead": owner, "due_on": today() + DUE, **fields})  # type: ignore[arg-type]
    matter = matters.give(order, by=world.actor(by))
    return Task.objects.get(source_kind="matter", source_id=matter.pk, role="lead", parent=None)


def again(task: Task) -> Task:
    return Task.objects.get(pk=task.pk)


def told(world: World, persona: str) -> list[str]:
    return [one.kind for one in notices.unseen(world.actor(persona))]


def test_work_goes_down_to_a_specialist_and_its_result_comes_up(world: World) -> None:
    top = given(world)
    assert told(world, "head_of_unit") == ["given"]
    part = matters.divide(
        top.pk, Part(title="Lập danh sách", owner=person(world, "specialist")), by=world.actor("head_of_unit")
    )
    assert part.due_on == top.due_on
    following.note_progress(part.pk, "Đã có danh sách của 3 khu vực", 60, by=world.actor("specialist"))
    following.hand_in(part.pk, RESULT, by=world.actor("specialist"))
    assert (again(part).state, again(top).state) == ("reported", "open")
    assert told(world, "specialist") == []
    following.accept(part.pk, by=world.actor("head_of_unit"))
    assert (again(part).state, again(top).state) == ("done", "reported")
    assert "reported" in told(world, "head")
    following.accept(top.pk, "Tốt", by=world.actor("head"))
    matter = Matter.objects.get(pk=top.source_id)
    assert (again(top).state, matter.state) == ("done", "done")
    assert {row.state for row in participants.owners(Item("matter", matter.pk))} == {"done"}
    assert [act.verb for act in ledger.history(matter)] == [
        "tasks.matter_given", "tasks.divided", "tasks.progressed", "tasks.reported", "tasks.accepted",
        "tasks.reported", "tasks.accepted",
    ]  # fmt: skip


def test_only_who_gave_it_accepts_and_may_send_it_back(world: World) -> None:
    task = given(world, "specialist")
    following.hand_in(task.pk, RESULT, by=world.actor("specialist"))
    for persona in ("head_of_unit", "specialist"):
        with pytest.raises(NotAllowed, match="Vũ Đình Lâm"):
            following.accept(task.pk, by=world.actor(persona))
    following.send_back(task.pk, "Thiếu phụ lục số liệu", by=world.actor("head"))
    assert again(task).state == "open"
    assert told(world, "specialist") == ["sent_back"]
    with pytest.raises(Conflict):
        following.accept(task.pk, by=world.actor("head"))


def test_a_result_needs_something_to_show(world: World) -> None:
    task = given(world, "specialist", to_accept=False)
    with pytest.raises(Invalid):
        following.hand_in(task.pk, Result(), by=world.actor("specialist"))
    following.hand_in(task.pk, RESULT, by=world.actor("specialist"))
    assert again(task).state == "done"


def test_a_task_with_open_parts_is_not_handed_in(world: World) -> None:
    top = given(world)
    matters.divide(
        top.pk, Part(title="Phần một", owner=person(world, "specialist")), by=world.actor("head_of_unit")
    )
    with pytest.raises(Conflict, match="Còn 1 việc con"):
        following.hand_in(top.pk, RESULT, by=world.actor("head_of_unit"))


def test_a_lower_deadline_never_lies_after_the_higher_one(world: World) -> None:
    top = given(world)
    late = Part(title="Phần một", owner=person(world, "specialist"), due_on=today() + DUE + timedelta(days=1))
    with pytest.raises(Invalid) as refusal:
        matters.divide(top.pk, late, by=world.actor("head_of_unit"))
    assert "không được muộn hơn" in refusal.value.fields["due_on"]
    entry = make_presented(world)
    due = today() + timedelta(days=5)
    actions.direct(entry.pk, Direction(lead=unit(world, "P1"), due_on=due), by=world.actor("head"))
    later = Direction(lead=person(world, "specialist"), due_on=due + timedelta(days=1))
    with pytest.raises(Invalid):
        actions.assign(entry.pk, later, by=world.actor("head_of_unit"))
    actions.assign(entry.pk, Direction(lead=person(world, "specialist")), by=world.actor("head_of_unit"))
    assert set(Task.objects.filter(source_kind="in").values_list("due_on", flat=True)) == {due}


def test_only_who_set_the_deadline_extends_it_and_not_past_the_higher_one(world: World) -> None:
    top = given(world)
    sub = matters.divide(
        top.pk, Part(title="Phần một", owner=person(world, "specialist")), by=world.actor("head_of_unit")
    )
    wanted = today() + DUE + timedelta(days=10)
    deadlines.ask_extension(sub.pk, wanted, REASON, by=world.actor("specialist"))
    with pytest.raises(Conflict, match="đang chờ"):
        deadlines.ask_extension(sub.pk, wanted, REASON, by=world.actor("specialist"))
    with pytest.raises(NotAllowed, match="Đặng Quang Huy"):
        deadlines.grant_extension(sub.pk, wanted, by=world.actor("head"))
    with pytest.raises(Invalid):
        deadlines.grant_extension(sub.pk, wanted, by=world.actor("head_of_unit"))
    deadlines.ask_extension(top.pk, wanted, REASON, by=world.actor("head_of_unit"))
    assert [line.pk for line in lists.answers(world.actor("head"))] == [top.pk]
    deadlines.grant_extension(top.pk, wanted, by=world.actor("head"))
    deadlines.grant_extension(sub.pk, wanted, by=world.actor("head_of_unit"))
    assert (again(top).due_on, again(sub).due_on, again(sub).extended) == (wanted, wanted, 1)
    assert Matter.objects.get(pk=top.source_id).due_on == wanted


def test_a_refused_extension_leaves_the_deadline(world: World) -> None:
    task = given(world, "specialist")
    deadlines.ask_extension(task.pk, today() + DUE * 2, REASON, by=world.actor("specialist"))
    with pytest.raises(Invalid):
        deadlines.refuse_extension(task.pk, "", by=world.actor("head"))
    deadlines.refuse_extension(task.pk, "Phải xong trước kỳ họp", by=world.actor("head"))
    assert again(task).due_on == today() + DUE
    assert "answered" in told(world, "specialist")
    with pytest.raises(NotFound):
        deadlines.refuse_extension(task.pk, "Lần nữa", by=world.actor("head"))


def test_extending_the_lead_of_a_document_moves_its_deadline(world: World) -> None:
    entry = make_directed(world)
    task = Task.objects.get(source_id=entry.pk, source_kind="in")
    assert task.due_on is not None
    wanted = task.due_on + timedelta(days=7)
    deadlines.ask_extension(task.pk, wanted, REASON, by=world.actor("head_of_unit"))
    deadlines.grant_extension(task.pk, wanted, by=world.actor("head"))
    assert fresh(entry).due_on == wanted
    rows = {row.owner_kind: row.due_on for row in participants.owners(Item("in", entry.pk))}
    assert rows["o"] == rows["u"] == wanted


def test_what_is_given_back_is_given_to_somebody_else(world: World) -> None:
    task = given(world)
    following.return_task(task.pk, "Việc này thuộc Phòng 2 theo quy chế", by=world.actor("head_of_unit"))
    with pytest.raises(NotAllowed):
        following.give_again(task.pk, None, by=world.actor("head_of_unit"))
    made = following.give_again(task.pk, unit(world, "P2"), by=world.actor("head"))
    assert (again(task).state, made.unit, made.state) == ("cancelled", world.unit("P2"), "open")
    assert "given" in told(world, "head_of_neighbour")
    following.hand_in(made.pk, RESULT, by=world.actor("head_of_neighbour"))
    following.accept(made.pk, by=world.actor("head"))
    assert Matter.objects.get(pk=task.source_id).state == "done"


def test_a_returned_task_of_a_document_goes_to_another_unit(world: World) -> None:
    entry = make_directed(world)
    task = Task.objects.get(source_id=entry.pk, source_kind="in")
    following.return_task(task.pk, "Việc này thuộc Phòng 2 theo quy chế", by=world.actor("head_of_unit"))
    following.give_again(task.pk, unit(world, "P2"), by=world.actor("head"))
    actions.finish(entry.pk, "Đã báo cáo Viện trưởng", by=world.actor("head_of_neighbour"))
    assert fresh(entry).state == "done"


def test_the_leader_accepts_the_result_of_a_document(world: World) -> None:
    entry = make_presented(world)
    actions.direct(entry.pk, Direction(lead=unit(world, "P1"), to_accept=True), by=world.actor("head"))
    actions.assign(entry.pk, Direction(lead=person(world, "specialist")), by=world.actor("head_of_unit"))
    top, sub = Task.objects.filter(source_id=entry.pk, source_kind="in").order_by("pk")
    actions.finish(entry.pk, "Đã báo cáo bằng văn bản", by=world.actor("specialist"))
    assert fresh(entry).state == "directed"
    following.accept(sub.pk, by=world.actor("head_of_unit"))
    following.accept(top.pk, by=world.actor("head"))
    assert fresh(entry).state == "done"


def test_chasing_climbs_its_grades_and_is_counted(world: World) -> None:
    entry = make_assigned(world)
    sub = Task.objects.get(source_id=entry.pk, source_kind="in", person=world.person("specialist"))
    chief = world.actor("chief")
    assert chasing.grades_for(sub, chief) == [Grade.REMINDER]
    with pytest.raises(Invalid):
        chasing.chase(sub.pk, Words(grade=Grade.FIRST), by=chief)
    Task.objects.filter(pk=sub.pk).update(due_on=today() - timedelta(days=3))
    for grade in (Grade.FIRST, Grade.SECOND):
        chasing.chase(sub.pk, Words(grade=grade, text="Báo cáo trong ngày"), by=chief)
    with pytest.raises(Invalid):
        chasing.chase(sub.pk, Words(grade=Grade.WRITTEN), by=chief)
    assert Grade.CENSURE not in chasing.grades_for(again(sub), chief)
    assert Grade.CENSURE in chasing.grades_for(again(sub), world.actor("head"))
    chasing.chase(sub.pk, Words(grade=Grade.WRITTEN, letter="15/CV-VKS-VP"), by=chief)
    assert told(world, "specialist").count("chased") == told(world, "head_of_unit").count("chased") == 3
    counted = overview.chased(chief, today(), today())
    assert counted[world.unit("P1").pk] == {1: 0, 2: 1, 3: 1, 4: 1, 5: 0}
    for persona, refusal in (("second_specialist", NotFound), ("specialist", NotAllowed)):
        with pytest.raises(refusal):
            chasing.chase(sub.pk, Words(grade=Grade.REMINDER), by=world.actor(persona))


def test_strangers_find_nothing(world: World) -> None:
    task = given(world, "specialist", restricted=True)
    for persona in ("neighbour", "region_head", "head_of_unit", "chief", "clerk", "administrator"):
        with pytest.raises(NotFound):
            sources.seen(task.pk, world.actor(persona))
    assert sources.seen(task.pk, world.actor("head"))[0] == task


def test_heads_of_units_give_work_to_their_own_people_only(world: World) -> None:
    order = Order(title="Soạn tham luận", lead=person(world, "neighbour"))
    with pytest.raises(Invalid):
        matters.give(order, by=world.actor("head_of_unit"))
    with pytest.raises(NotAllowed):
        matters.give(order, by=world.actor("specialist"))
    assert given(world, "specialist", by="head_of_unit").given_by == world.person("head_of_unit")


def test_what_is_withdrawn_waits_for_nobody(world: World) -> None:
    top = given(world, support=[unit(world, "P2")])
    with pytest.raises(NotAllowed):
        matters.withdraw(top.pk, "Không cần nữa", by=world.actor("head_of_unit"))
    matters.withdraw(top.pk, "Không cần nữa", by=world.actor("head"))
    assert set(Task.objects.values_list("state", flat=True)) == {"cancelled"}
    assert told(world, "head_of_unit") == told(world, "head_of_neighbour") == []
    assert not list(lists.mine(world.actor("head_of_unit")))


def test_restricted_work_is_not_counted_for_who_may_not_see_it(world: World) -> None:
    given(world, "specialist", restricted=True)
    given(world)
    assert [row.open for row in overview.overview(world.actor("head"))] == [2]
    assert [row.open for row in overview.overview(world.actor("chief"))] == [1]
    with pytest.raises(NotAllowed):
        overview.overview(world.actor("specialist"))
