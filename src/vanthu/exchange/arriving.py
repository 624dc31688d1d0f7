"""What a packet means for each of our offices that it names: a new entry, a change, a status. Decision 28/2018/QĐ-TTg.

Everything of one packet is one transaction that ends with the move of its row: done twice, the second finds it moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from vanthu.documents import from_outside
from vanthu.exchange import arriving_files, coming_back, connections, consenting, parcels, receiving_raw
from vanthu.exchange import arriving_matching as matching
from vanthu.exchange import jobs as exchange_jobs
from vanthu.exchange.arriving_coming import Coming
from vanthu.exchange.arriving_fields import brought, describe, document_key, status_key
from vanthu.exchange.arriving_files import Checked, Passed
from vanthu.exchange.arriving_places import in_trouble, move, today_of
from vanthu.exchange.axis_models import Arrival, OwnAddress, ReceivedPacket
from vanthu.exchange.dialects.packets import BusinessType, Document, Packet, Status, StatusCode
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.files import written
from vanthu.kernel.files.written import Written
from vanthu.kernel.jobs import enqueue, together
from vanthu.kernel.refusals import Invalid
from vanthu.organisations import agencies
from vanthu.organisations.agency_models import Agency

STAYS_OUT = (
    "Văn bản mang dấu chỉ độ mật: không gửi, nhận trên trục liên thông. Gửi theo đường bí mật nhà nước."
)
_ERASED = (
    "Gói tin có tệp mang dấu mật: đã xóa, không giữ lại gì trên hệ thống, đã báo từ chối cho nơi gửi."
    " Báo cáo lãnh đạo và yêu cầu nơi gửi chuyển theo đường bí mật nhà nước."
)


def apply(
    packet: ReceivedPacket,
    found: Packet,
    repairs: Sequence[str],
    offices: dict[int, OwnAddress] | None = None,
    raw: Written | None = None,
) -> None:
    """Do what a packet says, once, for the offices it names or these; the packet's row says what came of it.

    `raw` is kept in the same transaction, of a secret document never.
    """
    about = describe(packet, found, repairs)
    if isinstance(found, Status):
        with transaction.atomic():
            receiving_raw.keep(packet.pk, raw)
            _status(packet, found, about)
        return
    offices = offices or _offices(packet)
    trouble = _unfit(found, offices)
    if trouble:
        with transaction.atomic():
            receiving_raw.keep(packet.pk, raw)
            ReceivedPacket.objects.filter(pk=packet.pk).update(**about)
            in_trouble(packet, trouble)
        return
    try:
        changes_nothing = found.business.type == BusinessType.RECALL
        passed = Passed() if changes_nothing else arriving_files.passed(found.attachments)
    except Invalid as refusal:
        if refusal.code != arriving_files.STAMPED:
            raise
        _secret(packet, found, offices)
        return
    _document(packet, found, offices, passed, about, raw)


def _unfit(document: Document, offices: dict[int, OwnAddress]) -> str:
    """Why nobody here can be given the packet, or ""."""
    if document.business.type not in BusinessType:
        return f"Gói tin có nghiệp vụ {document.business.type} mà quy chuẩn không định nghĩa. Hỏi nơi gửi."
    if offices:
        return ""
    named = ", ".join(one.organ_id for one in document.recipients[:5]) or "không nơi nào"
    return f"Gói tin gửi cho {named}, không phải mã định danh của cơ quan nào trên hệ thống này."


def _offices(packet: ReceivedPacket) -> dict[int, OwnAddress]:
    """{office of today: its address} of those of ours that the packet names; one with two addresses is there once."""
    found = connections.own_addresses(packet.connection, [*packet.to_codes, packet.to_code])
    rows = sorted(found.values(), key=lambda one: (not one.preferred, one.pk), reverse=True)
    return {today_of(one.office): one for one in rows}


@transaction.atomic
def _document(
    packet: ReceivedPacket,
    document: Document,
    offices: dict[int, OwnAddress],
    passed: Passed,
    about: dict[str, Any],
    raw: Written | None,
) -> None:
    with together():
        checked = arriving_files.kept(passed, raw)
        receiving_raw.attach(packet.pk, checked.raw)
        agency = _agency(packet, document)
        key = document_key(document, agency.pk)
        matching.hold_key(key)
        known = matching.had(key, offices)
        made = [
            _at(Coming(packet, document, agency, address, office_id, checked))
            for office_id, address in sorted(offices.items())
            if office_id not in known
        ]
        about |= {"document_key": key, "problem": ""}
        if any(made):
            move(packet, "apply", **about)
        elif made and not known:
            _wait(packet, min(offices), about)
        else:
            move(packet, "repeat", **about)


def _agency(packet: ReceivedPacket, found: Document | Status) -> Agency:
    return agencies.sender(found.sender.organ_id, found.sender.name, packet.connection.key)


def _at(coming: Coming) -> Arrival | None:
    """The effect at one office; None when the packet changes a document that is not there (yet)."""
    match coming.document.business.type:
        case BusinessType.RECALL:
            return consenting.recalled(coming)
        case BusinessType.UPDATE:
            changed = consenting.updated(coming)
            return changed if changed or consenting.leaves_out(coming) else new(coming, "2")
        case BusinessType.REPLACE:
            return consenting.replaced(coming, new(coming, "3"))
        case _:
            return new(coming, "0")


def new(coming: Coming, code: str) -> Arrival:
    """A new entry that waits for the clerk; its sender is told that it is here (01)."""
    given = brought(coming.document, coming.agency.name, coming.checked.files)
    entry = from_outside.take_in(given, office_id=coming.office_id)
    by = Actor.for_system(coming.office_id)
    for about in coming.document.answers:
        answered = matching.answered(about, coming.office_id)
        if answered is not None:
            from_outside.relate(entry, answered.document_id, "replies_to", by=by)
    arrival = coming.arrival(code, entry=entry)
    parcels.queue_status(arrival, StatusCode.ARRIVED, by=by)
    if coming.checked.files:
        enqueue(exchange_jobs.check_arrival, entry_id=entry.pk)
    return arrival


def _wait(packet: ReceivedPacket, office_id: int | None, about: dict[str, Any]) -> None:
    """Keep what matches nothing; it is tried again with growing pauses."""
    about |= {"office_id": office_id, "problem": "Chưa thấy văn bản mà gói tin nói đến; hệ thống tự thử lại."}
    if packet.state == "unmatched":
        ReceivedPacket.objects.filter(pk=packet.pk).update(**about)
    else:
        move(packet, "keep", **about)


def _status(packet: ReceivedPacket, status: Status, about: dict[str, Any]) -> None:
    """A receiver reports, or a sender asks for its document back (13)."""
    if status.code == StatusCode.CALLED_BACK:
        _called_back(packet, status, about)
        return
    delivery = coming_back.find(status, packet.connection)
    if delivery is None:
        offices = _offices(packet)
        _wait(packet, min(offices, default=None), about)
        return
    coming_back.report(delivery.pk, status.code, status.text, status.at or now())
    move(packet, "apply", **about, office_id=None, problem="")


def _called_back(packet: ReceivedPacket, status: Status, about: dict[str, Any]) -> None:
    offices = _offices(packet)
    if not offices:
        ReceivedPacket.objects.filter(pk=packet.pk).update(**about)
        in_trouble(
            packet, "Yêu cầu lấy lại không nêu mã định danh của cơ quan nào trên hệ thống này. Hỏi nơi gửi."
        )
        return
    key = status_key(status)
    matching.hold_key(key)
    about |= {"document_key": key, "problem": ""}
    if matching.had(key, offices):
        move(packet, "repeat", **about)
        return
    agency = _agency(packet, status)
    made = [
        consenting.called_back(packet, status, agency, address, office_id)
        for office_id, address in sorted(offices.items())
    ]
    if any(made):
        move(packet, "apply", **about)
    else:
        _wait(packet, min(offices), about)


@transaction.atomic
def _secret(packet: ReceivedPacket, document: Document, offices: dict[int, OwnAddress]) -> None:
    """Of a secret document only that one came, and from whom, is kept (Law 117/2025/QH15); its sender is told (02)."""
    agency = _agency(packet, document)
    key = document_key(document, agency.pk)
    matching.hold_key(key)
    written.destroy(ReceivedPacket.item_kind, packet.pk)
    packet.subject, packet.symbol, packet.said = "", "", {}
    kept = {
        "from_code": packet.from_code, "from_name": packet.from_name, "to_codes": packet.to_codes,
        "code": packet.code, "document_id": packet.document_id, "document_key": key, "issued_on": document.issued_on,
        "subject": "", "symbol": "", "said": {},
    }  # fmt: skip
    known = matching.had(key, offices)
    if known >= set(offices):
        move(packet, "repeat", **kept)
        return
    for office_id, address in sorted(offices.items()):
        if office_id not in known:
            _refuse(Coming(packet, document, agency, address, office_id, Checked()))
    ReceivedPacket.objects.filter(pk=packet.pk).update(**kept)
    in_trouble(packet, _ERASED, verb="exchange.secret_packet_erased", note="xóa gói tin có tệp mang dấu mật")


def _refuse(coming: Coming) -> None:
    by = Actor.for_system(coming.office_id)
    arrival = coming.arrival("0")
    parcels.queue_status(arrival, StatusCode.REFUSED, reason=STAYS_OUT, by=by)
    ledger.record(
        "exchange.secret_refused", arrival, by=by, note="từ chối văn bản mang dấu mật gửi qua trục liên thông"
    )
