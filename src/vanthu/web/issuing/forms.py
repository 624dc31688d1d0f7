"""Forms of drafts: what a drafter says of one, words with a decision, files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.urls import reverse_lazy

from vanthu.documents.states import Urgency
from vanthu.dossiers import queries as dossiers
from vanthu.issuing import queries
from vanthu.issuing.actions import Outline
from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import Invalid, Refusal
from vanthu.kernel.vietnamese import nfc
from vanthu.organisations import queries as organisations
from vanthu.web.incoming.forms import SECRECIES
from vanthu.web.issuing import receivers
from vanthu.web.shell.forms import DayField, Form, TextField, WordsField


class LinesField(forms.CharField):
    """Names, one a line; each line is composed (NFC) and loses what a list puts before and behind it."""

    def to_python(self, value: Any) -> str:
        lines = (nfc(line).strip(" -;.") for line in (super().to_python(value) or "").splitlines())
        return "\n".join(filter(None, lines))


class TypedDossierField(forms.TypedChoiceField):
    """A dossier chosen by typing; the verb checks whose it is."""

    def valid_value(self, value: Any) -> bool:
        return str(value).isdigit()


def _typed(source: str, placeholder: str) -> dict[str, Any]:
    return {
        "data-island": "combobox",
        "data-source": reverse_lazy(source),
        "data-placeholder": placeholder,
    }


class OutlineForm(Form):
    """What a drafter says of a draft. `offices` are chosen recipients, `others` the names of others, one a line."""

    kind = forms.ChoiceField(label="Loại văn bản", widget=forms.Select({"data-island": "combobox"}))
    signer = forms.TypedChoiceField(
        label="Người ký", coerce=int, widget=forms.Select({"data-island": "combobox"})
    )
    subject = TextField(label="Trích yếu", widget=forms.Textarea(attrs={"rows": 2}), max_length=500)
    offices = receivers.ReceiversField(
        label="Nơi nhận",
        required=False,
        widget=forms.SelectMultiple(_typed("suggest_receivers", "Gõ tên hoặc mã cơ quan, không cần dấu")),
        help_text="Cơ quan trong ngành và cơ quan, đơn vị trên trục liên thông: gửi ngay khi phát hành.",
    )
    others = LinesField(
        label="Nơi nhận khác",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "low"}),
        help_text="Mỗi dòng một nơi không có trong gợi ý: văn thư gửi bản giấy.",
    )
    urgency = forms.TypedChoiceField(
        label="Độ khẩn", choices=Urgency.choices, coerce=int, initial=0, widget=forms.RadioSelect
    )
    reply_due_on = DayField(label="Hạn trả lời", required=False)
    secrecy = forms.ChoiceField(label="Độ mật", choices=SECRECIES, required=False)
    restricted = forms.BooleanField(label="Lưu hành nội bộ (hạn chế người xem)", required=False)
    dossier = TypedDossierField(
        label="Đưa vào hồ sơ",
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.Select(_typed("suggest_dossiers", "Gõ tiêu đề hồ sơ đang mở")),
    )
    dossier_title = TextField(label="hoặc mở hồ sơ mới", max_length=1000, required=False)
    reply = forms.IntegerField(required=False, widget=forms.HiddenInput)
    collective = forms.BooleanField(label="Ký thay mặt Ủy ban kiểm sát (TM.)", required=False)
    paper_copies = forms.IntegerField(
        label="Số bản giấy song song", required=False, min_value=0, max_value=999
    )
    paper_reason = TextField(
        label="Lý do phát hành cả bản giấy",
        max_length=300,
        required=False,
        help_text="Ghi khi có bản giấy, ví dụ: nơi nhận chưa có hệ thống điện tử.",
    )
    paper_to = LinesField(
        label="Nơi nhận bản giấy",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "low"}),
        help_text="Mỗi dòng một nơi, trong các nơi nhận ở trên.",
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self._offer("kind", queries.draftable_kinds())
        signers = [(post.pk, f"{post.title} {post.person.full_name}") for post in queries.signers(by)]
        self._offer("signer", signers)
        self._offer("offices", receivers.likely(self["offices"].value() or (), by))
        self._offer("dossier", [("", "Không đưa vào hồ sơ"), *self._likely_dossiers()])

    def _offer(self, name: str, choices: Iterable[tuple[Any, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = list(choices)

    def _likely_dossiers(self) -> list[tuple[int, str]]:
        likely = [(one.pk, one.title) for one in dossiers.suggest_dossiers("", self.by)]
        value = str(self["dossier"].value() or "")
        if value.isdigit() and int(value) not in dict(likely):
            likely.insert(0, (int(value), dossiers.dossier(int(value), self.by).dossier.title))
        return likely

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("dossier") and data.get("dossier_title"):
            self.add_error("dossier_title", "Chọn hồ sơ có sẵn hoặc đặt tên hồ sơ mới, không cả hai.")
        return data

    def refuse(self, refusal: Refusal) -> None:
        """As every form, and what is wrong with the recipients stands beside them."""
        if isinstance(refusal, Invalid):
            named = {"offices" if name == "recipients" else name: one for name, one in refusal.fields.items()}
            refusal = Invalid(refusal.message, fields=named)
        super().refuse(refusal)

    def outline(self) -> Outline:
        """The valid form as the verbs take it."""
        data = self.cleaned_data
        chosen, bodies = receivers.split(data["offices"])
        typed_offices, others = _named(self.cleaned_data["others"], self.by.room_id)
        paper_offices, paper_others = _named(self.cleaned_data["paper_to"], self.by.room_id)
        return Outline(
            kind=data["kind"],
            subject=data["subject"],
            signer_id=data["signer"],
            urgency=data["urgency"],
            restricted=data["restricted"],
            secrecy=data["secrecy"],
            reply_due_on=data["reply_due_on"],
            office_ids=list(dict.fromkeys([*chosen, *typed_offices])),
            agency_ids=bodies,
            others=others,
            collective=data["collective"],
            paper_copies=data["paper_copies"] or 0,
            paper_reason=data["paper_reason"],
            paper_office_ids=paper_offices,
            paper_others=paper_others,
        )


def _named(lines: str, room_id: int | None) -> tuple[list[int], list[str]]:
    """Typed lines: offices of the sector written by their name are like chosen ones, the others bodies outside."""
    offices, others = [], []
    for name in lines.splitlines():
        office = organisations.find_office_by_name(name, room_id=room_id)
        if office is None:
            others.append(name)
        else:
            offices.append(office.pk)
    return offices, others


class WordsForm(Form):
    """A comment, a reason, words with a decision."""

    text = WordsField(label="Ý kiến", widget=forms.Textarea(attrs={"rows": 2}), required=False)


def words(sent: Mapping[str, str]) -> str:
    """What stands in the field `text` of a form that decides, as `WordsForm` reads it."""
    return str(WordsForm.base_fields["text"].clean(sent.get("text", "")))


class ReasonForm(Form):
    """Why a number is voided; the book prints it."""

    reason = WordsField(label="Lý do hủy số", widget=forms.Textarea(attrs={"rows": 2}), required=False)
