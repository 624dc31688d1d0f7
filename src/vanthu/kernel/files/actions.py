"""Bring in, use, give up and erase files.

Bytes live while an attachment or a fresh upload holds them. Who stores touches the row first, who attaches locks it
(FOR KEY SHARE), and the sweep erases only under FOR UPDATE what was not touched for the grace time: so bytes never
vanish under somebody who has just stored or attached them.
"""

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.db.models import Exists, F, Max, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from vanthu.kernel.actor import Actor
from vanthu.kernel.files import checks, previews, queries, scanning, staging, store, told
from vanthu.kernel.files.contract import CHUNK, FileDamaged
from vanthu.kernel.files.models import ACCEPTED, REFUSED, STAGED, Attachment, StoredFile, Upload
from vanthu.kernel.refusals import Conflict, Invalid, NotFound

GRACE = timedelta(hours=24)  # how long bytes without an owner, and uploads, wait to be used

_KEYS = UUID("3d0c6f5e-6d0f-4a5c-9c53-0a5b8f1f7a61")  # ids of uploads that a key names
_GONE = "Tệp này không còn trong kho. Tải tệp lên lại."


def stage(stream: staging.Readable, name: str, *, by: Actor, key: str = "") -> Upload:
    """Take in a file from outside: streamed, measured, checked, then kept for `GRACE` as the account's own upload.

    Raises `Invalid` with the sentence of the limit or of the check that refused it; its bytes are erased by then.
    The same file under the same `key` of the account is the first upload again; another one raises `Conflict`.
    """
    name = staging.tidy_name(name)
    with staging.received(stream) as got:
        upload = Upload(account_id=by.account_id, office_id=by.office_id, name=name, size=got.size)
        if key:
            upload.pk = uuid5(_KEYS, f"{by.account_id}:{key}")
            before = queries.made_for(upload.pk, by)
            if before is not None:
                return _again(before, upload, got.sha256)
        try:
            staging.require_size(got.size)
            pages = checks.run(got.path, name)
            verdict = scanning.scan(got.path)
        except Invalid as refusal:
            if isinstance(refusal, scanning.Infected):
                told.infected(name, refusal.virus, by)
            if refusal.code == checks.MAY_NOT_BE_KEPT:
                told.kept_out(by)
                raise
            upload.state, upload.refusal = REFUSED, refusal.message
            Upload.objects.bulk_create([upload], ignore_conflicts=True)
            raise
        with got.path.open("rb") as bytes_:
            upload.file = _keep(bytes_, got.sha256, got.size, staging.media_type(name), pages)
    scanning.note(upload.file, verdict)
    Upload.objects.bulk_create([upload], ignore_conflicts=True)
    told.staged(upload.file)
    return upload


def _again(before: Upload, upload: Upload, sha256: str) -> Upload:
    """What came of the first try, told to the second."""
    if (before.name, before.size) != (upload.name, upload.size) or before.file_id not in (None, sha256):
        raise Conflict(
            "Khoá chống gửi trùng này đã dùng cho tệp khác. Gửi tệp này với khoá mới.", code="key_used"
        )
    if before.file is None:
        raise Invalid(before.refusal, code="file_refused")
    return before


def set_aside(upload_id: UUID, file: StoredFile, name: str, *, by: Actor) -> None:
    """Keep a file that the system made for this account, for `GRACE`, as its own upload; again changes nothing."""
    made = Upload(pk=upload_id, account_id=by.account_id, office_id=by.office_id, name=name, size=file.size)
    made.file = file
    Upload.objects.bulk_create([made], ignore_conflicts=True)


def give_up(upload_id: UUID, name: str, refusal: str, *, by: Actor) -> None:
    """Tell the account why the file that it waits for was not made."""
    made = Upload(pk=upload_id, account_id=by.account_id, office_id=by.office_id, name=name, size=0)
    made.state, made.refusal = REFUSED, refusal
    Upload.objects.bulk_create([made], ignore_conflicts=True)


def accept(upload_id: UUID | str, *, by: Actor) -> StoredFile:
    """Use an upload; again gives the same file. Raises `NotFound` for others' uploads, `Invalid` for a refused one."""
    upload = queries.upload(upload_id, by)
    if upload.file is None:
        raise Invalid(upload.refusal, code="file_refused")
    scanning.require_open(upload.file)
    Upload.objects.filter(pk=upload.pk, state=STAGED).update(state=ACCEPTED)
    return upload.file


def discard(upload_id: UUID | str, *, by: Actor) -> None:
    """Give up an upload; what was already attached stays. Raises `NotFound` for others' uploads."""
    queries.upload(upload_id, by).delete()


def refuse_bytes(sha256: str, refusal: str) -> list[Upload]:
    """Take a file away from all who brought it, its name too; each is told this sentence. Returns what they had."""
    rows = Upload.objects.filter(file=sha256)
    found = list(rows.select_for_update())
    rows.update(state=REFUSED, file=None, name="", size=0, refusal=refusal)
    return found


def store_bytes(data: bytes | Path, media_type: str) -> StoredFile:
    """Keep a file that the system made itself (a PDF, a signed version); attach it within `GRACE`."""
    with _opened(data) as stream:
        digest, size = hashlib.sha256(), 0
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
        stream.seek(0)
        return _keep(stream, digest.hexdigest(), size, media_type)


