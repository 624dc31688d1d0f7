"""Changes of the organisation as their pages show them, and what offices were called."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch

from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.organisations import changing, moving, queries
from vanthu.organisations.change_models import Change, ChangeLine, FormerName, Passage, Successor
from vanthu.organisations.change_states import ENDS, ChangeKind
from vanthu.organisations.inheriting import heirs
from vanthu.organisations.models import Delegation, Level, Office, Post, Succession, Unit
from vanthu.organisations.names import key_of
from vanthu.organisations.powers import Role
from vanthu.organisations.taking_effect import extent_of

LISTED = 100


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change will move, per kind of work, and the sentences of what stands in its way."""

    counts: Sequence[tuple[str, int]]
    obstacles: Sequence[str]


def changes(by: Actor) -> list[Change]:
    """What the actor's office planned, the newest first. Three queries."""
    by.require("administer")
    lines = ChangeLine.objects.filter(post=None).select_related("office", "unit").order_by("pk")
    rows = Change.objects.filter(office=by.office).prefetch_related(
        Prefetch("lines", lines), Prefetch("successors", Successor.objects.order_by("position"))
    )
    return list(rows.order_by("-planned_at", "-pk")[:LISTED])


def lines(change: Change) -> list[ChangeLine]:
    """What goes where: whole offices or units, then what is divided."""
    rows = change.lines.select_related("office", "unit", "post__person", "successor")
    return list(rows.order_by("post", "unit", "pk"))


def successors(change: Change) -> list[Successor]:
    """Who takes over, in order."""
    return list(change.successors.select_related("office", "unit", "parent", "head").order_by("position"))


def passages(change: Change) -> list[Passage]:
    """The predecessors on their way."""
    return list(change.passages.select_related("office", "to_office").order_by("pk"))


def preview(change: Change) -> Preview:
    """What will move and what stands in the way. The same queries however much there is."""
    extent = extent_of(change)
    posts = queries.valid(
        Post.objects.filter(unit__in=extent.units)
        if extent.units
        else Post.objects.filter(office__in=extent.offices)
    )
    given = Delegation.objects.filter(giver__in=posts.values("pk"), revoked_at=None)
    own = (
        ("Người giữ chức vụ", posts.values("person").distinct().count()),
        ("Ủy quyền sẽ hết", given.count()),
    )
    ends = change.kind in ENDS or change.of_units
    return Preview(counts=[*own, *moving.counts(extent)], obstacles=moving.obstacles(extent) if ends else [])


def offices_governed(by: Actor) -> list[Office]:
    """Offices that the actor's administration may change: below its own, valid today. As many queries as levels."""
    by.require("administer")
    home = queries.office(by.office)
    rows = queries.valid(Office.objects.filter(room=home.room_id)).exclude(pk=home.pk)
    if home.level == Level.SUPREME:
        return list(rows.order_by("level", "short_name"))
    found: list[Office] = []
    above = [home.pk]
    while above:
        below = list(rows.filter(parent__in=above).order_by("level", "short_name"))
        found, above = [*found, *below], [one.pk for one in below]
    return found


def leaders_of(offices: Iterable[int]) -> list[Post]:
    """Heads and deputies of offices, who may lead their successor. One query."""
    posts = queries.valid(Post.objects.filter(office__in=list(offices), role__in=[Role.HEAD, Role.DEPUTY]))
    return list(posts.select_related("person", "office").order_by("office", "position", "pk"))


def divided(change: Change) -> list[tuple[Unit | Post, int | None]]:
    """The parts of a split, each with the successor that it goes to (None: the first one)."""
    if change.kind != ChangeKind.SPLIT:
        return []
    known = {
        line.unit_id or line.post_id: line.successor_id
        for line in change.lines.all()
        if line.office_id is None
    }
    return [(part, known.get(part.pk)) for part in changing.parts_of(change)]


@dataclass(frozen=True, slots=True)
class Renamed:
    """An office of today that was typed by a name of the past, and the last day of that name."""

    office: Office
    former: str
    until_on: date


def suggest_former(text: str, *, room_id: int | None = None, limit: int = 6) -> list[Renamed]:
    """Offices of today by typed names that are no more: of predecessors, and their own former ones. Two queries."""
    words = key_of(text).split()
    if not words:
        return []
    ended = Succession.objects.filter(
        predecessor__valid_to_on__lt=today(),
        on__lte=today(),
        successor__room=room_id,
    )
    old = FormerName.objects.filter(office__isnull=False, office__room=room_id, until_on__lt=today())
    for word in words:
        ended = ended.filter(predecessor__search_key__contains=word)
        old = old.filter(search_key__contains=word)
    found = [
        Renamed(_today(one.successor), one.predecessor.name, one.on - timedelta(days=1))
        for one in ended.select_related("predecessor", "successor").order_by("-on", "pk")[:limit]
    ]
    rows = old.select_related("office").order_by("-until_on", "pk")[: limit - len(found)]
    return found + [Renamed(row.office, row.name, row.until_on) for row in rows if row.office is not None]


def _today(office: Office) -> Office:
    """The office, or who has its work today."""
    return (
        Office.objects.get(pk=heirs([office.pk]).get(office.pk, office.pk))
        if not office.valid_on(today())
        else office
    )


def later_names(ids: Iterable[int]) -> dict[int, str]:
    """{office: "nay là …"} of offices that ended or were renamed: under what else their documents are found.

    At most two queries per step of succession; one when none of them changed.
    """
    wanted = set(ids)
    found: dict[int, list[str]] = {}
    at = {pk: {pk} for pk in wanted}
    while at:
        rows = Succession.objects.filter(predecessor__in=at, on__lte=today()).select_related("successor")
        after: dict[int, set[int]] = {}
        for row in rows:
            for first in at[row.predecessor_id]:
                names = found.setdefault(first, [])
                if row.successor.name not in names:
                    names.append(row.successor.name)
                    after.setdefault(row.successor_id, set()).add(first)
        at = after
    for old in FormerName.objects.filter(office__in=wanted).select_related("office"):
        names = found.setdefault(old.office_id or 0, [])
        names += [
            name for name in (old.name, old.office.name if old.office else "") if name and name not in names
        ]
    return {pk: f"tên khác: {', '.join(names)}" for pk, names in found.items() if names}


def name_on(office: Office, day: date) -> str:
    """What the office was called on a day. One query."""
    row = FormerName.objects.filter(office=office, until_on__gte=day).order_by("until_on").first()
    return row.name if row else office.name


def unit_names(unit_ids: Collection[int]) -> Callable[[Unit, date], str]:
    """What each of these units was called, in short, on a day: a function of unit and day. One query."""
    former: defaultdict[int, list[FormerName]] = defaultdict(list)
    for row in FormerName.objects.filter(unit__in=unit_ids).order_by("until_on"):
        former[row.unit_id or 0].append(row)

    def called(unit: Unit, day: date) -> str:
        old = next((row for row in former[unit.pk] if row.until_on >= day), None)
        return old.short_name if old else unit.short_name

    return called
