"""A document that its sender takes back: frozen there, a tombstone at every receiver."""

from collections.abc import Callable, Sequence

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.cast import World, make_office
from tests.entries import make_numbered, person, unit
from vanthu.documents import actions as documents
from vanthu.documents import queries as document_queries
from vanthu.documents import recalling
from vanthu.documents.books.columns import INCOMING
from vanthu.documents.models import IncomingEntry, OutgoingEntry, Recall
from vanthu.documents.outgoing import issue
from vanthu.documents.recalling import Order
from vanthu.dossiers import actions as dossiers
from vanthu.exchange import actions, queries
from vanthu.exchange import recalling as exchange
from vanthu.exchange.models import Delivery
from vanthu.kernel import ledger, participants
from vanthu.kernel.calendar import today
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.participants import Item
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.organisations.models import Office
from vanthu.search import queries as search
from vanthu.search.models import SearchRow
from vanthu.tasks import actions as tasks
from vanthu.tasks.actions import Direction
from vanthu.tasks.models import Task
from vanthu.web.books import making
from vanthu.web.books.orders import Order as BookOrder

WORDS = "Về việc rà soát quy trình tiếp nhận nguồn tin về tội phạm"


@pytest.fixture
def issued(world: World, attach_pdf: Callable[[int], None]) -> OutgoingEntry:
    """A document of the Supreme Procuracy that the province and a region have received."""
    entry = make_numbered(world, subject=WORDS)
    attach_pdf(entry.document_id)
    by = world.actor("supreme_clerk")
    issue(entry, by=by)
    named = [(one.pk, one.name) for one in (world.province, world.region)]
    actions.send(entry, [*named, (None, "Tòa án nhân dân tối cao")], by=by)
    run_jobs()
    return entry


def order(world: World, **fields: object) -> Order:
    given = {
        "reason": "Ban hành nhầm phụ lục số liệu",
        "basis": "Điều 18 khoản 4 Nghị định 30/2020/NĐ-CP",
        "ordered_by": world.person("supreme_head").pk,
    }
    return Order(**{**given, **fields})  # type: ignore[arg-type]


def recall(world: World, entry: OutgoingEntry) -> None:
    recalling.recall(entry.pk, order(world), by=world.actor("supreme_clerk"))
    run_jobs(ahead=10)


def entry_at(office: object) -> IncomingEntry:
    return IncomingEntry.objects.get(office=office)


def state_at(office: object) -> str:
    return Delivery.objects.get(to_office=office).state


def test_only_the_clerk_recalls_and_says_why_and_on_whose_order(world: World, issued: OutgoingEntry) -> None:
    with pytest.raises(NotAllowed):
        recalling.recall(issued.pk, order(world), by=world.actor("supreme_head"))
    with pytest.raises(NotFound):
        recalling.recall(issued.pk, order(world), by=world.actor("clerk"))
    clerk = world.actor("supreme_clerk")
    with pytest.raises(Invalid) as refused:
        recalling.recall(issued.pk, order(world, reason="nhầm", basis=""), by=clerk)
    assert set(refused.value.fields) == {"reason", "basis"}
    with pytest.raises(NotFound):  # a specialist orders nothing
        recalling.recall(issued.pk, order(world, ordered_by=world.person("supreme_specialist").pk), by=clerk)
    recalling.recall(issued.pk, order(world), by=clerk)
    with pytest.raises(Conflict):
        recalling.recall(issued.pk, order(world), by=clerk)
    last = ledger.last_act(issued)
    assert last is not None
    assert last.note.startswith(
        "thu hồi 01/VKSTC-V14 theo lệnh của Viện trưởng Đào Trọng Khánh: Ban hành nhầm"
    )
    kept = recalling.recall_of_entry(issued.pk)
    assert kept is not None
    assert kept.basis.startswith("Điều 18")


