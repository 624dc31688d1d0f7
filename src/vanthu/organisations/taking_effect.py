"""A planned change takes effect: one transaction for who is who; the open work follows in portions (`carrying`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from vanthu.kernel import ledger, moves
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now, today
from vanthu.kernel.refusals import Conflict
from vanthu.organisations import moving, queries, rights, succeeding
from vanthu.organisations.change_models import Change, ChangeLine, Passage, Successor
from vanthu.organisations.change_states import CHANGES, ENDS, ChangeKind, ChangeState
from vanthu.organisations.models import Office, Post, Unit
from vanthu.organisations.succeeding import Moved


@transaction.atomic
def take_effect(pk: int, *, by: Actor) -> Change:
    """Make the change, if its day has come; what it did already it does not do again.

    Raises `Conflict` before its day, for a cancelled one, and while something stands in the way.
    """
    change = Change.objects.select_for_update(of=("self",)).select_related("office").get(pk=pk)
    if change.state in (ChangeState.RUNNING, ChangeState.DONE):
        return change
    if today() < change.effective_on:
        raise Conflict(f"Thay đổi này có hiệu lực từ {change.effective_on:%d/%m/%Y}. Chờ đến ngày đó.")
    moves.make(CHANGES, "take_effect", change, by=by, also={"began_at": now(), "trouble": ""})
    _refuse_obstacles(change)
    lines = _lines(change)
    if (
        change.of_units and change.kind != ChangeKind.RENAME
    ):  # so that a successor may carry the same abbreviation
        ending = [line.unit_id for line in lines if line.unit_id]
        Unit.objects.filter(pk__in=ending).update(valid_to_on=change.effective_on - timedelta(days=1))
    heirs = {one.pk: one for one in _successors(change)}
    for line in lines:
        _Taking(change, by, heirs).take(line, heirs[line.successor_id])
    for successor in heirs.values():
        if successor.office_id and not change.of_units and change.kind in ENDS:
            succeeding.appoint(successor, change)
        rights.changed(post.person_id for post in queries.valid_posts(office_id=successor.office_id or 0))
    _refuse_obstacles(change)  # a number taken meanwhile; books are locked now
    ledger.record(
        "organisations.change_began", change, by=by, office_id=change.office_id, note=f"{change.label.lower()}"
        f" có hiệu lực từ {change.effective_on:%d/%m/%Y} theo {change.basis_text}",
    )  # fmt: skip
    return change


def extent_of(change: Change) -> moving.Extent:
    """What the change touches."""
    lines = list(change.lines.all())
    offices = tuple(line.office_id for line in lines if line.office_id)
    units = () if offices else tuple(line.unit_id for line in lines if line.unit_id)
    return moving.Extent(offices, units)


def _refuse_obstacles(change: Change) -> None:
    if change.kind not in ENDS and not change.of_units:
        return
    if found := moving.obstacles(extent_of(change)):
        raise Conflict(" ".join(found), code="in_the_way")


def _lines(change: Change) -> list[ChangeLine]:
    """Whole offices, else units; the lines of units of a split office and of posts are read beside them."""
    rows = change.lines.select_related("office__parent", "unit__office")
    lines = [line for line in rows.order_by("pk") if line.post_id is None]
    whole = [line for line in lines if line.office_id]
    return whole or lines


def _successors(change: Change) -> list[Successor]:
    return list(change.successors.select_related("office", "unit", "parent").order_by("position"))


@dataclass(slots=True)
class _Taking:
    """The steps of one predecessor."""

    change: Change
    by: Actor
    heirs: dict[int, Successor]  # one object of each, so that what was founded for one line serves the next

    def take(self, line: ChangeLine, heir: Successor) -> None:
        """Bring a whole office or a unit to its successor, or give it its new name."""
        ends = self.change.kind in ENDS
        if line.office is not None:
            if ends:
                self._end_office(line.office, heir)
            else:
                self._rename(line.office, heir)
        elif line.unit is not None:
            if ends or heir.office_id != line.unit.office_id:
                self._end_unit(line.unit, heir)
            else:
                self._rename(line.unit, heir)

    def _rename(self, thing: Office | Unit, heir: Successor) -> None:
        before = thing.name
        succeeding.rename(thing, heir, self.change)
        office_id = thing.pk if isinstance(thing, Office) else thing.office_id
        unit_id = thing.pk if isinstance(thing, Unit) else None
        self._write(
            "organisations.renamed", thing, office_id, f"{before} đổi thành {thing.name}"
            if before != thing.name else f"{thing.name} chuyển về {self._superior(thing)}",
        )  # fmt: skip
        for room in moving.rooms():
            room.renamed(office_id, unit_id, self.by)

    @staticmethod
    def _superior(thing: Office | Unit) -> str:
        above = thing.parent if isinstance(thing, Office) else thing.office
        return above.name if above else "cơ quan cấp trên"

    def _end_office(self, old: Office, successor: Successor) -> None:
        fresh = successor.office_id is None
        heir = succeeding.found_office(successor, self.change.effective_on, like=old)
        units = self._units_of(old, heir)
        places = {
            post.pk: units.get(post.unit_id or 0, (heir.pk, None)) for post in self._posts(office=old.pk)
        }
        moved = self._posts_moved(self._posts(office=old.pk), places, units)
        succeeding.end_office(old, heir, {place[0] for place in units.values()}, self.change)
        self._write("organisations.succeeded", old, old.pk, f"{old.name} kết thúc, {heir.name} kế thừa")
        self._write("organisations.succeeded", heir, heir.pk, f"{heir.name} kế thừa {old.name}")
        goes_on = fresh and successor.goes_on
        self._begin(old.pk, heir, moved, whole=True, fresh=fresh, goes_on=goes_on, old_name=old.name)

    def _units_of(self, old: Office, heir: Office) -> dict[int, tuple[int, int]]:
        """{unit: (office, unit)} of the units of an office that ends."""
        named = {
            line.unit_id: self.heirs[line.successor_id]
            for line in self.change.lines.filter(unit__office=old.pk)
        }
        found: dict[int, tuple[int, int]] = {}
        for unit in queries.valid(Unit.objects.filter(office=old.pk), self.change.effective_on):
            successor = named.get(unit.pk)
            office = (
                succeeding.found_office(successor, self.change.effective_on, like=old) if successor else heir
            )
            new = succeeding.same_unit(unit, office.pk, self.change.effective_on)
            succeeding.end_unit(unit, new, self.change)
            found[unit.pk] = (office.pk, new.pk)
        return found

    def _end_unit(self, old: Unit, successor: Successor) -> None:
        new = succeeding.found_unit(successor, self.change.effective_on, like=old)
        succeeding.end_unit(old, new, self.change)
        units = {old.pk: (new.office_id, new.pk)}
        posts = self._posts(unit=old.pk)
        others = self._split_posts(old)
        places: dict[int, tuple[int, int | None]] = {
            post.pk: others.get(post.pk, (new.office_id, new.pk)) for post in posts
        }
        for _, unit_id in others.values():
            succeeding.end_unit(old, Unit.objects.get(pk=unit_id), self.change)
        moved = self._posts_moved(posts, places, units)
        self._write("organisations.succeeded", old, old.office_id, f"{old.name} kết thúc, {new.name} kế thừa")
        self._begin(
            old.office_id, old.office, moved, whole=False, fresh=False, goes_on=False, old_name=old.name
        )

    def _split_posts(self, old: Unit) -> dict[int, tuple[int, int]]:
        """{post: (office, unit)} of who goes to another part of a unit that is split."""
        found = {}
        for line in self.change.lines.filter(post__isnull=False):
            unit = succeeding.found_unit(self.heirs[line.successor_id], self.change.effective_on, like=old)
            found[line.post_id or 0] = (unit.office_id, unit.pk)
        return found

    def _posts(self, **of: int) -> list[Post]:
        return list(queries.valid(Post.objects.filter(**of), self.change.effective_on).order_by("pk"))

    def _posts_moved(
        self,
        posts: list[Post],
        places: Mapping[int, tuple[int, int | None]],
        units: dict[int, tuple[int, int]],
    ) -> Moved:
        moved = succeeding.move_posts(posts, places, self.change)
        moved.units = units
        succeeding.give_charges(moved.posts, units)
        rights.changed(moved.people)
        for office_id in sorted({place[0] for place in places.values()}):
            here = {post.person_id for post in posts if places[post.pk][0] == office_id}
            text = f"Chức vụ chuyển sang {queries.office(office_id).short_name} từ {self.change.effective_on:%d/%m/%Y}."
            rights.tell(here, text, by=Actor.for_system(office_id))
        return moved

    def _begin(
        self, old: int, heir: Office, moved: Moved, *, whole: bool, fresh: bool, goes_on: bool, old_name: str
    ) -> None:
        passage = Passage.objects.create(
            change=self.change, office_id=old, to_office=heir, whole=whole,
            units={str(key): list(value) for key, value in moved.units.items()},
            posts={str(key): value for key, value in moved.posts.items()},
        )  # fmt: skip
        reason = f"{self.change.label} theo {self.change.basis_text}: {old_name}"[:300]
        planner = Actor(
            person_id=self.change.planned_by_id, office_id=old, name=self.change.planned_name,
            title=self.change.planned_title, system=True,
        )  # fmt: skip
        route = route_of(passage)
        for room in moving.rooms():
            room.begin(route, goes_on=goes_on, fresh=fresh, reason=reason, by=planner)

    def _write(self, verb: str, subject: Office | Unit, office_id: int, note: str) -> None:
        until = f" từ {self.change.effective_on:%d/%m/%Y} theo {self.change.basis_text}"
        ledger.record(verb, subject, by=self.by, office_id=office_id, note=note + until)


def route_of(passage: Passage) -> moving.Route:
    """The passage as rooms follow it."""
    posts = {int(old): new for old, new in passage.posts.items()}
    people: dict[int, int] = {}
    for person_id, office_id in Post.objects.filter(pk__in=posts.values()).values_list("person", "office"):
        if people.setdefault(person_id, office_id) != passage.to_office_id:
            people[person_id] = office_id
    change = passage.change
    return moving.Route(
        office=passage.office_id,
        to_office=passage.to_office_id,
        whole=passage.whole,
        note=f"chuyển sang {passage.to_office.name}: {change.label.lower()} theo {change.basis_text}"
        if passage.whole
        else f"chuyển sang đơn vị kế thừa: {change.label.lower()} theo {change.basis_text}",
        units={int(old): (office, unit) for old, (office, unit) in passage.units.items()},
        people=people,
        posts=posts,
    )
