"""A key in a security module (HSM) or token that is plugged into the server, by PKCS#11: for the office's seal.

Persons' tokens are plugged into their computers, not here. `key_name` of a certificate is the label of the private key
and of the certificates beside it. The PIN comes from the settings. A process keeps one session, opens it anew when it
breaks, and stops trying after a wrong PIN: a module locks itself after a few.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa, utils
from django.conf import settings

from vanthu.kernel.later import later
from vanthu.signing.providers.base import Answer, Capabilities, Done, Job, KeyHolder, SigningError
from vanthu.signing.providers.calling import configured

if TYPE_CHECKING:
    import pkcs11
else:
    pkcs11 = later("pkcs11")

NAME = "pkcs11"
_SERVICE = "thiết bị HSM"
# DigestInfo of SHA-256 (RFC 8017, 9.2): PKCS#1 signs it with the hash behind it.
_DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
log = logging.getLogger("vanthu.signing")


class Pkcs11:
    """Signs at once. RSA by CKM_RSA_PKCS, ECDSA by CKM_ECDSA: the raw mechanisms, which every module has."""

    capabilities = Capabilities(
        frozenset({"sha256_rsa", "sha256_ecdsa"}), batch=1000, interactive=False, label=_SERVICE
    )

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._session: pkcs11.Session | None = None
        self._refused = self._tries = (
            ""  # the PIN that was wrong, which is not tried again; what the module says of it
        )

    def chain(self, holder: KeyHolder) -> list[x509.Certificate]:
        """The certificate and those above it that lie in the module, without the root."""
        return self._with_session(lambda session: _chain(session, holder.certificate))

    def start(self, job: Job, hashes: Sequence[bytes]) -> Answer:
        """Sign every hash."""
        return self._with_session(lambda session: Done(_signed(session, job.holder, hashes)))

    def poll(self, job: Job, hashes: Sequence[bytes]) -> Answer:
        """The same as asking: the module answers at once and asks nobody."""
        return self.start(job, hashes)

    def on_callback(self, payload: Mapping[str, Any]) -> tuple[str, Answer | None]:
        """Never sent: there is no server behind this device."""
        raise SigningError("Thiết bị HSM không gửi báo cáo.", permanent=True)

    def close(self) -> None:
        """End the session; the next signature opens another."""
        with self._lock:
            self._drop()

    def _with_session[T](self, act: Callable[[pkcs11.Session], T]) -> T:
        """`act` with the session of this process; once more with a fresh one when the old one broke."""
        with self._lock:
            if self._session is not None:
                try:
                    return act(self._session)
                except pkcs11.exceptions.PKCS11Error as error:
                    log.warning("the session with the security module broke: %s", type(error).__name__)
                    self._drop()
            try:
                return act(self._open())
            except pkcs11.exceptions.PKCS11Error as error:
                self._drop()
                raise _told(error) from error

    def _open(self) -> pkcs11.Session:
        module = configured(_SERVICE, "VANTHU_PKCS11_MODULE", settings.PKCS11_MODULE)
        label = configured(_SERVICE, "VANTHU_PKCS11_TOKEN", settings.PKCS11_TOKEN)
        pin = configured(_SERVICE, "VANTHU_PKCS11_PIN", settings.PKCS11_PIN)
        if pin == self._refused:
            raise _wrong_pin(self._tries)
        try:
            library = pkcs11.lib(module)
        except (RuntimeError, OSError) as error:
            raise SigningError(
                f"Không mở được thư viện của thiết bị HSM ({module}). Báo quản trị hệ thống."
            ) from error
        try:
            library.reinitialize()  # tokens that were plugged in since
            self._session = library.get_token(token_label=label).open(user_pin=pin)
        except pkcs11.exceptions.PinIncorrect as error:
            self._refused, self._tries = pin, _tries_left(library.get_token(token_label=label))
            raise _wrong_pin(self._tries) from error
        self._refused = self._tries = ""
        return self._session

    def _drop(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            try:
                session.close()
            except pkcs11.exceptions.PKCS11Error as error:
                log.info("a broken session was left: %s", type(error).__name__)


def _signed(session: pkcs11.Session, holder: KeyHolder, hashes: Sequence[bytes]) -> tuple[bytes, ...]:
    found = session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=holder.key_name)
    key = cast("Any", found)  # keys that sign are not typed
    match holder.certificate.public_key():
        case rsa.RSAPublicKey():
            mechanism = pkcs11.Mechanism.RSA_PKCS
            return tuple(key.sign(_DIGEST_INFO + digest, mechanism=mechanism) for digest in hashes)
        case ec.EllipticCurvePublicKey():
            return tuple(_der(key.sign(digest, mechanism=pkcs11.Mechanism.ECDSA)) for digest in hashes)
        case _:
            raise SigningError(
                "Khóa trong HSM không phải RSA hay ECDSA. Cấp lại chứng thư số.", permanent=True
            )


def _chain(session: pkcs11.Session, own: x509.Certificate) -> list[x509.Certificate]:
    """From the certificate upwards, by names, of what lies in the module; the certificate itself need not."""
    held = session.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE})
    found = [x509.load_der_x509_certificate(one[pkcs11.Attribute.VALUE]) for one in held]
    by_subject = {one.subject: one for one in found if one.subject != one.issuer}
    chain = [own]
    while (above := by_subject.get(chain[-1].issuer)) is not None and above not in chain:
        chain.append(above)
    return chain


def _der(raw: bytes) -> bytes:
    """PKCS#11 gives r and s side by side; everything else wants them as DER."""
    half = len(raw) // 2
    return utils.encode_dss_signature(int.from_bytes(raw[:half]), int.from_bytes(raw[half:]))


