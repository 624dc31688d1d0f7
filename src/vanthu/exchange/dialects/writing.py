"""Write a packet as the axis's own kit does: literal prefixes, its order, its blanks, dates as yyyy/MM/dd.

The axis refuses packets whose serializer chose other prefixes, so the text is written, not left to a library.
"""

from __future__ import annotations

import base64
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO
from uuid import uuid4
from xml.sax.saxutils import escape

from vanthu.exchange.dialects.packets import About, Business, Document, Packet, Party, Staff, Status
from vanthu.exchange.dialects.reading import HANOI

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
AS_IT_IS = frozenset({"pdf", "doc", "docx", "xsl", "xslx", "zip"})
"""What the kit does not pack, with its two slips of the pen: "xls" and "xlsx" are packed."""
_NL = "\r\n"
_CHUNK = 57 * 4096  # bytes, a multiple of three
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

type Element = tuple[str, str | Sequence[Element | None]]
"""A name and what is in it; None and what is empty are left out."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file to go with a packet. With a `media_type` its bytes go as they are, without one as the kit would do."""

    path: Path
    name: str
    description: str = ""
    content_id: str = ""
    media_type: str = ""


def write(packet: Packet, target: BinaryIO, files: Sequence[Enclosed] = ()) -> None:
    """Write the packet with its files; memory does not grow with them. `packet.attachments` are not looked at."""
    with TemporaryDirectory() as folder:
        ready = [_ready(one, Path(folder)) for one in files]
        _line(target, 0, '<?xml version="1.0" encoding="UTF-8"?>')
        _line(target, 0, f'<edXML xmlns="{NAMESPACE}">')
        _line(target, 1, f'<edXML:edXMLEnvelope xmlns:edXML="{NAMESPACE}">')
        _write(target, 2, ("edXMLHeader", _header(packet)))
        if isinstance(packet, Document):
            _manifest(target, ready)
        _line(target, 1, "</edXML:edXMLEnvelope>")
        if ready:
            _line(target, 1, "<AttachmentEncoded>")
            for one in ready:
                _attachment(target, one)
            _line(target, 1, "</AttachmentEncoded>")
        _line(target, 0, "</edXML>")


def _header(packet: Packet) -> list[Element | None]:
    if isinstance(packet, Status):
        return [("MessageHeader", _status(packet))]
    return [("MessageHeader", _document(packet)), ("TraceHeaderList", _traces(packet))]


def _status(packet: Status) -> list[Element | None]:
    return [
        ("From", _party(packet.sender)),
        ("ResponseFor", _about(packet.about, document_last=True)),
        ("StaffInfo", _staff(packet.staff)),
        ("StatusCode", packet.code),
        ("Description", packet.text),
        ("Timestamp", _moment(packet.at)),
    ]


def _document(packet: Document) -> list[Element | None]:
    return [
        ("From", _party(packet.sender)),
        *(("To", _party(one)) for one in packet.recipients),
        ("DocumentId", packet.document_id),
        ("Code", [("CodeNumber", packet.number), ("CodeNotation", packet.notation)]),
        ("PromulgationInfo", [("Place", packet.place), ("PromulgationDate", _day(packet.issued_on))]),
        (
            "DocumentType",
            [("Type", packet.type_code), ("TypeDetail", packet.type_detail), ("TypeName", packet.type_name)],
        ),
        ("Subject", packet.subject),
        ("Content", packet.content),
        (
            "SignerInfo",
            [
                ("Competence", packet.signer_competence),
                ("Position", packet.signer_position),
                ("FullName", packet.signer_name),
            ],
        ),
        ("DueDate", _day(packet.due_on)),
        ("OtherInfo", _other(packet)),
        *(("ResponseFor", _about(one)) for one in packet.answers),
        ("SteeringType", packet.steering),
        *(("ResponseForTask", [("TaskCode", one)]) for one in packet.tasks),
        ("ApplicationType", packet.application_type),
        ("ToPlaces", [("Place", one) for one in packet.places]),
    ]


def _other(packet: Document) -> list[Element | None]:
    return [
        ("Priority", str(packet.priority)),
        ("SphereOfPromulgation", packet.sphere),
        ("TyperNotation", packet.typer),
        ("PromulgationAmount", _number(packet.copies)),
        ("PageAmount", _number(packet.pages)),
        ("Direction", packet.direction),
        ("Appendixes", [("Appendix", one) for one in packet.appendixes]),
    ]


def _party(party: Party) -> list[Element | None]:
    return [
        ("OrganId", party.organ_id),
        ("OrganizationInCharge", party.in_charge),
        ("OrganName", party.name),
        ("OrganAdd", party.address),
        ("Email", party.email),
        ("Telephone", party.telephone),
        ("Fax", party.fax),
        ("Website", party.website),
    ]


def _about(about: About, *, document_last: bool = False) -> list[Element | None]:
    """The kit writes the id of the document before the day in documents, after it in statuses."""
    pair: list[Element | None] = [
        ("DocumentId", about.document_id),
        ("PromulgationDate", _day(about.issued_on)),
    ]
    return [("OrganId", about.organ_id), ("Code", about.code), *(pair[::-1] if document_last else pair)]


