"""Who asks: a program with a token, or the person signed in at the browser, who tries the interface out."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import NotAllowed, Refusal
from vanthu.organisations import tokens_actions, tokens_queries
from vanthu.organisations.tokens import BY_NAME, Key
from vanthu.organisations.tokens_queries import BadToken
from vanthu.web.shell.refusals import Expired
from vanthu.web.shell.requests import address_of
from vanthu.web.shell.seats import actor_of

SAFE = ("GET", "HEAD", "OPTIONS")
ACCESS_MARK = "vta_"
ACCESS_SECONDS = 3600
_SALT = "vanthu.api.access"
LONGEST_KEY = 64


class ProgramRequest(HttpRequest):
    """A request that was let in: `actor` acts, narrowed to `scopes`; `caller` is whom the rate is counted for."""

    actor: Actor
    scopes: frozenset[str]
    caller: str
    auth: Any


class KeyNeeded(Refusal):
    """A write without the key that keeps it from being done twice."""

    status = 400
    code = "idempotency_key_needed"
    default = (
        "Thiếu tiêu đề Idempotency-Key. Mỗi lệnh ghi cần một khoá riêng, từ 1 đến 64 ký tự ASCII, ví dụ một UUID;"
        " gửi lại cùng lệnh thì dùng lại khoá đó."
    )


def idempotency_key(request: HttpRequest) -> str:
    """The key of a write; raises `KeyNeeded`."""
    key = request.headers.get("Idempotency-Key", "")
    if not 1 <= len(key) <= LONGEST_KEY or not (key.isascii() and key.isprintable()):
        raise KeyNeeded()
    return key


class Token(AuthBase):
    """`Authorization: Bearer vt_…`, or an access token made out of one."""

    openapi_type = "http"
    openapi_scheme = "bearer"
    openapi_description = "Khoá truy cập `vt_…`, hoặc mã truy cập một giờ `vta_…` từ `POST /api/v1/token`."

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> str | None:
        text = request.headers.get("Authorization", "")
        if not text:
            return None
        kind, _, value = text.partition(" ")
        if kind.lower() != "bearer":
            raise BadToken("Gửi khoá trong tiêu đề Authorization, dạng: Bearer vt_…")
        token, scopes = _opened(value.strip())
        # A read shows what its holder's pages show: which list one has is a matter of powers too.
        by = tokens_queries.actor_by_token(token, frozenset(BY_NAME) if request.method in SAFE else scopes)
        let_in(request, by, scopes, f"token:{token.pk}")
        tokens_actions.note_use(token, address_of(request))
        if self.scope not in scopes:
            label = BY_NAME[self.scope].label
            raise NotAllowed(f"Khoá này không có phạm vi {self.scope} ({label}).", code="scope_missing")
        return f"token:{token.pk}"


def _opened(text: str) -> tuple[Any, frozenset[str]]:
    """The token behind a key or an access token, and the scopes it is used with; raises `BadToken`."""
    if text.startswith(ACCESS_MARK):
        try:
            pk, asked = signing.loads(text.removeprefix(ACCESS_MARK), salt=_SALT, max_age=ACCESS_SECONDS)
        except signing.SignatureExpired as error:
            raise BadToken("Mã truy cập đã hết một giờ. Xin mã mới.", code="token_expired") from error
        except signing.BadSignature as error:
            raise BadToken() from error
        token = tokens_queries.good(tokens_queries.token_by_id(pk))
        return token, frozenset(asked) & frozenset(token.scopes)
    key = Key.read(text)
    if key is None:
        raise BadToken()
    token = tokens_queries.token_of(key)
    return token, frozenset(token.scopes)


def access_token(token_id: int, scopes: list[str]) -> str:
    """A signed token for one hour; it ends earlier when the token behind it is revoked or expires."""
    return ACCESS_MARK + signing.dumps([token_id, scopes], salt=_SALT)


class Session(AuthBase):
    """The person signed in at the browser; writes carry the form token (CSRF)."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = settings.SESSION_COOKIE_NAME
    openapi_description = "Phiên đăng nhập của trình duyệt, để thử ngay trên trang này."

    def __call__(self, request: HttpRequest) -> str | None:
        if not request.user.is_authenticated:
            return None
        if request.method not in SAFE and check_csrf(request) is not None:
            raise Expired()
        by = actor_of(request)
        caller = f"account:{by.account_id}"
        let_in(request, by, frozenset(BY_NAME), caller)
        return caller


def let_in(request: HttpRequest, by: Actor, scopes: frozenset[str], caller: str) -> None:
    """Note who acts in this request; a write must carry its key."""
    if request.method not in SAFE:
        idempotency_key(request)
    request.actor = by  # type: ignore[attr-defined]
    request.scopes = scopes  # type: ignore[attr-defined]
    request.caller = caller  # type: ignore[attr-defined]


def needs(scope: str) -> list[AuthBase]:
    """Who may call an endpoint of this scope: a token that has it, or the person at the browser."""
    return [Token(scope), Session()]
