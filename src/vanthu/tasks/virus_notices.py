"""A virus was found in a file that an office has kept: who looks after the office, and who has the file, is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vanthu.documents import holding
from vanthu.dossiers import queries as dossiers
from vanthu.kernel.files import locking
from vanthu.kernel.participants import Item
from vanthu.organisations import queries as organisations
from vanthu.organisations.powers import Role
from vanthu.tasks import notices
from vanthu.tasks.models import Instruction, Task

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vanthu.kernel.ledger import Event

KINDS = {
    "in": "virus_in", "out": "virus_out", "draft": "virus_draft", "stack": "virus_stack", "dossier": "virus_doss",
    "task": "virus_task",
}  # fmt: skip
_WHERE = {
    "in": "văn bản đến", "out": "văn bản đi", "draft": "dự thảo", "stack": "tập quét", "dossier": "hồ sơ",
    "task": "việc được giao",
}  # fmt: skip
_WHAT_TO_DO = (
    "Tệp đã khóa: không ai mở, gửi được. Xin nơi gửi, người soạn gửi lại tệp sạch; máy nào đã mở tệp thì ngắt mạng,"
    " báo quản trị kiểm tra."
)


def know_holders() -> None:
    """In what the files are shown that the rooms from here downward hold; called only by `config.wiring`."""
    locking.know("document", holding.of_document)
    locking.know("mail", holding.of_mail)
    locking.know("stack", holding.of_stack)
    locking.know("paper", dossiers.holding_paper)
    locking.know("task", lambda pk: Task.objects.filter(pk=pk))
    locking.know("instruction", _of_instruction)


def _of_instruction(pk: int) -> Iterable[Any]:
    entries = Instruction.objects.filter(pk=pk, item_kind_of="in").values_list("item_id_of", flat=True)
    return [one for entry_id in entries for one in holding.incoming(entry_id)]


def on_locked(event: Event) -> None:
    """Once for each thing that holds the file. Its name is not said: it may tell what is restricted."""
    roles = (Role.CLERK, Role.ADMINISTRATOR)
    people = {post.person_id for post in organisations.posts_with_role(event.office_id, *roles)}
    people |= notices.holders(Item(event.item_kind, event.item_id))
    if isinstance(event.subject, Task):
        people |= {event.subject.given_by_id, *notices.doers(event.subject)}
    virus = event.changes["virus"][1]
    notices.tell_about(
        event.item_id,
        KINDS[event.item_kind],
        f"Phát hiện mã độc ({virus}) trong tệp của {_WHERE[event.item_kind]}. {_WHAT_TO_DO}",
        sorted(people),
        office_id=event.office_id,
    )
