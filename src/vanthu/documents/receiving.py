"""What is not ours: passing on a document that was delivered to the wrong place. Decree 30/2020, article 21."""

from dataclasses import dataclass

from django.db import transaction

from vanthu.documents import actions, queries
from vanthu.documents.models import Document, IncomingEntry
from vanthu.documents.states import INCOMING, Channel
from vanthu.kernel import ledger, moves, participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.participants import Item, Owner
from vanthu.kernel.refusals import Invalid
from vanthu.organisations import queries as organisations


@dataclass(frozen=True, slots=True, kw_only=True)
class RightPlace:
    """Where a misdirected document belongs: an office of the sector, or a body outside by its name; and why."""

    office_id: int | None = None
    name: str = ""
    note: str


@dataclass(frozen=True, slots=True)
class _Place:
    office_id: int | None
    name: str


@transaction.atomic
def pass_on(pk: int, right: RightPlace, *, by: Actor) -> IncomingEntry:
    """Pass a waiting document on to where it belongs; it takes no number here.

    Inside the sector it lies in the other inbox at once and its sender is told; outside only the note remains.
    Raises `Invalid`, and `Conflict` when a colleague was first.
    """
    seen = queries.incoming(pk, by, lock=True)
    place = _place(right, by)
    entry, note = seen.entry, right.note.strip()[:500]
    moves.make(
        INCOMING, "return", entry, by=by, also={"returned_reason": note, "passed_to": place.name[:200]}
    )
    participants.move(Item("in", pk), Owner("o", entry.office_id), state=entry.state)
    fresh = _deliver(pk, place.office_id) if place.office_id else None
    ledger.record(
        "documents.passed_on",
        entry,
        by=by,
        changes={
            "passed_to": ("", place.name),
            "office_id": (None, place.office_id),
            "entry_id": (None, fresh.pk if fresh else None),
        },
        note=f"chuyển tiếp văn bản gửi nhầm đến {place.name}: {note}",
        power="return",
    )
    return entry


def _place(right: RightPlace, by: Actor) -> _Place:
    wrong = {}
    if len(right.note.strip()) < 5:
        wrong["note"] = "Ghi vì sao chuyển tiếp, ví dụ “thuộc thẩm quyền của VKSND khu vực 7”."
    if right.office_id == by.office_id:
        wrong["to"] = "Đây là cơ quan của anh/chị. Chọn nơi nhận đúng."
    if right.office_id is None and len(right.name.strip()) < 3:
        wrong["to"] = "Chọn cơ quan trong ngành, hoặc ghi tên cơ quan ngoài ngành."
    if wrong:
        raise Invalid(fields=wrong)
    if right.office_id is None:
        return _Place(None, right.name.strip())
    office = organisations.office(right.office_id)
    if office.room_id != by.room_id:
        raise Invalid(fields={"to": "Văn bản thực hành không ra khỏi phòng thực hành. Chọn cơ quan ở đây."})
    if not office.valid_on(today()):
        raise Invalid(fields={"to": f"{office.short_name} không còn hoạt động. Chọn cơ quan kế thừa."})
    return _Place(office.pk, office.short_name)


def _deliver(pk: int, office_id: int) -> IncomingEntry:
    whole = IncomingEntry.objects.get(pk=pk)  # the clerk may see it masked
    document = Document.objects.get(pk=whole.document_id)
    verdict = {**whole.signature_report, "verdict": whole.signature_verdict}
    # what came over the axis came so to the right place too: its sender outside still hears of it
    channel = Channel.AXIS if whole.channel == Channel.AXIS else Channel.INTERNAL
    return actions.deliver(document, channel=channel, office_ids=[office_id], verdict=verdict)[office_id]
