"""The retention schedule in use: the sector's lines, each as this office has it. Decree 30/2020/NĐ-CP, Phụ lục V.

An office may keep records longer than the sector says, and add groups that the sector does not name; never shorter.
Whoever takes over records (lưu trữ) or approves keeps the table; that of the sector is kept at its highest office.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Max, Q

from vanthu.dossiers import retention
from vanthu.dossiers.retention_models import Period
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.organisations import queries as organisations
from vanthu.organisations.names import key_of

MOST_LINES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """A line as somebody fills it."""

    group: str
    title: str
    years: int | None = None
    until: str = ""
    basis: str = ""
    confirmed: bool = False


def may_change(by: Actor) -> bool:
    """Whether the actor keeps the schedule of their office."""
    return by.office_id is not None and (by.may("take_over") or by.may("approve"))


def of_sector(by: Actor) -> bool:
    """Whether what the actor changes holds for every office."""
    return organisations.office(by.office).parent_id is None


def lines(office_id: int) -> list[Period]:
    """The schedule of an office in its order: what it made stricter stands in the place of the sector's. One query."""
    rows = Period.objects.filter(Q(office_id=None) | Q(office_id=office_id), dropped_on=None).select_related(
        "of"
    )
    found = list(rows.order_by("position", "pk"))
    stricter = {one.of_id for one in found if one.of_id}
    shown = [one for one in found if one.pk not in stricter]
    return sorted(shown, key=lambda one: (one.of.position if one.of else one.position, one.of_id or one.pk))


def line(pk: int, office_id: int) -> Period:
    """A line that the office uses; raises `NotFound`."""
    rows = Period.objects.filter(Q(office_id=None) | Q(office_id=office_id), pk=pk, dropped_on=None)
    found = rows.select_related("of").first()
    if found is None:
        raise NotFound("Dòng này không còn trong bảng thời hạn. Tải lại trang để xem.")
    return found


def settle(years: int | None, period_id: int | None, office_id: int) -> tuple[int | None, Period | None]:
    """(years, line) of a dossier that somebody describes: without years those of the line, never fewer than it says.

    Raises `Invalid` on `retention`.
    """
    if not retention.allowed(years):
        raise Invalid(fields={"retention": "Chọn thời hạn bảo quản: vĩnh viễn, hoặc từ 2 đến 70 năm."})
    if period_id is None:
        return years, None
    period = line(period_id, office_id)
    if years is None:
        return period.least, period
    if retention.shorter(years, period.least):
        raise Invalid(fields={"retention": too_short(period)})
    return years, period


def too_short(period: Period) -> str:
    """Why a period cannot be taken."""
    least = retention.name(period.least).lower()
    return f"Bảng thời hạn ghi “{period.title}” ít nhất {least}. Chọn {least} trở lên."


@transaction.atomic
def set_line(fields: Fields, *, pk: int | None = None, by: Actor) -> Period:
    """Add a line, or change one; an office that changes a line of the sector gets one of its own in its place.

    Raises `Invalid` per field, `NotAllowed`.
    """
    require_keeper(by)
    organisations.hold_office(by.office)
    fields = _tidy(fields)
    office_id = None if of_sector(by) else by.office
    known = line(pk, by.office) if pk else None
    above = (known.of or known) if known and office_id and (known.of_id or known.office_id is None) else None
    _check(fields, above, office_id, but=known)
    if known is None or (office_id and known.office_id is None):
        return _added(fields, above, office_id, by)
    return _changed(known, fields, by)


def require_keeper(by: Actor) -> None:
    """Raise `NotAllowed` for whoever does not keep the schedule."""
    if not may_change(by):
        raise NotAllowed("Bảng thời hạn do lưu trữ viên hoặc lãnh đạo cơ quan sửa. Đề nghị họ thực hiện.")


def _tidy(fields: Fields) -> Fields:
    words = {name: getattr(fields, name).strip() for name in ("group", "title", "until", "basis")}
    return replace(fields, **words)


