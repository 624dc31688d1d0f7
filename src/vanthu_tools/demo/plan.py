"""The whole story of the demonstration sector until the evening before a given day: always the same for that day."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from functools import cache
from random import Random

from vanthu.documents import periods, series
from vanthu.documents.kinds import by_code
from vanthu_tools.demo import ground, texts
from vanthu_tools.demo.cast import MAIN
from vanthu_tools.demo.clock import last_working_day, moment
from vanthu_tools.demo.delivering import Carrier
from vanthu_tools.demo.drafting import HISTORY_DAYS, UNFINISHED, Drafter
from vanthu_tools.demo.handling import Handler
from vanthu_tools.demo.offices import SUPREME
from vanthu_tools.demo.story import Arrival, Departure, DossierStory, DraftStory, Plan
from vanthu_tools.demo.subjects.words import Words
from vanthu_tools.demo.units import units_by_key
from vanthu_tools.demo.writing import Writer

SEED = 33
PER_KIND = frozenset({SUPREME, "pt.hn"})
"""Offices that number every kind by itself; the others keep one book for all administrative kinds."""

DOSSIER_OFFICES = ("bac_ninh", SUPREME, "bac_ninh.kv7", "hai_phong", *ground.PREDECESSORS)
RETENTIONS = (0, 20, 20, 10, 10, 5)  # years; 0 for ever
DOSSIER_SIZE = (2, 9)


ATTEMPTS = 12


@cache
def plan(today: date) -> Plan:
    """Everything, in the order in which it happened; the first of some tellings in which the cast has work."""
    for attempt in range(ATTEMPTS):
        story = tell(today, attempt)
        if is_full(story):
            break
    return story


def is_full(story: Plan) -> bool:
    """Whether every desk of the cast shows something on the day of loading."""
    here = [one for one in story.arrivals if one.office == MAIN]
    states = Counter(one.state for one in here)
    open_for = {one.handler for one in here if one.state == "directed"}
    overdue = [one for one in here if one.state == "directed" and one.due_on and one.due_on < story.today]
    waiting_for = Counter(one.leader for one in here if one.state == "presented")
    return (
        states["waiting"] >= 4
        and states["registered"] >= 2
        and len(overdue) >= 3
        and waiting_for["minh.pvt"] >= 3
        and waiting_for["lam.vientruong"] >= 1
        and open_for >= {"khai.p1", "hieu.p8", "linh.p9"}
    )


def tell(today: date, attempt: int) -> Plan:
    """One telling; the same day and attempt always give the same."""
    random = Random(f"{SEED} {today.isoformat()} {attempt}")
    last = last_working_day(today)
    writer = Writer(random, last)
    handler = Handler(random, writer, last)
    carrier = Carrier(random, handler)
    departures = sorted(writer.departures(), key=lambda one: one.numbered_at)
    for departure in departures:
        carrier.deliver(departure)
    for receiver, paper, channel in writer.elsewhere():
        carrier.arrivals.append(handler.arrive(paper, receiver, moment(random, paper.issued_on), channel))
    replies = list(handler.replies)
    for reply in replies:
        carrier.deliver(reply)
    departures = sorted([*departures, *replies], key=lambda one: one.numbered_at)
    void_one(random, departures)
    number_departures(departures)
    number_arrivals(carrier.arrivals)
    for departure in departures:
        carrier.settle(departure)
    drafts = draft_stories(Drafter(random, writer, last), carrier.arrivals, departures, last)
    dossiers = dossier_stories(random, carrier.arrivals, departures, last)
    return Plan(today, carrier.arrivals, departures, drafts, dossiers)


def draft_stories(
    drafter: Drafter, arrivals: list[Arrival], departures: list[Departure], last: date
) -> list[DraftStory]:
    """Unfinished drafts and the histories of what was issued lately."""
    answerable = [one for one in arrivals if one.state == "directed" and one.handler]
    stories = list(drafter.unfinished(answerable))
    since = last - timedelta(days=HISTORY_DAYS)
    recent = [one for one in departures if one.paper.issued_on >= since and one.office in UNFINISHED]
    return stories + [drafter.issued(one) for one in recent if not one.voided_reason]


def void_one(random: Random, departures: list[Departure]) -> None:
    """One number of the main province was voided; it went to nobody."""
    alone = [one for one in departures[-600:-80] if one.office == "bac_ninh" and not one.replies_to]
    chosen = random.choice([one for one in alone if all(sending.arrival is None for sending in one.sendings)])
    chosen.voided_reason, chosen.sendings = texts.VOIDED, []


def number_departures(departures: list[Departure]) -> None:
    """Numbers of all series, without a gap, in order of time."""
    last: defaultdict[tuple[str, str, str], int] = defaultdict(int)
    for departure in departures:
        kind = by_code(departure.paper.kind)
        departure.scope = series.scope_of(kind, common=departure.office not in PER_KIND)
        departure.period = periods.of_kind(kind, departure.paper.issued_on).name
        key = (departure.office, departure.scope, departure.period)
        last[key] += 1
        departure.number = last[key]
        departure.paper.number = f"{departure.number:02d}"


def number_arrivals(arrivals: list[Arrival]) -> None:
    """Arrival numbers of every office and year, without a gap, in order of registration."""
    last: defaultdict[tuple[str, int], int] = defaultdict(int)
    registered = [one for one in arrivals if one.registered_at is not None]
    for arrival in sorted(registered, key=lambda one: one.registered_at or one.arrived_at):
        year = (arrival.registered_at or arrival.arrived_at).year
        last[arrival.office, year] += 1
        arrival.arrival_number = last[arrival.office, year]


def dossier_stories(
    random: Random, arrivals: list[Arrival], departures: list[Departure], last: date
) -> list[DossierStory]:
    """Dossiers of the units, with what was handled in them."""
    items: defaultdict[tuple[str, str | None, str, int], list[Arrival | Departure]] = defaultdict(list)
    for arrival in arrivals:
        if arrival.handler and arrival.assigned_at:
            items[
                arrival.office, handling_unit(arrival), arrival.paper.unit, arrival.assigned_at.year
            ].append(arrival)
    for departure in departures:
        if not departure.voided_reason:
            key = (departure.office, departure.unit, departure.paper.unit, departure.paper.issued_on.year)
            items[key].append(departure)
    stories: list[DossierStory] = []
    for (office, unit, field, year), found in items.items():
        if office in DOSSIER_OFFICES:
            stories += dossiers_of(random, office, unit, field, year, found, last)
    return notated(stories)


def handling_unit(arrival: Arrival) -> str | None:
    """The unit that leads the handling."""
    lead = next(one for one in arrival.assignees if one.role == "lead")
    return lead.key if lead.is_unit else None


def dossiers_of(
    random: Random,
    office: str,
    unit: str | None,
    field: str,
    year: int,
    items: list[Arrival | Departure],
    last: date,
) -> list[DossierStory]:
    """A dossier for each title of the field; older ones are closed or handed over."""
    stories = []
    titles = texts.DOSSIERS.get(field, texts.DOSSIERS["VP"])
    free = list(items)
    for title in titles:
        size = random.randint(*DOSSIER_SIZE)
        chosen = [free.pop(random.randrange(len(free))) for _ in range(min(size, len(free)))]
        if len(chosen) < 2:
            continue
        chosen.sort(key=item_day)
        day = item_day(chosen[0])
        words = Words(random, ground.ground(office), day)
        age = (last - item_day(chosen[-1])).days
        state = "handed_over" if age > 400 else "closed" if age > 120 else "open"
        ended = None if state == "open" else item_day(chosen[-1]) + timedelta(days=random.randint(5, 20))
        keeper = ground.worker(random, office, unit).person
        stories.append(
            DossierStory(
                office,
                unit,
                keeper,
                title.format_map(words),
                random.choice(RETENTIONS),
                state,
                day,
                ended,
                chosen,
            )
        )
    return stories


def item_day(item: Arrival | Departure) -> date:
    """When an item came into its dossier."""
    if isinstance(item, Departure):
        return item.paper.issued_on
    return (item.assigned_at or item.directed_at or item.arrived_at).date()


def notated(stories: list[DossierStory]) -> list[DossierStory]:
    """Ordinals and notations (`07.P1`) per office, unit and year, in order of their first day."""
    last: defaultdict[tuple[str, str | None, int], int] = defaultdict(int)
    for story in sorted(stories, key=lambda one: one.started_on):
        key = (story.office, story.unit, story.started_on.year)
        last[key] += 1
        story.ordinal = last[key]
        code = units_by_key()[story.unit].code if story.unit else "VKS"
        story.notation = f"{story.ordinal:02d}.{code}"
    return stories
