"""Makers of appointments, rooms and published weeks. Times are hours of the Wednesday of next week."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from tests.cast import World
from vanthu.calendar import actions, rooms, weeks
from vanthu.calendar.actions import Plan
from vanthu.calendar.lines import monday_of
from vanthu.calendar.models import Appointment, Resource, WeekVersion
from vanthu.kernel.calendar import today

SUBJECT = "Họp giao ban công tác tháng 11"


def monday() -> date:
    """The Monday of next week."""
    return monday_of(today()) + timedelta(days=7)


def at(hour: int, minute: int = 0, *, day: int = 2) -> datetime:
    """An hour of a day of next week (0 is Monday), in the office's time."""
    return timezone.make_aware(datetime.combine(monday() + timedelta(days=day), time(hour, minute)))


def plan(world: World, *people: str, **fields: Any) -> Plan:
    """A meeting from 8 to 10 in the week of the office; of the head unless people are named."""
    ids = [world.person(name).pk for name in people or ("head",)]
    return Plan(
        **{"subject": SUBJECT, "starts_at": at(8), "ends_at": at(10), "people": ids, "in_week": True} | fields
    )


def make_appointment(world: World, *people: str, by: str = "clerk", **fields: Any) -> Appointment:
    return actions.make(plan(world, *people, **fields), by=world.actor(by))


def make_room(world: World, name: str = "Phòng họp tầng 3", kind: str = "room") -> Resource:
    return rooms.add(kind, name, seats=20, by=world.actor("clerk"))


def publish(world: World) -> WeekVersion:
    """The clerk submits next week, the head approves it, the clerk publishes it."""
    weeks.submit(monday(), by=world.actor("clerk"))
    weeks.approve(monday(), by=world.actor("head"))
    return weeks.publish(monday(), by=world.actor("clerk"))
