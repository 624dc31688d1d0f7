"""OAuth 2 client credentials (RFC 6749, 4.4): a token's prefix and secret give an access token for one hour.

With oauthlib over our own tokens. allauth's identity provider has the grant too, but its clients know neither expiry
nor revocation nor last use nor an office, and it brings OpenID's pages and signing keys that nobody here needs.
"""

from base64 import b64decode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from ninja import Form, Router, Schema
from oauthlib.common import Request
from oauthlib.oauth2 import BackendApplicationServer, RequestValidator
from pydantic import Field

from vanthu.organisations import tokens_queries
from vanthu.organisations.tokens import Key
from vanthu.organisations.tokens_queries import BadToken
from vanthu.web.api.access import ACCESS_SECONDS, access_token
from vanthu.web.api.schemas import Text

if TYPE_CHECKING:
    from vanthu.organisations.models import Token

router = Router(tags=["Xác thực"], auth=None)


class Asked(Schema):
    """Biểu mẫu `application/x-www-form-urlencoded` của OAuth 2."""

    grant_type: Text = Field(examples=["client_credentials"], max_length=40)
    client_id: Text = Field("", max_length=40, description="Phần đầu của khoá: `vt_<…>`.")
    client_secret: Text = Field(
        "", max_length=100, description="Phần còn lại của khoá, sau dấu gạch dưới thứ hai."
    )
    scope: Text = Field(
        "", max_length=200, description="Phạm vi cần dùng, cách nhau bằng dấu cách; trống: tất cả."
    )


class AccessToken(Schema):
    """Mã truy cập dùng trong một giờ như một khoá."""

    access_token: str
    token_type: str = Field(examples=["Bearer"])
    expires_in: int = Field(examples=[3600])
    scope: str = Field(examples=["read documents"])


class OAuthError(Schema):
    """Lỗi theo RFC 6749, mục 5.2."""

    error: str = Field(examples=["invalid_client"])
    error_description: str = ""


@dataclass(frozen=True, slots=True)
class Program:
    """A token as the library sees a client."""

    client_id: str
    token: "Token"


class Clients(RequestValidator):  # type: ignore[misc]
    """Our tokens as OAuth clients."""

    def authenticate_client(self, request: Request, *args: Any, **kwargs: Any) -> bool:
        name, secret = _basic(request.headers.get("Authorization", ""))
        name, secret = name or request.client_id or "", secret or request.client_secret or ""
        key = Key.read(f"{name}_{secret}")
        if key is None:
            return False
        try:
            request.client = Program(name, tokens_queries.token_of(key))
        except BadToken:
            return False
        return True

    def client_authentication_required(self, request: Request, *args: Any, **kwargs: Any) -> bool:
        return True

    def validate_grant_type(
        self, client_id: str, grant_type: str, client: Any, request: Request, *args: Any, **kwargs: Any
    ) -> bool:
        return grant_type == "client_credentials"

    def get_default_scopes(self, client_id: str, request: Request, *args: Any, **kwargs: Any) -> list[str]:
        return list(request.client.token.scopes)

    def validate_scopes(
        self, client_id: str, scopes: list[str], client: Any, request: Request, *args: Any, **kwargs: Any
    ) -> bool:
        return set(scopes) <= set(client.token.scopes)

    def save_bearer_token(self, token: dict[str, Any], request: Request, *args: Any, **kwargs: Any) -> None:
        """Nothing to keep: the access token is signed, and ends with the token behind it."""


def _basic(header: str) -> tuple[str, str]:
    """Name and secret of an HTTP Basic header; empty for any other."""
    kind, _, value = header.partition(" ")
    if kind.lower() != "basic":
        return "", ""
    try:
        name, _, secret = b64decode(value, validate=True).decode("ascii").partition(":")
    except ValueError:  # neither Base64 nor ASCII
        return "", ""
    return name, secret


def _signed(request: Request) -> str:
    return access_token(request.client.token.pk, list(request.scopes))


server = BackendApplicationServer(Clients(), token_generator=_signed, token_expires_in=ACCESS_SECONDS)


@router.post(
    "/token",
    response={200: AccessToken, 400: OAuthError, 401: OAuthError},
    summary="Đổi khoá lấy mã truy cập một giờ (OAuth 2)",
)
def issue_access_token(request: HttpRequest, asked: Form[Asked]) -> HttpResponse:
    """Cho thư viện OAuth 2 sẵn có: client credentials, khoá gửi trong biểu mẫu hoặc HTTP Basic."""
    headers = {"Authorization": request.headers.get("Authorization", "")}
    fields = {name: value for name, value in asked.model_dump().items() if value}
    _, body, status = server.create_token_response(request.build_absolute_uri(), "POST", fields, headers)
    answer = HttpResponse(body, status=status, content_type="application/json")
    answer["Cache-Control"] = "no-store"
    return answer
