"""What is made for somebody who practises says so: PDF that is made for one answer carries the mark on every page."""

from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from vanthu.kernel.actor import Actor
from vanthu.kernel.files.contract import PDF
from vanthu.reading import practice_mark


def marked(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer, marked if it is a PDF made in practice. Kept files (they have a tag) go out byte by byte."""
    actor: Actor | None = getattr(request, "actor", None)
    made = response.get("Content-Type", "").startswith(PDF) and not response.has_header("ETag")
    if actor is None or actor.room_id is None or not made or response.status_code != 200:
        return response
    whole = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
    target = BytesIO()
    practice_mark.write_marked(BytesIO(whole), target)
    response.close()
    answer = HttpResponse(target.getvalue(), content_type=PDF)
    for name, value in response.items():
        if name not in ("Content-Type", "Content-Length"):
            answer[name] = value
    return answer
