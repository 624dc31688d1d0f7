"""The PDF of a version from step to step: kept as an attachment, needed by the next, still the newest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from vanthu.kernel.files import actions as file_actions
from vanthu.kernel.refusals import Conflict

if TYPE_CHECKING:
    from vanthu.issuing.models import Version
    from vanthu.kernel.files.models import Attachment, StoredFile


def attach(version: Version, file: StoredFile, role: str) -> Attachment:
    """Keep a file as the version's at this step."""
    return file_actions.attach(
        file, owner_kind="version", owner_id=version.pk, role=role, name=f"ban-{version.ordinal}-{role}.pdf"
    )


def require_same(version: Version, newest: Version) -> None:
    """What was prepared or signed outside the transaction is still what the draft says."""
    seen = (version.pk, version.pdf_id, version.prepared_id, version.signed_id)
    if seen != (newest.pk, newest.pdf_id, newest.prepared_id, newest.signed_id):
        raise Conflict(
            "Dự thảo vừa có bản mới. Tải lại trang, xem bản mới rồi làm lại.", code="moved_already"
        )


def needed(attachment: Attachment | None) -> StoredFile:
    """The file of the step before."""
    if attachment is None:
        raise Conflict("Tệp của bước trước chưa có. Tải lại trang để xem trạng thái.")
    return attachment.file


@contextmanager
def made() -> Iterator[Path]:
    """A path for a PDF that is being made; gone afterwards."""
    with TemporaryDirectory(prefix="vanthu-issue-") as folder:
        yield Path(folder) / "out.pdf"
