"""What follows in an office when a secret mark was found on what is in its book: work ends, the clerks are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vanthu.documents import secret_scans
from vanthu.organisations import queries as organisations
from vanthu.organisations.powers import Role
from vanthu.tasks import notices, recalling

if TYPE_CHECKING:
    from vanthu.kernel.ledger import Event

KIND = "secret"


def on_found(event: Event) -> None:
    """Nobody works on it any more; clerks and the head of administration learn what to do, without a word of it."""
    recalling.close_recalled([event.item_id], secret_scans.TOMBSTONE)
    number = getattr(event.subject, "arrival_number", None)
    which = f"số đến {number}" if number else "chờ tiếp nhận"
    people = organisations.posts_with_role(event.office_id, Role.CLERK, Role.ADMINISTRATION_HEAD)
    notices.tell_about(
        event.item_id,
        KIND,
        f"Văn bản {which} có dấu mật: tệp và nội dung đã xóa khỏi hệ thống. {secret_scans.WHAT_TO_DO}",
        sorted({post.person_id for post in people}),
        office_id=event.office_id,
    )
