"""Modules of tests have names of their own: pytest imports them without packages where a folder has none."""

from collections import Counter
from pathlib import Path


def test_no_two_modules_of_tests_share_a_name() -> None:
    names = Counter(path.name for path in Path(__file__).parents[1].rglob("test_*.py"))
    assert [name for name, times in names.items() if times > 1] == []
