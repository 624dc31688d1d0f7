"""Making and changing appointments: who may, what is taken, what the database refuses, what others read."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.appointments import SUBJECT, at, make_appointment, make_room, monday, plan, publish
from tests.cast import World
from tests.entries import make_registered
from vanthu.calendar import actions, queries, rooms, weeks
from vanthu.calendar.conflicts import Asked, Clash
from vanthu.calendar.models import Appointment
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound


def read_by(world: World, persona: str) -> list[str]:
    """The subjects in a persona's schedule of next week."""
    found = queries.schedule(world.actor(persona), monday(), monday() + timedelta(days=6))
    return [one.subject for one in found.lines]


def test_a_room_is_never_given_twice(world: World) -> None:
    room = make_room(world)
    make_appointment(world, room_id=room.pk)
    with pytest.raises(Conflict, match=r"Phòng họp tầng 3 đã có lịch 08:00–10:00 .*giao ban"):
        make_appointment(world, "deputy", room_id=room.pk, starts_at=at(9), ends_at=at(11))
    after = make_appointment(world, room_id=room.pk, starts_at=at(10), ends_at=at(11))
    with pytest.raises(IntegrityError, match="room_once_at_a_time"), transaction.atomic():
        Appointment.objects.filter(pk=after.pk).update(starts_at=at(9))
    actions.cancel(after.pk, "Hoãn sang tuần sau", by=world.actor("clerk"))
    make_appointment(world, room_id=room.pk, starts_at=at(10), ends_at=at(11))


def test_a_car_is_never_given_twice(world: World) -> None:
    car = make_room(world, "Xe 99A-012.34", kind="car")
    make_appointment(world, car_id=car.pk)
    with pytest.raises(Conflict, match="hoặc xe khác"):
        make_appointment(world, "deputy", car_id=car.pk)


def test_whoever_was_faster_with_the_room_is_named(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_room(world)
    real = actions.conflicts.clashes
    make_appointment(world, room_id=room.pk)
    monkeypatch.setattr(actions.conflicts, "clashes", _blind_once(real))
    with pytest.raises(Conflict, match="đã có lịch 08:00–10:00"):
        make_appointment(world, "deputy", room_id=room.pk)


def _blind_once(real: Callable[..., list[Clash]]) -> Callable[..., list[Clash]]:
    """The look before saving saw nothing: somebody saved in between."""
    looked: list[Asked] = []

    def clashes(asked: Asked, by: Actor) -> list[Clash]:
        looked.append(asked)
        return [] if len(looked) == 1 else real(asked, by)

    return clashes


def test_busy_people_are_said_and_planned_only_knowingly(world: World) -> None:
    make_appointment(world, "head", "deputy")
    with pytest.raises(Invalid) as refused:
        make_appointment(world, "deputy", starts_at=at(9), ends_at=at(11))
    assert "Nguyễn Văn Minh" in refused.value.fields["despite"]
    make_appointment(world, "deputy", starts_at=at(9), ends_at=at(11), despite=True)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"subject": "Họp"}, "subject"),
        ({"ends_at": at(8)}, "ends"),
        ({"ends_at": at(8) + timedelta(days=40)}, "until_on"),
        ({"people": []}, "attendees"),
        ({"room_id": 999_999}, "room"),
    ],
)
def test_bad_input_is_said_beside_its_field(world: World, fields: dict[str, object], name: str) -> None:
    with pytest.raises(Invalid) as refused:
        make_appointment(world, **fields)
    assert list(refused.value.fields) == [name]


