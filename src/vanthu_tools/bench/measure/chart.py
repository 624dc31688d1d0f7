"""The chart of growth: p95 of some pages over the number of documents, as SVG."""

import math
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from vanthu_tools.bench.measure.figures import Run

SHOWN = (
    "Desk", "Incoming, first page (ordinary person)", "Incoming, first page (all-seeing person)",
    "Incoming, deep page", "Incoming document", "Page image", "Search, rare word (all-seeing)",
    "Search, common words (all-seeing)", "Search, two phrases (all-seeing)", "Search, symbol (all-seeing)",
    "Register", "Direct", "Receive",
)  # fmt: skip
COLOURS = {"page": "#1d6fb8", "list": "#0b7a53", "search": "#a34d00", "act": "#8a2c8a"}
LIMIT = 150  # milliseconds
WIDTH, HEIGHT = 900, 480
LEFT, RIGHT, TOP, BOTTOM = 56, 300, 20, 40
GAP = 17  # between two labels
STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#333}line{stroke:#ddd}polyline{fill:none;stroke-width:2}"
    ".limit{stroke:#c00;stroke-dasharray:5 4}"
)


class Curve(NamedTuple):
    """A page with its figure per size."""

    page: str
    colour: str
    values: tuple[float, ...]


def growth_chart(runs: Sequence[Run]) -> str:
    """One line per page; both axes count in tens, so that equal growth is an equal slope."""
    curves = curves_of(runs)
    top = max([LIMIT * 1.3, *(value for curve in curves for value in curve.values)])
    bottom = min([10.0, *(value for curve in curves for value in curve.values if value)])
    places = [_x(place, len(runs)) for place in range(len(runs))]

    def height(value: float) -> float:
        span = math.log(top / bottom)
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - math.log(max(value, bottom) / bottom) / span)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        "<title>p95 in milliseconds over the number of documents</title>",
        f'<style>{STYLE}</style><rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        *(_rule(value, height(value)) for value in (10, 20, 50, 100, 200, 500, 1000) if bottom <= value <= top),
        _rule(LIMIT, height(LIMIT), "limit"),
        *(
            f'<text x="{x:.0f}" y="{HEIGHT - 14}" text-anchor="middle">{run.documents:,}</text>'
            for x, run in zip(places, runs, strict=True)
        ),
        *(_line(curve, places, [height(value) for value in curve.values]) for curve in curves),
        *_labels([(curve, height(curve.values[-1])) for curve in curves]),
        "</svg>",
    ]  # fmt: skip
    return "\n".join(parts) + "\n"


def curves_of(runs: Sequence[Run]) -> list[Curve]:
    """The pages that every run has."""
    found = []
    for name in SHOWN:
        pages = [run.thinking.page(name) if run.thinking else None for run in runs]
        values = tuple(page.p95 for page in pages if page is not None and page.requests)
        if len(values) == len(runs) and pages[0] is not None:
            found.append(Curve(name, COLOURS[pages[0].group], values))
    return found


def _x(place: int, of: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * (place / (of - 1) if of > 1 else 1)


def _rule(value: float, y: float, kind: str = "") -> str:
    word = f"{value:g} ms"
    return (
        f'<line class="{kind}" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{word}</text>'
    )


def _line(curve: Curve, places: Sequence[float], heights: Sequence[float]) -> str:
    points = list(zip(places, heights, strict=True))
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{curve.colour}"/>' for x, y in points)
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" stroke="{curve.colour}"/>{dots}'


def _labels(ends: Sequence[tuple[Curve, float]]) -> list[str]:
    """Names at the right end of the lines, moved apart so that none covers another."""
    made: list[str] = []
    lowest = float(TOP)
    room = sorted(ends, key=lambda end: end[1])
    for place, (curve, y) in enumerate(room):
        latest = HEIGHT - BOTTOM - GAP * (len(room) - 1 - place)
        lowest = max(lowest, min(y, latest))
        made.append(
            f'<text x="{WIDTH - RIGHT + 12}" y="{lowest + 4:.1f}" style="fill:{curve.colour}">'
            f"{escape(curve.page)}: {curve.values[-1]:.0f} ms</text>"
        )
        lowest += GAP
    return made
