"""Raise the signatures of a PDF to B-LTA, and renew their archive time stamp.

PAdES levels of ETSI EN 319 142-1: B-T has a proof of time, B-LT also holds certificates, OCSP answers and CRLs (the
document security store), B-LTA is closed by a document time stamp over all of it. Bytes are only appended.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from asn1crypto import cms, crl, ocsp
from asn1crypto import x509 as asn1_x509
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError as PyHankoSigningError
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.sign.validation import DocumentSecurityStore, EmbeddedPdfSignature
from pyhanko.sign.validation.dss import collect_validation_info
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import InsufficientRevinfoError, PathError, RevokedError, ValidationError
from pyhanko_certvalidator.fetchers.aiohttp_fetchers import AIOHttpFetcherBackend
from pyhanko_certvalidator.path import ValidationPath

from vanthu.signing import hexadecimal, roots
from vanthu.signing.augmenting_states import Level, Trouble
from vanthu.signing.loops import run
from vanthu.signing.malformed import MALFORMED

log = logging.getLogger("vanthu.signing")
hexadecimal.read_quickly()

_DIGEST = "sha256"  # of document time stamps
_TOLERANCE = timedelta(seconds=10)
_TSA_FAILURES = (OSError, TimeoutError, ValueError, PdfError, PyHankoSigningError)
# When a key no longer protects: NIST IR 8547, table 2 (RSA below 3072 bits: 112 bits of strength; then all of RSA, EC).
_WEAKER_KEYS_END = datetime(2030, 12, 31, tzinfo=UTC)
_KEYS_END = datetime(2035, 12, 31, tzinfo=UTC)
_STRONG_RSA = 3072  # bits


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a file came: the lowest level of its signatures ("" without signatures), and what stopped it.

    `stamped_at` and `protected_until_at` are those of the newest document time stamp: when it was made, and when its
    certificate or algorithm ends.
    """

    level: Level
    trouble: Trouble = Trouble.NONE
    stamped_at: datetime | None = None
    protected_until_at: datetime | None = None


@dataclass(slots=True)
class _Evidence:
    """What was gathered to judge signatures later."""

    paths: list[ValidationPath] = field(default_factory=list)
    answers: list[ocsp.OCSPResponse] = field(default_factory=list)
    lists: list[crl.CertificateList] = field(default_factory=list)

    def put_into(self, writer: IncrementalPdfFileWriter) -> None:
        DocumentSecurityStore.supply_dss_in_writer(
            writer, None, paths=self.paths, ocsps=self.answers, crls=self.lists
        )


def raise_level(path: Path, *, tsa_url: str) -> Reached:
    """Append to the file at `path`, in place, what brings its signatures to B-LTA, or as far as authorities answer."""
    return _appended(path, tsa_url, renewing=False)


def renew(path: Path, *, tsa_url: str) -> Reached:
    """Append the evidence on the newest document time stamp and a new time stamp over it."""
    return _appended(path, tsa_url, renewing=True)


def _appended(path: Path, tsa_url: str, *, renewing: bool) -> Reached:
    try:
        with path.open("r+b") as file:
            return run(_Raising(file, tsa_url).reach(renewing=renewing))
    except MALFORMED as error:
        log.warning("cannot raise the signatures of %s", path.name, exc_info=error)
        return Reached(Level.NONE, Trouble.MALFORMED)


