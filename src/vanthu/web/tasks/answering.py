"""What is done with the tasks of others: answers of who gave them, and chasing."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from vanthu.tasks import chasing, deadlines, following, matters, sources
from vanthu.web.shell.requests import SignedRequest, back_to
from vanthu.web.tasks import forms
from vanthu.web.tasks.acting import act


@require_POST
def grant_extension(request: SignedRequest, pk: int) -> HttpResponse:
    """Grant more time."""
    form = forms.GrantForm(request.POST)

    def verb() -> object:
        data = form.cleaned_data
        return deadlines.grant_extension(pk, data["until_on"], data["answer"], by=request.actor)

    return act(request, pk, "granting", form, verb, "Đã gia hạn.")


@require_POST
def refuse_extension(request: SignedRequest, pk: int) -> HttpResponse:
    """Refuse more time."""
    form = forms.RefuseForm(request.POST, prefix="refuse")
    return act(
        request, pk, "refusing", form,
        lambda: deadlines.refuse_extension(pk, form.cleaned_data["answer"], by=request.actor),
        "Đã trả lời: không gia hạn.",
    )  # fmt: skip


@require_POST
def accept(request: SignedRequest, pk: int) -> HttpResponse:
    """Accept the result."""
    form = forms.AcceptForm(request.POST)
    return act(
        request, pk, "accepting", form,
        lambda: following.accept(pk, form.cleaned_data["remark"], by=request.actor),
        "Đã duyệt kết quả.",
    )  # fmt: skip


@require_POST
def send_back(request: SignedRequest, pk: int) -> HttpResponse:
    """Ask to do it again."""
    form = forms.ReasonForm(request.POST, prefix="back")
    return act(
        request, pk, "sending_back", form,
        lambda: following.send_back(pk, form.cleaned_data["reason"], by=request.actor),
        "Đã yêu cầu làm lại.",
    )  # fmt: skip


@require_POST
def give_again(request: SignedRequest, pk: int) -> HttpResponse:
    """Give a returned task again; the page of the new one follows when it went to somebody else."""
    form = forms.GiveAgainForm(request.POST)

    def verb() -> object:
        data = form.cleaned_data
        return following.give_again(pk, data["owner"], data["text"], by=request.actor)

    return act(request, pk, "again", form, verb, "Đã giao lại việc.")


@require_POST
def withdraw(request: SignedRequest, pk: int) -> HttpResponse:
    """Take it back."""
    form = forms.ReasonForm(request.POST, prefix="withdraw")
    return act(
        request, pk, "withdrawing", form,
        lambda: matters.withdraw(pk, form.cleaned_data["reason"], by=request.actor),
        "Đã thu hồi việc.",
    )  # fmt: skip


@require_POST
def chase(request: SignedRequest, pk: int) -> HttpResponse:
    """Chase who has it in hand."""
    task, _ = sources.seen(pk, request.actor)
    form = forms.ChaseForm(request.POST, grades=chasing.grades_for(task, request.actor))
    return act(
        request, pk, "chasing", form,
        lambda: chasing.chase(pk, form.words(), by=request.actor),
        "Đã đôn đốc.",
    )  # fmt: skip


@require_POST
def mark_read(request: SignedRequest, pk: int) -> HttpResponse:
    """Read, for information."""
    following.mark_read(pk, by=request.actor)
    return redirect(back_to(request, reverse("task", args=[pk])))
