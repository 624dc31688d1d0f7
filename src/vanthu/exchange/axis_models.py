"""Connections to the axis and to other hubs, our addresses there, and every packet that went out or came in."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Upper

from vanthu.exchange.axis_states import REPORTED, REQUESTS, ArrivalState, PacketState, SendState


class Kind(models.TextChoices):
    """How a connection speaks."""

    VXP = "vxp", "Trục liên thông văn bản quốc gia (REST, ký HMAC)"
    HEADER = "header", "Cổng liên thông địa phương (REST, khóa trong tiêu đề)"
    OAUTH = "oauth", "Cổng liên thông OAuth 2"
    FOLDER = "folder", "Thư mục trao đổi"
    HUB = "hub", "Trục của hệ thống này"


class Connection(models.Model):
    """A way out of the installation: the national axis, a provincial hub, a folder, or our own hub.

    `secret` is encrypted (`kernel.vault`). `listed_at` is how far its list of received packets was read,
    `agencies_at` when its list of bodies was last taken over, `agencies_version` the greatest version seen there.
    """

    item_kind = "connection"

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind)
    endpoint = models.CharField(max_length=300, blank=True)  # address of the service, or the folder
    system_id = models.CharField(max_length=60, blank=True)
    secret = models.TextField(blank=True)
    options = models.JSONField(default=dict)
    active = models.BooleanField(default=False)
    position = models.SmallIntegerField(default=0)  # the smallest is preferred where two reach a body
    poll_minutes = models.SmallIntegerField(default=5)
    packet_limit = models.BigIntegerField(default=50 * 1024 * 1024)  # bytes of attachments before base64
    listed_at = models.DateTimeField(null=True)
    polled_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=500, blank=True)  # why the last call failed
    agencies_at = models.DateTimeField(null=True)
    agencies_version = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="hub"), name="one_hub_of_our_own")
        ]


class OwnAddress(models.Model):
    """A code under which one of our offices sends and receives on a connection; `folded` is it in lower case."""

    item_kind = "address"

    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    connection = models.ForeignKey(Connection, models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)
    folded = models.CharField(max_length=60)
    active = models.BooleanField(default=True)
    preferred = models.BooleanField(default=True)  # sends under this one

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["connection", "folded"], name="one_office_per_address"),
            models.UniqueConstraint(
                fields=["office", "connection"],
                condition=Q(preferred=True, active=True),
                name="one_preferred_address",
            ),
        ]


class SentPacket(models.Model):
    """A packet of ours: one upload for all its receivers. `key` makes it once, however often it is asked for.

    `code` is the business of a document packet ("0" to "3") or the status that a status packet reports.
    The file is an attachment (`packet_out`, this id) once it is made; `document_id` is the `DocumentId` inside.
    """

    item_kind = "packet_out"

    key = models.CharField(max_length=150, unique=True)
    connection = models.ForeignKey(Connection, models.PROTECT, related_name="+")
    address = models.ForeignKey(OwnAddress, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=[("edoc", "Văn bản"), ("status", "Trạng thái")])
    code = models.CharField(max_length=2)
    outgoing = models.ForeignKey("documents.OutgoingEntry", models.PROTECT, null=True, related_name="+")
    arrival = models.ForeignKey("exchange.Arrival", models.PROTECT, null=True, related_name="+")
    document_id = models.CharField(max_length=300, blank=True)
    to_codes = models.JSONField(default=list)
    content = models.JSONField(default=dict)  # what a status says: reason, staff
    state = models.CharField(max_length=8, choices=SendState, default=SendState.WAITING)
    doc_id = models.CharField(max_length=80, blank=True)  # as the connection names it
    attempts = models.SmallIntegerField(default=0)
    asked = models.SmallIntegerField(default=0, db_default=0)  # how often the other side was asked about it
    begun_at = models.DateTimeField(null=True)  # when the upload that nobody knows the end of began
    next_at = models.DateTimeField(null=True)  # when it is tried again; once accepted, when it is asked about
    problem = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["connection", "doc_id"], name="sent_packets_by_doc_id"),
            models.Index(
                Lower("document_id"),
                condition=Q(kind="edoc"),
                name="sent_packets_by_document",
            ),
            models.Index(
                fields=["next_at"],
                condition=Q(state=SendState.ACCEPTED, next_at__isnull=False),
                name="sent_packets_asked_about",
            ),
            models.Index(
                fields=["arrival"], condition=Q(arrival__isnull=False), name="sent_packets_of_arrival"
            ),
            models.Index(fields=["outgoing"], name="sent_packets_of_outgoing"),
            models.Index(
                fields=["next_at"],
                condition=Q(state__in=[SendState.WAITING, SendState.SENDING, SendState.UNKNOWN]),
                name="sent_packets_under_way",
            ),
        ]

    @property
    def reports(self) -> str:
        """The status that it reports, in words."""
        return REPORTED.get(self.code, self.code) if self.kind == "status" else ""


class ReceivedPacket(models.Model):
    """A packet for us as a connection holds it, once per `doc_id`; raw bytes are an attachment (`packet_in`, this id).

    `told` is the transport status that the connection was last told ("" none); `code` as in `SentPacket`. `office` is
    in whose box it lies while a clerk must look at it; `said` what else the packet says of its sender.
    """

    item_kind = "packet_in"

    connection = models.ForeignKey(Connection, models.PROTECT, related_name="+")
    doc_id = models.CharField(max_length=80)
    kind = models.CharField(max_length=6, choices=[("edoc", "Văn bản"), ("status", "Trạng thái")])
    state = models.CharField(max_length=9, choices=PacketState, default=PacketState.LISTED)
    code = models.CharField(max_length=12, blank=True)
    office = models.ForeignKey("organisations.Office", models.PROTECT, null=True, related_name="+")
    to_code = models.CharField(
        max_length=60, blank=True, db_default=""
    )  # as the list of the connection has it
    from_code = models.CharField(max_length=60, blank=True)
    from_name = models.CharField(max_length=500, blank=True)
    to_codes = models.JSONField(default=list)
    document_id = models.CharField(max_length=300, blank=True)
    document_key = models.CharField(max_length=64, blank=True)  # hash of sender, symbol, date, DocumentId
    symbol = models.CharField(max_length=120, blank=True)
    issued_on = models.DateField(null=True)
    subject = models.CharField(max_length=1000, blank=True)
    said = models.JSONField(default=dict, db_default={})  # {staff, sent_at, repairs, type}
    problem = models.CharField(max_length=500, blank=True)
    settled_note = models.CharField(max_length=500, blank=True)
    told = models.CharField(max_length=10, blank=True)
    attempts = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    listed_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["connection", "doc_id"], name="received_once_per_doc_id"),
            models.CheckConstraint(
                condition=~Q(state="trouble") | ~Q(problem=""), name="troubled_packet_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["document_key"], name="received_by_document"),
            models.Index(Upper("document_id"), name="received_by_document_id"),
            models.Index(fields=["state", "-listed_at"], name="received_by_state"),
            models.Index(
                fields=["office", "-listed_at"],
                condition=Q(state__in=[PacketState.TROUBLE, PacketState.UNMATCHED]),
                name="received_in_box",
            ),
            models.Index(
                fields=["next_at"],
                condition=Q(next_at__isnull=False),
                name="received_under_way",
            ),
        ]


class Arrival(models.Model):
    """What a document packet means for one of our offices: a new entry, or a change of one that it has.

    `code` is the business ("0" new, "1" recall, "2" update, "3" replacement), "13" a request to have it back.
    """

    item_kind = "arrival"

    packet = models.ForeignKey(ReceivedPacket, models.PROTECT, related_name="+")
    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    address = models.ForeignKey(OwnAddress, models.PROTECT, related_name="+")
    agency = models.ForeignKey("organisations.Agency", models.PROTECT, null=True, related_name="+")
    entry = models.ForeignKey("documents.IncomingEntry", models.PROTECT, null=True, related_name="+")
    code = models.CharField(max_length=2)
    state = models.CharField(max_length=9, choices=ArrivalState, default=ArrivalState.APPLIED)
    reason = models.CharField(max_length=500, blank=True)  # the sender's
    answer = models.CharField(max_length=500, blank=True, db_default="")  # why we disagreed
    left_out = models.TextField(blank=True, db_default="")  # files that may not be kept, a sentence each
    reported = models.CharField(max_length=2, blank=True)  # the last status that was sent back
    at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["packet", "office"], name="arrival_once_per_office")]
        indexes = [
            models.Index(fields=["entry"], name="arrivals_of_entry"),
            models.Index(fields=["office", "-at"], condition=Q(state="asks"), name="arrivals_that_ask"),
        ]

    @property
    def word(self) -> str:
        """What the sender asks for, "" for a new document."""
        return REQUESTS.get(self.code, "")
