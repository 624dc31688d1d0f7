"""What an administrator does about bodies outside: confirms a sender, joins it with a known body, adds a code."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.refusals import Conflict, Invalid, NotFound
from vanthu.kernel.vietnamese import nfc
from vanthu.organisations.agency_codes import LONGEST, folded
from vanthu.organisations.agency_models import Agency, AgencyCode
from vanthu.organisations.agency_names import agency_key

BY_HAND = ""  # the source of codes that people add: no list takes them back


def body(pk: int, by: Actor) -> Agency:
    """One body outside, for administrators; raises `NotFound`."""
    by.require("administer")
    found = Agency.objects.select_related("office").filter(pk=pk).first()
    if found is None:
        raise NotFound("Không tìm thấy đơn vị này. Mở lại danh sách đơn vị liên thông.")
    return found


def codes(agency: Agency) -> list[AgencyCode]:
    """Every code of a body in every list, those in use first. One query."""
    return list(AgencyCode.objects.filter(agency=agency).order_by("-active", "-current", "source", "folded"))


def unverified(by: Actor, *, limit: int = 50) -> Sequence[Agency]:
    """Senders that nobody has confirmed yet, newest first. One query."""
    by.require("administer")
    return list(Agency.objects.filter(verified=False, active=True).order_by("-changed_at", "-pk")[:limit])


def tally(by: Actor) -> tuple[int, int]:
    """(bodies in use, those that nobody has confirmed). One query."""
    by.require("administer")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE verified), count(*) FILTER (WHERE NOT verified)"
            " FROM organisations_agency WHERE active"
        )
        in_use, unknown = cursor.fetchone()
    return in_use, unknown


@transaction.atomic
def confirm(pk: int, name: str, *, by: Actor) -> Agency:
    """A sender that wrote to us is who it says it is, under this name. Raises `Conflict` where that is known."""
    found = _held(pk, by)
    name = nfc(name)
    if not 3 <= len(name) <= 500:
        raise Invalid(fields={"name": "Ghi tên đầy đủ của cơ quan, đơn vị, từ 3 ký tự."})
    if found.verified:
        raise Conflict("Đơn vị này đã được xác nhận. Tải lại trang để xem.")
    found.name, found.verified = name, True
    _keep(found, ("name", "verified"))
    ledger.record(
        "organisations.agency_confirmed", found, by=by, note=f"xác nhận đơn vị liên thông {_called(found)}"
    )
    return found


@transaction.atomic
def join(pk: int, known_id: int, *, by: Actor) -> Agency:
    """A sender that nobody knew is this body: it gets the sender's codes, as older forms; what names it stays true.

    Raises `Invalid` for a body that is the same or not confirmed itself, `Conflict` for a sender that is confirmed.
    """
    found, known = _held(pk, by), _held(known_id, by)
    if found.verified:
        raise Conflict("Chỉ gộp được đơn vị chưa xác nhận vào đơn vị đã biết.")
    if known.pk == found.pk or not known.verified:
        raise Invalid(fields={"known": "Chọn một đơn vị đã biết trong danh sách liên thông."})
    AgencyCode.objects.filter(agency=found).update(agency=known, current=False)
    found.active = False
    _keep(found, ("active",))
    known.search_key = agency_key(known.name, [known.code, *(one.code for one in codes(known))])
    _keep(known, ("search_key",))
    note = f"gộp đơn vị chưa xác nhận {_called(found)} vào {_called(known)}"
    ledger.record("organisations.agency_joined", known, by=by, note=note)
    return known


@transaction.atomic
def add_code(pk: int, code: str, *, by: Actor) -> AgencyCode:
    """One more code that names a body, such as an old one that no list has. Raises `Invalid` where another has it."""
    found = _held(pk, by)
    if not folded(code) or len(code.strip()) > LONGEST:
        raise Invalid(fields={"code": f"Nhập mã, nhiều nhất {LONGEST} ký tự."})
    other = AgencyCode.objects.select_related("agency").filter(folded=folded(code), active=True).first()
    if other is not None:
        raise Invalid(fields={"code": f"Mã này đã là của {other.agency.name}."})
    made, _ = AgencyCode.objects.update_or_create(
        source=BY_HAND,
        folded=folded(code),
        defaults={"agency": found, "code": code.strip(), "current": False, "active": True},
    )
    found.search_key = agency_key(found.name, [found.code, *(one.code for one in codes(found))])
    _keep(found, ("search_key",))
    ledger.record(
        "organisations.agency_code_added", found, by=by, note=f"thêm mã {made.code} cho {_called(found)}"
    )
    return made


def _held(pk: int, by: Actor) -> Agency:
    by.require("administer")
    by.refuse_practice("Ở phòng thực hành không sửa danh sách đơn vị liên thông.")
    found = Agency.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None:
        raise NotFound("Không tìm thấy đơn vị này. Mở lại danh sách đơn vị liên thông.")
    return found


def _keep(row: Agency, fields: tuple[str, ...]) -> None:
    row.changed_at = now()
    if "name" in fields:
        row.search_key = agency_key(row.name, [row.code, *(one.code for one in codes(row))])
        fields = (*fields, "search_key")
    row.save(update_fields=[*fields, "changed_at"])


def _called(row: Agency) -> str:
    return f"{row.name} ({row.code})" if row.code else row.name
