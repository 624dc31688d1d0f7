"""Plan a change of the organisation, divide what it splits, cancel it before its day.

Offices are changed by the administrator of an office above them, units by the administrator of their office.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from vanthu.kernel import ledger, moves
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now, today
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.kernel.vietnamese import nfc
from vanthu.organisations import queries
from vanthu.organisations.change_models import Change, ChangeLine, Successor
from vanthu.organisations.change_states import CHANGES, TO_COME, ChangeKind, ChangeState
from vanthu.organisations.models import Level, Office, Post, Unit

LEVELS = Level.choices  # (code, name) of the levels of the sector
CODE = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Heir:
    """Who takes over: an office or unit that exists (its id), or the names of a new one.

    Of a renaming the new names; of a move the office above (or, of a unit, the office that it goes to) as `parent_id`.
    """

    existing_id: int | None = None
    name: str = ""
    short_name: str = ""
    code: str = ""
    place: str = ""
    level: str = ""
    parent_id: int | None = None
    head_id: int | None = None
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """A change as it is planned: `predecessors` are ids of offices, or of units with `of_units`."""

    kind: str
    of_units: bool
    effective_on: date
    basis: str
    basis_on: date
    predecessors: Sequence[int]
    heirs: Sequence[Heir]


type Thing = Office | Unit


@transaction.atomic
def plan(wish: Wish, *, by: Actor) -> Change:
    """Plan a change for its day. Raises `Invalid` with what is wrong, `NotFound` for what the actor does not govern."""
    by.require("administer")
    if by.room_id is not None:
        raise NotAllowed("Ở phòng thực hành không thay đổi tổ chức. Rời phòng thực hành để làm việc này.")
    things = _things(wish, by)
    _check(wish, things)
    heirs = [_heir(one, wish, things, by) for one in wish.heirs]
    change = Change.objects.create(
        office_id=by.office,
        kind=wish.kind,
        of_units=wish.of_units,
        effective_on=wish.effective_on,
        basis=nfc(wish.basis),
        basis_on=wish.basis_on,
        planned_by_id=by.person,
        planned_name=by.name,
        planned_title=by.title,
        planned_at=now(),
    )
    for place, heir in enumerate(heirs):
        heir.change, heir.position = change, place
        heir.save()
    name = "unit" if wish.of_units else "office"
    ChangeLine.objects.bulk_create(
        ChangeLine(change=change, successor=heirs[0], **{name: thing})
        for thing in things
        if thing.pk != (heirs[0].unit_id if wish.of_units else heirs[0].office_id) or wish.kind in _IN_PLACE
    )
    names = ", ".join(thing.name for thing in things)
    ledger.record(
        "organisations.change_planned", change, by=by,
        note=f"chuẩn bị {change.label.lower()}: {names}; thành {', '.join(one.name for one in heirs)};"
        f" hiệu lực {change.effective_on:%d/%m/%Y} theo {change.basis_text}",
    )  # fmt: skip
    return change


_IN_PLACE = (ChangeKind.RENAME, ChangeKind.MOVE)


def governs(by: Actor, office: Office) -> bool:
    """Whether the actor's office stands above this one."""
    above, home = office.parent_id, queries.office(by.office)
    if home.level == Level.SUPREME:
        return office.pk != home.pk and office.room_id == home.room_id
    while above is not None:
        if above == by.office:
            return True
        above = Office.objects.values_list("parent_id", flat=True).get(pk=above)
    return False


def _things(wish: Wish, by: Actor) -> list[Thing]:
    ids = list(dict.fromkeys(wish.predecessors))
    found: list[Thing]
    if wish.of_units:
        found = list(queries.valid(Unit.objects.filter(pk__in=ids).select_related("office")).order_by("pk"))
        mine = all(
            one.office_id == by.office or governs(by, one.office) for one in found if isinstance(one, Unit)
        )
    else:
        found = list(queries.valid(Office.objects.filter(pk__in=ids).select_related("parent")).order_by("pk"))
        mine = all(governs(by, one) for one in found if isinstance(one, Office))
    if len(found) != len(ids) or not mine:
        raise NotFound("Không tìm thấy cơ quan, đơn vị này trong phạm vi quản trị. Chọn lại trong danh sách.")
    return found


