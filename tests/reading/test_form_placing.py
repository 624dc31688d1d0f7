"""A finding is framed where all the words of its quote stand, not where only its first ones do."""

from __future__ import annotations

from vanthu.reading.form.placing import placed
from vanthu.reading.words import Box, Page, Word

SUBJECT = "V/v giải quyết tố giác, tin báo về tội phạm"
BODY = "Đề nghị giải quyết tố giác, tin báo về tội phạm do nhân dân gửi đến."


def page(number: int, *lines: str) -> Page:
    """Lines from the top, each word a fiftieth of the page wide and as high."""
    words = [
        Word(text, Box(at / 50, row / 50, (at + 1) / 50, (row + 1) / 50))
        for row, line in enumerate(lines)
        for at, text in enumerate(line.split())
    ]
    return Page(number, 595, 842, tuple(words))


def place(quote: str, *pages: Page) -> tuple[int | None, list[float] | None]:
    row = {"place": {"quote": quote, "page": None, "box": None}}
    found = placed([row], pages)[0]["place"]
    return found["page"], found["box"]


def test_a_quote_is_found_by_all_its_words() -> None:
    quote = "giải quyết tố giác, tin báo về tội phạm do nhân dân gửi đến."
    assert place(quote, page(1, SUBJECT, BODY)) == (1, [0.04, 0.02, 0.18, 0.04])
    assert place(quote, page(1, SUBJECT), page(2, BODY)) == (2, [0.04, 0, 0.18, 0.02])


def test_a_quote_that_is_cut_or_broken_is_found_by_its_first_words() -> None:
    assert place("giải quyết tố giác, tin báo về tội phạ…", page(1, BODY)) == (1, [0.04, 0, 0.18, 0.02])
    assert place("giải quyết việc khác", page(1, BODY)) == (1, [0.04, 0, 0.08, 0.02])
    assert place("không có ở đâu", page(1, BODY)) == (None, None)
