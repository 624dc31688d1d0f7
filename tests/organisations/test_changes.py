"""Changes of units and of single offices: who may plan them, what they move, how they are divided and cancelled."""

from datetime import timedelta

import pytest

from tests.appointments import at, make_appointment, make_room, monday
from tests.cast import World, account_of, actor_of, make_office, make_person, make_unit
from tests.entries import arrival, fresh, make_assigned, make_directed, make_registered, unit
from tests.left_behind import left_behind
from tests.web.drafts import drafted
from vanthu.calendar import actions as appointments
from vanthu.calendar import queries as calendar_queries
from vanthu.calendar import rooms, weeks
from vanthu.calendar.models import Appointment
from vanthu.documents import actions as documents
from vanthu.documents import queries as document_queries
from vanthu.documents.models import IncomingEntry
from vanthu.dossiers import actions as dossiers
from vanthu.dossiers import archiving
from vanthu.dossiers import queries as dossier_queries
from vanthu.dossiers.models import Dossier, Paper
from vanthu.issuing import actions as issuing
from vanthu.issuing.models import Draft
from vanthu.kernel import ledger, participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now, today
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.models import Webhook, WebhookDelivery
from vanthu.kernel.participants import Item, Owner
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.organisations import change_queries, changing, inheriting, queries, taking_effect
from vanthu.organisations.change_models import Change, FormerName
from vanthu.organisations.changing import Heir, Wish
from vanthu.organisations.inheriting import Inherited
from vanthu.organisations.models import Level, Office, Post, Unit
from vanthu.organisations.powers import Role
from vanthu.tasks import actions as tasks
from vanthu.tasks import matters
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
    assert inheriting.inherited(upper.pk) == Inherited(whole=(old.pk,))
    assert inheriting.inherited(lower.pk) == Inherited(parts=(old.pk,))  # one of them has the archive


def test_what_was_given_by_name_goes_with_who_has_it_when_an_office_is_split(world: World) -> None:
    """Restricted work shows no unit; it goes on all the same, and closed dossiers of the old fonds stay in reach."""
    chief = make_person(world.supreme, Role.ADMINISTRATOR)
    old = make_office(Level.PROVINCE, parent=world.supreme)
    civil, office = make_unit(old, "P9"), make_unit(old, "VP", is_administration=True)
    head = make_person(old, Role.HEAD, title="Viện trưởng", unit=office)
    judge = make_person(old, unit=civil, title="Kiểm sát viên")
    clerk = make_person(old, Role.CLERK, unit=office, title="Văn thư")
    keeper = make_person(old, Role.ARCHIVIST, unit=office)
    lead = Owner("p", judge.person_id)
    order = matters.Order(title="Xác minh đơn tố cáo có yêu cầu giữ kín", lead=lead, restricted=True)
    matter = matters.give(order, by=actor_of(head))
    entry = documents.register(arrival(restricted=True), by=actor_of(clerk))
    documents.present(entry.pk, head.person_id, by=actor_of(clerk))
    tasks.direct(entry.pk, tasks.Direction(text="Giải quyết", lead=lead), by=actor_of(head))
    closed = closed_dossier(actor_of(judge))
    wish = Wish(
        "split", False, today(), "91/NQ-UBTVQH", today(), [old.pk],
        [Heir(name="Viện kiểm sát nhân dân tỉnh Thượng", short_name="VKSND tỉnh Thượng", code="VKSTHUONG"),
         Heir(name="Viện kiểm sát nhân dân tỉnh Hạ", short_name="VKSND tỉnh Hạ", code="VKSHA")],
    )  # fmt: skip
    change = changing.plan(wish, by=actor_of(chief))
    first, second = change_queries.successors(change)
    changing.allot(change.pk, {civil.pk: second.pk, office.pk: first.pk}, by=actor_of(chief))
    taking_effect.take_effect(change.pk, by=actor_of(chief))
    run_jobs(ahead=60)
    lower = Office.objects.get(code="VKSHA")
    by = queries.actor_for(account_of(judge))
    assert by.office_id == lower.pk
    for kind, item in (("matter", matter), ("in", entry)):
        task = Task.objects.get(source_kind=kind, source_id=item.pk, parent=None)
        assert (task.office_id, task.person_id, task.state) == (lower.pk, judge.person_id, "open")
        sight = participants.sight(by, Item(kind, item.pk))
        assert sight is not None
        assert not sight.masked
    tasks.finish(entry.pk, "Đã trả lời người có yêu cầu", by=by)
    assert [one.pk for one in dossier_queries.handed_over_in(by, today().year, None)] == [closed.pk]
    archiving.hand_over(closed.pk, by=by)
    archivist = queries.actor_for(account_of(keeper))
    assert archivist.office_id != lower.pk  # the archive was not divided
    assert archiving.accept(closed.pk, by=archivist).office_id == old.pk


