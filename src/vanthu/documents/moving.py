"""What a change of the organisation means for documents: open entries go to the successor, books are closed.

What is in a closed book stays there: an entry that goes on elsewhere keeps its number in the book of the office that
registered it (Decree 30/2020, articles 16 and 22).
"""

from collections.abc import Mapping, Sequence

from django.db.models import Q, QuerySet

from vanthu.documents import closing, series
from vanthu.documents.models import EntryDraft, IncomingEntry, OutgoingEntry, Series
from vanthu.documents.receiving_models import Mail, Stack, StackRow
from vanthu.documents.receiving_states import TO_CONFIRM, MailState
from vanthu.documents.series_models import HeldNumber, NumberRules, SeriesRule, SymbolRule
from vanthu.documents.states import IN_HAND, STILL_OPEN, IncomingState, OutgoingState
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.participants import Item
from vanthu.kernel.transfers import Route, led_by, of_units, transfer
from vanthu.organisations import queries as organisations
from vanthu.organisations.moving import Count, Extent, Room
from vanthu.reading import lessons

OPEN = (IncomingState.WAITING, *IN_HAND)


def counts(extent: Extent) -> Sequence[Count]:
    """Entries that wait or are being handled, and books that will be closed."""
    entries = _open(extent)
    books = Series.objects.filter(office__in=extent.offices, closed_on=None)
    return (
        ("Văn bản đến chờ tiếp nhận", entries.filter(state=IncomingState.WAITING).count()),
        ("Văn bản đến đang giải quyết", entries.filter(state__in=IN_HAND).count()),
        ("Sổ đăng ký sẽ đóng", books.count()),
    )


def _open(extent: Extent) -> QuerySet[IncomingEntry]:
    route = Route(0, 0, False, "", units=dict.fromkeys(extent.units, (0, 0)))
    mine = of_units("in", route) if extent.units else Q(office__in=extent.offices)
    return IncomingEntry.objects.filter(mine, state__in=OPEN)


def obstacles(extent: Extent) -> Sequence[str]:
    """Numbers that were given but not issued or used: the office that has the book must settle them."""
    if not extent.offices:
        return ()
    found = []
    numbered = OutgoingEntry.objects.filter(office__in=extent.offices, state=OutgoingState.NUMBERED)
    if waiting := numbered.count():
        found.append(
            f"{waiting} văn bản đi đã cấp số nhưng chưa phát hành. Phát hành hoặc hủy số trước ngày hiệu lực."
        )
    held = HeldNumber.objects.filter(office__in=extent.offices, state__in=STILL_OPEN)
    if kept := held.count():
        found.append(f"{kept} số đang giữ. Dùng hoặc hủy các số này ở trang Số đang giữ.")
    return found


def begin(route: Route, *, goes_on: bool, fresh: bool, reason: str, by: Actor) -> None:
    """Close the books of an office that ended; a new one takes over its rules and, if it wishes, its numbers."""
    if not route.whole:
        return
    books = list(Series.objects.filter(office=route.office, closed_on=None).order_by("pk"))
    for book in books:
        closing.close(book.pk, reason, by=by)
    scopes = _copy_rules(route) if fresh else {}
    if goes_on:
        _go_on(books, route, scopes, by)
    EntryDraft.objects.filter(office=route.office).update(office=route.to_office)
    waiting = StackRow.objects.filter(state__in=TO_CONFIRM).values("stack")
    Stack.objects.filter(Q(read=False) | Q(pk__in=waiting), office=route.office).update(
        office=route.to_office
    )
    Mail.objects.filter(office=route.office, state=MailState.TROUBLE).update(office=route.to_office)
    lessons.hand_over(route.office, route.to_office)


def _copy_rules(route: Route) -> dict[str, str]:
    """The new office numbers as the old one did: {scope there: scope here}."""
    scopes = {}
    for rule in SeriesRule.objects.filter(office=route.office, to_on=None).order_by("pk"):
        before, rule.pk, rule.office_id = rule.scope, None, route.to_office
        rule.save(force_insert=True)
        scopes[before] = rule.scope
    for symbol in SymbolRule.objects.filter(office=route.office):
        symbol.pk, symbol.office_id = None, route.to_office
        symbol.save(force_insert=True)
    numbers = NumberRules.objects.filter(pk=route.office).first()
    if numbers is not None and not NumberRules.objects.filter(pk=route.to_office).exists():
        numbers.pk = route.to_office
        numbers.save(force_insert=True)
    return scopes


def _go_on(books: Sequence[Series], route: Route, scopes: Mapping[str, str], by: Actor) -> None:
    """Books of periods that last go on with the next number; only where the successor has none yet."""
    begun = organisations.office(route.to_office).valid_from_on
    for book in books:
        if begun and series.period_of(book).last_on < begun:
            continue
        here = Series.objects.filter(
            office=route.to_office, direction=book.direction, period=book.period,
            scope=scopes.get(book.scope, book.scope),
        )  # fmt: skip
        if here.exists():
            continue
        made = Series.objects.create(
            office_id=route.to_office, direction=book.direction, period=book.period,
            scope=scopes.get(book.scope, book.scope), first=book.last + 1, last=book.last,
        )  # fmt: skip
        ledger.record(
            "documents.book_gone_on_with", made, by=by, office_id=route.to_office,
            changes={"last": (None, book.last)},
            note=f"tiếp tục {series.title(book)} của cơ quan cũ: số cuối đã cấp là {book.last:02d}",
        )  # fmt: skip


def take(route: Route, limit: int, by: Actor) -> Mapping[Item, int]:
    """Bring open entries over, oldest first."""
    mine = Q(office=route.office) if route.whole else Q(office=route.office) & of_units("in", route)
    rows = list(
        IncomingEntry.objects.select_for_update(of=("self",))
        .filter(mine, state__in=OPEN)
        .order_by("pk")[:limit]
    )
    led = led_by("in", [row.pk for row in rows])
    taken = {}
    for row in rows:
        row.office_id = route.place(led.get(row.pk))[0]
        taken[Item("in", row.pk)] = row.office_id
    IncomingEntry.objects.bulk_update(rows, ["office"])
    transfer(taken, route)
    ledger.record_all(
        "documents.moved", [(row, Actor.for_system(row.office_id)) for row in rows], note=route.note
    )
    return taken


MOVING = Room("documents", counts=counts, obstacles=obstacles, begin=begin, take=take)
