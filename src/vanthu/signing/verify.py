"""Check the signatures of a PDF: integrity, chain, revocation, time, changes after signing, and who signed where.

pyHanko does the cryptography; what validators do not catch (bytes behind the end, a number changed after the seal,
an unexpected signer) is in `revisions` and here. OCSP and CRLs take network time: verify in a job, keep the report.
"""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from asn1crypto import x509 as asn1_x509
from django.conf import settings
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate, AdESPassed, AdESStatus, AdESSubIndic
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffPolicy
from pyhanko.sign.validation import EmbeddedPdfSignature, SignatureCoverageLevel
from pyhanko.sign.validation.ades import (
    AdESBasicValidationResult,
    ades_basic_validation,
    ades_timestamp_validation,
    ades_with_time_validation,
)
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.policy_decl import (
    CertificateFetchingRule,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.status import StandardCMSSignatureStatus
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.fetchers.aiohttp_fetchers import AIOHttpFetcherBackend
from pyhanko_certvalidator.policy_decl import (
    NO_REVOCATION,
    CertRevTrustPolicy,
    DisallowWeakAlgorithmsPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)
from pyhanko_certvalidator.registry import SimpleTrustManager

from vanthu.signing import roots
from vanthu.signing.compatibility import COMPATIBLE_DIFF_POLICY
from vanthu.signing.loops import run
from vanthu.signing.malformed import MALFORMED
from vanthu.signing.places import LEADER, OFFICE
from vanthu.signing.report import Report, Revocation, Role, SignatureReport, Verdict
from vanthu.signing.revisions import fields_changed_after, has_garbage_at_end, has_uncovered_tail

log = logging.getLogger("vanthu.signing")

type Result = AdESBasicValidationResult[StandardCMSSignatureStatus]

_IF_DECLARED = RevocationCheckingRule.CHECK_IF_DECLARED
_OWN_FIELDS = re.compile(rf"(?P<initials>KyNhay\d+)|(?P<approval>{LEADER}|LienTich\d+)|(?P<seal>{OFFICE})")


@dataclass(frozen=True, slots=True)
class Policy:
    """How strictly a file is judged.

    `own_fields_only`: a signature in another field is an intruder. `weak_hashes`: refused in the chain.
    """

    name: str
    diff_policy: DiffPolicy
    own_fields_only: bool
    strict_syntax: bool
    weak_hashes: frozenset[str] = frozenset({"md2", "md5", "sha1"})


OWN = Policy("own", DEFAULT_DIFF_POLICY, own_fields_only=True, strict_syntax=True)
# Files signed by the government's desktop tool: the first signature certifies, later ones add visible fields.
COMPATIBLE = Policy("compatible", COMPATIBLE_DIFF_POLICY, own_fields_only=False, strict_syntax=False)
# The same with chains of the first generation of the government root (SHA-1); only for roots named as such.
LEGACY_SHA1 = Policy("legacy_sha1", COMPATIBLE_DIFF_POLICY, False, False, frozenset({"md2", "md5"}))


@dataclass(frozen=True, slots=True)
class Finding:
    """What the cryptography says of one signature; `reason` is a Vietnamese clause, "" when all is well."""

    verdict: Verdict
    reason: str
    trusted: bool
    revocation: Revocation
    stamped_at: datetime | None = None


class Verifier:
    """Judges files under one policy and a set of trusted roots (default: those of the settings)."""

    def __init__(self, policy: Policy = OWN, trusted: Sequence[asn1_x509.Certificate] | None = None) -> None:
        self.policy = policy
        self._trusted = roots.trusted() if trusted is None else tuple(trusted)

    def verify(self, path: Path, expected: Mapping[str, str] | None = None) -> Report:
        """The report on a file. `expected` maps a field to the serial number (hexadecimal) of its certificate.

        With `expected`, a signature by somebody else or in another field, or one that is missing, is a problem.
        A malformed file is invalid, never an error.
        """
        try:
            return run(self._verified(path, expected))
        except MALFORMED as error:
            log.warning("cannot read the signatures of %s", path.name, exc_info=error)
            return Report("invalid", problems=("cấu trúc tệp hoặc chữ ký bị hỏng",))

    async def _verified(self, path: Path, expected: Mapping[str, str] | None) -> Report:
        backend = AIOHttpFetcherBackend(per_request_timeout=settings.PKI_SECONDS)
        spec = _specification(self.policy, self._trusted, backend)
        try:
            with path.open("rb") as file:
                reader = PdfFileReader(file, strict=self.policy.strict_syntax)
                return await _Reading(self.policy, spec, expected).report(path, reader)
        finally:
            await backend.close()


@dataclass(frozen=True, slots=True)
class _Reading:
    """The judgement of one file."""

    policy: Policy
    spec: SignatureValidationSpec
    expected: Mapping[str, str] | None

    async def report(self, path: Path, reader: PdfFileReader) -> Report:
        signatures = reader.embedded_regular_signatures
        if not signatures:
            missing = _missing(self.expected, ())
            return Report("invalid", problems=missing) if missing else Report("unsigned")
        judged = [await self._judge(signature) for signature in signatures]
        problems = [*_problems(path, reader), *_missing(self.expected, judged)]
        if self.policy.own_fields_only and _signed_after_seal(signatures):
            problems.append("có chữ ký thêm vào sau khi cơ quan ký")
        stamps_hold = [await self._stamp_holds(stamp) for stamp in reader.embedded_timestamp_signatures]
        if not all(stamps_hold):
            problems.append("dấu thời gian lưu trữ của tệp không đúng")
        return Report(_worst(judged, problems), tuple(judged), tuple(problems))

    async def _judge(self, signature: EmbeddedPdfSignature) -> SignatureReport:
        signature.compute_integrity_info(diff_policy=self.policy.diff_policy)
        integrity = signature.summarise_integrity_info()
        covered = integrity["coverage"] >= SignatureCoverageLevel.ENTIRE_REVISION
        allowed = covered and bool(integrity["docmdp_ok"])
        result = await self._cryptography(signature)
        status = result.api_status
        intact = bool(status and status.intact and status.valid)
        finding = _finding(result, signature)
        if _chain_is_in_doubt(result) and await self._chain_holds(signature):
            finding = _NOT_ANSWERED
        verdict, reason = finding.verdict, finding.reason
        own_problem = self._intrusion(signature)
        if not intact:
            verdict, reason = "invalid", "nội dung tệp không còn đúng như lúc ký"
        elif not allowed:
            verdict, reason = "invalid", "tệp bị sửa sau khi ký"
        elif own_problem and verdict != "invalid":
            verdict, reason = "invalid", own_problem
        names = signature.signer_cert.subject.native
        return SignatureReport(
            field=str(signature.field_name),
            role=_role(signature.field_name),
            signer=_first(names.get("common_name", "")),
            organisation=_first(names.get("organization_name", "")),
            serial=f"{signature.signer_cert.serial_number:x}",
            verdict=verdict,
            reason=reason,
            intact=intact,
            trusted=finding.trusted,
            revocation=finding.revocation,
            changes_allowed=allowed,
            covers_file=integrity["coverage"] == SignatureCoverageLevel.ENTIRE_FILE,
            level="B-T" if finding.stamped_at else "B-B",
            signed_at=finding.stamped_at or signature.self_reported_timestamp,
        )

    async def _cryptography(self, signature: EmbeddedPdfSignature) -> Result:
        """Validation as of ETSI EN 319 102-1: with time (5.5) if there is a time stamp, else basic (5.3)."""
        stamped = next(extract_tst_data_iter(signature.signer_info, signed=False), None) is not None
        validate = ades_with_time_validation if stamped else ades_basic_validation
        return await validate(signature.signed_data, self.spec, raw_digest=signature.compute_digest())

    async def _chain_holds(self, signature: EmbeddedPdfSignature) -> bool:
        """Whether the certificate is in order but for the missing answer on its revocation."""
        policy = replace(self.spec.cert_validation_policy, revinfo_policy=CertRevTrustPolicy(NO_REVOCATION))
        spec = replace(self.spec, cert_validation_policy=policy)
        result = await ades_basic_validation(
            signature.signed_data, spec, raw_digest=signature.compute_digest()
        )
        return result.ades_subindic is AdESPassed.OK

    async def _stamp_holds(self, stamp: EmbeddedPdfSignature) -> bool:
        stamp.compute_integrity_info(diff_policy=self.policy.diff_policy)
        result = await ades_timestamp_validation(stamp.signed_data, self.spec, stamp.compute_digest)
        return result.ades_subindic.status != AdESStatus.FAILED and bool(
            result.api_status and result.api_status.intact and result.api_status.valid
        )

    def _intrusion(self, signature: EmbeddedPdfSignature) -> str:
        """Why this signature should not be there, or ""."""
        expected = self.expected
        if self.policy.own_fields_only and not _role(signature.field_name):
            return "chữ ký nằm ngoài các ô ký của văn bản"
        if expected is None:
            return ""
        if signature.field_name not in expected:
            return "có chữ ký thừa, không nằm trong quy trình ký văn bản"
        if f"{signature.signer_cert.serial_number:x}" != expected[signature.field_name].lower():
            return "người ký không phải người được giao ký"
        return ""


def _specification(
    policy: Policy, trusted: Sequence[asn1_x509.Certificate], backend: AIOHttpFetcherBackend
) -> SignatureValidationSpec:
    return SignatureValidationSpec(
        cert_validation_policy=CertValidationPolicySpec(
            trust_manager=SimpleTrustManager.build(trust_roots=list(trusted)),
            revinfo_policy=CertRevTrustPolicy(RevocationCheckingPolicy(_IF_DECLARED, _IF_DECLARED)),
            time_tolerance=timedelta(seconds=10),
            algorithm_usage_policy=DisallowWeakAlgorithmsPolicy(weak_hash_algos=policy.weak_hashes),
        ),
        revinfo_gathering_policy=RevocationInfoGatheringSpec(
            RevinfoOnlineFetchingRule.ALWAYS_FETCH,
            backend,
            # addresses of issuers stand in the sender's file: never follow them
            certificate_fetching_rule=CertificateFetchingRule.NEVER_FETCH,
        ),
    )


_EXPIRED = {
    AdESIndeterminate.EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED,
}
_NOBODY_SAYS = {
    AdESIndeterminate.TRY_LATER,
    AdESIndeterminate.REVOCATION_OUT_OF_BOUNDS_NO_POE,
    AdESIndeterminate.NO_POE,
}


_NOT_ANSWERED = Finding("unknown", "chưa hỏi được trạng thái chứng thư số, thử lại sau", True, "unknown")


def _chain_is_in_doubt(result: Result) -> bool:
    status = result.api_status
    doubt = AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE
    return status is not None and status.trust_problem_indic is doubt


def _finding(result: Result, signature: EmbeddedPdfSignature) -> Finding:
    """Translate the indication of ETSI EN 319 102-1 into a verdict and a clause."""
    status = result.api_status
    stamp = getattr(status, "timestamp_validity", None)
    at = stamp.timestamp if stamp and stamp.valid and stamp.trusted else None
    if result.ades_subindic is AdESPassed.OK:
        if at and at > signature.signer_cert.not_valid_after:
            return Finding("invalid", "chứng thư số đã hết hạn khi ký", True, "good", at)
        return Finding("valid", "", True, "good", at)
    own = status.trust_problem_indic if status else result.ades_subindic
    if own is None:  # the certificate is in order, so it is the time stamp that is not
        bad = result.ades_subindic.status is AdESStatus.FAILED
        return Finding(
            "invalid" if bad else "unknown",
            "dấu thời gian không đúng" if bad else "chưa kiểm tra được dấu thời gian, thử lại sau",
            True,
            "good",
        )
    if status is not None and status.revocation_details:
        return Finding("invalid", "chứng thư số đã bị thu hồi", False, "revoked", at)
    return _untrusted(own, signature, at)


def _untrusted(problem: AdESSubIndic, signature: EmbeddedPdfSignature, at: datetime | None) -> Finding:
    if problem in _EXPIRED:
        claimed = at or signature.self_reported_timestamp
        if claimed and claimed > signature.signer_cert.not_valid_after:
            return Finding("invalid", "chứng thư số đã hết hạn khi ký", False, "unknown", at)
        return Finding(
            "unknown",
            "chứng thư số đã hết hạn, không có dấu thời gian để biết ký lúc nào",
            False,
            "unknown",
            at,
        )
    if problem is AdESIndeterminate.NOT_YET_VALID:
        return Finding("invalid", "chứng thư số chưa có hiệu lực khi ký", False, "unknown", at)
    if problem in _NOBODY_SAYS:
        return _NOT_ANSWERED
    if problem.status is AdESStatus.FAILED:
        return Finding("invalid", "chữ ký không khớp nội dung tệp", False, "unknown", at)
    return Finding(
        "unknown",
        "chứng thư số không do đơn vị cấp mà hệ thống tin cậy, không coi là bản gốc",
        False,
        "unknown",
        at,
    )


def _problems(path: Path, reader: PdfFileReader) -> list[str]:
    """Own checks on the file as a whole, each a Vietnamese clause."""
    problems = []
    signatures = reader.embedded_regular_signatures
    last = max(reader.embedded_signatures, key=lambda signature: signature.signed_revision)
    if has_garbage_at_end(path) or has_uncovered_tail(path, reader, last):
        problems.append("có dữ liệu lạ ở cuối tệp")
    seals = [signature for signature in signatures if _role(signature.field_name) == "seal"]
    anchor = max(seals or signatures, key=lambda signature: signature.signed_revision)
    if fields_changed_after(reader, anchor):
        problems.append("số, ngày hoặc ô nhập bị sửa sau khi cơ quan ký")
    return problems


def _signed_after_seal(signatures: Sequence[EmbeddedPdfSignature]) -> bool:
    """The office signs last: number, date and signatures are complete by then (Decree 30/2020, Articles 13, 15)."""
    seals = [s.signed_revision for s in signatures if _role(s.field_name) == "seal"]
    return bool(seals) and any(s.signed_revision > seals[0] for s in signatures)


def _missing(expected: Mapping[str, str] | None, judged: Sequence[SignatureReport]) -> tuple[str, ...]:
    absent = set(expected or ()) - {signature.field for signature in judged}
    return ("thiếu chữ ký mà quy trình đã ghi nhận",) if absent else ()


def _worst(judged: Sequence[SignatureReport], problems: Sequence[str]) -> Verdict:
    verdicts = {signature.verdict for signature in judged}
    if problems or "invalid" in verdicts:
        return "invalid"
    return "unknown" if "unknown" in verdicts else "valid"


def _role(field: str) -> Role:
    match = _OWN_FIELDS.fullmatch(field)
    roles: dict[str | None, Role] = {"initials": "initials", "approval": "approval", "seal": "seal"}
    return roles.get(match.lastgroup, "") if match else ""


def _first(value: object) -> str:
    return str(value[0]) if isinstance(value, list) else str(value)
