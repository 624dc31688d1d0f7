"""What the administrator of the installation does with systems at the hub. No secret is ever in the ledger."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from vanthu.exchange.hub import bodies, queries
from vanthu.exchange.hub.errors import HubError
from vanthu.exchange.hub.models import HubBody, HubCode, HubSystem
from vanthu.exchange.hub.wishes import Line, Wish, lines_wrong
from vanthu.kernel import ledger, vault
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.idempotency import once
from vanthu.kernel.refusals import Conflict, Invalid
from vanthu.kernel.vietnamese import nfc
from vanthu.organisations.agency_codes import folded
from vanthu.organisations.installation import require_keeper

_ONLY_PRACTICE = "Phòng thực hành không có trục riêng. Ra khỏi phòng thực hành rồi làm việc này."


@dataclass(frozen=True, slots=True)
class Slip:
    """A system and its fresh secret, which is shown this once."""

    system: HubSystem
    secret: str


def add(system_id: str, wish: Wish, *, by: Actor, key: str = "") -> Slip:
    """Register a system. `key` makes a second click give the first slip again. Raises `Invalid`."""
    _require(by)
    system = once(key, "hub.add", lambda: _add(system_id, wish, by), lambda pk: queries.system(pk, by), by=by)
    return Slip(system, vault.decrypted(system.secret))


@transaction.atomic
def _add(system_id: str, wish: Wish, by: Actor) -> HubSystem:
    if (
        not 2 <= len(system_id) <= 60
        or not (system_id.isascii() and system_id.isprintable())
        or " " in system_id
    ):
        raise Invalid(fields={"system_id": "SystemId gồm 2 đến 60 chữ không dấu, không có khoảng trắng."})
    if HubSystem.objects.filter(system_id__iexact=system_id).exists():
        raise Invalid(fields={"system_id": "Đã có hệ thống với SystemId này. Chọn tên khác."})
    system = HubSystem.objects.create(
        system_id=system_id,
        secret=vault.encrypted(_fresh()),
        name=_named(wish),
        office_id=by.office,
        made_at=now(),
        **wish.limits,
    )
    _write_bodies(system, wish.lines)
    changes = {field: (None, value) for field, value in _shown(system, wish).items()}
    _record("added", system, by, f"cho hệ thống {system.name} nối vào trục", changes)
    return system


@transaction.atomic
def change(pk: int, wish: Wish, *, by: Actor) -> HubSystem:
    """Change name, bodies or limits. Bodies that are no longer named are taken off. Raises `Invalid`."""
    system = _held(pk, by)
    before = _shown(system, Wish(system.name, queries.lines(system), *_limits(system)))
    after = _shown(system, wish)
    differs = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
    if not differs:
        return system
    for field, value in ({"name": _named(wish)} | wish.limits).items():
        setattr(system, field, value)
    system.save(update_fields=["name", *wish.limits])
    _write_bodies(system, wish.lines)
    _record("changed", system, by, f"sửa hệ thống {system.name} trên trục", differs)
    return system


@transaction.atomic
def renew_secret(pk: int, *, by: Actor) -> Slip:
    """A fresh secret; the one before opens nothing from now on."""
    system = _held(pk, by)
    secret = _fresh()
    system.secret = vault.encrypted(secret)
    system.save(update_fields=["secret"])
    _record("secret_renewed", system, by, f"đổi khóa của hệ thống {system.name} trên trục")
    return Slip(system, secret)


@transaction.atomic
def switch_off(pk: int, *, by: Actor) -> HubSystem:
    """It can no longer call, and nothing is taken for it; what waits for it stays."""
    return _switch(pk, by, active=False, act="switched_off", said="khóa")


@transaction.atomic
def switch_on(pk: int, *, by: Actor) -> HubSystem:
    """It may call again."""
    return _switch(pk, by, active=True, act="switched_on", said="mở lại")


def _switch(pk: int, by: Actor, *, active: bool, act: str, said: str) -> HubSystem:
    system = _held(pk, by)
    if system.active == active:
        raise Conflict(f"Hệ thống này đã được {said}. Tải lại trang để xem.", code="moved_already")
    system.active = active
    system.save(update_fields=["active"])
    _record(act, system, by, f"{said} hệ thống {system.name} trên trục", {"active": (not active, active)})
    return system


def _write_bodies(system: HubSystem, lines: Sequence[Line]) -> None:
    """Bring the bodies that the administrator names up to date; those that the system registered stay."""
    rows = {row.folded: row for row in HubCode.objects.filter(body__system=system).select_related("body")}
    kept = set()
    moment = now()
    for line in lines:
        body = next((rows[folded(code)].body for code in line.codes if folded(code) in rows), None)
        if body is None:
            body = HubBody.objects.create(system=system, name=line.name, changed_at=moment)
        else:
            HubBody.objects.filter(pk=body.pk).update(
                name=line.name, active=True, registered=False, changed_at=moment
            )
        kept.add(body.pk)
        _write_codes(body, line.codes)
    gone = HubBody.objects.filter(system=system, active=True, registered=False).exclude(pk__in=kept)
    gone.update(active=False, changed_at=moment)


def _write_codes(body: HubBody, codes: Sequence[str]) -> None:
    """The codes of a body are these, the first is the current one. Raises `Invalid` for what others have."""
    for code in codes:
        try:
            bodies.refuse_own(code)
        except HubError as error:
            raise lines_wrong(
                f"Mã {code} là địa chỉ của một cơ quan trong hệ thống này. Bỏ mã đó."
            ) from error
    given_up = HubCode.objects.filter(body__active=False, folded__in=[folded(code) for code in codes])
    given_up.exclude(body=body).delete()
    HubCode.objects.filter(body=body).delete()
    try:
        with transaction.atomic():
            HubCode.objects.bulk_create(
                HubCode(body=body, code=code, folded=folded(code), current=place == 0)
                for place, code in enumerate(codes)
            )
    except IntegrityError as error:
        raise lines_wrong(f"Một mã trong {', '.join(codes)} đã thuộc hệ thống khác trên trục.") from error


def _named(wish: Wish) -> str:
    name = nfc(wish.name)
    if not 2 <= len(name) <= 120:
        raise Invalid(fields={"name": "Đặt tên từ 2 đến 120 ký tự, ví dụ: Phần mềm văn bản của UBND tỉnh."})
    return name


def _limits(system: HubSystem) -> Iterable[int]:
    return (system.packets_per_day, system.megabytes_per_day, system.calls_per_minute)


def _shown(system: HubSystem, wish: Wish) -> dict[str, Any]:
    """As the ledger keeps it."""
    return {
        "system_id": system.system_id,
        "name": nfc(wish.name),
        "codes": [str(one) for one in wish.lines],
    } | (wish.limits)


def _fresh() -> str:
    return secrets.token_urlsafe(32)


def _held(pk: int, by: Actor) -> HubSystem:
    """The system, locked until commit."""
    _require(by)
    queries.system(pk, by)
    return HubSystem.objects.select_for_update(no_key=True).get(pk=pk)


def _require(by: Actor) -> None:
    by.refuse_practice(_ONLY_PRACTICE)
    require_keeper(by)


def _record(
    act: str, system: HubSystem, by: Actor, note: str, changes: Mapping[str, Any] | None = None
) -> None:
    ledger.record(f"hub.{act}", system, by=by, office_id=system.office_id, changes=changes, note=note)
