"""The figures of `vanthu bench axis` as rows, kept in docs/exchange-figures.json and the table of docs/exchange.md."""

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from django.utils import timezone

from vanthu_tools.bench.axis.bench import Found

AIM = 50  # packets a second and core: what base64, hash and write of a megabyte were reckoned to cost
MOST_TIMES = 3.0  # of that cost, at most
_START, _END = "<!-- figures of receiving -->", "<!-- end of the figures of receiving -->"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what was measured, its limit, whether it is met (None: no limit)."""

    name: str
    limit: str
    measured: str
    met: bool | None

    @property
    def word(self) -> str:
        return "" if self.met is None else ("met" if self.met else "missed")


def rows_of(found: Found) -> list[Row]:
    """What is printed and kept."""
    times = found.whole / found.bare
    per_core = 1 / found.whole_processor if found.whole_processor else 0.0
    received = _cost(found.received, found.received_processor)
    registered = _cost(found.registered, found.registered_processor)
    of_aim = AIM / per_core if per_core else float("inf")
    most = f"≤ {MOST_TIMES:.0f} × the cost at {AIM} a second and core"
    rates = "received and registered a second and core, by processor time of worker and database"
    return [
        Row("packets, and the attachment of each", "", f"{found.packets}, {found.size / 1e6:.1f} MB", None),
        Row("the bare bytes: base64, SHA-256, durable", "", _cost(found.bare, found.bare_processor), None),
        Row("received: fetched, kept, checked, in the inbox, 01 queued", "", received, None),
        Row("registered: the arrival number", "", registered, None),
        Row(rates, most, f"{per_core:.0f}, {of_aim:.1f} ×", of_aim <= MOST_TIMES),
        Row("the same by the clock, beside the bare bytes measured here", "", f"{times:.1f} ×", None),
        Row("received and registered, one worker, by the clock", "", f"{1 / found.whole:.0f} a second", None),
        Row("statements to the database per packet received", "", str(found.statements), None),
    ]


def _cost(clock: float, processor: float) -> str:
    return f"{clock * 1e3:.1f} ms, {processor * 1e3:.1f} ms of processors"


def write(rows: list[Row], processor: str, commit: str, folder: Path) -> list[Path]:
    """Keep the figures; the table goes between its two marks. Returns what was written."""
    figures = folder / "exchange-figures.json"
    kept = {
        "processor": processor,
        "commit": commit,
        "at": timezone.localtime().isoformat(timespec="seconds"),
        "figures": [asdict(one) for one in rows],
    }
    figures.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n")
    page = folder / "exchange.md"
    text = page.read_text()
    table = [f"| {one.name} | {one.limit} | {one.measured} | {one.word} |" for one in rows]
    head = ["| Figure | Limit | Measured | |", "| --- | --- | --- | --- |"]
    note = f"Measured on {processor}, commit {commit}, by `vanthu bench axis --write`."
    block = "\n".join([_START, *head, *table, "", note, _END])
    page.write_text(re.sub(f"{_START}.*{_END}", lambda _: block, text, flags=re.DOTALL))
    return [figures, page]
