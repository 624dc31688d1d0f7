"""One call to a signing service: JSON over verified TLS, little time, no redirect. Nothing sent is ever in a log."""

import base64
import binascii
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import urllib3
from cryptography import x509
from django.conf import settings
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, SSLError

from vanthu.signing.providers.base import NotSentError, SigningError

SECONDS = 15  # for one answer
_CONNECT = 5
_MOST = 4 * 1024 * 1024  # bytes of an answer
_LOOPBACK = ("127.0.0.1", "::1", "localhost")

# The system's roots; `SSL_CERT_FILE` names others.
_pool = urllib3.PoolManager(maxsize=8, retries=False, ssl_context=ssl.create_default_context())


@dataclass(frozen=True, slots=True)
class Reply:
    """The status of HTTP and the object of JSON that came with it ({} where none did)."""

    status: int
    data: dict[str, Any]

    @property
    def fine(self) -> bool:
        return 200 <= self.status < 300


def post(service: str, url: str, body: Mapping[str, Any], *, bearer: str = "") -> Reply:
    """Send an object. `service` is the name that the signer reads. Raises `SigningError` when there is no answer."""
    _refuse_open_line(service, url)
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if bearer:
        headers["Authorization"] = f"Bearer {bearer}"
    try:
        response = _pool.request(
            "POST",
            url,
            body=json.dumps(body).encode(),
            headers=headers,
            redirect=False,
            preload_content=False,
            timeout=urllib3.Timeout(connect=_CONNECT, read=SECONDS),
        )
        with response:
            content = response.read(_MOST + 1, decode_content=True)
    except SSLError as error:
        raise NotSentError(
            f"Không lập được kết nối an toàn (TLS) tới {service}. Báo quản trị hệ thống kiểm tra."
        ) from error
    except (NewConnectionError, ConnectTimeoutError) as error:
        raise NotSentError(f"Chưa kết nối được {service}. Hệ thống sẽ thử lại; chưa có gì bị mất.") from error
    except (HTTPError, OSError) as error:
        raise SigningError(f"{service} chưa trả lời. Hệ thống sẽ thử lại; chưa có gì bị mất.") from error
    if response.status >= 500 or len(content) > _MOST:
        raise SigningError(f"{service} đang gặp sự cố ({response.status}). Hệ thống sẽ thử lại.")
    return Reply(response.status, _object(content))


def configured(service: str, variable: str, value: str) -> str:
    """A setting that a service needs. Raises `SigningError` that names the variable."""
    if not value:
        raise SigningError(
            f"Máy chủ chưa khai báo {service} ({variable}). Báo quản trị hệ thống, hoặc ký bằng thiết bị khác.",
            permanent=True,
        )
    return value


def certificate(text: str) -> x509.Certificate:
    """From base64 of DER, as services send it. Raises `SigningError`."""
    try:
        return x509.load_der_x509_certificate(decoded(text))
    except ValueError as error:
        raise SigningError("Dịch vụ ký trả về chứng thư không đọc được. Báo quản trị hệ thống.") from error


def decoded(text: str) -> bytes:
    """Base64 with whatever line ends a service puts into it. Raises `SigningError`."""
    try:
        return base64.b64decode("".join(str(text).split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise SigningError("Dịch vụ ký trả lời sai định dạng. Báo quản trị hệ thống.") from error


def encoded(data: bytes) -> str:
    """Base64 without line ends."""
    return base64.b64encode(data).decode()


def without_root(found: list[x509.Certificate], own: x509.Certificate) -> list[x509.Certificate]:
    """The signer's certificate and those above it, without the root. Raises `SigningError` if it is another's."""
    if own not in found:
        raise SigningError(
            "Dịch vụ ký không có chứng thư số đã đăng ký trong hệ thống. Đề nghị quản trị đăng ký lại chứng thư.",
            permanent=True,
        )
    return [own, *(one for one in found if one != own and one.subject != one.issuer)]


def _refuse_open_line(service: str, url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" and (settings.PRODUCTION or parts.hostname not in _LOOPBACK):
        raise SigningError(
            f"Địa chỉ của {service} phải là https. Báo quản trị hệ thống sửa cấu hình.", permanent=True
        )


def _object(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {"items": found}
