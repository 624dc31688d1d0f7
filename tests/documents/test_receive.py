"""Receive what was delivered: one click, all fields filled; colleagues are told who was first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import World
from tests.entries import SUBJECT, VERDICT, arrived, fresh, make_delivered, make_numbered, stranger
from vanthu.documents import actions, queries
from vanthu.documents.models import Document, IncomingEntry
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Conflict, NotAllowed, NotFound


def test_a_delivered_document_waits_with_its_verdict(world: World) -> None:
    entry = make_delivered(world)
    assert (entry.state, entry.arrival_number, entry.signature_verdict) == ("waiting", None, "valid")
    assert entry.signature_report == VERDICT
    listed = queries.incoming_list(world.actor("clerk"), states=("waiting",))
    assert [seen.entry.pk for seen in listed] == [entry.pk]


def test_delivering_twice_makes_one_entry(world: World) -> None:
    outgoing = make_numbered(world)
    made = {arrived(outgoing.document, world.province).pk for _ in range(2)}
    assert len(made) == IncomingEntry.objects.count() == 1


def test_one_click_registers_with_all_fields(world: World) -> None:
    entry = actions.receive(make_delivered(world).pk, by=world.actor("clerk"))
    assert (entry.state, entry.arrival_number, entry.arrived_on) == ("registered", 1, today())
    assert (entry.subject, entry.signer_name) == (SUBJECT, "Đào Trọng Khánh")
    assert entry.number == entry.document.number


def test_corrections_stay_in_the_entry(world: World) -> None:
    delivered = make_delivered(world)
    day = today() + timedelta(days=2)
    corrected = replace(actions.arrival_of(delivered), remark="thiếu trang 3", due_on=day)
    entry = actions.receive(
        delivered.pk, replace(corrected, subject="Trích yếu ghi trong sổ"), by=world.actor("clerk")
    )
    assert (entry.remark, entry.due_on, entry.subject) == ("thiếu trang 3", day, "Trích yếu ghi trong sổ")
    assert Document.objects.get(pk=entry.document_id).subject == SUBJECT


def test_a_deadline_in_the_past_is_today(world: World) -> None:
    entry = make_delivered(world)
    Document.objects.filter(pk=entry.document_id).update(reply_due_on=today() - timedelta(days=9))
    assert actions.receive(entry.pk, by=world.actor("clerk")).due_on == today()


def test_of_two_clerks_one_is_told_who_was_first(world: World) -> None:
    entry = make_delivered(world)
    actions.receive(entry.pk, by=world.actor("clerk"))
    with pytest.raises(Conflict, match="Phạm Thu Thủy vừa vào sổ văn bản đến, số đến 1 lúc"):
        actions.receive(entry.pk, by=world.actor("clerk"))
    assert make_delivered(world).state == "waiting"
    assert IncomingEntry.objects.filter(arrival_number__isnull=False).count() == 1


@pytest.mark.parametrize("persona", ["head", "chief"])
def test_who_sees_it_but_registers_nothing(world: World, persona: str) -> None:
    entry = make_delivered(world)
    with pytest.raises(NotAllowed):
        actions.receive(entry.pk, by=world.actor(persona))


def test_for_another_office_it_does_not_exist(world: World) -> None:
    entry = make_delivered(world)
    for by in (world.actor("region_clerk"), world.actor("supreme_clerk"), stranger()):
        with pytest.raises(NotFound):
            actions.receive(entry.pk, by=by)


def test_a_restricted_document_is_received_unread(world: World) -> None:
    clerk = world.actor("clerk")
    delivered = make_delivered(world, restricted=True, subject="Danh sách cán bộ được xem xét kỷ luật")
    shown = queries.incoming(delivered.pk, clerk)
    assert shown.sight.masked
    assert shown.entry.subject == shown.entry.document.subject == queries.MASKED_SUBJECT
    assert (shown.entry.signer_name, shown.entry.signature_report) == ("", {})
    form = replace(actions.arrival_of(shown.entry), remark="phong bì kín", restricted=False)
    actions.receive(delivered.pk, form, by=clerk)
    entry = fresh(delivered)
    assert entry.subject == "Danh sách cán bộ được xem xét kỷ luật"
    assert (entry.signer_name, entry.remark, entry.restricted) == ("Đào Trọng Khánh", "phong bì kín", True)
    assert queries.incoming(entry.pk, world.actor("head")).entry.subject == entry.subject
