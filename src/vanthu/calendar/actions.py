"""Make, change, cancel appointments. A published week is changed by a new version only (see `weeks`)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from vanthu.calendar import conflicts, queries, weeks
from vanthu.calendar.conflicts import Asked
from vanthu.calendar.models import Appointment, Attendee, Resource
from vanthu.calendar.states import APPOINTMENTS
from vanthu.documents import queries as documents
from vanthu.kernel import ledger, moves, participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.participants import Item, Owner
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.organisations import queries as organisations

LONGEST = timedelta(days=31)
_OWN = ("subject", "starts_at", "ends_at", "place", "room_id", "car_id", "chair_id", "guests", "preparation", "in_week",
        "restricted", "source_id")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an appointment shall be. `despite`: whoever plans it knows that these people have another one then."""

    subject: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    room_id: int | None = None
    car_id: int | None = None
    chair_id: int | None = None
    people: Sequence[int] = field(default=())
    units: Sequence[int] = field(default=())
    guests: str = ""
    preparation: str = ""
    in_week: bool = False
    restricted: bool = False
    source_id: int | None = None
    despite: bool = False


@transaction.atomic
def make(plan: Plan, *, by: Actor) -> Appointment:
    """Put an appointment into the schedule of the actor's office.

    Raises `Invalid` for bad input and for people who are busy (unless the plan says `despite`), `Conflict` for a room
    or car that is taken and for a week that is not open.
    """
    by.require("plan")
    if plan.source_id is not None and documents.incoming(plan.source_id, by).sight.masked:
        raise NotFound
    _check(plan, by)
    weeks.open_for(plan.starts_at, plan.in_week, _named(plan), by=by)
    row = Appointment(office_id=by.office, creator_id=by.person, changed_at=now(), **_values(plan))
    _save(row.save, plan, None, by)
    _set_people(row, plan)
    _tell(row, by)
    ledger.record("calendar.made", row, by=by, changes=_changes(row, {}), note=f"lên lịch {_said(row)}")
    return row


@transaction.atomic
def change(pk: int, plan: Plan, *, by: Actor) -> Appointment:
    """Change an appointment: who made it, or who draws up the schedule; refusals as `make`."""
    row = _own(pk, by)
    plan = replace(plan, source_id=row.source_id)
    _check(plan, by, but=pk)
    weeks.open_for(row.starts_at, row.in_week, _named(row), by=by)
    weeks.open_for(plan.starts_at, plan.in_week, _named(plan), by=by)
    before = {name: getattr(row, name) for name in _OWN}
    for name, value in _values(plan).items():
        setattr(row, name, value)
    row.sequence, row.changed_at = row.sequence + 1, now()
    _save(lambda: row.save(update_fields=[*_OWN, "sequence", "changed_at"]), plan, pk, by)
    _set_people(row, plan)
    _tell(row, by)
    ledger.record(
        "calendar.changed", row, by=by, changes=_changes(row, before), note=f"sửa lịch {_said(row)}"
    )
    return row


@transaction.atomic
def cancel(pk: int, reason: str, *, by: Actor) -> Appointment:
    """Cancel it with a reason; room and car are free at once."""
    row = _own(pk, by)
    if len(reason.strip()) < 5:
        raise Invalid(fields={"reason": "Ghi lý do hủy, ít nhất 5 ký tự: người tham gia sẽ đọc."})
    weeks.open_for(row.starts_at, row.in_week, _named(row), by=by)
    also = {"cancelled_reason": reason.strip()[:300], "sequence": row.sequence + 1, "changed_at": now()}
    moves.make(APPOINTMENTS, "cancel", row, by=by, also=also)
    _tell(row, by)
    ledger.record("calendar.cancelled", row, by=by, note=f"hủy lịch {_said(row)}")
    return row


@transaction.atomic
def leave_out(pk: int, *, by: Actor) -> Appointment:
    """Take a proposed item out of the week of the office; it stays with those who take part."""
    by.require("schedule", "Văn thư hoặc Chánh Văn phòng quyết định mục nào vào lịch tuần.")
    row = _own(pk, by)
    if not row.in_week:
        raise Conflict("Mục này không nằm trong lịch tuần. Tải lại trang để xem.")
    weeks.open_for(row.starts_at, row.in_week, _named(row), by=by)
    row.in_week, row.sequence, row.changed_at = False, row.sequence + 1, now()
    row.save(update_fields=["in_week", "sequence", "changed_at"])
    ledger.record(
        "calendar.left_out", row, by=by, changes={"in_week": (True, False)}, note="đưa ra khỏi lịch tuần"
    )
    return row


def _own(pk: int, by: Actor) -> Appointment:
    """The appointment, held until commit, if the actor may change it."""
    found = queries.appointment(pk, by)
    if not queries.may_change(found, by):
        raise NotAllowed(
            "Người lập mục lịch, văn thư hoặc Chánh Văn phòng sửa được mục này. Đề nghị họ thực hiện."
        )
    return Appointment.objects.select_for_update().get(pk=pk)


