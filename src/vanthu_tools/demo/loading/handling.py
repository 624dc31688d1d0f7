"""Directions, tasks, and who takes part in every entry with which state, as the verbs of the rooms write them."""

from collections.abc import Iterator
from datetime import datetime

from vanthu.kernel.models import Participant
from vanthu.tasks.models import Instruction, Task
from vanthu_tools.demo.loading.ids import TITLES, Ids, put
from vanthu_tools.demo.story import Arrival, Assignee, Departure, Plan

PENDING = frozenset({"waiting", "registered", "presented", "directed"})


def load_tasks(plan: Plan, ids: Ids) -> None:
    """Instructions, then the tasks of units or people, then those of people under their units."""
    directed = [one for one in plan.arrivals if one.assignees]
    texts = put(Instruction, (instruction(one, ids) for one in directed))
    first = [(one, text, who) for one, text in zip(directed, texts, strict=True) for who in one.assignees]
    rows = put(Task, (task_of(one, who, ids, text.pk) for one, text, who in first))
    led = {
        id(one): row.pk
        for (one, _, who), row in zip(first, rows, strict=True)
        if who.role == "lead" and who.is_unit
    }
    put(Task, (row for one in directed if one.assigned_at for row in subtasks(one, ids, led[id(one)])))
    put(Instruction, (assignment(one, ids) for one in directed if one.assigned_at and one.assignment))


def instruction(arrival: Arrival, ids: Ids) -> Instruction:
    """What the leader wrote (bút phê)."""
    return written(arrival, ids, arrival.leader, arrival.direction, arrival.directed_at)


def assignment(arrival: Arrival, ids: Ids) -> Instruction:
    """What the head of the unit wrote when passing it on."""
    return written(arrival, ids, arrival.head, arrival.assignment, arrival.assigned_at)


def written(arrival: Arrival, ids: Ids, author: str, text: str, at: datetime | None) -> Instruction:
    assert at is not None
    return Instruction(
        office_id=ids.office(arrival.office),
        item_kind_of="in",
        item_id_of=ids.arrivals[id(arrival)],
        author_id=ids.person(author),
        author_title=TITLES[author],
        text=text,
        written_at=at,
    )


def task_of(arrival: Arrival, who: Assignee, ids: Ids, instruction_id: int) -> Task:
    """The task that a leader gave to a unit or person."""
    assert arrival.directed_at is not None
    done = arrival.state == "done"
    return Task(
        office_id=ids.office(arrival.office),
        source_kind="in",
        source_id=ids.arrivals[id(arrival)],
        instruction_id=instruction_id,
        given_by_id=ids.person(arrival.leader),
        unit_id=ids.unit(who.key) if who.is_unit else None,
        person_id=None if who.is_unit else ids.person(who.key),
        role=who.role,
        text=arrival.direction,
        due_on=arrival.due_on,
        state="done" if done else "open",
        given_at=arrival.directed_at,
        accepted_at=arrival.assigned_at if who.role == "lead" else None,
        done_at=arrival.finished_at if done else None,
        result=arrival.result if done else "",
    )


def subtasks(arrival: Arrival, ids: Ids, parent: int) -> Iterator[Task]:
    """The tasks that the head of the unit gave."""
    assert arrival.assigned_at is not None
    done = arrival.state == "done"
    for person, role in [(arrival.handler, "lead"), *((helper, "support") for helper in arrival.helpers)]:
        yield Task(
            office_id=ids.office(arrival.office),
            source_kind="in",
            source_id=ids.arrivals[id(arrival)],
            parent_id=parent,
            given_by_id=ids.person(arrival.head),
            unit_id=ids.unit(next(one.key for one in arrival.assignees if one.role == "lead")),
            person_id=ids.person(person),
            role=role,
            text=arrival.assignment,
            due_on=arrival.due_on,
            state="done" if done else "open",
            given_at=arrival.assigned_at,
            done_at=arrival.finished_at if done else None,
            result=arrival.result if done else "",
        )


class Rows:
    """Participant rows of one item, at most one for an owner."""

    def __init__(
        self, item_kind: str, item_id: int, office_id: int, *, urgency: int, restricted: bool
    ) -> None:
        self.common = {
            "item_kind": item_kind,
            "item_id": item_id,
            "office_id": office_id,
            "urgency": urgency,
            "restricted": restricted,
        }
        self.found: dict[tuple[str, int], Participant] = {}

    def add(self, owner: tuple[str, int], role: str, state: str, at: datetime, **more: object) -> None:
        """One owner's row; the first one stays."""
        kind, number = owner
        row = Participant(
            owner_kind=kind, owner_id=number, role=role, state=state, at=at, **self.common, **more
        )
        self.found.setdefault(owner, row)

    def all(self) -> Iterator[Participant]:
        return iter(self.found.values())


def load_participants(plan: Plan, ids: Ids) -> None:
    """Rows of incoming and outgoing entries."""
    put(Participant, (row for one in plan.arrivals for row in of_arrival(one, ids)))
    put(Participant, (row for one in plan.departures for row in of_departure(one, ids)))


def of_arrival(arrival: Arrival, ids: Ids) -> Iterator[Participant]:
    """The office, the leader, the units and people who were given it."""
    paper, due = arrival.paper, {"due_on": arrival.due_on}
    number, office = ids.arrivals[id(arrival)], ids.office(arrival.office)
    rows = Rows("in", number, office, urgency=paper.urgency, restricted=paper.restricted)
    done = arrival.state == "done"
    shown_at = arrival.registered_at or arrival.arrived_at
    rows.add(("o", office), "holder", arrival.state, shown_at, pending=arrival.state in PENDING, **due)
    if arrival.presented_at:
        waiting = arrival.state == "presented"
        state = "to_direct" if waiting else "done" if done else "directed"
        rows.add(
            ("p", ids.person(arrival.leader)), "leader", state, arrival.presented_at, pending=waiting, **due
        )
    if arrival.assigned_at:
        people = [(arrival.handler, "lead"), *((helper, "support") for helper in arrival.helpers)]
        for person, role in people:
            state = "done" if done else "to_do"
            rows.add(("p", ids.person(person)), role, state, arrival.assigned_at, pending=not done, **due)
    for who in arrival.assignees:
        owner = ("u", ids.units[who.key].pk) if who.is_unit else ("p", ids.person(who.key))
        state = "done" if done else state_of(who, arrival)
        rows.add(owner, who.role, state, arrival.directed_at or shown_at, pending=not done, **due)
    return rows.all()


def state_of(who: Assignee, arrival: Arrival) -> str:
    """What an assignee has to do with an open entry."""
    if who.role == "inform":
        return "to_read"
    if not who.is_unit:
        return "to_do"
    return "assigned" if who.role == "lead" and arrival.assigned_at else "to_assign"


def of_departure(departure: Departure, ids: Ids) -> Iterator[Participant]:
    """The office, who drafted it, their unit, who signed."""
    paper, office = departure.paper, ids.office(departure.office)
    rows = Rows(
        "out", ids.departures[id(departure)], office, urgency=paper.urgency, restricted=paper.restricted
    )
    state = "voided" if departure.voided_reason else "issued"
    owners = [("p", ids.person(departure.drafter)), ("p", ids.person(departure.signer))]
    owners += [("u", ids.units[departure.unit].pk)] if departure.unit else []
    rows.add(("o", office), "holder", state, departure.numbered_at)
    for owner in owners:
        rows.add(owner, "drafter", state, departure.numbered_at)
    return rows.all()