class _Raising:
    """The raising of one open file."""

    def __init__(self, file: BinaryIO, tsa_url: str) -> None:
        self._file, self._tsa_url = file, tsa_url
        self._backend = AIOHttpFetcherBackend(per_request_timeout=settings.PKI_SECONDS)

    async def reach(self, *, renewing: bool) -> Reached:
        try:
            return await (self._renewed() if renewing else self._raised())
        finally:
            await self._backend.close()

    async def _raised(self) -> Reached:
        reader = self._reader()
        if not reader.embedded_regular_signatures:
            return Reached(Level.NONE)
        if any(proven_at(one) is None for one in reader.embedded_regular_signatures):
            if not await self._stamp(None):
                return Reached(Level.B, Trouble.NO_TIME_STAMP)
            reader = self._reader()
        return await self._closed(reader.embedded_signatures, Level.T)

    async def _renewed(self) -> Reached:
        return await self._closed(self._reader().embedded_timestamp_signatures[-1:], Level.LTA)

    async def _closed(self, signatures: Sequence[EmbeddedPdfSignature], so_far: Level) -> Reached:
        """Evidence on these signatures, and a time stamp over it; without a time stamp the evidence alone."""
        try:
            evidence = await self._evidence(signatures)
            if await self._stamp(evidence):
                return _closed_by(self._reader().embedded_timestamp_signatures[-1])
        except RevokedError:
            return Reached(so_far, Trouble.REVOKED)
        except InsufficientRevinfoError:
            return Reached(so_far, Trouble.NO_ANSWER)
        except (PathError, ValidationError) as error:
            log.warning("no chain to a trusted root: %s", error)
            return Reached(so_far, Trouble.UNTRUSTED)
        if so_far is Level.LTA:
            return Reached(so_far, Trouble.NO_TIME_STAMP)
        writer = IncrementalPdfFileWriter(self._file, strict=False)
        evidence.put_into(writer)
        writer.write_in_place()
        return Reached(Level.LT, Trouble.NO_TIME_STAMP)

    async def _evidence(self, signatures: Iterable[EmbeddedPdfSignature]) -> _Evidence:
        """Chains and what their issuers say of them, each as of the time at which the signature is proven to exist."""
        gathered = _Evidence()
        for signature in signatures:
            context = self._context(proven_at(signature))
            gathered.paths += await collect_validation_info(signature, context)
            gathered.answers += context.ocsps
            gathered.lists += context.crls
        return gathered

    async def _stamp(self, evidence: _Evidence | None) -> bool:
        """Append a document time stamp, with evidence on its authority if it closes some; False if nobody answers."""
        if not self._tsa_url:
            return False
        size = self._file.seek(0, 2)
        writer = IncrementalPdfFileWriter(self._file, strict=False)
        if evidence is not None:
            evidence.put_into(writer)
        stamper = PdfTimeStamper(HTTPTimeStamper(self._tsa_url, timeout=settings.PKI_SECONDS))
        try:
            context = self._context(None) if evidence is not None else None
            await stamper.async_timestamp_pdf(writer, _DIGEST, context, in_place=True)
        except _TSA_FAILURES as error:
            log.warning("no document time stamp from %s: %s", self._tsa_url, error)
            self._file.truncate(size)  # the empty place of the time stamp
            return False
        return True

    def _context(self, moment: datetime | None) -> ValidationContext:
        return ValidationContext(
            trust_roots=list(roots.trusted()),
            allow_fetching=True,
            revocation_mode="hard-fail",
            moment=moment,
            retroactive_revinfo=True,
            time_tolerance=_TOLERANCE,
            fetchers=self._backend.get_fetchers(),
        )

    def _reader(self) -> PdfFileReader:
        return PdfFileReader(self._file, strict=False)


def _closed_by(stamp: EmbeddedPdfSignature) -> Reached:
    at = _time_of(stamp.signed_data)
    ends = min(stamp.signer_cert.not_valid_after, _algorithm_ends(stamp.signer_cert))
    return Reached(Level.LTA, stamped_at=at, protected_until_at=ends)


def _algorithm_ends(certificate: asn1_x509.Certificate) -> datetime:
    key = certificate.public_key
    weaker = key.algorithm == "rsa" and key.bit_size < _STRONG_RSA
    return _WEAKER_KEYS_END if weaker else _KEYS_END


def proven_at(signature: EmbeddedPdfSignature) -> datetime | None:
    """The earliest proof that the signature existed: its own time stamp, or a document time stamp after it."""
    if signature.sig_object_type == "/DocTimeStamp":
        return _time_of(signature.signed_data)
    for stamp in extract_tst_data_iter(signature.signer_info, signed=False):
        return _time_of(stamp)
    later = (
        one
        for one in signature.reader.embedded_timestamp_signatures
        if one.signed_revision > signature.signed_revision
    )
    return next((_time_of(one.signed_data) for one in later), None)


def _time_of(stamp: cms.SignedData) -> datetime:
    info: Any = stamp["encap_content_info"]["content"].parsed
    made: datetime = info["gen_time"].native
    return made