def test_the_sender_keeps_it_frozen(world: World, issued: OutgoingEntry) -> None:
    recall(world, issued)
    clerk = world.actor("supreme_clerk")
    seen = document_queries.outgoing(issued.pk, clerk)
    assert (seen.entry.state, seen.entry.document.subject, seen.sight.files) == ("recalled", WORDS, True)
    for change in (
        lambda: OutgoingEntry.objects.filter(pk=issued.pk).update(remark="khác"),
        lambda: type(issued.document).objects.filter(pk=issued.document_id).update(subject="Văn bản khác"),
        lambda: Recall.objects.filter(outgoing=issued).update(reason="Không có lý do nào"),
        lambda: OutgoingEntry.objects.filter(pk=issued.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    dossier = dossiers.open_dossier("Hồ sơ rà soát quy trình tiếp nhận", by=clerk)
    with pytest.raises(Conflict, match="đã thu hồi"):
        dossiers.put_in(dossier.pk, Item("out", issued.pk), by=clerk)
    with pytest.raises(Conflict, match="đã thu hồi"):
        actions.send(issued, [(world.second_region.pk, world.second_region.name)], by=clerk)


def test_a_receiver_who_had_not_opened_it_has_a_tombstone(world: World, issued: OutgoingEntry) -> None:
    recall(world, issued)
    clerk = world.actor("region_clerk")
    seen = document_queries.incoming(entry_at(world.region).pk, clerk)
    assert (seen.entry.state, seen.entry.subject, seen.entry.signer_name) == (
        "recalled",
        recalling.TOMBSTONE,
        "",
    )
    assert (seen.entry.symbol, seen.entry.issuer_name) == ("01/VKSTC-V14", issued.document.issuer_name)
    assert not seen.sight.files
    assert not document_queries.may_open_document(issued.document_id, clerk)
    with pytest.raises(Conflict):
        documents.receive(seen.entry.pk, by=clerk)


def test_a_receiver_who_works_on_it_stops(world: World, issued: OutgoingEntry) -> None:
    entry = entry_at(world.province)
    documents.receive(entry.pk, by=world.actor("clerk"))
    documents.present(entry.pk, world.person("head").pk, by=world.actor("clerk"))
    direction = Direction(text="Đề nghị tham mưu.", lead=unit(world, "P1"))
    tasks.direct(entry.pk, direction, by=world.actor("head"))
    tasks.assign(entry.pk, Direction(lead=person(world, "specialist")), by=world.actor("head_of_unit"))
    run_jobs(ahead=10)
    assert search.search("quy trinh tiep nhan", by=world.actor("specialist")).hits
    recall(world, issued)

    assert set(Task.objects.values_list("state", "result")) == {("cancelled", recalling.TOMBSTONE)}
    handler = document_queries.incoming(entry.pk, world.actor("specialist"))
    assert not handler.sight.files
    assert [(row.owner_kind, row.state, row.pending, row.due_on) for row in handler.sight.rows] == [
        ("p", "to_read", True, None)
    ]
    with pytest.raises(Conflict):
        tasks.instruct(entry.pk, "Vẫn làm", by=world.actor("head"))
    for who in ("specialist", "clerk", "head"):
        assert not search.search("quy trinh tiep nhan", by=world.actor(who)).hits
    assert not SearchRow.objects.filter(item_kind="in", item_id=entry.pk).exists()
    assert search.search("quy trinh tiep nhan", by=world.actor("supreme_clerk")).hits  # the sender's stays
    day = today()
    book = BookOrder("incoming", "pdf", day.replace(month=1, day=1), day.replace(month=12, day=31))
    lines = [
        [column.value(row) for column in INCOMING.columns]
        for row in making.rows_of(book, world.actor("clerk"))
    ]
    assert [(line[1], line[-1]) for line in lines] == [(1, "Đã thu hồi")]
    assert WORDS not in str(lines)


def test_the_sender_sees_who_took_note_when(world: World, issued: OutgoingEntry) -> None:
    recall(world, issued)
    assert (state_at(world.province), state_at(world.region)) == ("recalled", "recalled")
    entry = entry_at(world.province)
    with pytest.raises(NotAllowed):
        recalling.take_note(entry.pk, "destroyed", by=world.actor("head"))
    with pytest.raises(Invalid):
        recalling.take_note(entry.pk, "burnt", by=world.actor("clerk"))
    recalling.take_note(entry.pk, "destroyed", by=world.actor("clerk"))
    with pytest.raises(Conflict):
        recalling.take_note(entry.pk, "none", by=world.actor("clerk"))
    assert (state_at(world.province), state_at(world.region)) == ("recall_noted", "recalled")
    noted = exchange.noted(issued.document_id)
    assert {office: (one.noted_by_name, one.paper) for office, one in noted.items()} == {
        world.province.pk: ("Phạm Thu Thủy", "destroyed")
    }
    told = queries.receipts(issued.pk, world.actor("supreme_clerk"))
    notes = {one.note for rows in told.values() for one in rows if one.state == "recall_noted"}
    assert notes == {"Đã hủy bản giấy"}
    row = next(one for one in participants.owners(Item("in", entry.pk)) if one.owner_kind == "o")
    assert (row.state, row.pending) == ("recall_noted", False)


def test_what_had_not_left_never_arrives(world: World) -> None:
    entry = make_numbered(world, subject=WORDS)
    issue(entry, by=world.actor("supreme_clerk"))
    actions.send(entry, [(world.region.pk, world.region.name)], by=world.actor("supreme_clerk"))
    recalling.recall(entry.pk, order(world), by=world.actor("supreme_clerk"))
    exchange.dispatch_recall(entry.pk)
    run_jobs()
    assert state_at(world.region) == "stopped"
    assert not IncomingEntry.objects.exists()


def test_one_that_was_returned_is_emptied_too_and_not_sent_again(world: World, issued: OutgoingEntry) -> None:
    entry = entry_at(world.province)
    documents.return_to_sender(entry.pk, "Gửi nhầm nơi nhận", by=world.actor("clerk"))
    recall(world, issued)
    entry.refresh_from_db()
    assert (entry.state, entry.subject) == ("recalled", recalling.TOMBSTONE)
    with pytest.raises(Conflict):
        actions.resend(Delivery.objects.get(to_office=world.province).pk, by=world.actor("supreme_clerk"))


def test_jobs_may_run_twice_and_cost_the_same_for_many(world: World) -> None:
    offices = [make_office(parent=world.supreme) for _ in range(9)]

    def sent_to(receivers: Sequence[Office]) -> OutgoingEntry:
        entry = make_numbered(world)
        issue(entry, by=world.actor("supreme_clerk"))
        actions.send(entry, [(one.pk, one.name) for one in receivers], by=world.actor("supreme_clerk"))
        return entry

    def cost(entry: OutgoingEntry) -> int:
        with CaptureQueriesContext(connection) as queries_:
            assert exchange.empty(entry.pk, recalling.holders(entry.pk)) > 0
        alone = ("search_", "SAVEPOINT")  # the index forgets one after the other
        return sum(not any(word in one["sql"] for word in alone) for one in queries_.captured_queries)

    few, many = sent_to(offices[:2]), sent_to(offices)
    run_jobs()
    for entry in (few, many):
        recalling.recall(entry.pk, order(world), by=world.actor("supreme_clerk"))
    assert cost(few) == cost(many)
    assert exchange.empty(many.pk, [one.pk for one in offices]) == 0
    run_jobs()
    assert Delivery.objects.filter(outgoing=many, state="recalled").count() == 9