def _check(fields: Fields, above: Period | None, office_id: int | None, *, but: Period | None) -> None:
    wrong = {}
    for name, least, most in (("group", 2, 100), ("title", 5, 300), ("until", 0, 100), ("basis", 0, 200)):
        if not least <= len(getattr(fields, name)) <= most:
            wrong[name] = f"Ghi từ {least} đến {most} ký tự."
    if fields.years is None and not fields.until:
        wrong["years"] = "Chọn thời hạn, hoặc ghi đến khi nào thì hết thời hạn."
    elif fields.years is not None and fields.until:
        wrong["until"] = "Đã chọn số năm thì để trống ô này."
    elif not retention.allowed(fields.years):
        wrong["years"] = "Chọn vĩnh viễn, hoặc từ 2 đến 70 năm."
    fewest = above.years if above and not wrong else None
    if fewest is not None and (fields.years is None or retention.shorter(fields.years, fewest)):
        wrong["years"] = f"Ngành quy định ít nhất {retention.name(fewest).lower()}; cơ quan chỉ được dài hơn."
    if not wrong and _twin(fields, above, office_id, but):
        wrong["title"] = "Nhóm này đã có dòng cùng tên. Sửa dòng đó, hoặc đặt tên khác."
    if wrong:
        raise Invalid(fields=wrong)


def _twin(fields: Fields, above: Period | None, office_id: int | None, but: Period | None) -> bool:
    known = {one.pk for one in (above, but) if one}
    rows = Period.objects.filter(
        Q(office_id=None) | Q(office_id=office_id), dropped_on=None, group=fields.group
    )
    return any(
        key_of(title) == key_of(fields.title)
        for pk, title in rows.values_list("pk", "title")
        if pk not in known
    )


def _added(fields: Fields, above: Period | None, office_id: int | None, by: Actor) -> Period:
    last = Period.objects.filter(group=fields.group).aggregate(last=Max("position"))["last"]
    if last is None:
        last = (Period.objects.aggregate(last=Max("position"))["last"] or 0) + 1
    made = Period.objects.create(
        office_id=office_id, of=above, group=above.group if above else fields.group,
        title=above.title if above else fields.title, position=above.position if above else last,
        years=fields.years, until=fields.until, basis=fields.basis, confirmed=fields.confirmed,
    )  # fmt: skip
    before = above.name if above else ""
    what = f"đổi thời hạn “{made.title}” từ {before.lower()} thành" if above else f"thêm “{made.title}”:"
    ledger.record(
        "dossiers.period_set",
        made,
        by=by,
        changes={"period": (before, made.name)},
        note=f"{what} {made.name.lower()}",
    )
    return made


def _changed(known: Period, fields: Fields, by: Actor) -> Period:
    own = () if known.of_id else ("group", "title")
    names = (*own, "years", "until", "basis", "confirmed")
    changes = {
        name: (getattr(known, name), getattr(fields, name))
        for name in names
        if getattr(known, name) != getattr(fields, name)
    }
    if not changes:
        return known
    before = known.name
    for name, (_, value) in changes.items():
        setattr(known, name, value)
    known.save(update_fields=list(changes))
    became = f": {before.lower()} thành {known.name.lower()}" if before != known.name else ""
    checked = ", đã thẩm định" if changes.get("confirmed", (False, False))[1] else ""
    ledger.record(
        "dossiers.period_set",
        known,
        by=by,
        changes=changes,
        note=f"sửa thời hạn “{known.title}”{became}{checked}",
    )
    return known


@transaction.atomic
def drop_line(pk: int, *, by: Actor) -> None:
    """Take a line out: an office's own, or at the highest office one of the sector. Dossiers keep their periods."""
    require_keeper(by)
    found = line(pk, by.office)
    if found.office_id is None and not of_sector(by):
        raise Conflict("Dòng này của ngành; cơ quan chỉ bỏ được dòng do mình đặt.")
    own = Q(pk=pk) | Q(of=pk)
    Period.objects.filter(own, dropped_on=None).update(dropped_on=today())
    ledger.record("dossiers.period_dropped", found, by=by, note=f"bỏ “{found.title}” khỏi bảng thời hạn")


@transaction.atomic
def import_lines(rows: Sequence[Fields], *, by: Actor) -> tuple[int, int]:
    """Take lines from a table that was read; (added, changed). A line of the same group and name is changed."""
    known = {(key_of(one.group), key_of(one.title)): one for one in lines(by.office)}
    added = changed = 0
    for number, fields in enumerate(rows, start=1):
        there = known.get((key_of(fields.group.strip()), key_of(fields.title.strip())))
        if there and _same(there, fields):
            continue
        try:
            set_line(fields, pk=there.pk if there else None, by=by)
        except Invalid as refusal:
            why = next(iter(refusal.fields.values()), refusal.message)
            raise Invalid(f"Dòng {number}, “{fields.title}”: {why} Chưa nhập dòng nào.") from refusal
        added, changed = added + (there is None), changed + (there is not None)
    return added, changed


def _same(one: Period, fields: Fields) -> bool:
    names = ("years", "until", "basis", "confirmed")
    return all(getattr(one, name) == getattr(fields, name) for name in names)
