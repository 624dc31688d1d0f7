"""What follows in an office when a secret mark was found on what it holds: work ends, those who hold it are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vanthu.documents import secret_scans
from vanthu.kernel.participants import Item
from vanthu.organisations import queries as organisations
from vanthu.organisations.powers import Role
from vanthu.tasks import notices, recalling
from vanthu.tasks.models import Task

if TYPE_CHECKING:
    from vanthu.kernel.ledger import Event

KIND = "secret"
KINDS = {
    "in": KIND, "out": "secret_out", "draft": "secret_draft", "dossier": "secret_doss", "task": "secret_task",
}  # fmt: skip
_FILES = {"dossier": "Tài liệu trong hồ sơ", "task": "Tệp kết quả của việc được giao"}
_KEEP_APART = (
    "Giao bản giấy cho người được giao giữ tài liệu mật và báo Chánh Văn phòng. Nếu máy nhận nhầm dấu: tải lại bản"
    " không có dấu."
)
_GONE = "có dấu mật: tệp và nội dung đã xóa khỏi hệ thống."


def on_found(event: Event) -> None:
    """Nobody works on it any more; clerks and the head of administration learn what to do, without a word of it."""
    recalling.close_recalled([event.item_id], secret_scans.TOMBSTONE)
    number = getattr(event.subject, "arrival_number", None)
    which = f"số đến {number}" if number else "chờ tiếp nhận"
    _tell(event, f"Văn bản {which} {_GONE} {secret_scans.WHAT_TO_DO}", _keepers(event.office_id))


def on_found_in_ours(event: Event) -> None:
    """Of a document of the office: its author, who checks or signs it and their heads learn it too."""
    people = _keepers(event.office_id) | notices.holders(Item("out", event.item_id))
    symbol = event.subject.document.symbol  # type: ignore[attr-defined]  # of an entry
    _tell(event, f"Văn bản đi {symbol} {_GONE} {secret_scans.WHAT_THE_OFFICE_DOES}", people)


def on_found_in_draft(event: Event) -> None:
    """The same of a draft; who was told of the document that came of it is not told twice."""
    people = _keepers(event.office_id) | notices.holders(Item("draft", event.item_id))
    outgoing_id = event.subject.outgoing_id  # type: ignore[attr-defined]  # of a draft
    if outgoing_id is not None:
        people -= _keepers(event.office_id) | notices.holders(Item("out", outgoing_id))
    _tell(event, f"Dự thảo {_GONE} {secret_scans.WHAT_THE_OFFICE_DOES}", people)


def on_file_erased(event: Event) -> None:
    """The same of a paper in a dossier or the result of a task."""
    people = _keepers(event.office_id) | notices.holders(Item(event.item_kind, event.item_id))
    if isinstance(event.subject, Task):
        people |= {event.subject.given_by_id, *notices.doers(event.subject)}
    _tell(event, f"{_FILES.get(event.item_kind, 'Tệp')} {_GONE} {_KEEP_APART}", people)


def _keepers(office_id: int) -> set[int]:
    posts = organisations.posts_with_role(office_id, Role.CLERK, Role.ADMINISTRATION_HEAD)
    return {post.person_id for post in posts}


def _tell(event: Event, text: str, people: set[int]) -> None:
    notices.tell_about(event.item_id, KINDS[event.item_kind], text, sorted(people), office_id=event.office_id)
