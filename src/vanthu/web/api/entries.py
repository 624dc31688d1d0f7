"""How incoming entries are shown to programs."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from ninja import Schema
from pydantic import UUID4, Field

from vanthu.documents import queries
from vanthu.documents.queries import Seen
from vanthu.documents.states import Channel, IncomingState, Medium
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.tasks import queries as tasks
from vanthu.web.api.schemas import Coded
from vanthu.web.incoming.rows import given_to

if TYPE_CHECKING:
    from vanthu.documents.models import IncomingEntry
    from vanthu.kernel.files.models import Attachment
    from vanthu.tasks.models import Instruction, Task


class EntryRow(Schema):
    """Một dòng văn bản đến. Văn bản hạn chế mà khoá không được xem nội dung có `masked` = true."""

    id: int = Field(examples=[2318])
    url: str = Field(examples=["/incoming/2318/"], description="Trang của văn bản trên web.")
    arrival_number: int | None = Field(examples=[412], description="Số đến; null khi chưa vào sổ.")
    arrived_on: date | None = Field(description="Ngày đến.")
    arrived_at: datetime = Field(description="Lúc tới cơ quan (UTC).")
    kind: Coded = Field(description="Tên loại văn bản.")
    symbol: str = Field(examples=["125/CAT-PV01"], description="Số, ký hiệu.")
    issued_on: date | None = Field(description="Ngày văn bản.")
    issuer: str = Field(examples=["Công an tỉnh Bắc Ninh"])
    subject: str = Field(description="Trích yếu.")
    urgency: int = Field(description="0 thường, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc.")
    state: Coded = Field(examples=[{"code": "directed", "name": "Đang giải quyết"}])
    mine: str = Field(
        examples=["to_do"], description="Trạng thái với chính tôi: to_do, to_read, to_direct, to_assign…"
    )
    due_on: date | None = Field(description="Hạn giải quyết.")
    lead: str = Field(examples=["Lê Quang Khải"], description="Người hoặc đơn vị chủ trì.")
    restricted: bool
    masked: bool


class FileRef(Schema):
    """Một tệp; tải ở `GET /files/{id}`."""

    id: UUID4
    name: str = Field(examples=["cong-van-125.pdf"])
    role: str = Field(examples=["main"])
    media_type: str = Field(examples=["application/pdf"])
    size: int = Field(description="Byte.")
    pages: int | None


class InstructionOut(Schema):
    """Ý kiến chỉ đạo, bút phê."""

    author: str
    author_title: str
    behalf_of: str = Field(description="Thay ai, khi được ủy quyền.")
    text: str
    written_at: datetime


class TaskOut(Schema):
    """Việc đã giao trên văn bản này."""

    id: int
    parent_id: int | None
    assignee: str
    role: Coded
    state: Coded
    due_on: date | None
    given_at: datetime
    done_at: datetime | None
    result: str


class Act(Schema):
    """Một dòng lịch sử."""

    at: datetime
    actor: str
    behalf_of: str
    verb: str = Field(examples=["documents.registered"])
    note: str = Field(examples=["vào sổ văn bản đến, số đến 412"])


class Entry(EntryRow):
    """Văn bản đến với mọi trường, tệp, ý kiến, việc và lịch sử."""

    signer_name: str
    signer_title: str
    pages: int | None
    medium: Coded
    channel: Coded
    remark: str
    signature: str = Field(
        description="Kết quả kiểm tra chữ ký số: valid, invalid, unknown, unsigned hoặc rỗng."
    )
    returned_reason: str
    closing_note: str
    files: list[FileRef]
    instructions: list[InstructionOut]
    tasks: list[TaskOut]
    history: list[Act]


def row(seen: "Seen[IncomingEntry]", given: "Sequence[Task]") -> EntryRow:
    """The line of an entry."""
    return EntryRow(**_row(seen, given))


def _row(seen: "Seen[IncomingEntry]", given: "Sequence[Task]") -> dict[str, Any]:
    entry, mine = seen.entry, seen.participant
    return {
        "id": entry.pk,
        "url": reverse("entry", args=[entry.pk]),
        "arrival_number": entry.arrival_number,
        "arrived_on": entry.arrived_on,
        "arrived_at": entry.arrived_at,
        "kind": Coded(code=entry.kind, name=entry.kind_name),
        "symbol": entry.symbol,
        "issued_on": entry.issued_on,
        "issuer": entry.issuer_name,
        "subject": entry.subject,
        "urgency": entry.urgency,
        "state": Coded(code=entry.state, name=IncomingState(entry.state).label),
        "mine": mine.state,
        "due_on": mine.due_on or entry.due_on,
        "lead": given_to(given),
        "restricted": entry.restricted,
        "masked": seen.sight.masked,
    }


def whole(seen: "Seen[IncomingEntry]", by: Actor) -> Entry:
    """Everything the actor may see of an entry. Five queries at most, whatever hangs on it."""
    entry, open_ = seen.entry, not seen.sight.masked
    held = queries.document_files([entry.document_id]) if seen.sight.files else {}
    given = tasks.tasks_of("in", entry.pk)
    return Entry(
        **_row(seen, given),
        signer_name=entry.signer_name,
        signer_title=entry.signer_title,
        pages=entry.pages,
        medium=Coded(code=entry.medium, name=Medium(entry.medium).label),
        channel=Coded(code=entry.channel, name=Channel(entry.channel).label),
        remark=entry.remark,
        signature=entry.signature_verdict,
        returned_reason=entry.returned_reason,
        closing_note=entry.closing_note,
        files=[file_ref(one) for one in held.get(entry.document_id, [])],
        instructions=[_instruction(one) for one in tasks.instructions("in", entry.pk)] if open_ else [],
        tasks=[task_out(one) for one in given] if open_ else [],
        history=[act(one) for one in ledger.history(entry)] if open_ else [],
    )


def file_ref(attachment: "Attachment") -> FileRef:
    """A file of a document, as programs know it."""
    file = attachment.file
    return FileRef(
        id=attachment.pk,
        name=attachment.name,
        role=attachment.role,
        media_type=file.media_type,
        size=file.size,
        pages=file.page_count,
    )


def _instruction(one: "Instruction") -> InstructionOut:
    return InstructionOut(
        author=one.author.full_name,
        author_title=one.author_title,
        behalf_of=one.behalf_of,
        text=one.text,
        written_at=one.written_at,
    )


def task_out(one: "Task") -> TaskOut:
    """A task with the words of its role and state."""
    return TaskOut(
        id=one.pk,
        parent_id=one.parent_id,
        assignee=one.person.full_name if one.person else one.unit.name if one.unit else "",
        role=Coded(code=one.role, name=one.get_role_display()),
        state=Coded(code=one.state, name=one.get_state_display()),
        due_on=one.due_on,
        given_at=one.given_at,
        done_at=one.done_at,
        result=one.result,
    )


def act(one: ledger.Act) -> Act:
    """A row of a history."""
    return Act(at=one.at, actor=one.actor_name, behalf_of=one.behalf_of, verb=one.verb, note=one.note)
