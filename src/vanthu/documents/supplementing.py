"""Metadata added after registration, with a reason (Decree 30/2020, Phụ lục VI, III.7.c).

What was issued is never changed: only what the office itself notes about it (remark, language, pages, who keeps it).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from vanthu.documents import queries
from vanthu.documents.models import Document, IncomingEntry, OutgoingEntry
from vanthu.documents.recalling import refuse_recalled
from vanthu.documents.states import IN_THE_BOOK, OutgoingState
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed

_LEAST = 5  # letters of a reason


@dataclass(frozen=True, slots=True)
class Addable:
    """One field that may be added to: its name on the entry or document, its label, its greatest length or number."""

    name: str
    label: str
    most: int
    number: bool = False
    of_document: bool = False


INCOMING = (
    Addable("remark", "Ghi chú", 500),
    Addable("signer_name", "Họ tên người ký", 50),
    Addable("signer_title", "Chức vụ người ký", 100),
    Addable("pages", "Số trang", 9999, number=True),
    Addable("language", "Ngôn ngữ", 30, of_document=True),
)
OUTGOING = (
    Addable("remark", "Ghi chú", 500),
    Addable("copy_kept_by", "Đơn vị, người nhận bản lưu", 160),
    Addable("copies", "Số lượng bản phát hành", 999, number=True),
    Addable("pages", "Số trang", 9999, number=True, of_document=True),
    Addable("language", "Ngôn ngữ", 30, of_document=True),
)


def addable(entry: IncomingEntry | OutgoingEntry, by: Actor) -> tuple[Addable, ...]:
    """The fields that this actor may add to now; none for others, for what is frozen and what is not in the book."""
    if isinstance(entry, OutgoingEntry):
        return OUTGOING if by.may("number") and entry.state == OutgoingState.ISSUED else ()
    if not by.may("register") or entry.state not in IN_THE_BOOK:
        return ()
    own = (
        entry.document.entered_by_office_id == entry.office_id
    )  # another office's document is not ours to describe
    return tuple(one for one in INCOMING if own or not one.of_document)


@transaction.atomic
def supplement_incoming(pk: int, values: Mapping[str, str], reason: str, *, by: Actor) -> IncomingEntry:
    """Add to what is noted of a received document; raises `Invalid` per field, `NotAllowed`, `Conflict`."""
    by.require("register", "Chỉ văn thư bổ sung thông tin đăng ký.")
    seen = queries.incoming(pk, by, lock=True)
    _require_whole(masked=seen.sight.masked)
    if seen.entry.state not in IN_THE_BOOK:
        raise Conflict("Chỉ bổ sung thông tin cho văn bản đã vào sổ và chưa bị thu hồi.")
    _supplement(seen.entry, values, reason, by, power="register")
    return seen.entry


@transaction.atomic
def supplement_outgoing(pk: int, values: Mapping[str, str], reason: str, *, by: Actor) -> OutgoingEntry:
    """The same of an issued document."""
    by.require("number", "Chỉ văn thư bổ sung thông tin đăng ký.")
    seen = queries.outgoing(pk, by, lock=True)
    _require_whole(masked=seen.sight.masked)
    refuse_recalled(pk)
    if seen.entry.state != OutgoingState.ISSUED:
        raise Conflict("Chỉ bổ sung thông tin cho văn bản đã phát hành.")
    _supplement(seen.entry, values, reason, by, power="number")
    return seen.entry


def _require_whole(*, masked: bool) -> None:
    if masked:
        raise NotAllowed("Văn bản hạn chế tiếp cận: chỉ người được nêu tên bổ sung thông tin.")


def _supplement(
    entry: IncomingEntry | OutgoingEntry, values: Mapping[str, str], reason: str, by: Actor, *, power: str
) -> None:
    fields = addable(entry, by)
    wrong: dict[str, str] = {}
    if len(reason.strip()) < _LEAST:
        wrong["reason"] = "Ghi lý do, căn cứ bổ sung; nhật ký giữ lại."
    changes: dict[str, tuple[object, object]] = {}
    for one in fields:
        if one.name not in values:
            continue
        holder: IncomingEntry | OutgoingEntry | Document = entry.document if one.of_document else entry
        before, after = getattr(holder, one.name), _read(one, values[one.name], wrong)
        if one.name not in wrong and after != before:
            changes[one.name] = (before, after)
    if not changes and not wrong:
        wrong["reason"] = "Chưa có thông tin nào thay đổi."
    if wrong:
        raise Invalid(fields=wrong)
    for holder, ours in ((entry, False), (entry.document, True)):
        names = [one.name for one in fields if one.name in changes and one.of_document == ours]
        for name in names:
            setattr(holder, name, changes[name][1])
        if names:
            holder.save(update_fields=names)
    labels = ", ".join(one.label.lower() for one in fields if one.name in changes)
    ledger.record(
        "documents.supplemented",
        entry,
        by=by,
        office_id=entry.office_id,
        changes=changes,
        note=f"bổ sung {labels}: {reason.strip()[:300]}",
        power=power,
    )


def _read(field: Addable, typed: str, wrong: dict[str, str]) -> str | int | None:
    """The value as it is kept; what cannot be is said in `wrong`."""
    text = typed.strip()
    if not field.number:
        if len(text) > field.most:
            wrong[field.name] = f"{field.label} dài quá {field.most} ký tự. Rút ngắn lại."
        return text
    if not text:
        return None if field.name == "pages" else 1
    if not text.isdigit() or not 1 <= int(text) <= field.most:
        wrong[field.name] = f"{field.label} là số từ 1 đến {field.most}."
        return None
    return int(text)
