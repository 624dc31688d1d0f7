"""What a task belongs to, an incoming entry or a matter, and who stands where towards it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vanthu.documents import queries as documents
from vanthu.kernel import participants
from vanthu.kernel.participants import Item, Owner
from vanthu.kernel.refusals import NotFound
from vanthu.organisations import queries as organisations
from vanthu.tasks.models import Matter, Task

if TYPE_CHECKING:
    from vanthu.documents.deadlines import EntryName
    from vanthu.documents.models import IncomingEntry
    from vanthu.kernel.actor import Actor

type Source = IncomingEntry | Matter

NOWHERE = ("matter", 0)  # of no task: asked for all the same, so that what is not there takes as long
HIDDEN = "văn bản hạn chế tiếp cận"  # what a sentence says instead of a subject


def matter(pk: int, by: Actor, *, lock: bool = False) -> Matter:
    """A matter that exists for the actor and that they see whole; raises `NotFound`."""
    sight = participants.sight(by, Item("matter", pk))
    if sight is None or sight.masked:
        raise NotFound()
    rows = Matter.objects.select_related("given_by", "office")
    return (rows.select_for_update(of=("self",)) if lock else rows).get(pk=pk)


def held(pk: int, by: Actor) -> tuple[Task, Source]:
    """A task and what it belongs to, both held until commit; raises `NotFound` for strangers."""
    found = Task.objects.filter(pk=pk).values_list("source_kind", "source_id").first()
    source = _source(*(found or NOWHERE), by, lock=True)
    rows = Task.objects.select_related("unit", "person", "given_by", "parent")
    return rows.select_for_update(of=("self",)).get(pk=pk), source


def seen(pk: int, by: Actor) -> tuple[Task, Source]:
    """The same to look at."""
    task = Task.objects.select_related("unit", "person", "given_by", "parent").filter(pk=pk).first()
    source = _source(*((task.source_kind, task.source_id) if task else NOWHERE), by, lock=False)
    if task is None:
        raise NotFound()
    return task, source


def _source(kind: str, pk: int, by: Actor, *, lock: bool) -> Source:
    if kind == "in":
        return documents.incoming(pk, by, lock=lock).entry
    return matter(pk, by, lock=lock)


def item_of(task: Task) -> Item:
    return Item(task.source_kind, task.source_id)


def owner_of(task: Task) -> Owner:
    """Whose row says how the task stands: the person's, else the unit's."""
    return Owner("p", task.person_id) if task.person_id else Owner("u", task.unit_id or 0)


def as_matter(source: Source) -> Matter | None:
    """The matter that brought a task, None where it was an incoming entry."""
    return source if isinstance(source, Matter) else None


def named(source: Source | EntryName) -> str:
    """What a sentence calls it; the subject of what is restricted is not repeated."""
    if isinstance(source, Matter):
        return HIDDEN if source.restricted else f"“{_short(source.title)}”"
    number = f"văn bản đến số {source.arrival_number}"
    return f"{number} ({HIDDEN})" if source.restricted else f"{number} “{_short(source.subject)}”"


def _short(text: str, length: int = 160) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def gave(task: Task, by: Actor) -> bool:
    """Whether the actor set the task, or stands for who set it; who leads the office, when that person has left."""
    if by.acts_for(task.given_by_id):
        return True
    return by.may("direct") and not organisations.valid_posts(
        person_id=task.given_by_id, office_id=task.office_id
    )


def does(task: Task, by: Actor) -> bool:
    """Whether the task is the actor's own, or their unit's of which they are the head or stand for the head."""
    if task.person_id is not None:
        return task.person_id == by.person_id
    return by.may_for_unit("handle", task.unit_id) or by.may_for_unit("assign", task.unit_id)


def who(task: Task) -> str:
    """Who has the task in hand, as a sentence names them."""
    if task.person is not None:
        return task.person.full_name
    return task.unit.short_name if task.unit is not None else ""


def may_open_task(pk: int, by: Actor) -> bool:
    """Whether the actor may open the files of a task's result: whoever sees what brought it, with its files."""
    found = Task.objects.filter(pk=pk).values_list("source_kind", "source_id").first()
    sight = participants.sight(by, Item(*found)) if found else None
    return sight is not None and sight.files and not sight.masked
