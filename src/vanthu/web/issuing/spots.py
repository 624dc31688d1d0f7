"""The pages of a version with the remarks that lie on them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vanthu.web.files.pages import PageImage, pages_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vanthu.issuing.models import Mark, Version
    from vanthu.web.issuing.form_check import FindingRow

_MARGIN = 18  # points from the edge of the page where a remark without a place has its number
_NUMBER_WIDTH = 19


def newest_pages(version: Version | None) -> tuple[PageImage, ...]:
    """The most finished file of a version: issued, signed, prepared, PDF."""
    if version is None:
        return ()
    best = version.issued or version.signed or version.prepared or version.pdf
    return pages_of(best) if best else ()


@dataclass(frozen=True, slots=True)
class Spot:
    """A remark on the page: its number, the frame around the place (0 wide without one), the circle. In points."""

    ordinal: int
    x: float
    y: float
    left: float
    top: float
    width: float
    height: float
    answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedPage(PageImage):
    """A page image with the remarks that lie on it; the frame is in points of the page."""

    spots: tuple[Spot, ...] = ()

    @property
    def frame(self) -> str:
        return f"0 0 {self.points.replace('x', ' ')}"


def _with(page: PageImage, spots: Iterable[Spot]) -> MarkedPage:
    return MarkedPage(
        url=page.url,
        number=page.number,
        width=page.width,
        height=page.height,
        points=page.points,
        spots=tuple(spots),
    )


def marked(pages: Sequence[PageImage], made: Sequence[Mark]) -> list[MarkedPage]:
    """The pages with the remarks on them."""
    return [_with(page, _spots(page, [one for one in made if one.page == page.number])) for page in pages]


def _spots(page: PageImage, made: Sequence[Mark]) -> list[Spot]:
    height = float(page.points.partition("x")[2])
    found = []
    for place, one in enumerate(made):
        answered = one.answered_at is not None
        if one.rect is None:
            y = 60.0 + 26 * place
            found.append(Spot(one.ordinal, _MARGIN, y, _MARGIN, y, 0, 0, answered))
            continue
        left, bottom, right, top = one.rect
        y = height - top
        found.append(
            Spot(
                one.ordinal,
                max(left - 4, 12),
                round(y, 1),
                left,
                round(y, 1),
                round(right - left, 1),
                round(top - bottom, 1),
                answered,
            )
        )
    return found


def spotted(pages: Sequence[PageImage], findings: Sequence[FindingRow]) -> list[MarkedPage]:
    """The pages with the findings of the check of form on them, those whose place is known."""
    return [
        _with(page, _beside(page, [one for one in findings if one.page == page.number and one.box]))
        for page in pages
    ]


def _beside(page: PageImage, findings: Sequence[FindingRow]) -> Iterator[Spot]:
    """The findings of a page; the numbers of those in one place stand side by side."""
    begun: Counter[tuple[float, float]] = Counter()
    for one in findings:
        spot = _found(page, one)
        yield replace(spot, x=max(spot.x - _NUMBER_WIDTH * begun[spot.x, spot.y], 12))
        begun[spot.x, spot.y] += 1


def _found(page: PageImage, one: FindingRow) -> Spot:
    width, height = (float(side) for side in page.points.split("x"))
    left, top, right, bottom = one.box
    x, y = round(left * width, 1), round(top * height, 1)
    return Spot(
        one.number, max(x - 10, 12), y, x, y, round((right - left) * width, 1), round((bottom - top) * height, 1), False
    )  # fmt: skip
