"""Where a packet is for one receiver of the hub, in the words of the axis (`Transport`)."""

from vanthu.exchange.axis_states import Transport
from vanthu.kernel.moves import Move

WAITING = (Transport.INITIAL, Transport.PROCESSING)
"""What the list of received packets still shows its receiver."""

QUEUED: dict[str, Move] = {
    "processing": Move(("initial",), "processing", "", "Bắt đầu lấy"),
    "done": Move(("initial", "processing", "fail"), "done", "", "Đã lấy về"),
    "fail": Move(("initial", "processing"), "fail", "", "Không đọc được"),
    "initial": Move(("processing", "fail"), "initial", "", "Để lại trên trục"),
}
"""Named by the status that the receiver tells; one that leads nowhere changes nothing."""
