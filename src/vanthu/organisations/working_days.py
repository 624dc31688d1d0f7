"""The days off and the days worked instead, kept by who administers the whole installation."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from vanthu.kernel import holidays, ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.holidays import SpecialDay
from vanthu.kernel.refusals import Invalid, NotAllowed, NotFound
from vanthu.organisations import queries


def may_change(by: Actor) -> bool:
    """The calendar holds for all offices, so an administrator of the highest one keeps it."""
    return by.may("administer") and by.office_id is not None and queries.office(by.office).parent_id is None


def days_of(year: int) -> list[SpecialDay]:
    """The special days of a year, in order."""
    return list(SpecialDay.objects.filter(day_on__year=year).order_by("day_on"))


def years() -> list[int]:
    """The years that the table knows, and none else."""
    return [day.year for day in SpecialDay.objects.dates("day_on", "year")]


@transaction.atomic
def set_day(day_on: date, *, works: bool, name: str, basis: str = "", by: Actor) -> SpecialDay:
    """Declare a day off, or (`works`) a weekend worked instead of another day; the same day again replaces it."""
    require_keeper(by)
    if len(name.strip()) < 3:
        raise Invalid(fields={"name": "Ghi tên ngày nghỉ hoặc ngày làm bù."})
    if works and day_on.weekday() < 5:
        raise Invalid(fields={"day_on": "Ngày làm bù phải là thứ bảy hoặc chủ nhật."})
    if not works and day_on.weekday() >= 5:
        raise Invalid(
            fields={
                "day_on": "Thứ bảy, chủ nhật vốn là ngày nghỉ; chỉ khai ngày nghỉ trong tuần, kể cả nghỉ bù."
            }
        )
    made, _ = SpecialDay.objects.update_or_create(
        day_on=day_on,
        defaults={"works": works, "name": name.strip()[:120], "basis": basis.strip()[:200]},
    )
    what = "ngày làm bù" if works else "ngày nghỉ"
    ledger.record("calendar.day_set", made, by=by, note=f"đặt {what} {day_on:%d/%m/%Y}: {made.name}")
    transaction.on_commit(holidays.forget)
    return made


@transaction.atomic
def drop_day(pk: int, *, by: Actor) -> None:
    """The day is again what its place in the week says."""
    require_keeper(by)
    found = SpecialDay.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound("Ngày này đã được bỏ khỏi lịch nghỉ.")
    ledger.record(
        "calendar.day_dropped", found, by=by, note=f"bỏ khỏi lịch nghỉ {found.day_on:%d/%m/%Y}: {found.name}"
    )
    found.delete()
    transaction.on_commit(holidays.forget)


def require_keeper(by: Actor) -> None:
    """Raise `NotAllowed` for whoever does not keep the calendar."""
    by.require("administer")
    if not may_change(by):
        raise NotAllowed(
            "Lịch nghỉ dùng chung cho mọi cơ quan: đề nghị quản trị của cơ quan cấp trên cùng sửa."
        )
