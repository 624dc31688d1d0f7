"""What every key device promises. Two families: those that sign a hash, and those that hand back a whole file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from cryptography import x509


class SigningError(Exception):
    """A device, or what it gave, cannot be used; `permanent` when trying again does not help.

    `message` is a Vietnamese sentence for the signer.
    """

    def __init__(self, message: str, permanent: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.permanent = permanent


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a device can do: signature algorithms, hashes in one request, whether the signer must act on a device."""

    algorithms: frozenset[str]
    batch: int
    interactive: bool


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """Whose key signs: the certificate of a person or an office, and the device's own name for the key."""

    certificate: x509.Certificate
    key_name: str


@dataclass(frozen=True, slots=True)
class Job:
    """One request to a device; `title` is what the signer reads on it."""

    holder: KeyHolder
    title: str


@dataclass(frozen=True, slots=True)
class Done:
    """Signatures in the order of the hashes: PKCS#1 v1.5 for RSA, DER for ECDSA."""

    signatures: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Pending:
    """The device waits for its owner; ask again under `reference` until `expires_at`."""

    reference: str
    expires_at: datetime


type Answer = Done | Pending


class DigestSigner(Protocol):
    """Signs SHA-256 hashes: software key, token on the server, remote signing. All methods raise `SigningError`."""

    capabilities: Capabilities

    def chain(self, holder: KeyHolder) -> list[x509.Certificate]:
        """The signer's certificate and those above it, without the root."""

    def start(self, job: Job, hashes: Sequence[bytes]) -> Answer:
        """Ask for one signature per hash."""

    def poll(self, reference: str) -> Answer:
        """How a pending request stands."""

    def on_callback(self, payload: Mapping[str, Any]) -> tuple[str, Answer]:
        """What the device's server reports by itself: (reference, answer)."""


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

    def accept(self, ticket: Ticket, handed_out: Path, brought: Path) -> None:
        """Check what came back: only appended to, signed last by the expected certificate, covering the file."""
