"""The seven entries of the menu with the counts of what waits for this person."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse

from vanthu.kernel import participants
from vanthu.kernel.actor import Actor, OwnerKind
from vanthu.kernel.participants import Counts


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `name` is the URL name of its first page, `short` its word in the bar of a phone ("" = not there).

    `roles` are those that see it; none means everybody. `opens` is the page that it leads to, if not its first, for
    whoever does not only keep the archive.
    """

    name: str
    label: str
    icon: str
    short: str = ""
    roles: frozenset[str] = frozenset()
    opens: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as it is shown: with its address and the number of things that wait."""

    key: str
    label: str
    icon: str
    short: str
    url: str
    count: int
    hot: bool = False


WORKING = frozenset(
    {"clerk", "head", "deputy", "administration_head", "unit_head", "specialist", "archivist"}
)

BOOKKEEPING = frozenset({"clerk", "head", "deputy", "administration_head"})  # who holds print_books

ENTRIES = (
    Entry("desk", "Bàn làm việc", "home", "Bàn"),
    Entry("incoming", "Văn bản đến", "in", "Đến", WORKING),
    Entry("outgoing", "Văn bản đi", "out", "Đi", WORKING),
    Entry("work", "Công việc & hồ sơ", "folder", "", WORKING, opens="tasks"),
    Entry("calendar", "Lịch công tác", "cal", "Lịch", WORKING),
    Entry("reports", "Báo cáo", "chart", "", BOOKKEEPING),
    Entry("archive", "Kho tra cứu", "archive", "", WORKING),
)

# What waits for somebody: (owner kind, item kind, state) -> (entry that counts it, power that it takes).
DUTIES: Mapping[tuple[OwnerKind, str, str], tuple[str, str]] = {
    ("o", "in", "waiting"): ("incoming", "register"),
    ("o", "in", "registered"): ("incoming", "present"),
    ("o", "in", "recalled"): ("incoming", "register"),
    ("p", "in", "to_direct"): ("incoming", ""),
    ("u", "in", "to_assign"): ("incoming", "assign"),
    ("p", "in", "to_do"): ("incoming", ""),
    ("p", "draft", "returned"): ("outgoing", ""),
    ("u", "draft", "to_review"): ("outgoing", "review_content"),
    ("p", "draft", "to_review"): ("outgoing", "review_content"),
    ("p", "draft", "to_check"): ("outgoing", "review_form"),
    ("p", "draft", "to_issue"): ("outgoing", "number"),
    ("o", "draft", "form"): ("outgoing", "review_form"),
    ("p", "draft", "to_sign"): ("outgoing", ""),
    ("p", "draft", "to_opine"): ("outgoing", ""),
    ("u", "draft", "to_opine"): ("outgoing", "review_content"),
    ("o", "draft", "to_number"): ("outgoing", "number"),
    ("o", "draft", "signed"): ("outgoing", "number"),
    ("o", "draft", "to_scan"): ("outgoing", "number"),
    ("o", "draft", "numbered"): ("outgoing", "number"),
    ("p", "week", "to_approve"): ("calendar", "approve_schedule"),
    ("p", "week", "told"): ("calendar", ""),
    ("p", "appt", "told"): ("calendar", ""),
    ("u", "matter", "to_assign"): ("work", "assign"),
    ("p", "matter", "to_do"): ("work", ""),
    ("p", "notice", "unseen"): ("notices", ""),
}


@cache
def address(name: str) -> str:
    """The address of a page without parameters, or "" while no room offers it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


_MARK = 900_000_009  # stands in an address where the number of a thing goes; no other part of one has it


@cache
def _pattern(name: str) -> str:
    return reverse(name, args=[_MARK])


def page_address(name: str, pk: int) -> str:
    """The address of the page of one thing: `reverse(name, args=[pk])` at a tenth of the cost, for rows of lists."""
    return _pattern(name).replace(str(_MARK), str(pk))


def badges(by: Actor) -> dict[str, int]:
    """{entry: how many things the actor must do}. One query on the counters."""
    return badges_of(participants.counts(by), by)


def badges_of(counts: Counts, by: Actor) -> dict[str, int]:
    """The same from counts that were read already."""
    sums: dict[str, int] = {}
    for row, number in counts.items():
        entry, power = DUTIES.get(row, ("", ""))
        if entry and (not power or by.may(power)):
            sums[entry] = sums.get(entry, 0) + number
    return sums


def menu(by: Actor, waiting: Counts) -> list[Item]:
    """The entries that the actor's posts open, in their order, with counts of what waits."""
    counts = badges_of(waiting, by)
    return [
        Item(one.name, one.label, one.icon, one.short, url, counts.get(one.name, 0))
        for one in ENTRIES
        if (url := _first_page(one, by)) and (not one.roles or by.acts_as_any(one.roles))
    ]


def _first_page(one: Entry, by: Actor) -> str:
    return address(one.opens if one.opens and not by.may("take_over") else one.name)


@cache
def _places() -> tuple[tuple[str, str], ...]:
    """(address, entry) of the menu, the longest address first."""
    found = [(url, one.name) for one in ENTRIES if (url := address(one.name))]
    return tuple(sorted(found, key=lambda place: (len(place[0]), place[1]), reverse=True))


def here(path: str) -> str:
    """The entry to which an address belongs: the longest that it begins with; the desk only by itself."""
    for url, name in _places():
        if path == url or (url != "/" and path.startswith(url)):
            return name
    search = address("search")
    return "search" if search and path.startswith(search) else ""
