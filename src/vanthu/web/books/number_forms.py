"""Forms of numbers: take one for a paper document, hold some, say why one is voided."""

from __future__ import annotations

from typing import Any

from django import forms

from vanthu.documents import kinds, series
from vanthu.documents.reserving import AT_ONCE, Hold
from vanthu.documents.taking import Slip
from vanthu.kernel.actor import Actor
from vanthu.organisations import queries as organisations
from vanthu.organisations.powers import Role
from vanthu.web.incoming.forms import SECRECIES
from vanthu.web.shell.forms import DayField, Form, TextField, WordsField

_LEADERS = (Role.HEAD, Role.DEPUTY, Role.ADMINISTRATION_HEAD)
_GROUPS: tuple[tuple[str, kinds.Family], ...] = (
    ("Văn bản hành chính", "administrative"),
    ("Văn bản tố tụng", "procedural"),
    ("Văn bản của Đảng", "party"),
    ("Bản sao", "copy"),
    ("Văn bản quy phạm pháp luật", "legal"),
)


def grouped_kinds() -> list[tuple[str, list[tuple[str, str]]]]:
    """The kinds of documents by families, official letters first: what an office numbers most."""
    groups = [(name, kinds.choices(family)) for name, family in _GROUPS]
    groups[0][1].sort(key=lambda choice: choice[0] != "CV")
    return groups


class _OfKind(Form):
    """A kind and the unit that stands in the symbol."""

    kind = forms.ChoiceField(
        label="Loại văn bản", initial="CV", widget=forms.Select({"data-island": "combobox"})
    )
    unit = forms.TypedChoiceField(
        label="Đơn vị soạn thảo",
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.Select({"data-island": "combobox"}),
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        units = [
            (unit.pk, f"{unit.short_name} ({unit.abbreviation})")
            for unit in organisations.units_of(by.office)
        ]
        self.fields["kind"].choices = grouped_kinds()  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", "Không ghi đơn vị"), *units]  # type: ignore[attr-defined]


class SlipForm(_OfKind):
    """A paper document that needs a number; what is rare stands behind "Thông tin khác"."""

    subject = TextField(label="Trích yếu", widget=forms.Textarea(attrs={"rows": 2}), max_length=500)
    signer = forms.ChoiceField(
        label="Người ký", required=False, widget=forms.Select({"data-island": "combobox"})
    )
    recipients = TextField(
        label="Nơi nhận", required=False, widget=forms.Textarea(attrs={"rows": 2, "class": "low"})
    )
    copies = forms.IntegerField(label="Số bản", initial=1, min_value=1, max_value=32_000)
    secrecy = forms.ChoiceField(label="Độ mật", choices=SECRECIES, required=False)
    wanted = TextField(
        label="Dùng số đã giữ, số phụ",
        required=False,
        max_length=8,
        help_text="Để trống: số tiếp theo của sổ. Ví dụ: 12 (số đang giữ), 12a (số phụ).",
    )
    reason = TextField(label="Lý do dùng số phụ", required=False, max_length=300)

    rare = ("recipients", "copies", "secrecy", "wanted", "reason")

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        signers = [(f"{post.title}|{post.person.full_name}", f"{post.title} {post.person.full_name}")
                   for post in organisations.posts_with_role(by.office, *_LEADERS)]  # fmt: skip
        self.fields["signer"].choices = [("", "Chưa ghi"), *signers]  # type: ignore[attr-defined]

    @property
    def rare_open(self) -> bool:
        """Whether something rare was given or is wrong: then it is shown."""
        names = ("recipients", "secrecy", "wanted", "reason")
        return any(self.errors.get(name) for name in self.rare) or any(self[name].value() for name in names)

    def slip(self) -> Slip:
        """The valid form as the verb takes it."""
        data = self.cleaned_data
        title, _, name = data["signer"].partition("|")
        return Slip(
            kind=data["kind"],
            subject=data["subject"],
            unit_id=data["unit"],
            signer_name=name,
            signer_title=title,
            recipients=data["recipients"],
            copies=data["copies"],
            secrecy=data["secrecy"],
            wanted=data["wanted"],
            reason=data["reason"],
        )


class HoldForm(_OfKind):
    """Numbers to be held."""

    purpose = TextField(
        label="Giữ cho văn bản nào", max_length=500, help_text="Sổ in nội dung này khi số chưa dùng."
    )
    held_for = TextField(label="Ai đề nghị giữ", required=False, max_length=160)
    expires_on = DayField(label="Giữ đến hết ngày")
    count = forms.IntegerField(label="Bao nhiêu số", initial=1, min_value=1, max_value=AT_ONCE)

    def hold(self) -> Hold:
        """The valid form as the verb takes it; `NotFound` for a unit of another office."""
        data = self.cleaned_data
        unit = organisations.unit(data["unit"], office_id=self.by.office).abbreviation if data["unit"] else ""
        return Hold(
            kind=data["kind"],
            notation=series.notation(self.by.office, kinds.by_code(data["kind"]), unit),
            purpose=data["purpose"],
            held_for=data["held_for"],
            expires_on=data["expires_on"],
            count=data["count"],
        )


class WhyForm(Form):
    """Why a number is voided, a book closed early or opened again."""

    reason = WordsField(label="Lý do", widget=forms.Textarea(attrs={"rows": 2}), required=False)
