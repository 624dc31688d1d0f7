"""From one office's outgoing book into another's inbox, and the states that come back."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import World, make_office
from tests.entries import arrived, make_numbered, person, stranger
from vanthu.documents import actions as documents
from vanthu.documents import queries as document_queries
from vanthu.documents.models import IncomingEntry, OutgoingEntry
from vanthu.documents.outgoing import issue
from vanthu.exchange import actions, jobs, queries, signature
from vanthu.exchange.models import Delivery, Receipt, SignatureCheck
from vanthu.issuing import actions as issuing
from vanthu.issuing.actions import Outline
from vanthu.issuing.models import Draft
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.files.models import StoredFile
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.models import LedgerEntry
from vanthu.kernel.refusals import Conflict, NotAllowed, NotFound
from vanthu.signing.report import Report
from vanthu.tasks import actions as tasks
from vanthu.tasks.actions import Direction


@pytest.fixture
def sent(world: World) -> OutgoingEntry:
    """A document of the Supreme Procuracy, sent to the province, a region and a court."""
    outgoing = make_numbered(world, owners=[person(world, "supreme_specialist")])
    recipients = [
        (world.region.pk, world.region.name),
        (world.province.pk, world.province.name),
        (None, "Tòa án nhân dân tối cao"),
    ]
    actions.send(outgoing, recipients, by=world.actor("supreme_clerk"))
    return outgoing


@pytest.fixture
def clerk(world: World) -> Actor:
    """The sender's clerk."""
    return world.actor("supreme_clerk")


def to(office: Any) -> Delivery:
    return Delivery.objects.get(to_office=office)


def entry_of(office: Any) -> IncomingEntry:
    return IncomingEntry.objects.exclude(state="returned").get(office=office)


def states(outgoing: OutgoingEntry, by: Actor) -> list[tuple[str, str]]:
    return [(one.to_name, one.state) for one in queries.deliveries(outgoing.pk, by)]


def test_a_document_lies_in_the_inboxes_after_the_jobs_ran(
    world: World, sent: OutgoingEntry, clerk: Actor
) -> None:
    assert [state for _, state in states(sent, clerk)] == ["queued", "queued", "outside"]
    run_jobs()
    assert states(sent, clerk) == [
        (world.region.name, "sent"),
        (world.province.name, "sent"),
        ("Tòa án nhân dân tối cao", "outside"),
    ]
    entry = entry_of(world.province)
    assert entry.document_id == sent.document_id
    assert entry.state == "waiting"
    assert queries.sender_of(entry) == world.supreme
    assert document_queries.incoming(entry.pk, world.actor("clerk")).entry == entry


def test_one_row_on_the_senders_chain_and_one_on_each_receivers(world: World, sent: OutgoingEntry) -> None:
    run_jobs()
    rows = LedgerEntry.objects.filter(verb__in=["exchange.sent", "documents.delivered"])
    assert sorted(rows.values_list("office_id", "verb")) == [
        (world.supreme.pk, "exchange.sent"),
        (world.province.pk, "documents.delivered"),
        (world.region.pk, "documents.delivered"),
    ]
    assert "gửi tới 3 nơi nhận" in [act.note for act in ledger.history(sent)]


def test_every_status_comes_back_to_the_sender(world: World, sent: OutgoingEntry, clerk: Actor) -> None:
    run_jobs()
    entry = entry_of(world.province)
    actions.mark_received(entry.pk, by=world.actor("clerk"))
    assert to(world.province).state == "received"
    registered = documents.receive(entry.pk, by=world.actor("clerk"))
    assert to(world.province).state == "registered"
    assert to(world.province).arrival_number == registered.arrival_number == 1
    documents.present(entry.pk, world.person("head").pk, by=world.actor("clerk"))
    lead = person(world, "specialist")
    tasks.direct(entry.pk, Direction(lead=lead), by=world.actor("head"))
    run_jobs()
    assert to(world.province).state == "registered"
    run_jobs(ahead=10)
    assert to(world.province).state == "handling"
    tasks.finish(entry.pk, "Đã báo cáo bằng điện thoại", by=world.actor("specialist"))
    assert to(world.province).state == "done"
    came_back = queries.receipts(sent.pk, clerk)[to(world.province).pk]
    assert [one.state for one in came_back] == ["sent", "received", "registered", "handling", "done"]
    assert came_back[2].note == "số đến 1"


def test_the_sender_never_learns_who_handles_it(world: World, sent: OutgoingEntry, clerk: Actor) -> None:
    run_jobs()
    entry = documents.receive(entry_of(world.province).pk, by=world.actor("clerk"))
    direction = Direction(text="Giao đồng chí Khải", lead=person(world, "specialist"))
    tasks.direct(entry.pk, direction, by=world.actor("head"))
    run_jobs(ahead=10)
    tasks.finish(entry.pk, "Khải đã báo cáo", by=world.actor("specialist"))
    told = "".join(
        f"{one.note} {row.reason} {row.to_name}"
        for row in queries.deliveries(sent.pk, clerk)
        for one in queries.receipts(sent.pk, clerk)[row.pk]
    )
    assert "Khải" not in told


