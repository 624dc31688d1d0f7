"""Remote signing by the Cloud Signature Consortium's interface, versions 1 (1.0.4.0) and 2 (2.0.0.2, 2.1).

`credentials/info`, `credentials/authorize`, `signatures/signHash`. `key_name` of a certificate is the service's
`credentialID`. Three devices: two whose key a PIN or a one-time code opens (typed here once for all hashes and kept
nowhere), and one without (`authMode` implicit: the service itself asks its signer, or nobody).

The interface knows no name of ours for a request, and the activation data (SAD) that it gives count as a secret: of an
interrupted request nothing is kept, and its signer types the code again.
"""

import threading
import time
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from vanthu.signing.providers import answers, calling
from vanthu.signing.providers.base import (
    Answer,
    Capabilities,
    Done,
    Job,
    KeyHolder,
    SigningError,
    UnknownReferenceError,
    WrongSecretError,
)

NAME, NAME_WITH_PIN, NAME_WITH_OTP = "csc", "csc_pin", "csc_otp"
_SERVICE = "dịch vụ ký số từ xa"
_SHA256 = "2.16.840.1.101.3.4.2.1"
_RSA, _ECDSA = "1.2.840.113549.1.1.1", "1.2.840.10045.4.3.2"
_FIELDS = {"pin": "PIN", "otp": "OTP"}  # of version 1
_WRONG = {
    "invalid_pin": "Mã PIN không đúng. Nhập lại; nhiều lần sai thì khóa ký bị khóa.",
    "invalid_otp": "Mã OTP không đúng hoặc đã hết hạn. Lấy mã mới rồi nhập lại.",
}


class Csc:
    """Authorises all hashes at once, signs them in pieces that the credential allows."""

    def __init__(self, secrets: tuple[str, ...] = ()) -> None:
        self.capabilities = Capabilities(
            frozenset({"sha256_rsa", "sha256_ecdsa"}),
            batch=100,
            interactive=True,  # a service far away, which may ask its signer
            label=_SERVICE,
            secrets=secrets,
        )

    def chain(self, holder: KeyHolder) -> list[x509.Certificate]:
        """The certificate and those above it, as the service knows them."""
        der = holder.certificate.public_bytes(Encoding.DER)
        return list(_chain(settings.CSC_URL, settings.CSC_VERSION, holder.key_name, der))

    def start(self, job: Job, hashes: Sequence[bytes]) -> Answer:
        """One authorisation; then the signatures, as many at a time as the credential allows."""
        info = _info(job.holder.key_name)
        activation = _authorised(job, hashes)
        at_once = max(1, int(info.get("multisign") or 1))
        signatures: list[bytes] = []
        for begin in range(0, len(hashes), at_once):
            signatures += _signed(job.holder, hashes[begin : begin + at_once], activation)
        return Done(tuple(signatures))

    def poll(self, job: Job, hashes: Sequence[bytes]) -> Answer:
        """What was interrupted is gone at the service."""
        raise UnknownReferenceError

    def on_callback(self, payload: Mapping[str, Any]) -> tuple[str, Answer | None]:
        """Never sent: the interface has no reports."""
        raise SigningError("Dịch vụ ký số từ xa không gửi báo cáo tới hệ thống này.", permanent=True)

    def send_code(self, holder: KeyHolder) -> None:
        """Have the service send its signer a one-time code. Raises `SigningError`."""
        _checked(_call("credentials/sendOTP", credentialID=holder.key_name))


def _info(credential: str, **wanted: Any) -> dict[str, Any]:
    return _checked(_call("credentials/info", credentialID=credential, **wanted)).data


@lru_cache(maxsize=512)
def _chain(_url: str, _version: int, credential: str, der: bytes) -> tuple[x509.Certificate, ...]:
    own = x509.load_der_x509_certificate(der)
    texts = (_info(credential, certificates="chain").get("cert") or {}).get("certificates") or []
    return tuple(calling.without_root([calling.certificate(text) for text in texts], own))


