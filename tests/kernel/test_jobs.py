"""Jobs live and die with the transaction that enqueued them."""

from typing import Any

import pytest
from django.db import connection, transaction

from vanthu.kernel import jobs
from vanthu.kernel.jobs import enqueue, job, run_jobs

pytestmark = pytest.mark.django_db

ran: list[Any] = []


@job(queue="tests")
def note(word: str, times: int = 1) -> None:
    ran.append(word * times)


@job(queue="tests")
def note_twice(word: str) -> None:
    enqueue(note, word=word, times=2)


@pytest.fixture(autouse=True)
def forget() -> None:
    ran.clear()


def waiting() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, lock, queue_name FROM procrastinate_jobs ORDER BY id")
        return cursor.fetchall()


def test_a_job_runs_once_with_its_arguments() -> None:
    enqueue(note, word="chào")
    assert run_jobs() == 1
    assert run_jobs() == 0
    assert ran == ["chào"]


def test_what_is_rolled_back_never_runs() -> None:
    with transaction.atomic():
        enqueue(note, word="chào")
        transaction.set_rollback(True)
    assert run_jobs() == 0


def test_jobs_of_jobs_run_too() -> None:
    enqueue(note_twice, word="a")
    assert run_jobs() == 2
    assert ran == ["aa"]


def test_a_job_of_later_waits() -> None:
    enqueue(note, schedule_in=10, word="mai")
    assert run_jobs() == 0
    assert run_jobs(ahead=10) == 1


def test_of_the_same_key_only_one_waits() -> None:
    for _ in range(3):
        enqueue(note, once="k", word="a")
    enqueue(note, once="other", word="b")
    assert run_jobs() == 2
    enqueue(note, once="k", word="c")
    assert run_jobs() == 1
    assert ran == ["a", "b", "c"]


def test_lock_and_queue_are_those_that_were_named() -> None:
    enqueue(note, lock="entry:5", word="a")
    assert waiting() == [(f"{__name__}.note", "entry:5", "tests")]


def test_jobs_of_the_rooms_are_registered_under_their_place() -> None:
    assert {"vanthu.exchange.jobs.dispatch", "vanthu.search.jobs.index", "vanthu.issuing.jobs.seal"} <= set(
        jobs._tasks
    )


def test_jobs_together_keep_their_order_and_locks_in_one_statement(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1), jobs.together():
        for word in ("a", "b", "c"):
            enqueue(note, lock=f"word.{word}", word=word)
    assert [lock for _, lock, _ in waiting()] == ["word.a", "word.b", "word.c"]
    assert run_jobs() == 3
    assert ran == ["a", "b", "c"]


def test_of_jobs_together_only_one_waits_per_key() -> None:
    enqueue(note, once="a", word="a")
    with jobs.together():
        for word in ("a", "b", "b"):
            enqueue(note, once=word, word=word)
    assert run_jobs() == 2
    assert ran == ["a", "b"]


def test_jobs_together_are_lost_together() -> None:
    def fail() -> None:
        with jobs.together():
            enqueue(note, word="a")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    enqueue(note, word="b")
    run_jobs()
    assert ran == ["b"]


def test_jobs_together_inside_others_wait_for_these_and_are_lost_alone(
    django_assert_num_queries: Any,
) -> None:
    def fail() -> None:
        with jobs.together():
            enqueue(note, word="lost")
            raise KeyError

    with django_assert_num_queries(1), jobs.together():
        enqueue(note, word="a")
        with pytest.raises(KeyError):
            fail()
        with jobs.together():
            enqueue(note, word="b")
    run_jobs()
    assert ran == ["a", "b"]


def test_a_job_of_a_killed_worker_runs_again_and_frees_its_lock() -> None:
    enqueue(note, lock="one", word="trước")
    with connection.cursor() as cursor:  # the worker took it, died, and was forgotten
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    enqueue(note, lock="one", word="sau")
    jobs.take_up()
    assert run_jobs() == 2
    assert ran == ["trước", "sau"]


def test_of_equal_jobs_of_killed_workers_one_runs_again() -> None:
    for _ in range(2):
        enqueue(note, once="equal", word="một")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    jobs.take_up()
    assert run_jobs() == 1
    assert ran == ["một"]


def test_a_job_of_a_worker_that_lives_is_left_alone() -> None:
    enqueue(note, word="đang làm")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        (worker,) = cursor.fetchone()
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [worker])
    jobs.take_up()
    assert run_jobs() == 0
