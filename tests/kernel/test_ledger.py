"""The audit trail: chained per office, append-only, and whoever changes a row is found."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.cast import World
from vanthu.kernel import ledger
from vanthu.kernel.actor import SYSTEM, Actor
from vanthu.kernel.ledger import Event, Problem
from vanthu.kernel.models import LedgerEntry, LedgerHead, LedgerValues
from vanthu.kernel.refusals import Conflict, NotFound

HERE, THERE = 71, 72
KHAI = Actor(account_id=11, person_id=21, office_id=HERE, name="Lê Quang Khải", title="Kiểm sát viên")


def record(world: World, *, office_id: int = HERE, times: int = 1, **more: Any) -> LedgerEntry:
    for number in range(times):
        row = ledger.record(
            "tests.acted",
            world.province,
            by=KHAI,
            office_id=office_id,
            changes={"subject": ("", f"lần {number}")},
            note="vào sổ",
            **more,
        )
    return row


def force(sql: str, *arguments: object) -> None:
    """What only somebody with the keys of the database server can do."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, arguments)
        assert cursor.rowcount
        cursor.execute("SET LOCAL session_replication_role = origin")


def problems(office_id: int | None = None) -> set[tuple[int, int]]:
    return {(one.office_id, one.seq) for one in ledger.check(office_id)}


def test_chains_of_offices_are_their_own(world: World) -> None:
    record(world, times=3)
    record(world, office_id=THERE, times=2)
    rows = LedgerEntry.objects.filter(verb="tests.acted").order_by("id")
    assert [(row.office_id, row.seq) for row in rows] == [
        (HERE, 1), (HERE, 2), (HERE, 3), (THERE, 1), (THERE, 2)
    ]  # fmt: skip
    assert len({bytes(row.hash) for row in rows}) == 5
    assert list(ledger.check()) == []


def test_an_act_without_an_office_is_in_the_chain_of_the_installation(world: World) -> None:
    assert ledger.record("tests.acted", world.province, by=SYSTEM).office_id == ledger.INSTALLATION


def test_history_reads_who_when_what(world: World) -> None:
    record(world)
    act = ledger.history(world.province)[-1]
    assert (act.actor_name, act.actor_title, act.note) == ("Lê Quang Khải", "Kiểm sát viên", "vào sổ")
    assert act.changes == {"subject": ["", "lần 0"]}
    assert ledger.last_act(world.province) == act
    assert ledger.last_act(world.region) is None


def test_a_delegated_power_is_shown_as_such(world: World) -> None:
    delegate = world.actor("delegate")
    ledger.record("tests.acted", world.province, by=delegate, power="assign")
    ledger.record("tests.acted", world.province, by=delegate, power="draft")
    assert [act.behalf_of for act in ledger.history(world.province)] == ["Đặng Quang Huy", ""]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE kernel_ledgerentry SET verb = 'tests.other'",
        "DELETE FROM kernel_ledgerentry",
        "TRUNCATE kernel_ledgerentry CASCADE",
    ],
)
def test_the_database_refuses_to_change_the_past(world: World, sql: str) -> None:
    record(world)
    connection.check_constraints()  # PostgreSQL does not empty a table whose constraints wait
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(sql)
    assert LedgerEntry.objects.count() == 1


def test_the_trigger_decides_place_and_hash(world: World) -> None:
    row = record(world)
    forged = LedgerEntry.objects.create(
        office_id=HERE, seq=900, hash=b"forged", at=row.at, verb="tests.forged", item_kind="office",
        item_id=1, values_hash=b"",
    )  # fmt: skip
    forged.refresh_from_db()
    assert forged.seq == 2
    assert bytes(forged.hash) != b"forged"


@pytest.mark.parametrize(
    "change",
    [
        "verb = 'tests.other'",
        "at = at - interval '1 day'",
        "person_id = 22",
        "item_id = item_id + 1",
        "fields = '[]'::jsonb",
        "hash = sha256('x'::bytea)",
        "values_hash = sha256('x'::bytea)",
    ],
)
def test_a_changed_row_is_found(world: World, change: str) -> None:
    record(world, times=5)
    record(world, office_id=THERE, times=2)
    force(f"UPDATE kernel_ledgerentry SET {change} WHERE office_id = %s AND seq = 3", HERE)
    assert (HERE, 3) in problems()
    assert problems(THERE) == set()


