"""What was read from a scan, offered to who registers it: asked for by the page, or shown at once without scripts."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from vanthu.documents import actions, queries, stack_queries, suggesting
from vanthu.documents.suggesting import NOTHING, Read, Suggestion
from vanthu.kernel.files import actions as files
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.refusals import NotAllowed, NotFound
from vanthu.reading.secrecy import SENTENCE, STAYS_OUT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vanthu.documents.models import EntryDraft, IncomingEntry
    from vanthu.documents.queries import Seen
    from vanthu.documents.receiving_models import StackRow
    from vanthu.documents.referring import Referred
    from vanthu.kernel.actor import Actor
    from vanthu.kernel.files.models import Upload
    from vanthu.web.shell.requests import SignedRequest

LOOKS, PAUSE = (
    20,
    0.3,
)  # how often, and after how many seconds, a page without scripts looks whether page 1 is read


@require_GET
def suggestions(request: SignedRequest) -> JsonResponse:
    """What an upload (`upload`) suggests so far; with `seen` pages known to the page, only what is new."""
    by = request.actor
    by.require("register")
    upload = file_queries.upload(request.GET.get("upload", ""), by)
    if upload.file_id is None:
        return JsonResponse(
            {"state": "secret" if upload.refusal == SENTENCE else "none", "said": upload.refusal}
        )
    seen = request.GET.get("seen", "")
    return JsonResponse(
        as_json(suggesting.of_file(upload.file_id, by, seen=int(seen) if seen.isdigit() else -1))
    )


def of_row(row: StackRow, by: Actor) -> Read:
    """What the pages of a row say."""
    return suggesting.of_row(row, by)


@require_GET
def row_suggestions(request: SignedRequest, pk: int) -> JsonResponse:
    """What the pages of a row of a stack suggest so far."""
    row = stack_queries.row(pk, request.actor)
    return JsonResponse(as_json(suggesting.of_row(row, request.actor)))


@require_GET
def entry_suggestions(request: SignedRequest, pk: int) -> JsonResponse:
    """What the files of a waiting entry suggest so far."""
    seen = queries.incoming(pk, request.actor)
    request.actor.require("register")
    return JsonResponse(as_json(of_entry(seen, request.actor)))


def of_entry(seen: Seen[IncomingEntry], by: Actor) -> Read:
    """What the files of a waiting entry say; the caller has its sight. Nothing where they may not be opened."""
    if not seen.sight.files or seen.sight.masked:
        return NOTHING
    return suggesting.of_document(seen.entry.document_id, by)


def context(read: Read) -> dict[str, Any]:
    """What the form of registration needs to show a reading, with scripts and without."""
    return {"read": read, "read_json": json.dumps(as_json(read), ensure_ascii=False)}


def as_json(read: Read) -> dict[str, Any]:
    """A reading as the island of the form takes it."""
    return {
        "state": read.state,
        "said": read.said,
        "seen": read.pages_done,
        "fields": [_field(one) for one in read.suggestions],
        "referred": [_referred(one) for one in read.referred],
    }


def _field(one: Suggestion) -> dict[str, Any]:
    return {
        "name": one.name,
        "label": one.label,
        "value": one.value,
        "shown": one.shown,
        "sure": one.sure,
        "fills": one.fills,
        "page": one.page,
        "box": list(one.box) if one.box else None,
        "more": dict(one.more),
    }


def _referred(one: Referred) -> dict[str, Any]:
    return {
        "value": one.value,
        "shown": one.shown,
        "subject": one.subject,
        "ours": one.ours,
        "certain": one.certain,
        "page": one.page,
        "box": list(one.box),
    }


def read_now(uploads: Sequence[Upload], by: Actor) -> Read:
    """What the first file says, waited for some seconds; for pages without scripts."""
    file = next((one.file_id for one in uploads if one.file_id), None)
    if file is None:
        return NOTHING
    for _ in range(LOOKS):
        read = suggesting.of_file(file, by)
        if read.pages_done or read.state in ("failed", "none"):
            break
        time.sleep(PAUSE)
    return read


def filled(typed: Mapping[str, Any], read: Read) -> dict[str, Any]:
    """What was typed, and suggestions where nothing was."""
    empty = {"", "0", 0, None}
    suggested = {name: value for name, value in read.values().items() if typed.get(name) in empty}
    return {**typed, **suggested}


@require_http_methods(["GET", "POST"])
def stopped(request: SignedRequest) -> HttpResponse:
    """The sentence of the law after a file with a secret mark; a POST first forgets the form that was begun."""
    by = request.actor
    by.require("register")
    if request.method == "POST":
        forget(request.POST.get("idempotency_key", ""), by)
        for upload in request.POST.getlist("uploads"):
            drop(upload, by)
        return redirect("register_stopped")
    return render(request, "incoming/secret.html", {"refusal": NotAllowed(SENTENCE)})


def refuse_stopped(uploads: Sequence[Upload]) -> None:
    """Raise `NotAllowed` when a mark was found on one of them since it came."""
    if any(one.refusal == SENTENCE for one in uploads):
        raise NotAllowed(SENTENCE, code=STAYS_OUT)


def kept_under(key: str, by: Actor) -> EntryDraft | None:
    """The half-filled form of this key."""
    kept = queries.entry_drafts(by)
    return next((one for one in kept if key and one.fields.get("idempotency_key") == key), None)


def forget(key: str, by: Actor) -> None:
    """Nothing of the half-filled form of this key is kept."""
    kept = kept_under(key, by)
    if kept is not None:
        actions.drop_entry_draft(kept.pk, by=by)


def drop(upload: str, by: Actor) -> None:
    """Give up an upload, if it is still there."""
    try:
        files.discard(upload, by=by)
    except NotFound:
        return
