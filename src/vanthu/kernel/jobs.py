"""Background work: one decorator, one `enqueue`. Jobs run at least once, so each is idempotent."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any

from django.db import connection, transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

type Job = Callable[..., None]

_tasks: dict[str, Any] = {}
_FIRST = {"issue": 20, "signing": 20, "exchange": 10, "ocr": 10, "ocr-copies": -10}
"""Queues that people wait for go before what waits longer (indexing, notices), the greater number first."""


def job(*, queue: str = "default", retries: int = 8, wait: int = 2, cron: str = "") -> Callable[[Job], Job]:
    """Register a module-level function as a job.

    `wait` is the first pause in seconds between tries (it doubles); `cron` makes it periodic (the function
    then takes `timestamp`, Unix seconds).
    """

    def register(function: Job) -> Job:
        task = app.task(
            name=f"{function.__module__}.{function.__name__}",
            queue=queue,
            priority=_FIRST.get(queue, 0),
            retry=RetryStrategy(max_attempts=retries, exponential_wait=wait),
        )(function)
        if cron:
            app.periodic(cron=cron)(task)
        _tasks[task.name] = task
        return function

    return register


def enqueue(
    function: Job, *, lock: str | None = None, once: str | None = None, schedule_in: int = 0, **arguments: Any
) -> None:
    """Defer a job in the caller's transaction: it exists only if the transaction commits.

    `lock` lets only one job of that key run at a time, in order; of the jobs with the same `once` only one waits;
    `schedule_in` is in seconds; arguments are JSON.
    """
    task = _tasks[f"{function.__module__}.{function.__name__}"]
    delay = {"schedule_in": {"seconds": schedule_in}} if schedule_in else {}
    deferrer = task.configure(lock=lock, queueing_lock=once, **delay)
    made = deferrer.make_new_job(**arguments)
    batch = _batch.get()
    if batch is not None:
        batch.append(made)
    elif once is None:
        _defer([made])
    else:
        _defer_once(made)


_batch: ContextVar[list[Any] | None] = ContextVar("batch of jobs", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Jobs enqueued inside are deferred at its end, in their order, in one statement; none if it fails.

    Inside another one they wait for the end of that.
    """
    outer = _batch.get()
    if outer is not None:
        with _taken_back(outer):
            yield
        return
    token = _batch.set([])
    try:
        yield
        batch = _batch.get() or []
    finally:
        _batch.reset(token)
    plain = [made for made in batch if made.queueing_lock is None]
    once = list({made.queueing_lock: made for made in batch if made.queueing_lock is not None}.values())
    if once:
        with suppress(AlreadyEnqueued), transaction.atomic():  # nearly always none of them waits already
            _defer([*plain, *once])
            return
    if plain:
        _defer(plain)
    for made in once:
        _defer_once(made)


@contextmanager
def _taken_back(batch: list[Any]) -> Iterator[None]:
    """Whatever is added to the batch inside is taken out again if the block fails."""
    before = len(batch)
    failed = True
    try:
        yield
        failed = False
    finally:
        if failed:
            del batch[before:]


def _defer(jobs: Sequence[Any]) -> None:
    app.job_manager.batch_defer_jobs(list(jobs))


def _defer_once(made: Any) -> None:
    """Defer a job unless one with its queueing lock waits already."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        _defer([made])


@job(retries=1, cron="* * * * *")
def take_up(timestamp: int = 0) -> None:
    """Every minute: jobs of workers that were killed wait again, and their locks with them.

    The library forgets a worker without a sign of life, and leaves its jobs as they were. Of jobs with the same `once`
    one waits; what another does already is given up.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs dead SET status = 'todo', abort_requested = false"
            " WHERE status = 'doing' AND worker_id IS NULL AND NOT EXISTS (SELECT FROM procrastinate_jobs twin"
            " WHERE twin.queueing_lock = dead.queueing_lock AND (twin.status = 'todo'"
            " OR twin.status = 'doing' AND twin.worker_id IS NULL AND twin.id > dead.id))"
        )
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'failed' WHERE status = 'doing' AND worker_id IS NULL"
        )


def run_jobs(limit: int = 1000, *, ahead: int = 0) -> int:
    """Run waiting jobs here and now, in this connection; returns how many ran.

    For tests and one-off commands; `ahead` (seconds) also runs jobs scheduled that far in the future.
    """
    ran = 0
    while ran < limit:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM procrastinate_jobs WHERE id = (SELECT id FROM procrastinate_jobs"
                " WHERE status = 'todo'"
                " AND (scheduled_at IS NULL OR scheduled_at <= clock_timestamp() + %s * interval '1 second')"
                " ORDER BY id LIMIT 1) RETURNING task_name, args",
                [ahead],
            )
            row = cursor.fetchone()
        if row is None:
            return ran
        name, arguments = row
        with transaction.atomic():
            _tasks[name].func(**(json.loads(arguments) if isinstance(arguments, str) else arguments))
        ran += 1
    return ran
