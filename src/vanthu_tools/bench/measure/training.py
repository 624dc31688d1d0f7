"""`vanthu bench practice`: many people practise at once, each in a room of their own that was made ahead."""

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from vanthu.documents.models import IncomingEntry
from vanthu.kernel.calendar import today
from vanthu.organisations import queries as organisations
from vanthu.organisations.models import Account
from vanthu.organisations.practice_models import PracticeRoom
from vanthu.practice import actions
from vanthu_tools.bench.measure.driving import Call, Client, Pace, Page, Sample, drive
from vanthu_tools.bench.measure.figures import Load, load_of
from vanthu_tools.bench.measure.machine import Watch
from vanthu_tools.bench.measure.percentiles import percentile
from vanthu_tools.bench.measure.run import Product
from vanthu_tools.bench.measure.seats import Seat, leave, session_of

type Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Training:
    """What was measured; `entering`: seconds that each needed to get in, all at once."""

    entering: Sequence[float]
    troubles: Sequence[str]
    load: Load


def people(wanted: int) -> list[Seat]:
    """So many people, signed in, who do not practise yet today."""
    busy = PracticeRoom.objects.filter(on=today(), owner__isnull=False).values("owner")
    found = Account.objects.filter(is_active=True, person__isnull=False).exclude(pk__in=busy).order_by("pk")
    seats: list[Seat] = []
    for account in found.select_related("person")[: wanted * 2]:
        here = organisations.seats_of(account)
        if here and len(seats) < wanted:
            actor = organisations.actor_for(account, here[0].office_id)
            session = session_of(account, here[0].office_id)
            seats.append(Seat(account.pk, "", "", here[0].office, actor, session, 0))
    return seats


def make_rooms(wanted: int, say: Say) -> None:
    """As the night does, until so many are spare; says how long each took."""
    missing = actions.missing(wanted)
    start = time.perf_counter()
    for number in range(missing):
        actions.furnish(actions.make_room(today()).pk)
        if number % 20 == 19:
            say(f"  {number + 1} of {missing} rooms")
    if missing:
        say(f"{missing} rooms made ahead: {(time.perf_counter() - start) / missing:.1f} s each.")


def train(product: Product, wanted: int, seconds: float, think: float, say: Say) -> Training:
    """All enter at the same moment; then they read what lies in their rooms, with time to think."""
    seats = people(wanted)
    try:
        say(f"{len(seats)} people enter at once …")
        entered = _enter(product.address, seats)
        pages = _pages(seats)
        say(f"They look around for {seconds:g} s, thinking {think:g} s …")
        watch = Watch(product.groups)
        done = drive(product.address, pages, Pace(len(seats), seconds, think))
        cpu, memory = watch.since(done.seconds)
        return Training(
            entering=[one.seconds for one in entered],
            troubles=[one.trouble for one in entered if one.trouble],
            load=load_of(done, pages, cpu={**cpu, "client": done.cpu}, memory=memory),
        )
    finally:
        leave(seats)


def _enter(address: tuple[str, int], seats: Sequence[Seat]) -> list[Sample]:
    def enter(seat: Seat) -> Sample:
        client = Client(*address)
        try:
            return client.ask("Enter", Call.form(seat, "/practice/enter"))
        finally:
            client.connection.close()

    with ThreadPoolExecutor(len(seats)) as pool:
        return list(pool.map(enter, seats))


def _pages(seats: Sequence[Seat]) -> list[Page]:
    """What the clerk of each room looks at: everybody begins in that part."""
    taken = dict(
        PracticeRoom.objects.filter(on=today(), owner__in=[seat.account_id for seat in seats]).values_list(
            "owner", "pk"
        )
    )
    entries = IncomingEntry.objects.filter(office__room__in=taken.values(), office__level="province")
    of_room: dict[int, list[int]] = {}
    for room_id, pk in entries.order_by("pk").values_list("office__room", "pk"):
        of_room.setdefault(room_id, []).append(pk)
    inside = [seat for seat in seats if seat.account_id in taken]
    papers = [(seat, pk) for seat in inside for pk in of_room[taken[seat.account_id]]]
    return [
        Page("Practice: desk", "page", _calls(inside, "/")),
        Page("Practice: incoming", "list", _calls(inside, "/incoming")),
        Page("Practice: an incoming document", "page", _each(papers)),
        Page("Practice: parts to play", "page", _calls(inside, "/practice/")),
    ]


def _calls(seats: Sequence[Seat], path: str) -> Iterator[Call]:
    return (Call(seat, path) for seat in itertools.cycle(seats))


def _each(papers: Sequence[tuple[Seat, int]]) -> Iterator[Call]:
    return (Call(seat, f"/incoming/{pk}") for seat, pk in itertools.cycle(papers))


def lines(found: Training) -> Iterator[str]:
    """The figures in words."""
    p50, p95 = percentile(found.entering, 50), percentile(found.entering, 95)
    yield (
        f"{len(found.entering)} people entered at the same moment: half within {p50:.1f} s, 95 % within {p95:.1f} s,"
        f" all within {max(found.entering):.1f} s; {len(found.troubles)} failed."
    )
    yield from itertools.islice(found.troubles, 5)
