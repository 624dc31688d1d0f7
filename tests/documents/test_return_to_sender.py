"""Return what is not ours, not whole or not authentic (Decree 30/2020, article 21.2)."""

import pytest

from tests.cast import World
from tests.entries import arrived, fresh, make_delivered, make_registered
from vanthu.documents import actions, queries
from vanthu.kernel import ledger
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound

REASON = "Văn bản gửi nhầm, không thuộc thẩm quyền"


def test_it_leaves_the_inbox_with_its_reason(world: World) -> None:
    entry = make_delivered(world)
    clerk = world.actor("clerk")
    actions.return_to_sender(entry.pk, f" {REASON} ", by=clerk)
    entry = fresh(entry)
    assert (entry.state, entry.returned_reason, entry.arrival_number) == ("returned", REASON, None)
    seen = queries.incoming(entry.pk, clerk)
    assert (seen.participant.state, seen.participant.pending) == ("returned", False)
    assert [act.note for act in ledger.history(entry)][-1] == f"trả lại nơi gửi: {REASON}"


def test_without_a_reason_it_stays(world: World) -> None:
    entry = make_delivered(world)
    with pytest.raises(Invalid) as refused:
        actions.return_to_sender(entry.pk, "   x", by=world.actor("clerk"))
    assert set(refused.value.fields) == {"reason"}
    assert fresh(entry).state == "waiting"


def test_what_is_in_the_book_is_not_returned(world: World) -> None:
    entry = make_registered(world)
    with pytest.raises(Conflict, match="vào sổ văn bản đến"):
        actions.return_to_sender(entry.pk, REASON, by=world.actor("clerk"))


def test_who_may(world: World) -> None:
    entry = make_delivered(world)
    with pytest.raises(NotAllowed):
        actions.return_to_sender(entry.pk, REASON, by=world.actor("head"))
    with pytest.raises(NotFound):
        actions.return_to_sender(entry.pk, REASON, by=world.actor("region_clerk"))


def test_a_returned_document_does_not_stop_another_delivery(world: World) -> None:
    first = make_delivered(world)
    actions.return_to_sender(first.pk, REASON, by=world.actor("clerk"))
    again = arrived(first.document, world.province)
    assert again.pk != first.pk
    assert actions.receive(again.pk, by=world.actor("clerk")).arrival_number == 1
