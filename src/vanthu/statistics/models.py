"""What was counted in the night, so that a page reads a few rows however much the office keeps."""

from django.db import models
from django.db.models import F, Q


class Tally(models.Model):
    """How many documents, drafts or dossiers of one kind an office keeps of a year and unit, and how often used.

    `item_kind` is in, out, draft or dossier; `kind` a code of `documents.kinds`, empty for dossiers; `unit_id` 0 where
    none has it. Looks are those of the office's own people, up to `counted_at`.
    """

    office_id = models.BigIntegerField()
    year = models.SmallIntegerField()
    item_kind = models.CharField(max_length=8)
    kind = models.CharField(max_length=12, blank=True)
    unit_id = models.BigIntegerField()
    restricted = models.BooleanField()
    items = models.IntegerField()
    files = models.IntegerField()
    viewed = models.IntegerField()  # items that somebody viewed at least once
    views = models.IntegerField()
    downloads = models.IntegerField()
    prints = models.IntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office_id", "year", "item_kind", "kind", "unit_id", "restricted"],
                name="tallied_once",
            ),
            models.CheckConstraint(condition=Q(viewed__lte=F("items")), name="viewed_are_among_items"),
        ]


class SigningTally(models.Model):
    """Outgoing documents of an office that a person signed in a month at a level.

    `person_id` is 0 where no draft says who signed; then `signer` is the name in the book. `level` is B-B, B-T, B-LT,
    B-LTA, or `paper` for a signature in ink.
    """

    office_id = models.BigIntegerField()
    month_on = models.DateField()  # its first day
    person_id = models.BigIntegerField()
    signer = models.CharField(max_length=200, blank=True, db_default="")
    level = models.CharField(max_length=6)
    restricted = models.BooleanField()
    documents = models.IntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office_id", "month_on", "person_id", "signer", "level", "restricted"],
                name="signing_tallied_once",
            ),
        ]


class ExchangeTally(models.Model):
    """What an office sent (`way` out) or took in (in) over a channel in a year, by document and recipient.

    `within` counts what was received by how long it took: a number for each of
    `statistics.exchanged.EDGES`, and one for what took longer.
    """

    office_id = models.BigIntegerField()
    year = models.SmallIntegerField()
    way = models.CharField(max_length=3)
    channel = models.CharField(max_length=8)
    restricted = models.BooleanField()
    total = models.IntegerField()
    answered = models.IntegerField()
    refused = models.IntegerField()
    failed = models.IntegerField()
    within = models.JSONField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office_id", "year", "way", "channel", "restricted"], name="exchange_tallied_once"
            ),
        ]
