"""Who practises where: rooms are taken, parts chosen, and a real person acts in the part of an invented one.

What they do is recorded as done by their account and under their own name; what counts for the invented office are
the powers and the sight of the part. A room, its offices and posts are valid for one day: after midnight nobody is
in it any more, and lists, counters and reports of real offices never knew it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.core.cache import caches
from django.db import IntegrityError, transaction
from django.db.models import Count

from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now, today
from vanthu.kernel.refusals import Conflict, Invalid, NotFound
from vanthu.organisations import queries
from vanthu.organisations.models import Account, Post
from vanthu.organisations.powers import Role
from vanthu.organisations.practice_models import PracticeRoom
from vanthu.organisations.practice_sector import Sector, sector_of

SHARED = 20  # rooms that the people of an office may share in a day
_ACTORS, _FRESH_SECONDS = "actors", 60
_BACK = timedelta(days=7)


class PracticeOver(Conflict):
    """The room in which somebody practised is closed: its day is over."""

    code = "practice_over"
    default = (
        "Phòng thực hành đã đóng lúc nửa đêm; việc thực hành không được giữ lại."
        " Anh/chị đã trở về cơ quan thật. Muốn thực hành tiếp, vào lại từ trình đơn Thực hành."
    )


@dataclass(frozen=True, slots=True)
class Seat:
    """A part that may be played in a room: the post, and how it is called."""

    post_id: int
    office: str
    person: str
    title: str
    role: str


def actor_for(account: Account, post_id: int) -> Actor:
    """The account's person in the part of this post; raises `PracticeOver` once the day, or their right to it, is.

    Cached like the actor of a real office.
    """
    key = f"part:{account.pk}:{account.rights_version}:{post_id}:{today()}"
    cached: Actor | None = caches[_ACTORS].get(key)
    if cached is None:
        cached = _build(account, post_id)
        caches[_ACTORS].set(key, cached, _FRESH_SECONDS)
    return cached


def _build(account: Account, post_id: int) -> Actor:
    post = (
        queries.valid(Post.objects.filter(pk=post_id, office__room__on=today()))
        .select_related("person", "office__room", "unit")
        .first()
    )
    if post is None or post.office.room is None or not _may_enter(account, post.office.room):
        raise PracticeOver()
    actor = queries.actor_in([post], account_id=account.pk)
    name = account.person.full_name if account.person else account.username
    return replace(actor, name=name, title=f"{post.title} (thực hành)")


def _may_enter(account: Account, room: PracticeRoom) -> bool:
    """One's own room, and those of the offices in which one really works."""
    if room.owner_id is not None:
        return room.owner_id == account.pk
    return room.home_id in {seat.office_id for seat in queries.seats_of(account)}


def in_part(post: Post) -> Actor:
    """The invented person of a post, who did what lies ready in a room before somebody enters it."""
    return queries.actor_in([post], account_id=None)


def taken(number: int | None, *, by: Actor) -> PracticeRoom | None:
    """Today's room of this actor alone (None) or the one of this number of their office, if it was taken already."""
    return PracticeRoom.objects.filter(on=today(), **_key(number, by)).first()


def spare_room() -> PracticeRoom | None:
    """A room of today that nobody took yet, locked until commit; rooms that others are just taking are passed over."""
    rows = PracticeRoom.objects.select_for_update(skip_locked=True).filter(on=today(), taken_at=None)
    return rows.order_by("pk").first()


@transaction.atomic
def take(room: PracticeRoom, number: int | None, *, by: Actor) -> PracticeRoom:
    """Give a spare room to this actor or to their office; where a colleague was just faster, theirs is returned."""
    wanted = _key(number, by)
    try:
        with transaction.atomic():
            PracticeRoom.objects.filter(pk=room.pk, taken_at=None).update(taken_at=now(), **wanted)
    except IntegrityError:
        return PracticeRoom.objects.get(on=room.on, **wanted)
    room.refresh_from_db()
    return room


def _key(number: int | None, by: Actor) -> dict[str, int]:
    if number is None:
        return {"owner_id": by.account}
    if not 1 <= number <= SHARED:
        raise Invalid(f"Chọn phòng chung từ 1 đến {SHARED}.")
    return {"home_id": by.office, "number": number}


@transaction.atomic
def note_entered(room: PracticeRoom, *, by: Actor) -> None:
    """The person went to practise: an act that the ledger of their real office knows."""
    where = f"phòng chung {room.number}" if room.number else "phòng riêng"
    ledger.record("organisations.practice_entered", room, by=by, note=f"vào thực hành ({where})")


def seats_in(room_id: int) -> Sequence[Seat]:
    """The parts of a room in their order, the province's first. Cached: they are the same all day."""
    key = f"parts:{room_id}"
    cached: Sequence[Seat] | None = caches[_ACTORS].get(key)
    if cached is None:
        cached = _seats_in(room_id)
        caches[_ACTORS].set(key, cached, _FRESH_SECONDS)
    return cached


def _seats_in(room_id: int) -> Sequence[Seat]:
    rows = queries.valid(Post.objects.filter(office__room=room_id)).select_related("person", "office", "unit")
    found = sorted(rows, key=lambda post: (_ORDER.get(post.office.level, 9), _RANK.index(post.role), post.pk))
    return tuple(
        Seat(
            post.pk,
            post.office.short_name,
            post.person.full_name,
            post.title
            if post.unit is None or post.unit.is_administration
            else f"{post.title}, {post.unit.short_name}",
            Role(post.role).label,
        )
        for post in found
    )


_ORDER = {"province": 0, "region": 1, "supreme": 2}
_RANK = (
    Role.CLERK, Role.HEAD, Role.DEPUTY, Role.ADMINISTRATION_HEAD, Role.UNIT_HEAD, Role.SPECIALIST, Role.ARCHIVIST,
    Role.ADMINISTRATOR, Role.INSPECTOR,
)  # fmt: skip


def first_seat(room: PracticeRoom) -> int:
    """The part with which everything begins: the clerk of the province."""
    return sector_of(room).posts["clerk"].pk


def room(pk: int) -> PracticeRoom:
    """One room; raises `NotFound`."""
    found = PracticeRoom.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound("Không tìm thấy phòng thực hành này.")
    return found


def sector(room_id: int) -> Sector:
    """The sector of a room; raises `NotFound`."""
    return sector_of(room(room_id))


def begin_furnishing(pk: int) -> bool:
    """Whether nobody furnished the room yet, nor is just doing it; from now on somebody did."""
    return bool(PracticeRoom.objects.filter(pk=pk, furnished_at=None).update(furnished_at=now()))


def spares(on: date) -> int:
    """How many rooms of a day nobody took yet."""
    return PracticeRoom.objects.filter(on=on, taken_at=None).count()


def taken_rooms(on: date) -> int:
    """How many rooms of a day somebody took."""
    return PracticeRoom.objects.filter(on=on, taken_at__isnull=False).count()


def busiest() -> int:
    """The most rooms that were taken in one day of the last week: so many are likely to be wanted again."""
    since = today() - _BACK
    rows = PracticeRoom.objects.filter(on__gte=since, taken_at__isnull=False).values("on")
    return max(rows.annotate(rooms=Count("pk")).values_list("rooms", flat=True), default=0)
