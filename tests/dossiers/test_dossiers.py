"""Open, fill, close and hand over work dossiers (Decree 30/2020, articles 28-31)."""

from typing import Any

import pytest

from tests.cast import World, actor_of, make_person, make_unit
from tests.entries import make_assigned, make_delivered, make_registered
from vanthu.documents import queries as documents
from vanthu.dossiers import actions, archiving, queries
from vanthu.dossiers.models import Dossier
from vanthu.kernel import ledger
from vanthu.kernel.calendar import today
from vanthu.kernel.participants import Item
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.organisations.models import Unit

TITLE = "Hồ sơ kiểm tra công tác tạm giữ, tạm giam năm 2026"
REASON = "Văn bản giấy nộp kèm theo hồ sơ"


def make_dossier(world: World, persona: str = "specialist", title: str = TITLE) -> Dossier:
    return actions.open_dossier(title, retention_years=10, by=world.actor(persona))


def make_filled(world: World) -> Dossier:
    dossier = make_dossier(world)
    actions.put_in(dossier.pk, Item("in", make_assigned(world).pk), by=world.actor("specialist"))
    return dossier


def test_notations_count_per_unit_and_year(world: World) -> None:
    opened = [make_dossier(world, one) for one in ("specialist", "second_specialist", "neighbour", "head")]
    assert [one.notation for one in opened] == ["01.P1", "02.P1", "01.P2", "01.VKS"]
    assert {one.year for one in opened} == {today().year}
    act = ledger.last_act(opened[0])
    assert act is not None
    assert act.note == "mở hồ sơ 01.P1"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [({"title": "ngắn"}, "title"), ({"title": TITLE, "retention_years": 99}, "retention")],
)
def test_what_a_dossier_needs(world: World, fields: dict[str, Any], wrong: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.open_dossier(**fields, by=world.actor("specialist"))
    assert set(refused.value.fields) == {wrong}


@pytest.mark.parametrize("persona", ["administrator", "inspector"])
def test_who_keeps_no_dossiers(world: World, persona: str) -> None:
    with pytest.raises(NotAllowed):
        make_dossier(world, persona)


def test_items_have_their_ordinal_and_lie_there_once(world: World) -> None:
    dossier = make_dossier(world)
    by = world.actor("specialist")
    entries = [make_assigned(world) for _ in range(2)]
    placed = [actions.put_in(dossier.pk, Item("in", one.pk), by=by) for one in [*entries, entries[0]]]
    assert [one.ordinal for one in placed] == [1, 2, 1]
    assert [one.item_id_of for one in queries.contents(dossier.pk)] == [one.pk for one in entries]
    assert [one.pk for one in queries.holding("in", entries[0].pk, by)] == [dossier.pk]
    assert queries.holding("in", entries[0].pk, world.actor("neighbour")) == []


def test_one_document_lies_in_dossiers_of_two_people(world: World) -> None:
    first, second = make_dossier(world), make_dossier(world, "head_of_unit")
    entry = make_assigned(world)
    other = make_assigned(world)
    actions.put_in(second.pk, Item("in", other.pk), by=world.actor("head_of_unit"))
    placed = [
        actions.put_in(dossier.pk, Item("in", entry.pk), by=world.actor(persona))
        for dossier, persona in ((first, "specialist"), (second, "head_of_unit"))
    ]
    assert [one.ordinal for one in placed] == [1, 2]
    assert [one.pk for one in queries.holding("in", entry.pk, world.actor("head"))] == [second.pk, first.pk]


def test_what_one_does_not_see_cannot_be_filed(world: World) -> None:
    dossier = make_dossier(world)
    entry = make_registered(world)
    with pytest.raises(NotFound):
        actions.put_in(dossier.pk, Item("in", entry.pk), by=world.actor("specialist"))
    with pytest.raises(NotFound):
        actions.put_in(dossier.pk, Item("in", make_assigned(world).pk), by=world.actor("region_specialist"))


def test_an_empty_dossier_is_not_closed(world: World) -> None:
    with pytest.raises(Invalid, match="chưa có văn bản nào"):
        actions.close(make_dossier(world).pk, by=world.actor("specialist"))


def test_a_closed_dossier_takes_nothing_until_it_is_opened_again(world: World) -> None:
    dossier, by = make_filled(world), world.actor("specialist")
    more = Item("in", make_assigned(world).pk)
    assert actions.close(dossier.pk, reason=REASON, by=by).ended_on == today()
    with pytest.raises(Conflict, match="Hồ sơ đã kết thúc"):
        actions.put_in(dossier.pk, more, by=by)
    with pytest.raises(Conflict, match="Lê Quang Khải vừa kết thúc hồ sơ"):
        actions.close(dossier.pk, reason=REASON, by=by)
    assert actions.reopen(dossier.pk, by=by).ended_on is None
    assert actions.put_in(dossier.pk, more, by=by).ordinal == 2


def test_the_archivist_sees_it_after_the_hand_over_and_not_before(world: World) -> None:
    dossier, by, archivist = make_filled(world), world.actor("specialist"), world.actor("archivist")
    entry = queries.contents(dossier.pk)[0].item_id_of
    actions.close(dossier.pk, reason=REASON, by=by)
    for look in (
        lambda: queries.dossier(dossier.pk, archivist),
        lambda: documents.incoming(entry, archivist),
    ):
        with pytest.raises(NotFound):
            look()
    assert queries.dossiers(archivist) == []
    archiving.hand_over(dossier.pk, by=by)
    assert queries.dossier(dossier.pk, archivist).dossier.state == "handed_over"
    assert [one.pk for one in queries.dossiers(archivist)] == [dossier.pk]
    assert documents.incoming(entry, archivist).sight.files
    with pytest.raises(Conflict):
        actions.reopen(dossier.pk, by=by)


def test_an_open_dossier_is_not_handed_over(world: World) -> None:
    with pytest.raises(Conflict):
        archiving.hand_over(make_filled(world).pk, by=world.actor("specialist"))


def test_suggestions_are_open_dossiers_of_ones_own(world: World) -> None:
    mine = make_dossier(world)
    make_dossier(world, "neighbour")
    closed = make_filled(world)
    actions.close(closed.pk, reason=REASON, by=world.actor("specialist"))
    assert queries.suggest_dossiers("tam giu 01.p1", world.actor("specialist")) == [mine]
    assert queries.suggest_dossiers("thi hành án", world.actor("specialist")) == []


def test_two_queries_with_five_dossiers_and_with_sixty(world: World, django_assert_num_queries: Any) -> None:
    by = world.actor("specialist")
    for total in (5, 60):
        while Dossier.objects.count() < total:
            make_dossier(world)
        with django_assert_num_queries(2):
            rows = queries.dossiers(by, limit=100)
            for one in rows:
                assert one.unit is not None
                assert (one.unit.abbreviation, one.creator.full_name) == ("P1", "Lê Quang Khải")
        assert len(rows) == total


def test_only_registered_documents_and_drafts_are_filed(world: World) -> None:
    by = world.actor("chief")
    dossier, other = make_dossier(world, "chief"), make_dossier(world, "chief")
    with pytest.raises(NotFound):
        actions.put_in(dossier.pk, Item("dossier", other.pk), by=by)
    with pytest.raises(Conflict, match="chưa vào sổ"):
        actions.put_in(dossier.pk, Item("in", make_delivered(world).pk), by=by)
    assert queries.contents(dossier.pk) == []


def test_a_unit_made_anew_within_the_year_goes_on_counting(world: World) -> None:
    make_dossier(world)
    Unit.objects.filter(pk=world.unit("P1").pk).update(valid_to_on=today())
    anew = make_person(world.province, unit=make_unit(world.province, "P1"))
    assert actions.open_dossier(TITLE, by=actor_of(anew)).notation == "02.P1"
