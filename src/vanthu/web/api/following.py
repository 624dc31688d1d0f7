"""Give work that no incoming document brought, and all that is done with a task of whatever brought it."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from ninja import Body
from pydantic import Field

from vanthu.kernel.participants import Item
from vanthu.tasks import chasing, deadlines, following, matters, queries, sources
from vanthu.tasks.matters import Order, Part
from vanthu.tasks.states import Grade, Origin, TaskRole
from vanthu.web.api import assignments
from vanthu.web.api.access import ProgramRequest, needs
from vanthu.web.api.arrivals import Assignee
from vanthu.web.api.assignments import Assignment
from vanthu.web.api.schemas import Given, Id, Text
from vanthu.web.api.writes import acted, once

if TYPE_CHECKING:
    from vanthu.tasks.models import Task

router = assignments.router
MAY = needs("tasks")


class About(Given):
    """Văn bản làm căn cứ giao việc."""

    kind: Literal["in", "out"] = Field(description="in văn bản đến, out văn bản đi.")
    id: Id


class NewWork(Given):
    """Việc không từ văn bản đến: giao trực tiếp, hoặc từ kết luận cuộc họp."""

    title: Text = Field(max_length=300, examples=["Rà soát các vụ án tạm đình chỉ trong năm 2026"])
    text: Text = Field("", max_length=4000)
    lead: Assignee
    support: list[Assignee] = Field(default_factory=list, max_length=50)
    inform: list[Assignee] = Field(default_factory=list, max_length=200)
    due_on: date | None = None
    urgency: int = Field(0, ge=0, le=3)
    restricted: bool = Field(False, description="Chỉ giao đích danh; người khác không thấy.")
    to_accept: bool = Field(True, description="Người giao duyệt kết quả.")
    meeting: Text = Field("", max_length=300, examples=["Giao ban tháng 11/2026"])
    meeting_on: date | None = None
    about: About | None = None

    def order(self) -> Order:
        """As the verb takes it."""
        about = Item(self.about.kind, self.about.id) if self.about else None
        origin = Origin.DOCUMENT if about else Origin.MEETING if self.meeting.strip() else Origin.OWN
        return Order(
            title=self.title,
            text=self.text,
            lead=self.lead.owner(),
            support=[one.owner() for one in self.support],
            inform=[one.owner() for one in self.inform],
            due_on=self.due_on,
            urgency=self.urgency,
            restricted=self.restricted,
            to_accept=self.to_accept,
            origin=origin,
            origin_name=self.meeting if origin == Origin.MEETING else "",
            origin_on=self.meeting_on if origin == Origin.MEETING else None,
            about=about,
        )


class NewPart(Given):
    """Một phần việc giao tiếp."""

    title: Text = Field(max_length=300)
    assignee: Assignee
    role: Literal["lead", "support", "inform"] = "lead"
    due_on: date | None = Field(None, description="Không muộn hơn hạn của việc cấp trên.")


class Progress(Given):
    """Việc đang đến đâu."""

    text: Text = Field(max_length=1000, examples=["Đã có số liệu của 5 đơn vị"])
    percent: int | None = Field(None, ge=0, le=100)


class Report(Given):
    """Kết quả: lời, văn bản đi, tệp đã tải lên; ít nhất một."""

    text: Text = Field("", max_length=900)
    outgoing_id: Id | None = Field(None, description="Văn bản đi là kết quả.")
    uploads: list[UUID] = Field(default_factory=list, max_length=20)


class Remark(Given):
    """Ý kiến khi duyệt."""

    text: Text = Field("", max_length=500)


class Why(Given):
    """Lý do."""

    reason: Text = Field(max_length=500, examples=["Chưa có số liệu của VKSND khu vực 3"])


class MoreTime(Given):
    """Xin thêm thời gian."""

    until_on: date
    reason: Text = Field(max_length=500)


class MoreTimeAnswer(Given):
    """Trả lời đề nghị gia hạn."""

    until_on: date | None = Field(None, description="Gia hạn đến ngày này; bỏ trống là không gia hạn.")
    text: Text = Field("", max_length=500, description="Ý kiến; bắt buộc khi không gia hạn.")


class GivenAgain(Given):
    """Giao lại việc đã bị trả lại."""

    assignee: Assignee | None = Field(None, description="Bỏ trống là giao lại chính nơi đã trả.")
    text: Text = Field("", max_length=500)


class Chasing(Given):
    """Đôn đốc."""

    grade: Literal[1, 2, 3, 4, 5] = Field(
        description="1 nhắc việc, 2 đôn đốc lần 1, 3 đôn đốc lần 2, 4 bằng văn bản, 5 phê bình."
    )
    text: Text = Field("", max_length=1000)
    letter: Text = Field("", max_length=80, description="Số, ký hiệu văn bản đôn đốc (mức 4).")


@router.post("/tasks", auth=MAY, response={201: Assignment}, summary="Giao việc")
def give_work(request: ProgramRequest, response: HttpResponse, given: Body[NewWork]) -> Assignment:
    """Lãnh đạo giao trong cơ quan, lãnh đạo đơn vị giao người của mình; trả về việc chủ trì."""
    by = request.actor

    def give() -> "Task":
        matter = matters.give(given.order(), by=by)
        return next(one for one in queries.tasks_of("matter", matter.pk) if one.role == TaskRole.LEAD)

    made = once(request, give, lambda pk: sources.seen(pk, by)[0])
    response["Location"] = reverse("api:get_task", args=[made.pk])
    return assignments.whole(made.pk, by)


@router.post("/tasks/{pk}/parts", auth=MAY, response=Assignment, summary="Giao tiếp một phần việc")
def divide_task(request: ProgramRequest, pk: Id, given: Body[NewPart]) -> Assignment:
    """Việc con của việc giao trực tiếp; văn bản đến thì dùng `POST /incoming/{pk}/assign`."""
    return _acted(
        request,
        pk,
        lambda: matters.divide(
            pk,
            Part(owner=given.assignee.owner(), title=given.title, role=given.role, due_on=given.due_on),
            by=request.actor,
        ),
    )


@router.post("/tasks/{pk}/progress", auth=MAY, response=Assignment, summary="Báo tiến độ")
def report_progress(request: ProgramRequest, pk: Id, given: Body[Progress]) -> Assignment:
    """Việc của tôi đang đến đâu; người giao đọc được ở trang của việc."""
    return _acted(
        request, pk, lambda: following.note_progress(pk, given.text, given.percent, by=request.actor)
    )


@router.post("/tasks/{pk}/report", auth=MAY, response=Assignment, summary="Báo cáo kết quả")
def report_result(request: ProgramRequest, pk: Id, given: Body[Report]) -> Assignment:
    """Việc xong ngay, hoặc chờ người giao duyệt kết quả."""
    result = following.Result(text=given.text, outgoing_id=given.outgoing_id, uploads=given.uploads)
    return _acted(request, pk, lambda: following.hand_in(pk, result, by=request.actor))


@router.post("/tasks/{pk}/accept", auth=MAY, response=Assignment, summary="Duyệt kết quả")
def accept_result(request: ProgramRequest, pk: Id, given: Body[Remark]) -> Assignment:
    """Người giao duyệt: việc xong."""
    return _acted(request, pk, lambda: following.accept(pk, given.text, by=request.actor))


@router.post("/tasks/{pk}/send-back", auth=MAY, response=Assignment, summary="Yêu cầu làm lại")
def send_result_back(request: ProgramRequest, pk: Id, given: Body[Why]) -> Assignment:
    """Kết quả chưa được: việc mở lại, kèm điều còn thiếu."""
    return _acted(request, pk, lambda: following.send_back(pk, given.reason, by=request.actor))


@router.post("/tasks/{pk}/return", auth=MAY, response=Assignment, summary="Trả lại người giao")
def return_task(request: ProgramRequest, pk: Id, given: Body[Why]) -> Assignment:
    """Việc không thuộc mình; người giao giao lại hoặc giao nơi khác."""
    return _acted(request, pk, lambda: following.return_task(pk, given.reason, by=request.actor))


@router.post("/tasks/{pk}/give-again", auth=MAY, response=Assignment, summary="Giao lại việc bị trả lại")
def give_task_again(request: ProgramRequest, pk: Id, given: Body[GivenAgain]) -> Assignment:
    """Giao lại chính nơi đã trả, hoặc nơi khác: khi đó việc này hủy và một việc mới thay nó."""
    return _acted(
        request,
        pk,
        lambda: following.give_again(
            pk, given.assignee.owner() if given.assignee else None, given.text, by=request.actor
        ),
    )


@router.post("/tasks/{pk}/withdraw", auth=MAY, response=Assignment, summary="Thu hồi việc đã giao")
def withdraw_task(request: ProgramRequest, pk: Id, given: Body[Why]) -> Assignment:
    """Người giao thu hồi việc giao trực tiếp cùng các việc con của nó."""
    return _acted(request, pk, lambda: matters.withdraw(pk, given.reason, by=request.actor))


@router.post("/tasks/{pk}/extension", auth=MAY, response=Assignment, summary="Xin gia hạn")
def ask_extension(request: ProgramRequest, pk: Id, given: Body[MoreTime]) -> Assignment:
    """Người đang giữ việc xin người đặt hạn; mỗi lúc một đề nghị."""
    return _acted(
        request, pk, lambda: deadlines.ask_extension(pk, given.until_on, given.reason, by=request.actor)
    )


@router.post("/tasks/{pk}/extension/answer", auth=MAY, response=Assignment, summary="Trả lời đề nghị gia hạn")
def answer_extension(request: ProgramRequest, pk: Id, given: Body[MoreTimeAnswer]) -> Assignment:
    """Chỉ người đặt hạn; không muộn hơn hạn của việc cấp trên."""
    by, until = request.actor, given.until_on
    if until is None:
        return _acted(request, pk, lambda: deadlines.refuse_extension(pk, given.text, by=by))
    return _acted(request, pk, lambda: deadlines.grant_extension(pk, until, given.text, by=by))


@router.post("/tasks/{pk}/chase", auth=MAY, response=Assignment, summary="Đôn đốc")
def chase_task(request: ProgramRequest, pk: Id, given: Body[Chasing]) -> Assignment:
    """Mức dùng được lúc này ở `grades` của việc; mỗi lần được đếm theo việc, đơn vị và người."""
    words = chasing.Words(grade=Grade(given.grade), text=given.text, letter=given.letter)
    return _acted(request, pk, lambda: chasing.chase(pk, words, by=request.actor))


@router.post("/tasks/{pk}/read", auth=MAY, response=Assignment, summary="Đã xem việc để biết")
def read_task(request: ProgramRequest, pk: Id) -> Assignment:
    """Việc gửi để biết rời khỏi danh sách của tôi."""
    return _acted(request, pk, lambda: following.mark_read(pk, by=request.actor))


def _acted(request: ProgramRequest, pk: int, verb: Callable[[], object]) -> Assignment:
    """Do it once; the task after it, as `GET` shows it."""
    acted(request, verb, lambda: sources.seen(pk, request.actor)[0])
    return assignments.whole(pk, request.actor)
