"""Where a finding of a DOCX stands on the pages that were made of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from vanthu.reading.words import Box

if TYPE_CHECKING:
    from vanthu.reading.words import Page, Word

_WORDS = 7  # of a quote that are framed, and looked for when not all of them stand together
_FEWEST = 2  # when its first words do not stand together, e.g. around a blank


def placed(rows: Sequence[dict[str, Any]], pages: Sequence[Page]) -> list[dict[str, Any]]:
    """The rows of a report with page and box where the words of their quotes are found."""
    return [{**row, "place": _place(row["place"], pages)} for row in rows]


def _place(place: dict[str, Any], pages: Sequence[Page]) -> dict[str, Any]:
    words = str(place["quote"]).removesuffix("…").split()
    if place["page"] or not words:
        return place
    for count in dict.fromkeys((len(words), _WORDS, _FEWEST)):
        for page in pages:
            found = _find(words[:count], page.words)
            if found is not None:
                return {**place, "page": page.number, "box": [round(side, 4) for side in found]}
    return place


def _find(words: Sequence[str], on_page: Sequence[Word]) -> Box | None:
    for at in range(len(on_page) - len(words) + 1):
        window = on_page[at : at + len(words)]
        if all(word.text == wanted for word, wanted in zip(window, words, strict=True)):
            return Box.around(word.box for word in window[:_WORDS])
    return None
