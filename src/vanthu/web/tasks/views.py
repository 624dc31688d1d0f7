"""The page of a task: what, from whom, until when; what was said and done; what the actor may do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vanthu.documents import queries as documents
from vanthu.kernel import access, ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.files import queries as files
from vanthu.tasks import chasing, notices, queries, sources, talk
from vanthu.tasks.states import TaskRole, TaskState
from vanthu.web.files.pages import shown
from vanthu.web.incoming import cards
from vanthu.web.incoming.rows import tree_of
from vanthu.web.shell.requests import SignedRequest, address_of
from vanthu.web.tasks import forms

if TYPE_CHECKING:
    from vanthu.tasks.models import Extension, Task
    from vanthu.tasks.sources import Source

STATE_TONES = {"open": "info", "reported": "warn", "returned": "danger", "done": "ok", "cancelled": ""}


@require_GET
def task(request: SignedRequest, pk: int) -> HttpResponse:
    """A task, of whatever brought it."""
    access.note("view", by=request.actor, item_kind="task", item_id=pk, address=address_of(request))
    page = task_page(request, pk)
    notices.mark_seen(by=request.actor, task_id=pk)
    return page


def task_page(request: SignedRequest, pk: int, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page, with a form as it was sent under its name, and why not (`conflict`)."""
    by = request.actor
    found, source = sources.seen(pk, by)
    whole = _whole(found, source, by)
    said = talk.of_task(pk) if whole else talk.NOTHING
    may = verbs(found, source, by, said.asked)
    grades = chasing.grades_for(found, by) if whole else []
    context = {
        "task": found,
        "source": source,
        "matter": sources.as_matter(source),
        "whole": whole,
        "title": _title(found, source),
        "tone": STATE_TONES[found.state],
        "late": found.state == TaskState.OPEN and found.due_on is not None and found.due_on < today(),
        "said": said,
        "files": shown(files.attachments("task", [pk])[pk]) if whole else [],
        "result_entry": _result(found, by),
        "about": _about(source, by),
        "tree": tree_of(queries.tasks_of(found.source_kind, found.source_id)) if whole else [],
        "history": ledger.history(source) if whole else [],
        "may": may | {"chase": bool(grades)},
        "choices": cards.assignees(by) if may["divide"] or may["give_again"] else (),
        **_forms(found, said.asked, grades),
        **more,
    }
    return render(request, "tasks/task.html", context, status=status)


def _whole(found: Task, source: Source, by: Actor) -> bool:
    """Whether the actor sees more than number and date of what brought the task."""
    return found.source_kind == "matter" or not documents.incoming(source.pk, by).sight.masked


def _title(found: Task, source: Source) -> str:
    matter = sources.as_matter(source)
    return found.title or matter.title if matter else source.subject  # type: ignore[union-attr]


def _result(found: Task, by: Actor) -> dict[str, Any]:
    """The outgoing document that is the result, if the actor sees it."""
    if found.result_out_id is None:
        return {}
    line = documents.outgoing_lines([found.result_out_id], by).get(found.result_out_id)
    return {"pk": found.result_out_id, "symbol": line.symbol, "subject": line.subject} if line else {}


def _about(source: Source, by: Actor) -> dict[str, Any]:
    """The document that a matter is about, if the actor sees it."""
    matter = sources.as_matter(source)
    if matter is None or matter.about_id is None:
        return {}
    look = documents.incoming_lines if matter.about_kind == "in" else documents.outgoing_lines
    line = look([matter.about_id], by).get(matter.about_id)
    page = "entry" if matter.about_kind == "in" else "outgoing_entry"
    return {"page": page, "pk": matter.about_id, "line": line} if line else {}


def _forms(found: Task, asked: Extension | None, grades: list[Any]) -> dict[str, Any]:
    return {
        "progress": forms.ProgressForm(),
        "handing": forms.HandInForm(),
        "returning": forms.ReasonForm(prefix="return"),
        "withdrawing": forms.ReasonForm(prefix="withdraw"),
        "sending_back": forms.ReasonForm(prefix="back"),
        "asking": forms.ExtensionForm(),
        "granting": forms.GrantForm(initial={"until_on": asked.until_on if asked else None}),
        "refusing": forms.RefuseForm(prefix="refuse"),
        "accepting": forms.AcceptForm(),
        "again": forms.GiveAgainForm(),
        "part": forms.PartForm(initial={"due_on": found.due_on}),
        "chasing": forms.ChaseForm(grades=grades),
    }


def verbs(found: Task, source: Source, by: Actor, asked: Extension | None) -> dict[str, bool]:
    """What this actor may do with the task now; the page shows only these."""
    does, gave = sources.does(found, by), sources.gave(found, by)
    open_, works = found.state == TaskState.OPEN, found.role != TaskRole.INFORM
    free = sources.as_matter(source) is not None
    gives = by.may("direct") or by.may("distribute") or by.may("assign")
    return {
        "progress": does and open_ and works,
        "hand_in": does and open_ and works,
        "return": does and open_ and works,
        "ask": does and open_ and works and found.due_on is not None and asked is None,
        "answer": gave and open_ and asked is not None,
        "accept": gave and found.state == TaskState.REPORTED,
        "give_again": gave and found.state == TaskState.RETURNED,
        "divide": free and does and open_ and works and gives,
        "withdraw": free and gave and found.state in ("open", "reported", "returned"),
        "read": does and open_ and not works,
        "assign": not free and does and open_ and works and found.person_id is None and by.may("assign"),
        "reply": not free and does and open_ and works and by.may("draft"),
    }
