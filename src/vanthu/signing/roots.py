"""The certificates that this installation trusts, and the state of one certificate today."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal

from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from django.conf import settings
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import InsufficientRevinfoError, PathError, RevokedError, ValidationError
from pyhanko_certvalidator.fetchers.aiohttp_fetchers import AIOHttpFetcherBackend

from vanthu.signing.loops import run

type CertificateState = Literal["good", "revoked", "expired", "not_yet", "untrusted", "unknown"]


def trusted() -> tuple[asn1_x509.Certificate, ...]:
    """The roots in `settings.TRUST_ROOTS`: a folder of PEM files."""
    folder = Path(settings.TRUST_ROOTS)
    files = tuple(sorted(folder.glob("*.pem"))) if folder.is_dir() else ()
    return _read(tuple((path, path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=4)
def _read(files: tuple[tuple[Path, int], ...]) -> tuple[asn1_x509.Certificate, ...]:
    return tuple(certificate for path, _ in files for certificate in read_roots(path))


def read_roots(path: Path) -> tuple[asn1_x509.Certificate, ...]:
    """The certificates in a PEM or DER file. Raises `OSError`, and `ValueError` for anything else."""
    data = path.read_bytes()
    armoured = [der for _, _, der in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
    certificates = tuple(asn1_x509.Certificate.load(der, strict=True) for der in armoured)
    for certificate in certificates:
        _ = certificate.subject.native, certificate.public_key.bit_size  # is it one?
    return certificates


def state_of(chain: Iterable[x509.Certificate]) -> CertificateState:
    """What the issuer says of a signing certificate now; `chain` starts with it. "unknown" when nobody answers."""
    own, *others = (_asn1(certificate) for certificate in chain)
    now = datetime.now(UTC)
    if now > own.not_valid_after:
        return "expired"
    if now < own.not_valid_before:
        return "not_yet"
    return run(_asked(own, others))


async def _asked(own: asn1_x509.Certificate, others: list[asn1_x509.Certificate]) -> CertificateState:
    backend = AIOHttpFetcherBackend(per_request_timeout=settings.PKI_SECONDS)
    context = ValidationContext(
        trust_roots=list(trusted()),
        other_certs=others,
        allow_fetching=True,
        revocation_mode="hard-fail",
        time_tolerance=timedelta(seconds=10),
        fetchers=backend.get_fetchers(),
    )
    try:
        await CertificateValidator(own, others, context).async_validate_usage({"non_repudiation"})
    except RevokedError:
        return "revoked"
    except InsufficientRevinfoError:
        return "unknown"
    except (PathError, ValidationError):
        return "untrusted"
    finally:
        await backend.close()
    return "good"


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
