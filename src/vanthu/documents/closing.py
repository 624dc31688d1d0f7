"""Close a book (đóng sổ): its last number and counts are certified, it gives no number any more.

Decree 30/2020/NĐ-CP, articles 16 and 22: the register is printed in full and closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Count, Q

from vanthu.documents import proof, series
from vanthu.documents.models import IncomingEntry, OutgoingEntry, Series
from vanthu.documents.periods import Period
from vanthu.documents.series_models import BookClosing, HeldNumber, SeriesRule
from vanthu.documents.states import STILL_OPEN, HeldState, OutgoingState
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now, today
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.kernel.vietnamese import nfc

if TYPE_CHECKING:
    from django.db.models import QuerySet

SHELF = 60  # books on one page, the newest first


@dataclass(frozen=True, slots=True)
class Counts:
    """What a book holds: documents (letters included, voided ones not), voided and supplementary numbers.

    `waiting` are numbers without an issued document yet; `held` are held ones that nobody used or voided.
    """

    documents: int = 0
    voided: int = 0
    supplementary: int = 0
    waiting: int = 0
    held: int = 0


@dataclass(frozen=True, slots=True)
class Shelved:
    """A book as the shelf shows it."""

    series: Series
    name: str
    period: Period
    counts: Counts
    closing: BookClosing | None

    @property
    def span(self) -> tuple[int, int] | tuple[None, None]:
        """First and last number; none in an empty book."""
        one = self.series
        return (one.first, one.last) if one.last >= one.first else (None, None)

    @property
    def part(self) -> str:
        """Its name when the office has several books, "" for the only one of incoming or outgoing documents."""
        return "" if self.series.scope == "all" else self.name

    @property
    def ended(self) -> bool:
        """Whether its period is over."""
        return self.period.last_on < today()


def shelf(by: Actor) -> list[Shelved]:
    """The books of the actor's office and of those it took over, the newest first. Queries do not grow with them."""
    _require(by)
    found = Series.objects.filter(office__in=by.own_offices).select_related("office")
    return _shelved(list(found.order_by("-period", "direction", "scope", "pk")[:SHELF]))


def shelved(pk: int, by: Actor) -> Shelved:
    """One book of the actor's office, or of one that it took over; `NotFound` for strangers."""
    _require(by)
    found = Series.objects.select_related("office").filter(pk=pk, office__in=by.own_offices).first()
    if found is None:
        raise NotFound(_NO_BOOK)
    return _shelved([found])[0]


def _require(by: Actor) -> None:
    """Counts and last numbers, nothing of the documents: who prints books and the administrator look at the shelf."""
    if not by.may("administer"):
        by.require("print_books")


def _series(pk: int, by: Actor) -> Series:
    found = Series.objects.filter(pk=pk, office_id=by.office).first()
    if found is None:
        raise NotFound(_NO_BOOK)
    return found


_NO_BOOK = "Không tìm thấy sổ này trong cơ quan. Mở lại từ trang Sổ và dãy số."


def _shelved(found: list[Series]) -> list[Shelved]:
    rules = list(SeriesRule.objects.filter(office__in={one.office_id for one in found}))
    counts = counts_of([one.pk for one in found])
    closings = {one.series_id: one for one in BookClosing.objects.filter(series__in=found)}
    return [
        Shelved(
            one,
            series.name_of(one.scope, one.direction, rules),
            series.period_of(one),
            counts[one.pk],
            closings.get(one.pk),
        )
        for one in found
    ]


def counts_of(series_ids: list[int]) -> dict[int, Counts]:
    """What these books hold. Three queries."""
    arrived = _tallied(IncomingEntry.objects.filter(series__in=series_ids), documents=Count("pk"))
    sent = _tallied(
        OutgoingEntry.objects.filter(series__in=series_ids),
        documents=Count("pk", filter=~Q(state=OutgoingState.VOIDED)),
        voided=Count("pk", filter=Q(state=OutgoingState.VOIDED)),
        supplementary=Count("pk", filter=~Q(letter="")),
        waiting=Count("pk", filter=Q(state=OutgoingState.NUMBERED)),
    )
    kept = _tallied(
        HeldNumber.objects.filter(series__in=series_ids),
        held=Count("pk", filter=Q(state__in=STILL_OPEN)),
        voided=Count("pk", filter=Q(state=HeldState.VOIDED)),
    )
    return {
        pk: Counts(
            documents=arrived.get(pk, {}).get("documents", 0) + sent.get(pk, {}).get("documents", 0),
            voided=sent.get(pk, {}).get("voided", 0) + kept.get(pk, {}).get("voided", 0),
            supplementary=sent.get(pk, {}).get("supplementary", 0),
            waiting=sent.get(pk, {}).get("waiting", 0),
            held=kept.get(pk, {}).get("held", 0),
        )
        for pk in series_ids
    }


