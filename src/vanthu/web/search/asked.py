"""What a search page is asked for, in its address."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self, cast
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from vanthu.documents import kinds
from vanthu.kernel.calendar import today
from vanthu.search.marks import plain
from vanthu.search.plans import Scope
from vanthu.search.queries import Hit, Narrowed
from vanthu.web.shell.forms import DayField, Form, TextField

SCOPES = (("all", "Mọi phạm vi"), ("office", "Cơ quan"), ("unit", "Đơn vị tôi"), ("mine", "Của tôi"))
ITEM_KINDS = (
    ("", "Mọi loại"),
    ("in", "Văn bản đến"),
    ("out", "Văn bản đi"),
    ("draft", "Dự thảo"),
    ("dossier", "Hồ sơ"),
)
NEWEST = "newest"
ORDERS = (
    (NEWEST, "Mới nhất trước"),
    ("oldest", "Cũ nhất trước"),
    ("issued", "Ngày văn bản"),
    ("symbol", "Số, ký hiệu"),
    ("issuer", "Cơ quan ban hành"),
)
SORTED = 200  # hits that are put in another order
YEARS_SHOWN = 20


class SearchForm(Form):
    """The parameters of a search; only broken days are refused, a choice that does not exist is none."""

    q = TextField(label="Từ cần tìm", required=False, max_length=300)
    issuer = TextField(label="Cơ quan ban hành", required=False, max_length=200)
    signer = TextField(label="Người ký", required=False, max_length=160)
    since = DayField(label="Từ ngày", required=False)
    until = DayField(label="Đến ngày", required=False)
    order = forms.ChoiceField(label="Sắp xếp", choices=ORDERS, required=False)

    def clean_order(self) -> str:
        return self.cleaned_data["order"] or NEWEST


@dataclass(frozen=True, slots=True)
class Asked:
    """One search; "" and None ask for nothing."""

    text: str
    issuer: str
    signer: str
    scope: Scope
    item_kind: str
    kind: str
    year: str
    since: date | None
    until: date | None
    order: str

    @classmethod
    def read(cls, given: QueryDict, form: SearchForm) -> Self:
        """From the address and a form that has read it."""
        typed = {name: form.cleaned_data.get(name) for name in ("issuer", "signer", "since", "until")}
        scope = given.get("scope", "")
        return cls(
            text=form.cleaned_data.get("q") or "",
            scope=cast("Scope", scope if scope in dict(SCOPES) else "all"),
            item_kind=given.get("in", "").strip(),
            kind=given.get("kind", "").strip(),
            year=given.get("year", "").strip(),
            order=form.cleaned_data.get("order") or NEWEST,
            **cast("dict[str, Any]", typed),
        )

    @property
    def anything(self) -> bool:
        """Whether something was asked: words, or a choice alone, which lists all that it leaves."""
        return bool(self.text or self.issuer or self.signer) or not self.wide

    @property
    def narrowed(self) -> Narrowed:
        """For `search.queries`."""
        return {
            "scope": self.scope,
            "kind": self.kind,
            "item_kind": self.item_kind,
            "issuer": self.issuer or "",
            "signer": self.signer or "",
            "year": int(self.year) if self.year.isdecimal() else None,
            "since": self.since,
            "until": self.until,
        }

    @property
    def wide(self) -> bool:
        """Whether nothing but the words narrows it."""
        return not (
            self.year or self.kind or self.item_kind or self.since or self.until or self.scope != "all"
        )

    @property
    def query(self) -> str:
        """The query string that asks for the same again."""
        scope = "" if self.scope == "all" else self.scope
        order = "" if self.order == NEWEST else self.order
        days = {
            name: f"{day:%d/%m/%Y}" for name, day in (("since", self.since), ("until", self.until)) if day
        }
        words = {"q": self.text, "issuer": self.issuer, "signer": self.signer, "in": self.item_kind}
        named = {**words, "scope": scope, "year": self.year, "kind": self.kind, **days, "order": order}
        return urlencode({name: value for name, value in named.items() if value})

    @property
    def words(self) -> str:
        """What was asked, as a heading says it."""
        listed = "" if self.text else dict(ITEM_KINDS).get(self.item_kind or "-", "")
        given = [
            self.text and f"“{self.text.strip('"“”')}”",
            listed,
            dict(kinds.choices()).get(self.kind, ""),
            self.issuer and f"của {self.issuer}",
            self.signer and f"do {self.signer} ký",
        ]
        given += [self.year and f"năm {self.year}", _day("từ", self.since), _day("đến", self.until)]
        return ", ".join(filter(None, given))


def _day(word: str, day: date | None) -> str:
    return f"{word} {day:%d/%m/%Y}" if day else ""


def ordered(hits: list[Hit], order: str) -> list[Hit]:
    """The hits, which come newest first, in another order; those with an equal place stay newest first."""
    if order == "oldest":
        return hits[::-1]
    if order == "issued":
        return sorted(hits, key=lambda hit: hit.issued_on or date.min, reverse=True)
    if order == "symbol":
        return sorted(hits, key=lambda hit: _natural(plain(hit.symbol)))
    if order == "issuer":
        return sorted(hits, key=lambda hit: plain(hit.issuer).casefold())
    return hits


def _natural(symbol: str) -> tuple[str, int, str]:
    """Symbols by what stands behind the number, then by number."""
    number, _, notation = symbol.partition("/")
    digits = "".join(filter(str.isdigit, number))
    return notation.casefold(), int(digits or 0), symbol


def years() -> range:
    return range(today().year, today().year - YEARS_SHOWN, -1)
