"""Forms about seals and secret-key devices."""

from typing import Any

from django import forms

from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.organisations import queries as organisations
from vanthu.signing.custody import HandOver, Received
from vanthu.signing.custody_states import CustodyKind
from vanthu.web.shell.forms import DayField, Form, TextField, WordsField


def _colleagues(by: Actor) -> list[tuple[int | str, str]]:
    """[(person, name and title)] of the office, by name."""
    posts = reversed(organisations.valid_posts(office_id=by.office))
    names = {post.person_id: f"{post.person.full_name}, {post.title}" for post in posts}
    return sorted(names.items(), key=lambda pair: pair[1])


class ReceiveForm(Form):
    """A seal or device that comes into the office."""

    kind = forms.ChoiceField(label="Loại", choices=[("", "Chọn loại"), *CustodyKind.choices])
    number = TextField(
        label="Số hiệu, số sê-ri", max_length=60, help_text="Số đăng ký mẫu dấu, hoặc số ghi trên thiết bị."
    )
    name = TextField(
        label="Tên, nội dung",
        max_length=200,
        help_text="Ví dụ: Dấu tròn của cơ quan; USB Token cấp cho Viện trưởng.",
    )
    received_on = DayField(label="Ngày tiếp nhận")
    received_from = TextField(
        label="Nơi cấp", max_length=200, help_text="Ví dụ: Công an tỉnh; Ban Cơ yếu Chính phủ."
    )
    owner = forms.TypedChoiceField(
        label="Thiết bị của cá nhân",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Khóa bí mật cấp cho một người thì chỉ người đó giữ. Để trống: của cơ quan.",
    )
    note = TextField(label="Ghi chú", max_length=500, required=False)

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "Của cơ quan"), *_colleagues(by)]  # type: ignore[attr-defined]
        self.initial.setdefault("received_on", today())

    @property
    def given(self) -> Received:
        """What a valid form says."""
        data = self.cleaned_data
        names = ("kind", "number", "name", "received_on", "received_from", "note")
        return Received(owner_id=data["owner"], **{name: data[name] for name in names})


class HandOverForm(Form):
    """To whom it goes."""

    to = forms.TypedChoiceField(label="Người nhận", coerce=int)
    done_on = DayField(label="Ngày bàn giao")
    permission = TextField(
        label="Văn bản cho phép",
        max_length=200,
        required=False,
        help_text="Số, ngày văn bản. Bắt buộc khi giao con dấu, thiết bị của cơ quan cho người không phải văn thư.",
    )
    condition = TextField(label="Tình trạng khi giao", max_length=500, required=False)

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", "Chọn người nhận"), *_colleagues(by)]  # type: ignore[attr-defined]
        self.initial.setdefault("done_on", today())

    @property
    def given(self) -> HandOver:
        """What a valid form says."""
        data = self.cleaned_data
        return HandOver(
            to_id=data["to"],
            done_on=data["done_on"],
            permission=data["permission"],
            condition=data["condition"],
        )


class ChangeForm(Form):
    """What happened to it."""

    act = forms.ChoiceField(label="Việc")
    done_on = DayField(label="Ngày xảy ra")
    condition = WordsField(
        label="Nội dung, tình trạng",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Mất, hỏng: xảy ra thế nào, đã báo ai. Nộp lại: nộp cho ai, theo văn bản nào.",
    )

    def __init__(self, *args: Any, acts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = [("", "Chọn việc"), *acts]  # type: ignore[attr-defined]
        self.initial.setdefault("done_on", today())


class CountForm(Form):
    """The day of an inventory; the items are boxes of the page."""

    done_on = DayField(label="Ngày kiểm kê")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("done_on", today())
