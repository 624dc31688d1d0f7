"""VNPT SmartCA: the key lies at the service, its owner confirms in the app on the phone.

Gateway "sp769", version 4: `v1/credentials/get_certificate`, `v1/signatures/sign`, `…/{transaction}/status`, a report
to an address of ours. `key_name` of a certificate is the subscriber's number (`user_id`: CCCD, passport or tax code).
Our reference is the transaction, which the service accepts once; it is also what we ask under.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import uuid4

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
    UnknownReferenceError,
)

NAME = "smartca"
_SERVICE = "VNPT SmartCA"
_PATIENCE = timedelta(minutes=5)  # in which the service waits for its subscriber
_WAITS = ("sig_wait_for_user_confirm", "wait", "pending", "")
_GONE = (404, 410)
_REFUSED = (
    "VNPT SmartCA không nhận yêu cầu ký: {}. Kiểm tra số định danh và chứng thư đã đăng ký rồi gửi lại."
)


class SmartCa:
    """Asks, then looks whether the subscriber has confirmed; the service's report makes the look come at once."""

    @property
    def capabilities(self) -> Capabilities:
        """`VANTHU_SMARTCA_ANSWER` says what the contract gives back: bare signatures (pkcs1) or whole PKCS#7."""
        return Capabilities(
            frozenset({"sha256_rsa"}),
            batch=50,
            interactive=True,
            label=_SERVICE,
            container=settings.SMARTCA_ANSWER == "pkcs7",
        )

    def chain(self, holder: KeyHolder) -> list[x509.Certificate]:
        """The certificate and those above it, as the service knows them."""
        der = holder.certificate.public_bytes(Encoding.DER)
        return list(_chain(settings.SMARTCA_URL, holder.key_name, der))

    def start(self, job: Job, hashes: Sequence[bytes]) -> Answer:
        """One transaction with all hashes; the subscriber confirms once."""
        files = [
            {
                "doc_id": _document(job.reference, number),
                "file_type": "pdf",
                "sign_type": "hash",
                "data_to_be_signed": digest.hex(),
            }
            for number, digest in enumerate(hashes)
        ]
        reply = _call(
            "v1/signatures/sign",
            job.holder.key_name,
            transaction_id=job.reference,
            transaction_desc=job.title[:200],
            serial_number=f"{job.holder.certificate.serial_number:x}",
            time_stamp=datetime.now(UTC).strftime("%Y%m%d%H%M%SZ"),
            sign_files=files,
        )
        code = _code(reply)
        if code == 200:
            tran = str(_data(reply).get("tran_code") or "")
            return Pending(tran, datetime.now(UTC) + _PATIENCE, tran[-6:])
        raise _error(code, _message(reply))

    def poll(self, job: Job, hashes: Sequence[bytes]) -> Answer:
        """How the transaction stands."""
        url = f"v1/signatures/sign/{job.reference}/status"
        reply = _call(url, job.holder.key_name, transaction_id=job.reference)
        code, message = _code(reply), _message(reply)
        if code in _GONE:
            raise UnknownReferenceError
        signatures = _data(reply).get("signatures")
        if code == 200 and signatures:
            return _done(job.reference, signatures, len(hashes))
        if code == 200 and message.lower() in _WAITS:
            return Pending(job.device_reference, datetime.now(UTC) + _PATIENCE, job.device_reference[-6:])
        raise _error(code, message)

    def on_callback(self, payload: Mapping[str, Any]) -> tuple[str, Answer | None]:
        """`{sp_id, status_code, message, transaction_id, signed_files: [{doc_id, signature_value}]}`."""
        if payload.get("sp_id") != settings.SMARTCA_ID or not settings.SMARTCA_ID:
            raise SigningError("Báo cáo không phải của VNPT SmartCA.", permanent=True)
        reference = str(payload.get("transaction_id") or "")
        files = payload.get("signed_files")
        if not isinstance(files, list) or not files:
            return reference, None
        return reference, _done(reference, files, len(files))


@lru_cache(maxsize=512)
def _chain(_url: str, user_id: str, der: bytes) -> tuple[x509.Certificate, ...]:
    own = x509.load_der_x509_certificate(der)
    serial = f"{own.serial_number:x}"
    reply = _call("v1/credentials/get_certificate", user_id, serial_number=serial, transaction_id=uuid4().hex)
    if _code(reply) != 200:
        raise _error(_code(reply), _message(reply))
    found: list[x509.Certificate] = []
    for one in _data(reply).get("user_certificates") or []:
        if str(one.get("serial_number", "")).lstrip("0").lower() == serial:
            above = one.get("chain_data") or {}
            texts = (one.get("cert_data"), above.get("ca_cert"), above.get("root_cert"))
            found = [calling.certificate(text) for text in texts if text]
    return tuple(calling.without_root(found, own))


def _call(path: str, user_id: str, **body: Any) -> calling.Reply:
    url = calling.configured(_SERVICE, "VANTHU_SMARTCA_URL", settings.SMARTCA_URL)
    account = {
        "sp_id": calling.configured(_SERVICE, "VANTHU_SMARTCA_ID", settings.SMARTCA_ID),
        "sp_password": calling.configured(_SERVICE, "VANTHU_SMARTCA_PASSWORD", settings.SMARTCA_PASSWORD),
        "user_id": user_id,
    }
    return calling.post(_SERVICE, f"{url.rstrip('/')}/{path}", account | body)


def _done(reference: str, signatures: Sequence[Mapping[str, Any]], count: int) -> Done:
    """In the order of the hashes; what is missing stays empty."""
    given = {str(one.get("doc_id")): str(one.get("signature_value") or "") for one in signatures}
    texts = [given.get(_document(reference, number), "") for number in range(count)]
    taken_out = bytes if settings.SMARTCA_ANSWER == "pkcs7" else answers.bare
    return Done(tuple(taken_out(calling.decoded(text)) if text else b"" for text in texts))


def _document(reference: str, number: int) -> str:
    """What the app shows beside each file: the end of the reference and the file's number."""
    return f"{reference[-8:]}-{number + 1}"


def _code(reply: calling.Reply) -> int:
    """The service's own code where it gives one, else HTTP's."""
    found = str(reply.data.get("status_code", ""))
    return int(found) if found.isdecimal() else reply.status


def _message(reply: calling.Reply) -> str:
    return str(reply.data.get("message") or "").strip()


def _data(reply: calling.Reply) -> Mapping[str, Any]:
    found = reply.data.get("data")
    return found if isinstance(found, dict) else {}


def _error(code: int, message: str) -> SigningError:
    """4001 … 4004 are the codes of the service's older gateway, the words those of the present one."""
    said = message.lower()
    if code == 4002 or "reject" in said or "cancel" in said:
        return DeclinedError("Người ký đã từ chối trên ứng dụng VNPT SmartCA.")
    if code == 4001 or "expire" in said or "timeout" in said:
        return LapsedError("Quá thời gian xác nhận trên ứng dụng VNPT SmartCA. Gửi ký lại.")
    if code == 401:
        return SigningError(
            "VNPT SmartCA không nhận tài khoản của hệ thống hoặc của người ký. Báo quản trị hệ thống.",
            permanent=True,
        )
    return SigningError(_REFUSED.format(message[:150] or code), permanent=True)
