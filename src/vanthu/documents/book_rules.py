"""An office rules its books: series per kind or group of kinds, symbols, held and supplementary numbers.

Decree 30/2020/NĐ-CP, article 15.2: numbering is ruled by the head of the office. A kind changes its series only
between two periods, or while it has no number in this one: number and symbol stay unique in the year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction

from vanthu.documents import kinds, periods, series, symbols
from vanthu.documents.kinds import Kind
from vanthu.documents.models import IncomingEntry, OutgoingEntry, Series
from vanthu.documents.periods import YEAR_TYPE_NAMES, YEAR_TYPES, YearType
from vanthu.documents.series_models import HeldNumber, NumberRules, SeriesRule, SymbolRule
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.kernel.vietnamese import nfc
from vanthu.organisations import queries as organisations

if TYPE_CHECKING:
    from vanthu.documents.series import Direction

LONGEST_HOLD = 90  # days


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A series that an office wants: its name, kinds (codes) and how it is counted."""

    name: str
    kinds: tuple[str, ...]
    year_type: str = "calendar"
    direction: str = "out"


def require(by: Actor) -> None:
    """Books are ruled by the administrator and the clerk of the office."""
    if not (by.may("administer") or by.may("number")):
        raise NotAllowed("Chỉ quản trị hoặc văn thư của cơ quan đặt sổ và dãy số. Đề nghị văn thư làm giúp.")


@transaction.atomic
def define(wish: Wish, *, by: Actor) -> SeriesRule:
    """Number these kinds in a series of their own, from today if none has a number in this period, else from the next.

    Raises `Invalid` per field, naming the rule that has a kind already.
    """
    require(by)
    _hold_rules(by.office)
    _check(wish, by)
    direction = cast("Direction", wish.direction)
    first_on = max(_free_from(kinds.by_code(code), direction, wish.year_type, by) for code in wish.kinds)
    made = SeriesRule.objects.create(
        office_id=by.office,
        direction=wish.direction,
        name=nfc(wish.name),
        kinds=list(wish.kinds),
        year_type=wish.year_type,
        from_on=first_on,
    )
    named = ", ".join(kinds.by_code(code).name for code in wish.kinds)
    ledger.record(
        "documents.series_defined",
        made,
        by=by,
        changes={"kinds": ([], made.kinds), "year_type": (None, made.year_type), "from_on": (None, first_on)},
        note=f"lập dãy số “{made.name}” cho {named}, theo {YEAR_TYPE_NAMES[cast('YearType', made.year_type)]},"
        f" từ {first_on:%d/%m/%Y}",
    )
    return made


def _hold_rules(office_id: int) -> NumberRules:
    """The rules of an office, locked: two people do not change its series at once."""
    NumberRules.objects.get_or_create(pk=office_id)
    return NumberRules.objects.select_for_update().get(pk=office_id)


def _check(wish: Wish, by: Actor) -> None:
    wrong: dict[str, str] = {}
    if not 3 <= len(nfc(wish.name)) <= 120:
        wrong["name"] = "Đặt tên dãy số từ 3 đến 120 ký tự, ví dụ: Kế hoạch và báo cáo."
    known = {kind.code: kind for kind in kinds.ALL}
    chosen = [known[code] for code in wish.kinds if code in known]
    if not chosen or len(chosen) != len(wish.kinds):
        wrong["kinds"] = "Chọn ít nhất một tên loại trong danh sách."
    elif wish.direction == "in" and any(kind.family not in ("party", "procedural") for kind in chosen):
        wrong["kinds"] = (
            "Văn bản đến lấy chung một dãy số (Nghị định 30/2020, Điều 22); chỉ tách được văn bản của Đảng, tố tụng."
        )
    allowed = set(YEAR_TYPE_NAMES).intersection(*(YEAR_TYPES[kind.family] for kind in chosen))
    if chosen and wish.year_type not in allowed:
        names = " hoặc ".join(YEAR_TYPE_NAMES[one] for one in YEAR_TYPES[chosen[0].family] if one in allowed)
        wrong["year_type"] = (
            f"Các tên loại này chỉ đếm theo {names}."
            if names
            else "Các tên loại này không đếm chung được một kỳ."
        )
    if wish.direction not in ("in", "out"):
        wrong["direction"] = "Chọn văn bản đi hoặc văn bản đến."
    for rule in SeriesRule.objects.filter(office_id=by.office, direction=wish.direction, to_on=None):
        if taken := [code for code in wish.kinds if code in rule.kinds]:
            wrong["kinds"] = (
                f"{kinds.by_code(taken[0]).name} đang ở dãy số “{rule.name}”. Kết thúc dãy số đó trước rồi lập dãy mới."
            )
    if wrong:
        raise Invalid(fields=wrong)


