"""A packet comes to the hub: checked, stored once as its bytes came, put into the queue of every receiver.

The axis adds a hop to the packet; this hub does not rewrite what others signed and hashed.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from django.db import connection as database
from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from vanthu.exchange.axis_models import Connection
from vanthu.exchange.axis_states import Transport
from vanthu.exchange.dialects import reading
from vanthu.exchange.dialects.packets import Packet, Status
from vanthu.exchange.dialects.scanning import LIMITS, scan
from vanthu.exchange.hub import bodies, replays
from vanthu.exchange.hub.bodies import Receiver
from vanthu.exchange.hub.errors import (
    AT_FAULT,
    FILE_BAD,
    NO_EDXML,
    UNKNOWN_RECEIVER,
    WRONG_SENDER,
    HubError,
)
from vanthu.exchange.hub.models import HubItem, HubPacket, HubSystem
from vanthu.kernel.calendar import now, today
from vanthu.kernel.files import written
from vanthu.kernel.files.written import Named, Written
from vanthu.kernel.refusals import Invalid
from vanthu.organisations.agency_codes import forms

SAME_WITHIN = timedelta(days=1)  # the same packet again is the one before
_MB = 1_000_000
_MEDIA_TYPE = "application/xml"


@dataclass(frozen=True, slots=True)
class Offer:
    """A packet on the disk and what its sender says of it; `system` None is this installation.

    `to_codes` None means all whom the packet names; `digest` names the signed message, "" where there is none.
    """

    system: HubSystem | None
    connection: Connection | None
    kind: str
    from_code: str
    to_codes: tuple[str, ...] | None
    path: Path
    size: int
    sha256: str
    digest: str = ""


def refuse_over_quota(system: HubSystem, size: int) -> None:
    """Raise `HubError` when one more packet of so many bytes is more than the system may send today."""
    midnight = datetime.combine(today(), time(), tzinfo=timezone.get_current_timezone())
    sent = HubPacket.objects.filter(system=system, sent_at__gte=midnight)
    used = sent.aggregate(packets=Count("pk"), size=Sum("size"))
    if used["packets"] >= system.packets_per_day:
        what = f"{system.packets_per_day} gói tin"
    elif (used["size"] or 0) + size > system.megabytes_per_day * _MB:
        what = f"{system.megabytes_per_day} MB"
    else:
        return
    raise HubError(
        AT_FAULT,
        f"Hết hạn mức {what} một ngày. Gửi lại từ 0 giờ, hoặc đề nghị quản trị trục tăng hạn mức.",
        status=429,
    )


def accept(offer: Offer, folder: Path) -> str:
    """Take a packet; returns its `docId`. The same one from the same sender to the same receivers within a day is
    the one before; only where it failed is it queued again. Raises `HubError`.
    """
    packet = _read(offer, folder)
    if not bodies.speaks_for(offer.system, packet.sender.organ_id, offer.connection):
        raise wrong_sender(packet.sender.organ_id)
    receivers = bodies.receivers(_addressed(offer, packet), offer.connection)
    (kept,) = written.keep([Written(offer.path, offer.size, offer.sha256, _MEDIA_TYPE)])
    key = _key(offer, receivers)
    with transaction.atomic():
        _lock(key)
        if offer.digest:
            replays.remember(offer.digest)
        before = HubPacket.objects.filter(key=key, sent_at__gt=now() - SAME_WITHIN).first()
        if before is not None:
            HubItem.objects.filter(packet=before, state=Transport.FAIL).update(
                state=Transport.INITIAL, note="", changed_at=now()
            )
            return before.doc_id
        row = _queue(offer, packet, receivers, key)
        written.attach_all(HubPacket.item_kind, row.pk, [Named(kept, "issued", f"{row.doc_id}.edxml")])
    return row.doc_id


def wrong_sender(code: str) -> HubError:
    """Somebody sends under a code that is not theirs."""
    return HubError(WRONG_SENDER, f"Đơn vị gửi {code} không đúng với mã đã đăng ký của hệ thống.")


def _read(offer: Offer, folder: Path) -> Packet:
    """The packet by the dialect; attachments lie in `folder` until it is erased."""
    code = FILE_BAD
    try:
        with offer.path.open("rb") as stream:
            root = scan(stream, folder, LIMITS).root
        code = NO_EDXML
        packet = reading.packet_of(root)
    except Invalid as refusal:
        raise HubError(code, refusal.message) from refusal
    if (offer.kind == "status") != isinstance(packet, Status):
        raise HubError(NO_EDXML, f"Gói tin không phải loại {offer.kind} như messagetype nêu.")
    return packet


def _addressed(offer: Offer, packet: Packet) -> Sequence[str]:
    """The codes that a packet goes to. Statuses go to the body of the document; others to a part of whom they name."""
    if isinstance(packet, Status):
        codes: Sequence[str] = [packet.about.organ_id]
    else:
        named = [one.organ_id for one in packet.recipients]
        codes = named if offer.to_codes is None else offer.to_codes
        inside = {form for one in named for form in forms(one)}
        strange = [code for code in codes if inside.isdisjoint(forms(code))]
        if strange:
            raise HubError(UNKNOWN_RECEIVER, f"Gói tin không ghi nơi nhận: {', '.join(strange)}.")
    if not codes or not all(codes):
        raise HubError(NO_EDXML, "Gói tin không có mã của nơi nhận.")
    return codes


def _key(offer: Offer, receivers: Sequence[Receiver]) -> str:
    """The name of these bytes from this sender to these receivers."""
    sender = str(offer.system.pk) if offer.system else ""
    text = "\n".join((sender, offer.kind, offer.sha256, *sorted(one.code for one in receivers)))
    return hashlib.sha256(text.encode()).hexdigest()


def _lock(key: str) -> None:
    """Two sendings of the same packet go one after the other."""
    with database.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(key[:15], 16)])


def _queue(offer: Offer, packet: Packet, receivers: Sequence[Receiver], key: str) -> HubPacket:
    """One row for the packet, one for each receiver, in two statements."""
    moment = now()
    about = (packet.about.document_id, packet.about.code, "") if isinstance(packet, Status) else (
        packet.document_id, packet.code, packet.subject
    )  # fmt: skip
    row = HubPacket.objects.create(
        system=offer.system,
        doc_id=_doc_id(),
        kind=offer.kind,
        key=key,
        size=offer.size,
        from_code=offer.from_code[:60],
        document_id=about[0][:300],
        symbol=about[1][:120],
        title=about[2][:500],
        sent_at=moment,
    )
    HubItem.objects.bulk_create(
        HubItem(
            packet=row,
            system=one.system,
            doc_id=_doc_id(),
            kind=offer.kind,
            to_code=one.code,
            queued_at=moment,
            changed_at=moment,
        )
        for one in receivers
    )
    return row


def _doc_id() -> str:
    return secrets.token_hex(12)
