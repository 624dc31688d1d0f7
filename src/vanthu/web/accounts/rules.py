"""The operating rules of the office (quy chế): what they say, beside what the sector has; set by the administrator."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods

from vanthu.documents import kinds
from vanthu.kernel import ledger
from vanthu.kernel.refusals import Invalid
from vanthu.organisations import queries, rules
from vanthu.organisations.powers import DELEGABLE, POWERS, Role
from vanthu.organisations.rules_actions import change_rules, value_of
from vanthu.web.shell.forms import DayField, Form, TextField
from vanthu.web.shell.requests import SignedRequest

if TYPE_CHECKING:
    from vanthu.organisations.models import OfficeRules


def _choice(label: str, no: str, yes: str, *, more: str = "") -> forms.TypedChoiceField:
    """One of two; `more` says what the sector has where "yes" goes beyond it."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("no", no), ("yes", yes)],
        coerce="yes".__eq__,
        help_text=more,
        widget=forms.RadioSelect,
    )


WIDER = "Rộng hơn quy định chung của ngành: Viện trưởng được báo và phải xác nhận."


class RulesForm(Form):
    """Everything that an office may set; who does a step is a field per duty, named by its power."""

    number = TextField(label="Số, ký hiệu quy chế", max_length=60, help_text="Ví dụ: 12/QC-VKS.")
    issued_on = DayField(label="Ngày ban hành")
    handling_days = forms.IntegerField(
        label="Thời hạn giải quyết chung (ngày làm việc)",
        min_value=0,
        max_value=rules.LONGEST_DAYS,
        help_text=f"Khi không ai đặt hạn. Ngành: nhiều nhất {rules.SECTOR_DAYS} ngày. 0: không đặt hạn.",
    )
    days_by_kind = forms.CharField(
        label="Thời hạn theo loại văn bản",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi dòng một loại, ví dụ: CV 10. Ký hiệu loại như trong số, ký hiệu văn bản.",
    )
    deputies_see_all = _choice(
        "Phó Viện trưởng xem", "Văn bản của đơn vị phụ trách", "Mọi văn bản của cơ quan"
    )
    number_before_signature = _choice("Cấp số văn bản đi", "Sau khi ký", "Trước khi ký")
    common_series = _choice("Dãy số văn bản đi", "Mỗi loại văn bản một dãy", "Một dãy chung cho mọi loại")
    unit_in_symbol = _choice("Đơn vị soạn thảo trong số, ký hiệu", "Không ghi", "Có ghi")
    seal_mm = forms.IntegerField(
        label="Đường kính con dấu (mm)",
        min_value=rules.SMALLEST_SEAL,
        max_value=rules.LARGEST_SEAL,
        help_text="Đo trên con dấu. Ảnh dấu trên văn bản điện tử đúng kích thước này (Nghị định 30/2020, Phụ lục I).",
    )
    clerk_records_paper = _choice(
        "Văn thư ghi bút phê, chữ ký trên giấy thay lãnh đạo", "Không", "Có, kèm bản chụp", more=WIDER
    )
    changes_unregistered = _choice(
        "Nơi gửi lấy lại, cập nhật văn bản liên thông chưa vào sổ",
        "Văn thư đồng ý từng lần",
        "Hệ thống tự làm, báo nơi gửi",
    )
    form_errors_stop = _choice(
        "Dự thảo còn lỗi thể thức",
        "Được trình, người kiểm tra thể thức xem xét",
        "Phải sửa hết lỗi trước khi trình",
    )
    by_order_kinds = forms.MultipleChoiceField(
        label="Loại văn bản lãnh đạo đơn vị ký thừa lệnh (TL.)",
        required=False,
        help_text=f"Không chọn: chỉ Chánh Văn phòng. {WIDER}",
    )
    kept_powers = forms.MultipleChoiceField(
        label="Quyền không được ủy quyền",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(power, capfirst(POWERS[power])) for power in POWERS if power in DELEGABLE],
    )
    longest_delegation = forms.IntegerField(
        label="Ủy quyền lâu nhất (ngày)", min_value=1, max_value=rules.SECTOR_DELEGATION
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by_order_kinds"].choices = kinds.choices("administrative")  # type: ignore[attr-defined]
        for duty in rules.DUTIES:
            self.fields[duty.power] = forms.MultipleChoiceField(
                label=duty.label,
                widget=forms.CheckboxSelectMultiple,
                choices=[(role, _role(role, duty)) for role in duty.possible],
                error_messages={"required": "Chọn ít nhất một người làm việc này."},
                help_text=f"Nghị định 30/2020, {duty.article}",
            )

    def clean_days_by_kind(self) -> dict[str, int]:
        """{code: days} of the lines typed."""
        known = dict(kinds.choices())
        found = {}
        for line in self.cleaned_data["days_by_kind"].splitlines():
            parts = line.replace(":", " ").split()
            if not parts:
                continue
            code = next((one for one in known if one.casefold() == parts[0].casefold()), "")
            if not code or len(parts) < 2 or not parts[1].isdecimal():
                raise forms.ValidationError(f"Dòng “{line.strip()}” chưa đúng. Viết như: CV 10.")
            found[code] = int(parts[1])
        return found

    @property
    def duties(self) -> list[Any]:
        """The fields of who does a step, for the template."""
        return [self[duty.power] for duty in rules.DUTIES]

    def changes(self) -> dict[str, Any]:
        """{setting: value} of a valid form."""
        data = self.cleaned_data
        names = [name for name, _, _ in rules.SETTINGS] + [duty.power for duty in rules.DUTIES]
        return {name: data[name] for name in names}


def _role(role: Role, duty: rules.Duty) -> str:
    return role.label if role in duty.usual else f"{role.label} (rộng hơn quy định của ngành)"


def _initial(found: "OfficeRules") -> dict[str, Any]:
    names = [name for name, _, _ in rules.SETTINGS] + [duty.power for duty in rules.DUTIES]
    days = "\n".join(f"{kind} {number}" for kind, number in sorted(found.days_by_kind.items()))
    values = {name: value_of(found, name) for name in names}
    switches = {name: "yes" if value else "no" for name, value in values.items() if isinstance(value, bool)}
    own = {"number": found.rule_number, "issued_on": found.rule_on, "days_by_kind": days}
    return {**values, **switches, **own}


@require_http_methods(["GET", "POST"])
def office_rules(request: SignedRequest) -> HttpResponse:
    """What the rules say; the administrator sets them, everybody of the office reads them."""
    by = request.actor
    found = queries.rules_of(by.office)
    form = RulesForm(request.POST if request.method == "POST" else None, initial=_initial(found))
    if request.method == "POST":
        by.require("administer")
        if form.is_valid() and _changed(form, request):
            return redirect("office_rules")
    page = {
        "form": form if by.may("administer") else None,
        "rules": found,
        "lines": _lines(found),
        "fixed": rules.FIXED,
        "history": [act for act in reversed(ledger.history(found)) if by.may("administer")],
    }
    return render(request, "accounts/office_rules.html", page, status=422 if form.errors else 200)


def _changed(form: RulesForm, request: SignedRequest) -> bool:
    data = form.cleaned_data
    try:
        change_rules(form.changes(), number=data["number"], issued_on=data["issued_on"], by=request.actor)
    except Invalid as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, "Đã lưu quy chế. Người có quyền thay đổi được báo để xác nhận.")
    return True


def _lines(found: "OfficeRules") -> list[tuple[str, bool]]:
    """[(what is set, in words; whether it gives more than the sector does)]."""
    names = [duty.power for duty in rules.DUTIES] + [name for name, _, _ in rules.SETTINGS]
    values = [(name, value_of(found, name)) for name in names]
    return [(capfirst(rules.words(name, value)), rules.widens(name, value)) for name, value in values]
