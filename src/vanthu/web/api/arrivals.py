"""Register what came, receive, return, present and direct: the verbs of incoming documents for programs."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from ninja import Body
from pydantic import Field

from vanthu.documents import actions, queries, symbols
from vanthu.documents.fields import Arrival, refuse_secret
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.files import actions as files
from vanthu.kernel.participants import Owner
from vanthu.kernel.refusals import Invalid, NotAllowed
from vanthu.tasks import actions as tasks
from vanthu.tasks.actions import Direction
from vanthu.web.api import entries, incoming
from vanthu.web.api.access import ProgramRequest, needs
from vanthu.web.api.entries import Entry
from vanthu.web.api.schemas import Given, Id, Text
from vanthu.web.api.writes import acted, once
from vanthu.web.incoming.forms import channel_of

if TYPE_CHECKING:
    from collections.abc import Callable


router = incoming.router
MAY = needs("documents")


class Corrections(Given):
    """Những trường văn thư sửa khi tiếp nhận; bỏ trống trường nào thì giữ như nơi gửi ghi."""

    kind: Text | None = Field(
        None, max_length=12, examples=["CV"], description="Mã tên loại, xem `GET /kinds`."
    )
    number: Text | None = Field(None, max_length=72, examples=["125"])
    notation: Text | None = Field(None, max_length=60, examples=["CAT-PV01"], description="Ký hiệu.")
    issued_on: date | None = Field(None, description="Ngày văn bản.")
    issuer_name: Text | None = Field(None, max_length=200, examples=["Công an tỉnh Bắc Ninh"])
    subject: Text | None = Field(None, max_length=1000, description="Trích yếu, ít nhất 10 ký tự.")
    signer_name: Text | None = Field(None, max_length=50)
    signer_title: Text | None = Field(None, max_length=100)
    urgency: int | None = Field(None, ge=0, le=3, description="0 thường, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc.")
    arrived_on: date | None = Field(None, description="Ngày đến; bỏ trống là hôm nay.")
    due_on: date | None = Field(None, description="Hạn giải quyết; bỏ trống thì theo quy chế của cơ quan.")
    medium: Literal["electronic", "paper", "parallel"] | None = None
    remark: Text | None = Field(None, max_length=500)
    restricted: bool | None = Field(None, description="Hạn chế người xem.")
    secrecy: Text | None = Field(
        None, max_length=20, description="Để trống. Văn bản mật không được đưa vào hệ thống này."
    )
    duplicate_reason: Text | None = Field(
        None, max_length=300, description="Lý do vào sổ lần nữa, khi đã có văn bản cùng số, ký hiệu, nơi gửi."
    )

    def changes(self) -> dict[str, Any]:
        """The fields that were given, as `Arrival` names them; `2143/KH-VKS-VP` gives number and symbol."""
        named = {name: getattr(self, name) for name in Corrections.model_fields}
        given = {name: value for name, value in named.items() if value is not None}
        if "/" in (self.number or ""):
            whole = symbols.join(self.number or "", self.notation or "")
            given["number"], given["notation"] = symbols.split(whole)
        return given


class NewEntry(Corrections):
    """Văn bản vào sổ. Tệp đã tải lên trước bằng `POST /uploads`."""

    kind: Text = Field(max_length=12, examples=["CV"], description="Mã tên loại, xem `GET /kinds`.")
    issuer_name: Text = Field(max_length=200, examples=["Công an tỉnh Bắc Ninh"])
    subject: Text = Field(max_length=1000, description="Trích yếu, ít nhất 10 ký tự.")
    uploads: list[UUID] = Field(default_factory=list, max_length=20, description="Tệp đã tải lên.")

    def arrival(self) -> Arrival:
        """The fields as the verb takes them."""
        given = self.changes()
        medium = str(given.get("medium", "electronic"))
        channel = channel_of([str(one) for one in self.uploads], medium)
        return Arrival(**{"arrived_on": today(), **given, "channel": channel})


class Reason(Given):
    """Vì sao trả lại."""

    reason: Text = Field(max_length=500, examples=["Văn bản gửi nhầm nơi nhận."])


class Presentation(Given):
    """Trình ai."""

    leader_id: Id = Field(description="`person.id` của lãnh đạo, xem `GET /people`.")


class Assignee(Given):
    """Một đơn vị hoặc một người của cơ quan: ghi đúng một trong hai."""

    unit_id: Id | None = None
    person_id: Id | None = None

    def owner(self) -> Owner:
        if self.unit_id is not None and self.person_id is None:
            return Owner("u", self.unit_id)
        if self.person_id is not None and self.unit_id is None:
            return Owner("p", self.person_id)
        raise Invalid(fields={"lead": "Ghi đúng một trong hai: unit_id hoặc person_id."})


class NewDirection(Given):
    """Bút phê: nội dung, ai chủ trì, ai phối hợp, ai nhận để biết, đến khi nào."""

    text: Text = Field("", max_length=4000)
    lead: Assignee | None = None
    support: list[Assignee] = Field(default_factory=list, max_length=50)
    inform: list[Assignee] = Field(default_factory=list, max_length=200)
    due_on: date | None = None

    def direction(self) -> Direction:
        """The decision as the verb takes it."""
        return Direction(
            text=self.text.strip(),
            lead=self.lead.owner() if self.lead else None,
            support=[one.owner() for one in self.support],
            inform=[one.owner() for one in self.inform],
            due_on=self.due_on,
        )


@router.post("/incoming", response={201: Entry}, auth=MAY, summary="Vào sổ văn bản đến")
def register_incoming(request: ProgramRequest, response: HttpResponse, given: Body[NewEntry]) -> Entry:
    """Ghi văn bản nhận bằng giấy hoặc tệp vào sổ; nhận số đến kế tiếp. Trùng số, ký hiệu thì 409 `duplicate`."""
    by = request.actor
    by.require("register")
    _keep_secrets_out(given, by)
    made = once(
        request,
        lambda: actions.register(given.arrival(), uploads=given.uploads, by=by),
        lambda pk: queries.incoming(pk, by).entry,
    )
    response["Location"] = reverse("api:get_incoming", args=[made.pk])
    return _shown(made.pk, by)


def _keep_secrets_out(given: NewEntry, by: Actor) -> None:
    """Of a secret document nothing is kept, not even the files sent before (Law 117/2025/QH15)."""
    try:
        refuse_secret(given.secrecy or "")
    except NotAllowed:
        for upload in given.uploads:
            files.discard(upload, by=by)
        raise


@router.post("/incoming/{pk}/receive", response=Entry, auth=MAY, summary="Tiếp nhận văn bản gửi đến")
def receive_incoming(request: ProgramRequest, pk: Id, given: Body[Corrections]) -> Entry:
    """Vào sổ văn bản đang chờ tiếp nhận; gửi `{}` để giữ nguyên như nơi gửi ghi."""
    by = request.actor

    def receive() -> object:
        by.require("register")
        entry = queries.incoming(pk, by).entry
        return actions.receive(pk, replace(actions.arrival_of(entry), **given.changes()), by=by)

    return _acted(request, pk, receive)


@router.post("/incoming/{pk}/return", response=Entry, auth=MAY, summary="Trả lại nơi gửi")
def return_incoming(request: ProgramRequest, pk: Id, given: Body[Reason]) -> Entry:
    """Văn bản chờ tiếp nhận mà gửi nhầm, thiếu hoặc không xác thực (Nghị định 30/2020, Điều 21)."""
    return _acted(request, pk, lambda: actions.return_to_sender(pk, given.reason, by=request.actor))


@router.post("/incoming/{pk}/present", response=Entry, auth=MAY, summary="Trình lãnh đạo")
def present_incoming(request: ProgramRequest, pk: Id, given: Body[Presentation]) -> Entry:
    """Trình văn bản đã vào sổ cho lãnh đạo Viện hoặc Chánh Văn phòng cho ý kiến."""
    return _acted(request, pk, lambda: actions.present(pk, given.leader_id, by=request.actor))


@router.post("/incoming/{pk}/direct", response=Entry, auth=MAY, summary="Cho ý kiến, phân công")
def direct_incoming(request: ProgramRequest, pk: Id, given: Body[NewDirection]) -> Entry:
    """Bút phê và giao việc. Không có chủ trì thì văn bản kết thúc: để biết, lưu."""
    return _acted(request, pk, lambda: tasks.direct(pk, given.direction(), by=request.actor))


def _acted(request: ProgramRequest, pk: int, verb: "Callable[[], object]") -> Entry:
    """Do it once; the entry after it, as `GET` shows it."""
    acted(request, verb, lambda: queries.incoming(pk, request.actor).entry)
    return _shown(pk, request.actor)


def _shown(pk: int, by: Actor) -> Entry:
    return entries.whole(queries.incoming(pk, by), by)
