"""Who sits at the browsers of the benchmark: people of big and small offices, already signed in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db.models import Sum

from vanthu.kernel.actor import Actor
from vanthu.kernel.models import Counter
from vanthu.organisations import queries
from vanthu.organisations.models import Account, Level, Office, Post
from vanthu.organisations.powers import Role
from vanthu.web.shell.seats import OFFICE

PAGE = 50  # rows of a full page of a list
LEVELS = (Level.SUPREME, Level.PROVINCE, Level.REGION)
ROLES = (
    Role.CLERK, Role.HEAD, Role.DEPUTY, Role.ADMINISTRATION_HEAD, Role.UNIT_HEAD, Role.SPECIALIST,
)  # fmt: skip

type Rows = dict[str, dict[int, int]]  # {kind of owner: {owner: incoming documents}}


@dataclass(frozen=True, slots=True)
class Seat:
    """A signed-in person. `rows`: incoming documents that they see through office, unit or name, whichever has most."""

    account_id: int
    role: str
    level: str
    office_name: str
    actor: Actor
    session: str
    rows: int


@dataclass(frozen=True, slots=True)
class Seats:
    """Everybody at the browsers. Nobody in the product sees the whole sector: the widest sight is the head's of
    the office with the most documents, and that is who `everything` is; `ordinary` is a specialist with a full list.
    """

    all: tuple[Seat, ...]
    everything: Seat
    ordinary: Seat

    def of(self, *roles: str, level: str = "") -> list[Seat]:
        """Those with one of these roles (at this level)."""
        return [seat for seat in self.all if seat.role in roles and level in ("", seat.level)]


def sit_down() -> Seats:
    """One person per role from a big office of each level, and from a middling region; sessions are made for them."""
    owned = _rows_of("o")
    offices = list(_offices(owned))
    assert offices, "the database has no office with documents and people: load it first"
    counted: Rows = {"o": owned, "p": _rows_of("p"), "u": _rows_of("u")}
    seats = [seat for office in offices for seat in _seats_in(office, counted)]
    heads = [seat for seat in seats if seat.role == Role.HEAD] or seats
    ordinary = [seat for seat in seats if seat.role == Role.SPECIALIST] or seats
    full = [seat for seat in ordinary if seat.rows >= PAGE]
    return Seats(
        all=tuple(seats),
        everything=max(heads, key=lambda seat: seat.rows),
        ordinary=(full or sorted(ordinary, key=lambda seat: -seat.rows))[0],
    )


def _rows_of(owner_kind: str) -> dict[int, int]:
    """{owner: incoming documents} as the counters say."""
    rows = Counter.objects.filter(owner_kind=owner_kind, item_kind="in").values("owner_id")
    return {row["owner_id"]: row["total"] for row in rows.annotate(total=Sum("n")).order_by()}


def _offices(owned: dict[int, int]) -> Iterator[Office]:
    """The biggest office of each level that has people with accounts, and the region in the middle."""
    staffed = set(
        Post.objects.filter(
            person__in=Account.objects.filter(is_active=True, person__isnull=False).values("person"),
            valid_to_on=None,
            role=Role.CLERK,
        ).values_list("office_id", flat=True)
    )
    found = Office.objects.filter(pk__in=staffed & owned.keys())
    for level in LEVELS:
        here = sorted((one for one in found if one.level == level), key=lambda one: -owned[one.pk])
        yield from here[:1]
        if level == Level.REGION and len(here) > 2:
            yield here[len(here) // 2]


def _seats_in(office: Office, counted: Rows) -> Iterator[Seat]:
    """One person per role; of several specialists the middle one of those with a full list, else the busiest."""
    posts = queries.valid_posts(office_id=office.pk)
    accounts = {
        one.person_id: one
        for one in Account.objects.filter(person__in=[post.person_id for post in posts], is_active=True)
    }
    named = counted["p"]
    for role in ROLES:
        here = [post for post in posts if post.role == role and post.person_id in accounts]
        if not here:
            continue
        here.sort(key=lambda post: -named.get(post.person_id, 0))
        full = [post for post in here if named.get(post.person_id, 0) >= PAGE]
        post = full[len(full) // 2] if full else here[0]
        yield seat_for(accounts[post.person_id], office, post.role, counted)


def seat_for(account: Account, office: Office, role: str, counted: Rows) -> Seat:
    """Sign the account in, to work in this office."""
    actor = queries.actor_for(account, office.pk)
    rows = [counted.get(reach.owner_kind, {}).get(reach.owner_id, 0) for reach in actor.reaches]
    session = session_of(account, office.pk)
    return Seat(account.pk, role, office.level, office.short_name, actor, session, max(rows, default=0))


def session_of(account: Account, office_id: int) -> str:
    """A session as signing in makes it; returns its key."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(account.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store[OFFICE] = office_id
    store.create()
    key: str = store.session_key
    return key


def leave(seats: Iterable[Seat]) -> None:
    """Sign everybody out."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for seat in seats:
        store(seat.session).delete()