def _check(wish: Wish, things: Sequence[Thing]) -> None:
    faults: dict[str, str] = {}
    if wish.kind not in ChangeKind.values:
        faults["kind"] = "Chọn loại thay đổi trong danh sách."
    if wish.effective_on < today():
        faults["effective_on"] = "Ngày hiệu lực phải từ hôm nay trở đi."
    if not nfc(wish.basis):
        faults["basis"] = "Nhập số, ký hiệu của nghị quyết, quyết định làm căn cứ."
    if wish.basis_on > wish.effective_on:
        faults["basis_on"] = "Văn bản căn cứ phải ban hành không sau ngày hiệu lực."
    if fault := _count_fault(wish, things):
        faults["predecessors"] = fault
    elif taken := _already_changing(wish, things):
        faults["predecessors"] = taken
    if faults:
        raise Invalid(fields=faults)


def _count_fault(wish: Wish, things: Sequence[Thing]) -> str:
    what = "đơn vị" if wish.of_units else "cơ quan"
    if wish.kind == ChangeKind.MERGE:
        together = {thing.pk for thing in things} | {one.existing_id for one in wish.heirs if one.existing_id}
        enough, other_offices = len(together) >= 2, len({getattr(one, "office_id", 0) for one in things}) > 1
        if not enough:
            return f"Sáp nhập cần ít nhất hai {what}."
        return "Chỉ sáp nhập các đơn vị của cùng một cơ quan." if other_offices else ""
    if len(things) != 1:
        return f"Chọn một {what}."
    if wish.kind == ChangeKind.SPLIT and len(wish.heirs) < 2:
        return f"Chia tách cần ít nhất hai {what} kế thừa."
    return ""


def _already_changing(wish: Wish, things: Sequence[Thing]) -> str:
    ids = [thing.pk for thing in things]
    kept = [one.existing_id for one in wish.heirs if one.existing_id]
    mine = Q(unit__in=ids) if wish.of_units else Q(office__in=ids)
    ending = Q(unit__in=kept) if wish.of_units else Q(office__in=kept)
    busy = (
        ChangeLine.objects.filter(mine | ending, change__state__in=TO_COME).select_related("change").first()
    )
    if busy is None:
        return ""
    day = f"{busy.change.effective_on:%d/%m/%Y}"
    return f"Đã có một thay đổi khác chờ ngày {day} cho nơi được chọn. Hủy thay đổi đó trước, hoặc chọn nơi khác."


def _heir(heir: Heir, wish: Wish, things: Sequence[Thing], by: Actor) -> Successor:
    """The successor as a row; raises `Invalid` for names that cannot be and offices that do not exist."""
    made = Successor(
        name=nfc(heir.name), short_name=nfc(heir.short_name), code=nfc(heir.code), place=nfc(heir.place),
        level=heir.level, head_id=heir.head_id, goes_on=heir.goes_on,
    )  # fmt: skip
    parent = _parent(heir, by)
    if wish.of_units:
        made.unit, made.office = _unit_heir(heir, wish, things, parent)
    else:
        made.office, made.parent = _office_heir(heir, wish, things, by), parent
    _name_by_what_is_there(made, wish, things)
    _check_names(made, wish)
    if wish.kind == ChangeKind.MOVE and parent is None:
        where = "nơi đơn vị chuyển đến" if wish.of_units else "cơ quan cấp trên mới"
        raise Invalid(fields={"parent": f"Chọn {where}."})
    _check_head(made, wish, things)
    return made


def _parent(heir: Heir, by: Actor) -> Office | None:
    if heir.parent_id is None:
        return None
    found = queries.valid(Office.objects.filter(pk=heir.parent_id)).first()
    if found is None or not (found.pk == by.office or governs(by, found)):
        raise Invalid(fields={"parent": "Chọn một cơ quan đang hoạt động trong phạm vi quản trị."})
    return found