def test_a_direction_that_is_taken_back_in_time_is_not_told(world: World, sent: OutgoingEntry) -> None:
    run_jobs()
    entry = documents.receive(entry_of(world.province).pk, by=world.actor("clerk"))
    tasks.direct(entry.pk, Direction(lead=person(world, "specialist")), by=world.actor("head"))
    tasks.undo_direct(entry.pk, by=world.actor("head"))
    run_jobs(ahead=10)
    assert to(world.province).state == "registered"
    assert not Receipt.objects.filter(state="handling").exists()


def test_only_the_receivers_clerk_marks_it_received(world: World, sent: OutgoingEntry) -> None:
    run_jobs()
    entry = entry_of(world.province)
    for persona in ("head", "specialist", "administrator", "region_head"):
        actions.mark_received(entry.pk, by=world.actor(persona))
    assert to(world.province).state == "sent"
    with pytest.raises(NotFound):
        actions.mark_received(entry.pk, by=world.actor("region_clerk"))
    actions.mark_received(entry.pk, by=world.actor("clerk"))
    actions.mark_received(entry.pk, by=world.actor("clerk"))
    assert Receipt.objects.filter(state="received").count() == 1


def test_what_was_returned_is_sent_again_into_a_new_entry(
    world: World, sent: OutgoingEntry, clerk: Actor
) -> None:
    run_jobs()
    first = entry_of(world.province)
    documents.return_to_sender(first.pk, "Thiếu phụ lục kèm theo", by=world.actor("clerk"))
    returned = to(world.province)
    assert (returned.state, returned.reason) == ("returned", "Thiếu phụ lục kèm theo")
    actions.resend(returned.pk, by=clerk)
    run_jobs()
    again = to(world.province)
    assert (again.state, again.reason) == ("sent", "")
    assert again.entry_id != first.pk
    assert documents.receive(again.entry_id or 0, by=world.actor("clerk")).arrival_number == 1
    assert to(world.province).state == "registered"
    states = [one.state for one in queries.receipts(sent.pk, clerk)[again.pk]]
    assert states == ["sent", "returned", "queued", "sent", "registered"]
    assert f"gửi lại {world.province.name}" in [act.note for act in ledger.history(sent)]


def test_who_may_send_again(world: World, sent: OutgoingEntry, clerk: Actor) -> None:
    run_jobs()
    documents.return_to_sender(entry_of(world.province).pk, "Gửi nhầm nơi nhận", by=world.actor("clerk"))
    returned = to(world.province).pk
    for persona in ("clerk", "head", "region_clerk", "administrator"):
        with pytest.raises(NotFound):
            actions.resend(returned, by=world.actor(persona))
    with pytest.raises(NotAllowed, match="văn thư hoặc người soạn thảo"):
        actions.resend(returned, by=world.actor("supreme_head"))
    actions.resend(returned, by=world.actor("supreme_specialist"))
    with pytest.raises(Conflict, match="Đang gửi"):
        actions.resend(returned, by=clerk)


def test_sending_twice_sends_once(world: World, sent: OutgoingEntry, clerk: Actor) -> None:
    again = [(world.province.pk, world.province.name), (None, "Tòa án nhân dân tối cao")]
    assert actions.send(sent, again, by=clerk) == []
    more = [*again, (world.second_region.pk, world.second_region.name)]
    assert [one.to_office_id for one in actions.send(sent, [*more, *more], by=clerk)] == [
        world.second_region.pk
    ]
    run_jobs()
    assert IncomingEntry.objects.count() == 3
    assert LedgerEntry.objects.filter(verb="exchange.sent").count() == 2


def test_a_job_that_runs_twice_delivers_once(world: World, sent: OutgoingEntry) -> None:
    batch = queries.waiting(sent.pk)
    jobs.dispatch(sent.pk)
    jobs.deliver_batch(batch)
    jobs.deliver_batch(batch)
    jobs.dispatch(sent.pk)
    run_jobs()
    assert IncomingEntry.objects.count() == 2
    assert Receipt.objects.count() == 2
    assert LedgerEntry.objects.filter(verb="documents.delivered").count() == 2


def test_what_was_forgotten_is_sent_by_the_clock(world: World, sent: OutgoingEntry) -> None:
    run_jobs(0)
    Delivery.objects.update(queued_at="2026-01-01T00:00Z")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    jobs.send_what_waits()
    jobs.send_what_waits()
    run_jobs()
    assert IncomingEntry.objects.count() == 2


