"""Set up connections: what an administrator says of one, its secret, whether it answers, switched on and off.

A secret goes in and never comes out again: not to pages, not to the ledger, not to logs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db import transaction

from vanthu.exchange import connections
from vanthu.exchange.axis_models import Connection, Kind, OwnAddress
from vanthu.exchange.transports.base import Transport, TransportError
from vanthu.kernel import ledger, vault
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.idempotency import once
from vanthu.kernel.refusals import Conflict, Invalid, NotFound, Unavailable
from vanthu.kernel.vietnamese import nfc
from vanthu.organisations.installation import require_keeper

MEGABYTE = 1024 * 1024
LIMITS = {"poll_minutes": (1, 1440), "packet_megabytes": (1, 500), "position": (0, 99)}
NEEDS_SYSTEM = (Kind.VXP, Kind.HEADER, Kind.OAUTH, Kind.FOLDER)
NEEDS_SECRET = (Kind.VXP, Kind.HEADER, Kind.OAUTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What an administrator says of a connection; `options` are those of its kind, empty ones left out."""

    name: str
    kind: str
    endpoint: str = ""
    system_id: str = ""
    position: int = 0
    poll_minutes: int = 5
    packet_megabytes: int = 50
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was tried, and what came of it in a sentence."""

    well: bool
    sentence: str


def connection(pk: int, by: Actor) -> Connection:
    """One connection, for any administrator; raises `NotFound`."""
    by.require("administer")
    found = Connection.objects.filter(pk=pk).first()
    if found is None or by.room_id is not None:
        raise NotFound("Không tìm thấy kết nối này. Mở lại trang Liên thông.")
    return found


def all_of(by: Actor) -> list[Connection]:
    """Every connection, the preferred ones first, for any administrator. One query."""
    by.require("administer")
    return list(Connection.objects.order_by("-active", "position", "pk")) if by.room_id is None else []


@transaction.atomic
def add(wish: Wish, secret: str, *, by: Actor, key: str = "") -> Connection:
    """A new connection, switched off until somebody has tried it. Raises `Invalid` with a sentence per field."""
    require_keeper(by)
    return once(
        key,
        "exchange.connection_added",
        lambda: _added(wish, secret, by),
        lambda pk: connection(pk, by),
        by=by,
    )


def _added(wish: Wish, secret: str, by: Actor) -> Connection:
    _check(wish, secret=bool(secret))
    if wish.kind == Kind.HUB and Connection.objects.filter(kind=Kind.HUB).exists():
        raise Invalid(fields={"kind": "Trục của hệ thống này đã có. Sửa kết nối đó."})
    made = Connection.objects.create(
        key=_free_key(wish.kind), secret=vault.encrypted(secret) if secret else "", **_columns(wish)
    )
    _record(
        "connection_added",
        made,
        by,
        f"thêm kết nối liên thông {made.name}",
        {"endpoint": (None, made.endpoint)},
    )
    return made


@transaction.atomic
def change(pk: int, wish: Wish, *, secret: str = "", by: Actor) -> Connection:
    """Change what a connection says; its kind stays. A secret that is given replaces the one before."""
    require_keeper(by)
    row = _held(pk)
    if wish.kind != row.kind:
        raise Invalid(fields={"kind": "Loại kết nối không đổi được. Thêm kết nối mới rồi tắt kết nối này."})
    _check(wish, secret=bool(secret or row.secret))
    columns = _columns(wish)
    kept = {name: row.options[name] for name in connections.SECRET_OPTIONS & row.options.keys()}
    columns["options"] = kept | columns["options"]
    changes = {
        name: (getattr(row, name), value) for name, value in columns.items() if getattr(row, name) != value
    }
    if secret:
        columns["secret"] = vault.encrypted(secret)
    for name, value in columns.items():
        setattr(row, name, value)
    if changes or secret:
        row.save(update_fields=list(columns))
        note = f"sửa kết nối liên thông {row.name}" + (", đặt khóa mới" if secret else "")
        _record(
            "connection_changed",
            row,
            by,
            note,
            {name: pair for name, pair in changes.items() if name != "options"},
        )
    return row


@transaction.atomic
def switch(pk: int, *, on: bool, by: Actor) -> Connection:
    """Let a connection send and receive, or no longer; what waits on it stays. Raises `Conflict` where it is so."""
    require_keeper(by)
    row = _held(pk)
    if row.active == on:
        raise Conflict("Kết nối này đã ở trạng thái đó. Tải lại trang để xem.")
    if on and not OwnAddress.objects.filter(connection=row, active=True).exists():
        raise Conflict("Chưa có địa chỉ nào của cơ quan trên kết nối này. Thêm địa chỉ rồi bật.")
    row.active, row.problem = on, ""
    row.save(update_fields=["active", "problem"])
    _record(
        "connection_on" if on else "connection_off",
        row,
        by,
        f"{'bật' if on else 'tắt'} kết nối liên thông {row.name}",
    )
    return row


def try_out(pk: int, *, by: Actor) -> list[Finding]:
    """Ask the other side for what waits and for its list of bodies; changes nothing there."""
    require_keeper(by)
    row = connection(pk, by)
    try:
        transport = connections.transport_of(row)
    except (TransportError, Unavailable) as error:
        return [Finding(well=False, sentence=str(error))]
    since = now() - timedelta(days=1)
    found = [
        _asked(
            transport,
            lambda one: (
                f"Hỏi được danh sách gói tin: {_some(one.received('edoc', since))} văn bản,"
                f" {_some(one.received('status', since))} trạng thái đang chờ nhận."
            ),
            "Chưa hỏi được danh sách gói tin",
        ),
        _asked(
            transport,
            lambda one: (
                "Hỏi được danh sách đơn vị liên thông."
                if next(iter(one.agencies()), None)
                else "Danh sách đơn vị liên thông đang trống."
            ),
            "Chưa hỏi được danh sách đơn vị liên thông",
        ),
    ]
    if found[0].well:
        Connection.objects.filter(pk=pk).update(answered_at=now(), problem="")
    return found


def _asked(transport: Transport, ask: Callable[[Transport], str], failed: str) -> Finding:
    try:
        return Finding(well=True, sentence=ask(transport))
    except TransportError as error:
        return Finding(well=False, sentence=f"{failed}: {error.sentence}")


def _some(rows: Iterable[object]) -> str:
    """How many there are, up to 100."""
    count = sum(1 for _ in islice(rows, 101))
    return str(count) if count <= 100 else "hơn 100"


def _check(wish: Wish, *, secret: bool) -> None:
    faults: dict[str, str] = {}
    if wish.kind not in Kind.values:
        faults["kind"] = "Chọn loại kết nối trong danh sách."
    if not 3 <= len(nfc(wish.name)) <= 120:
        faults["name"] = "Đặt tên từ 3 đến 120 ký tự, ví dụ: Trục liên thông văn bản quốc gia."
    if wish.kind != Kind.HUB and not wish.endpoint.strip():
        faults["endpoint"] = "Điền địa chỉ dịch vụ, hoặc đường dẫn thư mục."
    if wish.kind in NEEDS_SYSTEM and not wish.system_id.strip():
        faults["system_id"] = "Điền mã hệ thống mà bên kia cấp."
    if wish.kind in NEEDS_SECRET and not secret:
        faults["secret"] = "Điền khóa bí mật mà bên kia cấp."  # noqa: S105 - a sentence
    for name, (least, most) in LIMITS.items():
        if not least <= getattr(wish, name) <= most:
            faults[name] = f"Nhập số từ {least} đến {most}."
    if faults:
        raise Invalid(fields=faults)


def _columns(wish: Wish) -> dict[str, Any]:
    return {
        "name": nfc(wish.name),
        "kind": wish.kind,
        "endpoint": wish.endpoint.strip().rstrip("/")[:300],
        "system_id": wish.system_id.strip()[:60],
        "position": wish.position,
        "poll_minutes": wish.poll_minutes,
        "packet_limit": wish.packet_megabytes * MEGABYTE,
        "options": {
            name: vault.encrypted(value) if name in connections.SECRET_OPTIONS else value
            for name, value in wish.options.items()
            if value not in ("", None, False)
        },
    }


def _free_key(kind: str) -> str:
    taken = set(Connection.objects.filter(key__startswith=kind).values_list("key", flat=True))
    return next(
        key for n in range(1, len(taken) + 2) if (key := kind if n == 1 else f"{kind}-{n}") not in taken
    )


def _held(pk: int) -> Connection:
    found = Connection.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None:
        raise NotFound("Không tìm thấy kết nối này. Mở lại trang Liên thông.")
    return found


def _record(
    verb: str, row: Connection, by: Actor, note: str, changes: Mapping[str, Any] | None = None
) -> None:
    ledger.record(f"exchange.{verb}", row, by=by, changes=changes, note=note)
