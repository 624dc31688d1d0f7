"""Seals and secret-key devices change hands on paper: every verb writes a record that can be printed.

Decree 30/2020/NĐ-CP, article 32: the head gives them to the clerk; they go to another person only with a written
permission, and every hand-over has its minutes (biên bản).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Max

from vanthu.kernel import ledger, moves
from vanthu.kernel.calendar import now, today
from vanthu.kernel.idempotency import once
from vanthu.kernel.refusals import Invalid, NotAllowed, NotFound
from vanthu.organisations import queries as organisations
from vanthu.organisations.powers import Role
from vanthu.signing.custody_models import CustodyItem, CustodyRecord
from vanthu.signing.custody_states import CUSTODY, DEVICES, CustodyAct, CustodyKind, CustodyState

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from vanthu.kernel.actor import Actor

KEEPERS = ("number", "administer")
_NOT_A_KEEPER = "Chỉ văn thư và quản trị ghi sổ con dấu, thiết bị lưu khóa bí mật. Đề nghị văn thư ghi giúp."
_STATE_ACTS = {
    CustodyAct.LOSE: "báo mất", CustodyAct.FIND: "tìm thấy", CustodyAct.DAMAGE: "báo hỏng",
    CustodyAct.REPAIR: "nhận lại sau khi sửa", CustodyAct.SURRENDER: "nộp lại nơi cấp", CustodyAct.GIVE_BACK: "thu về",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A seal or device that comes into the office; `owner_id` the person whose own device it is."""

    kind: str
    number: str
    name: str
    received_on: date
    received_from: str
    owner_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """To whom it goes on which day, with which permission, in which condition."""

    to_id: int
    done_on: date
    permission: str = ""
    condition: str = ""


def require_keeper(by: Actor) -> None:
    """Raise `NotAllowed` unless the actor keeps the register."""
    if not any(by.may(power) for power in KEEPERS):
        raise NotAllowed(_NOT_A_KEEPER)
    by.refuse_practice("Trong thực hành không có con dấu thật. Rời thực hành để ghi sổ của cơ quan.")


def receive(given: Received, *, by: Actor, key: str = "") -> CustodyItem:
    """Enter a seal or device into the register. Raises `Invalid` for one that stands there already."""
    require_keeper(by)
    return once(
        key, "custody.receive", lambda: _receive(given, by), lambda pk: CustodyItem.objects.get(pk=pk), by=by
    )


@transaction.atomic
def _receive(given: Received, by: Actor) -> CustodyItem:
    _check_day(given.received_on, "received_on")
    if given.owner_id is not None:
        if given.kind not in DEVICES:
            raise Invalid(fields={"owner": "Con dấu là của cơ quan. Để trống ô này."})
        _member(given.owner_id, by, "owner")
    item = CustodyItem(
        office_id=by.office, kind=given.kind, number=given.number, name=given.name, owner_id=given.owner_id,
        received_on=given.received_on, received_from=given.received_from, since_on=given.received_on,
        note=given.note,
    )  # fmt: skip
    try:
        with transaction.atomic():
            item.save()
    except IntegrityError as error:
        raise Invalid(
            fields={"number": "Số này đã có trong sổ. Mở dòng đã có, hoặc kiểm tra lại số."}
        ) from error
    _write(item, CustodyAct.RECEIVE, given.received_on, by, condition=given.note)
    return item


@transaction.atomic
def hand_over(pk: int, given: HandOver, *, by: Actor) -> CustodyRecord:
    """Give it to a person; from whoever has it. Raises `Invalid` for what is missing, `Conflict` for what is gone.

    Nobody but the clerk gets a seal or the office's device without a written permission.
    """
    item = held_for_change(pk, by)
    _check_day(given.done_on, "done_on", since=item.since_on)
    roles = _member(given.to_id, by, "to")
    if given.to_id == item.holder_id:
        raise Invalid(fields={"to": "Người này đang giữ rồi. Chọn người nhận khác."})
    if item.owner_id not in (None, given.to_id):
        raise Invalid(fields={"to": "Thiết bị cá nhân chỉ giao cho chính chủ; khóa bí mật không dùng chung."})
    if item.owner_id is None and Role.CLERK not in roles and not given.permission:
        raise Invalid(
            fields={
                "permission": "Ghi văn bản cho phép: ngoài văn thư, chỉ giao khi người có thẩm quyền cho phép"
                " bằng văn bản (Nghị định 30/2020, Điều 32)."
            }
        )
    before = item.holder_id
    also = {"holder_id": given.to_id, "since_on": given.done_on}
    moves.make(CUSTODY, "hand", item, by=by, also=also)
    return _write(
        item, CustodyAct.HAND_OVER, given.done_on, by,
        giver=before, receiver=given.to_id, permission=given.permission, condition=given.condition,
    )  # fmt: skip


