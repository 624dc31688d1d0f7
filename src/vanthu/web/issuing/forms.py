"""Forms of drafts."""

from typing import Any

from django import forms

from vanthu.documents.states import Urgency
from vanthu.issuing import queries
from vanthu.issuing.actions import Outline
from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import Invalid
from vanthu.web.incoming.forms import SECRECIES
from vanthu.web.shell.forms import DayField, Form, TextField


class OutlineForm(Form):
    """What a drafter says of a draft; recipients are repeated fields: `offices` ids, `others` names."""

    kind = forms.ChoiceField(label="Loại văn bản")
    subject = TextField(label="Trích yếu", widget=forms.Textarea(attrs={"rows": 2}), max_length=500)
    signer = forms.TypedChoiceField(label="Người ký", coerce=int)
    urgency = forms.TypedChoiceField(
        label="Độ khẩn", choices=Urgency.choices, coerce=int, initial=0, widget=forms.RadioSelect
    )
    secrecy = forms.ChoiceField(label="Độ mật", choices=SECRECIES, required=False)
    reply_due_on = DayField(label="Hạn trả lời", required=False)
    restricted = forms.BooleanField(label="Lưu hành nội bộ (hạn chế người xem)", required=False)
    dossier = forms.IntegerField(label="Hồ sơ công việc", required=False)
    dossier_title = TextField(label="Tiêu đề hồ sơ mới", max_length=1000, required=False)
    reply = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, forms.ChoiceField] = {
            name: field for name, field in self.fields.items() if isinstance(field, forms.ChoiceField)
        }
        choices["kind"].choices = queries.draftable_kinds()
        choices["signer"].choices = [
            (post.pk, f"{post.title} {post.person.full_name}") for post in queries.signers(by)
        ]

    def outline(self) -> Outline:
        """The valid form as the verbs take it."""
        data = self.cleaned_data
        return Outline(
            kind=data["kind"],
            subject=data["subject"],
            signer_id=data["signer"],
            urgency=data["urgency"],
            restricted=data["restricted"],
            secrecy=data["secrecy"],
            reply_due_on=data["reply_due_on"],
            office_ids=[int(value) for value in self._all("offices") if value.isdigit()],
            others=self._others(),
        )

    def _others(self) -> list[str]:
        typed = [line for value in self._all("others") for line in value.splitlines()]
        return [line.strip(" -;.") for line in typed if line.strip(" -;.")]

    def _all(self, name: str) -> list[str]:
        return [value for value in self.data.getlist(name) if value] if hasattr(self.data, "getlist") else []


class WordsForm(Form):
    """A comment, a reason, words with a decision."""

    text = TextField(label="Ý kiến", widget=forms.Textarea(attrs={"rows": 2}), required=False)


def page_number(value: str) -> int:
    """A whole number of a query string; raises `Invalid`."""
    if not value.isdigit():
        raise Invalid("Đường dẫn đã hỏng. Mở lại trang trước.")
    return int(value)
