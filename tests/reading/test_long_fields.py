"""The accuracy that reading promises, on documents made by other templates and words than it was tuned on."""

import pytest

from vanthu_tools.reading_bench import accuracy
from vanthu_tools.reading_bench.targets import missed

pytestmark = pytest.mark.long


def test_unseen_documents_are_read_as_exactly_as_promised() -> None:
    outcome = accuracy.run("unseen", 100, 100, lambda: None)
    assert missed(outcome) == [], outcome.misses


def test_the_same_seed_makes_the_same_documents_and_another_set_makes_others() -> None:
    first = [letter for letter, _ in accuracy.labelled("unseen", 4)]
    assert first == [letter for letter, _ in accuracy.labelled("unseen", 4)]
    assert {letter.subject for letter in first}.isdisjoint(
        letter.subject for letter, _ in accuracy.labelled("tuning", 12)
    )
