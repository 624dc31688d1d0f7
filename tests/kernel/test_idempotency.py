"""The same key twice gives the first result, also when both arrive at once."""

import threading

import pytest
from django.db import connection

from tests.cast import World, make_office
from vanthu.kernel.actor import Actor
from vanthu.kernel.idempotency import once
from vanthu.kernel.refusals import Conflict, Invalid
from vanthu.organisations.models import Office

CLERK = Actor(account_id=11, office_id=31)
COLLEAGUE = Actor(account_id=12, office_id=31)


def act(key: str, *, by: Actor = CLERK, verb: str = "register") -> Office:
    return once(key, verb, make_office, lambda pk: Office.objects.get(pk=pk), by=by)


def test_the_second_gets_the_result_of_the_first(world: World) -> None:
    assert act("k1") == act("k1")
    assert act("k2") != act("k1")


def test_keys_belong_to_the_account_and_the_verb(world: World) -> None:
    assert act("k1") != act("k1", by=COLLEAGUE)
    with pytest.raises(Conflict):
        act("k1", verb="present")


def test_without_a_key_every_time_is_the_first(world: World) -> None:
    assert act("") != act("")


def test_a_refused_act_leaves_the_key_free(world: World) -> None:
    def refuse() -> Office:
        raise Invalid("Nhập trích yếu.")

    with pytest.raises(Invalid):
        once("k1", "register", refuse, lambda pk: Office.objects.get(pk=pk), by=CLERK)
    assert act("k1").pk


@pytest.mark.django_db(transaction=True)
def test_two_at_once_act_once() -> None:
    gate, results = threading.Barrier(2), []

    def run() -> None:
        gate.wait()
        results.append(act("k1").pk)
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 2
    assert len(set(results)) == 1
    assert Office.objects.count() == 1
