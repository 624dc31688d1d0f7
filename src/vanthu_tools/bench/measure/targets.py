"""What a run is held against: limits at a million documents, eight clients and a second to think."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from vanthu_tools.bench.measure.figures import Figures, Load, Run

LISTS = ("Incoming, first page (ordinary person)", "Incoming, first page (all-seeing person)")
SLOWER = 2.0  # times, from the small sector to the big one
MANY = (400, 700)  # offices of a big issue: a province's and its neighbours', and the whole sector


@dataclass(frozen=True, slots=True)
class Verdict:
    """One target: its words, the limit and what was measured, in words; `met` is None where nothing was measured."""

    target: str
    limit: str
    measured: str
    met: bool | None


type Measured = tuple[str, bool] | None


def verdicts(run: Run, smaller: Run | None = None) -> list[Verdict]:
    """Every target with what this run says to it; growth needs a run on a smaller sector beside it."""
    rows: list[tuple[str, str, Measured]] = [
        ("p95 of every page at the client", "< 150 ms", _worst(run, lambda one: one.p95, 150)),
        ("p95 of every page in the database", "< 60 ms", _worst(run, lambda one: one.sql_p95, 60)),
        ("a list of 50 rows", "< 40 kB", _list(run, lambda one: one.html, 40_000, "{:.0f} bytes")),
        ("a list of 50 rows", "≤ 6 statements", _list(run, lambda one: one.statements, 6.001, "{:g}")),
        ("ordinary person's list to the all-seeing one's", "≤ 1.2 times", _ratio(run)),
        ("search p95 in any scope", "< 100 ms", _worst(run, lambda one: one.p95, 100, ("search",))),
        ("registration in one series, at the action", "≥ 200 a second, gapless", _registration(run)),
        *(row for offices in MANY for row in _issue_rows(run, offices)),
        ("growth of p95 from the smaller sector", "< 2 times for every page", _growth(run, smaller)),
        ("first signed-in page, cold", "≤ 100 kB in 15 requests", _cold(run)),
        ("first signed-in page, warm", "≤ 25 kB", _weight(run, lambda one: one.warm / 1000, 25, "{:.1f} kB")),
        ("usable with a processor six times slower", "≤ 2 s", _weight(run, lambda one: one.usable, 2, "{:.2f} s")),
    ]  # fmt: skip
    return [Verdict(target, limit, *(found or ("not measured", None))) for target, limit, found in rows]


def _pages(run: Run, groups: Iterable[str]) -> list[Figures]:
    load = run.thinking
    return [one for one in load.pages if one.requests and one.group in groups] if load else []


def _worst(
    run: Run,
    value: Callable[[Figures], float | None],
    limit: float,
    groups: Iterable[str] = ("page", "list", "search", "act"),
) -> Measured:
    """The slowest page, and how many are above the limit."""
    found = [(value(one) or 0.0, one.page) for one in _pages(run, groups)]
    if not found:
        return None
    slowest, page = max(found)
    above = sum(figure >= limit for figure, _ in found)
    return f"{slowest:.0f} ms: {page}; {above} of {len(found)} pages above", not above


def _list(run: Run, value: Callable[[Figures], float | None], limit: float, words: str) -> Measured:
    """The heavier of the two lists: one may be short in a small sector."""
    load = run.thinking
    pages = [load.page(name) for name in LISTS] if load else []
    found = [figure for page in pages if page and (figure := value(page)) is not None]
    return (words.format(max(found)), max(found) < limit) if found else None


def _ratio(run: Run) -> Measured:
    return (f"{run.lists.ratio:.2f} times", run.lists.ratio <= 1.2) if run.lists else None


def _registration(run: Run) -> Measured:
    found = run.registration
    if found is None:
        return None
    words = "gapless" if found.gapless else "WITH GAPS"
    http = f"; {found.http_per_second:.0f} a second through HTTP" if found.http_per_second else ""
    return f"{found.per_second:.0f} a second, {words}{http}", found.gapless and found.per_second >= 200


def _issue_rows(run: Run, offices: int) -> list[tuple[str, str, Measured]]:
    return [
        (
            f"issue to {offices} offices: the answer",
            "< 1 s",
            _issue(run, offices, lambda one: one.answered, 1),
        ),
        (
            f"issue to {offices} offices: the last inbox",
            "≤ 10 s",
            _issue(run, offices, lambda one: one.delivered, 10),
        ),
    ]


def _issue(run: Run, offices: int, value: Callable[..., float], limit: float) -> Measured:
    found = [one for one in run.issues if one.offices in (offices, offices - 1)]  # the sector less the sender
    if not found:
        return None
    slowest = max(value(one) for one in found)
    return f"{slowest:.2f} s", slowest <= limit and not any(one.trouble for one in found)


def _growth(run: Run, smaller: Run | None) -> Measured:
    factors = growth(smaller, run) if smaller else {}
    if not factors:
        return None
    page = max(factors, key=factors.__getitem__)
    above = sum(factor >= SLOWER for factor in factors.values())
    return f"{factors[page]:.1f} times: {page}; {above} of {len(factors)} pages above", not above


def growth(smaller: Run, bigger: Run) -> dict[str, float]:
    """{page: how many times longer its p95 is} with time to think, for the pages that both runs have."""
    before, after = smaller.thinking, bigger.thinking
    if before is None or after is None:
        return {}
    return {
        one.page: one.p95 / old.p95
        for one in after.pages
        if one.requests and (old := before.page(one.page)) is not None and old.p95
    }


def _cold(run: Run) -> Measured:
    if not run.weights:
        return None
    heaviest = max(run.weights, key=lambda one: one.cold)
    words = f"{heaviest.cold / 1000:.1f} kB in {heaviest.requests} requests: {heaviest.page}"
    return words, all(one.cold <= 100_000 and one.requests <= 15 for one in run.weights)


def _weight(run: Run, value: Callable[..., float], limit: float, words: str) -> Measured:
    if not run.weights:
        return None
    worst = max(run.weights, key=value)
    return f"{words.format(value(worst))}: {worst.page}", value(worst) <= limit


def changes(before: Load, after: Load) -> list[tuple[str, float, float, float, float]]:
    """(page, p95 before, p95 now, statements before, statements now) of the pages that both tables have."""
    pairs = [(one, before.page(one.page)) for one in after.pages]
    return [
        (one.page, old.p95, one.p95, old.statements or 0, one.statements or 0)
        for one, old in pairs
        if old is not None and one.requests and old.requests
    ]