def test_an_issued_draft_goes_to_the_recipients_it_names(world: World, clerk: Actor) -> None:
    outline = Outline(
        kind="CV",
        subject="Về việc hướng dẫn nghiệp vụ",
        signer_id=world.post("supreme_head").pk,
        office_ids=[world.province.pk, world.region.pk],
        others=["Tòa án nhân dân tối cao"],
    )
    draft = issuing.start(outline, from_template=False, by=world.actor("supreme_specialist"))
    outgoing = make_numbered(world)
    Draft.objects.filter(pk=draft.pk).update(state="numbered", outgoing=outgoing, signed_at=timezone.now())
    issue(outgoing, by=clerk)
    run_jobs()
    assert states(outgoing, clerk) == [
        (world.province.name, "sent"),
        (world.region.name, "sent"),
        ("Tòa án nhân dân tối cao", "outside"),
    ]


def test_what_has_no_draft_goes_nowhere_by_itself(world: World, clerk: Actor) -> None:
    outgoing = make_numbered(world)
    issue(outgoing, by=clerk)
    assert queries.deliveries(outgoing.pk, clerk) == []


def test_whoever_does_not_see_the_document_sees_no_recipients(world: World, sent: OutgoingEntry) -> None:
    run_jobs()
    for persona in ("clerk", "head", "region_clerk", "administrator", "inspector", "supreme_head_of_unit"):
        with pytest.raises(NotFound):
            queries.deliveries(sent.pk, world.actor(persona))
        with pytest.raises(NotFound):
            queries.receipts(sent.pk, world.actor(persona))
    with pytest.raises(NotFound):
        queries.deliveries(sent.pk, stranger())
    for persona in ("supreme_clerk", "supreme_head", "supreme_specialist"):
        assert len(queries.deliveries(sent.pk, world.actor(persona))) == 3


def test_of_a_restricted_document_the_clerk_sees_no_recipients(world: World) -> None:
    drafter = world.actor("supreme_specialist")
    outgoing = make_numbered(world, owners=[person(world, "supreme_specialist")], restricted=True)
    actions.send(outgoing, [(world.province.pk, world.province.name)], by=world.actor("supreme_clerk"))
    assert queries.deliveries(outgoing.pk, world.actor("supreme_clerk")) == []
    assert len(queries.deliveries(outgoing.pk, drafter)) == 1
    with pytest.raises(NotFound):
        queries.delivery(Delivery.objects.get().pk, world.actor("supreme_clerk"))


def test_progress_of_a_page_is_one_query(
    world: World, sent: OutgoingEntry, django_assert_num_queries: Any
) -> None:
    other = make_numbered(world)
    recipients = [(one.pk, one.name) for one in (world.province, world.region, world.second_region)]
    actions.send(other, recipients, by=world.actor("supreme_clerk"))
    run_jobs()
    waiting = IncomingEntry.objects.filter(document=other.document, office=world.province).get()
    documents.receive(waiting.pk, by=world.actor("clerk"))
    there = IncomingEntry.objects.filter(document=other.document, office=world.region).get()
    documents.return_to_sender(there.pk, "Không đúng thẩm quyền", by=world.actor("region_clerk"))
    with django_assert_num_queries(1):
        found = queries.progress([sent.pk, other.pk])
    assert found == {sent.pk: (0, 2, 0), other.pk: (1, 3, 1)}


def test_a_document_typed_in_has_no_sender(world: World) -> None:
    entry = arrived(make_numbered(world).document, world.province)
    assert queries.sender_of(entry) is None
    documents.receive(entry.pk, by=world.actor("clerk"))


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Verification that only counts how often it is asked."""
    asked: list[str] = []

    def verify(file: StoredFile) -> Report:
        asked.append(file.sha256)
        return Report("unsigned")

    monkeypatch.setattr(signature, "verify", verify)
    return asked


def test_four_hundred_receivers_in_batches(world: World, counted: list[str], attach_pdf: Any) -> None:
    offices = [make_office(parent=world.supreme) for _ in range(400)]
    outgoing = make_numbered(world)
    attach_pdf(outgoing.document_id)
    actions.send(outgoing, [(one.pk, one.name) for one in offices], by=world.actor("supreme_clerk"))
    jobs.dispatch(outgoing.pk)
    assert len(counted) == 1
    first = queries.waiting(outgoing.pk)[: jobs.BATCH]
    with CaptureQueriesContext(connection) as captured:
        actions.deliver(first)
    assert len(captured) <= 30 * jobs.BATCH + 10
    run_jobs(5000)
    assert queries.progress([outgoing.pk]) == {outgoing.pk: (0, 400, 0)}
    assert not queries.waiting(outgoing.pk)
    assert set(IncomingEntry.objects.values_list("signature_verdict", flat=True)) == {"unsigned"}
    assert len(counted) == 1
    assert SignatureCheck.objects.count() == 1
