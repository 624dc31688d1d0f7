"""Forms of the review: opinions asked and given, remarks at a place, co-signers."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.urls import reverse_lazy

from vanthu.issuing import opinions
from vanthu.issuing.marks import Remark
from vanthu.issuing.opinions import Inquiry
from vanthu.issuing.states import Answer
from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import Invalid
from vanthu.organisations import queries as organisations
from vanthu.web.incoming.forms import read_owner
from vanthu.web.shell.forms import DayField, Form, TextField, WordsField


class OwnersField(forms.MultipleChoiceField):
    """Units (u…) and people (p…) chosen by typing; the verb checks them, the options are only the likely ones."""

    def valid_value(self, value: Any) -> bool:
        return str(value)[:1] in "up" and str(value)[1:].isdigit()


class AskForm(Form):
    """Whom to ask, until when, what about."""

    owners = OwnersField(
        label="Đơn vị, cá nhân cho ý kiến",
        widget=forms.SelectMultiple(
            {
                "data-island": "combobox",
                "data-source": reverse_lazy("suggest_assignees"),
                "data-placeholder": "Gõ tên đơn vị, cán bộ",
            }
        ),
        help_text="Tất cả nhận cùng một lúc.",
    )
    due_on = DayField(label="Hạn trả lời")
    question = WordsField(
        label="Đề nghị cho ý kiến về", widget=forms.Textarea(attrs={"rows": 2}), required=False
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("due_on", opinions.usual_due())
        field = self.fields["owners"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        units = organisations.units_of(by.office)
        field.choices = [(f"u{one.pk}", one.name) for one in units if one.pk not in by.unit_ids]

    def inquiry(self) -> Inquiry:
        """The valid form as the verb takes it."""
        data = self.cleaned_data
        return Inquiry(
            owners=[read_owner(value) for value in data["owners"]],
            due_on=data["due_on"],
            question=data["question"],
        )


class AnswerForm(Form):
    """An opinion: agree, disagree, other, with words."""

    answer = forms.ChoiceField(
        label="Ý kiến",
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn đồng ý, không đồng ý hoặc ý kiến khác."},
    )
    text = WordsField(
        label="Nội dung",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text="Bắt buộc khi không đồng ý hoặc có ý kiến khác.",
    )


class MarkForm(Form):
    """A remark at a place: `box` is what the page marked (JSON), `page` and `quote` serve without it."""

    text = WordsField(label="Cần sửa gì", widget=forms.Textarea(attrs={"rows": 3}))
    page = forms.TypedChoiceField(label="Trang", coerce=int)
    quote = TextField(label="Đoạn được góp ý", max_length=300, required=False)
    box = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, pages: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["page"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(number, f"Trang {number}") for number in range(1, max(pages, 1) + 1)]

    def remark(self) -> Remark:
        """The valid form as the verb takes it; a marked place says the page."""
        data = self.cleaned_data
        if not data["box"]:
            return Remark(text=data["text"], page=data["page"], quote=data["quote"])
        try:
            box = json.loads(data["box"])
            left, bottom, right, top = (float(value) for value in box["rect"])
            page = int(box["page"])
        except (ValueError, KeyError, TypeError) as error:
            raise Invalid("Chỗ đã đánh dấu không đọc được. Đánh dấu lại trên trang rồi ghi.") from error
        return Remark(text=data["text"], page=page, rect=(left, bottom, right, top), quote=data["quote"])
