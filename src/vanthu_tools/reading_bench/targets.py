"""What reading has to reach on documents that it was not tuned on, in percent of exact fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vanthu_tools.reading_bench.accuracy import Outcome

TARGETS = {"clean PDF": 98.0, "300 dpi": 94.0, "200 dpi": 90.0, "150 dpi, stamp and skew": 80.0}
SYMBOL_AND_DATE_AT_300 = 98.0
CLEAN_MS = 200.0
"""From a clean PDF to its fields, text layer included, half of the documents."""


def missed(outcome: Outcome) -> list[str]:
    """What a run of unseen documents missed, a phrase each."""
    wrong = [
        f"{quality}: {outcome.mean(quality):.1f} % of {target:.0f} %"
        for quality, target in TARGETS.items()
        if outcome.documents[quality] and outcome.mean(quality) < target
    ]
    wrong += [
        f"300 dpi, {name}: {outcome.share('300 dpi', name):.1f} % of {SYMBOL_AND_DATE_AT_300:.0f} %"
        for name in ("number", "symbol", "issued_on")
        if outcome.documents["300 dpi"] and outcome.share("300 dpi", name) < SYMBOL_AND_DATE_AT_300
    ]
    times = sorted(outcome.times.get("clean PDF", [0.0]))
    if times[len(times) // 2] > CLEAN_MS:
        wrong.append(f"clean PDF: {times[len(times) // 2]:.0f} ms of {CLEAN_MS:.0f} ms")
    return wrong
