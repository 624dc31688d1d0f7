"""How often lexemes occur: it decides how runs of words are cut and how far back a search looks at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction

from vanthu.search.models import WordFrequency

NEWEST_ROWS, NEWEST_BODIES = 100_000, 20_000  # the samples
UNSEEN = 0.3  # times in a sample: what a lexeme that is not in it counts for
OTHER_WORDS = 1.5
ALL = ""


@dataclass(frozen=True, slots=True)
class Frequencies:
    """Occurrences a day of the lexemes asked for, in rows and in bodies."""

    rows: dict[str, float] = field(default_factory=dict)
    bodies: dict[str, float] = field(default_factory=dict)

    def cohesion(self, pair: str, one: str, other: str) -> float:
        """How much of the rarer of two neighbours stands beside the other: 0 (never seen) to 1.

        A pair far more frequent than one of its words with these marks is a pair of other words: 0.
        """
        together, least = self._all(pair), min(self._all(one), self._all(other))
        if together > OTHER_WORDS * least:
            return 0.0
        return together / max(least, together) if together else 0.0

    def _all(self, lexeme: str) -> float:
        return self.rows.get(lexeme, 0.0) + self.bodies.get(lexeme, 0.0)


def of(lexemes: Iterable[str]) -> Frequencies:
    """The frequencies of these lexemes and of "" (all); one query."""
    found = WordFrequency.objects.filter(lexeme__in=[ALL, *lexemes])
    rows, bodies = {}, {}
    for lexeme, rows_a_day, bodies_a_day in found.values_list("lexeme", "rows_a_day", "bodies_a_day"):
        rows[lexeme], bodies[lexeme] = rows_a_day, bodies_a_day
    return Frequencies(rows, bodies)


@dataclass(frozen=True, slots=True)
class _Sample:
    count: int
    days: float
    query: str


_NEWEST = "SELECT min(at), max(at), count(*) FROM (SELECT at FROM {} ORDER BY at DESC LIMIT %s) newest"
_FILL = """
INSERT INTO search_wordfrequency (lexeme, rows_a_day, bodies_a_day)
SELECT coalesce(r.word, b.word), coalesce(r.ndoc, 0) / %s, coalesce(b.ndoc, 0) / %s
FROM ts_stat(%s) r FULL JOIN ts_stat(%s) b ON b.word = r.word
WHERE coalesce(r.ndoc, 0) >= %s OR coalesce(b.ndoc, 0) >= %s
"""


@transaction.atomic
def refresh() -> None:
    """Count the newest rows and bodies again (seconds to a minute); lexemes once in 20,000 are left out."""
    rows, bodies = _sample("search_searchrow", NEWEST_ROWS), _sample("search_searchbody", NEWEST_BODIES)
    WordFrequency.objects.all().delete()
    WordFrequency.objects.create(
        lexeme=ALL, rows_a_day=rows.count / rows.days, bodies_a_day=bodies.count / bodies.days
    )
    with connection.cursor() as cursor:
        least = [1 + sample.count // 20_000 for sample in (rows, bodies)]
        cursor.execute(_FILL, [rows.days, bodies.days, rows.query, bodies.query, *least])


def _sample(table: str, most: int) -> _Sample:
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST.format(table), [most])
        oldest, newest, count = cursor.fetchone()
    if not count:
        return _Sample(0, 1.0, f"SELECT tokens FROM {table} WHERE false")  # noqa: S608 - names of this module
    days = max(1.0, (newest - oldest).total_seconds() / 86_400)
    return _Sample(count, days, f"SELECT tokens FROM {table} WHERE at >= {_literal(oldest)}")  # noqa: S608


def _literal(moment: datetime) -> str:
    return f"'{moment.isoformat()}'::timestamptz"
