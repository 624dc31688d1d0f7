"""How often lexemes occur: it decides how runs of words are cut and how far back a search looks at once."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from django.db import connection, transaction

from vanthu.search.models import SearchRow, WordFrequency
from vanthu.search.tokens import as_typed

NEWEST_ROWS, NEWEST_BODIES = 100_000, 20_000  # the samples
UNSEEN = 0.3  # times in a sample: what a lexeme that is not in it counts for
USUAL = 0.8  # of a pair without marks: it nearly always has these
ALL = ""


@dataclass(frozen=True, slots=True)
class Frequencies:
    """Occurrences a day of the lexemes asked for, in rows and in bodies."""

    rows: dict[str, float] = field(default_factory=dict)
    bodies: dict[str, float] = field(default_factory=dict)

    def cohesion(self, pair: str, one: str, other: str) -> float:
        """How much of the rarer of two neighbours stands beside the other: 0 (never seen) to 1.

        Pairs of words with marks are counted in titles only, so their words are.
        """
        of = self.rows if "=" in pair else self.everywhere
        together = of.get(pair, 0.0)
        return together / max(min(of.get(one, 0.0), of.get(other, 0.0)), together) if together else 0.0

    def usual(self, pair: str, plain: str) -> bool:
        """Whether a pair without its marks nearly always is this one."""
        return self.rows.get(pair, 0.0) >= USUAL * self.rows.get(plain, math.inf)

    @property
    def everywhere(self) -> dict[str, float]:
        """In rows and bodies together."""
        return {word: self.rows[word] + self.bodies[word] for word in self.rows}


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
    oldest: datetime | None = None


_NEWEST = "SELECT min(at), max(at), count(*) FROM (SELECT at FROM {} ORDER BY at DESC LIMIT %s) newest"
_FILL = """
INSERT INTO search_wordfrequency (lexeme, rows_a_day, bodies_a_day)
SELECT coalesce(r.word, b.word), coalesce(r.ndoc, 0) / %s, coalesce(b.ndoc, 0) / %s
FROM ts_stat(%s) r FULL JOIN ts_stat(%s) b ON b.word = r.word
WHERE coalesce(r.ndoc, 0) >= %s OR coalesce(b.ndoc, 0) >= %s
"""


@transaction.atomic
def refresh() -> None:
    """Count the newest rows and bodies again (seconds to a minute); lexemes once in 20,000 are left out.

    Pairs with marks are no lexemes, there would be too many: they are counted in the titles.
    """
    rows, bodies = _sample("search_searchrow", NEWEST_ROWS), _sample("search_searchbody", NEWEST_BODIES)
    WordFrequency.objects.all().delete()
    WordFrequency.objects.create(
        lexeme=ALL, rows_a_day=rows.count / rows.days, bodies_a_day=bodies.count / bodies.days
    )
    with connection.cursor() as cursor:
        least = [1 + sample.count // 20_000 for sample in (rows, bodies)]
        cursor.execute(_FILL, [rows.days, bodies.days, rows.query, bodies.query, *least])
    counted = Counter(pair for title in _titles(rows) for pair in {*map("_".join, pairwise(as_typed(title)))})
    WordFrequency.objects.bulk_create(
        [
            WordFrequency(lexeme=pair, rows_a_day=number / rows.days, bodies_a_day=0)
            for pair, number in counted.items()
            if "=" in pair and number >= least[0]
        ],
        batch_size=5_000,
    )


def _titles(sample: _Sample) -> Iterator[str]:
    newest = SearchRow.objects.filter(at__gte=sample.oldest) if sample.oldest else SearchRow.objects.none()
    return newest.values_list("title", flat=True).iterator(chunk_size=5_000)


def _sample(table: str, most: int) -> _Sample:
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST.format(table), [most])
        oldest, newest, count = cursor.fetchone()
    if not count:
        return _Sample(0, 1.0, f"SELECT tokens FROM {table} WHERE false")  # noqa: S608 - names of this module
    days = max(1.0, (newest - oldest).total_seconds() / 86_400)
    return _Sample(count, days, f"SELECT tokens FROM {table} WHERE at >= {_literal(oldest)}", oldest)  # noqa: S608


def _literal(moment: datetime) -> str:
    return f"'{moment.isoformat()}'::timestamptz"
