"""Forms of tasks: giving work, asking for time, handing in, answering, chasing, periodic work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from vanthu.documents.states import Urgency
from vanthu.kernel.participants import Item, Owner
from vanthu.tasks.chasing import Words
from vanthu.tasks.matters import Order, Part
from vanthu.tasks.rhythms import Beat
from vanthu.tasks.states import Every, Grade, Origin, Shift, TaskRole
from vanthu.web.incoming.forms import read_owner
from vanthu.web.shell.forms import DayField, Form, TextField, WordsField

if TYPE_CHECKING:
    from collections.abc import Iterable

ORIGINS = (
    (Origin.OWN.value, "Việc giao trực tiếp"),
    (Origin.MEETING.value, "Kết luận cuộc họp"),
    (Origin.DOCUMENT.value, "Văn bản"),
)


class AssigneeField(forms.CharField):
    """A unit or a person, as the field carries it: "u12", "p34"; found by typing."""

    widget = forms.Select

    def clean(self, value: Any) -> Owner | None:
        text = super().clean(value)
        if not text:
            return None
        kind, number = text[:1], text[1:]
        if kind not in ("u", "p") or not number.isdigit():
            raise forms.ValidationError("Chọn đơn vị hoặc người trong danh sách gợi ý.")
        return Owner(kind, int(number))


class WorkForm(Form):
    """Work that no incoming document brought."""

    title = TextField(label="Việc cần làm", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    text = WordsField(
        label="Yêu cầu cụ thể", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    lead = AssigneeField(label="Chủ trì")
    due_on = DayField(label="Hạn", required=False)
    urgency = forms.TypedChoiceField(
        label="Độ khẩn", choices=Urgency.choices, coerce=int, initial=0, widget=forms.RadioSelect
    )
    origin = forms.ChoiceField(
        label="Xuất phát từ", choices=ORIGINS[:2], widget=forms.RadioSelect, initial="own"
    )
    origin_name = TextField(label="Cuộc họp", max_length=300, required=False)
    origin_on = DayField(label="Ngày họp", required=False)
    about = forms.RegexField(r"^(in|out)-\d+$", required=False, widget=forms.HiddenInput)
    to_accept = forms.BooleanField(
        label="Tôi duyệt kết quả", required=False, initial=True, help_text="Không chọn: báo cáo là xong."
    )
    restricted = forms.BooleanField(
        label="Hạn chế người xem",
        required=False,
        help_text="Chỉ người giao, người được giao và Viện trưởng thấy.",
    )

    def order(self) -> Order:
        """The valid form as the verb takes it; `support` and `inform` are repeated fields."""
        data = self.cleaned_data
        kind, _, number = data["about"].partition("-")
        about = Item(kind, int(number)) if number else None
        return Order(
            title=data["title"],
            text=data["text"],
            lead=data["lead"],
            support=[read_owner(value) for value in self.every("support")],
            inform=[read_owner(value) for value in self.every("inform")],
            due_on=data["due_on"],
            urgency=data["urgency"],
            restricted=data["restricted"],
            to_accept=data["to_accept"],
            origin=Origin.DOCUMENT if about else data["origin"],
            origin_name=data["origin_name"] if data["origin"] == Origin.MEETING else "",
            origin_on=data["origin_on"] if data["origin"] == Origin.MEETING else None,
            about=about,
        )

    def every(self, name: str) -> list[str]:
        """The values of a field that may be repeated."""
        values = self.data.getlist(name) if hasattr(self.data, "getlist") else self.data.get(name, [])
        return [value for value in values if value]


class OneOfMany(Form):
    """A form that stands beside others on the page of a task: its fields have ids of their own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{type(self).__name__.lower()}_%s")
        super().__init__(*args, **kwargs)


