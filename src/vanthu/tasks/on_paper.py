"""Offices that work half on paper: the clerk records what a leader wrote by hand, with the scan as evidence.

Only where the rules of the office (quy chế) say so (`OfficeRules.clerk_records_paper`). History and lists name both:
who directed and who recorded it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from vanthu.documents import queries as documents
from vanthu.kernel import ledger
from vanthu.kernel.calendar import today
from vanthu.kernel.files import actions as file_actions
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.refusals import Conflict, Invalid
from vanthu.organisations import queries as organisations
from vanthu.organisations.powers import Role
from vanthu.tasks import actions, queries
from vanthu.tasks.models import Instruction, Task

if TYPE_CHECKING:
    from vanthu.documents.models import IncomingEntry
    from vanthu.kernel.actor import Actor
    from vanthu.kernel.files.models import Attachment
    from vanthu.organisations.models import Post
    from vanthu.tasks.actions import Direction

LEADERS = (Role.HEAD, Role.DEPUTY, Role.ADMINISTRATION_HEAD)
_NOT_YOURS = (
    "Quy chế của cơ quan chưa cho văn thư ghi bút phê trên giấy thay lãnh đạo."
    " Đề nghị quản trị của cơ quan bật ở mục Quy chế."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handwriting:
    """Who wrote by hand, on which day, and the scans that show it (ids of uploads of the clerk)."""

    leader_id: int
    written_on: date
    scans: Sequence[UUID | str]


@transaction.atomic
def direct_on_paper(pk: int, direction: Direction, written: Handwriting, *, by: Actor) -> Instruction:
    """Enter a leader's handwritten direction (bút phê) and give its tasks in the leader's name.

    Raises as `actions.direct`, and `Invalid` without a scan or with a day that cannot be.
    """
    entry = documents.incoming(pk, by).entry
    by.require("record_paper", _NOT_YOURS)
    leader = organisations.post_of_person(written.leader_id, office_id=by.office, roles=LEADERS)
    _check(entry, written)
    instruction = actions.direct(pk, direction, by=_hand_of(leader, by))
    _name_the_leader(instruction, leader, written, by)
    for scan in written.scans:
        file_actions.attach_upload(
            scan, owner_kind="instruction", owner_id=instruction.pk, role="scan", by=by
        )
    ledger.record(
        "tasks.recorded_on_paper",
        entry,
        by=by,
        changes={"leader": (None, leader.person_id), "paper_on": (None, written.written_on)},
        note=(
            f"ghi vào hệ thống bút phê trên giấy của {leader.title} {leader.person.full_name}"
            f" ngày {written.written_on:%d/%m/%Y}, kèm bản quét"
        ),
        power="record_paper",
    )
    return instruction


def _check(entry: IncomingEntry, written: Handwriting) -> None:
    wrong = {}
    if not written.scans:
        wrong["uploads"] = "Tải lên bản quét có bút phê: đó là bằng chứng của việc ghi thay."
    if written.written_on > today():
        wrong["written_on"] = f"Ngày bút phê không được sau hôm nay ({today():%d/%m/%Y})."
    elif entry.arrived_on and written.written_on < entry.arrived_on:
        wrong["written_on"] = f"Ngày bút phê phải từ ngày đến ({entry.arrived_on:%d/%m/%Y}) trở đi."
    if wrong:
        raise Invalid(fields=wrong)


def _hand_of(leader: Post, by: Actor) -> Actor:
    """The clerk, for this one act with the leader's power: whoever reads the history sees on whose behalf."""
    powers, name = by.powers | {"direct"}, leader.person.full_name
    return replace(by, powers=powers, delegated=(*by.delegated, ("direct", name)))


def _name_the_leader(instruction: Instruction, leader: Post, written: Handwriting, by: Actor) -> None:
    """The direction and its tasks are the leader's, not the clerk's who typed them."""
    fields = {
        "author_id": leader.person_id,
        "author_title": leader.title,
        "behalf_of": "",
        "paper_on": written.written_on,
        "recorded_by_id": by.person,
    }
    for name, value in fields.items():
        setattr(instruction, name, value)
    instruction.save(update_fields=["author", "author_title", "behalf_of", "paper_on", "recorded_by"])
    Task.objects.filter(instruction=instruction).update(given_by=leader.person_id)


@transaction.atomic
def undo_direct_on_paper(pk: int, *, by: Actor) -> None:
    """The clerk takes back what they recorded by mistake, while nobody has acted on it; the scan stays with it."""
    entry = documents.incoming(pk, by).entry
    by.require("record_paper", _NOT_YOURS)
    recorded = [one for one in queries.instructions("in", pk) if one.recorded_by_id == by.person]
    if not recorded:
        raise Conflict("Không có bút phê trên giấy nào do anh/chị ghi ở văn bản này.")
    leader = recorded[-1].author_id
    actions.undo_direct(pk, by=replace(by, person_id=leader))
    ledger.record(
        "tasks.unrecorded_on_paper",
        entry,
        by=by,
        note="rút lại bút phê trên giấy vừa ghi",
        power="record_paper",
    )


def evidence(instructions: Sequence[Instruction]) -> dict[int, list[Attachment]]:
    """{instruction id: scans of the handwriting} of those that were recorded from paper; at most one query."""
    recorded = [one.pk for one in instructions if one.paper_on]
    return file_queries.attachments("instruction", recorded) if recorded else {}


def may_open_evidence(instruction_id: int, by: Actor) -> bool:
    """Whether the actor may open the scan of a handwritten direction: who may open the files of the document."""
    found = Instruction.objects.filter(pk=instruction_id, item_kind_of="in").first()
    if found is None:
        return False
    entry = documents.incoming(found.item_id_of, by)
    return entry.sight.files
