"""Files: bring one in before an act names it, download what one may open."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from ninja import File, Router, Schema, UploadedFile
from pydantic import Field

from vanthu.kernel.files import actions, queries
from vanthu.kernel.refusals import NotFound
from vanthu.reading import actions as reading
from vanthu.web.api.access import ProgramRequest, idempotency_key, needs
from vanthu.web.files import downloads

if TYPE_CHECKING:
    from vanthu.kernel.files.models import Upload

router = Router(tags=["Tệp"])


class UploadOut(Schema):
    """Một tệp đã tải lên, chờ dùng; chỉ tài khoản đã tải thấy nó."""

    id: UUID = Field(description="Dùng trong `uploads` của lệnh vào sổ, `upload` của bản dự thảo.")
    name: str = Field(examples=["cong-van-125.pdf"])
    size: int = Field(examples=[48213], description="Byte.")
    media_type: str = Field(examples=["application/pdf"])
    pages: int | None = Field(description="Số trang của tệp PDF; null với tệp khác.")
    sha256: str = Field(description="Mã băm để đối chiếu tệp đã đến nguyên vẹn.")
    kept_until_at: datetime = Field(description="Không dùng trước lúc này thì tệp bị xóa (UTC).")


_BYTES = {"schema": {"type": "string", "format": "binary"}}
_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_DOWNLOAD: dict[str, Any] = {
    "parameters": [
        {
            "name": "Range",
            "in": "header",
            "required": False,
            "description": "Một khoảng byte, để tải tiếp: `bytes=1048576-`.",
            "schema": {"type": "string"},
        },
        {
            "name": "If-Range",
            "in": "header",
            "required": False,
            "description": "ETag đã nhận; tệp đã khác thì gửi lại từ đầu.",
            "schema": {"type": "string"},
        },
    ],
    "responses": {
        200: {"description": "Cả tệp. `ETag` là SHA-256 của tệp.", "content": {"*/*": _BYTES}},
        206: {"description": "Khoảng byte đã xin.", "content": {"*/*": _BYTES}},
        416: {"description": "Khoảng byte nằm ngoài tệp.", "content": _PROBLEM},
        503: {"description": "Kho tệp tạm ngừng, hoặc tệp bị hỏng.", "content": _PROBLEM},
    },
}


@router.post("/uploads", response={201: UploadOut}, auth=needs("files"), summary="Tải một tệp lên")
def upload_file(request: ProgramRequest, response: HttpResponse, file: File[UploadedFile]) -> UploadOut:
    """Gửi `multipart/form-data` với phần `file`. Tệp được kiểm tra ngay: kiểu, cỡ, macro và mã lệnh, dấu mức độ mật;
    không đạt thì 422 kèm lý do và không giữ lại gì.
    """
    key = idempotency_key(request)
    upload = actions.stage(file, file.name or "tep", by=request.actor, key=f"api:{key}")
    if upload.file is not None and upload.file.page_count is None:
        reading.count_pages(upload.file)
    response["Location"] = reverse("api:get_upload", args=[upload.pk])
    return _upload(upload)


@router.get("/uploads/{pk}", response=UploadOut, summary="Một tệp đã tải lên")
def get_upload(request: ProgramRequest, pk: UUID) -> UploadOut:
    """Tệp mà chính tài khoản này đã tải lên và còn giữ."""
    return _upload(queries.upload(pk, request.actor))


@router.get("/files/{pk}", response=None, openapi_extra=_DOWNLOAD, summary="Tải một tệp về")
def download_file(request: ProgramRequest, pk: UUID) -> HttpResponseBase:
    """Tệp của văn bản hoặc dự thảo mà khoá được mở. Mỗi lần tải được ghi vào nhật ký truy cập."""
    return downloads.sent(request, pk, by=request.actor)


def _upload(upload: "Upload") -> UploadOut:
    file = upload.file
    if file is None:
        raise NotFound(upload.refusal, code="file_refused")
    return UploadOut(
        id=upload.pk,
        name=upload.name,
        size=upload.size,
        media_type=file.media_type,
        pages=file.page_count,
        sha256=file.sha256,
        kept_until_at=upload.received_at + actions.GRACE,
    )
