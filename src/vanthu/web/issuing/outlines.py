"""Views that open a draft and change what it says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from vanthu.documents import queries as documents
from vanthu.documents.queries import Seen
from vanthu.dossiers import actions as dossier_actions
from vanthu.dossiers import queries as dossiers
from vanthu.exchange import connections
from vanthu.issuing import actions, queries, recipients, versions
from vanthu.issuing.states import DraftState
from vanthu.kernel import idempotency
from vanthu.kernel.refusals import Conflict, Invalid, NotFound, Refusal
from vanthu.tasks import queries as tasks
from vanthu.web.files.pages import PageImage, pages_of
from vanthu.web.issuing import receivers
from vanthu.web.issuing.forms import OutlineForm
from vanthu.web.shell.requests import SignedRequest

if TYPE_CHECKING:
    from vanthu.documents.models import IncomingEntry
    from vanthu.issuing.models import Draft


@require_http_methods(["GET", "POST"])
def start_draft(request: SignedRequest) -> HttpResponse:
    """Open a draft, as a reply (`?reply=<incoming entry>`) or by itself."""
    request.actor.require("draft")
    answered = _answered(request)
    form = OutlineForm(request.POST or None, by=request.actor, initial=_defaults(request, answered))
    status = 200
    if form.is_bound:
        try:
            if form.is_valid():
                made = _started(request, form)
                messages.success(
                    request, "Đã mở dự thảo từ mẫu. Tải tệp về sửa bằng Word rồi tải lên bản mới."
                )
                return redirect("draft", pk=made.pk)
            status = Invalid.status
        except Refusal as refusal:
            status = _refuse(form, refusal)
    context = {"form": form, "reply": answered.entry if answered else None, "pages": _read_beside(answered)}
    return render(request, "issuing/start_draft.html", context, status=status)


@require_http_methods(["GET", "POST"])
def change_draft(request: SignedRequest, pk: int) -> HttpResponse:
    """Change kind, subject, signer, recipients; with `template` a new version from the template follows."""
    by = request.actor
    draft = queries.draft(pk, by).draft
    if request.method == "GET" and (draft.drafter_id != by.person_id or draft.state != DraftState.DRAFTING):
        return redirect("draft", pk=pk)
    form = OutlineForm(request.POST or None, by=by, initial=_of(draft))
    status = 200
    if form.is_bound:
        try:
            if form.is_valid():
                actions.change(pk, form.outline(), by=by)
                if request.POST.get("template"):
                    versions.add_template_version(pk, by=by)
                messages.success(request, "Đã lưu thông tin dự thảo.")
                return redirect("draft", pk=pk)
            status = Invalid.status
        except Refusal as refusal:
            status = _refuse(form, refusal)
    context = {"form": form, "draft": draft, "pages": ()}
    return render(request, "issuing/start_draft.html", context, status=status)


@require_POST
def identify_recipient(request: SignedRequest, pk: int, recipient: int) -> HttpResponse:
    """Say which body outside a typed name means."""
    value = request.POST.get("agency", "")
    if not value.isdigit():
        raise Invalid("Gợi ý này đã cũ. Mở lại dự thảo để xem.")
    try:
        recipients.identify(pk, recipient, int(value), by=request.actor)
    except Conflict as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, "Đã ghi mã định danh của nơi nhận; khi phát hành gửi qua trục nếu đã nối.")
    return redirect("draft", pk=pk)


def _refuse(form: OutlineForm, refusal: Refusal) -> int:
    """Show a refusal on the form with all that was typed; a draft that does not exist stays that."""
    if isinstance(refusal, NotFound):
        raise refusal
    form.refuse(refusal)
    return refusal.status


def _started(request: SignedRequest, form: OutlineForm) -> Draft:
    by, data = request.actor, form.cleaned_data

    def start() -> Draft:
        dossier_id = data["dossier"]
        if not dossier_id and data["dossier_title"]:
            dossier_id = dossier_actions.open_dossier(
                data["dossier_title"], outside_reason="phát sinh khi soạn thảo văn bản", by=by
            ).pk
        return actions.start(form.outline(), replies_to=data["reply"], dossier_id=dossier_id, by=by)

    return idempotency.once(
        form.given_key, "issuing.started", start, lambda pk: queries.draft(pk, by).draft, by=by
    )


def _answered(request: SignedRequest) -> Seen[IncomingEntry] | None:
    value = request.POST.get("reply") or request.GET.get("reply", "")
    return documents.incoming(int(value), request.actor) if value.isdigit() else None


def _read_beside(answered: Seen[IncomingEntry] | None) -> tuple[PageImage, ...]:
    """The pages of the document that is answered, where the actor may read them."""
    if answered is None or not answered.sight.files:
        return ()
    document_id = answered.entry.document_id
    return tuple(
        page for one in documents.document_files([document_id]).get(document_id, []) for page in pages_of(one)
    )


def _defaults(request: SignedRequest, answered: Seen[IncomingEntry] | None) -> dict[str, Any]:
    """A reply is an official letter on the same matter to whoever wrote, signed by whoever directed."""
    signers = queries.signers(request.actor)
    defaults: dict[str, Any] = {"kind": "CV", "signer": signers[0].pk if signers else None, "urgency": 0}
    if answered is None:
        return defaults | {"dossier": _named_dossier(request)}
    entry = answered.entry
    authors = {one.author_id for one in tasks.instructions("in", entry.pk)}
    fitting = [post.pk for post in signers if post.person_id in authors]
    held = dossiers.holding("in", entry.pk, request.actor)
    wrote = _who_wrote(entry)
    return defaults | {
        "reply": entry.pk,
        "subject": _answering(entry.subject),
        "urgency": entry.urgency,
        "restricted": entry.restricted,
        "signer": (fitting or [defaults["signer"]])[0],
        "dossier": held[0].pk if held else None,
        "offices": [wrote] if wrote else [],
        "others": "" if wrote else entry.issuer_name,
    }


def _who_wrote(entry: IncomingEntry) -> str:
    """To whom a reply goes: the office of the sector, else the body whose packet brought the document, else ""."""
    if entry.document.issuer_id:
        return str(entry.document.issuer_id)
    body = connections.sender_of(entry.pk)
    return receivers.body_value(body) if body else ""


def _named_dossier(request: SignedRequest) -> int | None:
    """The dossier from whose page a draft is opened (`?dossier=`); raises `NotFound` where the actor sees none."""
    value = request.GET.get("dossier", "")
    return dossiers.dossier(int(value), request.actor).dossier.pk if value.isdigit() else None


def _answering(subject: str) -> str:
    """ "Về việc …" answers "Về việc …"; another beginning is put behind it."""
    if subject.lower().startswith(("về việc", "v/v")):
        return subject
    return f"Về việc {subject[:1].lower()}{subject[1:]}"


def _of(draft: Draft) -> dict[str, Any]:
    """A draft as the form shows it."""
    return {
        "kind": draft.kind,
        "subject": draft.subject,
        "signer": draft.signer_id,
        "urgency": draft.urgency,
        "restricted": draft.restricted,
        "reply_due_on": draft.reply_due_on,
        "collective": draft.signing_form == "TM.",
        "paper_copies": draft.paper_copies or None,
        "paper_reason": draft.paper_reason,
        **receivers.as_typed(queries.recipients(draft.pk)),
    }
