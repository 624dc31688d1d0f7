"""Who acts. Built once per request by `organisations.queries.actor_for`, passed to every verb as `by`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from vanthu.kernel.refusals import NotAllowed

type OwnerKind = Literal["o", "u", "p", "a"]
type Restricted = Literal["full", "masked", "hidden"]


@dataclass(frozen=True, slots=True)
class Reach:
    """One owner whose participant rows an actor reads: office `o`, unit `u`, person `p` or archive `a`.

    `restricted` says what of a restricted item is seen through it; `files` whether files are; `via` names
    the colleague who delegated it. `offices` confines it to items of these offices (none = any): who works in
    another office now, or holds a post there too, does not take along what named them here. What was lent for one book
    or for some kinds of documents shows only these (`item_kinds`, `kinds`; none = all).
    """

    owner_kind: OwnerKind
    owner_id: int
    restricted: Restricted = "hidden"
    files: bool = True
    via: str = ""
    offices: tuple[int, ...] = ()
    item_kinds: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def confined(self) -> bool:
        """Whether it shows less than everything of its owner."""
        return bool(self.item_kinds or self.kinds)


@dataclass(frozen=True, slots=True)
class Scope:
    """How far a delegated power goes: these kinds of documents (none = all), this unit's (None = every unit's).

    `led_unit_id` is the unit of a giver who leads one; `beside` says that the receiver has the power elsewhere too.
    """

    power: str
    kinds: tuple[str, ...] = ()
    unit_id: int | None = None
    giver: str = ""
    led_unit_id: int | None = None
    beside: bool = False

    def concerns(self, unit_ids: tuple[int | None, ...]) -> bool:
        """Whether the power over a document of these units (none = it belongs to no unit) comes from here."""
        if not unit_ids:
            return not self.beside
        return self.led_unit_id in unit_ids or (self.led_unit_id is None and not self.beside)

    def covers(self, kind: str, unit_ids: Iterable[int | None]) -> bool:
        return (not self.kinds or kind in self.kinds) and self.unit_id in (None, *unit_ids)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at work in one office, or the system itself.

    `powers` are words such as "register"; `delegated` maps a power held only by delegation to the name of
    the colleague who gave it, so that acts are shown as done on their behalf. `unit_powers` are the pairs of a
    unit that the actor leads, or stands in for its head, and a power that they have over it. `scopes` say how far
    each delegated power goes. `room_id` is the room of practice when the office is invented: then nothing counts.
    `predecessor_ids` are the offices whose documents and books the office took over.
    """

    account_id: int | None = None
    person_id: int | None = None
    office_id: int | None = None
    unit_ids: tuple[int, ...] = ()
    post_ids: tuple[int, ...] = ()
    name: str = ""
    title: str = ""
    roles: frozenset[str] = frozenset()
    powers: frozenset[str] = frozenset()
    reaches: tuple[Reach, ...] = ()
    delegated: tuple[tuple[str, str], ...] = ()
    system: bool = False
    led_unit_ids: tuple[int, ...] = ()
    delegator_ids: tuple[int, ...] = ()
    unit_powers: frozenset[tuple[int, str]] = frozenset()
    scopes: tuple[Scope, ...] = ()
    room_id: int | None = None
    predecessor_ids: tuple[int, ...] = ()

    @classmethod
    def for_system(cls, office_id: int | None = None) -> "Actor":
        """The actor of jobs and commands, acting for one office or for the installation."""
        return cls(office_id=office_id, name="Hệ thống", system=True)

    def remembered(self) -> dict[str, Any]:
        """Who acted, as a job's JSON argument: the act was allowed, the job only goes on with it."""
        names = ("account_id", "person_id", "office_id", "name", "title")
        return {name: getattr(self, name) for name in names}

    @classmethod
    def going_on(cls, remembered: Mapping[str, Any]) -> "Actor":
        """The actor of a job that goes on with what this person was allowed to begin."""
        return cls(**remembered, system=True)

    @property
    def office(self) -> int:
        """The office acted in; raises `NotAllowed` for an actor without one."""
        if self.office_id is None:
            raise NotAllowed("Anh/chị chưa được gán chức vụ ở cơ quan nào.", code="no_post")
        return self.office_id

    @property
    def own_offices(self) -> tuple[int, ...]:
        """The office acted in and those whose documents and books it took over; raises as `office`."""
        return (self.office, *self.predecessor_ids)

    @property
    def person(self) -> int:
        """The person who acts; raises `NotAllowed` for the system."""
        if self.person_id is None:
            raise NotAllowed("Việc này phải do một người thực hiện.", code="no_person")
        return self.person_id

    @property
    def account(self) -> int:
        """The account signed in; raises `NotAllowed` for the system."""
        if self.account_id is None:
            raise NotAllowed("Việc này phải do một người đăng nhập thực hiện.", code="no_account")
        return self.account_id

    @property
    def offices(self) -> frozenset[int]:
        """The office acted in and those whose items it took over: there is all that the actor may see."""
        owned = {reach.owner_id for reach in self.reaches if reach.owner_kind in ("o", "a")}
        return frozenset(owned.union(*(reach.offices for reach in self.reaches), [self.office_id or 0]))

    def may(self, power: str) -> bool:
        """Whether the actor holds this power in their office."""
        return self.system or power in self.powers

    def require(self, power: str, message: str = "") -> None:
        """Raise `NotAllowed` unless the actor holds the power."""
        if not self.may(power):
            raise NotAllowed(message)

    def require_within(self, power: str, *, kind: str, unit_ids: Iterable[int | None] = ()) -> None:
        """Raise `NotAllowed` where a power held by delegation alone does not reach a document of this kind and unit."""
        units = tuple(unit_ids)
        if not self.reaches_with(power, kind=kind, unit_ids=units):
            lent = (scope for scope in self.scopes if scope.power == power and scope.concerns(units))
            givers = ", ".join(dict.fromkeys(scope.giver for scope in lent))
            raise NotAllowed(
                f"Văn bản này ngoài phạm vi ủy quyền của {givers}. Chờ người ủy quyền, hoặc đề nghị mở rộng phạm vi.",
                code="outside_delegation",
            )

    def reaches_with(self, power: str, *, kind: str, unit_ids: Iterable[int | None] = ()) -> bool:
        """Whether a power that the actor holds goes as far as a document of this kind and unit."""
        units = tuple(unit_ids)
        lent = [scope for scope in self.scopes if scope.power == power and scope.concerns(units)]
        return not lent or any(scope.covers(kind, units) for scope in lent)

    @property
    def open_reaches(self) -> tuple[Reach, ...]:
        """The reaches that show everything of their owners: what counts, lists tasks and searches goes by these."""
        return tuple(reach for reach in self.reaches if not reach.confined)

    def may_for_unit(self, power: str, unit_id: int | None) -> bool:
        """Whether the actor holds the power as the head of this unit, or by that head's delegation."""
        return unit_id is not None and (unit_id, power) in self.unit_powers

    def refuse_practice(self, message: str) -> None:
        """Raise `NotAllowed` in an invented office: what would leave it is not practised."""
        if self.room_id is not None:
            raise NotAllowed(message, code="only_practice")

    def behalf_of(self, power: str) -> str:
        """The name of the colleague on whose behalf a delegated power is used, or ""."""
        return dict(self.delegated).get(power, "")

    def acts_for(self, person_id: int | None) -> bool:
        """Whether the actor is this person or stands in for them by delegation."""
        return person_id is not None and (person_id == self.person_id or person_id in self.delegator_ids)

    def acts_as_any(self, roles: Iterable[str]) -> bool:
        return not self.roles.isdisjoint(roles)


SYSTEM = Actor.for_system()
