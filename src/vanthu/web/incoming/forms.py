"""Forms of incoming documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from vanthu.documents import kinds, symbols
from vanthu.documents.fields import Arrival
from vanthu.documents.receiving import RightPlace
from vanthu.documents.sealed import Envelope
from vanthu.documents.states import Channel, Medium, Urgency
from vanthu.kernel.calendar import today
from vanthu.kernel.participants import Owner
from vanthu.kernel.refusals import Invalid
from vanthu.tasks.actions import Direction
from vanthu.web.shell.forms import DayField, Form, TextField, WordsField

if TYPE_CHECKING:
    from vanthu.organisations.models import Post

SECRECIES = [("", "Không mật"), ("mat", "Mật"), ("toi_mat", "Tối mật"), ("tuyet_mat", "Tuyệt mật")]


class ArrivalForm(Form):
    """Registration of an incoming document (Decree 30/2020, Phụ lục VI part II, table II)."""

    issuer_name = TextField(
        label="Cơ quan ban hành",
        max_length=200,
        error_messages={"required": "Nhập cơ quan ban hành văn bản."},
    )
    issuer_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="Loại văn bản",
        choices=[("", ""), *kinds.choices()],
        required=False,
        help_text="Bỏ trống: lấy theo ký hiệu",
    )
    number = TextField(label="Số", max_length=60, required=False)
    notation = TextField(label="Ký hiệu", max_length=60, required=False)
    issued_on = DayField(
        label="Ngày văn bản", error_messages={"required": "Nhập ngày văn bản, ví dụ 18/11/2026."}
    )
    subject = TextField(
        label="Trích yếu",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        error_messages={"required": "Nhập trích yếu, ít nhất 10 ký tự."},
    )
    urgency = forms.TypedChoiceField(
        label="Độ khẩn", choices=Urgency.choices, coerce=int, initial=0, widget=forms.RadioSelect
    )
    secrecy = forms.ChoiceField(label="Độ mật", choices=SECRECIES, required=False)
    due_on = DayField(label="Hạn giải quyết", required=False)
    arrived_on = DayField(label="Ngày đến", initial=today)
    signer_name = TextField(label="Người ký", max_length=50, required=False)
    signer_title = TextField(label="Chức vụ người ký", max_length=100, required=False)
    medium = forms.ChoiceField(
        label="Hình thức", choices=Medium.choices, initial=Medium.ELECTRONIC, widget=forms.RadioSelect
    )
    remark = TextField(label="Ghi chú", max_length=500, required=False)
    restricted = forms.BooleanField(label="Hạn chế người xem", required=False)
    duplicate_reason = TextField(label="Lý do vào sổ lần nữa", max_length=300, required=False)
    leader = forms.IntegerField(label="Trình lãnh đạo", required=False)

    def clean(self) -> dict[str, Any]:
        """`2143/KH-VKS-VP` typed into the number gives number and symbol, without JavaScript too; they say the kind."""
        data = super().clean() or self.cleaned_data
        number, notation = data.get("number", ""), data.get("notation", "")
        if number and (not notation or "/" in number):
            data["number"], data["notation"] = symbols.split(symbols.join(number, notation))
        if not data.get("kind") and "kind" not in self.errors:
            guessed = symbols.guess_kind(symbols.join(data.get("number", ""), data.get("notation", "")))
            data["kind"] = guessed.code if guessed else ""
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
    """Bút phê, chủ trì, phối hợp, để biết, hạn. With the way "inform" all who are named receive it for information."""

    WAYS = ("lead", "inform", "advise")

    text = WordsField(label="Nội dung bút phê", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    lead = forms.CharField(label="Chủ trì", required=False)
    due_on = DayField(label="Hạn", required=False)
    to_accept = forms.BooleanField(
        label="Tôi duyệt kết quả", required=False, help_text="Văn bản kết thúc khi anh/chị duyệt."
    )

    @property
    def chosen_lead(self) -> str:
        """Who is named as lead, in a bound form or before; what was typed goes before a chip."""
        named = [value for value in (*self.every("lead_other"), *self.every("lead")) if value]
        return (named or [""])[0] if self.is_bound else str(self.initial.get("lead", ""))

    @property
    def way(self) -> str:
        named = self.data.get("way", "") if self.is_bound else ""
        return named if named in self.WAYS else "lead"

    def direction(self) -> Direction:
        """The valid form as the verb takes it; `support` and `inform` are repeated fields."""
        lead = read_owner(self.chosen_lead) if self.chosen_lead else None
        support = [read_owner(value) for value in self.every("support")]
        inform = [read_owner(value) for value in self.every("inform")]
        if self.way == "inform":
            lead, support, inform = None, [], [*([lead] if lead else []), *support, *inform]
        due_on: date | None = self.cleaned_data["due_on"]
        return Direction(
            text=self.cleaned_data["text"],
            lead=lead,
            support=support,
            inform=inform,
            due_on=due_on,
            to_accept=self.cleaned_data["to_accept"],
        )

    def every(self, name: str) -> list[str]:
        """The values of a field that may be repeated."""
        values = self.data.getlist(name) if hasattr(self.data, "getlist") else self.data.get(name, [])
        return [value for value in values if value]


class PaperForm(DirectionForm):
    """A leader's handwritten direction as the clerk enters it."""

    leader = forms.TypedChoiceField(label="Lãnh đạo bút phê", coerce=int)
    written_on = DayField(label="Ngày bút phê")

    def __init__(self, *args: Any, leaders: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["leader"]
        field.choices = [(post.person_id, f"{post.title} {post.person.full_name}") for post in leaders]  # type: ignore[attr-defined]


class PresentForm(Form):
    """To whom entries are presented."""

    leader = forms.TypedChoiceField(label="Trình lãnh đạo", coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, leaders: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["leader"]
        field.choices = [(post.person_id, f"{post.title} {post.person.full_name}") for post in leaders]  # type: ignore[attr-defined]
        field.initial = leaders[0].person_id if leaders else None
        field.error_messages["required"] = "Chọn lãnh đạo để trình."


class ScanForm(ArrivalForm):
    """A document of a stack of scans: the few fields that are typed; Enter sends it."""

    subject = TextField(
        label="Trích yếu",
        max_length=1000,
        error_messages={"required": "Nhập trích yếu, ít nhất 10 ký tự."},
    )
    medium = forms.ChoiceField(
        label="Hình thức", choices=Medium.choices, initial=Medium.PAPER, widget=forms.HiddenInput
    )
    arrived_on = DayField(label="Ngày đến", initial=today)


class SheetForm(Form):
    """What a separator sheet says of the documents behind it."""

    kind = forms.ChoiceField(label="Loại văn bản", choices=[("", "Bất kỳ"), *kinds.choices()], required=False)
    issuer = TextField(label="Cơ quan ban hành", max_length=100, required=False)


class EnvelopeForm(Form):
    """What stands on an envelope that is not opened."""

    issuer_name = TextField(label="Nơi gửi ghi trên bì", max_length=200)
    symbol = TextField(label="Số, ký hiệu ghi trên bì", max_length=70, required=False)
    addressee = forms.CharField(label="Gửi đích danh", error_messages={"required": "Chọn người nhận bì."})
    urgency = forms.TypedChoiceField(
        label="Độ khẩn", choices=Urgency.choices, coerce=int, initial=0, widget=forms.RadioSelect
    )
    secrecy = forms.ChoiceField(label="Độ mật", choices=SECRECIES, required=False)
    arrived_on = DayField(label="Ngày đến", initial=today)
    remark = TextField(label="Ghi chú", max_length=500, required=False)

    def clean_addressee(self) -> int:
        """A person as the suggestions carry it: "p34"."""
        typed = str(self.cleaned_data["addressee"])
        if not typed.startswith("p") or not typed[1:].isdigit():
            raise forms.ValidationError("Chọn người nhận trong danh sách gợi ý.")
        return int(typed[1:])

    def envelope(self) -> Envelope:
        """The valid form as the verb takes it."""
        data = self.cleaned_data
        names = ("issuer_name", "symbol", "urgency", "secrecy", "arrived_on", "remark")
        return Envelope(**{name: data[name] for name in names}, addressee_id=data["addressee"])


class PassOnForm(Form):
    """Where a misdirected document belongs: an office of the sector, or the name of a body outside; and why."""

    to = TextField(
        label="Nơi nhận đúng", max_length=200, error_messages={"required": "Chọn hoặc ghi nơi nhận đúng."}
    )
    office_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    note = WordsField(label="Lý do", widget=forms.Textarea(attrs={"rows": 3}), max_length=500)

    def right_place(self) -> RightPlace:
        """The valid form as the verb takes it."""
        data = self.cleaned_data
        return RightPlace(office_id=data["office_id"], name=data["to"], note=data["note"])


class NoteForm(Form):
    """What became of something, in a line."""

    note = TextField(label="Đã xử lý thế nào", max_length=500)


class DossierForm(Form):
    """An open dossier by number, or the title of a new one."""

    dossier = forms.IntegerField(label="Hồ sơ đang mở", required=False, widget=forms.Select)
    title = TextField(label="Hoặc mở hồ sơ mới, tiêu đề", max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("dossier") and not data.get("title"):
            self.add_error("dossier", "Chọn hồ sơ trong danh sách, hoặc nhập tiêu đề hồ sơ mới.")
        return data


class ReasonForm(Form):
    """A reason or result in words."""

    reason = WordsField(label="Lý do", widget=forms.Textarea(attrs={"rows": 3}), max_length=500)


class ResultForm(Form):
    """What came of a task."""

    result = WordsField(label="Kết quả giải quyết", widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)


class OpinionForm(Form):
    """An opinion added to an entry."""

    text = WordsField(label="Ý kiến", widget=forms.Textarea(attrs={"rows": 2}))
