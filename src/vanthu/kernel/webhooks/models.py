"""What an office subscribed to, and the outbox: one row per webhook and act."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from vanthu.kernel.webhooks.events import EVENTS, RESOURCES, TEST


class WebhookState(models.TextChoices):
    """Whether acts are told; `stopped` is what failures for days lead to."""

    ACTIVE = "active", "Đang báo"
    PAUSED = "paused", "Tạm dừng"
    STOPPED = "stopped", "Dừng vì lỗi"


class SendState(models.TextChoices):
    """How far one delivery has come."""

    PENDING = "pending", "Chờ gửi"
    DELIVERED = "delivered", "Đã nhận"
    FAILED = "failed", "Không gửi được"


class Webhook(models.Model):
    """An address that is told of the acts of one office.

    `secrets` is [{"secret": encrypted, "until": ISO time or None}], the valid one first. `failing_since_at` is the
    first failure after the last success; until `wait_until_at` a receiver that was not reached is left alone.
    """

    item_kind: ClassVar[str] = "webhook"

    office_id = models.BigIntegerField()
    name = models.CharField(max_length=80)
    url = models.CharField(max_length=500)
    events = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=WebhookState, default=WebhookState.ACTIVE)
    secrets = models.JSONField(default=list)
    failing_since_at = models.DateTimeField(null=True)
    wait_until_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "kernel"
        indexes = [models.Index(fields=["office_id", "state"], name="webhook_of_office")]

    def secrets_at(self, moment: datetime) -> list[dict[str, str | None]]:
        """The secrets that sign at a moment, the newest first: one, and for a day after a change those before it."""
        return [
            one
            for one in self.secrets
            if one["until"] is None or datetime.fromisoformat(one["until"]) > moment
        ]

    @property
    def shown_url(self) -> str:
        """The address without its query, which may carry a password of the receiver."""
        return self.url.partition("?")[0]

    @property
    def event_labels(self) -> list[str]:
        """What it is told of, in words."""
        return [EVENTS[name].label for name in self.events if name in EVENTS]


class WebhookDelivery(models.Model):
    """One event on its way to one webhook. `message_id` stays the same however often it is sent.

    `entry_id` is the act in the ledger (None: sent to try it out). `attempts` counts since the event was written or
    replayed; `tries` is [{"at": ISO, "status": int or None, "ms": int, "problem": str, "answer": str}], newest last.
    """

    item_kind: ClassVar[str] = "webhook_delivery"

    hook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    message_id = models.UUIDField(default=uuid.uuid4, editable=False)
    entry_id = models.BigIntegerField(null=True)
    event = models.CharField(max_length=40)
    at = models.DateTimeField()
    about_kind = models.CharField(max_length=48)
    about_id = models.BigIntegerField()
    state = models.CharField(max_length=9, choices=SendState, default=SendState.PENDING)
    attempts = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    tries = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "kernel"
        constraints = [
            models.UniqueConstraint(fields=["hook", "entry_id"], name="one_delivery_per_hook_and_act")
        ]
        indexes = [
            models.Index(fields=["hook", "-id"], name="webhook_deliveries"),
            models.Index(fields=["hook", "state", "-id"], name="webhook_deliveries_by_state"),
            models.Index(fields=["next_at"], condition=Q(state="pending"), name="webhook_due"),
            models.Index(fields=["made_at"], name="webhook_delivery_age"),
        ]

    @property
    def last(self) -> dict[str, Any]:
        """The newest try; empty before the first."""
        return dict(self.tries[-1]) if self.tries else {}

    @property
    def newest_first(self) -> list[dict[str, Any]]:
        """The tries with their moments, the newest first."""
        return [{**one, "at": datetime.fromisoformat(one["at"])} for one in reversed(self.tries)]

    @property
    def tried_at(self) -> datetime | None:
        return datetime.fromisoformat(self.tries[-1]["at"]) if self.tries else None

    @property
    def about(self) -> str:
        """The item in words, by its number only."""
        return f"{RESOURCES[self.about_kind].label} #{self.about_id}"

    @property
    def is_test(self) -> bool:
        return self.event == TEST

    @property
    def event_label(self) -> str:
        """The event in words."""
        return "Gửi thử" if self.is_test else EVENTS[self.event].label
