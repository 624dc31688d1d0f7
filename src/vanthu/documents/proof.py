"""The proof that every book is continuous: each number from the first to the last stands in it exactly once.

Books of practice are not proved: they end with their day.

Decree 30/2020/NĐ-CP, articles 15 and 22. A held or voided number is a line of the book like any other; letters
(12a) do not count. One statement reads the series and its lines, so it sees them at one moment.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection, transaction

from vanthu.documents import series as books
from vanthu.documents.models import Series
from vanthu.documents.series_models import BookProof
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now

_SHOWN = 12  # stretches of numbers named in a sentence

_LINES = """
    SELECT series_id, arrival_number AS number FROM documents_incomingentry WHERE series_id IS NOT NULL
    UNION ALL SELECT series_id, number FROM documents_outgoingentry WHERE letter = ''
    UNION ALL SELECT series_id, number FROM documents_heldnumber WHERE state <> 'used'
"""
_UNEVEN = f"""
WITH counted AS (
    SELECT series_id, count(*) AS lines, count(DISTINCT number) AS numbers, min(number) AS low, max(number) AS high
    FROM ({_LINES}) line WHERE %s::bigint[] IS NULL OR series_id = ANY (%s) GROUP BY series_id
)
SELECT s.id FROM documents_series s LEFT JOIN counted c ON c.series_id = s.id
JOIN organisations_office o ON o.id = s.office_id AND o.room_id IS NULL
WHERE (%s::bigint[] IS NULL OR s.id = ANY (%s)) AND (
    coalesce(c.numbers, 0) <> s.last - s.first + 1 OR c.lines <> c.numbers OR c.low < s.first OR c.high > s.last)
ORDER BY s.office_id, s.id
"""  # noqa: S608 - constant text
_NUMBERS = f"""
SELECT s.first, s.last, line.number, count(*) FROM documents_series s LEFT JOIN ({_LINES}) line ON line.series_id = s.id
WHERE s.id = %s GROUP BY s.first, s.last, line.number
"""  # noqa: S608 - constant text


@dataclass(frozen=True, slots=True)
class Problem:
    """A book that is not continuous, and what is wrong with it in words."""

    series_id: int
    office_id: int
    book: str
    what: str


def check(series_ids: Iterable[int] | None = None) -> list[Problem]:
    """The books (None = all) whose numbers have a gap, a double or a stray; empty when every one is continuous."""
    wanted = None if series_ids is None else list(series_ids)
    with connection.cursor() as cursor:
        cursor.execute(_UNEVEN, [wanted] * 4)
        uneven = [row[0] for row in cursor.fetchall()]
    rows = Series.objects.filter(pk__in=uneven).order_by("office_id", "pk")
    return [Problem(one.pk, one.office_id, books.title(one), what) for one in rows if (what := _what(one))]


def check_office(office_id: int | None = None) -> list[Problem]:
    """The same for the books of one office, or of all."""
    if office_id is None:
        return check()
    return check(Series.objects.filter(office_id=office_id).values_list("pk", flat=True))


def _what(series: Series) -> str:
    """What is wrong now; "" when a number was only on its way as the books were compared."""
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS, [series.pk])
        rows = cursor.fetchall()
    times = {number: count for _, _, number, count in rows if number is not None}
    due = range(rows[0][0], rows[0][1] + 1)
    wrong = (
        ("thiếu số", [number for number in due if number not in times]),
        ("số cấp hai lần:", sorted(number for number, count in times.items() if count > 1)),
        ("số ngoài dãy:", sorted(number for number in times if number not in due)),
    )
    return "; ".join(f"{words} {stretches(numbers)}" for words, numbers in wrong if numbers)


def stretches(numbers: Sequence[int]) -> str:
    """Sorted numbers as an office writes them: "12, 15-18"; of many the first."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    shown = [f"{low}" if low == high else f"{low}-{high}" for low, high in found[:_SHOWN]]
    return ", ".join(shown) + (" …" if len(found) > _SHOWN else "")


@transaction.atomic
def prove() -> BookProof:
    """Check every book and keep the result; what is new is written into the ledger of its office."""
    problems = [asdict(one) for one in check()]
    before = newest()
    known = before.problems if before else []
    made = BookProof.objects.create(
        at=now(), books=Series.objects.filter(office__room=None).count(), problems=problems
    )
    for one in problems:
        if one not in known:
            ledger.record(
                "documents.book_broken",
                Series.objects.get(pk=one["series_id"]),
                by=Actor.for_system(one["office_id"]),
                note=f"kiểm tra hằng đêm thấy {one['book']} không liên tục: {one['what']}",
            )
    return made


def newest() -> BookProof | None:
    """The last nightly proof. One query."""
    return BookProof.objects.order_by("-pk").first()


def problems_of(proof: BookProof | None, office_id: int) -> list[dict[str, Any]]:
    """What a proof found in the books of one office."""
    return [one for one in (proof.problems if proof else []) if one["office_id"] == office_id]
