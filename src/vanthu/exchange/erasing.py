"""A secret mark was found on what came over a connection: the packet that brought it goes too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vanthu.exchange.axis_models import Arrival
from vanthu.kernel.files import written

if TYPE_CHECKING:
    from vanthu.kernel.ledger import Event


def on_secret_found(event: Event) -> None:
    """The bytes of the packets that brought the entry; what is known of them (who, when) stays."""
    for packet_id in set(Arrival.objects.filter(entry=event.item_id).values_list("packet_id", flat=True)):
        written.destroy("packet_in", packet_id)