def _unit_heir(
    heir: Heir, wish: Wish, things: Sequence[Thing], parent: Office | None
) -> tuple[Unit | None, Office]:
    home = next(thing.office for thing in things if isinstance(thing, Unit))
    if wish.kind == ChangeKind.RENAME:
        return next(thing for thing in things if isinstance(thing, Unit)), home
    if wish.kind == ChangeKind.MOVE:
        if parent is not None and parent.pk == home.pk:
            raise Invalid(fields={"parent": "Đơn vị đang thuộc cơ quan này. Chọn cơ quan khác."})
        return None, parent or home
    if heir.existing_id is None:
        return None, home
    return queries.unit(heir.existing_id, office_id=home.pk), home


def _office_heir(heir: Heir, wish: Wish, things: Sequence[Thing], by: Actor) -> Office | None:
    if wish.kind in _IN_PLACE:
        return next(thing for thing in things if isinstance(thing, Office))
    if heir.existing_id is None:
        return None
    found = queries.valid(Office.objects.filter(pk=heir.existing_id)).select_related("parent").first()
    if found is None or not governs(by, found):
        raise Invalid(fields={"heir": "Chọn một cơ quan đang hoạt động trong phạm vi quản trị."})
    if wish.kind != ChangeKind.MERGE and found.pk in {thing.pk for thing in things}:
        raise Invalid(fields={"heir": "Cơ quan kế thừa phải là cơ quan khác."})
    return found


def _name_by_what_is_there(made: Successor, wish: Wish, things: Sequence[Thing]) -> None:
    there: Thing | None = made.unit or (None if wish.of_units else made.office)
    if wish.of_units and wish.kind == ChangeKind.MOVE:
        there = things[0]
    if there is not None:
        code = there.abbreviation if isinstance(there, Unit) else there.code
        made.name, made.short_name = made.name or there.name, made.short_name or there.short_name
        made.code = made.code or code
        made.place = made.place or (there.place if isinstance(there, Office) else "")
    made.short_name = made.short_name or made.name[:80]


def _check_names(made: Successor, wish: Wish) -> None:
    longest = 12 if wish.of_units else 20
    faults = {}
    if len(made.name) < 3:
        faults["name"] = "Nhập tên đầy đủ."
    if not CODE.fullmatch(made.code) or len(made.code) > longest:
        faults["code"] = f"Nhập ký hiệu viết tắt, nhiều nhất {longest} chữ, như trong số, ký hiệu văn bản."
    rows = Office.objects.filter(name__iexact=made.name).exclude(pk=made.office_id or 0)
    if not wish.of_units and made.office_id is None and queries.valid(rows, wish.effective_on).exists():
        faults["name"] = "Đã có cơ quan mang tên này. Chọn cơ quan đó làm nơi kế thừa, hoặc đặt tên khác."
    if faults:
        raise Invalid(fields=faults)


def _check_head(made: Successor, wish: Wish, things: Sequence[Thing]) -> None:
    if made.head_id is None or wish.of_units:
        made.head_id = None
        return
    offices = [*(thing.pk for thing in things), *([made.office_id] if made.office_id else [])]
    if not queries.valid(Post.objects.filter(person=made.head_id, office__in=offices)).exists():
        raise Invalid(fields={"head": "Chọn người đang giữ chức vụ ở một trong các cơ quan này."})


def mine(pk: int, by: Actor, *, locked: bool = False) -> Change:
    """A change that the actor's office planned; raises `NotFound` for any other."""
    by.require("administer")
    rows = Change.objects.select_for_update(of=("self",)) if locked else Change.objects.all()
    found = rows.filter(pk=pk, office=by.office).first()
    if found is None:
        raise NotFound("Không tìm thấy thay đổi này. Mở lại từ trang Thay đổi tổ chức.")
    return found


