"""Whole dossiers as PDF: made beside the web server, with how far they are."""

import tempfile
from pathlib import Path
from uuid import UUID

from vanthu.dossiers import actions as dossiers
from vanthu.dossiers import queries
from vanthu.kernel.files import actions as files
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.jobs import job
from vanthu.kernel.later import later
from vanthu.kernel.refusals import Refusal
from vanthu.organisations.queries import actor_of
from vanthu.web.dossiers import parts

exporting = later("vanthu.web.dossiers.exporting")


@job(queue="books", retries=3)
def make_export(export_id: str, account_id: int, office_id: int) -> None:
    """Make the PDF for the account that asked, with its rights of now; it waits a day under the id of the export."""
    by = actor_of(account_id, office_id)
    ordered = queries.export(UUID(export_id), by)
    if file_queries.made_for(ordered.pk, by):
        return
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "dossier.pdf"
        try:
            seen = queries.dossier(ordered.dossier_id, by)
            found = parts.parts(ordered.dossier_id, by)
            dossiers.tell_export(ordered.pk, 0, len(found), by=by)
            with place.open("wb") as target:
                exporting.write_pdf(
                    seen.dossier,
                    found,
                    target,
                    told=lambda done: dossiers.tell_export(ordered.pk, done, len(found), by=by),
                )
        except Refusal as refusal:
            files.give_up(ordered.pk, ordered.name, refusal.message, by=by)
            return
        made = files.store_bytes(place, PDF)
    files.set_aside(ordered.pk, made, ordered.name, by=by)
