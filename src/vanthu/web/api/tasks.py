"""Tasks of an incoming document: who was given what, give it on in the unit, say that it is done."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ninja import Body, Router
from pydantic import Field

from vanthu.documents import queries as documents
from vanthu.tasks import actions, queries
from vanthu.web.api import entries
from vanthu.web.api.access import ProgramRequest, needs
from vanthu.web.api.arrivals import NewDirection
from vanthu.web.api.entries import Entry, TaskOut, task_out
from vanthu.web.api.schemas import Given, Id, Text
from vanthu.web.api.writes import acted
from vanthu.web.incoming.rows import tree_of

if TYPE_CHECKING:
    from vanthu.web.incoming.rows import Node

router = Router(tags=["Công việc"], auth=needs("tasks"))


class TaskNode(TaskOut):
    """Một việc và những việc được giao tiếp từ nó."""

    given_by: str = Field(examples=["Vũ Đình Lâm"], description="Người giao.")
    text: str = Field(description="Nội dung giao.")
    parts: list["TaskNode"]


class Result(Given):
    """Việc đã làm xong thế nào."""

    result: Text = Field(max_length=1000, examples=["Đã báo cáo trực tiếp Viện trưởng."])


class Opinion(Given):
    """Một ý kiến."""

    text: Text = Field(max_length=4000, examples=["Đề nghị Phòng 1 phối hợp Công an tỉnh kiểm tra lại."])


@router.get(
    "/incoming/{pk}/tasks", response=list[TaskNode], auth=needs("read"), summary="Cây việc của văn bản đến"
)
def list_tasks(request: ProgramRequest, pk: Id) -> list[TaskNode]:
    """Việc đã giao trên một văn bản đến, việc giao tiếp nằm dưới việc được giao."""
    seen = documents.incoming(pk, request.actor)
    return _nodes(tree_of(queries.tasks_of("in", pk))) if not seen.sight.masked else []


@router.post("/incoming/{pk}/assign", response=Entry, summary="Giao việc trong đơn vị")
def assign_incoming(request: ProgramRequest, pk: Id, given: Body[NewDirection]) -> Entry:
    """Lãnh đạo đơn vị giao tiếp việc của đơn vị cho cán bộ của mình; phải có người chủ trì."""
    return _acted(request, pk, lambda: actions.assign(pk, given.direction(), by=request.actor))


@router.post("/incoming/{pk}/finish", response=Entry, summary="Báo hoàn thành việc của tôi")
def finish_incoming(request: ProgramRequest, pk: Id, given: Body[Result]) -> Entry:
    """Việc được giao trên văn bản này đã xong; xong việc chủ trì thì văn bản kết thúc. Trả lời bằng văn bản đi
    thì không cần lệnh này: phát hành văn bản trả lời là kết thúc.
    """
    return _acted(request, pk, lambda: actions.finish(pk, given.result, by=request.actor))


@router.post("/incoming/{pk}/read", response=Entry, summary="Đã xem văn bản để biết")
def read_incoming(request: ProgramRequest, pk: Id) -> Entry:
    """Văn bản gửi để biết rời khỏi việc của tôi."""
    return _acted(request, pk, lambda: actions.mark_read(pk, by=request.actor))


@router.post(
    "/incoming/{pk}/instruct", response=Entry, auth=needs("documents"), summary="Cho ý kiến, không giao việc"
)
def instruct_incoming(request: ProgramRequest, pk: Id, given: Body[Opinion]) -> Entry:
    """Ý kiến của lãnh đạo Viện ghi vào văn bản đã vào sổ."""
    return _acted(request, pk, lambda: actions.instruct(pk, given.text, by=request.actor))


def _acted(request: ProgramRequest, pk: int, verb: Callable[[], object]) -> Entry:
    """Do it once; the entry after it, as `GET` shows it."""
    acted(request, verb, lambda: documents.incoming(pk, request.actor).entry)
    return entries.whole(documents.incoming(pk, request.actor), request.actor)


def _nodes(nodes: "Sequence[Node]") -> list[TaskNode]:
    return [
        TaskNode(
            **task_out(node.task).model_dump(),
            given_by=node.task.given_by.full_name,
            text=node.task.text,
            parts=_nodes(node.parts),
        )
        for node in nodes
    ]
