"""What the administrator of an office does with its webhooks. Every act is in the ledger, no secret ever is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction

from vanthu.kernel import ledger, moves, vault
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.idempotency import once
from vanthu.kernel.refusals import Conflict, Invalid
from vanthu.kernel.vietnamese import nfc
from vanthu.kernel.webhooks import addresses, keys, outbox, queries
from vanthu.kernel.webhooks.events import EVENTS, TEST
from vanthu.kernel.webhooks.models import SendState, Webhook, WebhookDelivery, WebhookState
from vanthu.kernel.webhooks.states import SENDS, WEBHOOKS

OVERLAP = timedelta(days=1)  # as long as a secret signs on after it was changed
MOST_SECRETS, MOST_HOOKS = 5, 20  # valid at a time; per office


@dataclass(frozen=True, slots=True)
class Slip:
    """A webhook and its fresh secret, which is shown this once."""

    hook: Webhook
    secret: str


def subscribe(url: str, events: Iterable[str], *, name: str, by: Actor, key: str = "") -> Slip:
    """Tell an address of events of the actor's office. `key` makes a second click give the first slip again.

    Raises `Invalid` (fields `name`, `url`, `events`), for an address inside the server's network too.
    """
    by.require("connect")
    fields = _checked(name, url, events)
    hook = once(
        key, "webhooks.subscribe", lambda: _subscribe(fields, by), lambda pk: queries.hook(pk, by), by=by
    )
    return Slip(hook, keys.newest(hook.secrets))


@transaction.atomic
def _subscribe(fields: Mapping[str, Any], by: Actor) -> Webhook:
    if Webhook.objects.filter(office_id=by.office).count() >= MOST_HOOKS:
        raise Conflict(f"Mỗi cơ quan có nhiều nhất {MOST_HOOKS} nơi nhận. Xóa nơi không dùng nữa rồi thêm.")
    hook = Webhook.objects.create(office_id=by.office, secrets=[_fresh(keys.make())], **fields)
    outbox.forget_offices()
    _record(
        "subscribed",
        hook,
        by,
        f"thêm nơi nhận sự kiện {hook.name}",
        {field: (None, value) for field, value in _shown(fields).items()},
    )
    return hook


def change(pk: int, *, name: str, url: str, events: Iterable[str], by: Actor) -> Webhook:
    """Change name, address or events. Raises `Invalid` like `subscribe`."""
    hook = queries.hook(pk, by)
    fields = _checked(name, url, events)
    before = _shown({field: getattr(hook, field) for field in fields})
    after = _shown(fields)
    if all(getattr(hook, field) == value for field, value in fields.items()):
        return hook
    with transaction.atomic():
        for field, value in (fields | {"failing_since_at": None, "wait_until_at": None}).items():
            setattr(hook, field, value)
        hook.save(update_fields=[*fields, "failing_since_at", "wait_until_at"])
        differs = {field: (before[field], after[field]) for field in fields if before[field] != after[field]}
        _record("changed", hook, by, f"sửa nơi nhận sự kiện {hook.name}", differs)
    return hook


@transaction.atomic
def pause(pk: int, *, by: Actor) -> Webhook:
    """Tell it nothing more. Acts from now on are not kept for it; what already waits is sent when it is resumed."""
    hook = _move("pause", pk, by)
    _record("paused", hook, by, f"tạm dừng báo sự kiện tới {hook.name}")
    return hook


@transaction.atomic
def resume(pk: int, *, by: Actor) -> Webhook:
    """Tell it again, beginning with what waits."""
    hook = _move("resume", pk, by, {"failing_since_at": None, "wait_until_at": None})
    WebhookDelivery.objects.filter(hook=hook, state=SendState.PENDING).update(next_at=now())
    _record("resumed", hook, by, f"bật lại việc báo sự kiện tới {hook.name}")
    return hook


@transaction.atomic
def remove(pk: int, *, by: Actor) -> None:
    """Delete a webhook with its deliveries, also those that wait."""
    hook = queries.hook(pk, by)
    _record("removed", hook, by, f"xóa nơi nhận sự kiện {hook.name}")
    hook.delete()
    outbox.forget_offices()


@transaction.atomic
def rotate_secret(pk: int, *, by: Actor) -> Slip:
    """A fresh secret; the one before signs beside it for a day, so that the receiver can change over."""
    hook = _held(pk, by)
    moment, secret = now(), keys.make()
    valid = hook.secrets_at(moment)
    if len(valid) >= MOST_SECRETS:
        raise Conflict("Khóa ký đã đổi nhiều lần trong một ngày. Dùng khóa mới nhất, hoặc chờ đến mai.")
    until = (moment + OVERLAP).isoformat()
    hook.secrets = [_fresh(secret), *({**one, "until": one["until"] or until} for one in valid)]
    hook.save(update_fields=["secrets"])
    _record("secret_rotated", hook, by, f"đổi khóa ký của nơi nhận {hook.name}")
    return Slip(hook, secret)


@transaction.atomic
def test(pk: int, *, by: Actor) -> WebhookDelivery:
    """Send an event of no meaning, once, to see whether the receiver answers. Raises `Conflict` while paused."""
    hook = _active(pk, by)
    row = WebhookDelivery.objects.create(
        hook=hook, event=TEST, at=now(), about_kind=Webhook.item_kind, about_id=hook.pk
    )
    _ready(hook)
    _record("tested", hook, by, f"gửi thử tới {hook.name}")
    return row


@transaction.atomic
def replay(pk: int, *, by: Actor) -> WebhookDelivery:
    """Send one event again, under its old id. Raises `Conflict` while it waits or the webhook is paused."""
    row = queries.delivery(pk, by)
    hook = _active(row.hook_id, by)
    moves.make(SENDS, "replay", row, by=by, also={"attempts": 0, "next_at": now()})
    _ready(hook)
    _record("replayed", hook, by, f"gửi lại 1 sự kiện tới {hook.name}", {"deliveries": (None, [row.pk])})
    return row


@transaction.atomic
def replay_failed(pk: int, *, by: Actor) -> int:
    """Send all failed events of a webhook again, but tests; returns how many. Raises `Conflict` while paused."""
    hook = _active(pk, by)
    failed = WebhookDelivery.objects.filter(hook=hook, state=SendState.FAILED).exclude(event=TEST)
    count = failed.update(state=SendState.PENDING, attempts=0, next_at=now())
    if count:
        _ready(hook)
        _record(
            "replayed", hook, by, f"gửi lại {count} sự kiện chưa đến {hook.name}", {"count": (None, count)}
        )
    return count


def _checked(name: str, url: str, events: Iterable[str]) -> dict[str, Any]:
    """The fields of a webhook; the address is resolved, so this stands outside any transaction."""
    wanted, name, url = set(events), nfc(name), url.strip()
    faults = {}
    if not 2 <= len(name) <= 80:
        faults["name"] = "Đặt tên từ 2 đến 80 ký tự, ví dụ: Phần mềm quản lý án."
    if not wanted or not wanted <= EVENTS.keys():
        faults["events"] = "Chọn ít nhất một sự kiện trong danh sách."
    try:
        addresses.find(url)
    except Invalid as refusal:
        faults |= refusal.fields
    if faults:
        raise Invalid(fields=faults)
    return {"name": name, "url": url, "events": [one for one in EVENTS if one in wanted]}


def _shown(fields: Mapping[str, Any]) -> dict[str, Any]:
    """As the ledger keeps them: the query of an address may carry a password of the receiver."""
    return {**fields, "url": fields["url"].partition("?")[0]}


def _fresh(secret: str) -> dict[str, str | None]:
    return {"secret": vault.encrypted(secret), "until": None}


def _held(pk: int, by: Actor) -> Webhook:
    """The webhook, locked until commit."""
    queries.hook(pk, by)
    return Webhook.objects.select_for_update(no_key=True).get(pk=pk)


def _active(pk: int, by: Actor) -> Webhook:
    hook = queries.hook(pk, by)
    if hook.state != WebhookState.ACTIVE:
        raise Conflict("Nơi nhận này đang dừng. Bật lại rồi gửi.", code="paused")
    return hook


def _ready(hook: Webhook) -> None:
    """Somebody asks for it to be sent now: do not leave the receiver alone any longer."""
    Webhook.objects.filter(pk=hook.pk).update(wait_until_at=None)


def _move(name: str, pk: int, by: Actor, also: Mapping[str, Any] | None = None) -> Webhook:
    hook = queries.hook(pk, by)
    moves.make(WEBHOOKS, name, hook, by=by, also=also)
    outbox.forget_offices()
    return hook


def _record(act: str, hook: Webhook, by: Actor, note: str, changes: Mapping[str, Any] | None = None) -> None:
    ledger.record(f"webhooks.{act}", hook, by=by, office_id=hook.office_id, changes=changes, note=note)
