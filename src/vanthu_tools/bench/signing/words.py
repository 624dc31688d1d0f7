"""The figures of signing as rows, as JSON, and as the table of docs/signing.md."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from vanthu_tools.bench.signing.bench import Found

_START, _END = "<!-- figures:signing -->\n", "<!-- /figures:signing -->"
_SIGNATURES, _VALIDATIONS, _MEGABYTES = 25, 40, 120


@dataclass(frozen=True, slots=True)
class Row:
    """One figure in words; `met` is None where no limit is set."""

    name: str
    limit: str
    measured: str
    met: bool | None = None

    @property
    def word(self) -> str:
        return {True: "met", False: "missed", None: ""}[self.met]


def rows_of(found: "Found") -> list[Row]:
    """The figures beside their limits."""
    small, large = f"{found.small_bytes / 1000:.0f} kB", f"{found.large_bytes / 1e6:.0f} MB"
    sign, check = found.signature.cpu, found.validation.cpu
    return [
        Row("the bare RSA-2048 signature", "", f"{found.raw_signature.cpu:.0f} a second and core"),
        Row(
            f"PAdES signatures of a PDF of {small} with picture",
            f"≥ {_SIGNATURES} a second and core",
            f"{sign:.1f}, one for {found.raw_signature.cpu / sign:.0f} bare ones",
            sign >= _SIGNATURES,
        ),
        Row("the bare RSA-2048 check", "", f"{found.raw_check.cpu:.0f} a second and core"),
        Row(
            "validations: integrity, changes, chain, cached revocation",
            f"≥ {_VALIDATIONS} a second and core",
            f"{check:.1f}, one for {found.raw_check.cpu / check:.0f} bare ones",
            check >= _VALIDATIONS,
        ),
        Row(
            "raised from B-B to B-LTA, with the test authority in the same process",
            "",
            f"{found.raising.cpu:.1f} a second and core",
        ),
        Row(
            f"{found.remote.documents} documents by a remote key (a stand-in of the service on this machine)",
            "one authorisation",
            f"{found.remote.authorisations}; {found.remote.seconds:.1f} s by the clock",
            found.remote.authorisations == 1,
        ),
        Row(
            f"memory that signing a PDF of {large} takes at its peak",
            f"< {_MEGABYTES} MB resident",
            f"{found.large.peak:.0f} MB ({found.large.before:.0f} before it began), {found.large.seconds:.1f} s",
            found.large.peak < _MEGABYTES,
        ),
    ]


def write(rows: Sequence[Row], processor: str, commit: str, folder: Path) -> list[Path]:
    """signing-figures.json and the table between the markers of signing.md; returns what was written."""
    at = timezone.localtime()
    data = {"processor": processor, "commit": commit, "at": at.isoformat(timespec="seconds")}
    figures, page = folder / "signing-figures.json", folder / "signing.md"
    held = {**data, "figures": [asdict(row) for row in rows]}
    figures.write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    text = page.read_text(encoding="utf-8")
    if _START not in text:
        raise ValueError(f"{page} has no {_START.strip()}")
    page.write_text(_between(text, _table(rows, processor, commit, at)), encoding="utf-8")
    return [figures, page]


def _between(text: str, table: str) -> str:
    pattern = re.escape(_START) + ".*?" + re.escape(_END)
    return re.sub(pattern, lambda _: _START + table + _END, text, count=1, flags=re.DOTALL)


def _table(rows: Sequence[Row], processor: str, commit: str, at: datetime) -> str:
    head = f"{processor}, commit `{commit}`, {at:%Y-%m-%dT%H:%M:%S%z}\n\n"
    lines = ["| Figure | Limit | Measured |  |", "| --- | ---: | ---: | ---: |"]
    lines += [f"| {row.name} | {row.limit} | {row.measured} | {row.word} |" for row in rows]
    return head + "\n".join(lines) + "\n"
