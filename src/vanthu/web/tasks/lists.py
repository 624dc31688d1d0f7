"""The lists of tasks, and everything open by unit and person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Invalid, NotAllowed
from vanthu.organisations import queries as organisations
from vanthu.tasks import lists
from vanthu.tasks import overview as overviews
from vanthu.tasks.lists import Choice
from vanthu.tasks.matters import may_give
from vanthu.tasks.states import Grade
from vanthu.web.shell.requests import SignedRequest, from_htmx

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from vanthu.tasks.models import Task

MINE, ANSWERS, GIVEN, FOLLOWED = "mine", "answers", "given", "followed"


@dataclass(frozen=True, slots=True)
class Tab:
    """One list: its key, words and what it says when nothing is in it."""

    key: str
    label: str
    empty: str
    hint: str


TABS = {
    MINE: Tab(MINE, "Việc của tôi", "Không có việc đang làm", "Việc được giao sẽ hiện ở đây theo hạn."),
    ANSWERS: Tab(
        ANSWERS, "Chờ tôi trả lời", "Không có gì chờ anh/chị trả lời",
        "Kết quả chờ duyệt, đề nghị gia hạn và việc bị trả lại sẽ hiện ở đây.",
    ),
    GIVEN: Tab(GIVEN, "Tôi giao", "Chưa có việc anh/chị giao còn mở", "Giao việc bằng nút ở góc trên."),
    FOLLOWED: Tab(FOLLOWED, "Theo dõi", "Không có việc nào ở đây", "Đổi đơn vị, người hoặc bỏ lọc quá hạn."),
}  # fmt: skip


@require_GET
def tasks(request: SignedRequest) -> HttpResponse:
    """A list of live tasks, by deadline."""
    by = request.actor
    tabs = _tabs(by)
    tab = TABS[request.GET["tab"]] if request.GET.get("tab") in {one.key for one in tabs} else tabs[0]
    choice = _choice(request)
    rows = lists.page(_rows(tab.key, by, choice), by, after=_after(request.GET.get("sau", "")))
    context = {
        "tabs": tabs,
        "tab": tab,
        "rows": rows,
        "older": lists.place(rows[-1]) if len(rows) >= lists.PAGE else "",
        "may_give": may_give(by),
        "choice": choice,
        **(_named(by, choice) if tab.key == FOLLOWED else {}),
    }
    return render(request, "tasks/tasks.html#rows" if from_htmx(request) else "tasks/tasks.html", context)


def _tabs(by: Actor) -> list[Tab]:
    """Those of the actor's work: leaders first see what waits for their answer."""
    keys = [MINE]
    if may_give(by):
        keys = [ANSWERS, MINE, GIVEN] if by.may("direct") else [MINE, ANSWERS, GIVEN]
    return [TABS[key] for key in (*keys, *([FOLLOWED] if follows(by) else []))]


def follows(by: Actor) -> bool:
    """Whether the actor follows the work of others."""
    try:
        lists.scope(by)
    except NotAllowed:
        return False
    return True


def _rows(key: str, by: Actor, choice: Choice) -> QuerySet[Task]:
    if key == FOLLOWED:
        return lists.followed(by, choice)
    return {MINE: lists.mine, ANSWERS: lists.answers, GIVEN: lists.given}[key](by)


def _choice(request: SignedRequest) -> Choice:
    unit, person = request.GET.get("unit", ""), request.GET.get("person", "")
    return Choice(
        unit_id=int(unit) if unit.isdigit() else None,
        person_id=int(person) if person.isdigit() else None,
        late=request.GET.get("late") == "1",
    )


def _after(text: str) -> tuple[date, int] | None:
    if not text:
        return None
    day, _, number = text.rpartition("_")
    try:
        return date.fromisoformat(day), int(number)
    except ValueError as error:
        raise Invalid("Đường dẫn trang sau đã hỏng. Mở lại danh sách từ đầu.") from error


def _named(by: Actor, choice: Choice) -> dict[str, Any]:
    """Whose work is shown, in words."""
    units = {one.pk: one.short_name for one in organisations.units_of(by.office)} if choice.unit_id else {}
    people = organisations.valid_posts(person_id=choice.person_id) if choice.person_id else []
    here = [post.person.full_name for post in people if post.office_id == by.office]
    return {"whose": next(iter(here), units.get(choice.unit_id or 0, ""))}


@require_GET
def overview(request: SignedRequest) -> HttpResponse:
    """Everything open by unit and person, late first; how often each unit was chased this year and month."""
    by = request.actor
    rows = overviews.overview(by)
    day = today()
    start = day.replace(day=1) if request.GET.get("ky") == "thang" else day.replace(month=1, day=1)
    chased = overviews.chased(by, start, day)
    context = {
        "rows": rows,
        "total": {
            name: sum(getattr(row, name) for row in rows) for name in ("open", "late", "soon", "reported")
        },
        "grades": Grade.choices,
        "chased": [(row.name, _by_grade(chased[row.pk])) for row in rows if row.pk in chased],
        "month": request.GET.get("ky") == "thang",
        "today": day,
        "may_give": may_give(by),
    }
    return render(request, "tasks/overview.html", context)


def _by_grade(counted: dict[int, int]) -> list[tuple[str, int]]:
    return [(grade.label, counted.get(grade, 0)) for grade in Grade]
