"""What the signing program on a computer is told, gets and brings back. docs/signing.md, "Agent on the computer"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from vanthu.issuing import sealing
from vanthu.kernel.files import queries as files
from vanthu.kernel.refusals import Invalid, NotFound, Refusal
from vanthu.signing import tickets
from vanthu.signing.providers.agent.calls import answer, call

if TYPE_CHECKING:
    from vanthu.signing.tickets import Opened
    from vanthu.web.shell.requests import SignedRequest


@never_cache
@require_POST
def calls(request: SignedRequest, pk: int) -> JsonResponse:
    """A fresh ticket for every file that still waits, as the calls that the page makes one after the other."""
    opened = tickets.open_tickets(pk, by=request.actor)
    numbers = sealing.numbers([one.session.subject_id or 0 for one in opened])
    return JsonResponse({"calls": [_call(request, one, numbers) for one in opened]})


def _call(request: SignedRequest, one: Opened, numbers: dict[int, sealing.Number]) -> dict[str, str]:
    session = one.session
    address = request.build_absolute_uri(reverse("agent_file", args=[one.token]))
    given = numbers.get(session.subject_id or 0, sealing.Number("", None))
    made = call(session.role, address, number=given.number, issued_on=given.issued_on)
    return {"title": session.title, "path": made.path, "frame": made.frame}


@login_not_required
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, ticket: str) -> HttpResponseBase:
    """GET: the file to sign, as often as needed. POST: the signed file, once. The ticket is the only right."""
    if request.method == "POST":
        return _brought(request, ticket)
    found = tickets.handed_out(ticket)
    reading = files.open_attachment(found)
    response = StreamingHttpResponse(reading, content_type=found.file.media_type)
    response["Content-Length"] = str(reading.length)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _part(request: HttpRequest) -> UploadedFile[Any]:
    """The part `uploadfile`, else the only file of the form."""
    sent = [one for name in request.FILES for one in request.FILES.getlist(name)]
    named = request.FILES.getlist("uploadfile") or sent
    if len(named) != 1:
        raise Invalid("Chương trình ký phải gửi đúng một tệp. Ký lại.")
    return named[0]


def _brought(request: HttpRequest, ticket: str) -> HttpResponse:
    """The program reads HTTP 200 and the Boolean `Status`, and shows `Message` to the signer."""
    try:
        session = tickets.bring(ticket, _part(request))
    except NotFound as refusal:
        return JsonResponse(answer(False, refusal.message or tickets.OVER))
    except Refusal as refusal:
        return JsonResponse(answer(False, refusal.message))
    return JsonResponse(answer(True, name=f"{session.pk}.pdf"))
