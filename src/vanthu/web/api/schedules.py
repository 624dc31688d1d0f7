"""The working schedule: lines of days, weeks and their versions, rooms and cars; making and changing appointments."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Body, Query, Router, Schema
from pydantic import AwareDatetime, Field

from vanthu.calendar import actions, queries
from vanthu.calendar.actions import Plan
from vanthu.calendar.lines import monday_of
from vanthu.calendar.papers import SUBJECT_LIMIT
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Invalid
from vanthu.web.api.access import ProgramRequest, needs
from vanthu.web.api.following import Why
from vanthu.web.api.schemas import Coded, Given, Id, Named, Text
from vanthu.web.api.writes import acted, once

if TYPE_CHECKING:
    from vanthu.calendar.lines import Line
    from vanthu.calendar.models import WeekVersion

router = Router(tags=["Lịch công tác"], auth=needs("calendar"))

LONGEST = 92  # days that are read at once
_FIRST, _LAST = date(2000, 1, 3), date(2200, 1, 1)


class DaysQuery(Schema):
    """Which days, whose."""

    from_on: date | None = Field(None, description="Bỏ trống là thứ Hai tuần này.")
    to_on: date | None = Field(None, description="Bỏ trống là sáu ngày sau `from_on`; nhiều nhất 92 ngày.")
    of: Literal["office", "leaders", "me", "all"] = Field(
        "all",
        description="office lịch tuần cơ quan, leaders của lãnh đạo, me của tôi, all mọi mục tôi được xem.",
    )

    def days(self) -> tuple[date, date]:
        """First and last day; raises `Invalid`."""
        first = self.from_on or monday_of(today())
        if not _FIRST <= first <= _LAST:
            raise Invalid(fields={"from_on": "Chọn ngày từ năm 2000 đến năm 2200."})
        last = self.to_on or first + timedelta(days=queries.LAST)
        if not first <= last <= first + timedelta(days=LONGEST):
            raise Invalid(fields={"to_on": f"Ngày cuối từ ngày đầu trở đi, nhiều nhất {LONGEST} ngày."})
        return first, last


class WeekQuery(Schema):
    """Which week."""

    monday_on: date | None = Field(None, description="Một ngày trong tuần; bỏ trống là tuần này.")


class LineOut(Schema):
    """Một mục lịch. Mục hạn chế người xem mà khoá không tham gia chỉ hiện “Bận” (`hidden` = true)."""

    id: int
    url: str = Field(examples=["/calendar/7"], description="Trang của mục lịch trên web.")
    starts_at: datetime
    ends_at: datetime
    subject: str
    place: str
    room: str
    car: str
    chair: Named | None
    people: list[Named]
    units: list[Named]
    guests: str
    preparation: str
    in_week: bool = Field(description="Nằm trong lịch tuần của cơ quan.")
    incoming_id: int | None = Field(description="Giấy mời đã lập ra mục này.")
    mark: Literal["", "new", "changed", "gone"] = Field(description="So với bản ban hành trước.")
    tentative: bool = Field(description="Lịch tuần chưa ban hành lần nào.")
    restricted: bool
    hidden: bool


class WeekVersionOut(Schema):
    """Một bản lịch tuần đã ban hành."""

    ordinal: int = Field(description="1 là bản đầu; 2 là điều chỉnh lần 1.")
    reason: str
    approved_by: str
    approved_title: str
    approved_at: datetime
    published_by: str
    published_at: datetime
    lines: list[LineOut]


class WeekOut(Schema):
    """Lịch tuần của cơ quan."""

    monday_on: date
    state: Coded
    returned_reason: str = Field(description="Vì sao lãnh đạo trả lại; chỉ người lập, người duyệt thấy.")
    versions: list[WeekVersionOut] = Field(description="Bản mới nhất trước.")


class ResourceOut(Schema):
    """Phòng họp hoặc xe."""

    id: int
    kind: Coded
    name: str
    seats: int | None
    note: str


class NewAppointment(Given):
    """Một mục lịch."""

    subject: Text = Field(max_length=SUBJECT_LIMIT, examples=["Giao ban công tác tháng 11"])
    starts_at: AwareDatetime = Field(examples=["2026-11-24T08:00:00+07:00"])
    ends_at: AwareDatetime = Field(examples=["2026-11-24T10:00:00+07:00"])
    place: Text = Field("", max_length=200)
    room_id: Id | None = None
    car_id: Id | None = None
    chair_id: Id | None = Field(None, description="`person.id` của người chủ trì.")
    people: list[Id] = Field(default_factory=list, max_length=200)
    units: list[Id] = Field(default_factory=list, max_length=100)
    guests: Text = Field("", max_length=500)
    preparation: Text = Field("", max_length=500)
    in_week: bool = Field(False, description="Đưa vào lịch tuần của cơ quan.")
    restricted: bool = False
    despite: bool = Field(False, description="Vẫn lên lịch dù có người trùng lịch.")

    def plan(self, source_id: int | None = None) -> Plan:
        """As the verb takes it; raises `Invalid` for times that no calendar has."""
        moments = {}
        for name in ("starts_at", "ends_at"):
            moment = getattr(self, name)
            if not _FIRST.year <= moment.year <= _LAST.year:
                raise Invalid(fields={name: "Chọn ngày từ năm 2000 đến năm 2200."})
            moments[name] = moment.astimezone(UTC)
        rest = self.model_dump(exclude={"starts_at", "ends_at", "incoming_id"})
        return Plan(**moments, **rest, source_id=source_id)


class PlannedAppointment(NewAppointment):
    """Một mục lịch mới."""

    incoming_id: Id | None = Field(None, description="Giấy mời (văn bản đến) đem mục này lại.")


@router.get("/calendar", response=list[LineOut], auth=needs("read"), summary="Lịch công tác")
def list_schedule(request: ProgramRequest, asked: Query[DaysQuery]) -> list[LineOut]:
    """Các mục lịch mà khoá được xem trong những ngày này, theo giờ."""
    by = request.actor
    found = queries.schedule(by, *asked.days())
    if asked.of == "office":
        lines = found.of_office()
    elif asked.of == "leaders":
        lines = found.of_leaders()
    else:
        lines = found.of(by) if asked.of == "me" else found.lines
    return [_line(one) for one in lines]


@router.get(
    "/calendar/week", response=WeekOut, auth=needs("read"), summary="Lịch tuần và các bản đã ban hành"
)
def get_week(request: ProgramRequest, asked: Query[WeekQuery]) -> WeekOut:
    """Lịch tuần của cơ quan: đang lập, chờ duyệt, đã ban hành; mỗi bản ban hành giữ nguyên."""
    by, day = request.actor, asked.monday_on or today()
    if not _FIRST <= day <= _LAST:
        raise Invalid(fields={"monday_on": "Chọn ngày từ năm 2000 đến năm 2200."})
    week = queries.week(monday_of(day), by)
    return WeekOut(
        monday_on=week.monday_on,
        state=Coded(code=week.state, name=week.get_state_display()),
        returned_reason=week.returned_reason if queries.draws_up(by) else "",
        versions=[_version(one, by) for one in queries.versions(week.monday_on, by)],
    )


@router.get("/calendar/resources", response=list[ResourceOut], auth=needs("read"), summary="Phòng họp và xe")
def list_resources(request: ProgramRequest) -> list[ResourceOut]:
    """Phòng họp, xe đang dùng của cơ quan."""
    return [
        ResourceOut(
            id=one.pk,
            kind=Coded(code=one.kind, name=one.get_kind_display()),
            name=one.name,
            seats=one.seats,
            note=one.note,
        )
        for one in queries.resources(request.actor)
    ]


@router.get("/appointments/{pk}", response=LineOut, auth=needs("read"), summary="Một mục lịch")
def get_appointment(request: ProgramRequest, pk: Id) -> LineOut:
    """Thời gian, địa điểm, thành phần, phòng, xe."""
    return _line(queries.appointment(pk, request.actor).line)


@router.post("/appointments", response={201: LineOut}, summary="Lên lịch")
def make_appointment(
    request: ProgramRequest, response: HttpResponse, given: Body[PlannedAppointment]
) -> LineOut:
    """Phòng, xe đã có nơi đặt thì 409 `taken`; người trùng lịch thì 422, gửi lại với `despite` nếu vẫn lên lịch."""
    by = request.actor
    made = once(
        request,
        lambda: actions.make(given.plan(given.incoming_id), by=by),
        lambda pk: queries.appointment(pk, by).row,
    )
    response["Location"] = reverse("api:get_appointment", args=[made.pk])
    return _line(queries.appointment(made.pk, by).line)


@router.post("/appointments/{pk}/change", response=LineOut, summary="Sửa mục lịch")
def change_appointment(request: ProgramRequest, pk: Id, given: Body[NewAppointment]) -> LineOut:
    """Người lập, văn thư hoặc Chánh Văn phòng sửa; gửi đủ các trường như khi lập."""
    by = request.actor
    acted(request, lambda: actions.change(pk, given.plan(), by=by), lambda: queries.appointment(pk, by).row)
    return _line(queries.appointment(pk, by).line)


@router.post("/appointments/{pk}/cancel", response=LineOut, summary="Hủy mục lịch")
def cancel_appointment(request: ProgramRequest, pk: Id, given: Body[Why]) -> LineOut:
    """Kèm lý do người tham gia sẽ đọc; phòng và xe trống ngay."""
    by = request.actor
    acted(request, lambda: actions.cancel(pk, given.reason, by=by), lambda: queries.appointment(pk, by).row)
    return _line(queries.appointment(pk, by).line)


def _line(line: "Line") -> LineOut:
    return LineOut(
        id=line.id,
        url=reverse("appointment", args=[line.id]),
        starts_at=line.starts_at.astimezone(UTC),
        ends_at=line.ends_at.astimezone(UTC),
        subject=line.subject,
        place=line.place,
        room=line.room,
        car=line.car,
        chair=Named(id=line.chair[0], name=line.chair[1]) if line.chair else None,
        people=[Named(id=pk, name=name) for pk, name in line.people],
        units=[Named(id=pk, name=name) for pk, name in line.units],
        guests=line.guests,
        preparation=line.preparation,
        in_week=line.in_week,
        incoming_id=line.source_id,
        mark=line.mark,
        tentative=line.tentative,
        restricted=line.restricted,
        hidden=line.hidden,
    )


def _version(version: "WeekVersion", by: Actor) -> WeekVersionOut:
    return WeekVersionOut(
        ordinal=version.ordinal,
        reason=version.reason,
        approved_by=version.approved_name,
        approved_title=version.approved_title,
        approved_at=timezone.localtime(version.approved_at, UTC),
        published_by=version.published_name,
        published_at=timezone.localtime(version.published_at, UTC),
        lines=[_line(one) for one in queries.lines_of(version, by).lines],
    )
