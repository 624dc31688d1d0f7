"""Which token is it, is it good, and for whom does it act."""

import secrets
from dataclasses import dataclass

from django.db.models import F

from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import NotFound, Refusal
from vanthu.organisations import queries
from vanthu.organisations.models import Account, Post, Token
from vanthu.organisations.tokens import Key, narrowed


class BadToken(Refusal):
    """A key that opens nothing: unknown, expired, revoked, or of an account that is locked."""

    status = 401
    code = "token_wrong"
    default = "Khoá truy cập không đúng. Kiểm tra lại khoá, hoặc tạo khoá mới ở trang Khoá truy cập (API)."


def token_of(key: Key) -> Token:
    """The token of a key, with its account; raises `BadToken` that says what is wrong to whoever has the secret."""
    found = Token.objects.select_related("account").filter(prefix=key.prefix).first()
    # Compared also where there is none, so that the time does not tell whether a prefix exists.
    same = secrets.compare_digest(key.hash, found.secret_hash if found else "")
    if found is None or not same:
        raise BadToken()
    return good(found)


def token_by_id(pk: int) -> Token:
    """A token, good or not, of whoever was given its id by us; raises `BadToken`."""
    found = Token.objects.select_related("account").filter(pk=pk).first()
    if found is None:
        raise BadToken()
    return found


def good(token: Token) -> Token:
    """The token itself; raises `BadToken` for one that is over or whose account is locked."""
    if token.revoked_at is not None:
        raise BadToken("Khoá truy cập này đã bị thu hồi. Tạo khoá mới.", code="token_revoked")
    if token.expires_on < today():
        raise BadToken(
            f"Khoá truy cập hết hạn từ sau ngày {token.expires_on:%d/%m/%Y}. Tạo khoá mới.",
            code="token_expired",
        )
    if not token.account.is_active:
        raise BadToken(
            "Tài khoản của khoá này đang bị khóa. Liên hệ quản trị của cơ quan.", code="account_locked"
        )
    return token


def actor_by_token(token: Token, scopes: frozenset[str]) -> Actor:
    """The actor of a token in its office, with what the scopes leave of the powers.

    Raises `BadToken` when the account no longer works in that office: elsewhere the token is good for nothing.
    """
    seats = queries.seats_of(token.account)
    if token.office_id not in {seat.office_id for seat in seats}:
        raise BadToken(
            "Khoá này cấp cho một cơ quan mà chủ khoá không còn chức vụ. Tạo khoá mới.", code="no_post"
        )
    return narrowed(queries.actor_for(token.account, token.office_id), scopes)


def own_tokens(by: Actor) -> list[Token]:
    """The tokens of the actor's own account, newest first, at most 100; the revoked ones stand at the end."""
    rows = Token.objects.filter(account=by.account).select_related("office")
    return list(rows.order_by(F("revoked_at").desc(nulls_first=True), "-created_at", "-pk")[:100])


@dataclass(frozen=True, slots=True)
class Program:
    """A program of the office (phần mềm tích hợp): its account, its post, its tokens."""

    account: Account
    post: Post | None
    tokens: tuple[Token, ...]

    @property
    def name(self) -> str:
        return self.account.person.full_name if self.account.person else self.account.username


def programs(by: Actor) -> list[Program]:
    """The programs with a post in the actor's office; needs `administer`. Three queries."""
    by.require("administer")
    posts = {one.person_id: one for one in reversed(queries.valid_posts(office_id=by.office))}
    accounts = Account.objects.filter(is_program=True, person__in=posts).select_related("person")
    tokens: dict[int, list[Token]] = {}
    for token in Token.objects.filter(account__in=accounts, office=by.office).order_by("-created_at", "-pk"):
        tokens.setdefault(token.account_id, []).append(token)
    return [
        Program(one, posts.get(one.person_id or 0), tuple(tokens.get(one.pk, ())))
        for one in accounts.order_by("person__full_name", "pk")
    ]


def program(account_id: int, by: Actor) -> Program:
    """One program whose home is the actor's office; raises `NotFound`."""
    by.require("administer")
    account = Account.objects.select_related("person").filter(pk=account_id, is_program=True).first()
    if account is None or account.person_id is None or queries.home_of(account.person_id) != by.office:
        raise NotFound("Không tìm thấy phần mềm này trong cơ quan. Mở lại danh sách phần mềm tích hợp.")
    posts = queries.valid_posts(person_id=account.person_id, office_id=by.office)
    tokens = Token.objects.filter(account=account, office=by.office).order_by("-created_at", "-pk")
    return Program(account, posts[0] if posts else None, tuple(tokens))
