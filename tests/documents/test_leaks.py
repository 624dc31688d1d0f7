"""What a person may not see reaches them by no side door: replies of others, suggestions, refusals, books."""

import threading
from typing import Any

import pytest
from django.db import connection

from tests.cast import World, make_world
from tests.entries import (
    SUBJECT,
    arrival,
    arrived,
    fresh,
    make_delivered,
    make_numbered,
    make_presented,
    make_registered,
    person,
)
from vanthu.documents import actions, book_lines, queries
from vanthu.documents.actions import Duplicate
from vanthu.documents.models import EntryDraft, IncomingEntry
from vanthu.kernel import ledger
from vanthu.kernel.actor import SYSTEM, Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed
from vanthu.tasks import actions as tasks
from vanthu.tasks.actions import Direction


def test_the_replies_of_other_receivers_are_theirs(world: World) -> None:
    asked = make_numbered(world)
    ours, theirs = (arrived(asked.document, office) for office in (world.province, world.region))
    reply = make_numbered(world, "clerk", subject="Báo cáo của tỉnh Bắc Ninh về vụ án")
    actions.receive(ours.pk, by=world.actor("clerk"))
    tasks.close_by_reply(ours.pk, reply.document, by=SYSTEM)
    found = queries.related(asked.document_id, world.actor("clerk"))
    assert [one.source.subject for one in found] == ["Báo cáo của tỉnh Bắc Ninh về vụ án"]
    assert queries.related(theirs.document_id, world.actor("region_clerk")) == []
    assert queries.related(asked.document_id, world.actor("supreme_clerk")) == []


def test_a_restricted_reply_is_masked_to_the_clerk(world: World) -> None:
    entry = make_registered(world)
    reply = make_numbered(world, "clerk", restricted=True, subject="Nội dung hạn chế")
    tasks.close_by_reply(entry.pk, reply.document, by=SYSTEM)
    (found,) = queries.related(entry.document_id, world.actor("clerk"))
    assert (found.source.symbol, found.source.subject) == (reply.document.symbol, queries.MASKED_SUBJECT)
    assert queries.related(entry.document_id, world.actor("chief")) == []


def test_a_reply_to_what_was_closed_meanwhile_is_remembered(world: World) -> None:
    entry = make_presented(world)
    tasks.direct(entry.pk, Direction(text="Lưu."), by=world.actor("head"))
    reply = make_numbered(world, "clerk")
    tasks.close_by_reply(entry.pk, reply.document, by=SYSTEM)
    assert fresh(entry).closing_note == "kết thúc: để biết, lưu"
    assert [act.note for act in ledger.history(entry)][
        -1
    ] == f"có thêm văn bản trả lời {reply.document.symbol}"
    assert [one.source_id for one in queries.related(entry.document_id, world.actor("clerk"))] == [
        reply.document_id
    ]


def test_files_are_asked_for_at_ones_own_office_only(world: World, django_assert_num_queries: Any) -> None:
    document = make_numbered(world).document
    for office in (world.province, world.region, world.second_region):
        arrived(document, office)
    by = world.actor("clerk")
    with django_assert_num_queries(3):
        assert queries.may_open_document(document.pk, by)
    assert not queries.may_open_document(document.pk, world.actor("specialist"))


@pytest.mark.parametrize("persona", ["specialist", "administrator", "inspector", "archivist", "head_of_unit"])
def test_who_wrote_to_the_office_is_suggested_only_to_who_registers(world: World, persona: str) -> None:
    make_registered(world, issuer_name="Công ty Cổ phần Minh Khai")
    assert queries.suggest_issuers("minh khai", world.actor("clerk")) == ["Công ty Cổ phần Minh Khai"]
    assert queries.suggest_signers("", "Công ty Cổ phần Minh Khai", world.actor("clerk"))
    assert queries.suggest_issuers("", world.actor(persona)) == []
    assert queries.suggest_signers("", "Công ty Cổ phần Minh Khai", world.actor(persona)) == []


