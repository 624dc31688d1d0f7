"""What is made for somebody who practises says so: PDF, sheets and texts made for one answer carry the mark."""

from io import BytesIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from vanthu.kernel.actor import Actor
from vanthu.reading import practice_mark


def marked(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer, marked if its file was made in practice. Kept files (they have a tag) go out byte by byte."""
    actor: Actor | None = getattr(request, "actor", None)
    media_type = response.get("Content-Type", "").partition(";")[0]
    mark = practice_mark.MARKERS.get(media_type)
    kept = response.has_header("ETag") or response.status_code != 200
    if actor is None or actor.room_id is None or mark is None or kept:
        return response
    target = BytesIO()
    mark(BytesIO(_taken(response)), target)
    answer = HttpResponse(target.getvalue(), content_type=media_type)
    for name, value in response.items():
        if name not in ("Content-Type", "Content-Length"):
            answer[name] = value
    return answer


def _taken(response: HttpResponseBase) -> bytes:
    """All that it would send. Its file is closed here: closing the answer itself would end the request."""
    if not response.streaming:
        return bytes(response.content)  # type: ignore[attr-defined]
    whole = b"".join(response)
    if isinstance(response, FileResponse) and response.file_to_stream is not None:
        response.file_to_stream.close()
    return whole