def _tries_left(token: pkcs11.Token) -> str:
    """What the module tells about the tries that are left; it gives no number."""
    if token.flags & pkcs11.TokenFlag.USER_PIN_LOCKED:
        return " Thiết bị đã khóa."
    if token.flags & pkcs11.TokenFlag.USER_PIN_FINAL_TRY:
        return " Thiết bị báo chỉ còn một lần thử."
    return " Thiết bị báo đã có lần nhập sai." if token.flags & pkcs11.TokenFlag.USER_PIN_COUNT_LOW else ""


def _wrong_pin(tries: str) -> SigningError:
    return SigningError(
        "Mã PIN của thiết bị HSM không đúng. Hệ thống không thử lại, vì thiết bị sẽ khóa sau vài lần sai."
        f"{tries} Báo quản trị hệ thống sửa cấu hình (VANTHU_PKCS11_PIN).",
        permanent=True,
    )


def _told(error: Exception) -> SigningError:
    """What a module's error means for the clerk; a token that is not there may come back."""
    match error:
        case pkcs11.exceptions.PinLocked():
            return SigningError(
                "Thiết bị HSM đã khóa vì nhập sai PIN nhiều lần. Mở khóa rồi ký lại.", permanent=True
            )
        case pkcs11.exceptions.NoSuchKey():
            return SigningError(
                "Thiết bị HSM không có khóa của chứng thư số này. Kiểm tra tên khóa đã đăng ký.",
                permanent=True,
            )
        case pkcs11.exceptions.MultipleObjectsReturned():
            return SigningError(
                "Thiết bị HSM có nhiều khóa cùng tên. Đặt mỗi khóa một tên rồi đăng ký lại.", permanent=True
            )
        case (
            pkcs11.exceptions.NoSuchToken()
            | pkcs11.exceptions.TokenNotPresent()
            | pkcs11.exceptions.DeviceRemoved()
        ):
            return SigningError("Chưa thấy thiết bị HSM. Kiểm tra kết nối; hệ thống sẽ thử lại.")
        case _:
            return SigningError(f"Thiết bị HSM báo lỗi ({type(error).__name__}). Hệ thống sẽ thử lại.")
