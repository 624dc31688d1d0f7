"""What every file from outside must pass. The rooms above own the checks; `config.wiring` adds them here."""

from collections.abc import Callable
from pathlib import Path

type Check = Callable[[Path, str], None]  # (where the bytes lie, the file's name); raises Invalid

CHECKS: list[Check] = []
MAY_NOT_BE_KEPT = "secret_documents_stay_out"
"""The code of the refusal of a file of which nothing is kept, not even its name."""


def add(check: Check) -> None:
    """Let every upload pass this check too; adding it twice changes nothing."""
    if check not in CHECKS:
        CHECKS.append(check)


def run(path: Path, name: str) -> None:
    """All checks in the order of wiring; raises the first `Invalid`."""
    for check in CHECKS:
        check(path, name)
