"""Files as they are sent, to browsers and to programs: who may open one, ranges of bytes, the access log."""

import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from vanthu.documents import mails, stack_queries
from vanthu.documents import queries as documents
from vanthu.dossiers import queries as dossiers
from vanthu.exchange import receiving_box
from vanthu.issuing import queries as issuing
from vanthu.kernel import access
from vanthu.kernel.actor import Actor
from vanthu.kernel.files import queries
from vanthu.kernel.files.contract import ByteRange, OutsideFile
from vanthu.kernel.files.models import Attachment
from vanthu.kernel.refusals import NotFound
from vanthu.reading import copies
from vanthu.signing import augmenting_queries
from vanthu.tasks import on_paper
from vanthu.tasks import sources as task_sources
from vanthu.web.shell.problems import from_program, problem
from vanthu.web.shell.requests import address_of

_RANGE = re.compile(r"bytes=(\d{1,18})-(\d{0,18})")

MAY_OPEN: Mapping[str, Callable[[int, Actor], bool]] = {
    "document": documents.may_open_document,
    "version": issuing.may_open_version,
    "draft": issuing.may_open_draft,
    "paper": dossiers.may_open_paper,
    "task": task_sources.may_open_task,
    "instruction": on_paper.may_open_evidence,
    "mail": mails.may_open_mail,
    "packet_in": receiving_box.may_open_packet,
    "arrival": receiving_box.may_open_before,
    "stack": stack_queries.may_open_stack,
}


def openable(pk: UUID, by: Actor) -> Attachment:
    """The attachment, if the actor may open files of its owner; raises `NotFound`."""
    attachment = queries.attachment(pk)
    may_open = MAY_OPEN.get(attachment.owner_kind)
    if may_open is None or not may_open(attachment.owner_id, by):
        raise NotFound()
    return attachment


def sent(request: HttpRequest, pk: UUID, *, by: Actor) -> HttpResponseBase:
    """The file, whole or the range asked for; what is sent is in the access log first.

    The entity tag is the SHA-256 of the bytes, so that whoever puts ranges together can check the whole.
    """
    attachment = openable(pk, by)
    return _sent(request, attachment, attachment, attachment.name, by)


def sent_lasting(request: HttpRequest, pk: UUID, *, by: Actor) -> HttpResponseBase:
    """The longer file that keeps the signatures of this one for decades; whoever opens the one opens the other."""
    attachment = openable(pk, by)
    longer, level = augmenting_queries.lasting_copy(attachment.file_id)
    name = PurePosixPath(attachment.name)
    return _sent(request, attachment, longer, f"{name.stem} ({level}){name.suffix}", by)


def sent_searchable(request: HttpRequest, pk: UUID, *, by: Actor) -> HttpResponseBase:
    """The searchable copy of this scan; whoever opens the one opens the other. Raises `NotFound` without one."""
    attachment = openable(pk, by)
    copy = copies.attachment_of(attachment.file_id)
    if copy is None:
        raise NotFound("Tệp này chưa có bản tìm kiếm được. Tải tệp gốc.")
    name = PurePosixPath(attachment.name)
    return _sent(request, attachment, copy, f"{name.stem} (tìm kiếm được){name.suffix}", by)


def _sent(
    request: HttpRequest, attachment: Attachment, held: Attachment, name: str, by: Actor
) -> HttpResponseBase:
    """The bytes of `held`, on the strength of `attachment`."""
    tag = f'"{held.file_id}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    wanted = _range_of(request, tag)
    try:
        reading = queries.open_attachment(held, wanted)
    except OutsideFile:
        return _outside(request, held.file.size)
    access.note(
        "download",
        by=by,
        item_kind=attachment.owner_kind,
        item_id=attachment.owner_id,
        attachment_id=attachment.pk,
        address=address_of(request),
    )
    response = StreamingHttpResponse(
        reading, status=206 if wanted else 200, content_type=held.file.media_type
    )
    response["Content-Length"] = str(reading.length)
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = tag
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    if wanted:
        last = reading.start + reading.length - 1
        response["Content-Range"] = f"bytes {reading.start}-{last}/{reading.size}"
    return response


def _range_of(request: HttpRequest, tag: str) -> ByteRange | None:
    """One range of bytes; None (the whole) without one, and when `If-Range` names another file."""
    found = _RANGE.fullmatch(request.headers.get("Range", ""))
    if found is None or request.headers.get("If-Range", tag) != tag:
        return None
    return ByteRange(int(found[1]), int(found[2]) + 1 if found[2] else None)


def _outside(request: HttpRequest, size: int) -> HttpResponse:
    """The range begins behind the end."""
    detail = f"Tệp chỉ có {size} byte. Xin lại từ đầu, hoặc từ một byte ở trong tệp."
    response = problem(416, "range_wrong", detail) if from_program(request) else HttpResponse(status=416)
    response["Content-Range"] = f"bytes */{size}"
    return response
