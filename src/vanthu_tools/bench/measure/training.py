"""`vanthu bench practice`: many people practise at once, alone or several to a room, in rooms that were made ahead."""

import itertools
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from vanthu.documents.models import IncomingEntry
from vanthu.kernel.calendar import today
from vanthu.organisations import practice as rooms
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


@dataclass(frozen=True, slots=True)
class Trainee:
    """A signed-in person and the shared room of their office that they choose, None for their own."""

    seat: Seat
    office_id: int
    number: int | None


def people(wanted: int, together: int) -> list[Trainee]:
    """So many people, signed in, who do not practise yet today; `together` of an office share a room."""
    busy = PracticeRoom.objects.filter(on=today(), owner__isnull=False).values("owner")
    found = Account.objects.filter(is_active=True, person__isnull=False).exclude(pk__in=busy).order_by("pk")
    trainees: list[Trainee] = []
    of_office: Counter[int] = Counter()
    for account in found.select_related("person")[: wanted * 2]:
        here = organisations.seats_of(account)
        number = of_office[here[0].office_id] // together + 1 if here else 0
        if not here or number > rooms.SHARED or len(trainees) == wanted:
            continue
        office_id = here[0].office_id
        of_office[office_id] += 1
        actor = organisations.actor_for(account, office_id)
        seat = Seat(account.pk, "", "", here[0].office, actor, session_of(account, office_id), 0)
        trainees.append(Trainee(seat, office_id, number if together > 1 else None))
    return trainees


def make_rooms(trainees: Sequence[Trainee], say: Say) -> None:
    """As the night does, until every room that they want is spare; says how long each took."""
    wanted = {(one.office_id, one.number) if one.number else one.seat.account_id for one in trainees}
    missing = actions.missing(len(wanted))
    start = time.perf_counter()
    for number in range(missing):
        actions.furnish(actions.make_room(today()).pk)
        if number % 20 == 19:
            say(f"  {number + 1} of {missing} rooms")
    if missing:
        say(f"{missing} rooms made ahead: {(time.perf_counter() - start) / missing:.1f} s each.")


def train(product: Product, trainees: Sequence[Trainee], seconds: float, think: float, say: Say) -> Training:
    """All enter at the same moment; then they read what lies in their rooms, with time to think."""
    try:
        say(f"{len(trainees)} people enter at once …")
        entered = _enter(product.address, trainees)
        pages = _pages(trainees)
        say(f"They look around for {seconds:g} s, thinking {think:g} s …")
        watch = Watch(product.groups)
        done = drive(product.address, pages, Pace(len(trainees), seconds, think))
        cpu, memory = watch.since(done.seconds)
        return Training(
            entering=[one.seconds for one in entered],
            troubles=[one.trouble for one in entered if one.trouble],
            load=load_of(done, pages, cpu={**cpu, "client": done.cpu}, memory=memory),
        )
    finally:
        leave(one.seat for one in trainees)


def _enter(address: tuple[str, int], trainees: Sequence[Trainee]) -> list[Sample]:
    def enter(one: Trainee) -> Sample:
        client = Client(*address)
        try:
            return client.ask("Enter", Call.form(one.seat, "/practice/enter", number=one.number or ""))
        finally:
            client.connection.close()

    with ThreadPoolExecutor(len(trainees)) as pool:
        return list(pool.map(enter, trainees))


def _pages(trainees: Sequence[Trainee]) -> list[Page]:
    """What the clerk of each room looks at: everybody begins in that part."""
    taken: dict[int, int] = {}
    shared = {
        (one.home_id, one.number): one.pk for one in PracticeRoom.objects.filter(on=today(), owner=None)
    }
    own = {one.owner_id: one.pk for one in PracticeRoom.objects.filter(on=today(), home=None)}
    for one in trainees:
        room_id = shared.get((one.office_id, one.number)) if one.number else own.get(one.seat.account_id)
        if room_id is not None:
            taken[one.seat.account_id] = room_id
    entries = IncomingEntry.objects.filter(office__room__in=taken.values(), office__level="province")
    of_room: dict[int, list[int]] = {}
    for room_id, pk in entries.order_by("pk").values_list("office__room", "pk"):
        of_room.setdefault(room_id, []).append(pk)
    inside = [one.seat for one in trainees if one.seat.account_id in taken]
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
