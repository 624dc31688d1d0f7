"""Modules of tests have names of their own: pytest imports them without packages where a folder has none."""

import re
from collections import Counter
from pathlib import Path

TESTS = Path(__file__).parents[1]


def test_no_two_modules_of_tests_share_a_name() -> None:
    names = Counter(path.name for path in TESTS.rglob("test_*.py"))
    assert [name for name, times in names.items() if times > 1] == []


def test_nobody_imports_what_pytest_has_run_already() -> None:
    """A second run of `tests/conftest.py` would give the process another folder than its settings have."""
    imported = re.compile(r"^(from|import) tests(\.| import )conftest", re.MULTILINE)
    assert [path.name for path in TESTS.rglob("*.py") if imported.search(path.read_text())] == []