def _tallied(rows: QuerySet[Any], **tallies: Count) -> dict[int, dict[str, int]]:
    return {row.pop("series"): row for row in rows.values("series").annotate(**tallies).order_by()}


@transaction.atomic
def close(pk: int, reason: str = "", *, by: Actor) -> BookClosing:
    """Close a book and certify what it holds; before its period is over only with a reason, as a merger.

    Raises `Conflict` while a number is held or the book is not continuous.
    """
    by.require("number")
    book = Series.objects.select_for_update().filter(pk=_series(pk, by).pk).get()
    reason = nfc(reason)[:300]
    period = series.period_of(book)
    if book.closed_on is not None:
        raise Conflict(f"Sổ này đã đóng ngày {book.closed_on:%d/%m/%Y}. Tải lại trang để xem.")
    if period.last_on >= today() and len(reason) < 10:
        sentence = (
            f"Kỳ của sổ đến {period.last_on:%d/%m/%Y} mới hết. Ghi lý do đóng sổ sớm, ít nhất 10 ký tự."
        )
        raise Invalid(fields={"reason": sentence})
    counts = counts_of([book.pk])[book.pk]
    if counts.held:
        raise Conflict(
            f"Sổ còn {counts.held} số đang giữ. Dùng hoặc hủy các số này ở trang Số đang giữ, rồi đóng sổ.",
            code="numbers_held",
        )
    if problems := proof.check([book.pk]):
        raise Conflict(
            f"Sổ không liên tục: {problems[0].what}. Báo quản trị hệ thống trước khi đóng sổ.",
            code="book_broken",
        )
    return _certify(book, counts, reason, by)


def _certify(book: Series, counts: Counts, reason: str, by: Actor) -> BookClosing:
    book.closed_on = today()
    book.save(update_fields=["closed_on"])
    made = BookClosing.objects.create(
        series=book,
        closed_at=now(),
        closed_by=f"{by.name}, {by.title}"[:160],
        reason=reason,
        first=book.first,
        last=book.last,
        documents=counts.documents,
        voided=counts.voided,
        supplementary=counts.supplementary,
    )
    ledger.record(
        "documents.book_closed",
        book,
        by=by,
        changes={"closed_on": (None, book.closed_on), "last": (None, book.last)},
        note=f"đóng {series.title(book)}: {words(made)}" + (f"; lý do: {reason}" if reason else ""),
        power="number",
    )
    return made


def words(closing: BookClosing) -> str:
    """The certificate in a sentence."""
    if closing.last < closing.first:
        return "không có số nào"
    parts = [f"từ số {closing.first:02d} đến số {closing.last:02d}", f"{closing.documents} văn bản"]
    if closing.voided:
        parts.append(f"{closing.voided} số hủy")
    if closing.supplementary:
        parts.append(f"{closing.supplementary} số phụ")
    return ", ".join(parts)


@transaction.atomic
def reopen(pk: int, reason: str, *, by: Actor) -> Series:
    """Open a book that was closed by mistake; by the administrator of the office, with a reason."""
    if not by.may("administer"):
        raise NotAllowed("Chỉ quản trị của cơ quan mở lại sổ đã đóng.")
    book = Series.objects.select_for_update().filter(pk=_series(pk, by).pk).get()
    if len(nfc(reason)) < 10:
        raise Invalid(fields={"reason": "Ghi lý do mở lại sổ, ít nhất 10 ký tự."})
    if book.closed_on is None:
        raise Conflict("Sổ này đang mở. Tải lại trang để xem.")
    before, book.closed_on = book.closed_on, None
    book.save(update_fields=["closed_on"])
    BookClosing.objects.filter(series=book).delete()
    ledger.record(
        "documents.book_reopened",
        book,
        by=by,
        changes={"closed_on": (before, None)},
        note=f"mở lại {series.title(book)}: {nfc(reason)}",
    )
    return book
