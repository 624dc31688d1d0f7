"""One load of the sector for the tests of this folder."""

import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from vanthu_tools.demo import load

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="package")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[float, list[str]]]:
    """Seconds of processor and the steps told; everything is taken back after the tests of this folder."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        started = time.process_time()
        steps: list[str] = []
        assert load(lambda text, done, total: steps.append(text), TODAY)
        seconds = time.process_time() - started
        yield seconds, steps
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)
