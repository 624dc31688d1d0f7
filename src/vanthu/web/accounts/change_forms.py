"""The form that plans a change of the organisation: one per kind, of offices or of units."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404

from vanthu.kernel.actor import Actor
from vanthu.organisations import change_queries, queries
from vanthu.organisations.change_states import ChangeKind
from vanthu.organisations.changing import LEVELS, Heir, Wish
from vanthu.web.shell.forms import DayField, Form, TextField, WordsField


@dataclass(frozen=True, slots=True)
class Asked:
    """Which change is planned."""

    kind: ChangeKind
    of_units: bool

    @property
    def label(self) -> str:
        """In words: "Sáp nhập cơ quan"."""
        return f"{self.kind.label} {self.thing}"

    @property
    def thing(self) -> str:
        """cơ quan, đơn vị."""
        return "đơn vị" if self.of_units else "cơ quan"


def asked(kind: str, of: str) -> Asked:
    """The kind and what it is of, as the address names them."""
    if kind not in ChangeKind.values or of not in ("offices", "units"):
        raise Http404
    return Asked(ChangeKind(kind), of == "units")


# which fields a kind asks for beside day, basis and predecessors
_FIELDS = {
    ChangeKind.MERGE: ("heir", "name", "short_name", "code", "place", "level", "parent", "goes_on"),
    ChangeKind.DISSOLVE: ("heir", "name", "short_name", "code", "place", "level", "parent", "goes_on"),
    ChangeKind.SPLIT: ("heirs", "new_heirs"),
    ChangeKind.RENAME: ("name", "short_name", "code", "place"),
    ChangeKind.MOVE: ("parent",),
}
_OF_OFFICES = ("place", "level", "goes_on")
_OFFICE_ABOVE = (ChangeKind.MERGE, ChangeKind.DISSOLVE)


class ChangeForm(Form):
    """What is planned: the day, the legal basis, what changes, what becomes of it."""

    effective_on = DayField(label="Ngày hiệu lực", help_text="Có hiệu lực lúc 0 giờ ngày này.")
    basis = TextField(label="Căn cứ (số, ký hiệu)", max_length=160, help_text="Ví dụ: 82/2025/QH15.")
    basis_on = DayField(label="Ngày ban hành căn cứ")
    predecessors = forms.TypedMultipleChoiceField(coerce=int)
    heir = forms.TypedChoiceField(label="Nơi kế thừa đã có", coerce=int, empty_value=None, required=False)
    name = TextField(label="Tên đầy đủ", max_length=160, required=False)
    short_name = TextField(label="Tên gọi tắt", max_length=60, required=False)
    code = TextField(
        label="Ký hiệu viết tắt", max_length=20, required=False, help_text="Như trong số, ký hiệu văn bản."
    )
    place = TextField(label="Địa danh", max_length=80, required=False)
    level = forms.ChoiceField(label="Cấp", required=False)
    parent = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)
    goes_on = forms.TypedChoiceField(
        label="Số văn bản của nơi kế thừa mới",
        choices=[("no", "Bắt đầu từ 01"), ("yes", "Tiếp tục số của cơ quan đầu tiên được chọn")],
        coerce="yes".__eq__,
        required=False,
        widget=forms.RadioSelect,
        initial="no",
    )
    heirs = forms.TypedMultipleChoiceField(label="Nơi kế thừa đã có", coerce=int, required=False)
    new_heirs = WordsField(
        label="Nơi kế thừa mới",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi dòng một nơi: tên đầy đủ; tên gọi tắt; ký hiệu. Dòng đầu nhận phần chưa phân chia.",
    )

    def __init__(self, *args: Any, wanted: Asked, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted = wanted
        asked_for = _FIELDS[wanted.kind]
        for name in {name for names in _FIELDS.values() for name in names}:
            away = wanted.of_units and (
                name in _OF_OFFICES or (name == "parent" and wanted.kind in _OFFICE_ABOVE)
            )
            if name not in asked_for or away:
                del self.fields[name]
        several = wanted.kind == ChangeKind.MERGE
        self.fields[
            "predecessors"
        ].label = f"{'Các ' if several else ''}{wanted.thing} {_DOES[wanted.kind]}".capitalize()
        self._choose(by)
        if wanted.kind == ChangeKind.RENAME:
            self.fields["name"].required = self.fields["code"].required = True

    def _choose(self, by: Actor) -> None:
        # regions of different provinces have the same full name
        offices = [(one.pk, f"{one.name} ({one.short_name})") for one in change_queries.offices_governed(by)]
        things = (
            [(one.pk, one.name) for one in queries.units_of(by.office)] if self.wanted.of_units else offices
        )
        home = queries.office(by.office)
        above = [("", "Như hiện nay"), (home.pk, home.name), *offices]
        known = {
            "predecessors": things,
            "heir": [("", "Lập nơi kế thừa mới"), *things],
            "heirs": things,
            "parent": above,
            "level": [("", "Như cơ quan cũ"), *LEVELS],
        }
        for name, choices in known.items():
            if name in self.fields:
                self.fields[name].choices = choices  # type: ignore[attr-defined]
        if "parent" in self.fields:
            to_unit = self.wanted.of_units and self.wanted.kind == ChangeKind.MOVE
            self.fields["parent"].label = "Chuyển về cơ quan" if to_unit else "Cơ quan cấp trên"

    def wish(self) -> Wish:
        """What a valid form plans."""
        data = self.cleaned_data
        return Wish(
            kind=self.wanted.kind,
            of_units=self.wanted.of_units,
            effective_on=data["effective_on"],
            basis=data["basis"],
            basis_on=data["basis_on"],
            predecessors=data["predecessors"],
            heirs=self._several() if self.wanted.kind == ChangeKind.SPLIT else [self._one()],
        )

    def _one(self) -> Heir:
        data = self.cleaned_data
        names = {name: data.get(name, "") for name in ("name", "short_name", "code", "place", "level")}
        return Heir(
            existing_id=data.get("heir"),
            parent_id=data.get("parent"),
            goes_on=bool(data.get("goes_on")),
            **(names if not data.get("heir") else {}),
        )

    def _several(self) -> list[Heir]:
        rows = [line.split(";") for line in self.cleaned_data["new_heirs"].splitlines() if line.strip()]
        padded = [[*(part.strip() for part in row), "", ""] for row in rows]
        fresh = [Heir(name=name, short_name=short, code=code) for name, short, code, *_ in padded]
        return [*fresh, *(Heir(existing_id=pk) for pk in self.cleaned_data["heirs"])]


_DOES = {
    ChangeKind.MERGE: "sáp nhập",
    ChangeKind.SPLIT: "được chia tách",
    ChangeKind.RENAME: "đổi tên",
    ChangeKind.MOVE: "chuyển",
    ChangeKind.DISSOLVE: "giải thể",
}
