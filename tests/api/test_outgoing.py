"""Issued documents for programs: the list, what came of one at its recipients, sending again."""

from typing import Any

import pytest

from tests.api.programs import Program
from tests.cast import World
from tests.entries import make_numbered
from vanthu.documents import actions as documents
from vanthu.documents import outgoing
from vanthu.documents.models import IncomingEntry, OutgoingEntry
from vanthu.exchange import actions as exchange
from vanthu.exchange.models import Delivery

pytestmark = pytest.mark.django_db


def make_sent(world: World) -> OutgoingEntry:
    """A document of the Supreme Procuracy that lies in the inboxes of the province and of a region."""
    by = world.actor("supreme_clerk")
    entry = outgoing.issue(make_numbered(world), by=by)
    offices = [(world.province.pk, world.province.name), (world.region.pk, world.region.name)]
    sent = exchange.send(entry, [*offices, (None, "Bộ Công an")], by=by)
    exchange.deliver([one.pk for one in sent])
    return entry


def test_the_list_and_one(world: World) -> None:
    entry = make_sent(world)
    program = Program.of(world, "supreme_clerk")
    listed = program.get("/outgoing").json()["items"]
    assert [(one["id"], one["progress"]) for one in listed] == [
        (entry.pk, {"total": 2, "registered": 0, "returned": 0})
    ]
    assert program.get("/outgoing", {"state": "voided"}).json()["items"] == []
    body = program.get(f"/outgoing/{entry.pk}").json()
    assert [one["state"]["code"] for one in body["deliveries"]] == ["sent", "sent", "outside"]
    assert [one["channel"]["code"] for one in body["deliveries"]] == ["internal", "internal", "paper"]
    assert body["history"][0]["verb"] == "documents.numbered"


def test_a_masked_one_shows_neither_subject_nor_recipients(world: World) -> None:
    entry = make_numbered(world, restricted=True)
    body = Program.of(world, "supreme_clerk").get(f"/outgoing/{entry.pk}").json()
    assert body["masked"]
    assert entry.document.subject not in str(body)
    assert (body["deliveries"], body["history"], body["files"]) == ([], [], [])


def test_sending_again(world: World) -> None:
    entry = make_sent(world)
    returned = IncomingEntry.objects.get(office=world.province)
    documents.return_to_sender(returned.pk, "Thiếu phụ lục kèm theo.", by=world.actor("clerk"))
    delivery = Delivery.objects.get(to_office=world.province)
    program = Program.of(world, "supreme_clerk")
    path = f"/outgoing/{entry.pk}/deliveries/{delivery.pk}/resend"
    body = program.post(path, key="again").json()
    assert body["deliveries"][0]["state"]["code"] == "queued"
    assert program.post(path, key="again").status_code == 200
    refused = program.post(path)
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    narrow = Program.of(world, "supreme_clerk", ["read", "documents"]).post(path)
    assert narrow.json()["code"] == "scope_missing"
    other = make_numbered(world)
    assert program.post(f"/outgoing/{other.pk}/deliveries/{delivery.pk}/resend").status_code == 404


def test_the_number_of_queries_does_not_grow(world: World, django_assert_num_queries: Any) -> None:
    program = Program.of(world, "supreme_clerk")
    make_sent(world)
    program.get("/outgoing")
    with django_assert_num_queries(4):  # token, window, entries, progress
        program.get("/outgoing")
    for _ in range(4):
        make_numbered(world)
    with django_assert_num_queries(4):
        program.get("/outgoing")