def _free_from(kind: Kind, direction: Direction, year_type: str, by: Actor) -> date:
    """The first day on which the kind may be numbered elsewhere."""
    day = today()
    later = [
        rule.to_on + timedelta(days=1)
        for rule in SeriesRule.objects.filter(office_id=by.office, direction=direction, to_on__gte=day)
        if kind.code in rule.kinds and rule.to_on is not None
    ]
    if later:
        return max(later)
    now_in = series.place(by.office, direction, kind, day)
    if not _used(by.office, direction, now_in, kind):
        return day
    following = now_in.period.rolls_over_on
    begins = periods.period(cast("YearType", year_type), following, congresses=series.congresses(by.office))
    return following if begins.first_on == following else begins.rolls_over_on


def _used(office_id: int, direction: Direction, place: series.Place, kind: Kind) -> bool:
    """Whether the kind has a number in this series."""
    found = Series.objects.filter(
        office_id=office_id, direction=direction, scope=place.scope, period=place.period.name
    )
    if direction == "in":
        return IncomingEntry.objects.filter(series__in=found, kind=kind.code).exists()
    return (
        OutgoingEntry.objects.filter(series__in=found, document__kind=kind.code).exists()
        or HeldNumber.objects.filter(series__in=found, kind=kind.code).exists()
    )


@transaction.atomic
def end(pk: int, *, by: Actor) -> date | None:
    """Number the kinds of a rule by the sector's defaults again, from the next period; returns its last day.

    A rule that gave no number is gone at once (None).
    """
    require(by)
    _hold_rules(by.office)
    rule = SeriesRule.objects.filter(pk=pk, office_id=by.office).first()
    if rule is None:
        raise NotFound("Không tìm thấy dãy số này. Tải lại trang.")
    if rule.to_on is not None:
        raise Conflict(f"Dãy số này đã định kết thúc ngày {rule.to_on:%d/%m/%Y}. Tải lại trang để xem.")
    used = Series.objects.filter(office_id=by.office, direction=rule.direction, scope=rule.scope).exists()
    began = series.congresses(by.office)
    running = periods.period(cast("YearType", rule.year_type), max(today(), rule.from_on), congresses=began)
    last = running.last_on if used else None
    until = f"hết ngày {last:%d/%m/%Y}" if last else "ngay, vì chưa cấp số nào"
    ledger.record(
        "documents.series_ended",
        rule,
        by=by,
        changes={"to_on": (None, last)},
        note=f"kết thúc dãy số “{rule.name}” {until}",
    )
    if last is None:
        rule.delete()
    else:
        rule.to_on = last
        rule.save(update_fields=["to_on"])
    return last


@transaction.atomic
def write_symbols(kind: str, pattern: str, *, by: Actor) -> SymbolRule | None:
    """Write the symbol of a kind (code) or family ("@party") so from now on; an empty pattern is the sector's again."""
    require(by)
    pattern = nfc(pattern).replace(" ", "")
    name = _name_for(kind)
    before = SymbolRule.objects.filter(office_id=by.office, kind=kind).first()
    if not pattern:
        if before is None:
            raise Conflict("Cơ quan chưa đặt ký hiệu riêng cho mục này. Tải lại trang để xem.")
        ledger.record(
            "documents.symbol_rule_removed",
            before,
            by=by,
            changes={"pattern": (before.pattern, "")},
            note=f"bỏ ký hiệu riêng {before.pattern} của {name}",
        )
        before.delete()
        return None
    example(kind, pattern, by.office)
    made, _ = SymbolRule.objects.update_or_create(
        office_id=by.office, kind=kind, defaults={"pattern": pattern}
    )
    ledger.record(
        "documents.symbol_ruled",
        made,
        by=by,
        changes={"pattern": (before.pattern if before else "", pattern)},
        note=f"đặt ký hiệu của {name}: {pattern}",
    )
    return made


def _name_for(kind: str) -> str:
    names = series.FAMILIES | {one.code: one.name for one in kinds.ALL}
    if kind not in names:
        raise Invalid(fields={"kind": "Chọn tên loại hoặc nhóm trong danh sách."})
    return names[kind]


