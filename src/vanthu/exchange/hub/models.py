"""Systems registered at our hub, the bodies that they speak for, packets with a queue item per receiver, calls."""

from django.db import models
from django.db.models import Q

from vanthu.exchange.axis_states import Transport
from vanthu.exchange.hub.states import WAITING

_KINDS = [("edoc", "Văn bản"), ("status", "Trạng thái")]
CALLS = {
    "sendEdoc": "Gửi gói tin",
    "getReceivedEdocList": "Hỏi gói tin đang chờ",
    "getSentEdocList": "Hỏi gói tin đã gửi",
    "getEdoc": "Tải gói tin",
    "downloadEdoc": "Tải gói tin",
    "updateStatus": "Báo đã lấy gói tin",
    "countReceiveEdoc": "Đếm văn bản đang chờ",
    "countReceiveStatus": "Đếm trạng thái đang chờ",
    "getAgenciesList": "Lấy danh sách nơi nhận",
    "getAgenciesListQD20": "Lấy danh sách nơi nhận",
    "getSynchronizeUnit": "Đồng bộ danh sách nơi nhận",
    "registerAgency": "Đăng ký đơn vị",
    "deleteAgency": "Bỏ đơn vị",
}


class HubSystem(models.Model):
    """A system of other bodies that calls our hub by the interface of the axis.

    `office` answers for it; `secret` is encrypted (`kernel.vault`). Limits are per day of Hà Nội and per minute.
    """

    item_kind = "hub_system"

    system_id = models.CharField(max_length=60, unique=True)
    secret = models.TextField()
    name = models.CharField(max_length=120)
    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    active = models.BooleanField(default=True)
    packets_per_day = models.PositiveIntegerField(default=2000)
    megabytes_per_day = models.PositiveIntegerField(default=5000)
    calls_per_minute = models.PositiveIntegerField(default=300)
    called_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()


class HubBody(models.Model):
    """A body that a system speaks for, as the hub's list of bodies shows it; `registered` by a call of the system."""

    system = models.ForeignKey(HubSystem, models.PROTECT, related_name="+")
    name = models.CharField(max_length=500)
    parent_code = models.CharField(max_length=60, blank=True)
    email = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    fax = models.CharField(max_length=40, blank=True)
    registered = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    changed_at = models.DateTimeField()


class HubCode(models.Model):
    """One code of a body; `current` is the newest form. `folded` is it in lower case."""

    body = models.ForeignKey(HubBody, models.CASCADE, related_name="codes")
    code = models.CharField(max_length=60)
    folded = models.CharField(max_length=60)
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["folded"], name="one_hub_body_per_code"),
            models.UniqueConstraint(
                fields=["body"], condition=Q(current=True), name="one_current_code_per_hub_body"
            ),
        ]


class HubPacket(models.Model):
    """A packet as it came, once for all its receivers; its bytes are an attachment (`hub_packet`, this id).

    `system` is who sent it, None this installation itself. `key` names sender, bytes and receivers, so that the same
    packet again within a day is this one. `doc_id` is the sender's name for it, 24 hexadecimal digits. `erased_at` is
    when its bytes went, long after the last receiver answered.
    """

    item_kind = "hub_packet"

    system = models.ForeignKey(HubSystem, models.PROTECT, null=True, related_name="+")
    doc_id = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=6, choices=_KINDS)
    key = models.CharField(max_length=64)
    size = models.BigIntegerField()
    from_code = models.CharField(max_length=60)
    document_id = models.CharField(max_length=300, blank=True)
    symbol = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["key", "sent_at"], name="hub_packets_by_key"),
            models.Index(fields=["system", "sent_at"], name="hub_packets_of_sender"),
            models.Index(fields=["sent_at"], condition=Q(erased_at=None), name="hub_packets_with_bytes"),
        ]


class HubItem(models.Model):
    """A packet in the queue of one receiver; `system` None: for an office of this installation.

    `doc_id` is the receiver's name for it; `note` what the receiver said with its last status.
    """

    item_kind = "hub_item"

    packet = models.ForeignKey(HubPacket, models.PROTECT, related_name="items")
    system = models.ForeignKey(HubSystem, models.PROTECT, null=True, related_name="+")
    doc_id = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=6, choices=_KINDS)
    to_code = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=Transport, default=Transport.INITIAL)
    note = models.CharField(max_length=500, blank=True)
    queued_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["packet", "to_code"], name="one_hub_item_per_receiver"),
        ]
        indexes = [
            models.Index(
                fields=["system", "kind", "queued_at"],
                condition=Q(state__in=WAITING),
                name="hub_items_waiting",
            ),
            models.Index(fields=["system", "-id"], name="hub_items_of_system"),
        ]


class HubCall(models.Model):
    """A call at the hub: who (`claimed` as it was said, `system` when it proved it), what, with which answer."""

    system = models.ForeignKey(HubSystem, models.PROTECT, null=True, related_name="+")
    claimed = models.CharField(max_length=60, blank=True)
    call = models.CharField(max_length=32)
    answer = models.CharField(max_length=8)  # the code of the answer, "0" when it was done
    note = models.CharField(max_length=500, blank=True)
    address = models.CharField(max_length=64, blank=True)
    taken = models.BigIntegerField(default=0)  # bytes of the request's body
    given = models.BigIntegerField(default=0)  # bytes of the answer
    milliseconds = models.IntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["system", "-id"], name="hub_calls_of_system"),
            models.Index(fields=["at"], name="hub_calls_by_age"),
        ]

    @property
    def label(self) -> str:
        """The call in words."""
        return CALLS.get(self.call, self.call)


class HubMessage(models.Model):
    """A signed message that was acted on, so that nobody sends it again; kept as long as its time would be taken."""

    digest = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="hub_messages_by_age")]
