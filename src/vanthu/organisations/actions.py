"""What is done to people, accounts and posts. Rights are read anew after each act, and who has others now is told."""

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q

from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now, today
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.kernel.vietnamese import nfc
from vanthu.organisations import queries, rights
from vanthu.organisations.models import Account, Activation, Delegation, Person, Post, Unit
from vanthu.organisations.names import key_of
from vanthu.organisations.powers import PROGRAM_ROLES, Role

ACTIVATION_DAYS = 7
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")


@dataclass(frozen=True, slots=True)
class Slip:
    """A fresh activation and its token, which is kept nowhere else: only its hash is stored."""

    activation: Activation
    token: str


@transaction.atomic
def add_person(full_name: str, username: str, *, by: Actor, rank: str = "", phone: str = "") -> Account:
    """A new person with an account that waits for its activation. Raises `Invalid` for a bad or taken sign-in name."""
    by.require("administer")
    name, username = nfc(full_name), username.strip().lower()
    faults = {}
    if len(name.split()) < 2:
        faults["full_name"] = "Nhập đủ họ và tên."
    if not USERNAME.fullmatch(username):
        faults["username"] = (
            "Tên đăng nhập có từ 3 ký tự: chữ thường không dấu, chữ số, dấu chấm. Ví dụ: khai.p1."
        )
    elif Account.objects.filter(username=username).exists():
        faults["username"] = "Tên đăng nhập này đã có người dùng. Thêm tên đơn vị hoặc chữ số."
    if faults:
        raise Invalid(fields=faults)
    person = Person.objects.create(full_name=name, search_key=key_of(name), rank=nfc(rank), phone=phone)
    account = Account.objects.create_user(username, person=person)
    ledger.record("organisations.person_added", account, by=by, note=f"thêm người dùng {name}")
    return account


@transaction.atomic
def give_post(
    account_id: int,
    *,
    role: str,
    title: str,
    by: Actor,
    unit_id: int | None = None,
    charge: Iterable[int] = (),
    position: int = 5,
    from_on: date | None = None,
) -> Post:
    """Give a person a post in the actor's office. `charge` names units in a deputy's charge."""
    by.require("administer")
    if role not in Role.values:
        raise Invalid(fields={"role": "Chọn vai trò trong danh sách."})
    if not title.strip():
        raise Invalid(fields={"title": "Nhập chức vụ như khi ký, ví dụ: Kiểm sát viên."})
    office_id = _office_of(by)
    unit = queries.unit(unit_id, office_id=office_id) if unit_id else None
    if unit is None and role in (Role.UNIT_HEAD, Role.ADMINISTRATION_HEAD):
        raise Invalid(fields={"unit": "Chọn đơn vị mà người này phụ trách."})
    account = _newcomer_or_member(account_id, by)
    if account.is_program and role not in PROGRAM_ROLES:
        raise Invalid(fields={"role": "Phần mềm không giữ vai trò lãnh đạo, quản trị. Chọn vai trò khác."})
    if account.pk == by.account_id:
        raise NotAllowed("Không tự giao chức vụ cho mình. Nhờ quản trị khác làm việc này.")
    post = Post.objects.create(
        person_id=account.person_id or 0, office_id=office_id, unit=unit, role=role,
        title=nfc(title), position=position, valid_from_on=from_on or today(),
    )  # fmt: skip
    post.charge.set(Unit.objects.filter(pk__in=list(charge), office_id=office_id))
    rights.changed([post.person_id])
    where = f", {unit.name}" if unit else ""
    ledger.record(
        "organisations.post_given", account, by=by,
        changes={"role": ("", role), "unit": (None, unit_id)}, note=f"giao chức vụ {post.title}{where}",
    )  # fmt: skip
    rights.tell(
        [post.person_id], f"Được giao chức vụ {post.title}{where}, vai trò {Role(role).label}.", by=by
    )
    return post


@transaction.atomic
def end_post(post_id: int, *, by: Actor, last_on: date | None = None) -> Post:
    """End a post of the actor's office after `last_on` (default: yesterday, so at once) and what it delegated."""
    by.require("administer")
    post = Post.objects.select_for_update().filter(pk=post_id, office_id=_office_of(by)).first()
    if post is None:
        raise NotFound("Không tìm thấy chức vụ này trong cơ quan. Tải lại trang.")
    if post.person_id == by.person_id and post.role == Role.ADMINISTRATOR:
        raise NotAllowed("Không tự thôi chức vụ quản trị của mình. Nhờ quản trị khác làm việc này.")
    if post.valid_to_on is not None and post.valid_to_on < today():
        raise Conflict("Chức vụ này đã kết thúc rồi. Tải lại trang để xem.")
    before, post.valid_to_on = post.valid_to_on, last_on or today() - timedelta(days=1)
    post.save(update_fields=["valid_to_on"])
    open_ones = Delegation.objects.filter(Q(giver=post) | Q(receiver=post), revoked_at=None)
    people = set(open_ones.values_list("receiver__person_id", flat=True))
    open_ones.update(revoked_at=now())
    rights.changed({post.person_id, *people})
    ledger.record(
        "organisations.post_ended", _account_of_person(post.person_id), by=by,
        changes={"valid_to_on": (before, post.valid_to_on)}, note=f"kết thúc chức vụ {post.title}",
    )  # fmt: skip
    rights.tell([post.person_id], f"Thôi chức vụ {post.title}.", by=by)
    rights.tell(people - {post.person_id}, f"Hết ủy quyền: chức vụ {post.title} đã kết thúc.", by=by)
    return post


