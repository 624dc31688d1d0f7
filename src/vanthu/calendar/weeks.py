"""The week of an office: submitted, approved, published; after that changed by a new version that says so."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from vanthu.calendar import queries
from vanthu.calendar.lines import Line, marked, monday_of
from vanthu.calendar.models import Week, WeekVersion
from vanthu.calendar.states import WEEKS, WeekState
from vanthu.kernel import ledger, moves, participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.participants import Item, Owner
from vanthu.kernel.refusals import Conflict, Invalid
from vanthu.organisations import queries as organisations


def open_for(moment: datetime, in_week: bool, item: str, *, by: Actor) -> None:
    """Make sure that the week of this moment may be drawn up for this item (in words that everybody may read).

    An item that stands in no week needs none.

    In a published week who schedules begins a new version by it. Raises `Conflict` while it is being approved, and
    for everybody else once it is published.
    """
    if not in_week:
        return
    week = _held(monday_of(timezone.localdate(moment)), by)
    name = said(week.monday_on)
    if week.state == WeekState.DRAFTING:
        return
    if week.state != WeekState.PUBLISHED:
        raise Conflict(
            f"{name} đang trình duyệt nên chưa sửa được. Lấy lại lịch để sửa, hoặc chờ duyệt xong."
        )
    if not by.may("schedule"):
        raise Conflict(
            f"{name} đã ban hành. Đề nghị văn thư hoặc Chánh Văn phòng điều chỉnh, hoặc bỏ chọn “Đưa vào lịch tuần”."
        )
    _begin_change(week, f"điều chỉnh mục {item[:160]}", by)


@transaction.atomic
def submit(monday: date, *, by: Actor) -> Week:
    """Show the week to the leaders for approval; an empty one is refused."""
    by.require("schedule")
    week = _held(monday, by)
    if not week.versions and not _lines(week):
        raise Invalid(f"{said(monday)} chưa có mục nào. Thêm mục lịch rồi trình duyệt.")
    moves.make(WEEKS, "submit", week, by=by, also={"returned_reason": ""})
    for post in organisations.leaders(by.office):
        _tell(week, post.person_id, "to_approve")
    ledger.record("calendar.submitted", week, by=by, note=f"trình duyệt {said(monday).lower()}")
    return week


@transaction.atomic
def take_back(monday: date, *, by: Actor) -> Week:
    """Take the week back to go on drawing it up."""
    week = _held(monday, by)
    moves.make(WEEKS, "take_back", week, by=by)
    participants.move_all(Item("week", week.pk), state="seen")
    ledger.record("calendar.taken_back", week, by=by, note=f"lấy lại {said(monday).lower()} để sửa")
    return week


@transaction.atomic
def send_back(monday: date, reason: str, *, by: Actor) -> Week:
    """A leader gives the week back with a reason."""
    by.require("approve_schedule")
    week = _held(monday, by)
    moves.make(WEEKS, "send_back", week, by=by, also={"returned_reason": _reason(reason)})
    participants.move_all(Item("week", week.pk), state="seen")
    ledger.record("calendar.sent_back", week, by=by, note=f"trả lại {said(monday).lower()}: {reason.strip()}")
    return week


@transaction.atomic
def approve(monday: date, *, by: Actor) -> Week:
    """A leader approves the week as it stands."""
    by.require("approve_schedule")
    week = _held(monday, by)
    if not week.versions and not _lines(week):
        raise Invalid(f"{said(monday)} chưa có mục nào để duyệt. Thêm mục lịch trước.")
    also = {
        "approved_by_id": by.person,
        "approved_title": by.title,
        "approved_at": now(),
        "returned_reason": "",
    }
    moves.make(WEEKS, "approve", week, by=by, also=also)
    participants.move_all(Item("week", week.pk), state="seen")
    ledger.record("calendar.approved", week, by=by, note=f"duyệt {said(monday).lower()}")
    return week


@transaction.atomic
def publish(monday: date, *, by: Actor) -> WeekVersion:
    """Make the approved week known: a version that never changes; those whom it concerns are told."""
    week = _held(monday, by)
    before = _newest(week)
    also = {"versions": week.versions + 1, "change_reason": ""}
    reason = week.change_reason
    moves.make(WEEKS, "publish", week, by=by, also=also)
    approver = week.approved_by
    if approver is None or week.approved_at is None:  # the state says that there is one
        raise Conflict("Lịch tuần chưa được duyệt. Trình lãnh đạo duyệt trước.")
    lines = marked(_lines(week), before) if week.versions > 1 else _lines(week)
    version = WeekVersion.objects.create(
        week=week,
        ordinal=week.versions,
        lines=[one.values() for one in lines],
        reason=reason,
        approved_name=approver.full_name,
        approved_title=week.approved_title,
        approved_at=week.approved_at,
        published_at=now(),
        published_name=by.name,
    )
    touched = [one for one in lines if one.mark] if week.versions > 1 else lines
    told = _concerned(
        [*touched, *(one for one in before if week.versions > 1 and _differs(one, touched))], by
    )
    for person_id in told:
        _tell(week, person_id, "told")
    again = f" (điều chỉnh lần {week.versions - 1})" if week.versions > 1 else ""
    ledger.record(
        "calendar.published",
        week,
        by=by,
        changes={"version": (week.versions - 1, week.versions), "told": ([], sorted(told))},
        note=f"ban hành {said(monday).lower()}{again}",
    )
    return version


@transaction.atomic
def begin_change(monday: date, reason: str, *, by: Actor) -> Week:
    """Draw up a new version of a published week."""
    week = _held(monday, by)
    _begin_change(week, _reason(reason), by)
    return week


@transaction.atomic
def see(*, by: Actor) -> None:
    """The actor has seen what they were told."""
    told = [Item("week", one.pk) for one in queries.told(by)]
    told += [Item("appt", one.pk) for one in queries.told_appointments(by)]
    for item in told:
        participants.move(item, Owner("p", by.person), state="seen", only_from="told")


def reopen(moments: Iterable[datetime], reason: str, *, office_id: int) -> None:
    """Draw up anew the published and approved weeks of these moments, because who takes part in them changes."""
    by = Actor.for_system(office_id)
    for monday in sorted({monday_of(timezone.localdate(one)) for one in moments}):
        week = _held(monday, by)
        if week.state == WeekState.PUBLISHED:
            _begin_change(week, reason, by)
        elif week.state == WeekState.APPROVED:
            take_back(monday, by=by)


def said(monday: date) -> str:
    """The week in words: "Lịch tuần 48 (23/11–29/11/2026)"."""
    last = monday + timedelta(days=queries.LAST)
    return f"Lịch tuần {monday.isocalendar().week} ({monday:%d/%m}–{last:%d/%m/%Y})"


def _begin_change(week: Week, reason: str, by: Actor) -> None:
    moves.make(WEEKS, "change", week, by=by, also={"change_reason": reason[:300]})
    ledger.record(
        "calendar.reopened", week, by=by, note=f"điều chỉnh {said(week.monday_on).lower()}: {reason}"
    )


def _held(monday: date, by: Actor) -> Week:
    """The week of the actor's office, locked until commit; made when nothing was done to it yet."""
    if monday.weekday() != 0:
        raise Invalid("Đường dẫn này đã hỏng. Mở lại lịch công tác.")
    Week.objects.get_or_create(office_id=by.office, monday_on=monday)
    return (
        Week.objects.select_for_update(of=("self",))
        .select_related("approved_by")
        .get(office=by.office, monday_on=monday)
    )


