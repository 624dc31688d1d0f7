"""Forms of the product: Vietnamese sentences, dates as an office writes them, a key against doing things twice."""

import re
import secrets
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Invalid, Refusal
from vanthu.kernel.vietnamese import nfc

MESSAGES = {
    "required": "Điền ô này.",
    "invalid": "Giá trị chưa đúng. Kiểm tra rồi nhập lại.",
    "invalid_choice": "Chọn lại một mục trong danh sách.",
    "invalid_list": "Chọn lại trong danh sách.",
    "max_length": "Viết ngắn lại: nhiều nhất %(limit_value)d ký tự, đang có %(show_value)d.",
    "min_length": "Viết thêm: ít nhất %(limit_value)d ký tự, đang có %(show_value)d.",
    "max_value": "Nhập số không lớn hơn %(limit_value)s.",
    "min_value": "Nhập số không nhỏ hơn %(limit_value)s.",
    "missing": "Chọn một tệp.",
    "empty": "Tệp này rỗng. Chọn tệp khác.",
}

CHOOSE, CHOOSE_SOME = "Chọn một mục.", "Chọn ít nhất một mục."

_DAY = re.compile(r"(\d{1,2})[\s./-](\d{1,2})(?:[\s./-](\d{4}|\d{2}))?")
_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def read_day(text: str, *, near: date | None = None) -> date | None:
    """A day as typed: 22/11/2026, 22/11/26, 22-11, 22112026, 2211 or 2026-11-22; None when it is none.

    Without a year it is the year of `near` (default: today).
    """
    typed = text.strip()
    if iso := _ISO.fullmatch(typed):
        year, month, day = (int(part) for part in iso.groups())
    elif match := _DAY.fullmatch(typed) or _DIGITS.fullmatch(typed):
        day, month = int(match[1]), int(match[2])
        year = int(match[3] or (near or today()).year)
        year += 2000 if year < 100 else 0
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


class DayField(forms.DateField):
    """A day, typed the short way or picked; shown as dd/mm/yyyy."""

    widget = forms.DateInput(
        format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "dd/mm/yyyy"}
    )
    default_error_messages = {"invalid": "Nhập ngày theo dạng 22/11/2026."}

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        day = read_day(str(value))
        if day is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class TextField(forms.CharField):
    """One line of Vietnamese text, composed (NFC) and trimmed; line breaks, as copied from a PDF, become spaces."""

    def to_python(self, value: Any) -> str:
        return nfc(super().to_python(value) or "")


class WordsField(forms.CharField):
    """What somebody says in as many lines as they like: composed (NFC), trimmed, lines end in \\n."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return "\n".join(map(nfc, (super().to_python(value) or "").splitlines())).strip()


class Form(forms.Form):
    """Base of all forms. `idempotency_key` makes a second click return the first result (`kernel.idempotency.once`)."""

    idempotency_key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.initial.setdefault("idempotency_key", secrets.token_urlsafe(16))
        for field in self.fields.values():
            _speak_vietnamese(field)

    def refuse(self, refusal: Refusal) -> None:
        """Show the sentences of a verb beside the fields they name, the others on top."""
        fields = refusal.fields if isinstance(refusal, Invalid) else {}
        if not fields:
            self.add_error(None, refusal.message)
        for name, sentence in fields.items():
            self.add_error(name if name in self.fields else None, sentence)

    @property
    def given_key(self) -> str:
        """The idempotency key of a valid form, or ""."""
        return str(self.cleaned_data.get("idempotency_key", ""))


def _speak_vietnamese(field: forms.Field) -> None:
    """Replace Django's sentences by ours, not those that the field's author wrote."""
    messages = MESSAGES
    if isinstance(field, forms.ChoiceField):
        some = isinstance(field, forms.MultipleChoiceField)
        messages = MESSAGES | {"required": CHOOSE_SOME if some else CHOOSE}
    for code, text in messages.items():
        if code not in field.error_messages or field.error_messages[code] is _django_sentence(field, code):
            field.error_messages[code] = text


def _django_sentence(field: forms.Field, code: str) -> object:
    for one in type(field).__mro__:
        sentences = vars(one).get("default_error_messages", {})
        if code in sentences:
            return sentences[code] if one.__module__.startswith("django.") else None
    return None
