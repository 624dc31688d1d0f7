"""The documents that accuracy is measured on: no words in two sets, and every label stands on the paper."""

import re
from itertools import combinations

import pypdfium2 as pdfium
import pytest
from typer.testing import CliRunner

from vanthu_tools.reading_bench import accuracy
from vanthu_tools.reading_bench.accuracy import SETS
from vanthu_tools.reading_bench.commands import app
from vanthu_tools.reading_bench.letter import Letter
from vanthu_tools.reading_bench.writing import Words

FIRST_LOOKS = 5
"""Printed without LibreOffice in both sets."""


def sentences(words: Words) -> set[str]:
    subjects = {one for some in words.subjects.values() for one in some}
    return subjects.union(words.paragraphs, words.due, words.traps, words.references, words.recipients)


def bare(text: str) -> str:
    return re.sub(r"[\s\ufffe\xad\x02]+", "", text).casefold()


def labels(letter: Letter) -> list[str]:
    """Labels as the paper says them."""
    truth = letter.truth
    said = [
        letter.symbol,
        letter.subject,
        truth["issuer"],
        letter.signer,
        truth["signer_name"],
        letter.form[-1],
    ]
    said += [truth["urgency"] or "", *(truth["recipients"] or ()), *letter.referred]  # type: ignore[misc]
    return [bare(str(one)) for one in said]


@pytest.mark.parametrize("sets", list(combinations(SETS, 2)), ids="-".join)
def test_no_sentence_stands_in_two_sets(sets: tuple[str, str]) -> None:
    first, second = (sentences(SETS[name].words) for name in sets)
    assert first & second == set()


@pytest.mark.parametrize("name", ["held", "unseen"])
def test_the_new_sets_are_wide_and_their_labels_stand_on_the_paper(name: str) -> None:
    words = SETS[name].words
    assert len(words.bodies) >= 25
    assert sum(map(len, words.subjects.values())) >= 45
    for letter, pdf in accuracy.labelled(name, FIRST_LOOKS):
        with pdfium.PdfDocument(pdf) as document:
            paper = bare("".join(page.get_textpage().get_text_range() for page in document))
        assert [one for one in labels(letter) if one not in paper] == []
        day = letter.issued_on
        assert re.search(rf"ngày0?{day.day}tháng0?{day.month}năm{day.year}", paper)


@pytest.mark.parametrize("options", [("--set", "sen"), ("--set", "held", "--write")], ids=" ".join)
def test_a_set_that_is_none_and_half_a_table_are_refused(options: tuple[str, ...]) -> None:
    assert CliRunner().invoke(app, ["reading", *options]).exit_code == 2
