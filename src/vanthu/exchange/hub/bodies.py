"""Whom the hub knows: bodies that registered systems speak for, and our own offices that have a code there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from vanthu.exchange import connections
from vanthu.exchange.axis_models import Connection, Kind, OwnAddress
from vanthu.exchange.hub.errors import FILE_BAD, LOCKED, UNKNOWN_RECEIVER, WRONG_SENDER, HubError
from vanthu.exchange.hub.models import HubBody, HubCode, HubSystem
from vanthu.kernel.calendar import now, today
from vanthu.kernel.vietnamese import nfc
from vanthu.organisations.agency_codes import LONGEST, folded, forms, other_form


@dataclass(frozen=True, slots=True)
class Receiver:
    """A queue: of a system, or (None) of an office of this installation; `code` as the list shows it."""

    code: str
    system: HubSystem | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A body in the hub's list. `version` grows with every change, milliseconds."""

    id: str
    code: str
    old_codes: tuple[str, ...]
    name: str
    parent_code: str
    email: str
    version: int
    changed_at: datetime
    deleted: bool = False

    @property
    def old_code(self) -> str:
        """Its code of 2016: as it is known, else as it is computed; "" where it has none."""
        made = other_form(folded(self.code)).upper()
        return next(iter(self.old_codes), made if made[:1].isdigit() else "")


def own_connection() -> Connection | None:
    """The connection that switches the hub on, None while it is off."""
    return Connection.objects.filter(kind=Kind.HUB, active=True).first()


def receivers(codes: Sequence[str], connection: Connection | None) -> list[Receiver]:
    """The queues that these codes name, each once, in their order. Raises `HubError` 18 (unknown), 23 (locked)."""
    ours = connections.own_addresses(connection, codes) if connection else {}
    theirs = _codes(codes)
    found: dict[tuple[str, int], Receiver] = {}
    unknown: list[str] = []
    locked: list[str] = []
    for code in codes:
        if own := ours.get(folded(code)):
            found["o", own.pk] = Receiver(own.code, None)
        elif row := _best(theirs, code):
            (locked if not (row.body.active and row.body.system.active) else []).append(code)
            found["b", row.body_id] = Receiver(row.code, row.body.system)
        else:
            unknown.append(code)
    if unknown:
        raise HubError(UNKNOWN_RECEIVER, f"Trục không có nơi nhận với mã: {', '.join(unknown)}.")
    if locked:
        raise HubError(LOCKED, f"Nơi nhận đang bị khóa trên trục: {', '.join(locked)}.")
    return list(found.values())


def speaks_for(system: HubSystem | None, code: str, connection: Connection | None) -> bool:
    """Whether a code, in any form, is one of a system's; of this installation's for None."""
    if system is None:
        return connection is not None and bool(connections.own_addresses(connection, [code]))
    row = _best(_codes([code]), code)
    return row is not None and row.body.active and row.body.system_id == system.pk


def _codes(codes: Iterable[str]) -> dict[str, HubCode]:
    wanted = {form for code in codes for form in forms(code)}
    rows = HubCode.objects.filter(folded__in=wanted).select_related("body__system") if wanted else ()
    return {row.folded: row for row in rows}


def _best(rows: Mapping[str, HubCode], code: str) -> HubCode | None:
    """The row of a code as it is written, else of its other form."""
    return next((rows[form] for form in forms(code) if form in rows), None)


def listing(connection: Connection | None) -> list[Listed]:
    """The bodies that are on the hub now; our own offices where the connection is given."""
    return [one for one in changes(connection) if not one.deleted]


def changes(connection: Connection | None, since: int = 0) -> list[Listed]:
    """Every body that is or was on the hub, or what changed after a version. Our own offices have the version of the
    day, so that they come again each day: nothing tells when a name of theirs was changed.
    """
    rows = HubBody.objects.order_by("pk").prefetch_related("codes")
    if since:
        after = datetime.fromtimestamp((since + 1) / 1000, tz=timezone.get_current_timezone())
        rows = rows.filter(changed_at__gte=after)
    found = [_listed(row, codes) for row in rows if (codes := _codes_of(row))]
    morning = datetime.combine(today(), time(), tzinfo=timezone.get_current_timezone())
    if connection is not None and since < _version(morning):
        own = OwnAddress.objects.filter(connection=connection, active=True).select_related("office")
        found += [_own(row, morning) for row in own.order_by("pk")]
    return found


