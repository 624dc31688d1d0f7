"""Sets that are frozen: nothing of them is changed, moved, taken out or recalled until the freeze is lifted."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import World
from tests.entries import fresh, make_assigned, make_delivered, make_numbered, make_registered, person
from vanthu.documents import actions as documents
from vanthu.documents import outgoing, recalling, supplementing
from vanthu.documents.models import IncomingEntry
from vanthu.dossiers import actions, archiving, freezing, sharing
from vanthu.dossiers.models import Dossier
from vanthu.kernel import ledger
from vanthu.kernel.calendar import today
from vanthu.kernel.participants import Item
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound, Refusal
from vanthu.tasks import actions as tasks

pytestmark = pytest.mark.django_db
NAME, REASON = "Phục vụ thanh tra năm 2026", "Theo yêu cầu của Thanh tra VKSND tối cao"


def freeze(world: World, *things: Any, by: str = "head") -> Any:
    items = [Item(thing.item_kind, thing.pk) for thing in things]
    return freezing.freeze(NAME, REASON, items, by=world.actor(by))


def dossier_with(world: World, entry: IncomingEntry) -> Dossier:
    by = world.actor("specialist")
    made = actions.open_dossier("Kiểm tra công tác văn thư năm 2026", retention_years=10, by=by)
    actions.put_in(made.pk, Item("in", entry.pk), by=by)
    return made


type Act = Callable[[World, IncomingEntry, Dossier], object]

REFUSED: dict[str, Act] = {
    "finish": lambda w, e, d: tasks.finish(e.pk, "Đã báo cáo Viện trưởng.", by=w.actor("specialist")),
    "close the entry": lambda w, e, d: documents.close(fresh(e), "đã xong", by=w.actor("head")),
    "take out": lambda w, e, d: actions.take_out(d.pk, Item("in", e.pk), by=w.actor("specialist")),
    "close": lambda w, e, d: actions.close(d.pk, by=w.actor("specialist")),
    "hand over": lambda w, e, d: archiving.hand_over(d.pk, by=w.actor("specialist")),
    "share": lambda w, e, d: sharing.share(d.pk, person(w, "neighbour"), by=w.actor("specialist")),
    "file more": lambda w, e, d: actions.put_in(d.pk, Item("in", make_registered(w).pk), by=w.actor("clerk")),
    "describe": lambda w, e, d: actions.describe(
        d.pk,
        actions.Description(title="Một tiêu đề hồ sơ khác", retention_years=20, started_on=today()),
        by=w.actor("specialist"),
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_nothing_of_a_frozen_dossier_changes_until_it_is_lifted(world: World, what: str) -> None:
    entry = make_assigned(world)
    dossier = dossier_with(world, entry)
    made = freeze(world, dossier)
    with pytest.raises(Conflict, match="Phục vụ thanh tra năm 2026") as refused:
        REFUSED[what](world, entry, dossier)
    assert refused.value.code == "frozen"
    freezing.lift(made.pk, "Thanh tra đã kết thúc", by=world.actor("head"))
    assert code_of(REFUSED[what], world, entry, dossier) != "frozen"


def code_of(act: Act, world: World, entry: IncomingEntry, dossier: Dossier) -> str:
    """Why an act is refused; another reason than the freeze may stand in its way."""
    try:
        act(world, entry, dossier)
    except Refusal as refused:
        return refused.code
    return ""


def test_a_frozen_document_takes_no_supplement_and_is_not_recalled(world: World) -> None:
    entry = make_numbered(world)
    outgoing.issue(entry, by=world.actor("supreme_clerk"))
    freezing.freeze(NAME, REASON, [Item("out", entry.pk)], by=world.actor("supreme_head"))
    order = recalling.Order(
        reason="Ban hành nhầm phụ lục số liệu",
        basis="Điều 18 Nghị định 30/2020/NĐ-CP",
        ordered_by=world.person("supreme_head").pk,
    )
    with pytest.raises(Conflict, match="đóng băng theo"):
        recalling.recall(entry.pk, order, by=world.actor("supreme_clerk"))
    with pytest.raises(Conflict, match="đóng băng theo"):
        supplementing.supplement_outgoing(
            entry.pk, {"remark": "Ghi thêm"}, "Bổ sung ghi chú", by=world.actor("supreme_clerk")
        )


def test_what_its_sender_recalls_is_emptied_when_the_freeze_is_lifted(world: World) -> None:
    sent = make_numbered(world)
    outgoing.issue(sent, by=world.actor("supreme_clerk"))
    entry = documents.deliver(sent.document, channel="internal", office_ids=[world.province.pk], verdict={})[
        world.province.pk
    ]
    documents.receive(entry.pk, by=world.actor("clerk"))
    made = freeze(world, entry)
    order = recalling.Order(
        reason="Ban hành nhầm phụ lục số liệu",
        basis="Điều 18 Nghị định 30/2020/NĐ-CP",
        ordered_by=world.person("supreme_head").pk,
    )
    recalling.recall(sent.pk, order, by=world.actor("supreme_clerk"))
    assert recalling.empty(sent.pk, [world.province.pk]) == []
    assert fresh(entry).state == "registered"
    freezing.lift(made.pk, "Thanh tra đã kết thúc", by=world.actor("head"))
    assert fresh(entry).state == "recalled"


def test_what_two_freezes_hold_stays_frozen_until_both_are_lifted(world: World) -> None:
    entry = make_registered(world)
    first, second = freeze(world, entry), freeze(world, entry)
    freezing.lift(second.pk, "Thanh tra đã kết thúc", by=world.actor("head"))
    assert fresh(entry).freeze == first
    freezing.lift(first.pk, "Thanh tra đã kết thúc", by=world.actor("head"))
    assert fresh(entry).freeze is None
    with pytest.raises(Conflict, match="đã gỡ"):
        freezing.lift(first.pk, "Thanh tra đã kết thúc", by=world.actor("head"))
    notes = [act.note for act in ledger.history(entry)][-4:]
    assert notes[0] == f"đóng băng theo “{NAME}”: {REASON}"
    assert notes[-1] == f"gỡ đóng băng “{NAME}”: Thanh tra đã kết thúc"


def test_only_leaders_of_the_office_and_only_what_they_see(world: World) -> None:
    entry, theirs = make_registered(world), make_delivered(world, "region")
    for name in ("clerk", "specialist", "chief", "administrator"):
        with pytest.raises(NotAllowed):
            freeze(world, entry, by=name)
    with pytest.raises(NotFound):
        freeze(world, theirs)
    made = freeze(world, entry)
    with pytest.raises(NotFound):
        freezing.lift(made.pk, "Thanh tra đã kết thúc", by=world.actor("region_head"))
    with pytest.raises(Invalid):
        freezing.freeze("", "ngắn", [], by=world.actor("head"))


def test_lines_of_text_name_things(world: World) -> None:
    entry = make_assigned(world)
    issued = make_numbered(world, "clerk", notation="VKS-VP")
    outgoing.issue(issued, by=world.actor("clerk"))
    dossier = dossier_with(world, entry)
    text = (
        f"đến {entry.arrival_number}\n{issued.document.symbol}\n{dossier.notation}/{dossier.year}\n\n99/XX-YY"
    )
    found, unknown = freezing.named(text, world.actor("head"))
    assert found == [Item("in", entry.pk), Item("out", issued.pk), Item("dossier", dossier.pk)]
    assert unknown == ["99/XX-YY"]


def test_the_list_costs_the_same_however_many(world: World, django_assert_num_queries: Any) -> None:
    by = world.actor("head")
    for _ in range(4):
        freeze(world, make_registered(world), dossier_with(world, make_assigned(world)))
    with django_assert_num_queries(2):
        listed = freezing.freezes(by)
    assert [(one.documents, one.dossiers) for one in listed] == [(2, 1)] * 4
