"""Order the export of a whole dossier, wait for it, fetch it; its data as XML at once."""

from tempfile import TemporaryFile
from uuid import UUID

from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from vanthu.dossiers import actions, queries
from vanthu.kernel import access
from vanthu.kernel.files import queries as files
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.files.models import REFUSED
from vanthu.kernel.jobs import enqueue
from vanthu.kernel.later import later
from vanthu.web.dossiers import parts
from vanthu.web.dossiers.jobs import make_export
from vanthu.web.shell.requests import SignedRequest, address_of, from_htmx

exporting = later("vanthu.web.dossiers.exporting")


@require_POST
def export_dossier(request: SignedRequest, pk: int) -> HttpResponse:
    """Leave the PDF to a job; the page that waits shows how far it is."""
    by = request.actor
    made = actions.order_export(pk, by=by)
    enqueue(
        make_export,
        lock=f"export:{by.account}",
        export_id=str(made.pk),
        account_id=by.account,
        office_id=by.office,
    )
    return redirect("dossier_export", pk=made.pk)


@require_GET
def dossier_export(request: SignedRequest, pk: UUID) -> HttpResponse:
    """The page that waits for the PDF and then offers it; only for the account that ordered it."""
    ordered = queries.export(pk, request.actor)
    made = files.made_for(pk, request.actor)
    context = {
        "ordered": ordered,
        "dossier": ordered.dossier,
        "made": made,
        "refused": made is not None and made.state == REFUSED,
    }
    template = "dossiers/dossier_export.html"
    return render(request, f"{template}#made" if from_htmx(request) else template, context)


@require_GET
def dossier_export_file(request: SignedRequest, pk: UUID) -> HttpResponseBase:
    """Download the PDF."""
    by = request.actor
    ordered = queries.export(pk, by)
    reading = files.open_upload(files.upload(pk, by))
    access.note(
        "download", by=by, item_kind="dossier", item_id=ordered.dossier_id, address=address_of(request)
    )
    response = StreamingHttpResponse(reading, content_type=PDF)
    response["Content-Length"] = str(reading.length)
    response["Content-Disposition"] = content_disposition_header(True, ordered.name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
def dossier_xml(request: SignedRequest, pk: int) -> HttpResponseBase:
    """The data of the dossier and of what lies in it, with names and hashes of the files."""
    by = request.actor
    found = queries.dossier(pk, by).dossier
    target = TemporaryFile()  # noqa: SIM115 - the response closes it
    exporting.write_xml(found, parts.parts(pk, by), target)
    target.seek(0)
    access.note("download", by=by, item_kind="dossier", item_id=pk, address=address_of(request))
    name = f"ho-so-{found.year}-{found.notation}.xml"
    return FileResponse(target, as_attachment=True, filename=name, content_type="application/xml")
