"""Check the signatures of a PDF: integrity, chain, revocation, time, changes after signing, and who signed as what.

pyHanko does the cryptography; what validators do not catch (bytes behind the end, a number changed after the seal,
an unexpected or missing signer) is in `revisions` and `judging`. OCSP and CRLs take network time: verify in a job,
keep the report. `Verifier` is what a measurement calls, once for many files: it keeps what it fetched for a minute.
"""

import logging
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from asn1crypto import x509 as asn1_x509
from django.conf import settings
from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko_certvalidator.fetchers.aiohttp_fetchers import AIOHttpFetcherBackend
from pyhanko_certvalidator.fetchers.api import Fetchers, FetchLimits

from vanthu.signing import hexadecimal, roots, trust
from vanthu.signing.judging import Wanted, judge
from vanthu.signing.loops import run
from vanthu.signing.malformed import MALFORMED
from vanthu.signing.policies import AUTOMATIC_LABEL, GOVERNMENT_COMPAT, OWN, POLICIES, Policy
from vanthu.signing.report import Finding, Report, Role
from vanthu.signing.roles import own_role

log = logging.getLogger("vanthu.signing")
hexadecimal.read_quickly()

_REMEMBERED = 60.0  # seconds for which answers of OCSP responders and CRLs are used again
_LIMITS = FetchLimits(max_requests=60, max_cert_requests=0)
_DAMAGED = Finding("damaged", "cấu trúc tệp hoặc chữ ký bị hỏng")
_LOCKED = Finding("locked", "tệp có mật khẩu nên không đọc được chữ ký")


class _Locked(PdfError):
    """The file opens with a password only."""


class Verifier:
    """Judges files under one policy and a set of trusted roots (default: those of the settings).

    Without a policy each file chooses (`policies.AUTOMATIC`). `trusted` that the caller names are also those below
    which `legacy_sha1` accepts SHA-1; of the settings' roots only those that the policy lists. `online`: ask OCSP
    responders and fetch CRLs.
    """

    def __init__(
        self,
        policy: Policy | None = OWN,
        trusted: Sequence[asn1_x509.Certificate] | None = None,
        *,
        online: bool = True,
    ) -> None:
        self.policy = policy
        self._named = trusted is not None
        self._trusted = roots.trusted() if trusted is None else tuple(trusted)
        self._specifications = {
            one: self._specified(one) for one in ([policy] if policy else POLICIES.values())
        }
        self._backend = (
            AIOHttpFetcherBackend(per_request_timeout=settings.PKI_SECONDS, limits=_LIMITS)
            if online
            else None
        )
        self._fetchers: Fetchers | None = None
        self._fetched_at = float("-inf")

    def verify(
        self,
        path: Path,
        expected: Mapping[str, str] | None = None,
        roles: Sequence[Role] | None = None,
    ) -> Report:
        """The report on a file. `expected` maps a field to the serial number (hexadecimal) of its certificate.

        With `expected` or `roles` (one per signer), a signature by somebody else, or one that is missing, is a
        problem. A malformed file is invalid, never an error. Raises `OSError` for a file that cannot be read.
        """
        return self.verify_with_material(path, expected, roles)[0]

    def verify_with_material(
        self,
        path: Path,
        expected: Mapping[str, str] | None = None,
        roles: Sequence[Role] | None = None,
    ) -> tuple[Report, trust.Knowledge]:
        """The same with the certificates, CRLs and OCSP responses that were looked at."""
        with path.open("rb") as file:
            try:
                return run(self._verified(path, file, Wanted(expected, roles)))
            except (*MALFORMED, OSError) as error:
                log.info("cannot read the signatures of %s", path.name, exc_info=error)
                found = _LOCKED if isinstance(error, _Locked) else _DAMAGED
        policy = self.policy.label if self.policy else AUTOMATIC_LABEL
        return Report("invalid", findings=(found,), policy=policy), trust.Knowledge()

    async def _verified(self, path: Path, file: BinaryIO, wanted: Wanted) -> tuple[Report, trust.Knowledge]:
        try:
            reader, signatures = self._opened(file)
            policy = self.policy or chosen(signatures)
            known = trust.knowledge_of(reader, signatures)
            chains = trust.Chains(self._specifications[policy], known, self._answers())
            report = await judge(path, reader, signatures, policy=policy, chains=chains, wanted=wanted)
            return report, chains.material(signatures)
        finally:
            if self._backend is not None:
                await self._backend.close()  # the connections; what was fetched stays

    def _opened(self, file: BinaryIO) -> tuple[PdfFileReader, list[EmbeddedPdfSignature]]:
        if self.policy is not None:
            return _read(file, strict=self.policy.strict_syntax)
        try:
            return _read(file, strict=True)
        except MALFORMED:
            return _read(file, strict=False)

    def _specified(self, policy: Policy) -> tuple[trust.Specification, ...]:
        every = bool(policy.sha1_roots) and self._named
        return trust.specifications(
            self._trusted, self._trusted if every else policy.legacy_among(self._trusted)
        )

    def _answers(self) -> Fetchers | None:
        """What was fetched a moment ago, and the means to fetch more."""
        if self._backend is not None and time.monotonic() - self._fetched_at > _REMEMBERED:
            self._fetchers, self._fetched_at = self._backend.get_fetchers(), time.monotonic()
        return self._fetchers


def chosen(signatures: Sequence[EmbeddedPdfSignature]) -> Policy:
    """The policy for a file of unknown origin: `own` where the leader or the office signed in our fields."""
    fields = [str(one.field_name) for one in signatures if one.sig_object_type != "/DocTimeStamp"]
    roles = [own_role(field) for field in fields]
    until = roles.index("seal") + 1 if "seal" in roles else len(roles)
    ours = all(roles[:until]) and bool({"approval", "seal"} & set(roles))
    return OWN if ours else GOVERNMENT_COMPAT


def _read(file: BinaryIO, *, strict: bool) -> tuple[PdfFileReader, list[EmbeddedPdfSignature]]:
    reader = PdfFileReader(file, strict=strict)
    if reader.encrypted and reader.decrypt(b"").status is AuthStatus.FAILED:
        raise _Locked("a password is needed")
    return reader, sorted(reader.embedded_signatures, key=lambda one: one.signed_revision)
