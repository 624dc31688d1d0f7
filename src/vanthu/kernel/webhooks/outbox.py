"""The outbox: rows written with the act, sent afterwards, tried again with growing pauses, dropped when old."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.cache import caches
from django.db import transaction
from django.db.models import Q, QuerySet

from vanthu.kernel import ledger, moves, vault
from vanthu.kernel.actor import SYSTEM, Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.ledger import Event
from vanthu.kernel.refusals import Unavailable
from vanthu.kernel.webhooks import keys, sending
from vanthu.kernel.webhooks.events import RESOURCES, names_of
from vanthu.kernel.webhooks.models import SendState, Webhook, WebhookDelivery, WebhookState
from vanthu.kernel.webhooks.sending import Outcome
from vanthu.kernel.webhooks.states import SENDS, WEBHOOKS

# After the first, second … failure; after the last one the delivery has failed.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 6 * 60, 24 * 60))
PATIENCE = timedelta(days=3)  # a webhook that only fails for so long is stopped
KEPT = timedelta(days=30)  # deliveries
ROUND = 50  # deliveries of one webhook in a row
FAILURES = 3  # after so many in one round the others wait for the next
SHORTEST, LONGEST = (
    timedelta(minutes=1),
    timedelta(minutes=30),
)  # a receiver that is not reached is left alone
TRIES = 20  # kept of one delivery
_CACHE, _KEY, _FRESH_SECONDS = "actors", "webhooks:offices", 10

_office_code: list[Callable[[int], str]] = []


def name_offices(code_of: Callable[[int], str]) -> None:
    """Call offices by what this function gives; the last one given counts."""
    _office_code[:] = [code_of]


def write(event: Event) -> list[int]:
    """Note an act for each webhook that is told of it, in the act's transaction; returns those that can be told now.

    Costs no query in an office without webhooks: which offices have some is known for ten seconds per process.
    """
    if event.office_id not in _offices():
        return []
    names = names_of(event.verb)
    rows, ready = [], []
    moment = now()
    for hook in Webhook.objects.filter(office_id=event.office_id, state=WebhookState.ACTIVE).order_by("id"):
        name = next((one for one in names if one in hook.events), "")
        if name:
            rows.append(_row(hook, name, event, moment))
            if hook.wait_until_at is None or hook.wait_until_at <= moment:
                ready.append(hook.pk)
    WebhookDelivery.objects.bulk_create(rows, ignore_conflicts=True)
    return ready


def forget_offices() -> None:
    """Which offices have webhooks changed: ask again, in this process now and once more after the commit."""
    caches[_CACHE].delete(_KEY)
    transaction.on_commit(lambda: caches[_CACHE].delete(_KEY))


def _offices() -> frozenset[int]:
    known: frozenset[int] | None = caches[_CACHE].get(_KEY)
    if known is None:
        rows = Webhook.objects.filter(state=WebhookState.ACTIVE).values_list("office_id", flat=True)
        known = frozenset(rows.distinct())
        caches[_CACHE].set(_KEY, known, _FRESH_SECONDS)
    return known


def _row(hook: Webhook, name: str, event: Event, moment: datetime) -> WebhookDelivery:
    return WebhookDelivery(
        hook=hook,
        entry_id=event.entry_id,
        event=name,
        at=event.at,
        about_kind=event.item_kind,
        about_id=event.item_id,
        next_at=moment,
        made_at=moment,
    )


def due(moment: datetime) -> list[int]:
    """Webhooks with deliveries whose time has come. One query."""
    rows = WebhookDelivery.objects.filter(
        Q(hook__wait_until_at=None) | Q(hook__wait_until_at__lte=moment),
        state=SendState.PENDING, next_at__lte=moment, hook__state=WebhookState.ACTIVE,
    )  # fmt: skip
    return list(rows.order_by("hook").values_list("hook", flat=True).distinct())


def send_due(hook_id: int) -> bool:
    """Send what one webhook is owed, oldest first; returns whether more waits that can be sent at once.

    Must run once at a time per webhook. A receiver that is not reached ends the round, and is left alone as long
    again as it has been failing (one minute to thirty), so that it costs a worker little.
    """
    hook = Webhook.objects.filter(pk=hook_id, state=WebhookState.ACTIVE).first()
    if hook is None or (hook.wait_until_at is not None and hook.wait_until_at > now()):
        return False
    failures = 0
    rows = list(_due_of(hook)[:ROUND])
    for row in rows:
        outcome = _send(hook, row)
        _note(hook, row, outcome)
        failures += not outcome.delivered
        if failures == FAILURES or not (outcome.delivered or outcome.reached):
            return False
        if hook.state != WebhookState.ACTIVE:
            return False
    return len(rows) == ROUND


def _due_of(hook: Webhook) -> QuerySet[WebhookDelivery]:
    rows = WebhookDelivery.objects.filter(hook=hook, state=SendState.PENDING, next_at__lte=now())
    return rows.order_by("next_at", "id")


def payload(hook: Webhook, row: WebhookDelivery) -> dict[str, Any]:
    """What a receiver is told: that something happened to which item, never what is in it.

    Whoever subscribes may see none of the documents; the receiver fetches `url` with a token of its own.
    """
    resource = RESOURCES[row.about_kind]
    return {
        "id": str(row.message_id),
        "event": row.event,
        "at": _iso(row.at),
        "office": {"id": hook.office_id, "code": _office_code[0](hook.office_id) if _office_code else ""},
        "item": {"kind": resource.kind, "id": row.about_id},
        "url": f"{resource.address}{row.about_id}",
    }


def _send(hook: Webhook, row: WebhookDelivery) -> Outcome:
    body = json.dumps(payload(hook, row), ensure_ascii=False).encode()
    moment = now()
    stamp, message_id = int(moment.timestamp()), str(row.message_id)
    try:
        valid = valid_secrets(hook, moment)
    except Unavailable as refusal:
        return Outcome(None, "", 0, refusal.message)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Vanthu-Webhooks/1",
        "Webhook-Id": message_id,
        "Webhook-Timestamp": str(stamp),
        "Webhook-Signature": keys.signatures(message_id, stamp, body, valid),
    }
    return sending.post(hook.url, body, headers)


def valid_secrets(hook: Webhook, moment: datetime) -> list[str]:
    """The secrets that sign at a moment, as `Webhook.secrets_at`, ready to sign."""
    return [vault.decrypted(one["secret"] or "") for one in hook.secrets_at(moment)]


@transaction.atomic
def _note(hook: Webhook, row: WebhookDelivery, outcome: Outcome) -> None:
    moment = now()
    one = {
        "at": moment.isoformat(), "status": outcome.status, "ms": outcome.ms, "problem": outcome.problem,
        "answer": outcome.answer,
    }  # fmt: skip
    also = {"tries": [*row.tries, one][-TRIES:], "attempts": row.attempts + 1}
    if outcome.delivered:
        moves.make(SENDS, "deliver", row, by=SYSTEM, also=also)
        _well(hook)
    elif row.is_test:
        moves.make(SENDS, "fail", row, by=SYSTEM, also=also)
    else:
        if row.attempts < len(WAITS):
            moves.make(SENDS, "retry", row, by=SYSTEM, also=also | {"next_at": moment + WAITS[row.attempts]})
        else:
            moves.make(SENDS, "fail", row, by=SYSTEM, also=also)
        _ill(hook, outcome, moment)


def _well(hook: Webhook) -> None:
    if hook.failing_since_at is not None or hook.wait_until_at is not None:
        hook.failing_since_at = hook.wait_until_at = None
        hook.save(update_fields=["failing_since_at", "wait_until_at"])


def _ill(hook: Webhook, outcome: Outcome, moment: datetime) -> None:
    hook.failing_since_at = since = hook.failing_since_at or moment
    hook.wait_until_at = None if outcome.reached else moment + min(max(moment - since, SHORTEST), LONGEST)
    hook.save(update_fields=["failing_since_at", "wait_until_at"])
    if moment - since >= PATIENCE:
        moves.make(WEBHOOKS, "stop", hook, by=SYSTEM)
        ledger.record(
            "webhooks.stopped",
            hook,
            by=Actor.for_system(hook.office_id),
            changes={"state": (WebhookState.ACTIVE, WebhookState.STOPPED)},
            note=f"dừng báo sự kiện tới {hook.name}: không gửi được suốt {PATIENCE.days} ngày",
        )
        forget_offices()


def drop_old() -> int:
    """Delete deliveries older than 30 days; returns how many."""
    gone, _ = WebhookDelivery.objects.filter(made_at__lt=now() - KEPT).delete()
    return gone


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