def test_a_refusal_does_not_quote_the_direction_on_a_restricted_document(world: World) -> None:
    entry = make_presented(world, restricted=True)
    secret = "Bắt tạm giam đối tượng X trước ngày 30"
    tasks.direct(entry.pk, Direction(text=secret, lead=person(world, "specialist")), by=world.actor("head"))
    for verb in (
        lambda: actions.take_back(entry.pk, by=world.actor("clerk")),
        lambda: actions.present(entry.pk, world.person("head").pk, by=world.actor("clerk")),
    ):
        with pytest.raises(Conflict) as refused:
            verb()
        assert "Vũ Đình Lâm vừa" in refused.value.message
        assert secret not in refused.value.message
        assert "Khải" not in refused.value.message


def test_what_its_sender_restricted_stays_restricted(world: World) -> None:
    entry = make_delivered(world, restricted=True)
    clerk = world.actor("clerk")
    opened = actions.arrival_of(IncomingEntry.objects.select_related("document").get(pk=entry.pk))
    actions.receive(
        entry.pk, arrival(number=opened.number, notation=opened.notation, restricted=False), by=clerk
    )
    entry = fresh(entry)
    assert entry.restricted
    assert entry.subject == SUBJECT
    assert queries.incoming(entry.pk, clerk).sight.masked


def test_the_book_is_in_order_of_number_and_masks_in_few_queries(
    world: World, django_assert_num_queries: Any
) -> None:
    by = world.actor("clerk")
    for number in range(6):
        make_registered(world, restricted=number % 2 == 0)
    last = IncomingEntry.objects.order_by("-pk")[0]
    IncomingEntry.objects.filter(pk=last.pk).update(arrived_on=today().replace(month=1, day=1))
    with django_assert_num_queries(2):
        rows = list(book_lines.incoming_book(by, today().replace(month=1, day=1), today()))
    assert [row.arrival_number for row in rows] == [1, 2, 3, 4, 5, 6]
    assert [row.subject == queries.MASKED_SUBJECT for row in rows] == [True, False] * 3


@pytest.mark.parametrize("secrecy", ["mat", "toi_mat", "tuyet_mat", "MẬT", "c", "0"])
def test_of_a_secret_document_not_even_the_half_filled_form_is_kept(world: World, secrecy: str) -> None:
    clerk = world.actor("clerk")
    with pytest.raises(NotAllowed) as refused:
        actions.keep_entry_draft({"secrecy": secrecy, "subject": "Kế hoạch"}, None, by=clerk)
    assert refused.value.code == "secret_documents_stay_out"
    with pytest.raises(NotAllowed):
        make_registered(world, secrecy=secrecy)
    assert not EntryDraft.objects.exists()
    assert not IncomingEntry.objects.exists()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"urgency": 9}, "urgency"),
        ({"medium": "stone"}, "medium"),
        ({"remark": "x" * 501}, "remark"),
        ({"duplicate_reason": "x" * 301}, "duplicate_reason"),
    ],
)
def test_what_the_columns_do_not_hold_is_refused_by_its_field(
    world: World, fields: dict[str, Any], wrong: str
) -> None:
    with pytest.raises(Invalid) as refused:
        make_registered(world, **fields)
    assert set(refused.value.fields) == {wrong}


@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_with_one_document_the_later_is_warned() -> None:
    clerk = make_world().actor("clerk")
    same = arrival()
    gate, refused = threading.Barrier(4), []
    threads = [threading.Thread(target=_register, args=(same, clerk, gate, refused)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 3
    assert [entry.arrival_number for entry in IncomingEntry.objects.all()] == [1]


def _register(same: Any, clerk: Actor, gate: threading.Barrier, refused: list[Duplicate]) -> None:
    gate.wait()
    try:
        actions.register(same, by=clerk)
    except Duplicate as duplicate:
        refused.append(duplicate)
    finally:
        connection.close()
