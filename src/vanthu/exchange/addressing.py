"""Addresses of our offices on connections: given, preferred, taken away; they go to the successor of an office.

Several of one office on one connection are one that it sends under and others that still reach it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from vanthu.exchange.axis_models import OwnAddress
from vanthu.exchange.connecting import connection
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import Conflict, Invalid, NotFound
from vanthu.organisations import changing
from vanthu.organisations import queries as organisations
from vanthu.organisations.agency_codes import LONGEST, folded, forms

if TYPE_CHECKING:
    from vanthu.organisations.models import Office


MOST = 50  # addresses on one page; the others are found by typing


def addresses(connection_id: int, by: Actor, *, text: str = "", limit: int = MOST) -> Sequence[OwnAddress]:
    """The addresses on a connection by words of the office's name or the code, offices in order. One query."""
    rows = OwnAddress.objects.filter(connection=connection(connection_id, by)).select_related("office")
    for word in text.split():
        rows = rows.filter(Q(office__search_key__contains=folded(word)) | Q(folded__contains=folded(word)))
    return list(rows.order_by("office__level", "office__name", "-preferred", "folded")[:limit])


def mine(by: Actor) -> Sequence[OwnAddress]:
    """The addresses of the actor's own office. One query."""
    rows = OwnAddress.objects.filter(office=by.office).select_related("connection")
    return list(rows.order_by("connection__position", "-preferred", "folded"))


@transaction.atomic
def give(connection_id: int, office_id: int, code: str, *, preferred: bool = True, by: Actor) -> OwnAddress:
    """Give an office a code on a connection; a code that it had there before is in use again.

    By an administrator of the office or of one above. Raises `Invalid` for a code that another office has.
    """
    row, office = connection(connection_id, by), _governed(office_id, by)
    code = code.strip()
    if len(folded(code)) < 2 or len(code) > LONGEST:
        raise Invalid(fields={"code": f"Nhập mã định danh, từ 2 đến {LONGEST} ký tự, ví dụ H05.47."})
    other = OwnAddress.objects.filter(connection=row, folded__in=forms(code)).select_related("office").first()
    if other is not None and (other.office_id != office.pk or other.active):
        raise Invalid(fields={"code": f"Mã này đã là địa chỉ của {other.office.name} trên {row.name}."})
    first = not OwnAddress.objects.filter(connection=row, office=office, active=True).exists()
    made = other or OwnAddress(connection=row, office=office, folded=folded(code), code=code)
    made.active, made.preferred = True, False
    made.save()
    _record("address_given", made, by, f"đặt địa chỉ {made.code} trên {row.name} cho {office.name}")
    return _preferred(made) if preferred or first else made


@transaction.atomic
def prefer(pk: int, *, by: Actor) -> OwnAddress:
    """Let the office send under this address."""
    row = _mine(pk, by)
    if not row.active:
        raise Conflict("Địa chỉ này đã ngừng dùng. Đặt lại địa chỉ trước.")
    if not row.preferred:
        _preferred(row)
        _record(
            "address_preferred",
            row,
            by,
            f"{row.office.name} gửi đi bằng địa chỉ {row.code} trên {row.connection.name}",
        )
    return row


@transaction.atomic
def end(pk: int, *, by: Actor) -> OwnAddress:
    """Take an address out of use: packets for it no longer reach the office. Another one of it is preferred then."""
    row = _mine(pk, by)
    if not row.active:
        raise Conflict("Địa chỉ này đã ngừng dùng. Tải lại trang để xem.")
    was, row.active, row.preferred = row.preferred, False, False
    row.save(update_fields=["active", "preferred"])
    _record(
        "address_ended", row, by, f"ngừng địa chỉ {row.code} trên {row.connection.name} của {row.office.name}"
    )
    rest = OwnAddress.objects.filter(connection=row.connection_id, office=row.office_id, active=True)
    if was and (other := rest.order_by("pk").first()):
        _preferred(other)
    return row


def inherit(office_id: int, heir: Office, *, by: Actor) -> int:
    """The successor has all addresses of an office that is no more; its own stay the ones it sends under."""
    rows = list(
        OwnAddress.objects.select_for_update(of=("self",))
        .filter(office=office_id)
        .select_related("connection")
    )
    led = set(
        OwnAddress.objects.filter(office=heir, active=True, preferred=True).values_list(
            "connection", flat=True
        )
    )
    for row in rows:
        row.office = heir
        row.preferred = row.preferred and row.connection_id not in led
        row.save(update_fields=["office", "preferred"])
        _record(
            "address_inherited",
            row,
            by,
            f"địa chỉ {row.code} trên {row.connection.name} chuyển cho {heir.name}",
        )
    return len(rows)


def _preferred(row: OwnAddress) -> OwnAddress:
    OwnAddress.objects.filter(connection=row.connection_id, office=row.office_id, preferred=True).exclude(
        pk=row.pk
    ).update(preferred=False)
    row.preferred = True
    row.save(update_fields=["preferred"])
    return row


def _governed(office_id: int, by: Actor) -> Office:
    """An office whose addresses the actor may set: their own or one below."""
    by.require("administer")
    office = organisations.office(office_id)
    if office.room_id is not None or not (office.pk == by.office or changing.governs(by, office)):
        raise NotFound("Không tìm thấy cơ quan này trong phạm vi quản trị. Chọn lại trong gợi ý.")
    return office


def _mine(pk: int, by: Actor) -> OwnAddress:
    by.require("administer")
    row = (
        OwnAddress.objects.select_for_update(of=("self",))
        .select_related("office", "connection")
        .filter(pk=pk)
        .first()
    )
    if row is None:
        raise NotFound("Không tìm thấy địa chỉ này. Tải lại trang.")
    _governed(row.office_id, by)
    return row


def _record(verb: str, row: OwnAddress, by: Actor, note: str) -> None:
    ledger.record(f"exchange.{verb}", row, by=by, office_id=row.office_id, note=note)
