"""Which series numbers a document: the office's own rules, else the defaults of the sector; and how it is written.

Decree 30/2020/NĐ-CP, article 15 (outgoing; legal documents per kind) and 22 (incoming: one series for paper and
electronic), Phụ lục III (copies share a series); QĐ 393/QĐ-VKSTC, article 9 (a kind or a group of kinds);
HD 36-HD/VPTW (Party documents per kind).
"""

from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple

from vanthu.documents import kinds, periods, symbols
from vanthu.documents.kinds import Kind
from vanthu.documents.models import Series
from vanthu.documents.periods import Period
from vanthu.documents.series_models import NumberRules, SeriesRule, SymbolRule
from vanthu.kernel.calendar import today
from vanthu.organisations import queries as organisations

type Direction = Literal["in", "out"]

COPIES = "SAO"  # the scope of the one series of SY, TrS and SL
PARTY_OFFICE = "ĐU"  # Đảng ủy, in "-NQ/ĐU", where the office has no rule of its own
FAMILIES = {
    "@administrative": "Mọi văn bản hành chính có tên loại",
    "@procedural": "Mọi văn bản tố tụng",
    "@party": "Mọi văn bản của Đảng",
}
"""What a symbol rule may be for beside one kind."""


class Place(NamedTuple):
    """Where a number is taken: the scope of the series and its period."""

    scope: str
    period: Period


def scope_of(kind: Kind, *, common: bool) -> str:
    """Which series numbers the kind by default: "all" when the office keeps one, else the kind's own ("CV", "QD")."""
    if kind.family == "copy":
        return COPIES
    return "all" if common and kind.family == "administrative" else kind.code


def place(office_id: int, direction: Direction, kind: Kind, day: date) -> Place:
    """Where the office numbers this kind on this day.

    Incoming documents are one series unless the office keeps Party or procedural ones apart.
    """
    if direction == "in" and kind.family not in ("party", "procedural"):
        return Place("all", periods.of_kind(None, day))
    for rule in rules_on(office_id, direction, day):
        if kind.code in rule.kinds:
            return Place(rule.scope, _period(rule.year_type, day, office_id))  # type: ignore[arg-type]
    if direction == "in":
        return Place("all", periods.of_kind(None, day))
    scope = scope_of(kind, common=organisations.rules_of(office_id).common_series)
    return Place(scope, _period(periods.YEAR_TYPES[kind.family][0], day, office_id))


def _period(year_type: periods.YearType, day: date, office_id: int) -> Period:
    began = congresses(office_id) if year_type == "term" else ()
    return periods.period(year_type, day, congresses=began)


def rules_on(office_id: int, direction: str, day: date) -> list[SeriesRule]:
    """The rules of an office that hold on a day. One query."""
    found = SeriesRule.objects.filter(office_id=office_id, direction=direction, from_on__lte=day)
    return [one for one in found.order_by("pk") if one.to_on is None or day <= one.to_on]


def number_rules(office_id: int) -> NumberRules:
    """What the office allows with numbers; the defaults where it has set nothing."""
    return NumberRules.objects.filter(pk=office_id).first() or NumberRules(office_id=office_id)


def congresses(office_id: int) -> list[date]:
    """The days on which the Party terms of the office began, as far as they are entered."""
    return [date.fromisoformat(one) for one in number_rules(office_id).congresses]


def period_of(series: Series) -> Period:
    """First and last day of a series."""
    began = congresses(series.office_id) if "-" in series.period else ()
    return periods.named(series.period, congresses=began)


def notation(office_id: int, kind: Kind, unit: str = "") -> str:
    """The symbol (ký hiệu) that the office gives this kind when `unit` (abbreviation) drafts it: "KH-VKS-P1".

    Legal documents, copies and Party documents name no unit.
    """
    pattern = _pattern(office_id, kind)
    office = organisations.office(office_id).code
    if kind.family == "party":
        filled = (pattern or f"{{kind}}/{PARTY_OFFICE}").format(
            kind=kind.abbreviation, office=office, unit=unit
        )
        return f"-{filled.removeprefix('-')}"
    if kind.family == "legal":
        unit = ""
    if pattern:
        return symbols.notation_for(kind, office, unit, pattern)
    named = bool(kind.abbreviation)
    shown = unit if not named or organisations.rules_of(office_id).unit_in_symbol else ""
    return symbols.notation_for(kind, office, shown)


def _pattern(office_id: int, kind: Kind) -> str:
    wide = f"@{kind.family}" if kind.abbreviation else ""
    rules = dict(
        SymbolRule.objects.filter(office_id=office_id, kind__in=[kind.code, wide]).values_list(
            "kind", "pattern"
        )
    )
    return rules.get(kind.code) or rules.get(wide, "")


def name_of(scope: str, direction: str, rules: Iterable[SeriesRule]) -> str:
    """What a series is called beside others of its office: "Kế hoạch", "Bản sao", "Mọi tên loại"."""
    for rule in rules:
        if rule.scope == scope:
            return rule.name
    if scope == COPIES:
        return "Bản sao (SY, TrS, SL)"
    if scope == "all":
        return "Văn bản đến" if direction == "in" else "Văn bản hành chính"
    return kinds.by_code(scope).name if scope in {kind.code for kind in kinds.ALL} else "Sổ cũ"


def title(series: Series) -> str:
    """A book in a sentence: "sổ văn bản đi năm 2026 (Kế hoạch)"."""
    rules = SeriesRule.objects.filter(office_id=series.office_id)
    way = "đi" if series.direction == "out" else "đến"
    name = name_of(series.scope, series.direction, rules)
    return f"sổ văn bản {way} {period_name(series.period)}" + (f" ({name})" if series.scope != "all" else "")


def period_name(name: str) -> str:
    """A period in words: "năm 2026", "năm tố tụng 2026", "nhiệm kỳ 2025-2030"."""
    if "-" in name:
        return f"nhiệm kỳ {name}"
    return f"năm tố tụng {name[:-1]}" if name.endswith("P") else f"năm {name}"


def upcoming(office_id: int, direction: Direction, kind: Kind) -> Place:
    """Where the office numbers this kind today."""
    return place(office_id, direction, kind, today())
