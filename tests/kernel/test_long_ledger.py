"""A minute of many offices writing at once: every chain holds."""

import random
import threading
import time

import pytest
from django.db import connection, transaction

from tests.cast import World, make_world
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.models import LedgerEntry, LedgerHead

SECONDS, WRITERS, OFFICES = 60, 24, 40


def write(world: World, seed: int, until: float, kept: list[int]) -> None:
    """One connection: acts in random offices, one to four in a transaction; every fifth is rolled back."""
    chance = random.Random(seed)
    while time.monotonic() < until:
        offices = sorted(chance.sample(range(1, OFFICES + 1), chance.randint(1, 4)))  # the order of locks
        keep = chance.random() > 0.2
        with transaction.atomic():
            for office in offices:
                by = Actor(account_id=seed, person_id=seed, office_id=office, name="Lê Quang Khải")
                ledger.record("tests.acted", world.province, by=by, office_id=office, note=f"lần {seed}")
            transaction.set_rollback(not keep)
        if keep:
            kept.append(len(offices))
    connection.close()


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_chains_hold_while_many_offices_write() -> None:
    world, kept = make_world(), list[int]()
    before, until = LedgerEntry.objects.count(), time.monotonic() + SECONDS
    threads = [
        threading.Thread(target=write, args=(world, seed, until, kept)) for seed in range(1, WRITERS + 1)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = LedgerEntry.objects.filter(verb="tests.acted")
    print(f"{rows.count()} acts of {WRITERS} writers in {OFFICES} offices in {SECONDS} s")
    assert LedgerEntry.objects.count() - before == sum(kept) > WRITERS * 10
    assert LedgerHead.objects.filter(office_id__in=range(1, OFFICES + 1)).count() == OFFICES
    for office in range(1, OFFICES + 1):
        numbers = list(rows.filter(office_id=office).order_by("seq").values_list("seq", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
    assert list(ledger.check()) == []
