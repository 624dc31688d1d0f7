"""Viettel MySign: the key lies at the service, its owner confirms in the app on the phone.

Gateway "vtss": `ras/v1/login` gives a token per signer, then `certificates/info`, `signHash` with `async: 1` and
`requests/status`. `key_name` of a certificate is the signer's account (`user_id`); which of the account's credentials
it is follows from the certificate. The service names its transaction only in its answer and takes no name of ours: when
that answer is lost, nothing can be asked about it, so the request fails rather than ask the phone a second time.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from vanthu.signing.providers import answers, calling
from vanthu.signing.providers.base import (
    Answer,
    Capabilities,
    DeclinedError,
    Done,
    Job,
    KeyHolder,
    LapsedError,
    Pending,
    SigningError,
)

NAME = "mysign"
_SERVICE = "Viettel MySign"
_PATIENCE = timedelta(minutes=3)
_SHA256, _RSA = "2.16.840.1.101.3.4.2.1", "1.2.840.113549.1.1.1"
_LONGEST = 72  # bytes of a text, so that its base64 is shorter than 100 letters
_WAITS = ("0", "4000", "6000")
_ENDS: dict[str, SigningError] = {
    "4001": LapsedError("Quá thời gian xác nhận trên ứng dụng MySign. Gửi ký lại."),
    "4002": DeclinedError("Người ký đã từ chối trên ứng dụng MySign."),
    "4004": SigningError("MySign không ký được. Gửi ký lại; nếu vẫn vậy, báo Viettel-CA.", permanent=True),
    "4005": SigningError("Tài khoản MySign đã hết lượt ký. Liên hệ Viettel-CA để mua thêm.", permanent=True),
    "13004": SigningError("Chứng thư số trên MySign đã hết hạn hoặc bị thu hồi.", permanent=True),
}


@dataclass(frozen=True, slots=True)
class _Credential:
    """The service's name for a key, and the certificates from the signer's upwards."""

    name: str
    chain: tuple[x509.Certificate, ...]


class MySign:
    """Asks, then looks whether the signer has confirmed."""

    capabilities = Capabilities(frozenset({"sha256_rsa"}), batch=50, interactive=True, label=_SERVICE)

    def chain(self, holder: KeyHolder) -> list[x509.Certificate]:
        """The certificate and those above it, as the service knows them."""
        return list(_credential_of(holder).chain)

    def start(self, job: Job, hashes: Sequence[bytes]) -> Answer:
        """One transaction with all hashes; the signer confirms once."""
        names = [*job.documents, *("" for _ in hashes)][: len(hashes)]
        documents = [
            {"document_id": f"{job.reference[-8:]}-{number + 1}", "document_name": _text(name or job.title)}
            for number, name in enumerate(names)
        ]
        reply = _call(
            "signHash",
            job.holder.key_name,
            credentialID=_credential_of(job.holder).name,
            numSignatures=len(hashes),
            description=_text(job.title),
            documents=documents,
            hash=[calling.encoded(digest) for digest in hashes],
            hashAlgo=_SHA256,
            signAlgo=_RSA,
            **{"async": 1},
        )
        transaction = str(reply.data.get("transactionId") or "")
        if not reply.fine or not transaction:
            raise _refused(reply)
        return Pending(transaction, datetime.now(UTC) + _PATIENCE)

    def poll(self, job: Job, hashes: Sequence[bytes]) -> Answer:
        """How the transaction stands."""
        if not job.device_reference:
            raise SigningError(
                "Mất liên lạc với MySign lúc gửi yêu cầu ký. Nếu điện thoại đang hỏi, bấm từ chối; rồi gửi ký lại.",
                permanent=True,
            )
        reply = _call("requests/status", job.holder.key_name, transactionId=job.device_reference)
        status = str(reply.data.get("status") or reply.data.get("error") or "")
        signatures = reply.data.get("signatures") or []
        if reply.fine and status == "1" and signatures:
            return Done(tuple(answers.bare(calling.decoded(text)) if text else b"" for text in signatures))
        if status in _WAITS:
            return Pending(job.device_reference, datetime.now(UTC) + _PATIENCE)
        raise _ENDS.get(status) or _refused(reply)

    def on_callback(self, payload: Mapping[str, Any]) -> tuple[str, Answer | None]:
        """Reports (`async: 3`) are not asked for: the service wants tokens of ours for them."""
        raise SigningError("MySign không gửi báo cáo tới hệ thống này.", permanent=True)


def _credential_of(holder: KeyHolder) -> _Credential:
    der = holder.certificate.public_bytes(Encoding.DER)
    return _credential(settings.MYSIGN_URL, holder.key_name, der)


@lru_cache(maxsize=512)
def _credential(_url: str, user_id: str, der: bytes) -> _Credential:
    own = x509.load_der_x509_certificate(der)
    reply = _call(
        "certificates/info",
        user_id,
        user_id=user_id,
        profile_id=settings.MYSIGN_PROFILE,
        certificates="chain",
        certInfo=True,
        authInfo=True,
    )
    if not reply.fine:
        raise _refused(reply)
    for one in reply.data.get("items") or []:
        texts = (one.get("cert") or {}).get("certificates") or []
        found = [calling.certificate(text) for text in texts]
        if own in found:
            return _Credential(str(one.get("credential_id")), tuple(calling.without_root(found, own)))
    return _Credential("", tuple(calling.without_root([], own)))


def _call(path: str, signer: str, **body: Any) -> calling.Reply:
    url = calling.configured(_SERVICE, "VANTHU_MYSIGN_URL", settings.MYSIGN_URL).rstrip("/")
    client = {
        "client_id": calling.configured(_SERVICE, "VANTHU_MYSIGN_ID", settings.MYSIGN_ID),
        "client_secret": calling.configured(_SERVICE, "VANTHU_MYSIGN_SECRET", settings.MYSIGN_SECRET),
    }
    reply = calling.post(
        _SERVICE, f"{url}/vtss/service/{path}", client | body, bearer=_tokens.of(url, signer, client)
    )
    if reply.status == 401:  # the token ended before its time
        _tokens.forget(url, signer)
        bearer = _tokens.of(url, signer, client)
        reply = calling.post(_SERVICE, f"{url}/vtss/service/{path}", client | body, bearer=bearer)
    return reply


class _Tokens:
    """The tokens of signers, each as long as the service said; in memory only."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], tuple[str, float]] = {}

    def of(self, url: str, user_id: str, client: Mapping[str, str]) -> str:
        token, until = self._held.get((url, user_id), ("", 0.0))
        if token and time.monotonic() < until:
            return token
        body = {**client, "profile_id": settings.MYSIGN_PROFILE, "user_id": user_id}
        reply = calling.post(_SERVICE, f"{url}/vtss/service/ras/v1/login", body)
        token = str(reply.data.get("access_token") or "")
        if not reply.fine or not token:
            raise _refused(reply)
        seconds = str(reply.data.get("expires_in") or "")
        lasts = int(seconds) if seconds.isdecimal() else 600
        self._held[url, user_id] = (token, time.monotonic() + lasts * 0.8)
        return token

    def forget(self, url: str, user_id: str) -> None:
        self._held.pop((url, user_id), None)


_tokens = _Tokens()


def _refused(reply: calling.Reply) -> SigningError:
    said = str(reply.data.get("error_description") or reply.data.get("error") or reply.status)
    return SigningError(
        f"MySign không nhận yêu cầu: {said[:150]}. Kiểm tra tài khoản MySign đã đăng ký rồi gửi lại.",
        permanent=True,
    )


def _text(text: str) -> str:
    """Base64 of UTF-8, as the service wants every text; cut so that it accepts it."""
    cut = text.encode()[:_LONGEST].decode(errors="ignore")
    return calling.encoded(cut.encode())
