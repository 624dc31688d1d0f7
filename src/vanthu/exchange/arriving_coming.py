"""A document packet on its way to one of our offices, and the row that says what it is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vanthu.exchange.arriving_files import Checked
from vanthu.exchange.axis_models import Arrival, OwnAddress, ReceivedPacket
from vanthu.exchange.axis_states import ArrivalState
from vanthu.exchange.dialects.packets import Document
from vanthu.kernel.calendar import now

if TYPE_CHECKING:
    from vanthu.documents.models import IncomingEntry
    from vanthu.organisations.agency_models import Agency


@dataclass(frozen=True, slots=True)
class Coming:
    """A document packet on its way to one of our offices."""

    packet: ReceivedPacket
    document: Document
    agency: Agency
    address: OwnAddress
    office_id: int
    checked: Checked

    def arrival(
        self, code: str, *, entry: IncomingEntry | None = None, state: str = ArrivalState.APPLIED
    ) -> Arrival:
        """What this packet is to the office, written."""
        moment = now()
        return Arrival.objects.create(
            packet=self.packet,
            entry=entry,
            office_id=self.office_id,
            address=self.address,
            agency=self.agency,
            code=code,
            state=state,
            reason=self.document.business.reason[:500],
            left_out="\n".join(self.checked.left_out),
            at=moment,
            changed_at=moment,
        )
