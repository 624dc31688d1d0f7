"""Signed messages that were acted on: none is acted on twice."""

from datetime import timedelta

from django.conf import settings
from django.db import connection

from vanthu.exchange.hub.errors import UNKNOWN_SYSTEM, HubError
from vanthu.exchange.hub.messages import Message, signed_at
from vanthu.exchange.hub.models import HubMessage
from vanthu.kernel.calendar import now


def refuse_old(message: Message) -> None:
    """Raise `HubError` for a message signed too long ago, or in the future: clocks may differ by so many minutes."""
    minutes = settings.HUB_MINUTES
    if abs(now() - signed_at(message)) > timedelta(minutes=minutes):
        raise HubError(
            UNKNOWN_SYSTEM,
            f"Thời điểm ký lệch quá {minutes} phút so với giờ Hà Nội của trục. Chỉnh đồng hồ hoặc múi giờ rồi ký lại.",
        )


def refuse_known(message: Message) -> None:
    """Raise `HubError` for a message that was acted on; the work that it asks for has not begun yet."""
    if HubMessage.objects.filter(pk=message.digest).exists():
        raise _again()


def remember(digest: str) -> None:
    """Note a message in the caller's transaction; raises `HubError` when it was noted before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO exchange_hubmessage (digest, at) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [digest, now()],
        )
        if cursor.rowcount == 0:
            raise _again()


def forget() -> int:
    """Forget messages whose time would be refused by now; returns how many."""
    before = now() - 3 * timedelta(minutes=settings.HUB_MINUTES)
    return HubMessage.objects.filter(at__lt=before).delete()[0]


def _again() -> HubError:
    return HubError(
        UNKNOWN_SYSTEM,
        "Yêu cầu này đã được nhận trước đó. Ký lại với timestamp mới rồi gửi.",
    )
