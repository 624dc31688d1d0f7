"""Forms of incoming documents."""

from datetime import date
from typing import Any

from django import forms

from vanthu.documents import kinds, symbols
from vanthu.documents.fields import Arrival
from vanthu.documents.states import Channel, Medium, Urgency
from vanthu.kernel.calendar import today
from vanthu.kernel.participants import Owner
from vanthu.kernel.refusals import Invalid
from vanthu.tasks.actions import Direction
from vanthu.web.shell.forms import DayField, Form, TextField

SECRECIES = [("", "Không mật"), ("mat", "Mật"), ("toi_mat", "Tối mật"), ("tuyet_mat", "Tuyệt mật")]


class ArrivalForm(Form):
    """Registration of an incoming document (Decree 30/2020, Phụ lục VI part II, table II)."""

    issuer_name = TextField(label="Cơ quan ban hành", max_length=200)
    issuer_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="Loại văn bản", choices=[("", ""), *kinds.choices()])
    number = TextField(label="Số", max_length=60, required=False)
    notation = TextField(label="Ký hiệu", max_length=60, required=False)
    issued_on = DayField(label="Ngày văn bản")
    subject = TextField(label="Trích yếu", widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)
    urgency = forms.TypedChoiceField(
        label="Độ khẩn", choices=Urgency.choices, coerce=int, initial=0, widget=forms.RadioSelect
    )
    secrecy = forms.ChoiceField(label="Độ mật", choices=SECRECIES, required=False)
    due_on = DayField(label="Hạn giải quyết", required=False)
    arrived_on = DayField(label="Ngày đến", initial=today)
    signer_name = TextField(label="Người ký", max_length=50, required=False)
    signer_title = TextField(label="Chức vụ người ký", max_length=100, required=False)
    medium = forms.ChoiceField(label="Bản", choices=Medium.choices, initial=Medium.ELECTRONIC)
    remark = TextField(label="Ghi chú", max_length=500, required=False)
    restricted = forms.BooleanField(label="Hạn chế người xem", required=False)
    duplicate_reason = TextField(label="Lý do vào sổ lần nữa", max_length=300, required=False)
    leader = forms.IntegerField(label="Trình lãnh đạo", required=False)
    draft = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """`2143/KH-VKS-VP` typed into the number gives number and symbol, without JavaScript too."""
        data = super().clean() or self.cleaned_data
        if data.get("number") and not data.get("notation"):
            data["number"], data["notation"] = symbols.split(data["number"])
        return data

    def arrival(self, *, channel: str) -> Arrival:
        """The valid form as the verb takes it."""
        data = self.cleaned_data
        names = (
            "issuer_name", "issuer_id", "kind", "number", "notation", "issued_on", "subject", "urgency", "due_on",
            "arrived_on", "signer_name", "signer_title", "medium", "remark", "restricted", "secrecy",
            "duplicate_reason",
        )  # fmt: skip
        return Arrival(**{name: data[name] for name in names}, channel=channel)


def initial_of(arrival: Arrival) -> dict[str, Any]:
    """The fields of a delivered document for the form."""
    names = [name for name in ArrivalForm.base_fields if hasattr(arrival, name)]
    return {name: getattr(arrival, name) for name in names}


def channel_of(uploads: list[str], medium: str) -> str:
    """What the clerk typed in came as a file, or on paper and was scanned."""
    return Channel.SCAN if medium == Medium.PAPER or not uploads else Channel.FILE


def read_owner(text: str) -> Owner:
    """An assignee as a field carries it: "u12" a unit, "p34" a person."""
    kind, number = text[:1], text[1:]
    if kind not in ("u", "p") or not number.isdigit():
        raise Invalid(fields={"lead": "Chọn đơn vị hoặc người trong danh sách gợi ý."})
    return Owner(kind, int(number))  # type: ignore[arg-type]


class DirectionForm(Form):
    """Bút phê, chủ trì, phối hợp, để biết, hạn."""

    text = TextField(label="Ý kiến chỉ đạo", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    lead = forms.CharField(label="Chủ trì", required=False)
    due_on = DayField(label="Hạn", required=False)

    def direction(self) -> Direction:
        """The valid form as the verb takes it; `support` and `inform` are repeated fields."""
        lists = {name: [read_owner(value) for value in self._all(name)] for name in ("support", "inform")}
        lead = self.cleaned_data["lead"]
        due_on: date | None = self.cleaned_data["due_on"]
        return Direction(
            text=self.cleaned_data["text"], lead=read_owner(lead) if lead else None, due_on=due_on, **lists
        )

    def _all(self, name: str) -> list[str]:
        values = self.data.getlist(name) if hasattr(self.data, "getlist") else self.data.get(name, [])
        return [value for value in values if value]


class ReasonForm(Form):
    """A reason or result in words."""

    reason = TextField(label="Lý do", widget=forms.Textarea(attrs={"rows": 3}), max_length=500)


class ResultForm(Form):
    """What came of a task."""

    result = TextField(label="Kết quả giải quyết", widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)


class OpinionForm(Form):
    """An opinion added to an entry."""

    text = TextField(label="Ý kiến", widget=forms.Textarea(attrs={"rows": 2}))