def test_people_and_rooms_of_another_office_are_unknown(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        make_appointment(world, "region_head")
    assert "attendees" in refused.value.fields
    room = rooms.add("room", "Phòng họp khu vực", by=world.actor("region_clerk"))
    with pytest.raises(Invalid):
        make_appointment(world, room_id=room.pk)


def test_others_read_what_was_published_and_their_own(world: World) -> None:
    make_appointment(world, "head", "specialist")
    make_appointment(world, "deputy", subject="Làm việc với Công an tỉnh", starts_at=at(14), ends_at=at(16))
    assert read_by(world, "head") == [SUBJECT, "Làm việc với Công an tỉnh"]
    assert read_by(world, "specialist") == [SUBJECT]
    assert read_by(world, "neighbour") == []
    publish(world)
    assert len(read_by(world, "neighbour")) == 2
    assert read_by(world, "region_clerk") == []


def test_of_what_is_restricted_others_learn_that_somebody_is_busy(world: World) -> None:
    row = make_appointment(world, "head", "specialist", by="head", restricted=True, place="Nhà khách Tỉnh ủy")
    publish(world)
    for persona in ("clerk", "neighbour", "deputy"):
        (line,) = queries.schedule(world.actor(persona), monday(), monday() + timedelta(days=6)).lines
        assert (line.subject, line.where, line.who) == ("Bận", "", "Vũ Đình Lâm")
        assert not queries.may_change(queries.appointment(row.pk, world.actor(persona)), world.actor(persona))
    assert read_by(world, "specialist") == [SUBJECT]
    act = ledger.last_act(row)
    assert act is not None
    assert SUBJECT not in f"{act.note} {act.changes}"


def test_what_stands_in_no_week_is_of_those_who_take_part(world: World) -> None:
    row = make_appointment(world, "specialist", "second_specialist", by="specialist", in_week=False)
    assert read_by(world, "second_specialist") == [SUBJECT]
    assert read_by(world, "neighbour") == []
    with pytest.raises(NotFound):
        queries.appointment(row.pk, world.actor("neighbour"))
    with pytest.raises(NotFound):
        queries.appointment(row.pk, world.actor("region_clerk"))
    with pytest.raises(NotAllowed):
        actions.cancel(row.pk, "Không họp nữa", by=world.actor("second_specialist"))


def test_whoever_is_invited_is_told(world: World) -> None:
    row = make_appointment(world, "second_specialist", by="specialist", in_week=False)
    invited, other = world.actor("second_specialist"), world.actor("neighbour")
    assert queries.told_appointments(invited) == [row]
    assert queries.told_appointments(world.actor("specialist")) == queries.told_appointments(other) == []
    weeks.see(by=invited)
    assert queries.told_appointments(invited) == []
    actions.cancel(row.pk, "Hoãn sang tuần sau", by=world.actor("specialist"))
    assert queries.told_appointments(invited) == [row]


def test_a_unit_brings_its_people(world: World) -> None:
    make_appointment(world, "head", units=[world.unit("P1").pk])
    assert read_by(world, "second_specialist") == [SUBJECT]
    assert read_by(world, "neighbour") == []
    assert [one.subject for one in queries.my_day(world.actor("second_specialist"), at(8).date())] == [
        SUBJECT
    ]


def test_a_delegate_reads_the_days_of_whom_they_stand_in_for(world: World) -> None:
    make_appointment(world, "head_of_unit", in_week=False)
    assert read_by(world, "delegate") == [SUBJECT]


def test_a_change_is_kept_in_the_ledger_and_counted(world: World) -> None:
    row = make_appointment(world)
    changed = actions.change(row.pk, plan(world, starts_at=at(9), ends_at=at(11)), by=world.actor("clerk"))
    act = ledger.last_act(changed)
    assert act is not None
    assert set(act.changes) == {"starts_at", "ends_at"}
    assert changed.sequence == 1


def test_an_invitation_stands_once_in_the_week(world: World) -> None:
    entry = make_registered(world)
    make_appointment(world, source_id=entry.pk)
    with pytest.raises(Conflict, match="Giấy mời này đã có"):
        make_appointment(world, source_id=entry.pk, starts_at=at(14), ends_at=at(15))
    with pytest.raises(NotFound):
        make_appointment(
            world,
            "specialist",
            by="specialist",
            source_id=entry.pk,
            in_week=False,
            starts_at=at(16),
            ends_at=at(17),
        )


def test_the_same_queries_however_much_stands_there(world: World, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    by = world.actor("neighbour")
    for hour in (8, 10, 14):
        make_appointment(world, "head", units=[world.unit("P1").pk], starts_at=at(hour), ends_at=at(hour + 1))
    publish(world)
    with django_assert_num_queries(4):
        queries.schedule(by, monday(), monday() + timedelta(days=6))
    with django_assert_num_queries(1):
        queries.my_day(by, monday())