def test_a_missing_row_is_found(world: World) -> None:
    record(world, times=5)
    force("DELETE FROM kernel_ledgervalues v USING kernel_ledgerentry e WHERE e.id = v.entry_id AND seq = 3")
    assert problems() == set()
    force("DELETE FROM kernel_ledgerentry WHERE office_id = %s AND seq = 3", HERE)
    assert list(ledger.check(HERE)) == [Problem(HERE, 4, "dòng ngay trước bị thiếu")]


def test_a_cut_tail_is_found(world: World) -> None:
    record(world, times=5)
    force("DELETE FROM kernel_ledgervalues v USING kernel_ledgerentry e WHERE e.id = v.entry_id AND seq > 3")
    force("DELETE FROM kernel_ledgerentry WHERE office_id = %s AND seq > 3", HERE)
    assert list(ledger.check()) == [Problem(HERE, 5, "các dòng cuối bị thiếu")]


def test_a_chain_whose_end_was_forgotten_is_found(world: World) -> None:
    record(world, times=2)
    force("DELETE FROM kernel_ledgerhead WHERE office_id = %s", HERE)
    assert problems() == {(HERE, 2)}


def test_changed_values_are_found_and_removed_ones_are_lawful(world: World) -> None:
    record(world, times=3)
    force(
        "UPDATE kernel_ledgervalues SET values = jsonb_set(values, '{note}', '\"khác\"')"
        " FROM kernel_ledgerentry e WHERE e.id = entry_id AND e.office_id = %s AND e.seq = 2",
        HERE,
    )
    assert list(ledger.check()) == [Problem(HERE, 2, "giá trị đi kèm bị sửa")]
    LedgerValues.objects.filter(entry__seq=2).delete()
    assert list(ledger.check()) == []
    assert ledger.history(world.province)[1].actor_name == "(đã xóa theo quy định)"


def test_what_is_rolled_back_leaves_no_gap(world: World) -> None:
    record(world)
    with transaction.atomic():
        record(world)
        transaction.set_rollback(True)
    assert record(world).pk
    assert LedgerHead.objects.get(office_id=HERE).seq == 2
    assert list(ledger.check()) == []


def test_reactions_run_in_the_same_transaction(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Event] = []
    monkeypatch.setitem(ledger._reactions, "tests.acted", [heard.append])
    record(world)
    (event,) = heard
    assert (event.verb, event.item_kind, event.item_id) == ("tests.acted", "office", world.province.pk)
    assert event.changes == {"subject": ("", "lần 0")}

    def refuse(event: Event) -> None:
        raise Conflict

    monkeypatch.setitem(ledger._reactions, "tests.acted", [refuse])
    with pytest.raises(Conflict), transaction.atomic():  # as every verb is
        record(world)
    assert LedgerEntry.objects.filter(verb="tests.acted").count() == 1


def test_an_own_act_can_be_named_for_a_while(world: World) -> None:
    row = record(world)
    assert ledger.own_act(row.pk, by=KHAI, within=timedelta(seconds=10)) == (
        "tests.acted",
        world.province.pk,
    )
    with pytest.raises(Conflict, match="Đã quá thời gian"):
        ledger.own_act(row.pk, by=KHAI, within=timedelta(0))
    for other in (Actor(account_id=12), SYSTEM):
        with pytest.raises(NotFound):
            ledger.own_act(row.pk, by=other, within=timedelta(seconds=10))


def test_acts_of_many_offices_in_one_statement_are_chained_like_others(
    world: World, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(world, office_id=THERE)
    heard: list[Event] = []
    monkeypatch.setitem(ledger._reactions, "tests.told", [heard.append])
    told = [(world.region, Actor.for_system(THERE)), (world.province, Actor.for_system(HERE))]
    with django_assert_num_queries(1):
        ledger.record_all("tests.told", told, note="chuyển đến")
    rows = LedgerEntry.objects.filter(verb="tests.told").order_by("id")
    assert [(row.office_id, row.seq, row.item_id) for row in rows] == [
        (HERE, 1, world.province.pk),
        (THERE, 2, world.region.pk),
    ]
    assert [event.entry_id for event in heard] == [rows[1].pk, rows[0].pk]
    assert [act.note for act in ledger.history(world.region)][-1] == "chuyển đến"
    assert list(ledger.check()) == []