def closed_dossier(by: Actor) -> Dossier:
    """A dossier that its creator closed, with one paper in it."""
    made = dossiers.open_dossier("Hồ sơ kiểm sát việc giải quyết đơn năm nay", retention_years=10, by=by)
    paper = Paper.objects.create(
        office_id=by.office, title="Biên bản làm việc", author=by.name, added_by_id=by.person
    )
    dossiers.place(dossiers.fillable(made.pk, by), Item("paper", paper.pk), by=by)
    return dossiers.close(made.pk, reason="Văn bản giấy nộp kèm theo hồ sơ", by=by)


def test_an_office_moves_below_another_and_goes_on(world: World) -> None:
    chief = make_person(world.supreme, Role.ADMINISTRATOR)
    moved, above = world.second_region, make_office(Level.PROVINCE, parent=world.supreme)
    before = make_registered(world, "second_region_clerk")
    wish = Wish("move", False, today(), "92/NQ-UBTVQH", today(), [moved.pk], [Heir(parent_id=above.pk)])
    change = changing.plan(wish, by=actor_of(chief))
    taking_effect.take_effect(change.pk, by=actor_of(chief))
    run_jobs(ahead=60)
    assert Office.objects.get(pk=moved.pk).parent_id == above.pk
    assert moved.pk not in {one.pk for one in change_queries.offices_governed(world.actor("administrator"))}
    after = make_registered(world, "second_region_clerk")
    assert (after.series_id, after.arrival_number) == (before.series_id, (before.arrival_number or 0) + 1)
    assert not FormerName.objects.exists()  # it is called what it was called
    said = [act.note for act in ledger.history(moved)]
    assert said[-1].startswith(f"{moved.name} chuyển về {above.name} từ")


def test_a_unit_moves_to_another_office_with_its_work(world: World) -> None:
    chief = make_person(world.supreme, Role.ADMINISTRATOR)
    entry, stays = make_assigned(world), make_directed(world, lead=unit(world, "P2"))
    lead = Owner("p", world.person("specialist").pk)
    order = matters.Order(title="Xác minh đơn tố cáo có yêu cầu giữ kín", lead=lead, restricted=True)
    matter = matters.give(order, by=world.actor("head"))
    closed = closed_dossier(world.actor("specialist"))
    room = make_room(world)
    mine = make_appointment(world, chair_id=world.person("head_of_unit").pk, room_id=room.pk)
    both = make_appointment(
        world, chair_id=world.person("head").pk, units=[world.unit("P1").pk, world.unit("P2").pk],
        starts_at=at(14), ends_at=at(15),
    )  # fmt: skip
    heir = Heir(parent_id=world.region.pk)
    wish = Wish("move", True, today(), "13/QĐ-VKSTC", today(), [world.unit("P1").pk], [heir])
    change = changing.plan(wish, by=actor_of(chief))
    taking_effect.take_effect(change.pk, by=actor_of(chief))
    run_jobs(ahead=60)
    here = world.region.pk
    by = queries.actor_for(account_of(world.post("specialist")))
    assert (by.office_id, Unit.objects.get(pk=by.unit_ids[0]).abbreviation) == (here, "P1")
    assert (fresh(entry).office_id, fresh(stays).office_id) == (here, world.province.pk)
    tasks.finish(entry.pk, "Đã báo cáo trực tiếp Viện trưởng", by=by)
    task = Task.objects.get(source_kind="matter", source_id=matter.pk)
    assert (task.office_id, task.person_id, task.unit_id) == (here, lead.id, by.unit_ids[0])
    assert participants.sight(by, Item("matter", matter.pk)) is not None
    mine.refresh_from_db()
    assert (mine.office_id, mine.room_id, mine.place) == (here, None, room.name)
    both.refresh_from_db()
    assert (both.office_id, both.guests) == (world.province.pk, "Phòng 1")
    assert [one.unit_id for one in both.attendees.all()] == [world.unit("P2").pk]
    leader = queries.actor_for(account_of(world.post("head_of_unit")))
    assert archiving.hand_over(closed.pk, by=leader).office_id == world.province.pk
    assert archiving.accept(closed.pk, by=world.actor("archivist")).state == "accepted"


