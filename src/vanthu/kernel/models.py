"""Tables that every room shares: the ledger, participants and their counters, idempotency marks, files, webhooks."""

from django.db import models

from vanthu.kernel.access import AccessLog
from vanthu.kernel.files.models import Attachment, StoredFile, Upload
from vanthu.kernel.freezing import Freeze, Frozen
from vanthu.kernel.holidays import SpecialDay
from vanthu.kernel.webhooks.models import Webhook, WebhookDelivery

__all__ = [
    "AccessLog",
    "Attachment",
    "Counter",
    "Freeze",
    "Frozen",
    "Idempotency",
    "LedgerEntry",
    "LedgerHead",
    "LedgerValues",
    "Participant",
    "SpecialDay",
    "StoredFile",
    "Upload",
    "Webhook",
    "WebhookDelivery",
]


class LedgerHead(models.Model):
    """The end of one office's chain; kept by the trigger."""

    office_id = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField()
    hash = models.BinaryField()


class LedgerEntry(models.Model):
    """One act: ids, field names and hashes only; `seq` and `hash` are set by the trigger."""

    office_id = models.BigIntegerField()
    seq = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=64)
    item_kind = models.CharField(max_length=48)
    item_id = models.BigIntegerField()
    fields = models.JSONField(default=list)
    values_hash = models.BinaryField()
    hash = models.BinaryField(default=b"")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office_id", "seq"], name="one_row_per_place_in_chain")
        ]
        indexes = [models.Index(fields=["item_kind", "item_id", "id"], name="ledger_of_item")]


class LedgerValues(models.Model):
    """Name, sentence and values of one act; removable by a lawful deletion, checked by `values_hash`."""

    entry = models.OneToOneField(
        LedgerEntry, on_delete=models.PROTECT, primary_key=True, related_name="written"
    )
    values = models.JSONField()


class Participant(models.Model):
    """Who may see an item and why, and the owner's own state of it; lists and badges read only this row.

    `item_kind`: in, out, draft, dossier. `owner_kind`: o office, u unit, p person, a archive.
    """

    item_kind = models.CharField(max_length=8)
    item_id = models.BigIntegerField()
    office_id = models.BigIntegerField()
    owner_kind = models.CharField(max_length=1)
    owner_id = models.BigIntegerField()
    role = models.CharField(max_length=12)
    state = models.CharField(max_length=16)
    pending = models.BooleanField(default=False)
    restricted = models.BooleanField(default=False)
    urgency = models.SmallIntegerField(default=0)
    due_on = models.DateField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item_kind", "item_id", "owner_kind", "owner_id"], name="one_row_per_item_and_owner"
            )
        ]
        indexes = [
            models.Index(
                "owner_kind",
                "owner_id",
                "item_kind",
                "state",
                models.F("at").desc(),
                models.F("item_id").desc(),
                name="participant_by_state",
            ),
            models.Index(
                "owner_kind",
                "owner_id",
                "item_kind",
                models.F("at").desc(),
                models.F("item_id").desc(),
                name="participant_newest",
            ),
            models.Index(
                fields=["owner_kind", "owner_id", "item_kind", "due_on"],
                condition=models.Q(pending=True, due_on__isnull=False),
                name="participant_due",
            ),
        ]


class Counter(models.Model):
    """How many rows an owner has per office and state: many small additions, summed when read, folded by a job."""

    office_id = models.BigIntegerField()
    owner_kind = models.CharField(max_length=1)
    owner_id = models.BigIntegerField()
    item_kind = models.CharField(max_length=8)
    state = models.CharField(max_length=16)
    restricted = models.BooleanField(default=False)
    n = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["owner_kind", "owner_id", "item_kind"], name="counter_of_owner")]


class Idempotency(models.Model):
    """A key that a form or program sent with a write, and the result it got."""

    account_id = models.BigIntegerField()
    key = models.CharField(max_length=64)
    verb = models.CharField(max_length=48)
    result_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account_id", "key"], name="one_result_per_key")]


class KeptForm(models.Model):
    """What somebody was typing into a form when they stopped, under the name of the form; until it is sent or old."""

    account_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    values = models.JSONField()  # [[name, value]]
    kept_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account_id", "name"], name="one_kept_form_per_name")]
        indexes = [models.Index(fields=["kept_at"], name="kept_forms_by_age")]
