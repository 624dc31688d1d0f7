"""Who is told of the office's acts, what became of each message, and what can be done about it."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanthu.kernel.refusals import Invalid
from vanthu.kernel.webhooks import actions, outbox, queries
from vanthu.kernel.webhooks.actions import Slip
from vanthu.kernel.webhooks.models import SendState, WebhookState
from vanthu.web.shell.requests import SignedRequest, from_htmx
from vanthu.web.webhooks.forms import WebhookForm

TONES = {
    WebhookState.ACTIVE: "ok",
    WebhookState.PAUSED: "",
    WebhookState.STOPPED: "danger",
    SendState.PENDING: "info",
    SendState.DELIVERED: "ok",
    SendState.FAILED: "danger",
}


@require_GET
def webhooks(request: SignedRequest) -> HttpResponse:
    """All receivers of the office, with what waits and what failed."""
    rows = [(one, TONES[WebhookState(one.state)]) for one in queries.hooks(request.actor)]
    stopped = [one for one, _ in rows if one.state == WebhookState.STOPPED]
    return render(request, "webhooks/webhooks.html", {"rows": rows, "stopped": stopped})


@never_cache
@require_http_methods(["GET", "POST"])
def add_webhook(request: SignedRequest) -> HttpResponse:
    """A new receiver; its secret is shown by the answer to the form, this once."""
    request.actor.require("connect")
    form = WebhookForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return _slip(request, form.subscribe(request.actor), fresh=True)
        except Invalid as refusal:
            form.refuse(refusal)
    return render(request, "webhooks/add_webhook.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def webhook(request: SignedRequest, pk: int) -> HttpResponse:
    """One receiver and its deliveries, newest first; `state` shows those of one state."""
    hook = queries.hook(pk, request.actor)
    state = request.GET.get("state", "")
    before = request.GET.get("sau", "")
    if (state and state not in SendState.values) or (before and not before.isdigit()):
        raise Invalid("Đường dẫn này đã hỏng. Mở lại danh sách báo sự kiện.")
    rows = queries.deliveries(pk, request.actor, state=state, before=int(before) if before else None)
    counts = queries.counts(pk, request.actor)
    page = {
        "hook": hook,
        "tone": TONES[WebhookState(hook.state)],
        "rows": [(one, TONES[SendState(one.state)]) for one in rows],
        "tabs": [
            ("", "Tất cả", sum(counts.values())),
            *((one.value, one.label, counts.get(one.value, 0)) for one in SendState),
        ],
        "state": state,
        "replayable": queries.replayable(pk, request.actor),
        "older": str(rows[-1].pk) if len(rows) == queries.PAGE else "",
    }
    part = "#deliveries" if from_htmx(request) else ""
    return render(request, f"webhooks/webhook.html{part}", page)


@require_http_methods(["GET", "POST"])
def change_webhook(request: SignedRequest, pk: int) -> HttpResponse:
    """Name, address and events of a receiver."""
    hook = queries.hook(pk, request.actor)
    initial = {"name": hook.name, "url": hook.url, "events": hook.events}
    form = WebhookForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            form.change(pk, request.actor)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã lưu.")
            return redirect("webhook", pk)
    page = {"form": form, "hook": hook}
    return render(request, "webhooks/change_webhook.html", page, status=422 if form.errors else 200)


@require_POST
def pause(request: SignedRequest, pk: int) -> HttpResponse:
    """Nothing more is told."""
    hook = actions.pause(pk, by=request.actor)
    messages.success(request, f"Đã tạm dừng báo tới {hook.name}.")
    return redirect("webhook", pk)


@require_POST
def resume(request: SignedRequest, pk: int) -> HttpResponse:
    """It is told again, beginning with what waits."""
    hook = actions.resume(pk, by=request.actor)
    messages.success(request, f"Đã bật lại việc báo tới {hook.name}.")
    return redirect("webhook", pk)


@require_POST
def test(request: SignedRequest, pk: int) -> HttpResponse:
    """Send something without meaning, to see whether it arrives."""
    row = actions.test(pk, by=request.actor)
    return redirect("webhook_delivery", row.pk)


@never_cache
@require_POST
def rotate_secret(request: SignedRequest, pk: int) -> HttpResponse:
    """A fresh secret, shown this once."""
    return _slip(request, actions.rotate_secret(pk, by=request.actor), fresh=False)


@require_POST
def replay_failed(request: SignedRequest, pk: int) -> HttpResponse:
    """Everything that failed is sent again."""
    count = actions.replay_failed(pk, by=request.actor)
    if count:
        messages.success(request, f"Đang gửi lại {count} sự kiện.")
    else:
        messages.info(request, "Không có sự kiện nào phải gửi lại.")
    return redirect("webhook", pk)


@require_POST
def remove(request: SignedRequest, pk: int) -> HttpResponse:
    """The receiver goes, with its deliveries."""
    name = queries.hook(pk, request.actor).name
    actions.remove(pk, by=request.actor)
    messages.success(request, f"Đã xóa nơi nhận {name}.")
    return redirect("webhooks")


@require_GET
def webhook_delivery(request: SignedRequest, pk: int) -> HttpResponse:
    """One message: what was told, every try with its answer."""
    row = queries.delivery(pk, request.actor)
    page = {
        "row": row,
        "tone": TONES[SendState(row.state)],
        "payload": json.dumps(outbox.payload(row.hook, row), ensure_ascii=False, indent=2),
    }
    part = "#tries" if from_htmx(request) else ""
    return render(request, f"webhooks/webhook_delivery.html{part}", page)


@require_POST
def replay(request: SignedRequest, pk: int) -> HttpResponse:
    """One message is sent again."""
    row = actions.replay(pk, by=request.actor)
    messages.success(request, "Đang gửi lại.")
    return redirect("webhook_delivery", row.pk)


def _slip(request: SignedRequest, slip: Slip, *, fresh: bool) -> HttpResponse:
    return render(request, "webhooks/secret.html", {"slip": slip, "fresh": fresh})
