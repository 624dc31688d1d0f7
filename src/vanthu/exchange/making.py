"""A packet of ours from what is in the books: its header, its files, and what keeps it from leaving.

Facts of the fields: QCVN 102:2016 and its amendment 1:2022. Secret documents are not in the system at all.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from vanthu.documents import queries as documents
from vanthu.documents.states import Medium, OutgoingState
from vanthu.exchange.axis_models import Arrival, SentPacket
from vanthu.exchange.dialects import checking, writing
from vanthu.exchange.dialects.packets import (
    About,
    Business,
    Document,
    Hop,
    Packet,
    Party,
    Replaced,
    Staff,
    Status,
)
from vanthu.exchange.models import Delivery
from vanthu.issuing import queries as issuing
from vanthu.kernel.calendar import today
from vanthu.kernel.files import actions as files
from vanthu.kernel.files import queries as stored
from vanthu.kernel.files import staging
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.files.models import INFECTED

if TYPE_CHECKING:
    from vanthu.documents.models import OutgoingEntry
    from vanthu.issuing.models import Draft
    from vanthu.kernel.files.models import Attachment

OWNER = "packet_out"
_XML = "application/xml"
_SENT = ("main", "attachment")  # roles of files that leave the office
_MEGABYTE = 1024 * 1024
_PLACE = 150  # letters of one place in ToPlaces; more is cut


def document_id(code: str, entry: OutgoingEntry) -> str:
    """The identity of a document on the axis: sender, date, symbol, as the regulation writes it."""
    return f"{code},{entry.document.issued_on:%Y/%m/%d},{entry.document.symbol}"


def ready(sent: SentPacket) -> Attachment | None:
    """The file of a packet that was made already."""
    return next(iter(stored.attachments(OWNER, [sent.pk])[sent.pk]), None)


def make(sent: SentPacket) -> list[str]:
    """Make the file of a packet, once; returns what keeps it from leaving, in clauses, then no file is made."""
    enclosed, made = _enclosed(sent), ready(sent)
    if made is not None:
        return _infected([*enclosed, made])
    packet = packet_of(sent)
    wrong = [*_infected(enclosed), *_conditions(sent, enclosed), *checking.faults(packet, today())]
    if not wrong:
        _write(sent, packet, enclosed)
    return wrong


def give_up(sent: SentPacket) -> None:
    """The other side has it: the file is not kept, what is in it is in the books."""
    for one in stored.attachments(OWNER, [sent.pk])[sent.pk]:
        files.detach(one)


def _write(sent: SentPacket, packet: Packet, enclosed: list[Attachment]) -> None:
    with TemporaryDirectory(dir=staging.folder()) as folder, ExitStack() as copies:
        papers = [
            writing.Enclosed(copies.enter_context(stored.copy_of(one.file, one.name)), one.name)
            for one in enclosed
        ]
        path = Path(folder) / "goi-tin.edxml"
        with path.open("wb") as target:
            writing.write(packet, target, papers)
        file = files.store_bytes(path, _XML)
    files.attach(file, owner_kind=OWNER, owner_id=sent.pk, role="packet", name=f"{sent.pk}.edxml")


def _enclosed(sent: SentPacket) -> list[Attachment]:
    """The files of the document, the signed PDF first; none with a status."""
    if sent.kind != "edoc" or sent.outgoing is None:
        return []
    held = documents.document_files([sent.outgoing.document_id])[sent.outgoing.document_id]
    going = [one for one in held if one.role in _SENT]
    return sorted(going, key=lambda one: (one.role != "main", one.file.media_type != PDF))


def _infected(files: list[Attachment]) -> list[str]:
    """What the scanner for viruses found in them since they came."""
    bad = [one for one in files if one.file.scan_state == INFECTED]
    return [f"tệp “{one.name}” nhiễm mã độc ({one.file.virus}) nên đã khóa" for one in bad]


def _conditions(sent: SentPacket, enclosed: list[Attachment]) -> list[str]:
    """What the axis does not look at and receivers do: signed and issued, with a file, not too large."""
    entry = sent.outgoing
    if sent.kind != "edoc" or entry is None:
        return []
    wrong = []
    if entry.state not in (OutgoingState.ISSUED, OutgoingState.RECALLED):
        wrong.append("văn bản chưa phát hành")
    if not any(one.role == "main" for one in enclosed):
        wrong.append("văn bản chưa có tệp đã ký để gửi")
    size, most = sum(one.file.size for one in enclosed), sent.connection.packet_limit
    if size > most:
        wrong.append(
            f"các tệp nặng {size / _MEGABYTE:.1f} MB, {sent.connection.name} nhận nhiều nhất"
            f" {most / _MEGABYTE:.0f} MB".replace(".", ",")
        )
    return wrong


def packet_of(sent: SentPacket) -> Packet:
    """What the packet says."""
    if sent.kind == "status":
        return _status(sent)
    if sent.outgoing is None:
        raise ValueError("a document packet without its document")
    return _document(sent, sent.outgoing)


def _status(sent: SentPacket) -> Status:
    """01 to 06, 15 and 16 speak of the sender's document, 13 of ours at one receiver."""
    if sent.arrival is not None:
        about = about_arrival(sent.arrival)
    elif sent.outgoing is not None:
        document = sent.outgoing.document
        about = About(sent.to_codes[0], document.symbol, sent.document_id, document.issued_on)
    else:
        raise ValueError("a status about nothing")
    return Status(
        sender=_sender(sent),
        about=about,
        code=sent.code,
        text=str(sent.content.get("reason", "")),
        staff=_staff(sent),
        at=sent.made_at,
    )


