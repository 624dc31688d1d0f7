"""Forms of the schedule: an appointment, a reason, a room or a car."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from vanthu.calendar import queries
from vanthu.calendar.actions import Plan
from vanthu.calendar.conflicts import Asked
from vanthu.calendar.papers import SUBJECT_LIMIT
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.organisations import queries as organisations
from vanthu.web.shell.forms import DayField, Form, TextField, WordsField

if TYPE_CHECKING:
    from vanthu.calendar.queries import Found


def clock(label: str, *, required: str) -> forms.TimeField:
    """An hour, typed as 8:00, 08:00 or 8h30; `required` is the sentence for an empty field."""
    return forms.TimeField(
        label=label,
        input_formats=["%H:%M", "%Hh%M", "%Hh", "%H.%M", "%H%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off", "placeholder": "08:00"}),
        error_messages={"invalid": "Nhập giờ theo dạng 08:00.", "required": required},
    )


class AppointmentForm(Form):
    """One line of the schedule."""

    subject = TextField(
        label="Nội dung", max_length=SUBJECT_LIMIT, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Nhập nội dung công việc."},
    )  # fmt: skip
    on = DayField(label="Ngày", error_messages={"required": "Chọn ngày, ví dụ 24/11/2026."})
    starts = clock("Từ giờ", required="Nhập giờ bắt đầu, ví dụ 08:00.")
    ends = clock("Đến giờ", required="Nhập giờ kết thúc, ví dụ 11:00.")
    until_on = DayField(label="Đến hết ngày", required=False, help_text="Chỉ điền khi kéo dài nhiều ngày")
    chair = forms.TypedChoiceField(label="Chủ trì", coerce=int, empty_value=None, required=False)
    attendees = forms.MultipleChoiceField(label="Thành phần", required=False)
    guests = TextField(
        label="Thành phần khác", max_length=500, required=False, help_text="Người ngoài cơ quan"
    )
    room = forms.TypedChoiceField(label="Phòng họp", coerce=int, empty_value=None, required=False)
    car = forms.TypedChoiceField(label="Xe", coerce=int, empty_value=None, required=False)
    place = TextField(
        label="Địa điểm", max_length=200, required=False, help_text="Khi không họp ở phòng của cơ quan"
    )
    preparation = TextField(
        label="Chuẩn bị", max_length=500, required=False, help_text="Đơn vị chuẩn bị, tài liệu"
    )
    in_week = forms.BooleanField(
        label="Đưa vào lịch tuần của cơ quan", required=False,
        help_text="Cả cơ quan thấy khi lịch tuần được ban hành. Không đánh dấu: chỉ người tham gia thấy.",
    )  # fmt: skip
    restricted = forms.BooleanField(
        label="Hạn chế người xem", required=False, help_text="Người khác chỉ thấy chữ “Bận”.",
    )  # fmt: skip
    despite = forms.BooleanField(label="Vẫn lên lịch dù có người trùng lịch", required=False)
    entry = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = {post.person_id: post for post in reversed(organisations.valid_posts(office_id=by.office))}
        people = [
            (
                one.person_id,
                f"{one.person.full_name}, {one.title}{f' {one.unit.short_name}' if one.unit else ''}",
            )
            for one in sorted(posts.values(), key=lambda post: (post.position, post.pk))
        ]
        units = [(f"u{one.pk}", one.short_name) for one in organisations.units_of(by.office)]
        lent = queries.resources(by)
        self._offer("chair", [("", ""), *people])
        self._offer("attendees", [*units, *((f"p{pk}", name) for pk, name in people)])
        for name in ("room", "car"):
            offered = [one for one in lent if one.kind == name]
            words = [(one.pk, f"{one.name} ({one.seats} chỗ)" if one.seats else one.name) for one in offered]
            self._offer(name, [("", "Không dùng"), *words])

    def _offer(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def plan(self) -> Plan:
        """The valid form as the verb takes it."""
        data = self.cleaned_data
        people, units = self._owners(data["attendees"])
        return Plan(
            subject=data["subject"],
            starts_at=_moment(data["on"], data["starts"]),
            ends_at=_moment(data["until_on"] or data["on"], data["ends"]),
            place=data["place"],
            room_id=data["room"],
            car_id=data["car"],
            chair_id=data["chair"],
            people=people,
            units=units,
            guests=data["guests"],
            preparation=data["preparation"],
            in_week=data["in_week"],
            restricted=data["restricted"],
            source_id=data["entry"],
            despite=data["despite"],
        )

    def asked(self, but: int | None) -> Asked | None:
        """What the form, half filled in perhaps, wants for which time; None while it does not say when."""
        self.is_valid()
        data = self.cleaned_data
        if any(data.get(name) is None for name in ("on", "starts", "ends")):
            return None
        people, _ = self._owners(data.get("attendees", []))
        chair = data.get("chair")
        return Asked(
            starts_at=_moment(data["on"], data["starts"]),
            ends_at=_moment(data.get("until_on") or data["on"], data["ends"]),
            room_id=data.get("room"),
            car_id=data.get("car"),
            people={*people, *([chair] if chair else [])},
            but=but,
        )

    @staticmethod
    def _owners(values: list[str]) -> tuple[list[int], list[int]]:
        """(people, units) of values such as "p34" and "u12"."""
        return tuple([int(value[1:]) for value in values if value[0] == kind] for kind in "pu")  # type: ignore[return-value]


def _moment(day: Any, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


def initial_of(found: Found) -> dict[str, Any]:
    """The fields of an appointment for the form."""
    row, line = found.row, found.line
    start, end = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
    names = ("subject", "place", "guests", "preparation", "in_week", "restricted")
    return {name: getattr(row, name) for name in names} | {
        "on": start.date(),
        "starts": start.time(),
        "ends": end.time(),
        "until_on": end.date() if end.date() != start.date() else None,
        "chair": row.chair_id,
        "attendees": [*(f"p{pk}" for pk, _ in line.people), *(f"u{pk}" for pk, _ in line.units)],
        "room": row.room_id,
        "car": row.car_id,
    }


def empty(by: Actor, day: Any = None) -> dict[str, Any]:
    """What a new appointment begins with."""
    return {
        "on": day or today(),
        "starts": time(8, 0),
        "ends": time(10, 0),
        "attendees": [] if by.may("schedule") else [f"p{by.person}"],
        "in_week": by.may("schedule"),
    }


class ReasonForm(Form):
    """Why something is cancelled, given back or changed."""

    reason = WordsField(label="Lý do", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class ResourceForm(Form):
    """A room or a car."""

    kind = forms.ChoiceField(
        label="Loại", choices=[("room", "Phòng họp"), ("car", "Xe")], initial="room", widget=forms.RadioSelect
    )
    name = TextField(label="Tên", max_length=80, help_text="Ví dụ: Phòng họp tầng 3; Xe 99A-012.34")
    seats = forms.IntegerField(label="Số chỗ", required=False, min_value=1, max_value=2000)
    note = TextField(label="Ghi chú", max_length=200, required=False, help_text="Thiết bị, lái xe")
    in_use = forms.BooleanField(label="Đang dùng", required=False, initial=True)
