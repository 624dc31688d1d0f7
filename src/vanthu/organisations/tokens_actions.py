"""Make, revoke and use tokens; add the programs of an office."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.cache import caches
from django.db import transaction

from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now, today
from vanthu.kernel.refusals import Conflict, Invalid, NotFound
from vanthu.kernel.vietnamese import nfc
from vanthu.organisations import actions, tokens_queries
from vanthu.organisations.models import Account, Person, Token
from vanthu.organisations.names import key_of
from vanthu.organisations.powers import PROGRAM_ROLES
from vanthu.organisations.tokens import BY_NAME, LONGEST_DAYS, Key

MOST = 20  # open tokens of one account in one office
_SEEN_SECONDS = 300  # how exactly the list of tokens knows the last use


@dataclass(frozen=True, slots=True)
class Made:
    """A fresh token and its key, which is shown once and kept nowhere."""

    token: Token
    key: str


@transaction.atomic
def make_own(name: str, scopes: Iterable[str], expires_on: date | None, *, by: Actor) -> Made:
    """A token with which a program acts as the actor in this office, never in practice."""
    by.refuse_practice("Khi thực hành không tạo khoá truy cập. Thôi thực hành rồi tạo.")
    return _make(by.account, name, scopes, expires_on, by=by)


@transaction.atomic
def make_for_program(
    account_id: int, name: str, scopes: Iterable[str], expires_on: date | None, *, by: Actor
) -> Made:
    """A token of a program of the office; by its administrator."""
    program = tokens_queries.program(account_id, by)
    if not program.account.is_active:
        raise Conflict("Phần mềm này đang bị khóa. Mở khóa trước khi tạo khoá truy cập.")
    return _make(program.account.pk, name, scopes, expires_on, by=by)


def _make(account_id: int, name: str, scopes: Iterable[str], expires_on: date | None, *, by: Actor) -> Made:
    wanted = frozenset(scopes)
    name = nfc(name)
    last = expires_on or today()
    faults = _faults(name, wanted, expires_on)
    if faults:
        raise Invalid(fields=faults)
    open_ones = Token.objects.filter(
        account=account_id, office=by.office, revoked_at=None, expires_on__gte=today()
    )
    if open_ones.count() >= MOST:
        raise Conflict(f"Đã có {MOST} khoá đang dùng được. Thu hồi khoá không còn cần rồi tạo lại.")
    key = Key.fresh()
    token = Token.objects.create(
        account_id=account_id,
        office_id=by.office,
        name=name,
        prefix=key.prefix,
        secret_hash=key.hash,
        scopes=[scope for scope in BY_NAME if scope in wanted],
        created_by_id=by.account_id,
        expires_on=last,
    )
    ledger.record(
        "organisations.token_made",
        token,
        by=by,
        changes={"account": (None, account_id), "scopes": ([], token.scopes), "expires_on": (None, last)},
        note=f"tạo khoá truy cập “{name}”, dùng đến {last:%d/%m/%Y}",
    )
    return Made(token, key.text)


def _faults(name: str, scopes: frozenset[str], expires_on: date | None) -> dict[str, str]:
    faults: dict[str, str] = {}
    if not 3 <= len(name) <= 80:
        faults["name"] = "Đặt tên từ 3 đến 80 ký tự, ví dụ: Đồng bộ công việc về máy tính."
    if not scopes or not scopes <= BY_NAME.keys():
        faults["scopes"] = "Chọn ít nhất một phạm vi trong danh sách."
    longest = today() + timedelta(days=LONGEST_DAYS)
    if expires_on is None or not today() < expires_on <= longest:
        faults["expires_on"] = f"Chọn ngày hết hạn từ ngày mai đến {longest:%d/%m/%Y} (nhiều nhất một năm)."
    return faults


@transaction.atomic
def revoke(token_id: int, *, by: Actor) -> Token:
    """End a token at once: one's own, or, by the administrator, that of a program of the office."""
    token = Token.objects.select_related("account").filter(pk=token_id).first()
    if token is None or not _may_revoke(token, by):
        raise NotFound("Không tìm thấy khoá này. Tải lại trang.")
    moment = now()
    if not Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=moment):
        raise Conflict("Khoá này đã thu hồi rồi. Tải lại trang để xem.")
    token.revoked_at = moment
    ledger.record(
        "organisations.token_revoked",
        token,
        by=by,
        changes={"revoked_at": (None, moment)},
        note=f"thu hồi khoá truy cập “{token.name}”",
    )
    return token


def _may_revoke(token: Token, by: Actor) -> bool:
    if token.account_id == by.account_id:
        return True
    return by.may("administer") and token.account.is_program and token.office_id == by.office_id


def note_use(token: Token, address: str | None) -> None:
    """Remember when and from where a token was used last, at most every few minutes per process."""
    if caches["actors"].add(f"token:{token.pk}", True, _SEEN_SECONDS):
        Token.objects.filter(pk=token.pk).update(last_used_at=now(), last_used_address=address)


@transaction.atomic
def add_program(name: str, *, role: str, by: Actor, unit_id: int | None = None) -> Account:
    """A program that works in the actor's office: a named account without password, with a post of this role."""
    by.require("administer")
    name = nfc(name)
    faults = {}
    if not 3 <= len(name) <= 80:
        faults["name"] = "Nhập tên phần mềm, từ 3 đến 80 ký tự."
    if role not in PROGRAM_ROLES:
        faults["role"] = "Chọn vai trò trong danh sách."
    if faults:
        raise Invalid(fields=faults)
    person = Person.objects.create(full_name=name, search_key=key_of(name))
    account = Account.objects.create_user(f"program-{person.pk}", person=person, is_program=True)
    ledger.record("organisations.program_added", account, by=by, note=f"thêm phần mềm tích hợp {name}")
    actions.give_post(account.pk, role=role, title="Phần mềm tích hợp", unit_id=unit_id, by=by)
    account.refresh_from_db()
    return account
