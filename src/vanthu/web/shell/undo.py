"""Undo for ten seconds: the act is done at once, its outward effects wait (`enqueue(..., schedule_in=10)`).

`config.wiring` offers a room's undo verb per ledger verb; a view says what it did with `say`, whose toast carries
the button.
"""

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import Conflict
from vanthu.web.shell.requests import from_htmx, page_before

SECONDS = 10
_GRACE = timedelta(seconds=SECONDS + 5)  # the click travels, clocks of browsers run slow

type Undo = Callable[..., object]  # verb(item_id, *, by: Actor)

_offered: dict[str, Undo] = {}


def offer(verb: str, act: Undo) -> None:
    """Let acts of this ledger verb be taken back by `act(item_id, by=actor)`; called only by `config.wiring`."""
    _offered[verb] = act


def say(request: HttpRequest, text: str, entry_id: int) -> None:
    """A message with the button "Hoàn tác" for the act of this ledger entry."""
    messages.success(request, text, extra_tags=reverse("undo", args=[entry_id]))


def take_back(entry_id: int, *, by: Actor) -> None:
    """Run the room's undo verb; raises `NotFound` for acts of others, `Conflict` when it is too late."""
    verb, item_id = ledger.own_act(entry_id, by=by, within=_GRACE)
    act = _offered.get(verb)
    if act is None:
        raise Conflict("Việc này không hoàn tác được. Mở lại mục đó để sửa.", code="no_undo")
    act(item_id, by=by)


def done(request: HttpRequest) -> HttpResponse:
    """Back to where the person was, with a word that it is undone."""
    messages.info(request, "Đã hoàn tác.")
    if from_htmx(request):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return redirect(page_before(request))
