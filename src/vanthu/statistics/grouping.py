"""Figures that one statement counted in several ways, as groups of lines with names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from vanthu.documents import kinds
from vanthu.documents.states import Channel, Medium
from vanthu.statistics import names
from vanthu.statistics.periods import Group


class Line(Protocol):
    """What lines are put in order by."""

    @property
    def label(self) -> str: ...
    @property
    def total(self) -> int: ...
    @property
    def overdue(self) -> int: ...


_LABELS: dict[str, Callable[[str], str]] = {
    "kind": lambda code: kinds.by_code(code).name,
    "medium": lambda value: Medium(value).label,
    "channel": lambda value: Channel(value).label,
}


def grouped[L: Line](
    rows: Sequence[tuple[Any, ...]], headings: Mapping[str, str], line: Callable[..., L], *, nowhere: str
) -> list[Group[L]]:
    """Groups of lines, the total first, in each the worst on top. Two queries.

    `headings` names the ways of counting, unit and person first; a row of `GROUP BY GROUPING SETS` says for each of
    them whether it was left out, then gives its value, then the figures. `nowhere` is what belongs to no unit.
    """
    ways = tuple(headings)
    units = names.units(row[len(ways)] for row in rows if not row[0])
    people = names.people(row[len(ways) + 1] for row in rows if not row[1])
    found: dict[str, list[L]] = {way: [] for way in ("total", *ways)}
    for row in rows:
        left_out, figures = row[: len(ways)], row[2 * len(ways) :]
        values = dict(zip(ways, row[len(ways) : 2 * len(ways)], strict=True))
        way = _way(ways, left_out)
        if way == "person" and not values["person"]:
            continue
        place = units.get(values["unit"] or 0, nowhere)
        if way == "person":
            label = f"{people.get(values['person'], 'Người đã chuyển đi')} ({place})"
        elif way == "unit":
            label = place
        else:
            label = _LABELS[way](values[way]) if way in _LABELS else "Tổng số"
        found[way].append(line(label, *map(int, figures)))
    for lines in found.values():
        lines.sort(key=lambda one: (-one.overdue, -one.total, one.label))
    return [Group(headings.get(way, ""), tuple(lines)) for way, lines in found.items() if lines]


def _way(ways: Sequence[str], left_out: Sequence[int]) -> str:
    """How a row was counted: people are counted within their units."""
    if not left_out[ways.index("person")]:
        return "person"
    return next((way for way, absent in zip(ways, left_out, strict=True) if not absent), "total")
