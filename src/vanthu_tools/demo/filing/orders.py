"""What files are to be made, in which order: what somebody may open in the first minute comes first."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Literal

from django.conf import settings

from vanthu_tools.demo.cast import MAIN, STAFFED
from vanthu_tools.demo.loading.ids import Ids
from vanthu_tools.demo.story import Arrival, Departure, DraftStory, Paper, Plan

type Work = Literal["letter", "scan", "draft", "sign"]

SIGNED = 36
"""So many documents issued last are really signed by their signer and sealed by their office."""

SCANNED = 220
"""So many of the papers that came last through the scanner are images."""

FIRST = 24
"""So many open entries right after what waits for a signature in the main province."""

READY = frozenset({"approval", "signed"})
"""Drafts that somebody may sign or issue in the first minute."""

OPEN = frozenset({"waiting", "registered", "presented", "directed"})


@dataclass(frozen=True, slots=True)
class Order:
    """A file of document or draft `id`. `matter` and `seed` give the same text whenever it is made.

    `read` has it read at once, so that its words are found; the others are read in their hour.
    """

    work: Work
    id: int
    matter: str
    seed: int
    pages: int = 1
    read: bool = False


def place() -> Path:
    """Where the orders wait for the worker."""
    return Path(settings.VAR_DIR) / "demo-files.json"


def write(plan: Plan, ids: Ids) -> int:
    """Write all orders down; returns how many."""
    orders = orders_of(plan, ids)
    place().parent.mkdir(parents=True, exist_ok=True)
    place().write_text(json.dumps([asdict(one) for one in orders], ensure_ascii=False), encoding="utf-8")
    return len(orders)


def read() -> list[Order]:
    """The orders, in their order; none outside a demonstration."""
    if not place().exists():
        return []
    return [Order(**one) for one in json.loads(place().read_text(encoding="utf-8"))]


def orders_of(plan: Plan, ids: Ids) -> list[Order]:
    """Open entries of the staffed offices, drafts, signed documents, then everything else, the newest first."""
    arrivals = sorted(plan.arrivals, key=lambda one: one.arrived_at, reverse=True)
    scans = {id(one.paper) for one in [one for one in arrivals if one.channel == "scan"][:SCANNED]}
    signed = newest_signed(plan)
    done: set[int] = set()

    def letters(papers: list[Paper]) -> list[Order]:
        fresh = [one for one in dict.fromkeys(papers) if id(one) not in done]
        done.update(id(one) for one in fresh)
        return [letter_order(one, ids, scan=id(one) in scans) for one in fresh]

    really = {id(one.departure.paper): one for one in signed if one.departure}
    done.update(really)
    urgent = [one.paper for one in arrivals if one.state in OPEN and one.office in STAFFED]
    unfinished = [one for one in plan.drafts if one.departure is None]
    everything: list[Arrival | Departure] = [*arrivals, *plan.departures]
    rest = [one.paper for one in sorted(everything, key=day_of, reverse=True)]
    drafts = [draft_order("draft", one, ids) for one in sorted(unfinished, key=urgency_of_draft)]
    ready = sum(one.state in READY for one in unfinished)
    main = sum(one.state in READY and one.office == MAIN for one in unfinished)
    return [
        *drafts[:main],
        *(replace(one, read=True) for one in letters(urgent[:FIRST])),
        *drafts[main:ready],
        *(draft_order("sign", one, ids) for one in signed),
        *letters(urgent),
        *drafts[ready:],
        *letters(rest),
    ]


def newest_signed(plan: Plan) -> list[DraftStory]:
    """The drafts of what was issued last in the staffed offices, signed by a leader."""
    issued = [one for one in plan.drafts if one.departure and one.office in STAFFED]
    issued.sort(key=lambda one: one.departure.numbered_at if one.departure else one.created_at, reverse=True)
    since = plan.today - timedelta(days=10)
    return [one for one in issued if one.created_at.date() >= since][:SIGNED]


def letter_order(paper: Paper, ids: Ids, *, scan: bool) -> Order:
    return Order("scan" if scan else "letter", ids.documents[id(paper)], paper.unit, paper.seed, paper.pages)


def draft_order(work: Work, one: DraftStory, ids: Ids) -> Order:
    return Order(work, ids.drafts[id(one)], one.matter, one.seed)


def day_of(one: Arrival | Departure) -> tuple[int, int]:
    """Newer first, by the date of the document."""
    return one.paper.issued_on.toordinal(), one.paper.seed


def urgency_of_draft(one: DraftStory) -> tuple[bool, bool, int]:
    """What waits for the clerk or for a signature comes first, the main province before the others."""
    order = ("signed", "approval", "form", "content", "drafting")
    rank = order.index(one.state) if one.state in order else len(order)
    return one.state not in READY, one.office != MAIN, rank