def _staff(staff: Staff | None) -> list[Element | None]:
    if staff is None:
        return []
    return [
        ("Department", staff.department),
        ("Staff", staff.name),
        ("Email", staff.email),
        ("Mobile", staff.mobile),
    ]


def _traces(packet: Document) -> list[Element | None]:
    hops: list[Element | None] = [
        ("TraceHeader", [("OrganId", one.organ_id), ("Timestamp", _moment(one.at))]) for one in packet.hops
    ]
    return [*hops, ("Bussiness", _business(packet.business))]


def _business(business: Business) -> list[Element | None]:
    changed = business.data_changed or business.receivers_changed
    info: Element = (
        "BussinessDocumentInfo",
        [
            ("DocumentInfo", _flag(business.data_changed)),
            ("DocumentReceiver", _flag(business.receivers_changed)),
            (
                "ReceiverList",
                [
                    ("Receiver", [("OrganId", one.organ_id), ("ReceiverType", _flag(one.added))])
                    for one in business.receivers
                ],
            ),
        ],
    )
    replaced: list[Element | None] = [
        (
            "ReplacementInfo",
            [
                ("DocumentId", one.document_id),
                ("OrganIdList", [("OrganId", organ_id) for organ_id in one.organ_ids]),
            ],
        )
        for one in business.replaced
    ]
    return [
        ("DocumentId", business.document_id),
        ("BussinessDocType", str(int(business.type))),
        ("BussinessDocReason", business.reason),
        ("Paper", _flag(business.paper)),
        info if changed else None,
        ("ReplacementInfoList", replaced),
        ("StaffInfo", _staff(business.staff)),
    ]


def _manifest(target: BinaryIO, files: Sequence[Enclosed]) -> None:
    _line(target, 2, "<edXML:edXMLBody>")
    _line(target, 3, '<edXML:edXMLManifest version="1.0">')
    for one in files:
        listed: list[Element | None] = [
            ("ContentId", one.content_id),
            ("ContentType", one.media_type),
            ("Description", one.description),
            ("AttachmentName", one.name),
        ]
        _write(target, 4, ("Reference", listed))
    _line(target, 3, "</edXML:edXMLManifest>")
    _line(target, 2, "</edXML:edXMLBody>")


def _attachment(target: BinaryIO, one: Enclosed) -> None:
    _line(target, 2, "<Attachment>")
    for name, text in (
        ("ContentId", one.content_id),
        ("AttachmentName", one.name),
        ("Description", one.description),
        ("ContentType", one.media_type),
    ):
        _line(target, 3, f"<{name}>{_text(text)}</{name}>")
    target.write(f'      <edXML:ContentTransferEncoded xmlns:edXML="{NAMESPACE}">'.encode())
    with one.path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            target.write(base64.b64encode(chunk))
    target.write(f"</edXML:ContentTransferEncoded>{_NL}".encode())
    _line(target, 2, "</Attachment>")


def _ready(one: Enclosed, folder: Path) -> Enclosed:
    """The file as it goes into the packet: packed where the kit packs, with an id and a type."""
    extension = PurePosixPath(one.name).suffix.lower().removeprefix(".")
    key = one.content_id or f"cid:{uuid4()}"
    description = one.description or one.name
    if one.media_type or extension in AS_IT_IS:
        media_type = one.media_type or f"application/{extension}"
        return Enclosed(one.path, one.name, description, key, media_type)
    packed = folder / f"{uuid4()}.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(one.path, f"{uuid4()}.{extension}" if extension else str(uuid4()))
    return Enclosed(packed, one.name, description, key, "application/zip")


def _write(target: BinaryIO, depth: int, element: Element) -> None:
    for line in _lines(depth, element):
        target.write(line.encode())


def _lines(depth: int, element: Element) -> Iterator[str]:
    """The lines of an element with its prefix, none when there is nothing in it."""
    name, inside = element
    blanks = "  " * depth
    if isinstance(inside, str):
        if text := _text(inside):
            yield f"{blanks}<edXML:{name}>{text}</edXML:{name}>{_NL}"
        return
    below = [line for one in _given(inside) for line in _lines(depth + 1, one)]
    if below:
        yield f"{blanks}<edXML:{name}>{_NL}"
        yield from below
        yield f"{blanks}</edXML:{name}>{_NL}"


def _given(elements: Iterable[Element | None]) -> Iterator[Element]:
    return (one for one in elements if one is not None)


def _line(target: BinaryIO, depth: int, text: str) -> None:
    target.write(f"{'  ' * depth}{text}{_NL}".encode())


def one_line(text: str) -> str:
    """The text as a packet has it: no control characters, blanks together."""
    return " ".join(_NOT_XML.sub(" ", text).split())


def _text(text: str) -> str:
    return escape(one_line(text))


def _day(day: date | None) -> str:
    return f"{day:%Y/%m/%d}" if day else ""


def _moment(moment: datetime | None) -> str:
    return f"{moment.astimezone(HANOI):%Y/%m/%d %H:%M:%S}" if moment else ""


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _flag(value: bool) -> str:
    return "1" if value else "0"
