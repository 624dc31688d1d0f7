"""The office rules its books: series per kind or group, symbols, supplementary and held numbers, paper books."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from vanthu.documents import book_rules, proof, series
from vanthu.documents.book_rules import LONGEST_HOLD, Wish
from vanthu.documents.kinds import by_code
from vanthu.documents.periods import YEAR_TYPE_NAMES
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Invalid, Refusal
from vanthu.web.books.number_forms import grouped_kinds
from vanthu.web.shell.forms import Form, TextField, read_day
from vanthu.web.shell.requests import SignedRequest


class SeriesForm(Form):
    """A series of its own for a kind or a group of kinds."""

    name = TextField(
        label="Tên dãy số", max_length=120, help_text="In trên bìa sổ. Ví dụ: Kế hoạch và báo cáo."
    )
    direction = forms.ChoiceField(label="Sổ", choices=[("out", "Văn bản đi"), ("in", "Văn bản đến")])
    year_type = forms.ChoiceField(label="Đếm theo", choices=list(YEAR_TYPE_NAMES.items()))
    kinds = forms.MultipleChoiceField(
        label="Tên loại",
        widget=forms.SelectMultiple({"data-island": "combobox", "data-placeholder": "Gõ tên loại"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = grouped_kinds()  # type: ignore[attr-defined]

    def wish(self) -> Wish:
        """The valid form as the verb takes it."""
        data = self.cleaned_data
        return Wish(
            name=data["name"],
            kinds=tuple(data["kinds"]),
            year_type=data["year_type"],
            direction=data["direction"],
        )


class SymbolForm(Form):
    """How the symbol of a kind or a family is written."""

    kind = forms.ChoiceField(label="Của", widget=forms.Select({"data-island": "combobox"}))
    pattern = TextField(
        label="Viết theo mẫu",
        max_length=60,
        required=False,
        help_text=(
            "{kind}-{office}-{unit}: tên loại, cơ quan, đơn vị. Công văn: {office}-{unit}. Đảng: {kind}/ĐU."
            " Để trống: theo mẫu chung."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [("Cả nhóm", list(series.FAMILIES.items())), *grouped_kinds()]
        self.fields["kind"].choices = groups  # type: ignore[attr-defined]


class NumbersForm(Form):
    """Supplementary and held numbers, terms of the Party committee."""

    letters_allowed = forms.BooleanField(
        label="Được dùng số phụ (12a)", required=False, help_text="Mỗi số phụ phải có lý do, sổ in lý do."
    )
    hold_days = forms.IntegerField(label="Giữ số nhiều nhất (ngày)", min_value=1, max_value=LONGEST_HOLD)
    congresses = TextField(
        label="Ngày đại hội mở đầu nhiệm kỳ",
        required=False,
        max_length=200,
        help_text="Số văn bản của Đảng bắt đầu lại từ ngày này. Nhiều ngày: cách nhau bằng dấu phẩy.",
    )

    def clean_congresses(self) -> list[Any]:
        """The days that were typed."""
        days = [read_day(text) for text in self.cleaned_data["congresses"].split(",") if text.strip()]
        if None in days:
            raise forms.ValidationError("Nhập ngày theo dạng 12/08/2025, cách nhau bằng dấu phẩy.")
        return days


class PaperForm(Form):
    """The last number of a paper book that is gone on with here."""

    book = forms.ChoiceField(label="Sổ giấy của", widget=forms.Select({"data-island": "combobox"}))
    last = forms.IntegerField(label="Số cuối đã cấp", min_value=1, max_value=999_999)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [("Văn bản đến", [("in", "Sổ văn bản đến")]), *grouped_kinds()]
        self.fields["book"].choices = groups  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
def rules_of_books(request: SignedRequest) -> HttpResponse:
    """What the office has ruled, each as a line; POST defines a series."""
    book_rules.require(request.actor)
    form = SeriesForm(request.POST) if request.method == "POST" else SeriesForm()

    def define() -> str:
        made = book_rules.define(form.wish(), by=request.actor)
        return f"Đã lập dãy số “{made.name}”, dùng từ {made.from_on:%d/%m/%Y}."

    return _answered(request, form, define, series_form=form)


def _answered(request: SignedRequest, form: Form, act: Any, **shown: Form) -> HttpResponse:
    """Do what a form asks and say so, or show the page with the form and what is wrong."""
    if request.method != "POST":
        return _page(request, shown)
    if form.is_valid():
        try:
            said = act()
        except Invalid as refusal:
            form.refuse(refusal)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, said)
            return redirect("book_rules")
    return _page(request, shown, status=422)


def _page(request: SignedRequest, shown: dict[str, Form], status: int = 200) -> HttpResponse:
    by = request.actor
    rules = series.number_rules(by.office)
    days = ", ".join(f"{day:%d/%m/%Y}" for day in series.congresses(by.office))
    values = {"letters_allowed": rules.letters_allowed, "hold_days": rules.hold_days, "congresses": days}
    context: dict[str, Any] = {
        "series_form": SeriesForm(),
        "symbol_form": SymbolForm(),
        "numbers_form": NumbersForm(initial=values),
        "paper_form": PaperForm(),
        "rules": _series_rows(by),
        "symbols": book_rules.symbol_rules(by),
        "problems": proof.problems_of(proof.newest(), by.office),
        **shown,
    }
    return render(request, "books/book_rules.html", context, status=status)


def _series_rows(by: Actor) -> list[dict[str, Any]]:
    day = today()
    return [
        {
            "rule": rule,
            "kinds": ", ".join(by_code(code).name for code in rule.kinds),
            "year": YEAR_TYPE_NAMES[rule.year_type],  # type: ignore[index]
            "way": "Văn bản đến" if rule.direction == "in" else "Văn bản đi",
            "later": rule.from_on > day,
        }
        for rule in book_rules.series_rules(by)
    ]


@require_POST
def end_series(request: SignedRequest, pk: int) -> HttpResponse:
    """The kinds of a series go back to the sector's defaults with the next period."""
    last = book_rules.end(pk, by=request.actor)
    until = f"Dãy số dùng hết ngày {last:%d/%m/%Y}." if last else "Đã bỏ dãy số, vì chưa cấp số nào."
    messages.success(request, until)
    return redirect("book_rules")


