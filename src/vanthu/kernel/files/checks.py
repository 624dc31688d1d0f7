"""What every file from outside must pass. The rooms above own the checks; `config.wiring` adds them here."""

from collections.abc import Callable
from pathlib import Path

type Check = Callable[[Path, str], int | None]
"""(where the bytes lie, the file's name) → its pages where the check has counted them; raises `Invalid`."""

CHECKS: list[Check] = []
MAY_NOT_BE_KEPT = "secret_documents_stay_out"
"""The code of the refusal of a file of which nothing is kept, not even its name."""


def add(check: Check) -> None:
    """Let every upload pass this check too; adding it twice changes nothing."""
    if check not in CHECKS:
        CHECKS.append(check)


def run(path: Path, name: str) -> int | None:
    """All checks in the order of wiring; returns the pages if one counted them, raises the first `Invalid`."""
    counted = [check(path, name) for check in CHECKS]
    return next((pages for pages in counted if pages is not None), None)
