"""Reminders before and after a deadline, by working days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import batched

from django.db import transaction
from django.utils import timezone

from vanthu.documents import deadlines as entries
from vanthu.kernel.calendar import is_working_day, working_days_after, working_days_between
from vanthu.organisations import queries as organisations
from vanthu.tasks import notices, sources
from vanthu.tasks.models import Matter, Notice, Task
from vanthu.tasks.notices import Told
from vanthu.tasks.states import TaskRole, TaskState

BEFORE = (3, 1)  # working days before the deadline; and on the day itself
AFTER = 5  # the first working day after it, then each so many working days
LONGEST = 200  # days after which a late task is left to chasing
_AT_ONCE = 200


def days_to_remind(day: date) -> dict[date, str]:
    """{deadline: "soon" or "late"} of the tasks that are reminded of on a working day; none on others."""
    if not is_working_day(day):
        return {}
    found = {day: "soon"}
    for count in BEFORE:
        found[working_days_after(day, count)] = "soon"
    following = working_days_after(day, 1)
    for step in range(1, (following - day).days):  # a deadline on a day off is told before it
        found[day + timedelta(days=step)] = "soon"
    for step in range(1, LONGEST):
        passed = working_days_between(day - timedelta(days=step), day)
        if passed % AFTER == 1 or (passed == 0 and step == 1):
            found[day - timedelta(days=step)] = "late"
    return found


def remind(day: date) -> int:
    """Remind of every open task whose deadline says so today, none of practice; again that day tells nothing twice.

    Returns how many tasks were told.
    """
    kinds = days_to_remind(day)
    if not kinds:
        return 0
    midnight = timezone.make_aware(datetime.combine(day, time.min))
    told = Notice.objects.filter(kind__in=("soon", "late"), told_at__gte=midnight).values("task")
    rows = (
        Task.objects.filter(state=TaskState.OPEN, due_on__in=kinds, office__room=None)
        .exclude(role=TaskRole.INFORM)
        .exclude(pk__in=told)
        .order_by("pk")
    )
    heads: dict[int, list[int]] = {}
    count = 0
    for some in batched(rows.iterator(chunk_size=_AT_ONCE), _AT_ONCE):
        with transaction.atomic():
            notices.forget([one.pk for one in some], ("soon", "late"))
            notices.tell_all(_told(some, kinds, day, heads))
        count += len(some)
    return count


def _told(
    tasks: Iterable[Task], kinds: dict[date, str], day: date, heads: dict[int, list[int]]
) -> Iterator[Told]:
    rows = list(tasks)
    named = entries.names_of(one.source_id for one in rows if one.source_kind == "in")
    matters = Matter.objects.in_bulk([one.source_id for one in rows if one.source_kind == "matter"])
    for task in rows:
        source = named.get(task.source_id) if task.source_kind == "in" else matters.get(task.source_id)
        if source is None or task.due_on is None:
            continue
        kind = kinds[task.due_on]
        text = f"{_when(task.due_on, day)}: {sources.named(source)}. Mở để báo cáo kết quả hoặc xin gia hạn."
        yield Told(task, kind, text, _people(task, heads))


def _when(due_on: date, day: date) -> str:
    if due_on < day:
        return f"Quá hạn {(day - due_on).days} ngày"
    return "Hạn hôm nay" if due_on == day else f"Sắp đến hạn {due_on:%d/%m}"


def _people(task: Task, heads: dict[int, list[int]]) -> list[int]:
    if task.person_id is not None:
        return [task.person_id]
    unit = task.unit_id or 0
    if unit not in heads:
        heads[unit] = [post.person_id for post in organisations.heads_of(unit)]
    return heads[unit]
