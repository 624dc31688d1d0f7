"""One load of the sector."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from vanthu_tools.demo import load

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[str]]:
    """The steps told; one module uses it, and everything is taken back after it."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        steps: list[str] = []
        assert load(lambda text, done, total: steps.append(text), TODAY)
        yield steps
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)
