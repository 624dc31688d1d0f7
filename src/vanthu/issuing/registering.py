"""A signed draft as the register of outgoing documents takes it. Decree 30/2020/NĐ-CP, articles 15 and 16."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vanthu.documents import outgoing
from vanthu.documents.outgoing import Departure
from vanthu.documents.states import Medium
from vanthu.issuing import queries
from vanthu.kernel.calendar import today
from vanthu.kernel.participants import Owner
from vanthu.kernel.refusals import Conflict, Invalid

if TYPE_CHECKING:
    from vanthu.documents.models import OutgoingEntry
    from vanthu.issuing.models import Draft, Version
    from vanthu.kernel.actor import Actor

_PRINTED_YEAR = re.compile(r"ngày[\s.…]*tháng[\s.…]*năm\s*(\d{4})", re.IGNORECASE)


def entry_of(
    draft: Draft, version: Version, *, pages: int | None, by: Actor, wanted: str = ""
) -> tuple[OutgoingEntry, str]:
    """The draft in the book of its office, and how that is said: numbered now, or confirmed with what it says today.

    `wanted` is a number that is held. Part of the verb that needs it; raises as `outgoing.number`.
    """
    departure = _departure(draft, pages)
    if draft.outgoing is not None:
        outgoing.amend(draft.outgoing, departure, owners=_owners(draft), remark=_remark(draft), by=by)
        return draft.outgoing, "xác nhận số"
    check_printed_year(version)
    entry = outgoing.number(departure, owners=_owners(draft), by=by, wanted=wanted, remark=_remark(draft))
    return entry, "cấp số"


def _remark(draft: Draft) -> str:
    """What the book says of a document that was signed by hand."""
    if draft.paper_on is None:
        return ""
    return f"Ký trên giấy ngày {draft.paper_on:%d/%m/%Y}; bản điện tử là bản quét, cơ quan ký số sao y."


def _departure(draft: Draft, pages: int | None) -> Departure:
    recipients = queries.recipients(draft.pk)
    if not recipients:
        raise Invalid("Văn bản chưa có nơi nhận. Bổ sung nơi nhận rồi phát hành.")
    return Departure(
        kind=draft.kind,
        notation=draft.notation,
        issuer_name=draft.office.name,
        subject=draft.subject,
        signer_name=draft.signer.person.full_name if draft.signer else "",
        signer_title=draft.signer.title if draft.signer else "",
        urgency=draft.urgency,
        reply_due_on=draft.reply_due_on,
        restricted=draft.restricted,
        recipients="; ".join(one.name for one in recipients),
        copy_kept_by=f"VT, {draft.unit.abbreviation}" if draft.unit else "VT",
        copies=draft.paper_copies if draft.medium == Medium.PARALLEL else len(recipients),
        pages=pages,
        medium=draft.medium,
    )


def _owners(draft: Draft) -> list[Owner]:
    """Who sees the entry beside the office: the drafter, their unit, the signer."""
    owners = [Owner("p", draft.drafter_id)] + ([Owner("u", draft.unit_id)] if draft.unit_id else [])
    if draft.signer is not None and draft.signer.person_id != draft.drafter_id:
        owners.append(Owner("p", draft.signer.person_id))
    return owners


def was_first(draft: Draft) -> bool:
    """Whether the number stood in the document when it was signed."""
    entry = draft.outgoing
    return entry is not None and draft.signed_at is not None and entry.numbered_at < draft.signed_at


def check_printed_year(version: Version) -> None:
    """Number and date belong to one year (article 15): what was signed in December carries its year in print."""
    printed = _PRINTED_YEAR.search(version.text)
    year = today().year
    if printed and int(printed[1]) != year:
        raise Conflict(
            f"Văn bản in “năm {printed[1]}” nhưng số lấy theo sổ năm {year}."
            " Trả lại người soạn thảo để in lại và ký lại.",
            code="another_year",
        )


def field_values(entry: OutgoingEntry) -> tuple[str, str, str]:
    """Number, day and month as the fields of the PDF take them; months 1 and 2 with a zero (Phụ lục I.II.4)."""
    day = entry.document.issued_on
    assert day is not None  # noqa: S101 - set with the number
    return entry.document.number, f"{day.day:02d}", f"{day.month:02d}" if day.month < 3 else str(day.month)
