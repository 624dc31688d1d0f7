"""The seven entries of the menu with the counts of what waits for this person."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from vanthu.kernel import participants
from vanthu.kernel.actor import Actor, OwnerKind

type Counts = Mapping[tuple[OwnerKind, str, str], int]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `name` is the URL name of its first page, `short` its word in the bar of a phone ("" = not there).

    `roles` are those that see it; none means everybody.
    """

    name: str
    label: str
    icon: str
    short: str = ""
    roles: frozenset[str] = frozenset()


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

ENTRIES = (
    Entry("desk", "Bàn làm việc", "home", "Bàn"),
    Entry("incoming", "Văn bản đến", "in", "Đến", WORKING),
    Entry("outgoing", "Văn bản đi", "out", "Đi", WORKING),
    Entry("work", "Công việc & hồ sơ", "folder", "", WORKING),
    Entry("calendar", "Lịch công tác", "cal", "Lịch", WORKING),
    Entry("reports", "Báo cáo", "chart", "", WORKING),
    Entry("archive", "Kho tra cứu", "archive", "", WORKING),
)

# What an owner must do: (entry, item kind, owner kind, state, power). States of a person begin with "to_".
OFFICE_DUTIES = (
    ("incoming", "in", "o", "waiting", "register"),
    ("incoming", "in", "o", "registered", "present"),
    ("outgoing", "draft", "o", "signed", "number"),
)
ENTRY_OF_KIND = {"in": "incoming", "draft": "outgoing", "out": "outgoing", "dossier": "work"}


def address(name: str) -> str:
    """The address of a page without parameters, or "" while no room offers it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def badges(by: Actor) -> dict[str, int]:
    """{entry: how many things the actor must do}. One query on the counters."""
    return badges_of(participants.counts(by), by)


def badges_of(counts: Counts, by: Actor) -> dict[str, int]:
    """The same from counts that were read already."""
    sums: dict[str, int] = {}
    for (owner, kind, state), number in counts.items():
        mine = owner == "p" and state.startswith("to_")
        my_units = owner == "u" and state == "to_assign" and by.may("assign")
        own = ENTRY_OF_KIND.get(kind, "") if mine or my_units else ""
        entry = own or _duty_of_office(kind, owner, state, by)
        if entry:
            sums[entry] = sums.get(entry, 0) + number
    return sums


def _duty_of_office(kind: str, owner: str, state: str, by: Actor) -> str:
    for entry, *row, power in OFFICE_DUTIES:
        if row == [kind, owner, state] and by.may(power):
            return entry
    return ""


def menu(by: Actor) -> list[Item]:
    """The entries that the actor's posts open, in their order, with counts."""
    counts = badges(by)
    return [
        Item(one.name, one.label, one.icon, one.short, url, counts.get(one.name, 0))
        for one in ENTRIES
        if (url := address(one.name)) and (not one.roles or by.acts_as_any(one.roles))
    ]


def here(path: str) -> str:
    """The entry to which an address belongs: the longest that it begins with; the desk only by itself."""
    found = [(url, one.name) for one in ENTRIES if (url := address(one.name))]
    fits = [(len(url), name) for url, name in found if path == url or (url != "/" and path.startswith(url))]
    if fits:
        return max(fits)[1]
    search = address("search")
    return "search" if search and path.startswith(search) else ""
