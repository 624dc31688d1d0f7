"""The secret address with which a calendar program reads a person's appointments: made, renewed, revoked, read."""

import hashlib
import secrets
from datetime import timedelta

from django.core.cache import caches
from django.db import transaction

from vanthu.calendar import icalendar, queries
from vanthu.calendar.models import Feed
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now, today
from vanthu.kernel.refusals import Conflict, NotAllowed, NotFound
from vanthu.organisations import queries as organisations

BACK, AHEAD = timedelta(days=60), timedelta(days=365)
_SEEN_SECONDS = 300  # how exactly the page knows the last reading


def open_feed(by: Actor) -> Feed | None:
    """The actor's address in this office that still works, if any."""
    return Feed.objects.filter(account=by.account, office=by.office, revoked_at=None).first()


@transaction.atomic
def make(*, by: Actor) -> str:
    """A fresh secret, shown once; an older address of the actor in this office ends. Never in practice."""
    by.refuse_practice("Lịch thực hành không gửi ra ngoài. Thôi thực hành rồi tạo địa chỉ lịch.")
    renewed = _end(by)
    secret = secrets.token_urlsafe(32)
    feed = Feed.objects.create(
        account_id=by.account, office_id=by.office, secret_hash=_hash(secret), made_at=now()
    )
    note = "đổi địa chỉ lịch riêng (iCalendar)" if renewed else "tạo địa chỉ lịch riêng (iCalendar)"
    ledger.record("calendar.feed_made", feed, by=by, note=note)
    return secret


@transaction.atomic
def revoke(*, by: Actor) -> None:
    """End the address at once; raises `Conflict` when there is none."""
    feed = open_feed(by)
    if feed is None or not _end(by):
        raise Conflict("Chưa có địa chỉ lịch nào đang dùng. Tải lại trang để xem.")
    ledger.record("calendar.feed_revoked", feed, by=by, note="thu hồi địa chỉ lịch riêng (iCalendar)")


def read(secret: str, *, host: str) -> bytes:
    """The calendar of whoever holds this secret, with their rights of now; raises `NotFound` for a wrong one."""
    feed = Feed.objects.select_related("account").filter(secret_hash=_hash(secret), revoked_at=None).first()
    if feed is None:
        raise NotFound
    by = _reader(feed)
    if caches["actors"].add(f"feed:{feed.pk}", True, _SEEN_SECONDS):
        Feed.objects.filter(pk=feed.pk).update(read_at=now())
    found = queries.schedule(by, today() - BACK, today() + AHEAD)
    return icalendar.write(found.of(by), name=f"Lịch công tác – {by.name}", host=host, at=now())


def _reader(feed: Feed) -> Actor:
    """Who left the office, or may not sign in, has no calendar there."""
    try:
        by = organisations.actor_of(feed.account_id, feed.office_id)
    except NotAllowed:
        raise NotFound from None
    if by.office_id != feed.office_id:
        raise NotFound
    return by


def _end(by: Actor) -> bool:
    rows = Feed.objects.filter(account=by.account, office=by.office, revoked_at=None)
    return bool(rows.update(revoked_at=now()))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
