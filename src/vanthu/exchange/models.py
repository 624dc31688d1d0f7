"""One document to one receiver over one channel, with every status that came back."""

from django.db import models
from django.db.models import Q

from vanthu.exchange.states import DeliveryState


class Delivery(models.Model):
    """The sending of an issued document to one recipient; `entry` is the receiver's incoming entry."""

    item_kind = "delivery"

    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")
    outgoing = models.ForeignKey("documents.OutgoingEntry", models.PROTECT, related_name="+")
    from_office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    to_office = models.ForeignKey("organisations.Office", models.PROTECT, null=True, related_name="+")
    to_name = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=DeliveryState, default=DeliveryState.QUEUED)
    entry = models.OneToOneField("documents.IncomingEntry", models.PROTECT, null=True, related_name="+")
    arrival_number = models.IntegerField(null=True)
    reason = models.CharField(max_length=500, blank=True)  # why it was returned
    position = models.SmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "to_office"],
                condition=Q(to_office__isnull=False),
                name="one_delivery_per_receiver",
            )
        ]
        indexes = [models.Index(fields=["outgoing", "position"], name="deliveries_of_entry")]


class Receipt(models.Model):
    """One status that came back for a delivery."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=DeliveryState)
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["delivery", "at"], name="receipts_of_delivery")]
