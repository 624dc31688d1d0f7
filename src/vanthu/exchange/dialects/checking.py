"""What the strictest known receiver refuses, said before a packet leaves. Reading never refuses for these."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from vanthu.exchange.dialects.packets import BusinessType, Document, Packet, Party, Status, StatusCode

_LENGTHS: tuple[tuple[str, str, int], ...] = (
    ("subject", "trích yếu (Subject)", 500),
    ("content", "nội dung tóm tắt (Content)", 500),
    ("number", "số (CodeNumber)", 11),
    ("notation", "ký hiệu (CodeNotation)", 30),
    ("place", "nơi ban hành (Place)", 50),
    ("type_name", "tên loại (TypeName)", 100),
    ("sphere", "phạm vi lưu hành (SphereOfPromulgation)", 100),
    ("typer", "ký hiệu người soạn thảo (TyperNotation)", 10),
)
_PARTY: tuple[tuple[str, str, int], ...] = (
    ("organ_id", "mã định danh (OrganId)", 35),
    ("name", "tên cơ quan (OrganName)", 200),
    ("in_charge", "cơ quan chủ quản (OrganizationInCharge)", 500),
    ("address", "địa chỉ (OrganAdd)", 500),
    ("email", "thư điện tử (Email)", 100),
    ("telephone", "điện thoại (Telephone)", 20),
    ("fax", "fax (Fax)", 20),
)
_REASONED = (BusinessType.RECALL, BusinessType.UPDATE, BusinessType.REPLACE)
_REASONED_CODES = (StatusCode.REFUSED, StatusCode.CALLED_BACK, StatusCode.DISAGREED)


def faults(packet: Packet, today: date) -> list[str]:
    """What is wrong with a packet by QCVN 102:2016 and the limits of known receivers, in clauses; else empty."""
    found = _of_party(packet.sender, "nơi gửi")
    rest = _of_status(packet) if isinstance(packet, Status) else _of_document(packet, today)
    return [*found, *rest]


def _of_status(packet: Status) -> Iterator[str]:
    known = tuple(StatusCode)
    if packet.code not in known:
        yield f"mã trạng thái “{packet.code}” không có trong quy định ({', '.join(known)})"
    if packet.code in _REASONED_CODES and not packet.text:
        yield f"trạng thái {packet.code} phải nêu lý do (Description)"
    if not packet.about.organ_id:
        yield "không nêu cơ quan của văn bản được phản hồi (ResponseFor/OrganId)"
    if not (packet.about.document_id or packet.about.code):
        yield "không nêu văn bản được phản hồi (ResponseFor)"
    if packet.at is None:
        yield "thiếu thời điểm (Timestamp), dạng yyyy/MM/dd HH:mm:ss"


def _of_document(packet: Document, today: date) -> Iterator[str]:
    for name, words in (
        ("document_id", "mã văn bản (DocumentId)"),
        ("number", "số (CodeNumber)"),
        ("notation", "ký hiệu (CodeNotation)"),
        ("subject", "trích yếu (Subject)"),
        ("type_name", "tên loại (TypeName)"),
        ("type_code", "nhóm loại (Type)"),
    ):
        if not getattr(packet, name):
            yield f"thiếu {words}"
    yield from _too_long(packet, _LENGTHS)
    if packet.issued_on is None:
        yield "thiếu ngày ban hành (PromulgationDate), dạng yyyy/MM/dd"
    elif packet.issued_on > today:
        yield "ngày ban hành ở tương lai"
    yield from _of_recipients(packet)
    yield from _of_business(packet)
    for one in packet.attachments:
        if one.problem:
            yield f"tệp đính kèm “{one.name}”: {one.problem}"


def _of_recipients(packet: Document) -> Iterator[str]:
    if not packet.recipients:
        yield "không có nơi nhận (To)"
    codes = [one.organ_id.upper() for one in packet.recipients]
    for code in sorted({one for one in codes if codes.count(one) > 1}):
        yield f"nơi nhận {code} ghi hai lần"
    for place, one in enumerate(packet.recipients, 1):
        yield from _of_party(one, f"nơi nhận thứ {place}")


def _of_business(packet: Document) -> Iterator[str]:
    business = packet.business
    if business.type not in tuple(BusinessType):
        yield f"loại nghiệp vụ {business.type} không có trong quy định (0 đến 3)"
    if business.type in _REASONED and not business.reason:
        yield "thu hồi, cập nhật, thay thế phải nêu lý do (BussinessDocReason)"
    if business.type == BusinessType.UPDATE and not business.document_id:
        yield "cập nhật phải nêu văn bản được cập nhật (Bussiness/DocumentId)"
    if business.type == BusinessType.REPLACE and not business.replaced:
        yield "thay thế phải nêu văn bản bị thay thế (ReplacementInfoList)"


def _of_party(party: Party, who: str) -> list[str]:
    missing = [] if party.organ_id else [f"{who} không có mã định danh (OrganId)"]
    return missing + [f"{who}: {fault}" for fault in _too_long(party, _PARTY)]


def _too_long(thing: object, lengths: tuple[tuple[str, str, int], ...]) -> Iterator[str]:
    for name, words, most in lengths:
        length = len(getattr(thing, name))
        if length > most:
            yield f"{words} dài {length} ký tự, nhiều nhất {most}"
