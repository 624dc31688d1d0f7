"""The administrator's pages about systems that are registered at the hub: their keys, queues and calls."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanthu.exchange.axis_states import Transport
from vanthu.exchange.hub import actions, calls, queries
from vanthu.exchange.hub.actions import Slip
from vanthu.kernel.refusals import Invalid
from vanthu.organisations.installation import keeps, require_keeper
from vanthu.web.hub.forms import NewSystemForm, SystemForm
from vanthu.web.shell.acting import done_or_again
from vanthu.web.shell.requests import SignedRequest, from_htmx

TONES = {
    Transport.INITIAL: "info",
    Transport.PROCESSING: "info",
    Transport.DONE: "ok",
    Transport.FAIL: "danger",
}
LIMITS = {"packets_per_day": 2000, "megabytes_per_day": 5000, "calls_per_minute": 300}
GROUPS = (("", "Tất cả"), (queries.FAILED, "Bị từ chối"), (queries.DONE, "Thành công"))


@require_GET
def systems(request: SignedRequest) -> HttpResponse:
    """The systems with what waits for them."""
    rows = queries.systems(request.actor)
    page = {
        "rows": rows,
        "switched_on": calls.switched_on() is not None,
        "may_begin": not rows and keeps(request.actor),
    }
    return render(request, "hub/systems.html", page)


@never_cache
@require_http_methods(["GET", "POST"])
def add_system(request: SignedRequest) -> HttpResponse:
    """A new system; its secret is shown by the answer to the form, this once."""
    require_keeper(request.actor)
    form = NewSystemForm(request.POST if request.method == "POST" else None, initial=dict(LIMITS))
    if request.method == "POST" and form.is_valid():
        try:
            system_id = form.cleaned_data["system_id"]
            slip = actions.add(system_id, form.wish, by=request.actor, key=form.given_key)
            return _shown_once(request, slip, fresh=True)
        except Invalid as refusal:
            form.refuse(refusal)
    return render(request, "hub/add_system.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def system(request: SignedRequest, pk: int) -> HttpResponse:
    """One system and its queue, newest first; `state` shows one state of it."""
    found = queries.system(pk, request.actor)
    state, before = request.GET.get("state", ""), _before(request)
    if state and state not in Transport.values:
        raise _broken_address()
    rows = queries.items(found, state=state, before=before)
    counts = queries.counts(found)
    page = {
        "system": found,
        "lines": queries.lines(found),
        "registered": queries.registered(found),
        "rows": [(one, TONES[Transport(one.state)]) for one in rows],
        "tabs": [
            ("", "Tất cả", sum(counts.values())),
            *((one.value, one.label, counts.get(one.value, 0)) for one in Transport),
        ],
        "state": state,
        "older": str(rows[-1].pk) if len(rows) == queries.PAGE else "",
    }
    return render(request, f"hub/system.html{'#queue' if from_htmx(request) else ''}", page)


@require_GET
def system_calls(request: SignedRequest, pk: int) -> HttpResponse:
    """The calls of a system, newest first; `group` shows those that were declined, or done."""
    found = queries.system(pk, request.actor)
    group, before = request.GET.get("group", ""), _before(request)
    if group not in dict(GROUPS):
        raise _broken_address()
    rows = queries.calls(found, group=group, before=before)
    page = {
        "system": found,
        "rows": rows,
        "groups": GROUPS,
        "group": group,
        "older": str(rows[-1].pk) if len(rows) == queries.PAGE else "",
    }
    return render(request, f"hub/calls.html{'#calls' if from_htmx(request) else ''}", page)


@require_http_methods(["GET", "POST"])
def change_system(request: SignedRequest, pk: int) -> HttpResponse:
    """Name, bodies and limits of a system."""
    require_keeper(request.actor)
    found = queries.system(pk, request.actor)
    initial = {name: getattr(found, name) for name in ("name", *LIMITS)}
    initial["lines"] = "\n".join(map(str, queries.lines(found)))
    form = SystemForm(request.POST if request.method == "POST" else None, initial=initial)

    def shown(conflict: str = "", status: int = 200) -> HttpResponse:
        page = {"form": form, "system": found, "conflict": conflict}
        return render(request, "hub/change_system.html", page, status=status)

    if request.method == "GET":
        return shown()
    verb = partial(_change, form, pk, request)
    return done_or_again(request, form, verb, "Đã lưu.", to=reverse("hub_system", args=[pk]), again=shown)


def _change(form: SystemForm, pk: int, request: SignedRequest) -> None:
    actions.change(pk, form.wish, by=request.actor)


@never_cache
@require_POST
def renew_secret(request: SignedRequest, pk: int) -> HttpResponse:
    """A fresh secret, shown this once."""
    return _shown_once(request, actions.renew_secret(pk, by=request.actor), fresh=False)


@require_POST
def switch_off(request: SignedRequest, pk: int) -> HttpResponse:
    """It can no longer call."""
    found = actions.switch_off(pk, by=request.actor)
    messages.success(request, f"Đã khóa {found.name}: hệ thống này không gửi, không nhận được nữa.")
    return redirect("hub_system", pk)


@require_POST
def switch_on(request: SignedRequest, pk: int) -> HttpResponse:
    """It may call again."""
    found = actions.switch_on(pk, by=request.actor)
    messages.success(request, f"Đã mở lại {found.name}.")
    return redirect("hub_system", pk)


def _shown_once(request: SignedRequest, slip: Slip, *, fresh: bool) -> HttpResponse:
    page = {"slip": slip, "fresh": fresh, "endpoint": request.build_absolute_uri("/").rstrip("/")}
    return render(request, "hub/secret.html", page)


def _before(request: SignedRequest) -> int | None:
    text = request.GET.get("sau", "")
    if text and not (text.isascii() and text.isdigit() and len(text) < 19):
        raise _broken_address()
    return int(text) if text else None


def _broken_address() -> Invalid:
    return Invalid("Đường dẫn này đã hỏng. Mở lại danh sách hệ thống nối vào trục.")
