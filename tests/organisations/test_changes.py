"""Changes of units and of single offices: who may plan them, what they move, how they are divided and cancelled."""

from datetime import timedelta

import pytest

from tests.cast import World, account_of, actor_of, make_office, make_person, make_unit
from tests.entries import arrival, fresh, make_assigned, make_directed, make_registered, unit
from tests.web.drafts import drafted
from vanthu.documents import actions as documents
from vanthu.documents import queries as document_queries
from vanthu.documents.models import IncomingEntry
from vanthu.issuing import actions as issuing
from vanthu.issuing.models import Draft
from vanthu.kernel.calendar import today
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.organisations import change_queries, changing, inheriting, queries, taking_effect
from vanthu.organisations.change_models import Change, FormerName
from vanthu.organisations.changing import Heir, Wish
from vanthu.organisations.models import Level, Office, Post, Unit
from vanthu.organisations.powers import Role
from vanthu.tasks.models import Task


def plan(
    world: World, kind: str, things: list[int], *heirs: Heir, units: bool = True, days: int = 0
) -> Change:
    day = today() + timedelta(days=days)
    wish = Wish(kind, units, day, "12/QĐ-VKS", today(), things, heirs)
    return changing.plan(wish, by=world.actor("administrator"))


def make(change: Change, world: World) -> None:
    taking_effect.take_effect(change.pk, by=world.actor("administrator"))
    run_jobs(ahead=60)
    change.refresh_from_db()
    assert change.state == "done"


def test_units_are_merged_and_go_on_with_their_work(world: World) -> None:
    led, supported = (
        make_assigned(world),
        make_directed(world, lead=unit(world, "P2"), support=[unit(world, "P1")]),
    )
    closed = make_assigned(world)
    documents.close(IncomingEntry.objects.get(pk=closed.pk), "Đã trả lời đủ", by=world.actor("head"))
    both = [world.unit("P1").pk, world.unit("P2").pk]
    new = Heir(name="Phòng Kiểm sát án hình sự", short_name="Phòng hình sự", code="P2")
    make(plan(world, "merge", both, new), world)
    merged = Unit.objects.get(name=new.name)
    assert Task.objects.get(source_id=led.pk, parent=None, source_kind="in").unit_id == merged.pk
    assert set(Task.objects.filter(source_id=supported.pk).values_list("unit", flat=True)) == {merged.pk}
    chief = queries.actor_for(account_of(world.post("head_of_unit")))
    assert chief.led_unit_ids == (merged.pk,)
    for entry in (led, supported, closed):  # what is done stays where it was, and is seen by who took over
        assert document_queries.incoming(entry.pk, chief).entry.pk == entry.pk
    deputy = queries.actor_for(account_of(world.post("deputy")))
    assert document_queries.incoming(closed.pk, deputy).entry.pk == closed.pk  # their charge came along


def test_a_unit_is_split_by_its_people(world: World) -> None:
    entry = make_assigned(world)
    parts = [Heir(name="Phòng 1A", code="P1A"), Heir(name="Phòng 1B", code="P1B")]
    change = plan(world, "split", [world.unit("P1").pk], *parts)
    second = change_queries.successors(change)[1]
    going = world.post("second_specialist")
    changing.allot(change.pk, {going.pk: second.pk}, by=world.actor("administrator"))
    assert (going, second.pk) in change_queries.divided(Change.objects.get(pk=change.pk))
    make(change, world)
    units = {
        post.person_id: post.unit.name
        for post in queries.valid_posts(office_id=world.province.pk)
        if post.unit
    }
    assert units[world.person("specialist").pk] == "Phòng 1A"
    assert units[going.person_id] == "Phòng 1B"
    assert Task.objects.get(source_id=entry.pk, parent=None, source_kind="in").unit.name == "Phòng 1A"  # type: ignore[union-attr]


def test_a_renamed_unit_writes_its_new_symbol_from_the_day_on(world: World) -> None:
    draft = drafted(world)
    before = draft.notation
    issuing.submit(draft.pk, by=world.actor("specialist"))
    change = plan(world, "rename", [world.unit("P1").pk], Heir(name="Phòng An ninh", code="PAN"), days=2)
    with pytest.raises(Conflict, match="Chờ đến ngày đó"):
        taking_effect.take_effect(change.pk, by=world.actor("administrator"))
    assert Unit.objects.get(pk=world.unit("P1").pk).abbreviation == "P1"
    Change.objects.filter(pk=change.pk).update(effective_on=today())
    make(change, world)
    after = Draft.objects.get(pk=draft.pk)
    assert "P1" in before
    assert after.notation == before.replace("P1", "PAN")
    assert after.state == "drafting"  # it comes back to be submitted under the new symbol


