"""What is done with one's own task: progress, more time, result, giving on, giving back."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from vanthu.documents import outgoing_search
from vanthu.kernel.actor import Actor
from vanthu.kernel.files import actions as files
from vanthu.kernel.refusals import Invalid
from vanthu.tasks import deadlines, following, matters
from vanthu.tasks.following import Result
from vanthu.web.shell.acting import done_or_again
from vanthu.web.shell.forms import Form
from vanthu.web.shell.requests import SignedRequest, back_to
from vanthu.web.tasks import forms
from vanthu.web.tasks.views import task_page


def act(
    request: SignedRequest, pk: int, name: str, form: Form, verb: Callable[[], object], said: str
) -> HttpResponse:
    """Run the verb of a form on the page of a task; refused, the page comes back with what was typed (`name`)."""

    def again(conflict: str, status: int) -> HttpResponse:
        return task_page(request, pk, status=status, conflict=conflict, opened=name, **{name: form})

    to = back_to(request, reverse("task", args=[pk]))
    return done_or_again(request, form, verb, said, to=to, again=again)


@require_POST
def note_progress(request: SignedRequest, pk: int) -> HttpResponse:
    """Say how it stands."""
    form = forms.ProgressForm(request.POST)

    def verb() -> object:
        data = form.cleaned_data
        return following.note_progress(pk, data["text"], data["percent"], by=request.actor)

    return act(request, pk, "progress", form, verb, "Đã ghi tiến độ.")


@require_POST
def hand_in(request: SignedRequest, pk: int) -> HttpResponse:
    """Hand in the result: words, a document that was issued, files."""
    form = forms.HandInForm(request.POST)

    def verb() -> object:
        typed = form.cleaned_data["outgoing"]
        result = Result(
            text=form.cleaned_data["text"],
            outgoing_id=_outgoing(typed, request.actor) if typed else None,
            uploads=_uploads(request),
        )
        return following.hand_in(pk, result, by=request.actor)

    return act(request, pk, "handing", form, verb, "Đã báo cáo kết quả.")


def _outgoing(symbol: str, by: Actor) -> int:
    found = outgoing_search.by_symbol(symbol, by)
    if found is None:
        raise Invalid(
            fields={"outgoing": f"Không thấy văn bản đi “{symbol}” đã phát hành. Kiểm tra số, ký hiệu."}
        )
    return found


def _uploads(request: SignedRequest) -> list[str]:
    """Ids of files that the browser sent ahead, or staged now from a form without scripts."""
    sent = request.FILES.getlist("result_file")
    ahead = request.POST.getlist("result")
    return ahead + [str(files.stage(one, one.name or "tep", by=request.actor).pk) for one in sent]


@require_POST
def return_task(request: SignedRequest, pk: int) -> HttpResponse:
    """Give it back with the reason."""
    form = forms.ReasonForm(request.POST, prefix="return")
    return act(
        request, pk, "returning", form,
        lambda: following.return_task(pk, form.cleaned_data["reason"], by=request.actor),
        "Đã trả lại người giao.",
    )  # fmt: skip


@require_POST
def divide(request: SignedRequest, pk: int) -> HttpResponse:
    """Give a part of it on."""
    form = forms.PartForm(request.POST)
    return act(
        request, pk, "part", form,
        lambda: matters.divide(pk, form.part(), by=request.actor),
        "Đã giao việc con.",
    )  # fmt: skip


@require_POST
def ask_extension(request: SignedRequest, pk: int) -> HttpResponse:
    """Ask for more time."""
    form = forms.ExtensionForm(request.POST)

    def verb() -> object:
        data = form.cleaned_data
        return deadlines.ask_extension(pk, data["until_on"], data["reason"], by=request.actor)

    return act(request, pk, "asking", form, verb, "Đã gửi đề nghị gia hạn.")
