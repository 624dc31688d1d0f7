"""The entries of the registers in their order, to print and to carry away; what is restricted stays masked in them."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import batched

from django.db.models import Max, Min, Q

from vanthu.documents.models import IncomingEntry, OutgoingEntry
from vanthu.documents.queries import mask_incoming, mask_outgoing
from vanthu.documents.states import IN_THE_BOOK, IncomingState
from vanthu.kernel import participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import NotAllowed

_PRINTED = (*IN_THE_BOOK, IncomingState.RECALLED)  # a recalled document keeps its line in the book


def incoming_book(by: Actor, start: date, end: date, *, series_id: int = 0) -> Iterator[IncomingEntry]:
    """The register of incoming documents between two days of arrival, in order of number; needs `print_books`.

    `series_id` is one book as a whole, whatever the days.
    """
    _require_whole_books(by)
    rows = IncomingEntry.objects.filter(_arrived(by, start, end, series_id), state__in=_PRINTED).order_by(
        "series__period", "arrival_number"
    )
    return _masked_for(by, rows.select_related("document").iterator(chunk_size=500), "in", mask_incoming)


def _arrived(by: Actor, start: date, end: date, series_id: int) -> Q:
    """A whole book, of an office that was taken over too; or days of the own ones: what came along with the work of
    an old office stands in its book."""
    if series_id:
        return Q(series=series_id, series__office__in=by.own_offices)
    return Q(arrived_on__range=(start, end), office=by.office_id, series__office=by.office_id)


def outgoing_book(by: Actor, start: date, end: date, *, series_id: int = 0) -> Iterator[OutgoingEntry]:
    """The register of outgoing documents between two days, voided numbers included; needs `print_books`.

    `series_id` is one book as a whole, in order of number, whatever the days.
    """
    _require_whole_books(by)
    wanted = Q(document__issued_on__range=(start, end), office=by.office_id)
    if series_id:
        wanted = Q(series=series_id, office__in=by.own_offices)
    order = () if series_id else ("document__issued_on", "series__scope")
    rows = OutgoingEntry.objects.filter(wanted).order_by(*order, "number", "letter")
    return _masked_for(by, rows.select_related("document").iterator(chunk_size=500), "out", mask_outgoing)


def incoming_span(by: Actor, start: date, end: date) -> tuple[int, int] | None:
    """First and last arrival number of the register between two days, for its cover; None for an empty one."""
    rows = IncomingEntry.objects.filter(_arrived(by, start, end, 0), state__in=_PRINTED)
    span = rows.aggregate(first=Min("arrival_number"), last=Max("arrival_number"))
    return None if span["first"] is None else (span["first"], span["last"])


def outgoing_span(by: Actor, start: date, end: date) -> tuple[int, int] | None:
    """First and last number between two days if one series numbered them all; None otherwise."""
    rows = OutgoingEntry.objects.filter(office=by.office_id, document__issued_on__range=(start, end))
    spans = rows.values_list("series").annotate(first=Min("number"), last=Max("number")).order_by()[:2]
    return (spans[0][1], spans[0][2]) if len(spans) == 1 else None


def _require_whole_books(by: Actor) -> None:
    by.require("print_books")
    if not by.system and ("o", by.office_id) not in {
        (one.owner_kind, one.owner_id) for one in by.open_reaches
    }:
        raise NotAllowed(
            "Chỉ người xem được toàn bộ văn bản của cơ quan in, xuất được sổ. Đề nghị văn thư in giúp."
        )


def _masked_for[E: (IncomingEntry, OutgoingEntry)](
    by: Actor, rows: Iterator[E], kind: str, mask: Callable[[E], E]
) -> Iterator[E]:
    for batch in batched(rows, 500):
        sights = participants.sights(by, kind, [row.pk for row in batch if row.restricted])
        for row in batch:
            sight = sights.get(row.pk)
            yield mask(row) if row.restricted and (sight is None or sight.masked) else row
