"""Tasks of whatever brought them: mine, those I gave, those I follow; one with all that was said; periodic work."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpResponse
from django.urls import reverse
from ninja import Query, Router, Schema
from pydantic import Field

from vanthu.documents import queries as documents
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.files import queries as files
from vanthu.tasks import chasing, lists, queries, rhythms, sources, talk
from vanthu.tasks.lists import Choice
from vanthu.web.api.access import ProgramRequest
from vanthu.web.api.entries import Act, FileRef, TaskOut, act, file_ref, task_out
from vanthu.web.api.paging import Page, Paging, paged, wrong_cursor
from vanthu.web.api.schemas import Coded, Id, Named

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from vanthu.tasks.lists import Line
    from vanthu.tasks.models import Rhythm, Task
    from vanthu.tasks.talk import Talk

router = Router(tags=["Công việc"])


class AssignmentQuery(Paging):
    """Which tasks."""

    which: Literal["mine", "given", "answers", "followed"] = Field(
        "mine",
        description="mine đang ở tay tôi, given tôi giao, answers chờ tôi trả lời (kết quả, trả lại, xin gia hạn),"
        " followed của cơ quan hoặc đơn vị tôi theo dõi.",
    )
    unit_id: Id | None = Field(None, description="Với followed: của đơn vị này.")
    person_id: Id | None = Field(None, description="Với followed: của người này.")
    late: bool = Field(False, description="Với followed: chỉ việc quá hạn.")


class AssignmentRow(TaskOut):
    """Một việc đang mở."""

    url: str = Field(examples=["/work/tasks/31"], description="Trang của việc trên web.")
    title: str = Field(description="Việc cần làm, hoặc trích yếu của văn bản đem việc lại.")
    source: str = Field(
        examples=["Giao ban tháng 11/2026"], description="Từ đâu: văn bản, cuộc họp, việc định kỳ."
    )
    source_kind: Literal["in", "matter"] = Field(
        description="in văn bản đến, matter việc không từ văn bản đến."
    )
    source_id: int
    given_by: str
    urgency: int = Field(description="0 thường, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc.")
    asked_until: date | None = Field(description="Đang xin gia hạn đến ngày này.")
    late: bool


class ProgressOut(Schema):
    """Việc đang đến đâu."""

    author: str
    text: str
    percent: int | None
    written_at: datetime


class ExtensionOut(Schema):
    """Một lần xin gia hạn."""

    asked_by: str
    asked_at: datetime
    from_on: date
    until_on: date
    reason: str
    state: Coded
    answer: str
    granted_on: date | None


class ChaseOut(Schema):
    """Một lần đôn đốc."""

    grade: int
    name: str = Field(examples=["Đôn đốc lần 1"])
    by: str
    text: str
    letter: str
    chased_at: datetime


class Assignment(TaskOut):
    """Một việc với mọi điều đã nói về nó. Việc của văn bản hạn chế không được xem chỉ có người, hạn, trạng thái."""

    url: str
    title: str
    text: str
    given_by: str
    source_kind: Literal["in", "matter"]
    source_id: int
    to_accept: bool = Field(description="Người giao duyệt kết quả.")
    result_outgoing_id: int | None = Field(description="Văn bản đi là kết quả.")
    files: list[FileRef]
    progress: list[ProgressOut]
    extensions: list[ExtensionOut]
    chases: list[ChaseOut]
    grades: list[int] = Field(description="Mức đôn đốc mà khoá dùng được lúc này.")
    tasks: list[TaskOut] = Field(description="Mọi việc cùng nguồn, theo thứ tự giao.")
    history: list[Act]


class RhythmOut(Schema):
    """Việc định kỳ."""

    id: int
    title: str
    text: str
    every: Coded
    month: int = Field(description="Tháng của quý (1 đến 3) hoặc của năm (1 đến 12).")
    day: int
    shift: Coded = Field(description="Khi rơi vào ngày nghỉ.")
    ahead: int = Field(description="Giao trước hạn bao nhiêu ngày làm việc.")
    unit: Named | None
    person: Named | None
    given_by: str
    next_due_on: list[date] = Field(description="Ba hạn sắp tới.")


@router.get("/tasks", response=Page[AssignmentRow], summary="Danh sách việc đang mở")
def list_assignments(
    request: ProgramRequest, response: HttpResponse, asked: Query[AssignmentQuery]
) -> Page[AssignmentRow]:
    """Việc từ văn bản đến, từ cuộc họp, giao trực tiếp và định kỳ, theo hạn; việc không có hạn ở cuối."""
    by, place = request.actor, asked.place(2)
    rows = lists.page(_rows(asked, by), by, after=_after(place) if place else None, limit=asked.wanted)
    return paged(
        request, response, rows, asked,
        show=_row,
        place=lambda line: ((line.task.due_on or date.max).isoformat(), line.task.pk),
    )  # fmt: skip


def _rows(asked: AssignmentQuery, by: Actor) -> "QuerySet[Task]":
    if asked.which == "followed":
        return lists.followed(by, Choice(asked.unit_id, asked.person_id, asked.late))
    return {"mine": lists.mine, "given": lists.given, "answers": lists.answers}[asked.which](by)


def _after(place: list[str | int]) -> tuple[date, int]:
    try:
        return date.fromisoformat(str(place[0])), int(place[1])
    except ValueError as error:
        raise wrong_cursor() from error


@router.get("/tasks/{pk}", response=Assignment, summary="Một việc")
def get_task(request: ProgramRequest, pk: Id) -> Assignment:
    """Nội dung, tiến độ, gia hạn, đôn đốc, kết quả và lịch sử."""
    return whole(pk, request.actor)


@router.get("/rhythms", response=list[RhythmOut], summary="Việc định kỳ của cơ quan")
def list_rhythms(request: ProgramRequest) -> list[RhythmOut]:
    """Việc lặp lại hằng tháng, hằng quý, hằng năm; cho người giao việc."""
    return [_rhythm(one) for one in rhythms.rhythms_of(request.actor)]


def _row(line: "Line") -> AssignmentRow:
    task = line.task
    return AssignmentRow(
        **task_out(task).model_dump(),
        url=reverse("task", args=[task.pk]),
        title=line.title,
        source=line.source,
        source_kind="in" if task.source_kind == "in" else "matter",
        source_id=task.source_id,
        given_by=task.given_by.full_name,
        urgency=line.urgency,
        asked_until=line.asked_until,
        late=line.late,
    )


def whole(pk: int, by: Actor) -> Assignment:
    """Everything of a task that the actor may see; raises `NotFound`."""
    task, source = sources.seen(pk, by)
    matter = sources.as_matter(source)
    open_ = matter is not None or not documents.incoming(source.pk, by).sight.masked
    said = talk.of_task(pk) if open_ else talk.NOTHING
    kin = queries.tasks_of(task.source_kind, task.source_id) if open_ else []
    return Assignment(
        **task_out(task).model_dump() | ({} if open_ else {"result": ""}),
        url=reverse("task", args=[pk]),
        title=task.title or (matter.title if matter else source.subject),  # type: ignore[union-attr]
        text=task.text if open_ else "",
        given_by=task.given_by.full_name,
        source_kind="matter" if matter else "in",
        source_id=task.source_id,
        to_accept=task.to_accept,
        result_outgoing_id=_result(task, by),
        files=[file_ref(one) for one in files.attachments("task", [pk])[pk]] if open_ else [],
        grades=[int(grade) for grade in chasing.grades_for(task, by)] if open_ else [],
        tasks=[task_out(one) for one in kin],
        history=[act(one) for one in ledger.history(source)] if open_ else [],
        **_said(said),
    )


def _result(task: "Task", by: Actor) -> int | None:
    """The outgoing document that is the result, if the actor sees it."""
    found = documents.outgoing_lines([task.result_out_id], by) if task.result_out_id else {}
    return task.result_out_id if task.result_out_id in found else None


def _said(said: "Talk") -> dict[str, Any]:
    return {
        "progress": [
            ProgressOut(
                author=one.author.full_name, text=one.text, percent=one.percent, written_at=one.written_at
            )
            for one in said.progress
        ],
        "extensions": [
            ExtensionOut(
                asked_by=one.asked_by.full_name,
                asked_at=one.asked_at,
                from_on=one.from_on,
                until_on=one.until_on,
                reason=one.reason,
                state=Coded(code=one.state, name=one.get_state_display()),
                answer=one.answer,
                granted_on=one.granted_on,
            )
            for one in said.extensions
        ],
        "chases": [
            ChaseOut(
                grade=one.grade,
                name=one.get_grade_display(),
                by=one.by.full_name,
                text=one.text,
                letter=one.letter,
                chased_at=one.chased_at,
            )
            for one in said.chases
        ],
    }


def _rhythm(one: "Rhythm") -> RhythmOut:
    return RhythmOut(
        id=one.pk,
        title=one.title,
        text=one.text,
        every=Coded(code=one.every, name=one.get_every_display()),
        month=one.month,
        day=one.day,
        shift=Coded(code=one.shift, name=one.get_shift_display()),
        ahead=one.ahead,
        unit=Named(id=one.unit.pk, name=one.unit.name) if one.unit else None,
        person=Named(id=one.person.pk, name=one.person.full_name) if one.person else None,
        given_by=one.given_by.full_name,
        next_due_on=[turn.due_on for turn in rhythms.turns(one, today())],
    )
