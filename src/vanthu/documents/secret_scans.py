"""A secret mark found on a file that is here already, because only reading its picture could show it.

Law 117/2025/QH15: keeping it is the breach, so nothing waits for anybody's decision. Bytes, page images and what was
read go at once from wherever they lie; who brought it, when and by which way is recorded, no name and no subject. What
is in a book, of arrivals or of what goes out, keeps its number, so that the book has no gap, and is frozen without its
contents: who holds it is told what to do. A mark that was mistaken for one costs a registration by hand, without the
scan. Rooms above empty what they hold (`empty_with`).
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from vanthu.documents import near, outgoing, stacks
from vanthu.documents.models import Document, EntryDraft, IncomingEntry, OutgoingEntry
from vanthu.documents.recalling import BLANK
from vanthu.documents.receiving_models import Mail
from vanthu.documents.states import IN_THE_BOOK, NOT_HELD, OutgoingState
from vanthu.kernel import ledger, participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.files import actions as file_actions
from vanthu.kernel.files import locking, written
from vanthu.kernel.files import queries as files
from vanthu.kernel.files.models import Upload
from vanthu.kernel.freezing import Freeze, Frozen
from vanthu.kernel.refusals import NotFound
from vanthu.organisations import queries as organisations
from vanthu.reading import keeping, secrecy, secrecy_scan
from vanthu.reading.words import Page
from vanthu.signing import erasing

TOMBSTONE = "Văn bản có dấu mật: nội dung và tệp đã xóa khỏi hệ thống"
FREEZE = "Có dấu mật trong bản quét"
WHAT_TO_DO = (
    "Chuyển bản giấy cho người được giao giữ tài liệu mật, đăng ký vào sổ văn bản mật đến và báo Chánh Văn phòng."
    " Nếu máy nhận nhầm dấu: vào sổ lại, gõ tay, không kèm bản quét."
)
WHAT_THE_OFFICE_DOES = (
    "Giao bản giấy cho người được giao giữ tài liệu mật, đăng ký vào sổ văn bản mật đi và báo Chánh Văn phòng."
    " Đã gửi ra ngoài hệ thống thì báo ngay nơi nhận xóa tệp. Nếu máy nhận nhầm dấu: lập dự thảo khác."
)
_KEPT_OUT = "dừng tệp tải lên có dấu mật, không giữ lại gì"
_ERASED = "phát hiện dấu mật trong tệp tải lên khi đọc: đã xóa, không giữ lại gì"
_FILE_ERASED = "phát hiện dấu mật trong tệp: đã xóa, không giữ lại gì"
_FOUND = "phát hiện dấu mật trong bản quét: xóa tệp và nội dung đã nhập"
_BLANK = BLANK | {"subject": TOMBSTONE, "number": "", "notation": ""}
_OF_DOCUMENT = ("subject", "signer_name", "signer_title", "number", "notation")

type Empty = Callable[[int], None]
_empty_by: dict[str, Empty] = {}


def empty_with(owner_kind: str, empty: Empty) -> None:
    """Let a room above empty what of this kind holds the file; called with its id, only by `config.wiring`."""
    _empty_by[owner_kind] = empty


def look(sha256: str, page: Page) -> None:
    """Look at a page that was just read, before it is kept; a file with the mark is erased. Called by the reading."""
    if not page.placed or not secrecy_scan.begins_document(page):
        return
    try:
        file = files.stored(sha256)
    except NotFound:
        return
    with files.copy_of(file, f"scan{keeping.ENDINGS.get(file.media_type, '')}") as path:
        mark = secrecy_scan.mark_on(path, page)
    if mark:
        stop(sha256, page.number)


def note_kept_out(by: Actor) -> None:
    """The gate stopped an upload with the mark: who, when and at which office is recorded, nothing else."""
    _record_upload(by, _KEPT_OUT)


def stop(sha256: str, page: int = 1) -> None:
    """Erase a file with the mark on this page from wherever it lies, and what was typed from it. Idempotent."""
    with transaction.atomic():
        for upload in file_actions.refuse_bytes(sha256, secrecy.SENTENCE):
            _forget_forms(upload)
            if not files.owners(sha256, "document"):
                _record_upload(_bringer(upload), _ERASED)
        for held in files.holders(sha256):
            if held.owner_kind == "stack":
                stacks.erase_page(held, page)
            elif held.owner_kind == "document":
                empty(held.owner_id)
            elif held.owner_kind in _empty_by:
                _empty_by[held.owner_kind](held.owner_id)
            else:
                release(held.owner_kind, held.owner_id)
    file_actions.erase(sha256)


def _bringer(upload: Upload) -> Actor:
    if upload.account_id is None:
        return Actor.for_system(upload.office_id)
    return organisations.actor_of(upload.account_id, upload.office_id)


def _record_upload(by: Actor, note: str) -> None:
    if by.office_id is not None:
        office = organisations.office(by.office_id)
        ledger.record("documents.secret_upload_erased", office, by=by, office_id=office.pk, note=note)


def _forget_forms(upload: Upload) -> None:
    """Half-filled forms to which the file was dropped."""
    if upload.account_id is not None:
        kept = EntryDraft.objects.filter(account_id=upload.account_id)
        kept.filter(fields__uploads__contains=str(upload.pk)).delete()


@transaction.atomic
def empty(document_id: int) -> None:
    """Empty a document and every entry of it; what is in a book is frozen. A second time changes nothing."""
    sent = OutgoingEntry.objects.select_related("document").filter(document=document_id).first()
    whole = Document.objects.filter(pk=document_id).exclude(subject=TOMBSTONE)
    blank = {name: _BLANK[name] for name in _OF_DOCUMENT} | {"reply_due_on": None}
    if sent is not None:  # the number is the office's own
        del blank["number"], blank["notation"]
    if whole.update(**blank):
        _empty_entries(document_id)
        if sent is not None:
            _empty_sent(sent)
    take_away("document", document_id)


def release(owner_kind: str, owner_id: int) -> None:
    """Take the files of something that is no document; at everything that shows it the fact is recorded."""
    things = locking.shown_in(owner_kind, owner_id)
    if not things:
        return
    take_away(owner_kind, owner_id)
    for thing in things:
        by = Actor.for_system(thing.office_id)
        ledger.record("documents.secret_file_erased", thing, by=by, note=_FILE_ERASED)


def take_away(owner_kind: str, owner_id: int) -> None:
    """Files of what was emptied, from who brought and who signed them too; bytes go when nothing else holds them."""
    names = {held.file_id for held in files.attachments(owner_kind, [owner_id])[owner_id]}
    for sha256 in sorted(names):
        file_actions.refuse_bytes(sha256, secrecy.SENTENCE)
    erasing.erase(names)
    written.destroy(owner_kind, owner_id)


def _empty_entries(document_id: int) -> None:
    entries = (
        IncomingEntry.objects.select_for_update(of=("self",))
        .filter(document=document_id)
        .order_by("office", "pk")
    )
    for entry in entries:
        if entry.state not in NOT_HELD:
            _empty_entry(entry)


def _empty_sent(entry: OutgoingEntry) -> None:
    """In the book of what goes out: a number that was not issued is voided, what was issued is frozen."""
    by = Actor.for_system(entry.office_id)
    if entry.state == OutgoingState.NUMBERED:
        outgoing.void(entry, TOMBSTONE, by=by)
    entry.recipients = entry.remark = ""
    if entry.state == OutgoingState.ISSUED:
        entry.freeze = _freeze(entry, WHAT_THE_OFFICE_DOES)
    entry.save(update_fields=["recipients", "remark", "freeze"])
    ledger.forget_values(entry)
    done = "đóng băng" if entry.state == OutgoingState.ISSUED else entry.get_state_display().lower()
    note = f"{_FOUND}, số đi {entry.document.number}: {done}"
    ledger.record("documents.secret_found", entry, by=by, office_id=entry.office_id, note=note)


def _empty_entry(entry: IncomingEntry) -> None:
    by = Actor.for_system(entry.office_id)
    freeze = _freeze(entry, WHAT_TO_DO) if entry.state in IN_THE_BOOK else None
    for name, value in {**_BLANK, "freeze": freeze or entry.freeze}.items():
        setattr(entry, name, value)
    entry.save(update_fields=[*_BLANK, "freeze"])
    near.forget(entry.pk)
    for mail in Mail.objects.filter(entry=entry.pk):
        Mail.objects.filter(pk=mail.pk).update(subject="", text="")
        take_away("mail", mail.pk)
    if freeze is not None:
        participants.move_many("in", [entry.pk], owner_kinds=("u", "p"), state="done", due_on=None)
        participants.move_many("in", [entry.pk], owner_kinds=("o",), state=entry.state, due_on=None)
    ledger.forget_values(entry)
    note = (
        f"{_FOUND}, đóng băng số đến {entry.arrival_number}" if freeze else f"{_FOUND}, chờ trả lại nơi gửi"
    )
    ledger.record("documents.secret_found", entry, by=by, office_id=entry.office_id, note=note)


def _freeze(entry: IncomingEntry | OutgoingEntry, reason: str) -> Freeze:
    made = Freeze.objects.create(
        office_id=entry.office_id, name=FREEZE, reason=reason, frozen_by="Hệ thống", frozen_at=now()
    )
    Frozen.objects.create(freeze=made, item_kind_of=entry.item_kind, item_id_of=entry.pk)
    return made
