"""What people look at: the addresses of every page of the product that is opened often."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import cycle
from typing import Any
from urllib.parse import quote

from vanthu.documents import queries as documents
from vanthu.documents.models import IncomingEntry, OutgoingEntry
from vanthu.kernel import participants
from vanthu.kernel.calendar import today
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.participants import Cursor
from vanthu.organisations.powers import Role
from vanthu.web.incoming import tabs as incoming_tabs
from vanthu.web.issuing import tabs as outgoing_tabs
from vanthu_tools.bench.measure.driving import Call, Page
from vanthu_tools.bench.measure.seats import PAGE, Seat, Seats

DEEP = 10_000  # rows before the deep page of a list, or the middle of a shorter one
STEP = 500
OPENED = 40  # documents per person that are opened
TABS = {
    "waiting": "to receive", "registered": "to present", "presented": "with a leader",
    "to_direct": "to direct", "to_assign": "to assign", "assigned": "in the unit", "to_do": "my tasks",
    "to_read": "for information", "directed": "being handled", "overdue": "overdue", "done": "done",
    "returned": "returned", "all": "all",
}  # fmt: skip


def reading_pages(seats: Seats) -> list[Page]:
    """All pages but search; those for which this database has nothing are left out."""
    everybody = seats.all
    found = [
        _each("Desk", "page", everybody, lambda _: "/"),
        _each("Badges of the menu", "page", everybody, lambda _: "/counters"),
        _each("Incoming, first page (ordinary person)", "list", [seats.ordinary], lambda _: "/incoming?tab=all"),
        _each("Incoming, first page (all-seeing person)", "list", [seats.everything], lambda _: "/incoming?tab=all"),
        _each("Incoming, first page as a fragment", "list", everybody, lambda _: "/incoming?tab=all", htmx=True),
        _each("Incoming, deep page", "list", everybody, _deep("/incoming?tab=all", "in")),
        *_incoming_tabs(everybody),
        *_outgoing_tabs(everybody),
        _each("Outgoing, deep page", "list", everybody, _deep("/outgoing?tab=issued", "out")),
        *_documents(everybody),
        _each("Work (dossiers)", "page", everybody, lambda _: "/work"),
        _each("Form of registration", "page", seats.of(Role.CLERK), lambda _: "/incoming/register"),
        _cards(seats.all),
        _each("API: my work", "page", everybody, lambda _: "/api/v1/work"),
        _each("API: incoming documents", "list", everybody, lambda _: "/api/v1/incoming"),
    ]  # fmt: skip
    return [page for page in found if page is not None]


def _page(name: str, group: str, calls: Sequence[Call]) -> Page | None:
    """The calls in turn, the people mixed; None where there are none."""
    return Page(name, group, cycle(random.Random(1).sample(calls, len(calls)))) if calls else None


def _each(
    name: str,
    group: str,
    seats: Iterable[Seat],
    address: Callable[[Seat], str],
    *,
    htmx: bool = False,
) -> Page | None:
    """One address per person, in turn; "" leaves a person out."""
    found = [(seat, address(seat)) for seat in seats]
    return _page(name, group, [Call(seat, path, htmx=htmx) for seat, path in found if path])


def _deep(base: str, kind: str) -> Callable[[Seat], str]:
    """The address of a page far down a person's list, "" where the list is too short to have one."""

    def address(seat: Seat) -> str:
        passed: list[tuple[datetime, int]] = []
        before: Cursor | None = None
        while len(passed) < DEEP:
            rows = participants.window(seat.actor, kind, before=before, limit=STEP)
            passed += [(row.at, row.item_id) for row in rows]
            if len(rows) < STEP:
                break
            before = Cursor(rows[-1].at, rows[-1].item_id)
        if len(passed) <= 2 * PAGE:
            return ""
        at, number = passed[-1] if len(passed) >= DEEP else passed[len(passed) // 2]
        return f"{base}&sau={quote(f'{at.isoformat()}_{number}')}"

    return address


def _incoming_tabs(seats: Iterable[Seat]) -> Iterator[Page | None]:
    """Each tab of the incoming list, for those who have it."""
    owners: defaultdict[str, list[Call]] = defaultdict(list)
    for seat in seats:
        late = participants.overdue(seat.actor, "in", on=today())
        for tab in incoming_tabs.tabs_for(seat.actor, participants.counts(seat.actor), len(late)):
            owners[tab.key].append(Call(seat, f"/incoming?tab={tab.key}"))
    for key, calls in owners.items():
        yield _page(f"Incoming, tab: {TABS.get(key, key)}", "list", calls)


def _outgoing_tabs(seats: Iterable[Seat]) -> Iterator[Page | None]:
    """What was issued, and what waits for the person."""
    owners: defaultdict[str, list[Call]] = defaultdict(list)
    for seat in seats:
        for tab in outgoing_tabs.tabs_for(seat.actor, participants.counts(seat.actor)):
            what = "issued" if tab.key == "issued" else "drafts"
            owners[what].append(Call(seat, f"/outgoing?tab={tab.key}"))
    for what, calls in owners.items():
        yield _page(f"Outgoing, {what}", "list", calls)


def _documents(seats: Iterable[Seat]) -> Iterator[Page | None]:
    """Documents that each person sees: the page, the preview beside the list, an image of a page."""
    opened: defaultdict[str, list[Call]] = defaultdict(list)
    for seat in seats:
        for row in participants.window(seat.actor, "in", limit=OPENED):
            opened["Incoming document"].append(Call(seat, f"/incoming/{row.item_id}"))
            preview = Call(seat, f"/incoming/{row.item_id}/preview", htmx=True)
            opened["Preview of an incoming document"].append(preview)
        for row in participants.window(seat.actor, "out", limit=OPENED):
            opened["Outgoing document"].append(Call(seat, f"/outgoing/{row.item_id}"))
            preview = Call(seat, f"/outgoing/{row.item_id}/preview", htmx=True)
            opened["Preview of an outgoing document"].append(preview)
        opened["Page image"] += [Call(seat, path) for path in _images(seat)]
    for name, calls in opened.items():
        yield _page(name, "page", calls)


def _images(seat: Seat) -> list[str]:
    """First pages of PDF files that the person may open."""
    found: list[str] = []
    kinds: tuple[tuple[str, Any], ...] = (("in", IncomingEntry), ("out", OutgoingEntry))
    for kind, model in kinds:
        rows = participants.window(seat.actor, kind, limit=2 * OPENED)
        open_ = [row.item_id for row in rows if not row.restricted]
        ids = model.objects.filter(pk__in=open_).values_list("document_id", flat=True)
        for files in documents.document_files(list(ids)).values():
            found += [f"/files/{one.pk}/1.png" for one in files if one.file.media_type == PDF]
    return found[:OPENED]


def _cards(seats: Iterable[Seat]) -> Page | None:
    """The leader's cards: what waits for a direction."""
    calls = [
        Call(seat, f"/incoming/{row.item_id}/direct")
        for seat in seats
        if seat.actor.may("direct")
        for row in participants.window(
            seat.actor, "in", states=("to_direct",), owner_kinds=("p",), limit=OPENED
        )
        if not row.restricted
    ]
    return _page("Card of a leader", "page", calls)
