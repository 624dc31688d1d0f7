"""Uploads to staging, page images, downloads. Whether somebody may open a file is asked at every request."""

import time
from pathlib import Path
from uuid import UUID

from django.http import FileResponse, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from vanthu.kernel import access
from vanthu.kernel.files import actions, previews, queries
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.files.models import Attachment, Upload
from vanthu.kernel.refusals import Invalid, NotFound
from vanthu.reading import actions as reading
from vanthu.web.files import downloads
from vanthu.web.files.pages import pages_of_upload
from vanthu.web.shell.requests import SignedRequest, address_of

_PATIENCE = 8  # looks at an image that another request is rendering
_WIDTHS = {"240", "480", "800", "1200", "1600"}


@require_POST
def uploads(request: SignedRequest) -> JsonResponse:
    """Take one file into staging; answers {id, state, pages, status_url} or the sentence of the refusal."""
    sent = request.FILES.get("file")
    if sent is None:
        raise Invalid("Chọn một tệp để tải lên.")
    upload = actions.stage(sent, sent.name or "tep", by=request.actor)
    if upload.file is not None:
        reading.count_pages(upload.file)
    return JsonResponse(_described(upload), status=201)


@require_GET
def upload(request: SignedRequest, pk: UUID) -> JsonResponse:
    """How an upload of this account stands."""
    return JsonResponse(_described(queries.upload(pk, request.actor)))


def _described(upload: Upload) -> dict[str, object]:
    return {
        "id": str(upload.pk),
        "name": upload.name,
        "size": upload.size,
        "state": "ready",
        "status_url": reverse("upload", args=[upload.pk]),
        "pages": [page.as_json() for page in pages_of_upload(upload)],
    }


@require_GET
def upload_page(request: SignedRequest, pk: UUID, number: int) -> HttpResponseBase:
    """A page image of an upload that only this account sees."""
    return _image(request, queries.upload(pk, request.actor), number)


@require_GET
def page_image(request: SignedRequest, pk: UUID, number: int) -> HttpResponseBase:
    """A page image of an attachment."""
    attachment = downloads.openable(pk, request.actor)
    access.note(
        "page",
        by=request.actor,
        item_kind=attachment.owner_kind,
        item_id=attachment.owner_id,
        attachment_id=attachment.pk,
        address=address_of(request),
    )
    return _image(request, attachment, number)


def _image(request: SignedRequest, source: Attachment | Upload, number: int) -> HttpResponseBase:
    """The PNG; the browser keeps it but asks every time whether it may still show it."""
    if source.file is None or source.file.media_type != PDF:
        raise NotFound("Tệp này không xem được từng trang. Tải tệp về để mở.")
    asked = request.GET.get("w", "")
    width = asked if asked in _WIDTHS else "800"
    tag = f'"{source.pk}-{number}-{width}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    image = _rendered(source, number, int(width))
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff"}
    return FileResponse(image.open("rb"), content_type="image/png", headers=headers)


def _rendered(source: Attachment | Upload, number: int, width: int) -> Path:
    for _ in range(_PATIENCE):
        image = previews.page_image(source, number, width)
        if isinstance(image, Path):
            return image
        time.sleep(image.seconds)
    raise NotFound("Trang này đang được tạo ảnh. Tải lại sau ít giây.")


@require_GET
def file(request: SignedRequest, pk: UUID) -> HttpResponseBase:
    """Download a file, whole or a range of bytes; every download is in the access log."""
    return downloads.sent(request, pk, by=request.actor)


@require_GET
def lasting_file(request: SignedRequest, pk: UUID) -> HttpResponseBase:
    """Download the longer file whose signatures are kept for decades."""
    return downloads.sent_lasting(request, pk, by=request.actor)


@require_GET
def searchable_file(request: SignedRequest, pk: UUID) -> HttpResponseBase:
    """Download the searchable PDF/A copy of a scan."""
    return downloads.sent_searchable(request, pk, by=request.actor)
