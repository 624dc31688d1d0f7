"""Numbers are gapless and unique: per series and period, under fifty clients, roll-backs and killed backends."""

import random
import threading
from contextlib import suppress

import pytest
from django.db import Error, connection, transaction

from tests.cast import World, make_world
from tests.entries import arrival, make_numbered, make_registered
from vanthu.documents import actions, kinds, numbering, outgoing, periods, series
from vanthu.documents.models import IncomingEntry, OutgoingEntry, Series
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import Invalid
from vanthu.organisations.models import OfficeRules

CLIENTS = 50


def test_a_book_per_kind_or_one_for_all(world: World) -> None:
    letter, plan = kinds.by_code("CV"), kinds.by_code("KH")
    assert series.scope_of(letter, common=False) != series.scope_of(plan, common=False)
    assert series.scope_of(letter, common=True) == series.scope_of(plan, common=True) == "all"


def test_the_number_shown_beforehand_is_not_reserved(world: World) -> None:
    place = (world.province.pk, "in", "all", periods.of_kind(None, arrival().arrived_on).name)
    assert numbering.next_number(*place) == 1
    assert numbering.next_number(*place) == 1
    make_registered(world)
    assert numbering.next_number(*place) == 2


def test_a_refused_registration_takes_no_number(world: World) -> None:
    make_registered(world)
    with pytest.raises(Invalid):
        make_registered(world, subject="ngắn")
    with transaction.atomic():
        make_registered(world)
        transaction.set_rollback(True)
    assert make_registered(world).arrival_number == 2


def test_outgoing_numbers_carry_the_zero_and_stay_when_voided(world: World) -> None:
    first = make_numbered(world)
    assert (first.number, first.document.number) == (1, "01")
    assert first.document.symbol == "01/VKSTC-V14"
    with pytest.raises(Invalid):
        outgoing.void(first, "ngắn", by=world.actor("supreme_clerk"))
    outgoing.void(first, "Cấp nhầm, văn bản không phát hành", by=world.actor("supreme_clerk"))
    assert make_numbered(world).number == 2
    assert OutgoingEntry.objects.get(pk=first.pk).state == "voided"


@pytest.mark.django_db(transaction=True)
def test_fifty_clients_with_roll_backs_and_killed_backends_leave_no_gap() -> None:
    world = make_world()
    OfficeRules.objects.filter(pk=world.province.pk).update(handling_days=0)
    clerk = world.actor("clerk")
    make_registered(world)
    gate, registered, killed = threading.Barrier(CLIENTS), [], []
    threads = [
        threading.Thread(target=_client, args=(number, clerk, gate, registered, killed))
        for number in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = sorted(
        IncomingEntry.objects.filter(office=world.province).values_list("arrival_number", flat=True)
    )
    book = Series.objects.get(office=world.province, direction="in")
    assert killed
    assert len(numbers) >= len(registered) + 1 > CLIENTS / 2
    assert numbers == list(range(1, len(numbers) + 1))
    assert book.last == numbers[-1]
    assert list(ledger.check()) == []


def _client(
    number: int, clerk: Actor, gate: threading.Barrier, registered: list[int], killed: list[int]
) -> None:
    """One clerk's connection: registers twice, now and then changes their mind, or loses the connection."""
    chance = random.Random(number)
    gate.wait()
    for _ in range(2):
        fate = chance.random()
        try:
            with transaction.atomic():
                entry = actions.register(arrival(), by=clerk)
                if fate < 0.2:
                    transaction.set_rollback(True)
                elif fate < 0.4 or number == 0:
                    _kill_own_backend()
            if fate >= 0.2:
                registered.append(entry.pk)
        except Error:
            killed.append(number)
        connection.close()


def _kill_own_backend() -> None:
    with suppress(Error), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
