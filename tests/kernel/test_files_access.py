"""Looks are written in batches, downloads at once, and nothing is lost when the database is away for a moment."""

import time
import uuid
from typing import Any

import pytest
from django.db import DatabaseError, connection

from vanthu.kernel import access
from vanthu.kernel.access import AccessLog, note
from vanthu.kernel.actor import Actor

CLERK = Actor(account_id=11, person_id=21, office_id=31)


@pytest.fixture
def quiet(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches, but written only when the test says so."""
    settings.ACCESS_LOG_SECONDS = 60
    monkeypatch.setattr(access._Writer, "_run", lambda self: None)
    monkeypatch.setattr(access, "_writer", access._Writer())


@pytest.mark.django_db
def test_a_download_is_written_at_once(quiet: None) -> None:
    attachment = uuid.uuid4()
    note("download", by=CLERK, item_kind="in", item_id=5, attachment_id=attachment, address="10.0.0.7")
    row = AccessLog.objects.get()
    assert (row.account_id, row.person_id, row.office_id) == (11, 21, 31)
    assert (row.action, row.item_kind, row.item_id) == ("download", "in", 5)
    assert (row.attachment_id, row.address) == (attachment, "10.0.0.7")


@pytest.mark.django_db
def test_views_wait_and_are_written_together(quiet: None, django_assert_num_queries: Any) -> None:
    for number in range(30):
        note("view", by=CLERK, item_kind="in", item_id=number)
    assert AccessLog.objects.count() == 0
    with django_assert_num_queries(1):
        access.flush()
    assert AccessLog.objects.count() == 30
    access.flush()
    assert AccessLog.objects.count() == 30


@pytest.mark.django_db
def test_rows_stay_while_the_database_is_away(
    quiet: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    note("view", by=CLERK, item_kind="in", item_id=1)
    with monkeypatch.context() as patch:

        def away(*_: Any, **__: Any) -> None:
            raise DatabaseError

        patch.setattr(AccessLog.objects, "bulk_create", away)
        access.flush()
    note("page", by=CLERK, item_kind="in", item_id=2)
    access.flush()
    assert list(AccessLog.objects.order_by("item_id").values_list("item_id", flat=True)) == [1, 2]
    assert "1 rows wait" in caplog.text


def test_what_cannot_be_kept_goes_to_the_log(
    quiet: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(access, "KEPT", 2)
    rows = [AccessLog(action="view", item_kind="in", item_id=number) for number in range(3)]
    access._writer._keep(rows)
    assert [line.levelname for line in caplog.records] == ["CRITICAL"]
    assert "in=0" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_the_thread_writes_by_itself(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ACCESS_LOG_SECONDS = 0.05
    monkeypatch.setattr(access, "_writer", access._Writer())
    note("view", by=CLERK, item_kind="in", item_id=1)
    until = time.monotonic() + 5
    while not AccessLog.objects.exists() and time.monotonic() < until:
        time.sleep(0.02)
    assert AccessLog.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_full_batch_does_not_wait(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ACCESS_LOG_SECONDS = 60
    monkeypatch.setattr(access, "_writer", access._Writer())
    for number in range(access.BATCH):
        note("page", by=CLERK, item_kind="in", item_id=number)
    until = time.monotonic() + 5
    while AccessLog.objects.count() < access.BATCH and time.monotonic() < until:
        time.sleep(0.02)
    assert AccessLog.objects.count() == access.BATCH
    assert connection.vendor == "postgresql"
