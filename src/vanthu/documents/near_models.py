"""What two registrations of one text have in common."""

from __future__ import annotations

from typing import Any

from django.db import models


class Numbers(models.Field):  # type: ignore[type-arg]  # not subscriptable at run time
    """A list of numbers of 64 bits; a GIN index finds the rows that share one (`overlap`)."""

    def db_type(self, connection: Any) -> str:
        return "bigint[]"


@Numbers.register_lookup
class Overlap(models.Lookup):
    """Rows that have one of these numbers."""

    lookup_name = "overlap"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, params = self.process_lhs(compiler, connection)
        return f"{left} && %s::bigint[]", (*params, list(self.rhs))


class TextPrint(models.Model):
    """The print of the text of an entry's files (`documents.near_prints`); one row per entry, none for a short text.

    Bands carry the office in their hash: a lookup reads the few entries of one office, however many there are in all.
    """

    entry = models.OneToOneField(
        "documents.IncomingEntry", models.CASCADE, primary_key=True, related_name="+"
    )
    parts = Numbers()
    bands = Numbers()  # the index is in the migration
