"""Views of drafts: start, change, versions, attachments, submit, review, compare."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanthu.documents import queries as documents
from vanthu.dossiers import actions as dossiers
from vanthu.issuing import actions, queries, saga
from vanthu.issuing.compare import compare
from vanthu.issuing.models import Draft, Version
from vanthu.issuing.states import DraftState
from vanthu.kernel import access, idempotency, ledger
from vanthu.kernel.refusals import Invalid, Refusal
from vanthu.reading import convert
from vanthu.tasks import queries as tasks
from vanthu.web.files.pages import pages_of, shown
from vanthu.web.issuing import rows
from vanthu.web.issuing.forms import OutlineForm, WordsForm
from vanthu.web.shell.requests import SignedRequest, address_of


@require_http_methods(["GET", "POST"])
def start_draft(request: SignedRequest) -> HttpResponse:
    """Open a draft, as a reply (`?reply=<incoming entry>`) or by itself."""
    by = request.actor
    by.require("draft")
    form = OutlineForm(request.POST or None, by=by, initial=_defaults(request))
    if form.is_bound and form.is_valid():
        try:
            made = _started(request, form)
        except Invalid as refusal:
            form.refuse(refusal)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Đã mở dự thảo từ mẫu. Tải tệp về sửa bằng Word rồi tải lên bản mới.")
            return redirect("draft", pk=made.pk)
    context = {"form": form, "reply": _answered(request), "recipients": _first_recipients(request)}
    return render(request, "issuing/start_draft.html", context, status=422 if form.is_bound else 200)


def _started(request: SignedRequest, form: OutlineForm) -> Draft:
    by, data = request.actor, form.cleaned_data

    def start() -> Draft:
        dossier_id = data["dossier"]
        if not dossier_id and data["dossier_title"]:
            dossier_id = dossiers.open_dossier(data["dossier_title"], by=by).pk
        return actions.start(form.outline(), replies_to=data["reply"], dossier_id=dossier_id, by=by)

    return idempotency.once(
        form.given_key, "issuing.started", start, lambda pk: queries.draft(pk, by).draft, by=by
    )


def _answered(request: SignedRequest) -> "documents.IncomingEntry | None":
    value = request.POST.get("reply") or request.GET.get("reply", "")
    return documents.incoming(int(value), request.actor).entry if value.isdigit() else None


def _defaults(request: SignedRequest) -> dict[str, Any]:
    """A reply is an official letter on the same matter, signed by whoever directed, else by the head."""
    signers = queries.signers(request.actor)
    defaults: dict[str, Any] = {"kind": "CV", "signer": signers[0].pk if signers else None}
    entry = _answered(request)
    if entry is not None:
        authors = {one.author_id for one in tasks.instructions("in", entry.pk)}
        fitting = [post.pk for post in signers if post.person_id in authors]
        defaults |= {
            "reply": entry.pk,
            "subject": entry.subject,
            "urgency": entry.urgency,
            "signer": (fitting or [defaults["signer"]])[0],
        }
    return defaults


def _first_recipients(request: SignedRequest) -> list[dict[str, Any]]:
    """Who wrote gets the answer."""
    entry = _answered(request)
    if entry is None or request.method == "POST":
        return []
    issuer = entry.document.issuer_id
    return [{"office_id": issuer or "", "name": entry.issuer_name}]


@require_GET
def draft(request: SignedRequest, pk: int) -> HttpResponse:
    """The page of a draft: pages of the newest version, way, reviews, versions, recipients, history."""
    by = request.actor
    seen = queries.draft(pk, by)
    versions = queries.versions(pk)
    newest = versions[0] if versions else None
    access.note("view", by=by, item_kind="draft", item_id=pk, address=address_of(request))
    context = {
        "seen": seen,
        "draft": seen.draft,
        "row": rows.draft_row(seen, by),
        "way": rows.way(seen.draft.state),
        "versions": versions,
        "newest": newest,
        "pages": _pages(newest),
        "converting": newest is not None and newest.pdf_id is None and not newest.conversion_trouble,
        "converter": convert.available(),
        "reviews": queries.reviews(pk),
        "recipients": queries.recipients(pk),
        "attachments": shown(queries.attachments(pk)),
        "history": ledger.history(seen.draft),
        "turn": rows.turn(seen.draft, by),
        "may": _verbs(seen.draft, request),
        "form": WordsForm(),
    }
    return render(request, "issuing/draft.html", context)


def _pages(version: Version | None) -> tuple[Any, ...]:
    """The most finished file of a version: issued, signed, prepared, PDF."""
    if version is None:
        return ()
    best = version.issued or version.signed or version.prepared or version.pdf
    return pages_of(best) if best else ()


def _verbs(draft: Draft, request: SignedRequest) -> dict[str, bool]:
    by = request.actor
    own = draft.drafter_id == by.person_id
    drafting = draft.state == DraftState.DRAFTING
    return {
        "change": own and drafting,
        "submit": own and drafting,
        "withdraw": own and drafting,
        "take_back": own and draft.state in (DraftState.CONTENT, DraftState.FORM),
        "place": (own or by.may("review_form"))
        and draft.state in (DraftState.DRAFTING, DraftState.CONTENT, DraftState.FORM),
        "issue": draft.state in (DraftState.SIGNED, DraftState.NUMBERED) and by.may("number"),
    }


@require_http_methods(["GET", "POST"])
def change_draft(request: SignedRequest, pk: int) -> HttpResponse:
    """Change kind, subject, signer, recipients."""
    by = request.actor
    draft = queries.draft(pk, by).draft
    initial = {
        "kind": draft.kind,
        "subject": draft.subject,
        "signer": draft.signer_id,
        "urgency": draft.urgency,
        "restricted": draft.restricted,
        "reply_due_on": draft.reply_due_on,
    }
    form = OutlineForm(request.POST or None, by=by, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            actions.change(pk, form.outline(), by=by)
            if request.POST.get("template"):
                actions.add_template_version(pk, by=by)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã lưu thông tin dự thảo.")
            return redirect("draft", pk=pk)
    recipients = [{"office_id": one.office_id or "", "name": one.name} for one in queries.recipients(pk)]
    context = {"form": form, "draft": draft, "recipients": recipients}
    return render(request, "issuing/start_draft.html", context, status=422 if form.is_bound else 200)


@require_POST
def add_version(request: SignedRequest, pk: int) -> HttpResponse:
    """A new version from uploads (`uploads`: the DOCX or PDF; `pdf_uploads`: its PDF), or from the template."""
    sources, pdfs = request.POST.getlist("uploads"), request.POST.getlist("pdf_uploads")
    if request.POST.get("template"):
        actions.add_template_version(pk, by=request.actor)
    elif sources:
        actions.add_version(
            pk,
            sources[-1],
            pdf_upload_id=pdfs[-1] if pdfs else "",
            note=request.POST.get("note", ""),
            by=request.actor,
        )
    else:
        raise Invalid("Chọn tệp DOCX hoặc PDF của bản mới rồi gửi lại.")
    messages.success(request, "Đã thêm bản dự thảo mới.")
    return redirect("draft", pk=pk)


@require_POST
def add_draft_attachment(request: SignedRequest, pk: int) -> HttpResponse:
    """Files that go with the document."""
    uploads = request.POST.getlist("attachments")
    if not uploads:
        raise Invalid("Chọn tệp kèm theo rồi gửi lại.")
    for upload in uploads:
        actions.add_attachment(pk, upload, by=request.actor)
    messages.success(request, f"Đã thêm {len(uploads)} tệp kèm theo.")
    return redirect("draft", pk=pk)


@require_POST
def remove_draft_attachment(request: SignedRequest, pk: int, attachment: UUID) -> HttpResponse:
    """Take a file away."""
    actions.remove_attachment(pk, attachment, by=request.actor)
    return redirect("draft", pk=pk)


def _act(
    request: SignedRequest, pk: int, verb: Callable[..., object], said: str, *, words: bool = False
) -> HttpResponse:
    """Run a verb on a draft (with the words of the form) and go back to where the person was."""
    arguments = [request.POST.get("text", "")] if words else []
    verb(pk, *arguments, by=request.actor)
    messages.success(request, said)
    return redirect(request.POST.get("back") or reverse("draft", args=[pk]))


@require_POST
def submit(request: SignedRequest, pk: int) -> HttpResponse:
    """Submit for review."""
    return _act(request, pk, actions.submit, "Đã trình dự thảo.")


@require_POST
def pass_content(request: SignedRequest, pk: int) -> HttpResponse:
    """The content is right."""
    return _act(request, pk, actions.pass_content, "Đã đồng ý nội dung, chuyển Văn phòng.", words=True)


@require_POST
def pass_form(request: SignedRequest, pk: int) -> HttpResponse:
    """The form is right; a place that is not found leads to the page where it is set."""
    try:
        return _act(request, pk, saga.pass_form, "Đã kiểm tra thể thức, trình ký.", words=True)
    except Invalid as refusal:
        if refusal.code != "place_missing":
            raise
        for sentence in refusal.fields.values():
            messages.error(request, sentence)
        return redirect("place", pk=pk)


@require_POST
def return_draft(request: SignedRequest, pk: int) -> HttpResponse:
    """Send back to the drafter."""
    return _act(request, pk, actions.return_draft, "Đã trả lại người soạn thảo.", words=True)


@require_POST
def comment(request: SignedRequest, pk: int) -> HttpResponse:
    """Leave a comment."""
    return _act(request, pk, actions.comment, "Đã ghi góp ý.", words=True)


@require_POST
def take_back(request: SignedRequest, pk: int) -> HttpResponse:
    """The drafter takes it back."""
    return _act(request, pk, actions.take_back, "Đã rút lại dự thảo.")


@require_POST
def withdraw(request: SignedRequest, pk: int) -> HttpResponse:
    """Give the draft up."""
    return _act(request, pk, actions.withdraw, "Đã hủy dự thảo.")


@require_GET
def compare_versions(request: SignedRequest, pk: int) -> HttpResponse:
    """Two versions side by side (`?old=1&new=3`), what changed marked."""
    draft = queries.draft(pk, request.actor).draft
    versions = {one.ordinal: one for one in queries.versions(pk)}
    numbers = sorted(versions)
    if len(numbers) < 2:
        raise Invalid("Dự thảo mới có một bản nên chưa có gì để so sánh.")
    old = versions.get(_number(request, "old"), versions[numbers[-2]])
    new = versions.get(_number(request, "new"), versions[numbers[-1]])
    context = {
        "draft": draft,
        "versions": [versions[number] for number in numbers],
        "old": old,
        "new": new,
        "pieces": compare(old.text, new.text),
        "old_pages": pages_of(old.pdf) if old.pdf else (),
        "new_pages": pages_of(new.pdf) if new.pdf else (),
    }
    return render(request, "issuing/compare_versions.html", context)


def _number(request: SignedRequest, name: str) -> int:
    value = request.GET.get(name, "")
    return int(value) if value.isdigit() else 0
