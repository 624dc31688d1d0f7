"""The e-mail drop folder: each `.eml` becomes one waiting item of its office, once; nothing that came is lost.

Below `settings.MAIL_FOLDER` every office has a folder named after its identifier (mã định danh), or its number.
"""

import hashlib
import logging
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from vanthu.documents import actions, mail_reading, symbols
from vanthu.documents.mail_reading import Letter
from vanthu.documents.models import Document, IncomingEntry
from vanthu.documents.receiving_models import Mail
from vanthu.documents.receiving_states import MAILS, MailState
from vanthu.documents.states import Channel, IncomingState
from vanthu.kernel import ledger, moves
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.files import actions as file_actions
from vanthu.kernel.files.contract import CHUNK
from vanthu.kernel.refusals import Invalid, NotFound
from vanthu.organisations import queries as organisations
from vanthu.reading import actions as reading

log = logging.getLogger("vanthu.mail")

SETTLE_SECONDS = 10  # a file that changed so lately may still be written
_LARGEST = 2 * settings.UPLOAD_LIMIT  # bytes of a mail that is read; a larger one waits for a person
_MEDIA_TYPE = "message/rfc822"
_STAYS_OUT = "secret_documents_stay_out"


def folder_of(office_id: int) -> Path | None:
    """Where the mails of an office are dropped; None while the installation has no such folder."""
    if settings.MAIL_FOLDER is None:
        return None
    folder: Path = settings.MAIL_FOLDER / (organisations.office(office_id).identifier or str(office_id))
    return folder


def read_folders() -> int:
    """Take in what lies in the folders of all offices; returns how many files were done with. For the job."""
    return sum(_read_one(path, office_id) for office_id, path in _dropped())


def _dropped() -> Iterator[tuple[int, Path]]:
    root = settings.MAIL_FOLDER
    if root is None or not root.is_dir():
        return
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        office = organisations.office_with_folder(folder.name)
        if office is None:
            log.warning("no office has the mail folder %s", folder.name)
            continue
        for path in sorted(folder.glob("*.eml")):
            if time.time() - path.stat().st_mtime >= SETTLE_SECONDS:
                yield office, path


def _read_one(path: Path, office_id: int) -> bool:
    """Take in one mail; the file goes only when the mail is kept."""
    try:
        sha256 = _digest(path)
        if not Mail.objects.filter(office=office_id, sha256=sha256).exists():
            take_in(path, sha256, office_id=office_id)
        path.unlink()
    except OSError as error:
        log.warning("cannot take in %s: %s", path, error)
        return False
    return True


def take_in(path: Path, sha256: str, *, office_id: int) -> Mail:
    """Keep a mail and make a waiting item of it, or put it into the clerk's box with the reason."""
    by = Actor.for_system(office_id)
    mail = Mail(office_id=office_id, sha256=sha256, file_name=path.name[:255], received_at=now())
    mail.state = MailState.TROUBLE
    uploads: list[UUID] = []
    try:
        letter = _letter(path)
        _describe(mail, letter)
        uploads, refused = _stage(letter, by)
    except Invalid as refusal:
        if refusal.code == _STAYS_OUT:
            return _secret(mail, by)
        return _kept(mail, path, refusal.message, by)
    known = Mail.objects.filter(office=office_id, message_id=mail.message_id).exclude(message_id="").first()
    if known is not None:
        mail.message_id = ""
        moment = f"{timezone.localtime(known.received_at):%H:%M ngày %d/%m/%Y}"
        return _kept(
            mail, path, f"Cùng mã thư với thư nhận lúc {moment} nhưng nội dung khác. Xem tệp gốc.", by
        )
    mail.trouble = "\n".join(refused)
    return _waiting(mail, letter, uploads, path, by)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        digest = hashlib.sha256()
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _letter(path: Path) -> Letter:
    if path.stat().st_size > _LARGEST:
        raise Invalid(f"Thư lớn hơn {_LARGEST >> 20} MB nên không tự đọc. Mở tệp gốc để xem.")
    return mail_reading.read_letter(path)


def _describe(mail: Mail, letter: Letter) -> None:
    for name in ("message_id", "sender", "sender_name", "subject", "text", "sent_at"):
        setattr(mail, name, getattr(letter, name))


def _stage(letter: Letter, by: Actor) -> tuple[list[UUID], list[str]]:
    """The files of a mail through the gate of uploads: those that passed, a sentence for each that did not.

    Raises `Invalid` when one carries the stamp of a state secret: then none is kept.
    """
    passed: list[UUID] = []
    refused = []
    for file in letter.files:
        try:
            upload = file_actions.stage(_Bytes(file.data), file.name, by=by)
            if upload.file is not None:
                reading.count_pages(upload.file)
            passed.append(upload.pk)
        except Invalid as refusal:
            if refusal.code == _STAYS_OUT:
                for other in passed:
                    file_actions.discard(other, by=by)
                raise
            refused.append(f"{file.name[:200]}: {refusal.message}")
    return passed, refused


