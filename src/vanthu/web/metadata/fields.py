"""All metadata of one document, with the numbers and names of Decree 30/2020, Phụ lục VI, part II."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from vanthu.documents.states import Urgency
from vanthu.dossiers import queries as dossiers
from vanthu.exchange import queries as exchange
from vanthu.organisations import queries as organisations
from vanthu.tasks import queries as tasks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from vanthu.documents.models import Document, IncomingEntry, OutgoingEntry
    from vanthu.documents.queries import Seen
    from vanthu.kernel.actor import Actor

NONE = "chưa có"


@dataclass(frozen=True, slots=True)
class Field:
    """One line: number in the decree ("" for what the system adds), its name, the English name, the value as read."""

    place: str
    name: str
    english: str
    value: str


def of_incoming(seen: Seen[IncomingEntry], by: Actor) -> list[Field]:
    """Part II, II.1-18, and what the system keeps beside it."""
    entry, document = seen.entry, seen.entry.document
    trace = [
        f"{_moment(one.written_at)} {one.author_title} {one.author.full_name}: {one.text}"
        for one in tasks.instructions("in", entry.pk)
    ]
    return [
        *_files("in", entry.pk, entry.office_id, by),
        *_described(entry, document, description=entry.remark),
        Field("12", "Ngày, tháng, năm đến", "ArrivalDate", _day(entry.arrived_on)),
        Field("13", "Số đến", "ArrivalNumber", str(entry.arrival_number or NONE)),
        Field("14.1", "Chức vụ của người ký văn bản", "Position", entry.signer_title or NONE),
        Field("14.2", "Họ và tên người ký văn bản", "FullName", entry.signer_name or NONE),
        Field("15", "Mức độ khẩn", "Priority", Urgency(entry.urgency).label),
        Field("16", "Đơn vị hoặc người nhận", "ToPlaces", entry.receivers or NONE),
        Field(
            "17", "Ý kiến phân phối, chỉ đạo, trạng thái xử lý", "TraceHeaderList", "\n".join(trace) or NONE
        ),
        Field("18", "Thời hạn giải quyết", "DueDate", _day(entry.due_on)),
        Field("", "Trạng thái", "", entry.get_state_display()),
        Field("", "Cách đến", "", entry.get_channel_display()),
        Field("", "Dạng văn bản", "", entry.get_medium_display()),
        Field("", "Vào sổ lúc", "", _moment(entry.registered_at)),
        Field("", "Kiểm tra chữ ký số", "", str(entry.signature_report.get("summary", "")) or NONE),
        Field("", "Hạn chế người xem", "", "có" if entry.restricted else "không"),
    ]


def of_outgoing(seen: Seen[OutgoingEntry], by: Actor) -> list[Field]:
    """Part II, I.1-16, and what the system keeps beside it."""
    entry, document = seen.entry, seen.entry.document
    sent = exchange.deliveries_of(seen)
    receivers = [
        f"{one.to_office.identifier or one.to_office.code} {one.to_name}" if one.to_office else one.to_name
        for one in sent
    ]
    return [
        *_files("out", entry.pk, entry.office_id, by),
        *_described(document, document, description=entry.remark),
        Field("12.1", "Chức vụ của người ký văn bản", "Position", document.signer_title or NONE),
        Field("12.2", "Họ và tên người ký văn bản", "FullName", document.signer_name or NONE),
        Field("13", "Nơi nhận (mã định danh, tên)", "To", "\n".join(receivers) or entry.recipients or NONE),
        Field("14", "Mức độ khẩn", "Priority", Urgency(document.urgency).label),
        Field("15", "Số lượng bản phát hành", "IssuedAmount", str(entry.copies)),
        Field("16", "Hạn trả lời văn bản", "DueDate", _day(document.reply_due_on)),
        Field("", "Trạng thái", "", entry.get_state_display()),
        Field("", "Đơn vị, người nhận bản lưu", "", entry.copy_kept_by or NONE),
        Field("", "Dạng văn bản", "", entry.get_medium_display()),
        Field("", "Cấp số lúc", "", _moment(entry.numbered_at)),
        Field("", "Phát hành lúc", "", _moment(entry.issued_at)),
        Field("", "Hạn chế người xem", "", "có" if entry.restricted else "không"),
    ]


def _files(kind: str, pk: int, office_id: int, by: Actor) -> list[Field]:
    """Fields 1.1-2: the dossiers in which it lies, as far as the actor sees them."""
    office = organisations.office(office_id)
    held = dossiers.holding(kind, pk, by)
    years = dict.fromkeys(str(one.year) for one in held)
    return [
        Field("1.1", "Mã định danh cơ quan lập danh mục hồ sơ", "OrganId", office.identifier or office.code),
        Field("1.2", "Năm hình thành hồ sơ", "FileCatalog", ", ".join(years) or NONE),
        Field("1.3", "Số và ký hiệu hồ sơ", "FileNotation", ", ".join(one.notation for one in held) or NONE),
        Field(
            "2", "Số thứ tự văn bản trong hồ sơ", "DocOrdinal", _ordinals(kind, pk, [one.pk for one in held])
        ),
    ]


def _ordinals(kind: str, pk: int, dossier_ids: Sequence[int]) -> str:
    found = [
        str(one.ordinal)
        for dossier in dossier_ids
        for one in dossiers.contents(dossier)
        if (one.item_kind_of, one.item_id_of) == (kind, pk)
    ]
    return ", ".join(found) or NONE


def _described(one: Document | IncomingEntry, document: Document, *, description: str) -> list[Field]:
    """Fields 3-11."""
    return [
        Field("3", "Tên loại văn bản", "TypeName", one.kind_name),
        Field("4", "Số của văn bản", "CodeNumber", one.number or NONE),
        Field("5", "Ký hiệu của văn bản", "CodeNotation", one.notation or NONE),
        Field("6", "Ngày, tháng, năm văn bản", "IssuedDate", _day(one.issued_on)),
        Field("7", "Tên cơ quan, tổ chức ban hành văn bản", "OrganName", one.issuer_name),
        Field("8", "Trích yếu nội dung", "Subject", one.subject),
        Field("9", "Ngôn ngữ", "Language", document.language),
        Field("10", "Số trang của văn bản", "PageAmount", str(one.pages or NONE)),
        Field("11", "Ghi chú", "Description", description or NONE),
    ]


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else NONE


def _moment(at: datetime | None) -> str:
    return f"{localtime(at):%H:%M %d/%m/%Y}" if at else NONE
