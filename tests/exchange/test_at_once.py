"""Offices that send to each other at the same moment, and clerks who answer meanwhile, never lock each other out."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from tests.cast import World, actor_of, make_office, make_person, make_world
from tests.entries import make_numbered
from vanthu.documents import actions as documents
from vanthu.documents.models import IncomingEntry, OutgoingEntry
from vanthu.exchange import actions, queries
from vanthu.exchange.models import Delivery, Receipt
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.organisations.models import Office
from vanthu.organisations.powers import Role

OFFICES = 8


def run_at_once(acts: list[Callable[[], object]]) -> list[BaseException]:
    gate, errors = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        gate.wait()
        try:
            act()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def sent_to(world: World, offices: list[Office], clerk: str) -> OutgoingEntry:
    outgoing = make_numbered(world, clerk, notation=f"VKS-{clerk}")  # two offices never give the same symbol
    actions.send(outgoing, [(one.pk, one.name) for one in offices], by=world.actor(clerk))
    return outgoing


def received(office_clerk: Actor, document_id: int) -> Callable[[], object]:
    entry = IncomingEntry.objects.get(document=document_id, office=office_clerk.office_id)
    return lambda: documents.receive(entry.pk, by=office_clerk)


@pytest.mark.django_db(transaction=True)
def test_batches_and_clerks_at_once() -> None:
    world = make_world()
    offices = [make_office(parent=world.province) for _ in range(OFFICES)]
    clerks = [actor_of(make_person(one, Role.CLERK)) for one in offices]
    everybody = [*offices, world.province, world.supreme]
    first = sent_to(world, offices, "supreme_clerk")
    actions.deliver(queries.waiting(first.pk))
    waves = [
        sent_to(world, [one for one in everybody if one != home], clerk)
        for clerk, home in (("supreme_clerk", world.supreme), ("clerk", world.province))
        for _ in range(2)
    ]
    batches = [queries.waiting(one.pk) for one in waves]
    errors = run_at_once(
        [
            *(lambda ids=ids[::turn]: actions.deliver(ids) for ids in batches for turn in (1, -1)),
            *(received(clerk, first.document_id) for clerk in clerks),
        ]
    )
    assert errors == []
    assert queries.progress([first.pk]) == {first.pk: (OFFICES, OFFICES, 0)}
    assert not Delivery.objects.filter(state="queued").exists()
    assert Receipt.objects.filter(state="sent").count() == Delivery.objects.count()
    assert IncomingEntry.objects.count() == Delivery.objects.count()
    assert list(ledger.check()) == []
