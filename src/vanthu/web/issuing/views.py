"""Lists of drafts and issued documents, the page of an issued document, where it has got to."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from vanthu.documents import queries as documents
from vanthu.exchange import actions as exchange_actions
from vanthu.exchange import queries as exchange
from vanthu.issuing import queries
from vanthu.kernel import access, ledger, participants
from vanthu.web.files.pages import shown
from vanthu.web.incoming.rows import cursor_of, read_cursor
from vanthu.web.incoming.tabs import chosen
from vanthu.web.issuing import rows
from vanthu.web.issuing.tabs import tabs_for
from vanthu.web.shell.requests import SignedRequest, address_of, from_htmx

PAGE = 50


@require_GET
def outgoing(request: SignedRequest) -> HttpResponse:
    """Drafts on their way and documents issued, by tabs."""
    by = request.actor
    tabs = tabs_for(by, participants.counts(by))
    tab = chosen(tabs, request.GET.get("tab", ""))  # type: ignore[type-var]
    before = read_cursor(request.GET.get("sau", ""))
    context = {"tabs": tabs, "tab": tab, "may_draft": by.may("draft"), "may_print": by.may("print_books")}
    if tab.item_kind == "out":
        issued = documents.outgoing_list(by, before=before, limit=PAGE)
        progress = exchange.progress([one.entry.pk for one in issued])
        context |= {
            "issued": [(rows.issued_row(one), progress.get(one.entry.pk)) for one in issued],
            "older": cursor_of(issued[-1]) if len(issued) == PAGE else "",
        }
    else:
        found = queries.drafts(by, states=tab.states, owner_kinds=tab.owner_kinds, before=before, limit=PAGE)
        last = found[-1].participant if len(found) == PAGE else None
        context |= {
            "rows": [rows.draft_row(one, by) for one in found],
            "older": f"{last.at.isoformat()}_{last.item_id}" if last else "",
        }
    template = "issuing/outgoing.html#rows" if from_htmx(request) else "issuing/outgoing.html"
    return render(request, template, context)


@require_GET
def outgoing_entry(request: SignedRequest, pk: int) -> HttpResponse:
    """The page of an issued document: per recipient where it has got to, pages, history."""
    by = request.actor
    seen = documents.outgoing(pk, by)
    files = documents.document_files([seen.entry.document_id]).get(seen.entry.document_id, [])
    draft = queries.of_outgoing(pk)
    access.note("view", by=by, item_kind="out", item_id=pk, address=address_of(request))
    context = {
        "seen": seen,
        "entry": seen.entry,
        "document": seen.entry.document,
        "row": rows.issued_row(seen),
        "files": shown(files if seen.sight.files else []),
        "draft": draft if draft is not None and queries.may_open_draft(draft.pk, by) else None,
        "related": documents.related(seen.entry.document_id),
        "history": [] if seen.sight.masked else ledger.history(seen.entry),
        "may_resend": by.may("number"),
        "deliveries": exchange.deliveries(pk, by),
    }
    return render(request, "issuing/outgoing_entry.html", context)


@require_GET
def deliveries(request: SignedRequest, pk: int) -> HttpResponse:
    """The rows of the recipients, asked for again while the page is open."""
    documents.outgoing(pk, request.actor)
    context = {
        "deliveries": exchange.deliveries(pk, request.actor),
        "may_resend": request.actor.may("number"),
    }
    return render(request, "issuing/outgoing_entry.html#deliveries", context)


@require_POST
def resend(request: SignedRequest, pk: int, delivery: int) -> HttpResponse:
    """Send again what a recipient returned."""
    exchange_actions.resend(delivery, by=request.actor)
    messages.success(request, "Đã gửi lại.")
    return redirect("outgoing_entry", pk=pk)
