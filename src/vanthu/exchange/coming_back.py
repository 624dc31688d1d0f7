"""What receivers on the axis say of our documents: late, twice, out of order, or naming them in their own way."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Lower

from vanthu.exchange.axis_models import Connection, OwnAddress, SentPacket
from vanthu.exchange.dialects.packets import Status, StatusCode
from vanthu.exchange.models import Delivery, Receipt
from vanthu.exchange.states import REPORTS, DeliveryChannel, DeliveryState
from vanthu.kernel.calendar import now
from vanthu.organisations import agencies
from vanthu.organisations.agency_codes import forms

_SAYS = {
    "01": "phần mềm bên nhận báo đã đến",
    "02": "bên nhận từ chối",
    "03": "bên nhận đã tiếp nhận, vào sổ",
    "04": "bên nhận đã phân công xử lý",
    "05": "bên nhận đang xử lý",
    "06": "bên nhận đã hoàn thành",
    "15": "bên nhận đồng ý",
    "16": "bên nhận không đồng ý",
}


@transaction.atomic
def report(delivery_id: int, code: str, note: str, at: datetime) -> bool:
    """Keep a status that a receiver reports of a document of ours, and move its line if that leads forward.

    The same status of the same moment counts once. Unknown codes are kept as they are. Returns whether the line moved.
    """
    line = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery_id)
    known = Receipt.objects.filter(delivery=line)
    if known.filter(code=code, at=at).exists():
        return False
    move = REPORTS.get(code)
    turns = line.state == DeliveryState.RETURNED or (
        code == StatusCode.REFUSED and line.state in (DeliveryState.REGISTERED, DeliveryState.HANDLING)
    )
    leads = move is not None and line.state in move.sources and line.channel == DeliveryChannel.AXIS
    if turns and known.filter(at__gt=at).exclude(code="").exists():
        leads = False  # it was said before what we know already
    words = f"{_SAYS.get(code, f'bên nhận báo trạng thái {code}')}{f': {note}' if note else ''}"
    if leads and move is not None:
        line.state, line.changed_at = move.target, now()
    if leads or (line.state == DeliveryState.RECALLED and code == StatusCode.DISAGREED):
        line.reason = words[:500] if code in (StatusCode.REFUSED, StatusCode.DISAGREED) else ""
        line.save(update_fields=["state", "changed_at", "reason"])
    Receipt.objects.create(delivery=line, state=line.state, code=code, note=words[:500], at=at)
    return leads


def find(status: Status, connection: Connection) -> Delivery | None:
    """The line of ours that a status speaks of; None while nothing fits, or more than one line does.

    Tried in order: the document's id; its sender, symbol and date; symbol, date and receiver.
    """
    ours = [one for one in _ids(status, connection) if one]
    for ids in ours:
        rows = SentPacket.objects.annotate(low=Lower("document_id")).filter(
            low__in=ids, kind="edoc", connection=connection
        )
        found = _line(status, connection, rows)
        if found is not None:
            return found
    return None


def _ids(status: Status, connection: Connection) -> Iterable[list[str]]:
    """Ids under which we may have sent what it speaks of, the surest first."""
    about = status.about
    yield [about.document_id.strip().lower()] if about.document_id.strip() else []
    if not about.code or about.issued_on is None:
        return
    tail = f",{about.issued_on:%Y/%m/%d},{_symbol(about.code)}"
    yield [f"{code}{tail}" for code in forms(about.organ_id)]
    codes = OwnAddress.objects.filter(connection=connection).values_list("folded", flat=True)
    yield [f"{code}{tail}" for code in codes]


def _symbol(code: str) -> str:
    return " ".join(code.lower().split())


def _line(status: Status, connection: Connection, packets: QuerySet[SentPacket]) -> Delivery | None:
    """The line to the body that speaks, of the documents in these packets."""
    outgoing = list(packets.values_list("outgoing", flat=True).distinct()[:10])
    if not outgoing:
        return None
    rows = Delivery.objects.filter(outgoing__in=outgoing, agency__isnull=False)
    lines = list(rows.exclude(to_code=""))
    spoken = set(forms(status.sender.organ_id))
    named = [one for one in lines if spoken & set(forms(one.to_code))]
    if not named:
        body = agencies.by_code(status.sender.organ_id, connection.key)
        named = [one for one in lines if body is not None and one.agency_id == body.pk]
    return named[0] if len(named) == 1 else None
