"""A file to print: marked with who prints it and when; the clerk's official print of what the office issued is not.

Decree 30/2020, Phụ lục VI, III.6.k and III.6.l; article 18.5 (a paper original printed from a signed file is sealed).
"""

from __future__ import annotations

import shutil
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from django.http import FileResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_GET

from vanthu.documents import queries as documents
from vanthu.kernel import access
from vanthu.kernel.files import queries as files
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.refusals import NotAllowed, NotFound
from vanthu.organisations import queries as organisations
from vanthu.reading import marking
from vanthu.web.files import downloads
from vanthu.web.shell.requests import SignedRequest, address_of

if TYPE_CHECKING:
    from typing import BinaryIO
    from uuid import UUID

    from vanthu.kernel.actor import Actor
    from vanthu.kernel.files.models import Attachment


@require_GET
def print_file(request: SignedRequest, pk: UUID) -> HttpResponseBase:
    """A PDF to print, marked on every page."""
    by = request.actor
    attachment = _printable(pk, by)
    office = organisations.office(by.office)
    line = f"In từ hệ thống Văn thư của {office.name}: {by.name}, {timezone.localtime():%H:%M ngày %d/%m/%Y}"
    target = TemporaryFile()  # noqa: SIM115 - the response closes it
    with files.copy_of(attachment.file, "original.pdf") as path:
        marking.write_marked(path, line, by.name, target)
    return _sent(request, attachment, target, "print")


@require_GET
def print_official(request: SignedRequest, pk: UUID) -> HttpResponseBase:
    """A document of the office as it was signed, for the clerk to print and seal as the paper original."""
    by = request.actor
    attachment = _printable(pk, by)
    issued = attachment.owner_kind == "document" and documents.issued_here(attachment.owner_id, by)
    if not by.may("number") or not issued:
        raise NotAllowed("Chỉ văn thư in bản chính không đánh dấu, từ văn bản cơ quan đã phát hành.")
    target = TemporaryFile()  # noqa: SIM115 - the response closes it
    with files.copy_of(attachment.file, "original.pdf") as path, path.open("rb") as original:
        shutil.copyfileobj(original, target)
    return _sent(request, attachment, target, "official")


def _printable(pk: UUID, by: Actor) -> Attachment:
    attachment = downloads.openable(pk, by)
    if attachment.file.media_type != PDF:
        raise NotFound("Chỉ tệp PDF in được từ hệ thống. Tải tệp về rồi in.")
    return attachment


def _sent(
    request: SignedRequest, attachment: Attachment, target: BinaryIO, action: access.Look
) -> FileResponse:
    """The copy, shown by the browser; who printed what is in the access log first."""
    access.note(
        action,
        by=request.actor,
        item_kind=attachment.owner_kind,
        item_id=attachment.owner_id,
        attachment_id=attachment.pk,
        address=address_of(request),
    )
    target.seek(0)
    response = FileResponse(target, filename=attachment.name, content_type=PDF)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