def example(kind: str, pattern: str, office_id: int) -> str:
    """A whole symbol by this pattern, "12/KH-VKS-VP"; raises `Invalid` when it is none that can be read again."""
    family = kind.removeprefix("@")
    one = next(
        found for found in kinds.ALL if found.code == kind or (found.family == family and found.abbreviation)
    )
    try:
        filled = pattern.format(kind=one.abbreviation, office=organisations.office(office_id).code, unit="VP")
    except (KeyError, IndexError, ValueError) as error:
        raise Invalid(
            fields={
                "pattern": "Chỉ dùng {kind}, {office}, {unit}, chữ và dấu “-”, ví dụ {kind}-{office}-{unit}."
            }
        ) from error
    party = one.family == "party"
    notation = f"-{filled.removeprefix('-')}" if party else "-".join(filter(None, filled.split("-")))
    whole = symbols.written(12, notation)
    read = symbols.parse(whole)
    if not read or read.abbreviation != one.abbreviation or (read.form == "party") != party:
        meant = "{kind}/ĐU" if party else "{kind}-{office}-{unit}" if one.abbreviation else "{office}-{unit}"
        raise Invalid(fields={"pattern": f"“{whole}” không đúng dạng ký hiệu. Viết theo mẫu {meant}."})
    return whole


@transaction.atomic
def change(*, letters_allowed: bool, hold_days: int, congresses: list[date], by: Actor) -> NumberRules:
    """Whether the office uses supplementary numbers, how many days one is held, when its Party terms began."""
    require(by)
    rules = _hold_rules(by.office)
    if not 1 <= hold_days <= LONGEST_HOLD:
        raise Invalid(fields={"hold_days": f"Số ngày giữ số từ 1 đến {LONGEST_HOLD}."})
    wanted: dict[str, Any] = {
        "letters_allowed": letters_allowed,
        "hold_days": hold_days,
        "congresses": [one.isoformat() for one in sorted(set(congresses))],
    }
    changes = {
        name: (getattr(rules, name), value) for name, value in wanted.items() if getattr(rules, name) != value
    }
    for name, value in wanted.items():
        setattr(rules, name, value)
    rules.save(update_fields=list(wanted))
    if changes:
        ledger.record(
            "documents.number_rules_changed",
            rules,
            by=by,
            changes=changes,
            note=f"đổi quy định cấp số: {_said(rules)}",
        )
    return rules


def _said(rules: NumberRules) -> str:
    letters = "được dùng số phụ" if rules.letters_allowed else "không dùng số phụ"
    terms = ", ".join(f"{date.fromisoformat(one):%d/%m/%Y}" for one in rules.congresses)
    return f"{letters}, giữ số nhiều nhất {rules.hold_days} ngày" + (
        f", nhiệm kỳ từ {terms}" if terms else ""
    )


@transaction.atomic
def go_on_from(kind: str, last: int, *, direction: str = "out", by: Actor) -> Series:
    """Go on with a paper book: its last number was `last`, the next one here is the following.

    Only while the series has no number of its own.
    """
    require(by)
    if not 1 <= last <= 999_999:
        raise Invalid(fields={"last": "Nhập số cuối cùng đã cấp trong sổ giấy, từ 1 trở lên."})
    where = series.upcoming(by.office, cast("Direction", direction), kinds.by_code(kind))
    Series.objects.bulk_create(
        [Series(office_id=by.office, direction=direction, scope=where.scope, period=where.period.name)],
        ignore_conflicts=True,
    )
    book = Series.objects.select_for_update().get(
        office_id=by.office, direction=direction, scope=where.scope, period=where.period.name
    )
    if book.last >= book.first:
        raise Conflict(
            f"Đã cấp đến số {book.last:02d} trong {series.title(book)}, nên không đổi số bắt đầu được nữa."
        )
    before, book.first, book.last = book.last, last + 1, last
    book.save(update_fields=["first", "last"])
    ledger.record(
        "documents.book_gone_on_with",
        book,
        by=by,
        changes={"last": (before, last)},
        note=f"tiếp tục {series.title(book)} từ sổ giấy: số cuối đã cấp là {last:02d}",
    )
    return book


def series_rules(by: Actor) -> list[SeriesRule]:
    """The series that the office defined and that still hold or will. One query."""
    require(by)
    rows = SeriesRule.objects.filter(office_id=by.office).exclude(to_on__lt=today())
    return list(rows.order_by("from_on", "pk"))


def symbol_rules(by: Actor) -> list[tuple[str, str, str]]:
    """(for what, pattern, example) of the symbols that the office writes its own way."""
    require(by)
    return [
        (_name_for(one.kind), one.pattern, example(one.kind, one.pattern, by.office))
        for one in SymbolRule.objects.filter(office_id=by.office).order_by("kind")
    ]
