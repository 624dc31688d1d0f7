"""A week is submitted, approved, published; a new version says what differs, and those concerned are told."""

import pytest

from tests.appointments import SUBJECT, at, make_appointment, monday, plan, publish
from tests.browser.papers import text_of
from tests.cast import World
from vanthu.calendar import actions, printing, queries, weeks
from vanthu.calendar.models import Week, WeekVersion
from vanthu.calendar.printing import Sheet
from vanthu.kernel import ledger, participants
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed


def told(world: World, persona: str) -> bool:
    return bool(queries.told(world.actor(persona)))


def test_the_way_of_a_week(world: World) -> None:
    make_appointment(world, "head", "specialist")
    clerk, head = world.actor("clerk"), world.actor("head")
    weeks.submit(monday(), by=clerk)
    assert queries.waiting(participants.counts(head)) == 1
    with pytest.raises(Conflict, match="đang trình duyệt"):
        make_appointment(world, starts_at=at(14), ends_at=at(15))
    weeks.send_back(monday(), "Bổ sung lịch tiếp công dân", by=head)
    assert queries.week(monday(), clerk).returned_reason == "Bổ sung lịch tiếp công dân"
    version = publish(world)
    assert (version.ordinal, version.approved_name) == (1, "Vũ Đình Lâm")
    assert queries.waiting(participants.counts(head)) == 0
    assert told(world, "specialist")
    assert not told(world, "neighbour")
    weeks.see(by=world.actor("specialist"))
    assert not told(world, "specialist")


def test_only_who_may_does_each_step(world: World) -> None:
    make_appointment(world)
    with pytest.raises(NotAllowed):
        weeks.submit(monday(), by=world.actor("specialist"))
    weeks.submit(monday(), by=world.actor("chief"))
    with pytest.raises(NotAllowed):
        weeks.approve(monday(), by=world.actor("clerk"))
    with pytest.raises(NotAllowed):
        weeks.approve(monday(), by=world.actor("head_of_unit"))
    with pytest.raises(Conflict):
        weeks.publish(monday(), by=world.actor("clerk"))
    weeks.approve(monday(), by=world.actor("deputy"))
    with pytest.raises(NotAllowed):
        weeks.publish(monday(), by=world.actor("deputy"))


def test_an_empty_week_is_not_submitted(world: World) -> None:
    with pytest.raises(Invalid, match="chưa có mục nào"):
        weeks.submit(monday(), by=world.actor("clerk"))
    assert not Week.objects.exists()


def test_a_change_is_a_version_that_says_so(world: World) -> None:
    kept = make_appointment(
        world, "head", subject="Tiếp công dân định kỳ", starts_at=at(8, day=0), ends_at=at(11, day=0)
    )
    moved = make_appointment(world, "specialist")
    gone = make_appointment(
        world, "neighbour", starts_at=at(14), ends_at=at(15), subject="Kiểm tra nhà tạm giữ"
    )
    publish(world)
    for persona in ("head", "specialist", "neighbour"):
        weeks.see(by=world.actor(persona))
    clerk = world.actor("clerk")
    with pytest.raises(Conflict, match="đã ban hành"):
        make_appointment(world, "second_specialist", by="second_specialist", starts_at=at(16), ends_at=at(17))
    actions.change(moved.pk, plan(world, "specialist", starts_at=at(9), ends_at=at(11)), by=clerk)
    actions.cancel(gone.pk, "Đơn vị bạn đề nghị hoãn", by=clerk)
    seen = queries.schedule(world.actor("archivist"), monday(), monday()).lines
    assert [one.mark for one in seen] == [""]  # until it is published, others read the old one
    version = publish(world)
    assert version.reason.startswith("điều chỉnh mục")
    marks = {one["id"]: one["mark"] for one in version.lines}
    assert marks == {kept.pk: "", moved.pk: "changed", gone.pk: "gone"}
    assert [told(world, name) for name in ("head", "specialist", "neighbour")] == [False, True, True]
    first = WeekVersion.objects.get(ordinal=1)
    assert {one["id"] for one in first.lines} == marks.keys()


def test_the_reason_of_a_change_keeps_what_is_restricted(world: World) -> None:
    row = make_appointment(world, "head", by="clerk", restricted=True)
    publish(world)
    actions.cancel(row.pk, "Đơn vị bạn đề nghị hoãn", by=world.actor("clerk"))
    version = publish(world)
    assert version.reason == "điều chỉnh mục (hạn chế người xem)"
    acts = ledger.history(version.week)
    assert not [act for act in acts if SUBJECT in f"{act.note} {act.changes}"]


def test_a_third_version_knows_what_was_gone_already(world: World) -> None:
    make_appointment(world)
    gone = make_appointment(world, "neighbour", starts_at=at(14), ends_at=at(15))
    publish(world)
    actions.cancel(gone.pk, "Đơn vị bạn đề nghị hoãn", by=world.actor("clerk"))
    publish(world)
    weeks.begin_change(monday(), "Bổ sung lịch họp", by=world.actor("clerk"))
    third = publish(world)
    assert [one["mark"] for one in third.lines] == [""]


def test_the_print_is_the_version_with_its_approval(world: World) -> None:
    make_appointment(world, place="Hội trường tầng 3")
    version = publish(world)
    found = queries.lines_of(version, world.actor("neighbour"))
    pdf = printing.write_pdf(
        Sheet(
            superior="VKSND tối cao", office=world.province.name, place="Bắc Ninh", monday=monday(), lines=found.lines,
            ordinal=2, reason="bổ sung", published_at=version.published_at,
            approved_name=version.approved_name, approved_title=version.approved_title,
        )
    )  # fmt: skip
    text = " ".join(text_of(pdf).split())
    for words in (
        f"TUẦN {monday().isocalendar().week}",
        SUBJECT,
        "08:00–10:00",
        "Điều chỉnh lần 1",
        "Vũ Đình Lâm",
    ):
        assert words in text