@transaction.atomic
def attach(
    file: StoredFile, *, owner_kind: str, owner_id: int, role: str, name: str, position: int | None = None
) -> Attachment:
    """Let an item own a file; without `position` it comes last. Raises `NotFound` when the bytes are gone."""
    _hold(file.sha256)
    if position is None:
        siblings = Attachment.objects.filter(owner_kind=owner_kind, owner_id=owner_id)
        position = (siblings.aggregate(last=Max("position"))["last"] or 0) + 1
    return Attachment.objects.create(
        file=file,
        owner_kind=owner_kind,
        owner_id=owner_id,
        role=role,
        name=staging.tidy_name(name),
        position=position,
    )


@transaction.atomic
def attach_upload(
    upload_id: UUID | str,
    *,
    owner_kind: str,
    owner_id: int,
    role: str,
    position: int | None = None,
    by: Actor,
) -> Attachment:
    """Accept an upload and attach it under the name it came with. Raises as `accept` and `attach` do."""
    upload = queries.upload(upload_id, by)
    file = accept(upload.pk, by=by)
    return attach(
        file, owner_kind=owner_kind, owner_id=owner_id, role=role, name=upload.name, position=position
    )


def detach(attachment: Attachment) -> None:
    """End one owner's hold; the sweep erases the bytes when it was the last."""
    attachment.delete()


def count_pages(file: StoredFile, pages: int) -> None:
    """Remember how many pages a file has, once a reader has counted them."""
    StoredFile.objects.filter(pk=file.pk).update(page_count=pages)
    file.page_count = pages


def sweep(grace: timedelta = GRACE) -> int:
    """Erase uploads that nobody used and bytes that nobody owns; returns how many files went."""
    before = timezone.now() - grace
    Upload.objects.filter(received_at__lt=before).delete()
    staging.erase_forgotten(grace.total_seconds())
    previews.prune()
    idle = StoredFile.objects.filter(stored_at__lt=before).exclude(_owned()).values_list("pk", flat=True)
    return sum(erase(sha256, before) for sha256 in list(idle))


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """What one slice of the scrub read, and the files whose bytes are wrong or missing."""

    files: int
    size: int
    damaged: tuple[str, ...]


def scrub(before: datetime, *, files: int = 200, size: int = 2 << 30) -> Scrubbed:
    """Read the files that were not read whole since `before`, longest unread first, up to `files` and `size` (bytes).

    Damage is logged as critical and marked on the row until a later scrub finds the bytes whole again.
    """
    unread = StoredFile.objects.filter(
        Q(scrubbed_at__isnull=True) | Q(scrubbed_at__lt=before), stored_at__lt=before
    ).order_by(F("scrubbed_at").asc(nulls_first=True), "sha256")
    done, seen, damaged = 0, 0, []
    for file in unread[:files]:
        if seen >= size:
            break
        if not _intact(file):
            damaged.append(file.sha256)
        done, seen = done + 1, seen + file.size
    return Scrubbed(done, seen, tuple(damaged))


def _intact(file: StoredFile) -> bool:
    now = timezone.now()
    row = StoredFile.objects.filter(pk=file.pk)
    try:
        with store.open(file.sha256) as reading:
            for _ in reading:
                pass
    except FileDamaged:
        row.update(scrubbed_at=now, damaged_at=Coalesce("damaged_at", now))
        return False
    row.update(scrubbed_at=now, damaged_at=None)
    return True


def _keep(stream: BinaryIO, sha256: str, size: int, media_type: str, pages: int | None = None) -> StoredFile:
    row = StoredFile(sha256=sha256, size=size, media_type=media_type, page_count=pages)
    # The fresh stored_at keeps the sweep away while the bytes travel, and afterwards until they are attached.
    StoredFile.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["sha256"], update_fields=["stored_at"]
    )
    store.put_if_absent(sha256, stream)
    return StoredFile.objects.get(pk=sha256)


def _hold(sha256: str) -> None:
    """Keep the sweep away until the caller's transaction ends; several may hold one file."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM kernel_storedfile WHERE sha256 = %s FOR KEY SHARE", [sha256])
        if cursor.fetchone() is None:
            raise NotFound(_GONE, code="file_gone")


@transaction.atomic
def erase(sha256: str, before: datetime | None = None) -> bool:
    """Erase bytes that nobody owns; the sweep names `before` and passes over what is younger, or held by others now."""
    rows = StoredFile.objects.filter(pk=sha256)
    idle = rows.select_for_update(skip_locked=before is not None)
    # Look for owners only after the lock is held: a statement sees what was committed before it began.
    file = (idle.filter(stored_at__lt=before) if before else idle).first()
    if file is None:
        return False
    if Attachment.objects.filter(file_id=sha256).exists() or Upload.objects.filter(file_id=sha256).exists():
        return False
    told.erasing(file)
    rows.delete()
    store.delete(sha256)
    previews.forget(sha256)
    return True


def _owned() -> Q:
    return Q(Exists(Attachment.objects.filter(file_id=OuterRef("pk")))) | Q(
        Exists(Upload.objects.filter(file_id=OuterRef("pk")))
    )


@contextmanager
def _opened(data: bytes | Path) -> Iterator[BinaryIO]:
    with data.open("rb") if isinstance(data, Path) else io.BytesIO(data) as stream:
        yield stream