def _check(plan: Plan, by: Actor, *, but: int | None = None) -> None:
    faults = _faults(plan, by)
    if faults:
        raise Invalid(fields=faults)
    people = {*plan.people, *([plan.chair_id] if plan.chair_id else [])}
    found = conflicts.clashes(
        Asked(
            starts_at=plan.starts_at, ends_at=plan.ends_at, room_id=plan.room_id, car_id=plan.car_id, people=people,
            but=but,
        ),
        by,
    )  # fmt: skip
    for clash in found:
        if clash.kind != "person":
            raise Conflict(f"{clash.sentence}. Chọn giờ khác hoặc {_OTHER[clash.kind]} khác.", code="taken")
    if found and not plan.despite:
        names = "; ".join(dict.fromkeys(clash.name for clash in found))
        raise Invalid(
            fields={"despite": f"Trùng lịch của {names}. Đổi giờ, hoặc đánh dấu ô này nếu vẫn lên lịch."}
        )


_OTHER = {"room": "phòng", "car": "xe"}


def _faults(plan: Plan, by: Actor) -> dict[str, str]:
    faults = {}
    if len(plan.subject.strip()) < 5:
        faults["subject"] = "Nhập nội dung công việc, ít nhất 5 ký tự."
    if plan.ends_at <= plan.starts_at:
        faults["ends"] = "Giờ kết thúc phải sau giờ bắt đầu."
    elif plan.ends_at - plan.starts_at > LONGEST:
        faults["until_on"] = "Một mục lịch dài nhất 31 ngày. Chia thành nhiều mục."
    if not (plan.people or plan.units or plan.chair_id):
        faults["attendees"] = "Chọn người chủ trì hoặc ít nhất một người, đơn vị tham gia."
    staff = {post.person_id for post in organisations.valid_posts(office_id=by.office)}
    if not {*plan.people, *([plan.chair_id] if plan.chair_id else [])} <= staff:
        faults["attendees"] = "Có người không còn công tác ở cơ quan. Chọn lại."
    if plan.units and not set(plan.units) <= {unit.pk for unit in organisations.units_of(by.office)}:
        faults["attendees"] = "Có đơn vị không còn hoạt động. Chọn lại."
    lent = {(one.kind, one.pk) for one in queries.resources(by)}
    for name, kind, pk in (
        ("room", Resource.Kind.ROOM, plan.room_id),
        ("car", Resource.Kind.CAR, plan.car_id),
    ):
        if pk is not None and (kind, pk) not in lent:
            faults[name] = "Phòng hoặc xe này không còn dùng. Chọn lại."
    return faults


def _values(plan: Plan) -> dict[str, object]:
    return {name: getattr(plan, name) for name in _OWN} | {"subject": plan.subject.strip()}


def _save(save: Callable[[], None], plan: Plan, but: int | None, by: Actor) -> None:
    """Write the row; who was faster with the room, the car or the invitation is said by name."""
    try:
        with transaction.atomic():
            save()
    except IntegrityError as error:
        if "invitation_once_in_a_week" in str(error):
            raise Conflict(
                "Giấy mời này đã có trong lịch tuần. Mở mục lịch đó để sửa.", code="scheduled"
            ) from None
        if "once_at_a_time" not in str(error):
            raise
        _check(plan, by, but=but)  # names who has it
        raise Conflict("Phòng hoặc xe vừa có người đặt. Chọn giờ khác, phòng khác hoặc xe khác.") from None


def _set_people(row: Appointment, plan: Plan) -> None:
    Attendee.objects.filter(appointment=row).delete()
    Attendee.objects.bulk_create(
        [
            *(
                Attendee(appointment=row, person_id=pk)
                for pk in dict.fromkeys(plan.people)
                if pk != plan.chair_id
            ),
            *(Attendee(appointment=row, unit_id=pk) for pk in dict.fromkeys(plan.units)),
        ]
    )


def _tell(row: Appointment, by: Actor) -> None:
    """Who takes part in what stands in no week is told at once; of a week when it is published."""
    if row.in_week:
        return
    people = {one.person_id for one in row.attendees.all()} | {row.chair_id}
    for person_id in sorted(one for one in people if one and one != by.person_id):
        participants.include(
            Item("appt", row.pk),
            Owner("p", person_id),
            office_id=row.office_id,
            role="reader",
            state="told",
            pending=True,
            at=now(),
        )


def _changes(row: Appointment, before: dict[str, object]) -> dict[str, tuple[object, object]]:
    """What differs; of what is restricted only the times are told."""
    names = ("starts_at", "ends_at") if row.restricted else _OWN
    pairs = {name: (before.get(name), getattr(row, name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _said(row: Appointment) -> str:
    """The appointment in the sentence of the ledger; what is restricted by its time only."""
    start = timezone.localtime(row.starts_at)
    return f"{_named(row)}, {start:%H:%M ngày %d/%m/%Y}"


def _named(item: Appointment | Plan) -> str:
    """What everybody may read of it in a sentence."""
    return "(hạn chế người xem)" if item.restricted else f"“{item.subject}”"