@transaction.atomic
def change(pk: int, act: str, *, done_on: date, condition: str, by: Actor) -> CustodyRecord:
    """It comes back, is lost or found, damaged or repaired, or goes back to who issued it.

    Raises `Invalid` without a word on how it happened where the law wants a report, `Conflict` when it is elsewhere.
    """
    if act not in _STATE_ACTS:
        raise NotFound()
    item = held_for_change(pk, by)
    _check_day(done_on, "done_on", since=item.since_on)
    if act != CustodyAct.GIVE_BACK and not condition.strip():
        raise Invalid(fields={"condition": "Ghi rõ việc xảy ra thế nào, đã báo ai, nộp cho ai."})
    before = item.holder_id
    moves.make(CUSTODY, act, item, by=by, also={"holder_id": None, "since_on": done_on})
    return _write(item, act, done_on, by, giver=before, condition=condition.strip())


@transaction.atomic
def count(present: Collection[int], notes: Mapping[int, str], *, done_on: date, by: Actor) -> int:
    """An inventory: a record for each item that is not gone, whether it was there; returns how many were missing."""
    require_keeper(by)
    _check_day(done_on, "done_on")
    rows = CustodyItem.objects.select_for_update(of=("self",)).filter(office__in=by.own_offices)
    missing = 0
    for item in rows.exclude(state__in=(CustodyState.SURRENDERED, CustodyState.LOST)).order_by("pk"):
        there = item.pk in present
        missing += not there
        words = filter(None, ("có đủ" if there else "không thấy", notes.get(item.pk, "").strip()))
        _write(item, CustodyAct.COUNT, done_on, by, giver=item.holder_id, condition="; ".join(words))
        item.counted_on = done_on
        item.save(update_fields=["counted_on"])
    return missing


def held_for_change(pk: int, by: Actor) -> CustodyItem:
    """The item, locked until commit; raises `NotFound` for another office's, `NotAllowed` for who may only read."""
    require_keeper(by)
    found = (
        CustodyItem.objects.select_for_update(of=("self",))
        .select_related("holder", "owner")
        .filter(pk=pk, office__in=by.own_offices)
        .first()
    )
    if found is None:
        raise NotFound("Không có con dấu, thiết bị này trong sổ. Mở lại sổ theo dõi.")
    return found


def _write(
    item: CustodyItem,
    act: str,
    done_on: date,
    by: Actor,
    *,
    giver: int | None = None,
    receiver: int | None = None,
    permission: str = "",
    condition: str = "",
) -> CustodyRecord:
    organisations.hold_office(by.office)
    of_year = CustodyRecord.objects.filter(item__office__in=by.own_offices, year=done_on.year)
    last = of_year.aggregate(last=Max("number"))["last"] or 0
    record = CustodyRecord.objects.create(
        item=item, act=act, year=done_on.year, number=last + 1, done_on=done_on, giver_id=giver,
        receiver_id=receiver, permission=permission.strip(), condition=condition[:500],
        recorded_by_id=by.person_id, recorded_at=now(),
    )  # fmt: skip
    record.refresh_from_db()
    ledger.record(
        f"signing.custody_{CustodyAct(act).name.lower()}", item, by=by, note=_sentence(item, record)
    )
    return record


def _sentence(item: CustodyItem, record: CustodyRecord) -> str:
    what = f"{CustodyKind(item.kind).label.lower()} số {item.number}"
    on = f"ngày {record.done_on:%d/%m/%Y}"
    if record.act == CustodyAct.RECEIVE:
        return f"tiếp nhận {what} từ {item.received_from} {on}"
    if record.act == CustodyAct.HAND_OVER:
        name = record.receiver.full_name if record.receiver else ""
        return f"bàn giao {what} cho {name} {on}"
    if record.act == CustodyAct.COUNT:
        return f"kiểm kê {what} {on}: {record.condition}"
    told = f" ({record.condition})" if record.condition else ""
    return f"{_STATE_ACTS[CustodyAct(record.act)]} {what} {on}{told}"


def _member(person_id: int, by: Actor, field: str) -> set[str]:
    """The roles of a colleague; raises `Invalid` for a stranger."""
    posts = organisations.valid_posts(person_id=person_id, office_id=by.office)
    if not posts:
        raise Invalid(fields={field: "Chọn người đang giữ chức vụ trong cơ quan."})
    return {post.role for post in posts}


def _check_day(day: date, field: str, since: date | None = None) -> None:
    if day > today():
        raise Invalid(fields={field: "Ngày này chưa tới. Ghi ngày đã làm."})
    if since is not None and day < since:
        raise Invalid(fields={field: f"Lần ghi trước là ngày {since:%d/%m/%Y}. Chọn từ ngày đó trở đi."})