@transaction.atomic
def make_activation(account_id: int, *, by: Actor) -> Slip:
    """A link for choosing a first or a new password, good for 7 days; links made before no longer work."""
    account = _member(account_id, by)
    if account.is_program:
        raise NotAllowed("Phần mềm không có mật khẩu. Tạo khoá truy cập cho phần mềm này.")
    if not account.is_active:
        raise Conflict("Tài khoản đang bị khóa. Mở khóa trước khi kích hoạt.")
    moment = now()
    Activation.objects.filter(account=account, used_at=None, expires_at__gt=moment).update(expires_at=moment)
    token = secrets.token_urlsafe(24)
    made = Activation.objects.create(
        account=account, token_hash=queries.token_hash(token), made_by_id=by.account_id,
        expires_at=moment + timedelta(days=ACTIVATION_DAYS),
    )  # fmt: skip
    ledger.record(
        "organisations.activation_made", account, by=by, note=f"cấp phiếu kích hoạt cho {account.username}"
    )
    return Slip(made, token)


@transaction.atomic
def activate(token: str, password: str) -> Account:
    """Set the password chosen on the activation page; ends the person's sessions. The token works once."""
    made = queries.activation(token)
    account = made.account
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Invalid(fields={"password": " ".join(error.messages)}) from error
    moment = now()
    if not Activation.objects.filter(pk=made.pk, used_at=None).update(used_at=moment):
        raise Conflict("Phiếu này vừa được dùng. Đăng nhập bằng mật khẩu đã đặt.")
    account.set_password(password)
    account.activated_at = account.activated_at or moment
    account.save(update_fields=["password", "activated_at"])
    ledger.record(
        "organisations.activated",
        account,
        by=_as_themselves(account),
        note="đặt mật khẩu bằng phiếu kích hoạt",
    )
    return account


@transaction.atomic
def lock(account_id: int, *, by: Actor) -> Account:
    """Nobody signs in with the account any more; open sessions end with their next request."""
    account = _member(account_id, by)
    if account.pk == by.account_id:
        raise NotAllowed("Không tự khóa tài khoản của mình. Nhờ quản trị khác làm việc này.")
    return _switch(account, to=False, by=by)


@transaction.atomic
def unlock(account_id: int, *, by: Actor) -> Account:
    """The account may sign in again with its old password."""
    return _switch(_member(account_id, by), to=True, by=by)


def keep_desk(settings: Mapping[str, Any], *, by: Actor) -> None:
    """Keep the person's own display settings; of nobody else's concern, so without a row in the ledger."""
    account = Account.objects.get(pk=by.account_id or 0)
    account.desk = {**account.desk, **settings}
    account.save(update_fields=["desk"])


def _switch(account: Account, *, to: bool, by: Actor) -> Account:
    if not Account.objects.filter(pk=account.pk, is_active=not to).update(
        is_active=to, rights_version=F("rights_version") + 1
    ):
        raise Conflict(f"Tài khoản này đã {'mở' if to else 'khóa'} rồi. Tải lại trang để xem.")
    account.is_active = to
    verb, note = ("unlocked", "mở khóa") if to else ("locked", "khóa")
    ledger.record(
        f"organisations.{verb}", account, by=by,
        changes={"is_active": (not to, to)}, note=f"{note} tài khoản {account.username}",
    )  # fmt: skip
    return account


def _member(account_id: int, by: Actor) -> Account:
    """An account whose home is the actor's office: that of the person's first post, or of the last they held.

    Only there is it locked or given a new password: else a second post elsewhere would hand the account over.
    """
    by.require("administer")
    account = Account.objects.select_related("person").filter(pk=account_id).first()
    if account is None or account.person_id is None or queries.home_of(account.person_id) != _office_of(by):
        raise NotFound("Không tìm thấy người này trong cơ quan. Mở lại danh sách người dùng.")
    return account


def _newcomer_or_member(account_id: int, by: Actor) -> Account:
    account = Account.objects.filter(pk=account_id).first()
    if account is not None and account.person_id and queries.home_of(account.person_id) is None:
        return account
    return _member(account_id, by)


def _account_of_person(person_id: int) -> Account | Person:
    found = Account.objects.filter(person=person_id).first()
    return found or Person.objects.get(pk=person_id)


def _office_of(by: Actor) -> int:
    if by.office_id is None:
        raise NotAllowed("Việc này cần một cơ quan. Chọn cơ quan làm việc rồi thử lại.")
    return by.office_id


def _as_themselves(account: Account) -> Actor:
    """A person who is not signed in, acting on nothing but their own account."""
    posts = queries.valid_posts(person_id=account.person_id) if account.person_id else []
    return Actor(
        account_id=account.pk,
        person_id=account.person_id,
        office_id=posts[0].office_id if posts else None,
        name=account.person.full_name if account.person else account.username,
        title=posts[0].title if posts else "",
    )