@transaction.atomic
def allot(pk: int, places: Mapping[int, int], *, by: Actor) -> Change:
    """Say which part of a split gets what: {unit: successor} of an office, {post: successor} of a unit."""
    change = mine(pk, by, locked=True)
    if change.state != ChangeState.PLANNED or change.kind != ChangeKind.SPLIT:
        raise Conflict("Chỉ phân chia được khi thay đổi còn chờ ngày hiệu lực. Tải lại trang để xem.")
    known = set(change.successors.values_list("pk", flat=True))
    whole = change.lines.get(post=None, **({"office": None} if change.of_units else {"unit": None}))
    parts = parts_of(change)
    if not known.issuperset(places.values()) or not {one.pk for one in parts}.issuperset(places):
        raise Invalid("Chọn lại nơi kế thừa cho từng dòng trong danh sách.")
    name = "post" if change.of_units else "unit"
    change.lines.exclude(pk=whole.pk).delete()
    ChangeLine.objects.bulk_create(
        ChangeLine(change=change, successor_id=place, **{f"{name}_id": part})
        for part, place in places.items()
    )
    ledger.record(
        "organisations.change_divided", change, by=by, note=f"phân chia {len(places)} phần cho nơi kế thừa"
    )
    return change


@transaction.atomic
def name_head(pk: int, successor_id: int, person_id: int, *, by: Actor) -> Change:
    """Say who leads a successor from the day on; one of those who hold a post in the offices that become it."""
    change = mine(pk, by, locked=True)
    if change.state != ChangeState.PLANNED or change.of_units:
        raise Conflict(
            "Chỉ chọn được người đứng đầu khi thay đổi còn chờ ngày hiệu lực. Tải lại trang để xem."
        )
    successor = change.successors.filter(pk=successor_id).first()
    if successor is None:
        raise NotFound("Không tìm thấy cơ quan kế thừa này. Tải lại trang để xem.")
    _check_leader(person_id, successor, change)
    successor.head_id = person_id
    successor.save(update_fields=["head"])
    name = successor.head.full_name if successor.head else ""
    note = f"chọn {name} đứng đầu {successor.name}"
    ledger.record("organisations.change_head_named", change, by=by, note=note)
    return change


def _check_leader(person_id: int, successor: Successor, change: Change) -> None:
    offices = [line.office_id for line in change.lines.all() if line.office_id]
    held = Post.objects.filter(person=person_id, office__in=[*offices, successor.office_id or 0])
    if not queries.valid(held).exists():
        raise Invalid(fields={"head": "Chọn người đang giữ chức vụ ở một trong các cơ quan này."})


def parts_of(change: Change) -> Sequence[Unit | Post]:
    """What is divided by a split: the units of an office, the people of a unit."""
    line = change.lines.filter(post=None).order_by("pk").first()
    if change.kind != ChangeKind.SPLIT or line is None:
        return []
    if change.of_units:
        posts = queries.valid(Post.objects.filter(unit=line.unit_id).select_related("person"))
        return list(posts.order_by("position", "id"))
    office_id = (
        line.office_id or change.lines.filter(office__isnull=False).values_list("office", flat=True)[0]
    )
    return queries.units_of(office_id)


@transaction.atomic
def cancel(pk: int, reason: str, *, by: Actor) -> Change:
    """Cancel a planned change, with a reason."""
    change = mine(pk, by, locked=True)
    reason = nfc(reason)[:300]
    if len(reason) < 10:
        raise Invalid(fields={"reason": "Ghi lý do hủy, ít nhất 10 ký tự."})
    if change.state != ChangeState.PLANNED:
        raise Conflict("Thay đổi này đã có hiệu lực hoặc đã hủy. Tải lại trang để xem.")
    moves.make(CHANGES, "cancel", change, by=by, also={"cancelled_reason": reason, "trouble": ""})
    ledger.record(
        "organisations.change_cancelled", change, by=by, note=f"hủy {change.label.lower()}: {reason}"
    )
    return change


def due() -> list[int]:
    """Changes whose day has come, in the order in which they were planned, and those under way."""
    rows = Change.objects.filter(state__in=TO_COME, effective_on__lte=today())
    return list(rows.order_by("effective_on", "pk").values_list("pk", flat=True))


def note_trouble(pk: int, sentence: str) -> None:
    """Keep what stands in the way of a change that should have taken effect."""
    Change.objects.filter(pk=pk, state=ChangeState.PLANNED).update(trouble=sentence)
