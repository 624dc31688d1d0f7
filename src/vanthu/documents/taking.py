"""Take a number for a paper document (lấy số): it is in the book at once, issued or voided by hand later.

Decree 30/2020/NĐ-CP, article 15: one series for paper and electronic documents; article 16: the fields of the book.
"""

from dataclasses import dataclass

from django.db import transaction

from vanthu.documents import kinds, outgoing, queries, series
from vanthu.documents.fields import check_description, refuse_secret
from vanthu.documents.models import OutgoingEntry
from vanthu.documents.outgoing import Departure
from vanthu.documents.states import Medium, OutgoingState
from vanthu.kernel.actor import Actor
from vanthu.kernel.participants import Owner
from vanthu.kernel.refusals import Conflict, Invalid
from vanthu.kernel.vietnamese import nfc
from vanthu.organisations import queries as organisations


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What the clerk says of a paper document that needs a number.

    `unit_id` drafted it and stands in its symbol; `wanted` is a held number or a supplementary one with its `reason`.
    """

    kind: str
    subject: str
    unit_id: int | None = None
    signer_name: str = ""
    signer_title: str = ""
    recipients: str = ""
    copies: int = 1
    secrecy: str = ""
    wanted: str = ""
    reason: str = ""


@transaction.atomic
def take(slip: Slip, *, by: Actor) -> OutgoingEntry:
    """Give a paper document its number and today's date.

    Raises `Invalid` per field, `Conflict` that names the number and who has it, `NotAllowed` for secret documents.
    """
    by.require("number")
    refuse_secret(slip.secrecy)
    unit = organisations.unit(slip.unit_id, office_id=by.office) if slip.unit_id else None
    departure = _departure(slip, unit.abbreviation if unit else "", by)
    wrong = check_description(departure)
    if not 1 <= slip.copies <= 32_000:
        wrong["copies"] = "Nhập số bản phát hành, từ 1 trở lên."
    supplementary = slip.wanted.strip()[-1:].isalpha()
    if supplementary and len(nfc(slip.reason)) < 10:
        wrong["reason"] = "Ghi lý do dùng số phụ, ít nhất 10 ký tự; sổ đăng ký sẽ in lý do này."
    if wrong:
        raise Invalid(fields=wrong)
    return outgoing.number(
        departure,
        owners=[Owner("u", unit.pk)] if unit else [],
        by=by,
        wanted=slip.wanted,
        remark=f"Số phụ: {nfc(slip.reason)}"[:500] if supplementary else "",
    )


def _departure(slip: Slip, unit: str, by: Actor) -> Departure:
    if slip.kind not in {kind.code for kind in kinds.ALL}:
        raise Invalid(fields={"kind": "Chọn tên loại văn bản trong danh sách."})
    return Departure(
        kind=slip.kind,
        notation=series.notation(by.office, kinds.by_code(slip.kind), unit),
        issuer_name=organisations.office(by.office).name,
        subject=nfc(slip.subject),
        signer_name=nfc(slip.signer_name),
        signer_title=nfc(slip.signer_title),
        recipients=nfc(slip.recipients),
        copies=slip.copies,
        copy_kept_by=f"VT, {unit}" if unit else "VT",
        medium=Medium.PAPER,
    )


def _by_hand(pk: int, by: Actor) -> OutgoingEntry:
    """A paper entry that waits to be issued or voided, locked; the caller knows that no draft goes on with it."""
    by.require("number")
    entry = queries.outgoing(pk, by, lock=True).entry
    if entry.medium != Medium.PAPER or entry.state != OutgoingState.NUMBERED:
        raise Conflict(
            "Chỉ ghi phát hành hoặc hủy số của văn bản giấy đang chờ phát hành. Tải lại trang để xem."
        )
    return OutgoingEntry.objects.select_related("document").get(pk=entry.pk)


@transaction.atomic
def dispatch(pk: int, *, by: Actor) -> OutgoingEntry:
    """Note that a paper document was stamped and sent (article 18)."""
    return outgoing.issue(_by_hand(pk, by), by=by)


@transaction.atomic
def void(pk: int, reason: str, *, by: Actor) -> OutgoingEntry:
    """Void the number of a paper document that will not be issued."""
    return outgoing.void(_by_hand(pk, by), reason, by=by)