def about_arrival(arrival: Arrival) -> About:
    """The document of somebody else that an arrival brought us."""
    packet = arrival.packet
    return About(packet.from_code, packet.symbol, packet.document_id, packet.issued_on)


def _document(sent: SentPacket, entry: OutgoingEntry) -> Document:
    document, draft = entry.document, issuing.of_outgoing(entry.pk)
    rows = Delivery.objects.filter(outgoing=entry, to_code__in=sent.to_codes)
    named = dict(rows.order_by("position", "pk").values_list("to_code", "to_name"))
    return Document(
        sender=_sender(sent),
        recipients=tuple(Party(code, named.get(code, "")) for code in sent.to_codes),
        document_id=sent.document_id,
        number=document.number,
        notation=document.notation,
        subject=document.subject,
        content=document.subject[:500],
        issued_on=document.issued_on,
        place=sent.address.office.place,
        type_name=document.kind_name,
        signer_competence=draft.signing_form if draft else "",
        signer_position=document.signer_title,
        signer_name=document.signer_name,
        due_on=document.reply_due_on,
        priority=document.urgency,
        copies=entry.copies,
        pages=document.pages,
        appendixes=tuple(one.name for one in _enclosed(sent) if one.role == "attachment"),
        answers=_answers(draft),
        steering="0",
        places=tuple(line.strip()[:_PLACE] for line in entry.recipients.split(";") if line.strip()),
        hops=(Hop(sent.address.code, sent.made_at),),
        business=_business(sent, entry),
    )


def _sender(sent: SentPacket) -> Party:
    office = sent.address.office
    over = office.parent.name if office.parent else ""
    return Party(sent.address.code, office.name, in_charge=over, address=office.address)


def _staff(sent: SentPacket) -> Staff | None:
    name = str(sent.content.get("staff", ""))
    return Staff("Văn thư", name) if name else None


def _business(sent: SentPacket, entry: OutgoingEntry) -> Business:
    """New, recall, update of an older document of ours, or in its place."""
    content = sent.content
    changed = sent.code == "2"
    return Business(
        type=int(sent.code),
        reason=str(content.get("reason", "")),
        document_id=str(content.get("older", "")) if changed else "",
        paper=entry.medium == Medium.PARALLEL,
        data_changed=changed,
        replaced=(Replaced(str(content.get("older", "")), tuple(sent.to_codes)),) if sent.code == "3" else (),
        staff=_staff(sent),
    )


def _answers(draft: Draft | None) -> tuple[About, ...]:
    """The document that this one answers, by what its sender called it where it came over the axis."""
    if draft is None or draft.replies_to is None:
        return ()
    asked = draft.replies_to
    came = Arrival.objects.filter(entry=asked).select_related("packet").order_by("pk").first()
    if came is not None:
        return (about_arrival(came),)
    return (About(code=asked.symbol, issued_on=asked.issued_on),)
