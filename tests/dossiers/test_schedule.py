"""The retention schedule: lines of the sector, stricter ones of an office, dossiers that may not be kept shorter."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.cast import World
from tests.dossiers.test_plans import line, make_plan
from vanthu.dossiers import actions, plans, readiness, retention_sheets, schedule
from vanthu.dossiers.retention_models import Period
from vanthu.dossiers.schedule import Fields
from vanthu.kernel import ledger
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound

pytestmark = pytest.mark.django_db
TITLE = "Kiểm tra công tác văn thư năm 2026"


def fields(**values: Any) -> Fields:
    return Fields(**{"group": "Nhóm riêng", "title": "Hồ sơ kiểm sát thi hành án", "years": 20, **values})


def sector(world: World, **values: Any) -> Period:
    """A line that the highest office set."""
    return schedule.set_line(fields(**values), by=world.actor("supreme_head"))


def same(period: Period, **values: Any) -> Fields:
    return fields(group=period.group, title=period.title, **values)


def test_the_sector_begins_with_lines_that_nobody_has_checked() -> None:
    sown = Period.objects.filter(office_id=None)
    assert sown.count() == 45
    assert not sown.filter(confirmed=True).exists()
    assert sown.get(title="Sổ đăng ký văn bản đến").years == 20
    assert (
        sown.get(title__startswith="Tập văn bản gửi chung về chủ trương").name
        == "Đến khi văn bản hết hiệu lực thi hành"
    )


def test_an_office_keeps_longer_never_shorter(world: World) -> None:
    above, head = sector(world), world.actor("head")
    for years in (10, 15):
        with pytest.raises(Invalid, match="ít nhất 20 năm"):
            schedule.set_line(same(above, years=years), pk=above.pk, by=head)
    own = schedule.set_line(same(above, years=0), pk=above.pk, by=head)
    assert (own.office_id, own.of, own.name) == (world.province.pk, above, "Vĩnh viễn")
    assert (
        ledger.history(own)[-1].note == "đổi thời hạn “Hồ sơ kiểm sát thi hành án” từ 20 năm thành vĩnh viễn"
    )
    mine = [one for one in schedule.lines(world.province.pk) if one.title == above.title]
    theirs = [one for one in schedule.lines(world.region.pk) if one.title == above.title]
    assert (mine, theirs) == ([own], [above])
    schedule.drop_line(own.pk, by=head)
    assert above in schedule.lines(world.province.pk)
    with pytest.raises(Conflict, match="của ngành"):
        schedule.drop_line(above.pk, by=head)


def test_a_sector_line_made_longer_is_longer_everywhere(world: World) -> None:
    above = sector(world)
    own = schedule.set_line(same(above, years=30), pk=above.pk, by=world.actor("head"))
    schedule.set_line(same(above, years=50), pk=above.pk, by=world.actor("supreme_head"))
    assert schedule.line(own.pk, world.province.pk).least == 50


def test_an_office_adds_groups_of_its_own(world: World) -> None:
    own = schedule.set_line(fields(), by=world.actor("archivist"))
    assert own.office_id == world.province.pk
    assert own not in schedule.lines(world.region.pk)
    with pytest.raises(NotFound):
        schedule.set_line(fields(years=50), pk=own.pk, by=world.actor("region_head"))
    with pytest.raises(Invalid, match="cùng tên"):
        schedule.set_line(fields(years=50), by=world.actor("head"))
    for name in ("specialist", "clerk", "administrator"):
        with pytest.raises(NotAllowed):
            schedule.set_line(fields(title="Hồ sơ khác"), by=world.actor(name))


@pytest.mark.parametrize(
    "wrong",
    [{"years": None}, {"years": 1}, {"years": 71}, {"until": "Đến khi hết hiệu lực"}, {"title": "HS"}],
)
def test_a_line_is_lawful(world: World, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        schedule.set_line(fields(**wrong), by=world.actor("head"))


def test_a_dossier_takes_its_period_from_the_schedule(world: World) -> None:
    period, by = sector(world), world.actor("specialist")
    made = actions.open_dossier(TITLE, period_id=period.pk, by=by)
    assert (made.retention_years, made.period) == (20, period)
    with pytest.raises(Invalid, match="ít nhất 20 năm"):
        actions.open_dossier(TITLE, period_id=period.pk, retention_years=10, by=by)
    longer = actions.Description(
        title=TITLE, retention_years=50, period_id=period.pk, started_on=made.started_on
    )
    assert actions.describe(made.pk, longer, by=by).retention_years == 50
    assert not any(one.code == "retention" for one in readiness.of(made).findings)
    schedule.set_line(same(period, years=70), pk=period.pk, by=world.actor("supreme_head"))
    made.refresh_from_db()
    [found] = [one for one in readiness.of(made).findings if one.code == "retention"]
    assert (found.hard, "70 năm" in found.remedy) == (True, True)


def test_so_does_a_line_of_a_plan_and_the_dossier_opened_from_it(world: World) -> None:
    period, by = sector(world), world.actor("specialist")
    plan = make_plan(world)
    row = plans.put_row(plan.pk, line(retention_years=None, period_id=period.pk), by=by)
    assert row.retention_years == 20
    with pytest.raises(Invalid, match="ít nhất 20 năm"):
        plans.put_row(plan.pk, line(retention_years=5), row_id=row.pk, by=by)
    plans.propose(plan.pk, by=world.actor("head_of_unit"))
    plans.approve(plan.pk, "12/QĐ-VKS", plan_day(), by=world.actor("head"))
    assert actions.open_planned(row.pk, by=by).period == period


def plan_day() -> Any:
    from vanthu.kernel.calendar import today  # noqa: PLC0415

    return today()


def test_the_table_goes_out_and_comes_back(world: World, tmp_path: Path) -> None:
    head, target = world.actor("head"), BytesIO()
    retention_sheets.write(schedule.lines(world.province.pk), target)
    path = tmp_path / "bang.xlsx"
    path.write_bytes(target.getvalue())
    read = retention_sheets.read(path)
    assert len(read) == 45
    assert schedule.import_lines(read, by=head) == (0, 0), "nothing changed, nothing written"
    assert schedule.import_lines([*read, fields()], by=head) == (1, 0)
    known = next(one for one in read if one.title == "Sổ đăng ký văn bản đến")
    with pytest.raises(Invalid, match="ít nhất 20 năm"):
        schedule.import_lines([same_as(known, years=5)], by=head)
    assert schedule.import_lines([same_as(known, years=30)], by=head) == (0, 1)


def same_as(known: Fields, years: int) -> Fields:
    return Fields(group=known.group, title=known.title, years=years, basis="QĐ 15/QĐ-VKS", confirmed=True)


def test_the_schedule_costs_one_query(world: World, django_assert_num_queries: Any) -> None:
    for number in range(5):
        sector(world, title=f"Hồ sơ nhóm {number}")
    with django_assert_num_queries(1):
        schedule.lines(world.province.pk)
