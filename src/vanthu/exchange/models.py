"""One document to one receiver over one channel, with every status that came back."""

from django.db import models
from django.db.models import F, Q

from vanthu.exchange.axis_models import (  # noqa: F401 - its tables belong to the room
    Arrival,
    Connection,
    OwnAddress,
    ReceivedPacket,
    SentPacket,
)
from vanthu.exchange.axis_states import Transport
from vanthu.exchange.hub.models import (  # noqa: F401 - likewise
    HubBody,
    HubCall,
    HubCode,
    HubItem,
    HubMessage,
    HubPacket,
    HubSystem,
)
from vanthu.exchange.reconciliation_models import Reconciliation  # noqa: F401 - and this one
from vanthu.exchange.states import UNDER_WAY, DeliveryChannel, DeliveryState

UNSETTLED = Q(settled_at=None) | Q(settled_at__lt=F("changed_at"))
"""Nobody said that as it stands nothing is left to do, or something new is known since."""


class Delivery(models.Model):
    """The sending of an issued document to one recipient.

    Inside the installation `entry` is the receiver's incoming entry. Over a connection `agency` is the body, `packet`
    the last one that carried it there, `transport` where that packet is for this body and `doc_id` its name there.
    """

    item_kind = "delivery"

    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")
    outgoing = models.ForeignKey("documents.OutgoingEntry", models.PROTECT, related_name="+")
    from_office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    to_office = models.ForeignKey("organisations.Office", models.PROTECT, null=True, related_name="+")
    to_name = models.CharField(max_length=200)
    channel = models.CharField(
        max_length=8, choices=DeliveryChannel, default=DeliveryChannel.INTERNAL, db_default="internal"
    )
    agency = models.ForeignKey("organisations.Agency", models.PROTECT, null=True, related_name="+")
    to_code = models.CharField(max_length=60, blank=True, default="", db_default="")
    packet = models.ForeignKey("exchange.SentPacket", models.PROTECT, null=True, related_name="+")
    transport = models.CharField(max_length=10, choices=Transport, blank=True, default="", db_default="")
    doc_id = models.CharField(max_length=80, blank=True, default="", db_default="")
    state = models.CharField(max_length=12, choices=DeliveryState, default=DeliveryState.QUEUED)
    entry = models.OneToOneField("documents.IncomingEntry", models.PROTECT, null=True, related_name="+")
    arrival_number = models.IntegerField(null=True)
    reason = models.CharField(max_length=500, blank=True)  # why it was returned
    resends = models.SmallIntegerField(default=0, db_default=0)  # over the axis
    position = models.SmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True)  # when somebody said that as it stands nothing is left to do
    queued_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "to_office"],
                condition=Q(to_office__isnull=False),
                name="one_delivery_per_receiver",
            ),
            models.UniqueConstraint(
                fields=["document", "to_name"],
                condition=Q(to_office__isnull=True, agency__isnull=True),
                name="one_delivery_per_body_outside",
            ),
            models.UniqueConstraint(
                fields=["document", "agency"],
                condition=Q(agency__isnull=False),
                name="one_delivery_per_agency",
            ),
            models.CheckConstraint(
                condition=Q(channel="internal", to_office__isnull=False, agency__isnull=True)
                | Q(channel="axis", to_office__isnull=True, agency__isnull=False)
                | Q(channel="paper", to_office__isnull=True),
                name="channel_reaches_receiver",
            ),
            models.CheckConstraint(
                condition=Q(channel="paper") | ~Q(state=DeliveryState.OUTSIDE),
                name="outside_is_on_paper",
            ),
            models.CheckConstraint(
                condition=~Q(channel="internal")
                | Q(state__in=[DeliveryState.QUEUED, DeliveryState.STOPPED])
                | Q(entry__isnull=False),
                name="delivered_has_entry",
            ),
        ]
        indexes = [
            models.Index(fields=["outgoing", "state"], name="deliveries_by_state"),
            models.Index(
                fields=["from_office", "changed_at"],
                condition=Q(state__in=UNDER_WAY) & UNSETTLED,
                name="deliveries_open",
            ),
            models.Index(fields=["packet"], condition=Q(packet__isnull=False), name="deliveries_of_packet"),
            models.Index(
                fields=["queued_at"], condition=Q(state=DeliveryState.QUEUED), name="deliveries_waiting"
            ),
        ]


class Receipt(models.Model):
    """One status that came back for a delivery; never names who handles it at the receiver."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=DeliveryState)
    code = models.CharField(max_length=12, blank=True, default="", db_default="")  # as the axis brought it
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "code", "at"], condition=~Q(code=""), name="status_noted_once"
            )
        ]
        indexes = [models.Index(fields=["delivery", "at"], name="receipts_of_delivery")]


class SignatureCheck(models.Model):
    """What was found about the signatures of a document that goes out: once, given to every receiver."""

    document = models.OneToOneField("documents.Document", models.PROTECT, primary_key=True, related_name="+")
    report = models.JSONField()  # as `signing.report.Report.as_json` gives it
    checked_at = models.DateTimeField()
