"""Lists of drafts and issued documents, the page of an issued document, where it has got to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import conditional_page, require_GET, require_POST

from vanthu.documents import queries as documents
from vanthu.documents import relations
from vanthu.documents.queries import Seen
from vanthu.documents.recalling import recall_of_entry
from vanthu.documents.states import OutgoingState
from vanthu.dossiers import freezing
from vanthu.exchange import actions as exchange_actions
from vanthu.exchange import following, recalling
from vanthu.exchange import queries as exchange
from vanthu.exchange.states import IN_THEIR_BOOK, DeliveryChannel, DeliveryState
from vanthu.issuing import queries
from vanthu.kernel import access, ledger
from vanthu.signing import requests as signing
from vanthu.web.files.lasting import kept
from vanthu.web.files.pages import shown
from vanthu.web.files.reading import read
from vanthu.web.incoming.rows import read_cursor
from vanthu.web.issuing import rows
from vanthu.web.issuing.tabs import chosen, tabs_for
from vanthu.web.sending.rows import delivery_row
from vanthu.web.shell.requests import SignedRequest, address_of, counts_of, from_htmx

if TYPE_CHECKING:
    from vanthu.documents.models import OutgoingEntry
    from vanthu.kernel.models import Participant

PAGE = 50


@require_GET
@conditional_page
def outgoing(request: SignedRequest) -> HttpResponse:
    """Drafts on their way and documents issued, by tabs."""
    by = request.actor
    tabs = tabs_for(by, counts_of(request))
    tab = chosen(tabs, request.GET.get("tab", ""))
    before = read_cursor(request.GET.get("sau", ""))
    context = {
        "tabs": tabs,
        "tab": tab,
        "may_draft": by.may("draft"),
        "may_number": by.may("number"),
        "may_print": by.may("print_books"),
        "may_pick": tab.key == "to_sign" or (tab.key == "signed" and by.may("number")),
        "asked": next(iter(signing.open_requests(by)), None) if tab.key == "to_sign" else None,
    }
    if tab.item_kind == "out":
        issued = documents.outgoing_list(by, before=before, limit=PAGE)
        progress = exchange.progress([one.entry.pk for one in issued])
        context |= {
            "issued": [(rows.issued_row(one), progress.get(one.entry.pk)) for one in issued],
            "older": _cursor(issued[-1].participant) if len(issued) == PAGE else "",
        }
    else:
        found = queries.drafts(by, states=tab.states, owner_kinds=tab.owner_kinds, before=before, limit=PAGE)
        last = found[-1].participant if len(found) == PAGE else None
        context |= {
            "rows": [rows.draft_row(one, by) for one in found],
            "older": _cursor(last) if last else "",
        }
    fragment = "#issued" if tab.item_kind == "out" else "#rows"
    return render(request, f"issuing/outgoing.html{fragment if from_htmx(request) else ''}", context)


def _cursor(last: Participant) -> str:
    """Where the page after this row begins, as an address carries it."""
    return f"{last.at.isoformat()}_{last.item_id}"


@require_GET
def outgoing_entry(request: SignedRequest, pk: int) -> HttpResponse:
    """The page of an issued document: per recipient where it has got to, pages, history."""
    by = request.actor
    seen = documents.outgoing(pk, by)
    access.note("view", by=by, item_kind="out", item_id=pk, address=address_of(request))
    shown_ = _context(request, seen)
    context = shown_ | {
        "kept": kept(shown_["files"]),
        "reading": read(shown_["files"]),
        "draft": queries.open_draft_of(pk, by),
        "recall": recall_of_entry(pk) if seen.entry.state == OutgoingState.RECALLED else None,
        "may_official": by.may("number") and seen.entry.state == OutgoingState.ISSUED,
        "may_recall": by.may("recall")
        and seen.entry.state == OutgoingState.ISSUED
        and not seen.entry.freeze_id,
        "may_freeze": freezing.may_freeze(by)
        and seen.entry.state == OutgoingState.ISSUED
        and not seen.sight.masked,
        "links": [] if seen.sight.masked else relations.links(seen.entry.document_id, by),
        "may_follow": by.may("draft") and seen.entry.state == OutgoingState.ISSUED and not seen.sight.masked,
        "history": [] if seen.sight.masked else ledger.history(seen.entry),
    }
    return render(request, "issuing/outgoing_entry.html", context)


@require_GET
def outgoing_preview(request: SignedRequest, pk: int) -> HttpResponse:
    """What stands beside the list: how far it has got, its first page."""
    return render(
        request, "issuing/outgoing_preview.html", _context(request, documents.outgoing(pk, request.actor))
    )


def _context(request: SignedRequest, seen: Seen[OutgoingEntry]) -> dict[str, Any]:
    entry = seen.entry
    files = documents.document_files([entry.document_id]).get(entry.document_id, [])
    return {
        "seen": seen,
        "entry": entry,
        "document": entry.document,
        "row": rows.issued_row(seen),
        "files": shown(files if seen.sight.files else []),
        **_delivered(request, seen),
    }


def _delivered(request: SignedRequest, seen: Seen[OutgoingEntry]) -> dict[str, Any]:
    """The recipients and how many of those inside the system have the document in their book."""
    found = exchange.deliveries_of(seen)
    recalled = seen.entry.state == OutgoingState.RECALLED
    noted = recalling.noted(seen.entry.document_id) if recalled else {}
    inside = [one for one in found if one.state != DeliveryState.OUTSIDE]
    cut = following.cutoffs()
    return {
        "entry": seen.entry,
        "deliveries": [delivery_row(one, cut, noted.get(one.to_office_id or 0)) for one in found],
        "lost": sum(
            one.channel == DeliveryChannel.AXIS
            and one.state in (DeliveryState.FAILED, DeliveryState.RETURNED)
            for one in found
        ),
        "noted": len(noted),
        "progress": exchange.Progress(
            registered=sum(one.state in IN_THEIR_BOOK for one in inside),
            total=len(inside),
            returned=sum(one.state == DeliveryState.RETURNED for one in inside),
        ),
        "may_resend": request.actor.may("number")
        or any(row.owner_kind == "p" and row.role == "drafter" for row in seen.sight.rows),
    }


@require_GET
@conditional_page
def deliveries(request: SignedRequest, pk: int) -> HttpResponse:
    """The rows of the recipients, asked for again while the page is open."""
    seen = documents.outgoing(pk, request.actor)
    return render(request, "issuing/outgoing_entry.html#deliveries", _delivered(request, seen))


@require_POST
def resend(request: SignedRequest, pk: int, delivery: int) -> HttpResponse:
    """Send again what a recipient returned."""
    exchange_actions.resend(delivery, by=request.actor)
    messages.success(request, "Đã gửi lại.")
    return redirect("outgoing_entry", pk=pk)