def _codes_of(row: HubBody) -> list[str]:
    """The codes of a body, the current one first; none when another system speaks for it by now."""
    return [one.code for one in sorted(row.codes.all(), key=lambda one: (not one.current, one.pk))]


def _listed(row: HubBody, codes: Sequence[str]) -> Listed:
    return Listed(
        id=f"b{row.pk}",
        code=codes[0],
        old_codes=tuple(codes[1:]),
        name=row.name,
        parent_code=row.parent_code,
        email=row.email,
        version=_version(row.changed_at),
        changed_at=row.changed_at,
        deleted=not row.active,
    )


def _own(row: OwnAddress, morning: datetime) -> Listed:
    return Listed(
        id=f"o{row.pk}",
        code=row.code,
        old_codes=(),
        name=row.office.name,
        parent_code="",
        email="",
        version=_version(morning),
        changed_at=morning,
    )


def _version(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def register(system: HubSystem, given: Mapping[str, Any]) -> None:
    """Enter a body below one of the system's codes, or correct it; again changes nothing. Raises `HubError`."""
    code, name = str(given.get("code") or "").strip(), nfc(str(given.get("name") or ""))[:500]
    if not 2 <= len(folded(code)) < LONGEST or not name:
        raise HubError(FILE_BAD, "Đăng ký đơn vị phải có mã (code) và tên (name).")
    if not below(system, code):
        raise HubError(
            WRONG_SENDER,
            f"Mã {code} không nằm dưới mã của hệ thống này. Đề nghị quản trị trục thêm mã.",
        )
    fields = {
        "name": name,
        "parent_code": str(given.get("pcode") or "").strip()[:60],
        "email": str(given.get("mail") or "").strip()[:200],
        "phone": str(given.get("mobile") or "").strip()[:40],
        "fax": str(given.get("fax") or "").strip()[:40],
    }
    row = _best(_codes([code]), code)
    if row is None:
        _enter(system, code, fields)
    elif row.body.system_id != system.pk:
        raise taken(code)
    elif not row.body.active or any(getattr(row.body, key) != value for key, value in fields.items()):
        HubBody.objects.filter(pk=row.body_id).update(**fields, active=True, changed_at=now())


def _enter(system: HubSystem, code: str, fields: Mapping[str, str]) -> None:
    refuse_own(code)
    try:
        with transaction.atomic():
            body = HubBody.objects.create(system=system, registered=True, changed_at=now(), **fields)
            HubCode.objects.create(body=body, code=code, folded=folded(code))
    except IntegrityError:
        raise taken(code) from None


def refuse_own(code: str) -> None:
    """Raise `HubError` for a code that one of our offices has on the hub."""
    connection = Connection.objects.filter(kind=Kind.HUB).first()
    if connection is not None and connections.own_addresses(connection, [code]):
        raise taken(code)


def taken(code: str) -> HubError:
    """A code that somebody else has."""
    return HubError(WRONG_SENDER, f"Mã {code} đã thuộc hệ thống khác trên trục.")


def below(system: HubSystem, code: str) -> bool:
    """Whether a code is one of the system's or stands below one, by its newest form."""
    rows = HubCode.objects.filter(body__system=system, body__active=True).values_list("folded", flat=True)
    known = {form for one in rows for form in forms(one)}
    return any(form in known or any(form.startswith(f"{one}.") for one in known) for form in forms(code))


def unregister(system: HubSystem, code: str) -> None:
    """Take a body off that the system has registered itself; again changes nothing. Raises `HubError`."""
    row = _best(_codes([code]), code)
    if row is None or row.body.system_id != system.pk:
        raise HubError(UNKNOWN_RECEIVER, f"Hệ thống này chưa đăng ký đơn vị có mã {code}.")
    if not row.body.registered:
        raise HubError(WRONG_SENDER, f"Mã {code} do quản trị trục cấp; đề nghị quản trị trục bỏ mã này.")
    HubBody.objects.filter(pk=row.body_id, active=True).update(active=False, changed_at=now())
