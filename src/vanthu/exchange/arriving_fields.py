"""What a packet says in the words of the register: its kind, its fields, the keys under which it is known again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from vanthu.documents import kinds, symbols
from vanthu.documents.from_outside import Brought
from vanthu.documents.kinds import Kind
from vanthu.documents.states import Urgency
from vanthu.exchange.dialects.packets import BusinessType, Document, Staff, Status
from vanthu.kernel.vietnamese import fold
from vanthu.organisations.agency_codes import folded

if TYPE_CHECKING:
    from vanthu.exchange.axis_models import ReceivedPacket
    from vanthu.kernel.files.written import Named

LETTER = "CV"  # công văn: what has no kind


def kind_of(document: Document) -> str:
    """The kind by its name, else by the symbol; numbers of kinds differ from system to system and are not read."""
    found = _named().get(fold(document.type_name), ())
    guessed = symbols.guess_kind(document.code) if document.notation else None
    if guessed is not None and (guessed in found or not found):
        return guessed.code
    return found[0].code if found else LETTER


@cache
def _named() -> dict[str, list[Kind]]:
    """{folded name: kinds of this name}, laws before the others."""
    named: dict[str, list[Kind]] = {}
    for kind in sorted(kinds.ALL, key=lambda one: one.family != "legal"):
        named.setdefault(fold(kind.name), []).append(kind)
    return named


def brought(document: Document, sender_name: str, files: Sequence[Named]) -> Brought:
    """The document as it enters an inbox; `sender_name` is used where the packet names nobody."""
    title = " ".join(part for part in (document.signer_competence, document.signer_position) if part)
    counted = sum(one.file.page_count or 0 for one in files)
    return Brought(
        kind=kind_of(document),
        number=document.number,
        notation=document.notation,
        issued_on=document.issued_on,
        issuer_name=document.sender.name or sender_name,
        subject=document.subject or document.content or "(nơi gửi không ghi trích yếu)",
        signer_name=document.signer_name,
        signer_title=title,
        urgency=min(document.priority, Urgency.EXPRESS),
        pages=counted or document.pages,
        reply_due_on=document.due_on,
        on_paper_too=document.business.paper,
        files=files,
    )


def describe(packet: ReceivedPacket, found: Document | Status, repairs: Sequence[str]) -> dict[str, Any]:
    """The columns of a packet that was read; the row in memory has them too."""
    about = {
        "from_code": found.sender.organ_id[:60],
        "from_name": found.sender.name[:500],
        "said": packet.said | _said(found, repairs),
    }
    if isinstance(found, Document):
        about |= {
            "code": str(int(found.business.type))[:12],
            "to_codes": [one.organ_id for one in found.recipients][:500],
            "document_id": found.document_id[:300],
            "symbol": found.code[:120],
            "issued_on": found.issued_on,
            "subject": found.subject[:1000],
        }
    else:
        about |= {
            "code": found.code[:12],
            "to_codes": [found.about.organ_id] if found.about.organ_id else [],
            "document_id": found.about.document_id[:300],
            "symbol": found.about.code[:120],
            "issued_on": found.about.issued_on,
            "subject": found.text[:1000],
        }
    for name, value in about.items():
        setattr(packet, name, value)
    return about


def _said(found: Document | Status, repairs: Sequence[str]) -> dict[str, Any]:
    staff = found.business.staff if isinstance(found, Document) else found.staff
    contact = Staff(email=found.sender.email, mobile=found.sender.telephone)
    said: dict[str, Any] = {"staff": _person(staff or contact)}
    if repairs:
        said["repairs"] = list(repairs)
    if isinstance(found, Document):
        said["kind"] = found.type_name
        if found.business.reason:
            said["reason"] = found.business.reason[:500]
        times = [hop.at.isoformat() for hop in found.hops if hop.at]
        if times:
            said["sent_at"] = times[0]
    return said


def _person(staff: Staff) -> dict[str, str]:
    parts = {"department": staff.department, "name": staff.name, "email": staff.email, "mobile": staff.mobile}
    return {name: value[:200] for name, value in parts.items() if value}


def document_key(document: Document, sender_id: int) -> str:
    """Under what the same packet is known when it comes again with another `docId`.

    Of a new document: sender, symbol, date, DocumentId. Of a change, also what it changes: two updates of a document
    are two.
    """
    parts = [
        str(sender_id),
        fold(document.code),
        f"{document.issued_on}",
        document.document_id.strip().casefold(),
    ]
    if not document.document_id and not document.code:
        parts.append(document.subject)
    if document.business.type != BusinessType.NEW:
        parts += [str(int(document.business.type)), document.business.reason, document.subject]
        parts += [one.sha256 for one in document.attachments]
    return _digest(parts)


def status_key(status: Status) -> str:
    """The same of a request to have a document back."""
    about = status.about
    return _digest(
        [status.code, folded(status.sender.organ_id), folded(about.organ_id), about.document_id.strip().casefold(),
         fold(about.code), f"{about.issued_on}", f"{status.at}", status.text]
    )  # fmt: skip


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
