"""What search reads. Rows are copies: lost ones are rebuilt from the rooms that own the items."""

from typing import Any

from django.db import models


class Lexemes(models.Field):  # type: ignore[type-arg] # Django cannot be subscripted at run time
    """A tsvector without positions; written and asked in SQL only."""

    def db_type(self, connection: Any) -> str:
        return "tsvector"


class SearchRow(models.Model):
    """One item as it is found: what is shown of it and its lexemes (`tokens`). Partitioned by year of `at`.

    One row per item and not per document, because restriction, arrival number and owners belong to the entry.
    `at` is when its document entered the system, the same for the sender's and every receiver's entry,
    so that titles and bodies are read newest first side by side. `source_*` names whose body text it has; `more` is
    what else was typed of it (receivers, remark, deadline), shown only where it answers.
    """

    pk = models.CompositePrimaryKey("item_kind", "item_id", "at")
    item_kind = models.CharField(max_length=8)
    item_id = models.BigIntegerField()
    at = models.DateTimeField()
    source_kind = models.CharField(max_length=8)
    source_id = models.BigIntegerField()
    office_id = models.BigIntegerField()
    kind = models.CharField(max_length=12)
    symbol = models.CharField(max_length=100)
    title = models.TextField()
    issuer = models.CharField(max_length=200)
    signer = models.CharField(max_length=160)
    issued_on = models.DateField(null=True)
    arrival_number = models.IntegerField(null=True)
    more = models.TextField(db_default="")
    tokens = Lexemes()


class SearchBody(models.Model):
    """The text of the files of one document or draft. Partitioned by year of `at`, which is that of its rows.

    Its lexemes hold those of its rows as well, so that a question may be answered half by the title, and one may
    ask for the bodies of a unit or a person alone.
    """

    pk = models.CompositePrimaryKey("source_kind", "source_id", "at")
    source_kind = models.CharField(max_length=8)
    source_id = models.BigIntegerField()
    at = models.DateTimeField()
    text = models.TextField()
    tokens = Lexemes()


class WordFrequency(models.Model):
    """How many rows and bodies a day carry a lexeme, in the newest sample; the lexeme "" stands for all."""

    lexeme = models.CharField(max_length=200, primary_key=True)
    rows_a_day = models.FloatField()
    bodies_a_day = models.FloatField()


class SavedSearch(models.Model):
    """A search that a person keeps: `query` is the query string of the page."""

    account_id = models.BigIntegerField()
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account_id", "name"], name="one_saved_search_per_name")
        ]


class ShownFields(models.Model):
    """What a person wants to see of each hit beside its title, in this order."""

    account_id = models.BigIntegerField(primary_key=True)
    fields = models.JSONField()
