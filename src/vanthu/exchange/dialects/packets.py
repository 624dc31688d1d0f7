"""What a packet says, by the names of QCVN 102:2016; texts are trimmed, an absent value is "" or None."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from pathlib import Path


class BusinessType(IntEnum):
    """Nghiệp vụ of a document packet (`BussinessDocType`)."""

    NEW = 0
    RECALL = 1
    UPDATE = 2
    REPLACE = 3


class StatusCode(StrEnum):
    """Trạng thái xử lý that a receiver reports, and the sender's request to have a document back."""

    ARRIVED = "01"
    REFUSED = "02"
    RECEIVED = "03"
    ASSIGNED = "04"
    HANDLING = "05"
    DONE = "06"
    CALLED_BACK = "13"
    AGREED = "15"
    DISAGREED = "16"


@dataclass(frozen=True, slots=True)
class Party:
    """A body that sends or receives (`From`, `To`)."""

    organ_id: str
    name: str = ""
    in_charge: str = ""
    address: str = ""
    email: str = ""
    telephone: str = ""
    fax: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """The document that a packet answers or reports on (`ResponseFor`); `code` is "số/ký hiệu"."""

    organ_id: str = ""
    code: str = ""
    document_id: str = ""
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    """Who sent it (`StaffInfo`)."""

    department: str = ""
    name: str = ""
    email: str = ""
    mobile: str = ""


@dataclass(frozen=True, slots=True)
class Hop:
    """A system that the packet passed (`TraceHeader`)."""

    organ_id: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Receiver:
    """A receiver that an update adds or removes."""

    organ_id: str
    added: bool


@dataclass(frozen=True, slots=True)
class Replaced:
    """A document that this one replaces, and who has it."""

    document_id: str
    organ_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Business:
    """Why the packet is sent (`Bussiness`); `type` may be a number that nobody defined."""

    type: int = BusinessType.NEW
    reason: str = ""
    document_id: str = ""
    paper: bool = False
    data_changed: bool = False
    receivers_changed: bool = False
    receivers: tuple[Receiver, ...] = ()
    replaced: tuple[Replaced, ...] = ()
    staff: Staff | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the packet. `name` is safe to write; `path` is where it lies until the folder is given up.

    `kind` is what its first bytes say ("pdf", "zip"…, "" unknown); `declared_type` what the packet says.
    `problem` is a clause when the file is damaged or not what it is called.
    """

    name: str
    path: Path | None
    size: int
    sha256: str
    kind: str = ""
    declared_type: str = ""
    content_id: str = ""
    description: str = ""
    unpacked: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document packet (`messagetype=edoc`)."""

    sender: Party
    recipients: tuple[Party, ...]
    document_id: str
    number: str
    notation: str
    subject: str
    issued_on: date | None
    place: str = ""
    type_code: str = "1"
    type_detail: str = "0"
    type_name: str = ""
    content: str = ""
    signer_competence: str = ""
    signer_position: str = ""
    signer_name: str = ""
    due_on: date | None = None
    priority: int = 0
    sphere: str = ""
    typer: str = ""
    copies: int | None = None
    pages: int | None = None
    direction: str = ""
    appendixes: tuple[str, ...] = ()
    answers: tuple[About, ...] = ()
    steering: str = ""
    tasks: tuple[str, ...] = ()
    application_type: str = ""
    places: tuple[str, ...] = ()
    hops: tuple[Hop, ...] = ()
    business: Business = field(default_factory=Business)
    attachments: tuple[Attachment, ...] = ()

    @property
    def code(self) -> str:
        """Số/ký hiệu as it is written on the document."""
        return "/".join(part for part in (self.number, self.notation) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A status packet (`messagetype=status`): `code` has two digits where it is a known one."""

    sender: Party
    about: About
    code: str
    text: str = ""
    staff: Staff | None = None
    at: datetime | None = None


type Packet = Document | Status