@require_POST
def write_symbols(request: SignedRequest) -> HttpResponse:
    """How the symbol of a kind is written from now on."""
    book_rules.require(request.actor)
    form = SymbolForm(request.POST)

    def write() -> str:
        data = form.cleaned_data
        made = book_rules.write_symbols(data["kind"], data["pattern"], by=request.actor)
        return f"Từ nay viết ký hiệu {made.pattern}." if made else "Từ nay viết ký hiệu theo mẫu chung."

    return _answered(request, form, write, symbol_form=form)


@require_POST
def change_number_rules(request: SignedRequest) -> HttpResponse:
    """Supplementary numbers, days of holding, terms."""
    book_rules.require(request.actor)
    form = NumbersForm(request.POST)

    def change() -> str:
        data = form.cleaned_data
        names = ("letters_allowed", "hold_days", "congresses")
        book_rules.change(**{name: data[name] for name in names}, by=request.actor)
        return "Đã đổi quy định cấp số."

    return _answered(request, form, change, numbers_form=form)


@require_POST
def go_on_from(request: SignedRequest) -> HttpResponse:
    """Go on with a paper book."""
    book_rules.require(request.actor)
    form = PaperForm(request.POST)

    def go_on() -> str:
        chosen, last = form.cleaned_data["book"], form.cleaned_data["last"]
        code, way = ("CV", "in") if chosen == "in" else (chosen, "out")
        book_rules.go_on_from(code, last, direction=way, by=request.actor)
        return f"Số tiếp theo của sổ là {last + 1}."

    return _answered(request, form, go_on, paper_form=form)
