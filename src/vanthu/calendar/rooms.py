"""Rooms and cars of an office: added and changed by who draws up its schedule."""

from django.db import IntegrityError, transaction

from vanthu.calendar import queries
from vanthu.calendar.models import Resource
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import Invalid

_WHO = "Văn thư hoặc Chánh Văn phòng quản lý phòng họp và xe. Đề nghị họ thực hiện."


@transaction.atomic
def add(kind: str, name: str, *, seats: int | None = None, note: str = "", by: Actor) -> Resource:
    """A room or a car that people may book; raises `Invalid` for a name that is there already."""
    by.require("schedule", _WHO)
    row = Resource(office_id=by.office, kind=kind, name=name.strip(), seats=seats, note=note.strip())
    _save(row)
    ledger.record(
        "calendar.resource_added", row, by=by, note=f"thêm {row.get_kind_display().lower()} {row.name}"
    )
    return row


@transaction.atomic
def change(
    pk: int, *, name: str, seats: int | None = None, note: str = "", in_use: bool = True, by: Actor
) -> Resource:
    """Rename it, or lend it no more (what is booked stays booked)."""
    by.require("schedule", _WHO)
    row = queries.resource(pk, by)
    before = {"name": row.name, "seats": row.seats, "note": row.note, "in_use": row.in_use}
    row.name, row.seats, row.note, row.in_use = name.strip(), seats, note.strip(), in_use
    _save(row)
    changes = {key: (old, getattr(row, key)) for key, old in before.items() if old != getattr(row, key)}
    ledger.record(
        "calendar.resource_changed",
        row,
        by=by,
        changes=changes,
        note=f"sửa {row.get_kind_display().lower()} {row.name}",
    )
    return row


def _save(row: Resource) -> None:
    if len(row.name) < 2 or row.kind not in Resource.Kind.values:
        raise Invalid(fields={"name": "Nhập tên phòng họp hoặc xe, ví dụ: Phòng họp tầng 3; Xe 99A-012.34."})
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Invalid(fields={"name": "Đã có phòng hoặc xe mang tên này. Đặt tên khác."}) from None
