"""The shelf of books: what each holds, whether it is continuous; a book is closed, printed, opened again."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from vanthu.documents import closing, proof
from vanthu.documents.closing import Shelved
from vanthu.kernel import ledger
from vanthu.kernel.refusals import Conflict, Invalid
from vanthu.web.books.number_forms import WhyForm
from vanthu.web.books.orders import Order
from vanthu.web.books.views import made
from vanthu.web.shell.requests import SignedRequest


@require_GET
def shelf(request: SignedRequest) -> HttpResponse:
    """The books of the office, the newest first, with what the last nightly proof found."""
    by = request.actor
    newest = proof.newest()
    context = {
        "books": closing.shelf(by),
        "proof": newest,
        "problems": proof.problems_of(newest, by.office),
        "may_rule": by.may("administer") or by.may("number"),
    }
    return render(request, "books/shelf.html", context)


@require_GET
def series_book(request: SignedRequest, pk: int) -> HttpResponse:
    """One book: its counts, its proof of this moment, closing and printing."""
    return _page(request, closing.shelved(pk, request.actor), WhyForm())


def _page(
    request: SignedRequest, shelved: Shelved, form: WhyForm, status: int = 200, refused: str = ""
) -> HttpResponse:
    by = request.actor
    context: dict[str, Any] = {
        "book": shelved,
        "form": form,
        "refused": refused,
        "problems": proof.check([shelved.series.pk]),
        "history": ledger.history(shelved.series),
        "may_close": by.may("number"),
        "may_reopen": by.may("administer") and shelved.series.office_id == by.office_id,
        "may_print": by.may("print_books"),
    }
    return render(request, "books/series_book.html", context, status=status)


@require_POST
def close_book(request: SignedRequest, pk: int) -> HttpResponse:
    """Close a book; the page says what still stands against it."""
    said = "Đã đóng sổ. In sổ để ký và đóng quyển."
    return _done(request, pk, lambda reason: closing.close(pk, reason, by=request.actor), said)


@require_POST
def reopen_book(request: SignedRequest, pk: int) -> HttpResponse:
    """Open a book that was closed by mistake."""
    return _done(request, pk, lambda reason: closing.reopen(pk, reason, by=request.actor), "Đã mở lại sổ.")


def _done(request: SignedRequest, pk: int, act: Any, said: str) -> HttpResponse:
    form = WhyForm(request.POST)
    shelved = closing.shelved(pk, request.actor)
    form.is_valid()
    try:
        act(form.cleaned_data.get("reason", ""))
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(request, shelved, form, status=422)
    except Conflict as refusal:
        return _page(request, shelved, form, status=409, refused=refusal.message)
    messages.success(request, said)
    return redirect("series_book", pk)


@require_GET
def series_book_file(request: SignedRequest, pk: int) -> HttpResponseBase:
    """The whole book as PDF to bind (with its closing page once it is closed) or as a table."""
    by = request.actor
    by.require("print_books")
    one = closing.shelved(pk, by)
    wanted = "xlsx" if request.GET.get("format") == "xlsx" else "pdf"
    way = "incoming" if one.series.direction == "in" else "outgoing"
    return made(request, Order(way, wanted, one.period.first_on, one.period.last_on, one.series.pk))
