"""Questions about files. Who may see an attachment is decided by the room of its owner, before these are asked."""

from collections.abc import Collection
from contextlib import AbstractContextManager
from pathlib import Path, PurePosixPath
from uuid import UUID

from vanthu.kernel.actor import Actor
from vanthu.kernel.files import scanning, staging, store
from vanthu.kernel.files.contract import ByteRange, Reading
from vanthu.kernel.files.models import Attachment, StoredFile, Upload
from vanthu.kernel.refusals import NotFound


def attachment(pk: UUID | str) -> Attachment:
    """One attachment with its file. Raises `NotFound`, also for what is not an id."""
    found = Attachment.objects.select_related("file").filter(pk=_uuid(pk)).first()
    if found is None:
        raise NotFound
    return found


def attachments(owner_kind: str, owner_ids: Collection[int]) -> dict[int, list[Attachment]]:
    """The attachments of each owner with their files, in order; one query, every owner has a list."""
    found: dict[int, list[Attachment]] = {owner_id: [] for owner_id in owner_ids}
    rows = Attachment.objects.filter(owner_kind=owner_kind, owner_id__in=owner_ids)
    for row in rows.select_related("file").order_by("owner_id", "position", "attached_at", "id"):
        found[row.owner_id].append(row)
    return found


def held(owner_kind: str, owner_id: int, pk: UUID) -> bool:
    """Whether the item still holds this attachment."""
    return Attachment.objects.filter(pk=pk, owner_kind=owner_kind, owner_id=owner_id).exists()


def holders(sha256: str) -> list[Attachment]:
    """Every hold on these bytes, for system work."""
    return list(Attachment.objects.filter(file_id=sha256).select_related("file"))


def hashes(owner_kind: str, owner_id: int, media_type: str) -> list[str]:
    """SHA-256 of the owner's files of one media type."""
    rows = Attachment.objects.filter(owner_kind=owner_kind, owner_id=owner_id, file__media_type=media_type)
    return list(rows.values_list("file_id", flat=True))


def stored(sha256: str) -> StoredFile:
    """The file of these bytes. Raises `NotFound`."""
    found = StoredFile.objects.filter(pk=sha256).first()
    if found is None:
        raise NotFound
    return found


def held_by_others(sha256s: Collection[str], owner_kind: str) -> frozenset[str]:
    """Which of these files belong to something that is not of this kind."""
    rows = Attachment.objects.filter(file_id__in=sha256s).exclude(owner_kind=owner_kind)
    return frozenset(rows.values_list("file_id", flat=True).distinct())


def holding(sha256s: Collection[str], owner_kind: str) -> list[int]:
    """The ids of those of this kind that hold one of these files."""
    rows = Attachment.objects.filter(file_id__in=list(sha256s), owner_kind=owner_kind)
    return list(rows.values_list("owner_id", flat=True).distinct())


def owners(sha256: str, owner_kind: str) -> list[int]:
    """The ids of those of this kind that hold the file."""
    rows = Attachment.objects.filter(file_id=sha256, owner_kind=owner_kind)
    return list(rows.values_list("owner_id", flat=True).distinct())


def open_attachment(attachment: Attachment, range: ByteRange | None = None) -> Reading:  # noqa: A002
    """The bytes, whole (checked) or a range; close it. Raises `FileDamaged`, `OutsideFile`, `scanning.Locked`."""
    scanning.require_open(attachment.file)
    return store.open(attachment.file_id, range)


def open_upload(upload: Upload) -> Reading:
    """The bytes of an upload, whole and checked; close it. Raises `NotFound` for a refused one, `FileDamaged`."""
    if upload.file_id is None:
        raise NotFound(upload.refusal)
    if upload.file is not None:
        scanning.require_open(upload.file)
    return store.open(upload.file_id, None)


def made_for(pk: UUID, by: Actor) -> Upload | None:
    """What the system made for this account under this id, or None while it is not ready."""
    return Upload.objects.select_related("file").filter(pk=pk, account_id=by.account_id).first()


def upload(pk: UUID | str, by: Actor) -> Upload:
    """An upload of this account with its file. Raises `NotFound` for everybody else."""
    found = Upload.objects.select_related("file").filter(pk=_uuid(pk), account_id=by.account_id).first()
    if found is None:
        raise NotFound("Tệp tải lên này không còn. Chọn tệp và tải lên lại.")
    return found


def copy_of(file: StoredFile, name: str = "") -> AbstractContextManager[Path]:
    """A private, checked copy on the disk while the block runs, for programs that need a path.

    It has the extension of `name`. Raises `scanning.Locked`.
    """
    scanning.require_open(file)
    return staging.copied(file.sha256, PurePosixPath(name).suffix)


def damaged() -> list[StoredFile]:
    """The files whose bytes the scrub found wrong or missing, first found first."""
    return list(StoredFile.objects.filter(damaged_at__isnull=False).order_by("damaged_at"))


def _uuid(pk: UUID | str) -> UUID:
    try:
        return pk if isinstance(pk, UUID) else UUID(pk)
    except ValueError:
        raise NotFound from None
