"""Lists of words that rules lean on, kept as text: entries parted by ";"; lines that begin with "#" are remarks."""

from __future__ import annotations

import unicodedata
from pathlib import Path

_FOLDER = Path(__file__).parent / "words"


def lines(name: str) -> list[str]:
    """The lines of a list, in NFC, without remarks and empty ones."""
    text = unicodedata.normalize("NFC", (_FOLDER / f"{name}.txt").read_text(encoding="utf-8"))
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def entries(line: str) -> list[str]:
    """What semicolons part."""
    return [entry.strip() for entry in line.split(";") if entry.strip()]
