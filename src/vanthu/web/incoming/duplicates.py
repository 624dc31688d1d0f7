"""The warning before a second registration: same number, same file, nearly the same text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_GET

from vanthu.documents import near, queries, stack_queries
from vanthu.documents.near import Typed
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.refusals import NotFound
from vanthu.reading import storing
from vanthu.web.shell.forms import read_day

if TYPE_CHECKING:
    from django.http import HttpResponse

    from vanthu.documents.near import Alike
    from vanthu.web.shell.requests import SignedRequest


@require_GET
def duplicates(request: SignedRequest) -> HttpResponse:
    """Entries with this issuer, number and symbol, or with these files (`uploads`; of `row` or entry `but`)."""
    request.actor.require("register")
    asked = request.GET
    issuer, number, notation = (asked.get(name, "") for name in ("issuer_name", "number", "notation"))
    but = int(asked["but"]) if asked.get("but", "").isdigit() else None
    same = [one for one in queries.duplicates(issuer, number, notation, request.actor) if one.entry.pk != but]
    named = {one.entry.pk for one in same}
    typed = Typed(
        issuer_name=issuer, number=number, notation=notation, issued_on=read_day(asked.get("issued_on", ""))
    )
    alike = [one for one in _alike(request, typed, but) if one.seen is None or one.seen.entry.pk not in named]
    context = {"duplicates": same, "alike": alike, "reason": asked.get("duplicate_reason", "")}
    return render(request, "incoming/duplicates.html", context)


def _alike(request: SignedRequest, typed: Typed, but: int | None) -> list[Alike]:
    """What is alike to the files at hand, as far as the actor may look at these."""
    by, row = request.actor, request.GET.get("row", "")
    if row.isdigit():
        one = stack_queries.row(int(row), by)
        held = stack_queries.sources(one)
        pages = (
            page.text
            for source, first, last in one.parts
            if source in held
            for page in storing.pages_of(held[source].file_id, first, last)
        )
        return near.found([file.file_id for file in held.values()], typed, by, text="\n".join(pages))
    if but is not None:
        seen = queries.incoming(but, by)
        document = seen.entry.document_id
        files = queries.document_files([document])[document] if seen.sight.files else []
        return near.found([file.file_id for file in files], typed, by, but=but)
    return near.found(_uploaded(request), typed, by)


def _uploaded(request: SignedRequest) -> list[str]:
    """SHA-256 of the uploads of the form; what is gone is left out."""
    found = []
    for value in request.GET.getlist("uploads"):
        try:
            upload = file_queries.upload(value, request.actor)
        except NotFound:
            continue
        if upload.file_id:
            found.append(upload.file_id)
    return found