def test_a_dissolved_unit_leaves_its_work_people_and_dossiers_to_another(world: World) -> None:
    entry = make_directed(world, lead=unit(world, "P2"))
    closed = closed_dossier(world.actor("neighbour"))
    meeting = make_appointment(world, units=[world.unit("P2").pk, world.unit("P9").pk])
    heir = Heir(existing_id=world.unit("P1").pk)
    make(plan(world, "dissolve", [world.unit("P2").pk], heir), world)
    assert Unit.objects.get(pk=world.unit("P2").pk).valid_to_on == today() - timedelta(days=1)
    assert Task.objects.get(source_kind="in", source_id=entry.pk).unit_id == world.unit("P1").pk
    by = queries.actor_for(account_of(world.post("neighbour")))
    assert by.unit_ids == (world.unit("P1").pk,)
    attending = set(meeting.attendees.values_list("unit", flat=True))
    assert attending - {None} == {world.unit("P1").pk, world.unit("P9").pk}
    head = queries.actor_for(account_of(world.post("head_of_unit")))
    listed = dossier_queries.handed_over_in(head, today().year, world.unit("P1").pk)
    assert [one.pk for one in listed] == [closed.pk]
    assert dossier_queries.keeps(dossier_queries.dossier(closed.pk, head).dossier, head)
    assert not dossier_queries.keeps(closed, world.actor("two_posts"))


def test_the_calendar_to_come_goes_to_the_successor_of_an_office(world: World) -> None:
    chief = make_person(world.supreme, Role.ADMINISTRATOR)
    clerk = world.post("region_clerk")
    heads = [world.post("region_head").person_id]
    car = rooms.add("car", "Xe 99A-012.34", seats=5, by=actor_of(clerk))
    times = {"starts_at": at(8), "ends_at": at(10)}
    coming = appointments.make(
        appointments.Plan(subject="Giao ban tuần", chair_id=heads[0], car_id=car.pk, in_week=True, **times),
        by=actor_of(clerk),
    )
    weeks.submit(monday(), by=actor_of(clerk))
    assert calendar_queries.to_approve(world.actor("region_head"))
    over = Appointment.objects.create(
        office=world.region, creator_id=clerk.person_id, subject="Đã họp", changed_at=now(),
        starts_at=now() - timedelta(hours=3), ends_at=now() - timedelta(hours=2),
    )  # fmt: skip
    heir = Heir(existing_id=world.second_region.pk)
    wish = Wish("dissolve", False, today(), "93/NQ-UBTVQH", today(), [world.region.pk], [heir])
    change = changing.plan(wish, by=actor_of(chief))
    assert dict(change_queries.preview(change).counts)["Lịch công tác sắp tới"] == 1
    taking_effect.take_effect(change.pk, by=actor_of(chief))
    run_jobs(ahead=60)
    coming.refresh_from_db()
    over.refresh_from_db()
    assert (coming.office_id, over.office_id) == (world.second_region.pk, world.region.pk)
    by = queries.actor_for(account_of(world.post("region_head")))
    seen = calendar_queries.schedule(by, monday(), monday() + timedelta(days=6))
    assert [line.subject for line in seen.lines] == ["Giao ban tuần"]
    assert [one.pk for one in calendar_queries.resources(by)] == [car.pk]
    assert left_behind([world.region.pk]) == {}  # nor does a week wait for an approval that cannot come


def test_webhooks_of_an_office_go_on_with_its_successor(world: World) -> None:
    chief = make_person(world.supreme, Role.ADMINISTRATOR)
    hook = Webhook.objects.create(
        office_id=world.region.pk, name="Thống kê", url="https://thong-ke.example.vn/su-kien",
        events=["document.registered"], secrets=[{"secret": "s", "until": None}],
    )  # fmt: skip
    heir = Heir(existing_id=world.second_region.pk)
    wish = Wish("dissolve", False, today(), "93/NQ-UBTVQH", today(), [world.region.pk], [heir])
    change = changing.plan(wish, by=actor_of(chief))
    assert dict(change_queries.preview(change).counts)["Địa chỉ nhận sự kiện (webhook)"] == 1
    taking_effect.take_effect(change.pk, by=actor_of(chief))
    hook.refresh_from_db()
    assert hook.office_id == world.second_region.pk
    documents.register(arrival(), by=actor_of(make_person(world.second_region, Role.CLERK)))
    assert WebhookDelivery.objects.filter(hook=hook, event="document.registered").count() == 1


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