def _authorised(job: Job, hashes: Sequence[bytes]) -> str:
    """The activation data for these hashes and no others."""
    body: dict[str, Any] = {
        "credentialID": job.holder.key_name,
        "numSignatures": len(hashes),
        "description": job.title[:200],
    }
    texts = [calling.encoded(digest) for digest in hashes]
    if settings.CSC_VERSION == 1:
        body |= {"hash": texts, **{_FIELDS[name]: value for name, value in job.secrets.items()}}
    else:
        typed = [{"id": _FIELDS[name], "value": value} for name, value in job.secrets.items()]
        body |= {"hashes": texts, "hashAlgorithmOID": _SHA256, **({"authData": typed} if typed else {})}
    reply = _checked(_call("credentials/authorize", **body))
    activation = str(reply.data.get("SAD") or "")
    if not activation:
        raise SigningError("Dịch vụ ký số từ xa không cho phép ký. Thử lại sau ít phút.", permanent=True)
    return activation


def _signed(holder: KeyHolder, hashes: Sequence[bytes], activation: str) -> list[bytes]:
    algorithm = _RSA if isinstance(holder.certificate.public_key(), rsa.RSAPublicKey) else _ECDSA
    texts = [calling.encoded(digest) for digest in hashes]
    body: dict[str, Any] = {"credentialID": holder.key_name, "SAD": activation, "signAlgo": algorithm}
    if settings.CSC_VERSION == 1:
        body |= {"hash": texts, "hashAlgo": _SHA256}
    else:
        body |= {"hashes": texts, "hashAlgorithmOID": _SHA256, "operationMode": "S"}
    reply = _checked(_call("signatures/signHash", **body))
    given = reply.data.get("signatures") or []
    if len(given) != len(hashes):
        raise SigningError("Dịch vụ ký số từ xa trả lời không đủ số văn bản. Gửi ký lại.", permanent=True)
    return [answers.bare(calling.decoded(text)) for text in given]


def _call(path: str, **body: Any) -> calling.Reply:
    base = calling.configured(_SERVICE, "VANTHU_CSC_URL", settings.CSC_URL).rstrip("/")
    url = f"{base}/csc/v{settings.CSC_VERSION}/{path}"
    reply = calling.post(_SERVICE, url, body, bearer=_access.token())
    if reply.status == 401 and settings.CSC_ID:
        _access.forget()
        reply = calling.post(_SERVICE, url, body, bearer=_access.token())
    return reply


class _Access:
    """The token for the service itself (OAuth 2, client credentials), in memory as long as it counts."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held = ("", "", 0.0)  # address, token, until

    def token(self) -> str:
        if not settings.CSC_ID:
            return ""
        with self._lock:
            address, token, until = self._held
            if address != settings.CSC_URL or time.monotonic() >= until:
                address, token, until = self._held = self._fresh()
        return token

    def forget(self) -> None:
        self._held = ("", "", 0.0)

    def _fresh(self) -> tuple[str, str, float]:
        body = {
            "grant_type": "client_credentials",
            "client_id": settings.CSC_ID,
            "client_secret": settings.CSC_SECRET,
        }
        reply = calling.post(_SERVICE, f"{settings.CSC_URL.rstrip('/')}/oauth2/token", body)
        token = str(reply.data.get("access_token") or "")
        if not reply.fine or not token:
            raise SigningError(
                "Dịch vụ ký số từ xa không nhận tài khoản của hệ thống. Báo quản trị hệ thống.",
                permanent=True,
            )
        return settings.CSC_URL, token, time.monotonic() + 0.8 * float(reply.data.get("expires_in") or 600)


_access = _Access()


def _checked(reply: calling.Reply) -> calling.Reply:
    if reply.fine:
        return reply
    error = str(reply.data.get("error") or "")
    said = str(reply.data.get("error_description") or error or reply.status)[:150]
    if error in _WRONG:
        raise WrongSecretError(_WRONG[error])
    if error in ("locked_pin", "credential_locked") or "locked" in said.lower():
        raise WrongSecretError(
            "Khóa ký đã bị khóa vì nhập sai nhiều lần. Liên hệ nhà cung cấp để mở.", left=0
        )
    raise SigningError(f"Dịch vụ ký số từ xa từ chối: {said}. Báo quản trị hệ thống.", permanent=True)
