"""Whether the signatures of a PDF would be found valid at a time to come, from what the file itself holds."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from asn1crypto import crl, ocsp
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate, AdESPassed, AdESSubIndic
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.validation import DocumentSecurityStore, EmbeddedPdfSignature
from pyhanko.sign.validation.ades import (
    ades_past_signature_validation,
    simulate_future_ades_lta_validation,
)
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter, validate_sig_integrity
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.poe import POEManager, POEType
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer, OCSPContainer

from vanthu.signing import roots
from vanthu.signing.augmenting_pdf import proven_at
from vanthu.signing.compatibility import COMPATIBLE_DIFF_POLICY
from vanthu.signing.loops import run
from vanthu.signing.malformed import MALFORMED

log = logging.getLogger("vanthu.signing")

_IF_DECLARED = RevocationCheckingRule.CHECK_IF_DECLARED


@dataclass(frozen=True, slots=True)
class Outlook:
    """Whether each signature would be valid at `at`: {field: indication of ETSI EN 319 102-1, "OK" when it would}."""

    at: datetime
    signatures: dict[str, str]

    @property
    def good(self) -> bool:
        return bool(self.signatures) and all(said == "OK" for said in self.signatures.values())


def outlook(path: Path, at: datetime) -> Outlook:
    """Whether the signatures would hold at a time to come, if time stamps are renewed until then; asks nobody.

    Each must be found valid by the algorithm for archived signatures, and unchanged since it was made ("CHANGED").
    """
    try:
        return Outlook(at, run(_foreseen(path, at)))
    except MALFORMED as error:
        log.warning("cannot foresee the signatures of %s", path.name, exc_info=error)
        return Outlook(at, {})


async def _foreseen(path: Path, at: datetime) -> dict[str, str]:
    with path.open("rb") as file:
        signatures = PdfFileReader(file, strict=False).embedded_regular_signatures
        return {str(one.field_name): await _indication(one, at) for one in signatures}


async def _indication(signature: EmbeddedPdfSignature, at: datetime) -> str:
    if next(extract_tst_data_iter(signature.signer_info, signed=False), None) is None:
        return await _indication_without_own_stamp(signature, at)
    # Changes that the government's tool makes between signatures are judged when the signatures are checked.
    spec = PdfSignatureValidationSpec(_specification(), diff_policy=COMPATIBLE_DIFF_POLICY)
    result = await simulate_future_ades_lta_validation(signature, spec, at)
    status = result.api_status
    return _said(result.ades_subindic, unchanged=status is not None and status.bottom_line)


async def _indication_without_own_stamp(signature: EmbeddedPdfSignature, at: datetime) -> str:
    """As above for a signature whose time only a later document time stamp proves, which the simulation cannot judge.

    Past signature validation (EN 319 102-1, 5.6.2.4) as of the time when its certificate will long have ended.
    """
    stamped_at = proven_at(signature)
    if stamped_at is None:
        return str(AdESIndeterminate.NO_POE.standard_name)
    evidence = _evidence(signature)
    proofs = POEManager()
    for known in evidence.assert_existence_known_at(timezone.now()):
        proofs.register_known_poe(known)
    proofs.register(signature.signer_info["signature"].native, POEType.PROVIDED, stamped_at)
    indication = await ades_past_signature_validation(
        signature.signed_data,
        replace(_specification(), local_knowledge=evidence),
        proofs,
        AdESIndeterminate.OUT_OF_BOUNDS_NO_POE,
        at,
    )
    return _said(indication, unchanged=_is_unchanged(signature))


def _specification() -> SignatureValidationSpec:
    trust = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(trust_roots=list(roots.trusted())),
        revinfo_policy=CertRevTrustPolicy(RevocationCheckingPolicy(_IF_DECLARED, _IF_DECLARED)),
        time_tolerance=timedelta(seconds=10),
    )
    gathering = RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY)
    return SignatureValidationSpec(cert_validation_policy=trust, revinfo_gathering_policy=gathering)


def _evidence(signature: EmbeddedPdfSignature) -> LocalKnowledge:
    """What the security store of the file and the signature itself hold."""
    certificates = list(extract_certificate_info(signature.signed_data).other_certs)
    try:
        held = DocumentSecurityStore.read_dss(signature.reader)
    except NoDSSFoundError:
        return LocalKnowledge(known_certs=certificates)
    answers = (ocsp.OCSPResponse.load(one.get_object().data) for one in held.ocsps)
    return LocalKnowledge(
        known_ocsps=[part for answer in answers for part in OCSPContainer.load_multi(answer)],
        known_crls=[CRLContainer(crl.CertificateList.load(one.get_object().data)) for one in held.crls],
        known_certs=[*held.load_certs(), *certificates],
    )


def _is_unchanged(signature: EmbeddedPdfSignature) -> bool:
    signature.compute_integrity_info(diff_policy=COMPATIBLE_DIFF_POLICY)
    held = validate_sig_integrity(
        signature.signer_info, signature.signer_cert, "data", signature.compute_digest()
    )
    return all(held) and bool(signature.summarise_integrity_info()["docmdp_ok"])


def _said(indication: AdESSubIndic, *, unchanged: bool) -> str:
    if indication is not AdESPassed.OK:
        return str(indication.standard_name)
    return "OK" if unchanged else "CHANGED"
