"""Read a packet in any variant: by local names, in any order, with any prefix. Source: QCVN 102:2016, articles on
MessageHeader, TraceHeaderList and attachments; variants as they are met on the axis.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from vanthu.exchange.dialects.contents import safe_name, settle
from vanthu.exchange.dialects.packets import (
    About,
    Attachment,
    Business,
    Document,
    Hop,
    Packet,
    Party,
    Receiver,
    Replaced,
    Staff,
    Status,
)
from vanthu.exchange.dialects.scanning import LIMITS, Limits, Node, scan, unreadable

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_DAYS = ("%Y/%m/%d", "%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")
_TIMES = (*(f"{day} %H:%M:%S" for day in _DAYS), "%Y-%m-%dT%H:%M:%S", "%Y/%m/%d %H:%M")
_ROOTS = ("edXML", "edXMLEnvelope", "EdXMLEnvelope")


def read(stream: BinaryIO, folder: Path, limits: Limits = LIMITS) -> tuple[Packet, tuple[str, ...]]:
    """The packet, and what had to be mended to read it; attachments lie in `folder`.

    Raises `Invalid` (code `packet_unreadable`) with cause and line for what is no packet of the axis.
    """
    scanned = scan(stream, folder, limits)
    return packet_of(scanned.root, limits), scanned.repairs


def packet_of(root: Node, limits: Limits = LIMITS) -> Packet:
    """What the tree of a packet says. Raises `Invalid` where it is XML but no packet."""
    header = _header(root)
    return _status(header) if header.first("StatusCode") is not None else _document(root, header, limits)


def _header(root: Node) -> Node:
    """The `MessageHeader`, of what is an edXML packet at all."""
    if root.name not in _ROOTS:
        cause = "gói tin SOAP đời cũ" if root.name == "Envelope" else f"thẻ gốc là {root.name}"
        raise unreadable(f"{cause}, không phải edXML theo QCVN 102:2016", root.line)
    found = next((one for one in root.walk() if one.name == "MessageHeader"), None)
    if found is None:
        raise unreadable("không có MessageHeader nên không phải gói tin văn bản", root.line)
    if found.first("From") is None:
        raise unreadable("không có nơi gửi (From)", found.line)
    return found


def _status(header: Node) -> Status:
    about = header.first("ResponseFor")
    if about is None:
        raise unreadable("trạng thái không nêu văn bản (ResponseFor)", header.line)
    code = header.value("StatusCode")
    return Status(
        sender=_party(header.first("From")),
        about=_about(about),
        code=code.zfill(2) if code.isdigit() else code,
        text=header.value("Description"),
        staff=_staff(header.first("StaffInfo")),
        at=moment(header.value("Timestamp")),
    )


def _document(root: Node, header: Node, limits: Limits) -> Document:
    other = header.first("OtherInfo") or Node("OtherInfo", 0)
    traces = next((one for one in root.walk() if one.name == "TraceHeaderList"), Node("TraceHeaderList", 0))
    places = header.first("ToPlaces")
    return Document(
        sender=_party(header.first("From")),
        recipients=tuple(_party(one) for one in header.all("To")),
        document_id=header.value("DocumentId"),
        number=header.value("Code", "CodeNumber"),
        notation=header.value("Code", "CodeNotation"),
        subject=header.value("Subject"),
        issued_on=day(header.value("PromulgationInfo", "PromulgationDate")),
        place=header.value("PromulgationInfo", "Place"),
        type_code=header.value("DocumentType", "Type"),
        type_detail=header.value("DocumentType", "TypeDetail"),
        type_name=header.value("DocumentType", "TypeName"),
        content=header.value("Content"),
        signer_competence=header.value("SignerInfo", "Competence"),
        signer_position=header.value("SignerInfo", "Position"),
        signer_name=header.value("SignerInfo", "FullName"),
        due_on=day(header.value("DueDate")),
        priority=_priority(other.value("Priority")),
        sphere=other.value("SphereOfPromulgation"),
        typer=other.value("TyperNotation"),
        copies=_number(other.value("PromulgationAmount")),
        pages=_number(other.value("PageAmount")),
        direction=other.value("Direction"),
        appendixes=_texts(other.first("Appendixes"), "Appendix"),
        answers=tuple(about for one in header.all("ResponseFor") if any_of(about := _about(one))),
        steering=header.value("SteeringType"),
        tasks=tuple(task for one in header.all("ResponseForTask") if (task := one.value("TaskCode"))),
        application_type=header.value("ApplicationType"),
        places=_texts(places, "Place"),
        hops=tuple(_hop(one) for one in traces.all("TraceHeader")),
        business=_business(traces.first("Bussiness")),
        attachments=_attachments(root, limits),
    )


def any_of(about: About) -> bool:
    """Whether it names a document at all: packets carry empty ones."""
    return bool(about.organ_id or about.code or about.document_id)


def _party(node: Node | None) -> Party:
    value: Callable[..., str] = node.value if node else lambda *_: ""
    return Party(
        organ_id=value("OrganId"),
        name=value("OrganName"),
        in_charge=value("OrganizationInCharge"),
        address=value("OrganAdd"),
        email=value("Email"),
        telephone=value("Telephone"),
        fax=value("Fax"),
        website=value("Website"),
    )


def _about(node: Node) -> About:
    return About(
        organ_id=node.value("OrganId"),
        code=node.value("Code"),
        document_id=node.value("DocumentId"),
        issued_on=day(node.value("PromulgationDate")),
    )


def _staff(node: Node | None) -> Staff | None:
    if node is None:
        return None
    found = Staff(node.value("Department"), node.value("Staff"), node.value("Email"), node.value("Mobile"))
    return found if found != Staff() else None


def _hop(node: Node) -> Hop:
    code = node.value("OrganId")
    return Hop("" if code == "null" else code, moment(node.value("Timestamp")))


def _business(node: Node | None) -> Business:
    if node is None:
        return Business()
    info = node.first("BussinessDocumentInfo") or Node("BussinessDocumentInfo", 0)
    receivers = info.first("ReceiverList")
    replaced = node.first("ReplacementInfoList")
    return Business(
        type=_number(node.value("BussinessDocType")) or 0,
        reason=node.value("BussinessDocReason"),
        document_id=node.value("DocumentId"),
        paper=node.value("Paper") == "1",
        data_changed=info.value("DocumentInfo") == "1",
        receivers_changed=info.value("DocumentReceiver") == "1",
        receivers=tuple(
            Receiver(one.value("OrganId"), one.value("ReceiverType") == "1")
            for one in (receivers.all("Receiver") if receivers else ())
        ),
        replaced=tuple(
            Replaced(one.value("DocumentId"), _texts(one.first("OrganIdList"), "OrganId"))
            for one in (replaced.all("ReplacementInfo") if replaced else ())
        ),
        staff=_staff(node.first("StaffInfo")),
    )


def _texts(node: Node | None, name: str) -> tuple[str, ...]:
    return tuple(one.text for one in node.all(name) if one.text) if node else ()


def _attachments(root: Node, limits: Limits) -> tuple[Attachment, ...]:
    """The files of a packet, described by themselves and by the manifest: linked by id, else name, else place."""
    nodes = [one for one in root.walk() if one.name == "Attachment" and any(map(_holds, one.children))]
    listed = [one for one in root.walk() if one.name == "Reference" and one.first("ContentId") is not None]
    taken: set[str] = set()
    found = []
    for place, node in enumerate(nodes):
        entry = _entry(node, place, listed, len(nodes))
        found.append(_attachment(node, entry, place, taken, limits))
        taken.add(found[-1].name.lower())
    return tuple(found)


def _holds(node: Node) -> bool:
    return node.content is not None


def _attachment(node: Node, entry: Node, place: int, taken: set[str], limits: Limits) -> Attachment:
    content = next(one.content for one in node.children if one.content is not None)
    given = node.value("AttachmentName") or node.value("FileName") or entry.value("AttachmentName")
    name = safe_name(given, f"tep-{place + 1}", taken)
    settled = settle(content, name, limits)
    return Attachment(
        name=name,
        path=settled.path,
        size=settled.size,
        sha256=settled.sha256,
        kind=settled.kind,
        declared_type=node.value("ContentType") or node.value("FileType") or entry.value("ContentType"),
        content_id=_bare(node.value("ContentId") or entry.value("ContentId")),
        description=node.value("Description") or entry.value("Description"),
        unpacked=settled.unpacked,
        problem=settled.problem,
    )


def _entry(node: Node, place: int, listed: Sequence[Node], files: int) -> Node:
    """The line of the manifest for an attachment; an empty one when there is none."""
    key, name = _bare(node.value("ContentId")), node.value("AttachmentName")
    by_id = [one for one in listed if key and _bare(one.value("ContentId")) == key]
    by_name = [one for one in listed if name and one.value("AttachmentName") == name]
    by_place = [listed[place]] if len(listed) == files else []
    return next(iter([*by_id, *by_name, *by_place]), Node("Reference", 0))


def _bare(content_id: str) -> str:
    return content_id.removeprefix("cid:")


def day(text: str) -> date | None:
    """A day as packets write it: 2026/11/22, also 2026-11-22 and 22/11/2026; None for anything else."""
    found = _parsed(re.split(r"[ T]", text)[0], _DAYS)
    return found.date() if found else None


def moment(text: str) -> datetime | None:
    """A time of Hà Nội as packets write it: 2026/11/22 08:30:00; a day alone is its beginning."""
    found = _parsed(text.partition(".")[0], (*_TIMES, *_DAYS))
    return found.replace(tzinfo=HANOI) if found else None


def _parsed(text: str, forms: Sequence[str]) -> datetime | None:
    for form in forms:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - the zone follows
        except ValueError:
            continue
    return None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _priority(text: str) -> int:
    """0 to 4; what nobody defined is ordinary."""
    found = _number(text) or 0
    return found if found <= 4 else 0
