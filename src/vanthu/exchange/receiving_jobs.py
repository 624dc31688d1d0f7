"""What happens by itself with packets for us: connections are asked, packets taken as far as they go."""

from vanthu.exchange import answering, polling, receiving
from vanthu.kernel.calendar import now
from vanthu.kernel.jobs import enqueue, job, together

__all__ = ["answering", "go_on", "poll", "poll_due"]


@job(queue="exchange", cron="* * * * *")
def poll_due(timestamp: int = 0) -> None:
    """Every minute: ask the connections whose interval has passed, and go on with packets whose time has come."""
    moment = now()
    for connection_id in polling.due(moment):
        enqueue(poll, once=f"poll:{connection_id}", lock=f"poll:{connection_id}", connection_id=connection_id)
    for packet_id in polling.left_behind(moment):
        _soon(packet_id)


@job(queue="exchange", retries=1)
def poll(connection_id: int) -> None:
    """List what waits on one connection; each packet is a job of its own."""
    found = polling.poll(connection_id)
    with together():
        for packet_id in found:
            _soon(packet_id)


@job(queue="exchange", retries=5)
def go_on(packet_id: int) -> None:
    """Fetch, apply and tell one packet, as far as it goes now."""
    receiving.go_on(packet_id)


def _soon(packet_id: int) -> None:
    """One job of a packet runs at a time, one more waits."""
    enqueue(go_on, once=f"packet:{packet_id}", lock=f"packet:{packet_id}", packet_id=packet_id)