def _lines(week: Week) -> list[Line]:
    rows = queries.planned(week.office_id, week.monday_on, week.monday_on + timedelta(days=queries.LAST))
    return [Line.of(row) for row in rows if row.in_week]


def _newest(week: Week) -> list[Line]:
    version = WeekVersion.objects.filter(week=week).order_by("-ordinal").first()
    return [Line.kept(one) for one in version.lines if one["mark"] != "gone"] if version else []


def _differs(before: Line, touched: Iterable[Line]) -> bool:
    """Whether a line of the last version is changed or gone now: who took part then is told, too."""
    return any(one.id == before.id for one in touched)


def _concerned(lines: Iterable[Line], by: Actor) -> frozenset[int]:
    """The people of these lines and the heads of their units, besides the actor."""
    lines = list(lines)
    units = {number for one in lines for number, _ in one.units}
    posts = organisations.valid_posts(office_id=by.office, roles=organisations.LEADING_ROLES) if units else []
    heads = {post.person_id for post in posts if post.unit_id in units}
    return (queries.people_of(lines) | heads) - {by.person}


def _tell(week: Week, person_id: int, state: str) -> None:
    participants.include(
        Item("week", week.pk),
        Owner("p", person_id),
        office_id=week.office_id,
        role="reader",
        state=state,
        pending=True,
        at=now(),
    )


def _reason(text: str) -> str:
    if len(text.strip()) < 5:
        raise Invalid(fields={"reason": "Ghi lý do, ít nhất 5 ký tự: người nhận lịch sẽ đọc."})
    return text.strip()[:300]
