"""A signing service whose owner confirms on a phone, for tests: it counts what it was asked."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509

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
    WrongSecretError,
)
from vanthu.signing.providers.software_key import SoftwareKey


class Phone:
    """`authorisations` holds one entry per question on the phone: the reference and its hashes."""

    def __init__(self, *, batch: int = 20, interactive: bool = True, secrets: tuple[str, ...] = ()) -> None:
        self.capabilities = Capabilities(
            frozenset({"sha256_ecdsa"}), batch, interactive, label="điện thoại", secrets=secrets
        )
        self.authorisations: dict[str, list[bytes]] = {}
        self.titles: list[str] = []
        self.polls = 0
        self.confirmed = False
        self.trouble: SigningError | None = None
        self.dies: str = ""  # "before" or "after" it took the request
        self.spoils: set[int] = set()  # hashes that it does not sign, or signs wrongly (negative)
        self._key = SoftwareKey()

    def chain(self, holder: KeyHolder) -> list[x509.Certificate]:
        return self._key.chain(holder)

    def start(self, job: Job, hashes: Sequence[bytes]) -> Answer:
        if self.dies == "before":
            raise Killed
        if self.capabilities.secrets and job.secrets.get("pin") != "1234":
            raise WrongSecretError("Mã PIN không đúng, còn 2 lần thử.", left=2)
        if job.reference not in self.authorisations:
            self.authorisations[job.reference] = list(hashes)
            self.titles.append(job.title)
        if self.dies == "after":
            raise Killed
        return self._state(job)

    def poll(self, job: Job, hashes: Sequence[bytes]) -> Answer:
        self.polls += 1
        if job.reference not in self.authorisations:
            raise UnknownReferenceError
        assert self.authorisations[job.reference] == list(hashes)
        return self._state(job)

    def on_callback(self, payload: Mapping[str, Any]) -> tuple[str, Answer | None]:
        signatures = payload.get("signatures")
        return str(payload["reference"]), Done(tuple(signatures)) if signatures else None

    def signatures(self, job: Job) -> list[bytes]:
        """What the owner's confirmation gives."""
        signed = []
        for number, digest in enumerate(self.authorisations[job.reference]):
            answer = self._key.start(job, [bytes(32) if -number in self.spoils and number else digest])
            assert isinstance(answer, Done)
            signed.append(b"" if number in self.spoils else answer.signatures[0])
        return signed

    def _state(self, job: Job) -> Answer:
        if self.trouble is not None:
            raise self.trouble
        if self.confirmed or self.capabilities.secrets or not self.capabilities.interactive:
            return Done(tuple(self.signatures(job)))
        return Pending(f"phone-{job.reference}", datetime.now(UTC) + timedelta(minutes=5), code="47")


class Killed(BaseException):
    """The process ends here."""


DECLINED, LAPSED = DeclinedError(), LapsedError()
