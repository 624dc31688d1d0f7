"""Every variable that the product reads stands in docs/operating.md, and nothing else does."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(r'"(VANTHU_[A-Z0-9_]+|DATABASE_URL)"')
TOLD = re.compile(r"`(VANTHU_[A-Z0-9_]+|DATABASE_URL)`")


def test_operating_names_every_variable() -> None:
    files = [path for folder in ("config", "src") for path in (ROOT / folder).rglob("*.py")]
    read = {name for path in files for name in READ.findall(path.read_text(encoding="utf-8"))}
    page = (ROOT / "docs/operating.md").read_text(encoding="utf-8")
    _, _, after = page.partition("## Settings")
    assert {name for row in rows(after) for name in TOLD.findall(row)} == read


def rows(text: str) -> list[str]:
    """The first cell of every row of the first table."""
    table, _, _ = text[text.index("|") :].partition("\n\n")
    return [line.split("|")[1] for line in table.splitlines()]
