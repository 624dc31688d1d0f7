"""Several signatures at once: what is chosen is shown with its pages, then asked for with one authorisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from vanthu.documents.kinds import by_code
from vanthu.issuing import batch_signing, queries
from vanthu.issuing.states import Step
from vanthu.kernel.refusals import Invalid, Refusal
from vanthu.signing import requests
from vanthu.signing import states as signing
from vanthu.web.files.pages import PageImage, pages_of
from vanthu.web.issuing import rows
from vanthu.web.shell.requests import SignedRequest
from vanthu.web.signing import choosing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vanthu.issuing.models import Draft
    from vanthu.signing.models import SigningRequest
    from vanthu.web.signing.choosing import Key

SIGNS = (Step.APPROVAL, Step.CO_SIGN)


@dataclass(frozen=True, slots=True)
class Card:
    """One document before it is signed: its pages, the address of its PDF, why it was refused."""

    draft: Draft
    kind: str
    pages: tuple[PageImage, ...]
    pdf: str
    refused: str


@require_http_methods(["GET", "POST"])
def sign_batch(request: SignedRequest) -> HttpResponse:
    """Several documents, one authorisation. `pick` names the drafts; what cannot be signed is said one by one."""
    picks = _picks(request)
    keys = choosing.keys(signing.HolderKind.PERSON, request.actor.person, _sent(request))
    if request.method == "GET":
        return render(request, "issuing/sign_batch.html", _context(request, picks, keys, {}))
    if keys.chosen is None:
        raise Invalid(choosing.NONE, code="no_certificate")
    try:
        asked = batch_signing.ask(picks, certificate=keys.chosen.certificate, by=request.actor)
    except Refusal as refusal:
        context = _context(request, picks, keys, {}) | {"refusal": refusal}
        return render(request, "issuing/sign_batch.html", context, status=refusal.status)
    if asked.request is None:
        return render(
            request, "issuing/sign_batch.html", _context(request, picks, keys, asked.refused), status=409
        )
    for pk, sentence in asked.refused.items():
        messages.error(request, f"Không gửi ký văn bản {pk}: {sentence}")
    return sent_to_device(request, asked.request, keys.chosen)


def sent_to_device(request: SignedRequest, asked: SigningRequest, key: Key) -> HttpResponseRedirect:
    """To the page of the request; what was typed for the device goes there first."""
    typed = choosing.secrets_of(request.POST, key)
    if any(typed.values()) and asked.state in signing.OPEN_REQUESTS:
        try:
            requests.authorise(asked.pk, typed, by=request.actor)
        except Refusal as refusal:
            messages.error(request, refusal.message)
    return at_the_device(asked)


def at_the_device(asked: SigningRequest) -> HttpResponseRedirect:
    """The page of the request; a program on this computer is called at once."""
    return redirect(f"{reverse('signing_request', args=[asked.pk])}?start=1")


def _sent(request: SignedRequest) -> Any:
    return request.POST if request.method == "POST" else request.GET


def _picks(request: SignedRequest) -> list[int]:
    picks = list(dict.fromkeys(int(value) for value in _sent(request).getlist("pick") if value.isdigit()))
    if not picks:
        raise Invalid("Chưa chọn văn bản nào. Quay lại danh sách chờ ký, đánh dấu văn bản cần ký.")
    if len(picks) > batch_signing.MOST:
        raise Invalid(f"Mỗi lần ký nhiều nhất {batch_signing.MOST} văn bản. Bỏ bớt rồi ký tiếp đợt sau.")
    return picks


def _context(
    request: SignedRequest, picks: Sequence[int], keys: choosing.Keys, refused: dict[int, str]
) -> dict[str, Any]:
    """The picked drafts that still wait for this person, in the order of the list."""
    by = request.actor
    found = queries.drafts(by, states=("to_sign",), owner_kinds=("p",), limit=200)
    mine = [one.draft for one in found if one.draft.pk in picks and rows.turn(one.draft, by) in SIGNS]
    versions = queries.newest_of([one.pk for one in mine])
    cards = []
    for draft in mine:
        version = versions.get(draft.pk)
        best = (version.signed or version.prepared or version.pdf) if version else None
        cards.append(
            Card(
                draft,
                by_code(draft.kind).name,
                pages_of(best) if best else (),
                reverse("file", args=[best.pk]) if best else "",
                refused.get(draft.pk, ""),
            )
        )
    return {"cards": cards, "keys": keys, "lost": len(picks) - len(cards)}
