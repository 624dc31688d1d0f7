"""What `vanthu bench axis` says: the ratio to the bare bytes, the rate by processors, and where it is kept."""

import json
from dataclasses import replace
from pathlib import Path

from vanthu_tools.bench.axis.bench import Found
from vanthu_tools.bench.axis.words import rows_of, write

FOUND = Found(
    packets=20, size=1_000_000, bare=0.010, bare_processor=0.008, received=0.015, received_processor=0.012,
    registered=0.010, registered_processor=0.006, statements=20,
)  # fmt: skip


def test_limits_are_met_or_missed() -> None:
    met = {row.limit: (row.measured, row.met) for row in rows_of(FOUND) if row.limit}
    assert met == {"≤ 3 × the cost at 50 a second and core": ("56, 0.9 ×", True)}
    slow = rows_of(replace(FOUND, received=0.08, received_processor=0.06))
    assert [(row.measured, row.word) for row in slow if row.limit] == [("15, 3.3 ×", "missed")]


def test_the_bare_bytes_are_told_beside_it() -> None:
    assert "2.5 ×" in {row.measured for row in rows_of(FOUND) if row.name.endswith("measured here")}


def test_the_table_stands_between_its_marks(tmp_path: Path) -> None:
    page = tmp_path / "exchange.md"
    page.write_text(
        "before\n<!-- figures of receiving -->\nold\n<!-- end of the figures of receiving -->\nafter\n"
    )
    write(rows_of(FOUND), "a processor", "abc", tmp_path)
    text = page.read_text()
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "old" not in text
    assert "| ≤ 3 × the cost at 50 a second and core | 56, 0.9 × | met |" in text
    assert json.loads((tmp_path / "exchange-figures.json").read_text())["commit"] == "abc"
