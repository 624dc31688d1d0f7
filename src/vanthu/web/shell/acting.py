"""A verb and what the browser gets: the next page with a sentence, or the same page with the refusal."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from vanthu.kernel.refusals import Conflict, Invalid, NotFound, Refusal
from vanthu.web.shell.forms import Form
from vanthu.web.shell.requests import SignedRequest


def done_or_refused(
    request: SignedRequest,
    verb: Callable[[], object],
    said: str,
    *,
    to: str,
    refused: Callable[[Refusal], HttpResponse],
) -> HttpResponse:
    """Run a verb and go to an address; a refusal is shown by the page. What does not exist is no page of ours.

    `said` is "" where the page that follows shows it.
    """
    try:
        verb()
    except NotFound:
        raise
    except Refusal as refusal:
        return refused(refusal)
    if said:
        messages.success(request, said)
    return redirect(to)


def done_or_again(
    request: SignedRequest,
    form: Form,
    verb: Callable[[], object],
    said: str,
    *,
    to: str,
    again: Callable[[str, int], HttpResponse],
) -> HttpResponse:
    """Run the verb of a form and go to an address; else the page comes back with what was typed.

    `again` gets the sentence of a conflict ("" when the form says what is wrong) and the status.
    """
    conflict, status = "", Invalid.status
    try:
        if form.is_valid():
            verb()
            messages.success(request, said)
            return redirect(to)
    except Invalid as refusal:
        form.refuse(refusal)
    except Conflict as refusal:
        conflict, status = refusal.message, refusal.status
    return again(conflict, status)
