"""The verbs of outgoing entries: number, issue, void. Called by the issuing room. Decree 30/2020, articles 15-18."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from vanthu.documents import kinds, reserving
from vanthu.documents.fields import Description
from vanthu.documents.kinds import Kind
from vanthu.documents.models import Document, OutgoingEntry
from vanthu.documents.states import OUTGOING, Medium, OutgoingState
from vanthu.kernel import ledger, moves, participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now, today
from vanthu.kernel.participants import Item, Owner
from vanthu.kernel.refusals import Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure(Description):
    """A signed document as it enters the register of outgoing documents."""

    reply_due_on: date | None = None
    restricted: bool = False
    recipients: str = ""
    copy_kept_by: str = ""
    copies: int = 1
    pages: int | None = None
    medium: str = Medium.ELECTRONIC


@transaction.atomic
def number(
    departure: Departure, *, owners: list[Owner], by: Actor, wanted: str = "", remark: str = ""
) -> OutgoingEntry:
    """Give a signed document its number and today's date; both commit with the ledger row.

    `owners` are the units and persons who will see the entry beside the office; `wanted` is a held or a
    supplementary number ("12", "12a"), the next one without it. Raises as `reserving.claim`.
    """
    by.require("number")
    kind = kinds.by_code(departure.kind)
    day = today()
    document = Document.objects.create(
        kind=departure.kind,
        notation=_notation(kind, departure.notation, day),
        issued_on=day,
        issuer_name=departure.issuer_name,
        subject=departure.subject,
        signer_name=departure.signer_name,
        signer_title=departure.signer_title,
        urgency=departure.urgency,
        pages=departure.pages,
        issuer_id=by.office,
        entered_by_office_id=by.office,
        restricted=departure.restricted,
        reply_due_on=departure.reply_due_on,
    )
    claimed = reserving.claim(wanted, kind, day, by=by)
    document.number = str(claimed)
    document.save(update_fields=["number"])
    entry = OutgoingEntry.objects.create(
        office_id=by.office,
        document=document,
        series_id=claimed.series_id,
        number=claimed.number,
        letter=claimed.letter,
        state=OutgoingState.NUMBERED,
        medium=departure.medium,
        restricted=departure.restricted,
        recipients=departure.recipients,
        copy_kept_by=departure.copy_kept_by,
        copies=departure.copies,
        remark=remark,
        numbered_at=now(),
    )
    reserving.use(claimed, entry, by=by)
    _show(entry, owners)
    ledger.record(
        "documents.numbered",
        entry,
        by=by,
        changes={"number": (None, document.number), "issued_on": (None, day)},
        note=f"cấp số {document.symbol} ngày {day:%d/%m/%Y}",
        power="number",
    )
    return entry


def _show(entry: OutgoingEntry, owners: list[Owner]) -> None:
    """The office, and these units and persons, see the entry as it is now."""
    for owner in [Owner("o", entry.office_id), *owners]:
        participants.include(
            Item("out", entry.pk),
            owner,
            office_id=entry.office_id,
            role="holder" if owner.kind == "o" else "drafter",
            state=entry.state,
            at=entry.numbered_at,
            urgency=entry.document.urgency,
            restricted=entry.restricted,
        )


_OF_DOCUMENT = {
    "subject": "trích yếu", "signer_name": "người ký", "signer_title": "chức vụ người ký", "urgency": "độ khẩn",
    "pages": "số trang", "reply_due_on": "hạn trả lời", "restricted": "hạn chế người xem",
}  # fmt: skip
_OF_ENTRY = {
    "recipients": "nơi nhận", "copy_kept_by": "nơi lưu", "copies": "số bản", "medium": "dạng văn bản",
    "restricted": "hạn chế người xem", "remark": "ghi chú",
}  # fmt: skip


@transaction.atomic
def amend(
    entry: OutgoingEntry, departure: Departure, *, owners: list[Owner], remark: str = "", by: Actor
) -> OutgoingEntry:
    """Bring the book up to date with a document that changed after it got its number; number and date stay.

    Kind and symbol do not change any more. Nothing happens where the book says the same already.
    """
    by.require("number")
    wanted = {name: getattr(departure, name) for name in {*_OF_DOCUMENT, *_OF_ENTRY} - {"remark"}}
    changes: dict[str, tuple[object, object]] = {}
    for record, names in ((entry.document, _OF_DOCUMENT), (entry, _OF_ENTRY)):
        new = {name: value for name, value in (wanted | {"remark": remark}).items() if name in names}
        differs = {name: value for name, value in new.items() if getattr(record, name) != value}
        changes |= {name: (getattr(record, name), value) for name, value in differs.items()}
        for name, value in differs.items():
            setattr(record, name, value)
        if differs:
            record.save(update_fields=list(differs))
    if not changes:
        return entry
    _show(entry, owners)
    words = _OF_ENTRY | _OF_DOCUMENT
    ledger.record(
        "documents.amended",
        entry,
        by=by,
        changes=changes,
        note=f"sửa trong sổ theo văn bản: {', '.join(dict.fromkeys(words[name] for name in changes))}",
        power="number",
    )
    return entry


def _notation(kind: Kind, notation: str, day: date) -> str:
    """A legal document of our own prints the year inside its symbol: 04/2026/TT-VKSTC (Phụ lục I of the decree)."""
    year = f"{day.year}/"
    return year + notation.removeprefix(year) if kind.family == "legal" else notation


@transaction.atomic
def issue(entry: OutgoingEntry, *, by: Actor) -> OutgoingEntry:
    """Mark a numbered and sealed document as issued."""
    moves.make(OUTGOING, "issue", entry, by=by, also={"issued_at": now()})
    participants.move_all(Item("out", entry.pk), state=entry.state)
    ledger.record(
        "documents.issued", entry, by=by, office_id=entry.office_id, note=f"phát hành {entry.document.symbol}"
    )
    return entry


@transaction.atomic
def void(entry: OutgoingEntry, reason: str, *, by: Actor) -> OutgoingEntry:
    """Void a number whose issue cannot go on; the book prints it with the reason."""
    by.require("number")
    if len(reason.strip()) < 10:
        raise Invalid(
            fields={"reason": "Ghi rõ lý do hủy số (ít nhất 10 ký tự); sổ đăng ký sẽ in lý do này."}
        )
    moves.make(OUTGOING, "void", entry, by=by, also={"voided_reason": reason.strip()[:500]})
    participants.move_all(Item("out", entry.pk), state=entry.state)
    ledger.record(
        "documents.voided",
        entry,
        by=by,
        changes={"voided_reason": ("", entry.voided_reason)},
        note=f"hủy số {entry.document.symbol}: {entry.voided_reason}",
        power="number",
    )
    return entry
