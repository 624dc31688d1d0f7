"""Numbers of registers: gapless, unique per series and period. Which series it is, `series` knows."""

from typing import NamedTuple

from django.db import connection

from vanthu.documents import series as books
from vanthu.documents.models import Series
from vanthu.kernel.refusals import Conflict


class Taken(NamedTuple):
    """A number and the id of the series that gave it."""

    series_id: int
    number: int


_NEXT = """
UPDATE documents_series SET last = last + 1
WHERE office_id = %s AND direction = %s AND scope = %s AND period = %s AND closed_on IS NULL RETURNING id, last
"""


def take(office_id: int, direction: str, scope: str, period: str) -> Taken:
    """The next number of a series, which is opened when it is the first time; `Conflict` when it is closed.

    Call it last, just before the rows that carry the number: it locks the series until commit. A rolled-back
    transaction gives its number back, so the series has no gap.
    """
    place: dict[str, int | str] = {
        "office_id": office_id,
        "direction": direction,
        "scope": scope,
        "period": period,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, list(place.values()))
        row = cursor.fetchone()
        if row is None:
            Series.objects.bulk_create([Series(**place)], ignore_conflicts=True)
            cursor.execute(_NEXT, list(place.values()))
            row = cursor.fetchone()
    if row is None:
        refuse_closed(Series.objects.get(**place))
    return Taken(*row)


def refuse_closed(series: Series) -> None:
    """Raise `Conflict` for a closed book."""
    if series.closed_on is not None:
        raise Conflict(
            f"Đã đóng {books.title(series)} ngày {series.closed_on:%d/%m/%Y} nên không lấy số ở đó được nữa."
            " Đề nghị quản trị của cơ quan mở lại sổ nếu đóng nhầm.",
            code="book_closed",
        )


def next_number(office_id: int, direction: str, scope: str, period: str) -> int:
    """The number that the next registration would get, for the form to show; not reserved."""
    found = Series.objects.filter(office_id=office_id, direction=direction, scope=scope, period=period)
    return (found.values_list("last", flat=True).first() or 0) + 1
