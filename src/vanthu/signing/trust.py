"""Whom a signature is by, as certificates prove it: chain, revocation and time, from the file and from the network.

Revocation is asked of the network first; where nobody answers, the answers that the file carries count, at the time
that a time stamp proves. A certificate that names no place to ask is not held against its owner.
"""

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from asn1crypto import cms, crl, ocsp
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.general import find_cms_attribute_iter
from pyhanko.sign.validation import DocumentSecurityStore, EmbeddedPdfSignature
from pyhanko.sign.validation.errors import NoDSSFoundError, SignatureValidationError
from pyhanko.sign.validation.generic_cms import (
    cms_basic_validation,
    extract_certs_for_validation,
    extract_tst_data_iter,
    message_imprint_checker,
    validate_tst_signed_data,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.utils import CMSAlgorithmUsagePolicy
from pyhanko_certvalidator.context import (
    CertValidationPolicySpec,
    ValidationContext,
    bootstrap_validation_data_handlers,
)
from pyhanko_certvalidator.fetchers import Fetchers
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import (
    NO_REVOCATION,
    REQUIRE_REVINFO,
    CertRevTrustPolicy,
    DisallowWeakAlgorithmsPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer, OCSPContainer

from vanthu.signing.policies import LEGACY_ALGORITHMS, STRICT_ALGORITHMS

type Trouble = Literal["", "broken", "untrusted", "revoked", "unanswered", "expired", "not_yet", "weak"]
type Status = dict[str, Any]
type Specification = CertValidationPolicySpec
type Check = Callable[[ValidationContext], Awaitable[Status]]

_RULE = RevocationCheckingRule.CHECK_IF_DECLARED
_IF_DECLARED = RevocationCheckingPolicy(_RULE, _RULE)
_REVOKED = {AdESIndeterminate.REVOKED_NO_POE, AdESIndeterminate.REVOKED_CA_NO_POE}
_CERTAIN: Mapping[AdESIndeterminate, Trouble] = {
    AdESIndeterminate.REVOKED_NO_POE: "revoked",
    AdESIndeterminate.REVOKED_CA_NO_POE: "revoked",
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: "weak",
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: "weak",
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: "untrusted",
}
_MAYBE_UNANSWERED = {
    AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE,
    AdESIndeterminate.TRY_LATER,
    AdESIndeterminate.NO_POE,
}
_SIGNERS = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})
_DOCUMENTS = CMSAlgorithmUsagePolicy.lift_policy(STRICT_ALGORITHMS)
_LONGEST_WAIT = 20.0  # seconds per file; then only what the file carries counts
_TOLERANCE = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a file carries to prove its certificates; `stored`: it has a store (DSS) for that."""

    certificates: tuple[asn1_x509.Certificate, ...] = ()
    crls: tuple[crl.CertificateList, ...] = ()
    responses: tuple[ocsp.OCSPResponse, ...] = ()
    stored: bool = False

    @property
    def answers(self) -> bool:
        """Whether there is anything about revocation."""
        return bool(self.crls or self.responses)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is known of one signature or time stamp. `path` begins with its certificate and ends with the root.

    `kept`: the file itself holds what shows that the certificate was good.
    """

    trouble: Trouble
    path: tuple[asn1_x509.Certificate, ...] = ()
    kept: bool = False

    @property
    def good(self) -> bool:
        return not self.trouble


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time stamp: when, and whether its authority is to be believed."""

    at: datetime
    outcome: Outcome


def knowledge_of(reader: PdfFileReader, signatures: Sequence[EmbeddedPdfSignature]) -> Knowledge:
    """Gather the security store of a file and what its signatures carry themselves."""
    certificates = [one for signature in signatures for one in signature.other_embedded_certs]
    crls: list[crl.CertificateList] = []
    responses: list[ocsp.OCSPResponse] = []
    for signature in signatures:
        signed = signature.signer_info["signed_attrs"]
        for one in find_cms_attribute_iter(signed, "adobe_revocation_info_archival"):
            crls += one["crl"]
            responses += one["ocsp"]
    store = None
    with suppress(NoDSSFoundError):
        store = DocumentSecurityStore.read_dss(reader)
    if store is not None:
        certificates += store.load_certs()
        crls += (crl.CertificateList.load(one.get_object().data) for one in store.crls)
        responses += (ocsp.OCSPResponse.load(one.get_object().data) for one in store.ocsps)
    return Knowledge(tuple(certificates), tuple(crls), tuple(responses), store is not None)


class Chains:
    """Asks about the certificates of one file, under `specifications` (see there) one after the other."""

    def __init__(
        self,
        specifications: Sequence[Specification],
        knowledge: Knowledge,
        fetchers: Fetchers | None,
    ) -> None:
        self._specifications, self._known, self._fetchers = specifications, knowledge, fetchers
        self._waited = 0.0  # seconds for the network
        self._crls = tuple(map(CRLContainer, knowledge.crls))
        self._responses = tuple(one for held in knowledge.responses for one in OCSPContainer.load_multi(held))

    async def signature(self, signature: EmbeddedPdfSignature, at: datetime | None) -> Outcome:
        """Judge a signature at the moment that a time stamp proves, or now."""
        digest = signature.compute_digest()

        async def check(context: ValidationContext) -> Status:
            return await cms_basic_validation(
                signature.signed_data,
                raw_digest=digest,
                validation_context=context,
                key_usage_settings=_SIGNERS,
                algorithm_policy=_DOCUMENTS,
            )

        outcome = await self._ask(check, signature.signer_cert, at)
        if outcome.good and (self._known.answers or self._known.stored):
            return replace(outcome, kept=(await self._ask_file(check, signature.signer_cert, at)).good)
        return outcome

    async def attached_stamp(self, signature: EmbeddedPdfSignature, later: datetime | None) -> Stamp | None:
        """The time stamp within a signature, the first that holds; `later` as in `stamp`."""
        found = None
        for token in extract_tst_data_iter(signature.signer_info, signed=False):
            found = await self.stamp(token, message_imprint_checker(signature.signer_info), later)
            if found.outcome.good:
                break
        return found

    async def stamp(
        self, token: cms.SignedData, imprint: Callable[[str], bytes], later: datetime | None
    ) -> Stamp:
        """Judge a time stamp. `later`: a newer time stamp proves that this one existed by then."""
        at = token["encap_content_info"]["content"].parsed["gen_time"].native

        async def check(context: ValidationContext) -> Status:
            status: Status = await validate_tst_signed_data(token, context, imprint)
            return status

        certificate = _signer_of(token)
        outcome = await self._ask(check, certificate, None)
        if outcome.trouble in ("expired", "revoked", "unanswered") and later is not None:
            proven = await self._ask(check, certificate, later)
            outcome = proven if proven.good else outcome
        if outcome.trouble == "unanswered":
            kept = await self._ask_file(check, certificate, at)
            outcome = kept if kept.good else outcome
        return Stamp(at, outcome)

    def material(self, signatures: Sequence[EmbeddedPdfSignature]) -> Knowledge:
        """What was looked at: the certificates of the signers, what the file carries, what was fetched."""
        known, fetched = self._known, self._fetchers
        return Knowledge(
            (*(one.signer_cert for one in signatures), *known.certificates),
            (*known.crls, *(fetched.crl_fetcher.fetched_crls() if fetched else ())),
            (*known.responses, *(fetched.ocsp_fetcher.fetched_responses() if fetched else ())),
        )

    async def _ask(self, check: Check, certificate: asn1_x509.Certificate, at: datetime | None) -> Outcome:
        outcome = Outcome("unanswered")
        if self._fetchers is not None and self._waited < _LONGEST_WAIT:
            began = time.monotonic()
            outcome = await self._judge(check, certificate, at, self._fetchers)
            self._waited += time.monotonic() - began
        if outcome.trouble == "unanswered":
            outcome = await self._ask_file(check, certificate, at)
        return outcome

    async def _ask_file(
        self, check: Check, certificate: asn1_x509.Certificate, at: datetime | None
    ) -> Outcome:
        return await self._judge(check, certificate, at, None)

    async def _judge(
        self, check: Check, certificate: asn1_x509.Certificate, at: datetime | None, fetchers: Fetchers | None
    ) -> Outcome:
        outcome = Outcome("untrusted")
        for specification in self._specifications:
            outcome = await self._judge_by(specification, check, certificate, at, fetchers)
            if outcome.trouble not in ("weak", "untrusted"):
                break
        return outcome

    async def _judge_by(
        self,
        specification: CertValidationPolicySpec,
        check: Check,
        certificate: asn1_x509.Certificate,
        at: datetime | None,
        fetchers: Fetchers | None,
    ) -> Outcome:
        async def ask(rules: RevocationCheckingPolicy, source: Fetchers | None) -> Status:
            return await _checked(check, self._context(specification, rules, at, source))

        status = await ask(_IF_DECLARED, fetchers)
        trouble = _trouble(status, certificate, at)
        if trouble == "unanswered":
            bare = await ask(NO_REVOCATION, None)
            trouble = "unanswered" if bare.get("trust_problem_indic") is None else "untrusted"
        elif not trouble and self._known.answers and not _declares(certificate):
            said = await ask(REQUIRE_REVINFO, None)
            trouble = "revoked" if said.get("trust_problem_indic") in _REVOKED else ""
        path = status.get("validation_path")
        return Outcome(trouble, tuple(reversed(tuple(path.iter_certs(include_root=True)))) if path else ())

    def _context(
        self,
        specification: CertValidationPolicySpec,
        rules: RevocationCheckingPolicy,
        at: datetime | None,
        fetchers: Fetchers | None,
    ) -> ValidationContext:
        """A context at a moment. At a proven moment answers that were given later count, too: they know more."""
        handlers = bootstrap_validation_data_handlers(
            fetchers, self._crls, self._responses, self._known.certificates
        )
        # addresses of issuers stand in the sender's file: never follow them
        handlers.cert_registry.fetcher = None
        moment = at or datetime.now(UTC)
        timing = ValidationTimingInfo(moment, moment, point_in_time_validation=at is not None)
        trust = CertRevTrustPolicy(rules, retroactive_revinfo=at is not None)
        context: ValidationContext = replace(specification, revinfo_policy=trust).build_validation_context(
            timing, handlers
        )
        return context


async def _checked(check: Check, context: ValidationContext) -> Status:
    try:
        return await check(context)
    except SignatureValidationError:
        return {"intact": False, "valid": False}


def _trouble(status: Status, certificate: asn1_x509.Certificate, at: datetime | None) -> Trouble:
    problem = status.get("trust_problem_indic")
    moment = at or datetime.now(UTC)
    intact = status["intact"] and status["valid"]
    if not intact or problem is None:
        return "" if intact else "broken"
    if problem in _CERTAIN:
        return _CERTAIN[problem]
    if moment > certificate.not_valid_after:
        return "expired"
    if moment < certificate.not_valid_before:
        return "not_yet"
    return "unanswered" if problem in _MAYBE_UNANSWERED else "untrusted"


def specifications(
    trusted: Sequence[asn1_x509.Certificate], legacy: Sequence[asn1_x509.Certificate] = ()
) -> tuple[Specification, ...]:
    """How chains are checked: below trusted roots; then, with SHA-1 allowed, below those of them in `legacy`."""
    strict = _specification(trusted, STRICT_ALGORITHMS)
    return (strict, _specification(legacy, LEGACY_ALGORITHMS)) if legacy else (strict,)


def _specification(
    trusted: Sequence[asn1_x509.Certificate], algorithms: DisallowWeakAlgorithmsPolicy
) -> CertValidationPolicySpec:
    return CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(trust_roots=list(trusted)),
        revinfo_policy=CertRevTrustPolicy(_IF_DECLARED),
        time_tolerance=_TOLERANCE,
        algorithm_usage_policy=algorithms,
    )


def _declares(certificate: asn1_x509.Certificate) -> bool:
    return bool(certificate.crl_distribution_points or certificate.ocsp_urls)


def _signer_of(token: cms.SignedData) -> asn1_x509.Certificate:
    return extract_certs_for_validation(token).signer_cert