class ProgressForm(OneOfMany):
    """How a task stands."""

    text = WordsField(label="Tiến độ", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    percent = forms.IntegerField(label="Phần trăm", required=False, min_value=0, max_value=100)


class HandInForm(OneOfMany):
    """The result of a task: words, the number of a document of ours, files."""

    text = WordsField(
        label="Kết quả", max_length=900, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    outgoing = TextField(
        label="Văn bản đã phát hành",
        required=False,
        max_length=80,
        help_text="Số, ký hiệu của văn bản đi, ví dụ 123/BC-VKS-P1",
    )


class ReasonForm(OneOfMany):
    """A reason in words."""

    reason = WordsField(label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class ExtensionForm(OneOfMany):
    """Until when more time is asked for, and why."""

    until_on = DayField(label="Xin gia hạn đến")
    reason = WordsField(label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class GrantForm(OneOfMany):
    """Until when more time is granted."""

    until_on = DayField(label="Gia hạn đến")
    answer = TextField(label="Ý kiến", required=False, max_length=500)


class RefuseForm(OneOfMany):
    """Why no more time is granted."""

    answer = TextField(label="Lý do không gia hạn", max_length=500)


class AcceptForm(OneOfMany):
    """A word on a result that is accepted."""

    remark = TextField(label="Nhận xét", required=False, max_length=500)


class GiveAgainForm(OneOfMany):
    """To whom a returned task is given."""

    owner = AssigneeField(label="Giao cho", required=False, help_text="Bỏ trống: giao lại người cũ")
    text = WordsField(
        label="Ý kiến", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class PartForm(OneOfMany):
    """A part of a task, given on."""

    title = TextField(label="Phần việc", max_length=300)
    owner = AssigneeField(label="Giao cho")
    role = forms.ChoiceField(label="Vai trò", choices=TaskRole.choices, initial=TaskRole.LEAD.value)
    due_on = DayField(label="Hạn", required=False, help_text="Bỏ trống: bằng hạn của việc này")

    def part(self) -> Part:
        """The valid form as the verb takes it."""
        data = self.cleaned_data
        return Part(title=data["title"], owner=data["owner"], role=data["role"], due_on=data["due_on"])


class ChaseForm(OneOfMany):
    """How somebody is chased."""

    grade = forms.TypedChoiceField(label="Mức", choices=Grade.choices, coerce=int, widget=forms.RadioSelect)
    text = WordsField(
        label="Nội dung", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    letter = TextField(
        label="Số, ký hiệu văn bản đôn đốc",
        required=False,
        max_length=80,
        help_text="Khi đôn đốc bằng văn bản",
    )

    def __init__(self, *args: Any, grades: Iterable[Grade] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(grade.value, grade.label) for grade in grades]
        self.fields["grade"].choices = offered or Grade.choices  # type: ignore[attr-defined]
        self.fields["grade"].initial = offered[0][0] if offered else None

    def words(self) -> Words:
        """The valid form as the verb takes it."""
        data = self.cleaned_data
        return Words(grade=Grade(data["grade"]), text=data["text"], letter=data["letter"])


class RhythmForm(Form):
    """Work that comes again."""

    title = TextField(label="Việc định kỳ", max_length=300)
    text = WordsField(
        label="Yêu cầu cụ thể", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
    lead = AssigneeField(label="Giao cho")
    every = forms.ChoiceField(
        label="Chu kỳ", choices=Every.choices, widget=forms.RadioSelect, initial="month"
    )
    day = forms.IntegerField(label="Hạn vào ngày", min_value=1, max_value=31, initial=25)
    month = forms.IntegerField(
        label="của tháng thứ",
        min_value=1,
        max_value=12,
        initial=1,
        help_text="Hằng quý: tháng 1–3 của quý. Hằng năm: tháng 1–12.",
    )
    shift = forms.ChoiceField(label="Khi trùng ngày nghỉ", choices=Shift.choices, initial=Shift.BEFORE.value)
    ahead = forms.IntegerField(
        label="Giao trước", min_value=0, max_value=60, initial=7, help_text="Số ngày làm việc trước hạn"
    )

    def beat(self) -> Beat:
        """The valid form as the verb takes it."""
        data = self.cleaned_data
        every = Every(data["every"])
        return Beat(
            title=data["title"],
            text=data["text"],
            every=every,
            day=data["day"],
            month=1 if every == Every.MONTH else data["month"],
            shift=Shift(data["shift"]),
            ahead=data["ahead"],
            lead=data["lead"],
        )
