"""PAdES in three steps that may lie days and processes apart: prepare, have the hash signed, finish.

The phases are types: `Prepared` (the file with an empty place for the signature) →
`Signed` (the file with the signature). Only a hash leaves this room.
"""

import base64
import hashlib
import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from asn1crypto import algos, cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import NameOID
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError as PyHankoSigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest
from pyhanko.sign.signers.pdf_cms import ExternalSigner
from pyhanko.sign.signers.pdf_signer import PdfTBSDocument
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper
from pyhanko.stamp import BaseStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from vanthu.signing import checking, hexadecimal
from vanthu.signing.loops import run
from vanthu.signing.providers.base import SigningError

type Level = Literal["B-B", "B-T"]

log = logging.getLogger("vanthu.signing")
hexadecimal.read_quickly()

_RESERVED = 24576  # hexadecimal digits for the CMS with chain and time stamp
_TSA_FAILURES = (OSError, TimeoutError, ValueError, PdfError, PyHankoSigningError)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that waits for its signature: what has to be known to finish it, and the hash to sign (SHA-256)."""

    document_digest: bytes
    region: tuple[int, int]
    attributes: bytes
    certificates: tuple[bytes, ...]

    @property
    def to_sign(self) -> bytes:
        """The only thing a device gets: SHA-256 of the signed attributes; of the file where it makes its own."""
        return hashlib.sha256(self.attributes).digest() if self.attributes else self.document_digest

    @property
    def signer(self) -> x509.Certificate:
        return x509.load_der_x509_certificate(self.certificates[0])

    def dump(self) -> bytes:
        """As bytes for a row of the database."""
        return json.dumps(
            {
                "digest": _text(self.document_digest),
                "region": self.region,
                "attributes": _text(self.attributes),
                "certificates": [_text(der) for der in self.certificates],
            }
        ).encode()

    @classmethod
    def load(cls, data: bytes) -> "Prepared":
        """From what `dump` gave."""
        held = json.loads(data)
        start, end = held["region"]
        return cls(
            base64.b64decode(held["digest"]),
            (start, end),
            base64.b64decode(held["attributes"]),
            tuple(base64.b64decode(der) for der in held["certificates"]),
        )


@dataclass(frozen=True, slots=True)
class Signed:
    """The signature is in the file; `level` is B-T with a time stamp, B-B without."""

    path: Path
    sha256: str
    level: Level


def prepare(
    source: Path,
    target: Path,
    *,
    field: str,
    chain: Sequence[x509.Certificate],
    style: BaseStampStyle,
    reason: str = "",
    container: bool = False,
) -> Prepared:
    """Write `source` with an empty signature in the existing `field` to `target`.

    `chain` starts with the signer's certificate. The first signature certifies the file (form filling allowed).
    `container`: the device signs the hash of the file itself and gives back a whole PKCS#7, which is no PAdES.
    Raises `SigningError` when the field is missing or taken.
    """
    certificates = tuple(c.public_bytes(serialization.Encoding.DER) for c in chain)
    try:
        with source.open("rb") as stream, target.open("w+b") as out:
            made = _prepare(stream, out, field, certificates, style, reason, container)
            return run(made)
    except (PdfError, PyHankoSigningError, ValueError) as error:
        log.warning("cannot prepare %s for a signature in %s: %s", source.name, field, error)
        raise SigningError(
            f"Không ký được vào ô {field}: ô không có hoặc đã ký. Tạo lại tệp trình ký rồi thử lại.",
            permanent=True,
        ) from error


async def _prepare(
    source: BinaryIO,
    out: BinaryIO,
    field: str,
    certificates: tuple[bytes, ...],
    style: BaseStampStyle,
    reason: str,
    container: bool,
) -> Prepared:
    writer = IncrementalPdfFileWriter(source)
    first = next(enumerate_sig_fields(writer, filled_status=True), None) is None
    signer = _external(certificates)
    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED if container else SigSeedSubFilter.PADES,
        reason=reason or None,
        name=_common_name(certificates[0]),
        certify=first,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    pdf_signer = PdfSigner(metadata, signer, stamp_style=style)
    digest, _, _ = await pdf_signer.async_digest_doc_for_signing(
        writer, existing_fields_only=True, bytes_reserved=_RESERVED, output=out
    )
    attributes = b""
    if not container:
        made = await signer.signed_attrs(digest.document_digest, "sha256", use_pades=True)
        attributes = made.dump()
    region = (digest.reserved_region_start, digest.reserved_region_end)
    return Prepared(digest.document_digest, region, attributes, certificates)


def finish(path: Path, prepared: Prepared, signature: bytes, *, tsa_url: str) -> Signed:
    """Put the signature into the prepared file at `path`, in place, with a time stamp if the authority answers.

    Raises `SigningError` when `signature` is not this certificate's signature of this file.
    """
    check(prepared, signature)
    container, level = run(_container(prepared, signature, tsa_url))
    digest = PreparedByteRangeDigest(prepared.document_digest, *prepared.region)
    with path.open("r+b") as file:
        run(PdfTBSDocument.async_finish_signing(file, digest, container))
        file.seek(0)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Signed(path, sha256, level)


def check(prepared: Prepared, signature: bytes) -> None:
    """Raise `SigningError` unless `signature` signs the prepared hash with the key of the certificate."""
    if prepared.attributes:
        checking.check(prepared.signer, prepared.to_sign, signature)
    else:
        checking.check_container(prepared.signer, prepared.to_sign, signature)


async def _container(prepared: Prepared, signature: bytes, tsa_url: str) -> tuple[cms.ContentInfo, Level]:
    if tsa_url:
        try:
            stamped = await _cms(prepared, signature, HTTPTimeStamper(tsa_url, timeout=settings.PKI_SECONDS))
        except _TSA_FAILURES as error:
            log.warning("no time stamp from %s: %s", tsa_url, error)
        else:
            return stamped, "B-T"
    return await _cms(prepared, signature, None), "B-B"


async def _cms(prepared: Prepared, signature: bytes, stamper: TimeStamper | None) -> cms.ContentInfo:
    if not prepared.attributes:
        return await _completed(prepared, signature, stamper)
    signer = _external(prepared.certificates, signature)
    attributes = cms.CMSAttributes.load(prepared.attributes)
    return await signer.async_sign_prescribed_attributes("sha256", attributes, timestamper=stamper)


async def _completed(prepared: Prepared, value: bytes, stamper: TimeStamper | None) -> cms.ContentInfo:
    """The device's own PKCS#7 with the chain, each certificate once, and a time stamp on its signature."""
    info = checking.check_container(prepared.signer, prepared.to_sign, value)
    data = info["content"]
    data["certificates"] = cms.CertificateSet(
        [
            cms.CertificateChoices("certificate", asn1_x509.Certificate.load(der))
            for der in prepared.certificates
        ]
    )
    if stamper is not None:
        one = data["signer_infos"][0]
        token = await stamper.async_timestamp(hashlib.sha256(one["signature"].native).digest(), "sha256")
        stamp = cms.CMSAttribute({"type": "signature_time_stamp_token", "values": [token]})
        one["unsigned_attrs"] = cms.CMSAttributes([stamp])
    return cms.ContentInfo({"content_type": "signed_data", "content": data})


def _external(certificates: Sequence[bytes], signature: bytes | None = None) -> ExternalSigner:
    """pyHanko's signer for a signature made elsewhere; its CMS holds the signer's certificate and the chain once."""
    own, *others = (asn1_x509.Certificate.load(der) for der in certificates)
    algorithm = f"sha256_{'rsa' if own.public_key.algorithm == 'rsa' else 'ecdsa'}"
    return ExternalSigner(
        signing_cert=own,
        cert_registry=_store(others),
        signature_value=signature,
        signature_mechanism=algos.SignedDigestAlgorithm({"algorithm": algorithm}),
        embed_roots=False,
    )


def _store(certificates: Iterable[asn1_x509.Certificate]) -> SimpleCertificateStore:
    store = SimpleCertificateStore()
    store.register_multiple(certificates)
    return store


def _common_name(der: bytes) -> str:
    names = x509.load_der_x509_certificate(der).subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else ""


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
