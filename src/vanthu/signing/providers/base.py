"""What every key device promises. Two families: those that sign a hash, and those that hand back a whole file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from cryptography import x509

if TYPE_CHECKING:
    from vanthu.signing.report import SignatureReport


class SigningError(Exception):
    """A device, or what it gave, cannot be used; `permanent` when trying again does not help.

    `message` is a Vietnamese sentence for the signer.
    """

    def __init__(self, message: str, permanent: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.permanent = permanent


class DeclinedError(SigningError):
    """The signer declined on the device."""

    def __init__(self, message: str = "Người ký đã từ chối trên thiết bị.") -> None:
        super().__init__(message, permanent=True)


class LapsedError(SigningError):
    """Nobody confirmed on the device in time."""

    def __init__(self, message: str = "Quá thời gian xác nhận trên thiết bị. Gửi ký lại.") -> None:
        super().__init__(message, permanent=True)


class NotSentError(SigningError):
    """The device was not reached, so it knows nothing of this request."""


class UnknownReferenceError(SigningError):
    """The device knows no request of this reference: it never got it, so it may be asked again."""

    def __init__(self) -> None:
        super().__init__("Thiết bị ký không nhận được yêu cầu. Hệ thống sẽ gửi lại.")


class WrongSecretError(SigningError):
    """The PIN or one-time code was wrong; `left` tries remain where the device says so, 0 = it is locked."""

    def __init__(self, message: str, left: int | None = None) -> None:
        super().__init__(message, permanent=left == 0)
        self.left = left


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a device can do: signature algorithms, hashes in one request, whether the signer must act on a device.

    `label` is its name for people. `secrets` names what the signer types here for one authorisation (`pin`, `otp`):
    it goes to the device at once and is kept nowhere. `whole_file`: it gets the file and brings it back signed
    (`FileSigner`), so no place for a signature is made beforehand. `container`: it gets the hash of the file itself
    and gives back a whole PKCS#7.
    """

    algorithms: frozenset[str]
    batch: int
    interactive: bool
    label: str = "thiết bị ký"
    secrets: tuple[str, ...] = ()
    whole_file: bool = False
    container: bool = False


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """Whose key signs: the certificate of a person or an office, and the device's own name for the key."""

    certificate: x509.Certificate
    key_name: str


@dataclass(frozen=True, slots=True)
class Job:
    """One request to a device; `title` is what the signer reads on it, `documents` the title of each hash.

    `reference` is ours and the same however often we ask (at most 32 letters and digits), `device_reference` what
    `Pending` gave; `secrets` is what the signer typed ({"pin": …}), never shown in a log.
    """

    holder: KeyHolder
    title: str
    reference: str = ""
    device_reference: str = ""
    documents: tuple[str, ...] = ()
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Done:
    """Signatures in the order of the hashes: PKCS#1 v1.5 for RSA, DER for ECDSA; empty for one that was not signed."""

    signatures: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Pending:
    """The device waits for its owner; ask again under its `reference` until `expires_at`.

    `code` is what the device shows, so that its owner confirms the right request.
    """

    reference: str
    expires_at: datetime
    code: str = ""


type Answer = Done | Pending


class DigestSigner(Protocol):
    """Signs SHA-256 hashes: software key, token on the server, remote signing. All methods raise `SigningError`.

    `DeclinedError`, `LapsedError` and `WrongSecretError` tell what the signer did; an error that is not permanent is
    asked again.
    """

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""

    def chain(self, holder: KeyHolder) -> list[x509.Certificate]:
        """The signer's certificate and those above it, without the root."""

    def start(self, job: Job, hashes: Sequence[bytes]) -> Answer:
        """Ask for one signature per hash. The same `job.reference` again never makes a second authorisation."""

    def poll(self, job: Job, hashes: Sequence[bytes]) -> Answer:
        """How a request stands. Raises `UnknownReferenceError` when the device never got it."""

    def on_callback(self, payload: Mapping[str, Any]) -> tuple[str, Answer | None]:
        """What the device's server reports by itself: our reference, and the answer (None: poll to learn it)."""


@runtime_checkable
class CodeSender(Protocol):
    """A device whose owner types a one-time code that comes by another way when we ask for it."""

    def send_code(self, holder: KeyHolder) -> None:
        """Have the code sent to the owner. Raises `SigningError`."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A one-time right to fetch one version of a file and bring it back signed.

    Bound to the file's SHA-256, the field and the serial number of the expected certificate.
    """

    token: str
    sha256: str
    field: str
    serial: str
    expires_at: datetime


class FileSigner(Protocol):
    """Takes a whole file and brings it back signed: an agent on the signer's computer."""

    def tickets(self, sha256: str, field: str, holder: KeyHolder) -> Ticket:
        """Open a request; the agent fetches and returns the file under the ticket."""

    def accept(self, ticket: Ticket, handed_out: Path, brought: Path) -> "SignatureReport":
        """The new signature of what came back: only appended to, signed last by the expected certificate, covering
        the file."""
