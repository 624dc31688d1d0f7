"""All open work of a person, handed to another in one act: so that nothing stays with nobody."""

from collections.abc import Callable
from typing import Any, Protocol

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from vanthu.calendar import handing_over as appointments
from vanthu.documents import handing_over as entries
from vanthu.dossiers import handing_over as dossiers
from vanthu.issuing import handing_over as drafts
from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import Invalid
from vanthu.organisations import leaving, people, queries
from vanthu.organisations.leaving import Change, Work
from vanthu.organisations.people import Member
from vanthu.signing import handing_over as custody
from vanthu.tasks import handing_over as tasks
from vanthu.web.shell.forms import Form
from vanthu.web.shell.requests import SignedRequest


class Act(Protocol):
    """Hand over one kind of work; returns how many things went."""

    def __call__(self, given: Change, *, by: Actor) -> int: ...


LABELS = {
    "entries": "Văn bản chờ chỉ đạo, bì gửi đích danh",
    "tasks": "Công việc",
    "drafts": "Dự thảo",
    "dossiers": "Hồ sơ",
    "appointments": "Lịch công tác",
    "custody": "Con dấu, thiết bị lưu khóa bí mật",
}
FINDS: dict[str, Callable[[int, int], list[Work]]] = {
    "entries": entries.work_of,
    "tasks": tasks.work_of,
    "drafts": drafts.work_of,
    "dossiers": dossiers.work_of,
    "appointments": appointments.work_of,
    "custody": custody.work_of,
}
ACTS: dict[str, Act] = {
    "entries": entries.hand_over,
    "tasks": tasks.hand_over,
    "drafts": drafts.hand_over,
    "dossiers": dossiers.hand_over,
    "appointments": appointments.hand_over,
    "custody": custody.hand_over,
}
SHOWN = 100  # lines of each kind on the page


class SuccessorForm(Form):
    """To whom, and which kinds of work."""

    successor = forms.TypedChoiceField(label="Người nhận", coerce=int)
    rooms = forms.MultipleChoiceField(label="Chuyển", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, by: Actor, leaver: int, waiting: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = reversed(queries.valid_posts(office_id=by.office))
        names = {
            post.person_id: f"{post.person.full_name}, {post.title}"
            for post in posts
            if post.person_id != leaver
        }
        colleagues = sorted(names.items(), key=lambda pair: pair[1])
        self.fields["successor"].choices = [("", "Chọn một đồng nghiệp"), *colleagues]  # type: ignore[attr-defined]
        self.fields["rooms"].choices = [  # type: ignore[attr-defined]
            (key, f"{label} ({waiting[key]})") for key, label in LABELS.items() if waiting[key]
        ]
        self.initial.setdefault("rooms", [key for key, number in waiting.items() if number])


def work_of(person_id: int, office_id: int) -> dict[str, list[Work]]:
    """{room: what the person has in hand}. Twelve queries."""
    return {key: find(person_id, office_id) for key, find in FINDS.items()}


@require_http_methods(["GET", "POST"])
def person_work(request: SignedRequest, pk: int) -> HttpResponse:
    """What a person has in hand; handing it over, and then ending the post that `?post=` names."""
    by = request.actor
    member = people.member(pk, by)
    work = work_of(member.person.pk, by.office)
    waiting = {key: len(rows) for key, rows in work.items()}
    data = request.POST if request.method == "POST" else None
    form = SuccessorForm(data, by=by, leaver=member.person.pk, waiting=waiting)
    if form.is_valid():
        number = _hand_over(form, member, by)
        if number is not None:
            messages.success(request, f"Đã chuyển {number} việc của {member.person.full_name}.")
            return redirect(request.get_full_path())
    page = {
        "member": member,
        "form": form if any(waiting.values()) else None,
        "parts": [(label, work[key][:SHOWN], len(work[key])) for key, label in LABELS.items() if work[key]],
        "ending": next((one for one in member.posts if str(one.pk) == request.GET.get("post")), None),
    }
    return render(request, "accounts/person_work.html", page, status=422 if form.errors else 200)


def _hand_over(form: SuccessorForm, member: Member, by: Actor) -> int | None:
    data = form.cleaned_data
    try:
        with transaction.atomic():
            given = leaving.change(member.person.pk, data["successor"], by=by)
            return sum(ACTS[key](given, by=by) for key in data["rooms"])
    except Invalid as refusal:
        form.refuse(refusal)
        return None


def still_in_hand(account_id: int, post_id: int, by: Actor) -> bool:
    """Whether ending this post would leave open work with nobody: it is the last of the person in the office."""
    member = people.member(account_id, by)
    last = [post.pk for post in member.posts] == [post_id]
    return last and any(work_of(member.person.pk, by.office).values())