def test_an_office_is_renamed_and_found_by_its_old_name(world: World) -> None:
    chief = make_person(world.supreme, Role.ADMINISTRATOR)
    old, former = world.second_region, world.second_region.name
    names = Heir(
        name="Viện kiểm sát nhân dân khu vực 12 - Bắc Ninh", short_name="VKSND khu vực 12", code="VKSKV12"
    )
    wish = Wish("rename", False, today(), "90/NQ-UBTVQH", today(), [old.pk], [names])
    change = changing.plan(wish, by=actor_of(chief))
    taking_effect.take_effect(change.pk, by=actor_of(chief))
    assert Office.objects.get(pk=old.pk).code == "VKSKV12"
    assert change_queries.name_on(Office.objects.get(pk=old.pk), today() - timedelta(days=1)) == former
    FormerName.objects.filter(office=old).update(search_key="ten goi xua")
    assert [(one.office.pk, one.former) for one in change_queries.suggest_former("tên gọi xưa")] == [
        (old.pk, former)
    ]
    assert change_queries.later_names([old.pk])[old.pk] == f"tên khác: {former}, {names.name}"


def test_a_split_office_gives_each_unit_to_its_successor(world: World) -> None:
    chief = make_person(world.supreme, Role.ADMINISTRATOR)
    old = make_office(Level.PROVINCE, parent=world.supreme)
    civil, penal = make_unit(old, "P9"), make_unit(old, "P1")
    judge = make_person(old, Role.UNIT_HEAD, unit=civil, title="Trưởng phòng")
    clerk = make_person(old, Role.CLERK, title="Văn thư")
    waiting = documents.register(arrival(), by=actor_of(clerk))
    wish = Wish(
        "split", False, today(), "91/NQ-UBTVQH", today(), [old.pk],
        [Heir(name="Viện kiểm sát nhân dân tỉnh Thượng", short_name="VKSND tỉnh Thượng", code="VKSTHUONG"),
         Heir(name="Viện kiểm sát nhân dân tỉnh Hạ", short_name="VKSND tỉnh Hạ", code="VKSHA")],
    )  # fmt: skip
    change = changing.plan(wish, by=actor_of(chief))
    first, second = change_queries.successors(change)
    changing.allot(change.pk, {civil.pk: second.pk, penal.pk: first.pk}, by=actor_of(chief))
    taking_effect.take_effect(change.pk, by=actor_of(chief))
    run_jobs(ahead=60)
    upper, lower = Office.objects.get(code="VKSTHUONG"), Office.objects.get(code="VKSHA")
    assert queries.actor_for(account_of(judge)).office_id == lower.pk
    assert fresh(waiting).office_id == upper.pk  # what has no unit goes to the first
    assert inheriting.office_and_predecessors(upper.pk) == [upper.pk, old.pk]
    assert inheriting.office_and_predecessors(lower.pk) == [lower.pk]  # one of them has the archive


def test_only_who_governs_plans_and_only_what_can_be(world: World) -> None:
    here, there = world.unit("P1").pk, world.unit("supreme.V14").pk
    new = Heir(name="Phòng mới", code="PM")
    with pytest.raises(NotFound):
        plan(world, "merge", [here, there], new)
    with pytest.raises(NotFound):  # no administrator changes their own office, or one beside it
        plan(world, "dissolve", [world.province.pk], Heir(existing_id=world.region.pk), units=False)
    with pytest.raises(Invalid, match="ít nhất hai"):
        plan(world, "merge", [here], new)
    with pytest.raises(NotAllowed):
        changing.plan(Wish("rename", True, today(), "1", today(), [here], [new]), by=world.actor("clerk"))
    change = plan(world, "rename", [here], new, days=3)
    with pytest.raises(Invalid, match="Đã có một thay đổi khác"):
        plan(world, "merge", [here, world.unit("P2").pk], new)
    with pytest.raises(NotFound):
        changing.mine(change.pk, actor_of(make_person(world.supreme, Role.ADMINISTRATOR)))
    with pytest.raises(Invalid):
        changing.cancel(change.pk, "", by=world.actor("administrator"))
    changing.cancel(change.pk, "Quyết định đã được thu hồi", by=world.actor("administrator"))
    with pytest.raises(Conflict):
        taking_effect.take_effect(change.pk, by=world.actor("administrator"))
    assert Post.objects.filter(unit=here, valid_to_on=None).exists()
    assert make_registered(world).office_id == world.province.pk
