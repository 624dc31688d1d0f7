"""Lines of deliveries as pages show them: on the page of an issued document, on the board, on a page of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from vanthu.exchange import following
from vanthu.exchange.following import Cutoffs, Line, Need
from vanthu.exchange.states import DELIVERIES, DeliveryChannel, DeliveryState

if TYPE_CHECKING:
    from vanthu.documents.models import RecallNote
    from vanthu.exchange.models import Delivery


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One recipient of an issued document; `number` is its arrival number there."""

    pk: int
    name: str
    label: str
    tone: str
    symbol: str
    number: int | None
    at: datetime
    reason: str
    may_resend: bool
    noted: RecallNote | None = None
    channel: str = ""
    next_step: str = ""
    hot: bool = False


_LOOKS = {
    DeliveryState.QUEUED: ("", "clock"),
    DeliveryState.SENT: ("", "send"),
    DeliveryState.ARRIVED: ("", "check"),
    DeliveryState.FAILED: ("danger", "alert"),
    DeliveryState.RECEIVED: ("", "check"),
    DeliveryState.REGISTERED: ("ok", "check-double"),
    DeliveryState.HANDLING: ("info", "route"),
    DeliveryState.DONE: ("ok", "check-circle"),
    DeliveryState.RETURNED: ("danger", "return"),
    DeliveryState.OUTSIDE: ("warn", "print"),
    DeliveryState.RECALLED: ("warn", "return"),
    DeliveryState.RECALL_NOTED: ("ok", "check"),
    DeliveryState.STOPPED: ("", "x"),
}


def delivery_row(delivery: Delivery, cut: Cutoffs, noted: RecallNote | None = None) -> DeliveryRow:
    """The line of a recipient on the page of an issued document; `noted` that it took note of a recall."""
    state = DeliveryState(delivery.state)
    tone, symbol = _LOOKS[state]
    need = following.need_of(delivery, cut)
    return DeliveryRow(
        pk=delivery.pk,
        name=delivery.to_office.short_name if delivery.to_office else delivery.to_name,
        label=delivery_label(delivery),
        tone=tone,
        symbol=symbol,
        number=delivery.arrival_number,
        at=delivery.changed_at,
        reason=delivery.reason,
        may_resend=resendable(delivery),
        noted=noted,
        channel=delivery.get_channel_display() if delivery.channel == DeliveryChannel.AXIS else "",
        next_step=following.NEXT[need],
        hot=need not in (Need.NONE, Need.UNKNOWN),
    )


def delivery_look(state: str) -> tuple[str, str]:
    """Tone and symbol of the badge of a state."""
    return _LOOKS[DeliveryState(state)]


def delivery_label(delivery: Delivery) -> str:
    """The state of a line in words, on the axis with what is known of the packet."""
    if delivery.channel != DeliveryChannel.AXIS:
        return delivery.get_state_display()
    if delivery.state == DeliveryState.QUEUED and delivery.packet is not None:
        return delivery.packet.get_state_display()
    if delivery.state == DeliveryState.RECALLED:
        return "Đã yêu cầu lấy lại"
    if delivery.state == DeliveryState.RECALL_NOTED:
        return "Nơi nhận đồng ý trả lại"
    if delivery.state == DeliveryState.SENT and delivery.transport:
        return delivery.get_transport_display()
    return delivery.get_state_display()


def resendable(delivery: Delivery) -> bool:
    """Whether it may be sent again as it stands."""
    move = "send_again" if delivery.channel == DeliveryChannel.AXIS else "resend"
    return delivery.state in DELIVERIES[move].sources


def turnable(delivery: Delivery) -> bool:
    """Whether the axis can be given up for it."""
    waiting = delivery.state == DeliveryState.QUEUED and delivery.packet is not None
    return (
        delivery.channel == DeliveryChannel.AXIS
        and delivery.state in DELIVERIES["to_paper"].sources
        and not waiting
    )


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One line of the board; `pick` says that it may be chosen to be sent again."""

    pk: int
    symbol: str
    subject: str
    name: str
    channel: str
    label: str
    tone: str
    icon: str
    next_step: str
    hot: bool
    last: str
    queued_at: datetime
    changed_at: datetime
    pick: bool


def board_row(line: Line) -> BoardRow:
    """The line as the board shows it."""
    delivery = line.delivery
    tone, symbol = _LOOKS[DeliveryState(delivery.state)]
    document = delivery.outgoing.document
    return BoardRow(
        pk=delivery.pk,
        symbol=document.symbol,
        subject=document.subject,
        name=delivery.to_office.short_name if delivery.to_office else delivery.to_name,
        channel=delivery.get_channel_display(),
        label=delivery_label(delivery),
        tone=tone,
        icon=symbol,
        next_step=following.NEXT[line.need],
        hot=line.need not in (Need.NONE, Need.UNKNOWN),
        last=delivery.reason or line.last,
        queued_at=delivery.queued_at,
        changed_at=delivery.changed_at,
        pick=delivery.channel == DeliveryChannel.AXIS and resendable(delivery),
    )
