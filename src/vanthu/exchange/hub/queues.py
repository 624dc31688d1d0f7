"""What waits for a receiver, and what became of what a sender sent. `system` None is this installation."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import F

from vanthu.exchange.axis_states import Transport
from vanthu.exchange.dialects.packets import StatusCode
from vanthu.exchange.hub.errors import FILE_BAD, HubError
from vanthu.exchange.hub.models import HubItem, HubPacket, HubSystem
from vanthu.exchange.hub.states import QUEUED, WAITING
from vanthu.kernel.calendar import now
from vanthu.kernel.files import queries as files
from vanthu.kernel.files.contract import Reading

PAGE = 1000
_TAKEN = {*StatusCode, "inbox", "acceptance", "rejection", "assignment", "finish"}
"""What some systems tell here although it is the business of status packets: the packet is with them."""


def waiting(
    system: HubSystem | None,
    kind: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    to_code: str = "",
    place: int = 0,
    size: int = PAGE,
) -> Sequence[HubItem]:
    """What the receiver has not told to be done, oldest first, `size` of them from the page `place` on."""
    rows = HubItem.objects.filter(system=system, kind=kind, state__in=WAITING)
    if since:
        rows = rows.filter(queued_at__gte=since)
    if until:
        rows = rows.filter(queued_at__lt=until)
    if to_code:
        rows = rows.filter(to_code__iexact=to_code)
    size = max(1, min(size, PAGE))
    rows = rows.select_related("packet").order_by("queued_at", "pk")
    return list(rows[place * size : (place + 1) * size])


def count(system: HubSystem | None, kind: str) -> int:
    """How many wait."""
    return HubItem.objects.filter(system=system, kind=kind, state__in=WAITING).count()


def item(system: HubSystem | None, doc_id: str) -> HubItem:
    """What a receiver has in its queue under this name. Raises `HubError`."""
    found = HubItem.objects.filter(system=system, doc_id=doc_id).select_related("packet").first()
    if found is None:
        raise HubError(FILE_BAD, f"Không có gói tin {doc_id[:40]} cho hệ thống này.")
    return found


def opened(row: HubItem) -> Reading:
    """The bytes of a packet as they came, checked on the way; close them. Raises `HubError` when they are gone."""
    if row.packet.erased_at is not None:
        raise HubError(
            FILE_BAD,
            "Các nơi nhận đã trả lời gói tin này quá 90 ngày nên trục không giữ nữa. Đề nghị nơi gửi gửi lại.",
        )
    held = files.attachments(HubPacket.item_kind, [row.packet_id])[row.packet_id]
    return files.open_attachment(held[0])


def tell(row: HubItem, status: str, note: str = "") -> None:
    """Note what the receiver says of a packet; what leads nowhere changes nothing. Raises `HubError`."""
    wanted = status.strip().lower()
    move = QUEUED.get("done" if wanted.zfill(2) in _TAKEN or wanted in _TAKEN else wanted)
    if move is None:
        raise HubError(FILE_BAD, "Trạng thái phải là initial, processing, done hoặc fail.")
    moment = now()
    fields = {"state": move.target, "note": note[:500], "changed_at": moment}
    if move.target == Transport.DONE:
        fields["received_at"] = moment
    HubItem.objects.filter(pk=row.pk, state__in=move.sources).update(**fields)


def sent(system: HubSystem | None, *, doc_id: str = "", since: datetime | None = None) -> Iterable[HubItem]:
    """Where a packet of a sender is for each receiver, or all of them since a moment."""
    rows = HubItem.objects.filter(packet__system=system).select_related("packet")
    rows = rows.filter(packet__doc_id=doc_id) if doc_id else rows
    if since:
        rows = rows.filter(packet__sent_at__gte=since)
    return rows.order_by(F("packet__sent_at"), "pk")