class _Bytes:
    """Bytes that are read piece by piece."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def read(self, size: int = -1, /) -> bytes:
        start, self._at = self._at, len(self._data) if size < 0 else self._at + size
        return self._data[start : self._at]


def _secret(mail: Mail, by: Actor) -> Mail:
    """Of a secret document nothing is kept but that one came, from whom (Law 117/2025/QH15)."""
    mail.subject = mail.text = ""
    mail.trouble = (
        "Thư có tệp mang dấu mật: đã xóa, không giữ lại gì trên hệ thống."
        " Báo cáo lãnh đạo và yêu cầu nơi gửi chuyển theo đường bí mật nhà nước."
    )
    with transaction.atomic():
        mail.save()
        ledger.record("documents.secret_mail_erased", mail, by=by, note="xóa thư có tệp mang dấu mật")
    return mail


@transaction.atomic
def _kept(mail: Mail, path: Path, trouble: str, by: Actor) -> Mail:
    mail.trouble = trouble
    mail.save()
    _keep_raw(mail, path)
    ledger.record(
        "documents.mail_in_trouble", mail, by=by, note=f"nhận thư cần văn thư xem: {mail.file_name}"
    )
    return mail


@transaction.atomic
def _waiting(mail: Mail, letter: Letter, uploads: list[UUID], path: Path, by: Actor) -> Mail:
    mail.state = MailState.TAKEN
    mail.entry = _entry(letter, uploads, by)
    mail.save()
    _keep_raw(mail, path)
    return mail


def _keep_raw(mail: Mail, path: Path) -> None:
    raw = file_actions.store_bytes(path, _MEDIA_TYPE)
    file_actions.attach(raw, owner_kind="mail", owner_id=mail.pk, role="raw", name="thu-goc.eml")


def _entry(letter: Letter, uploads: list[UUID], by: Actor) -> IncomingEntry:
    number, notation = letter.symbol
    guessed = symbols.guess_kind(symbols.join(number, notation)) if notation else None
    issuer = letter.sender_name or letter.sender[:200]
    described: dict[str, Any] = {
        "kind": guessed.code if guessed else "CV",
        "number": number[:11],
        "notation": notation[:60],
        "issued_on": timezone.localtime(letter.sent_at).date() if letter.sent_at else None,
        "issuer_name": issuer,
        "subject": letter.subject or "(thư không có tiêu đề)",
        "urgency": letter.urgency,
    }
    document = Document.objects.create(entered_by_office_id=by.office, **described)
    for upload in uploads:
        held = file_actions.attach_upload(
            upload, owner_kind="document", owner_id=document.pk, role="main", by=by
        )
        document.pages = (document.pages or 0) + (held.file.page_count or 0)
    document.pages = document.pages or None
    document.save(update_fields=["pages"])
    entry = IncomingEntry.objects.create(
        **described,
        office_id=by.office,
        document=document,
        pages=document.pages,
        arrived_at=now(),
        state=IncomingState.WAITING,
        channel=Channel.EMAIL,
        duplicate_key=symbols.duplicate_key(issuer, number, notation),
    )
    actions.show_office(entry)
    ledger.record(
        "documents.delivered", entry, by=by, note=f"nhận thư điện tử từ {letter.sender}, chờ tiếp nhận"
    )
    return entry


@transaction.atomic
def settle(pk: int, note: str, *, by: Actor) -> Mail:
    """The clerk is done with a mail that could not be taken in, and says what became of it."""
    if len(note.strip()) < 5:
        raise Invalid(fields={"note": "Ghi đã xử lý thư này thế nào, ví dụ “đã in và vào sổ số đến 123”."})
    mail = troubled_mail(pk, by)
    moves.make(MAILS, "settle", mail, by=by, also={"settled_note": note.strip()[:500]})
    ledger.record(
        "documents.mail_settled",
        mail,
        by=by,
        note=f"xử lý thư {mail.file_name}: {note.strip()}",
        power="register",
    )
    return mail


def troubled_mails(by: Actor, *, limit: int = 100) -> list[Mail]:
    """Mails that a clerk of the office must look at, newest first; needs `register`. One query."""
    by.require("register")
    rows = Mail.objects.filter(office=by.office_id, state=MailState.TROUBLE)
    return list(rows.order_by("-received_at")[:limit])


def troubled_mail(pk: int, by: Actor) -> Mail:
    """One mail of the actor's office; needs `register`, raises `NotFound`."""
    by.require("register")
    found = Mail.objects.filter(pk=pk, office=by.office_id).first()
    if found is None:
        raise NotFound()
    return found


def mail_of(entry: IncomingEntry) -> Mail | None:
    """The mail that an entry came with; the caller has checked the sight of the entry."""
    return Mail.objects.filter(entry=entry.pk).first() if entry.channel == Channel.EMAIL else None


def may_open_mail(mail_id: int, by: Actor) -> bool:
    """Whether the actor may open the raw mail: the clerks of its office."""
    return by.may("register") and Mail.objects.filter(pk=mail_id, office=by.office_id).exists()
