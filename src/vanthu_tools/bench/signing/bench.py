"""Sign and validate over and over, by processor time, as the machine may be shared."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from vanthu.signing import augmenting_pdf
from vanthu.signing.augmenting_states import Level
from vanthu.signing.providers.base import KeyHolder
from vanthu.signing.verify import Verifier
from vanthu_tools.bench.signing import papers
from vanthu_tools.bench.signing.remote import Batch, sign_ten
from vanthu_tools.bench.signing.single import sign
from vanthu_tools.test_pki import Authority, Holder, serve_in_thread

SMALL, LARGE = 50_000, 60_000_000  # bytes
RSA_BITS = 2048


@dataclass(frozen=True, slots=True)
class Rate:
    """How often something ran in a second of processor time, and in a second of the clock."""

    cpu: float
    clock: float


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes of a process: before it signs, at its peak; and how long signing took by its processor."""

    before: float
    peak: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that one run measured."""

    raw_signature: Rate
    raw_check: Rate
    signature: Rate
    validation: Rate
    raising: Rate
    remote: Batch
    large: Memory
    small_bytes: int
    large_bytes: int


def measure(seconds: float) -> Found:
    """Everything in one run; each rate for `seconds` of processor time."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
    with _authority() as (authority, folder):
        issued = authority.issue(Holder("person", 1, papers.SIGNER, "VKSND tỉnh Bắc Ninh"), key=key)
        holder = KeyHolder(issued.certificate, issued.key_name)
        small = papers.make(folder / "small.pdf", SMALL)
        large = papers.make(folder / "large.pdf", LARGE)
        signed, raised = folder / "signed.pdf", folder / "raised.pdf"
        verifier = Verifier()

        def validate() -> None:
            report = verifier.verify(signed)
            if report.verdict != "valid":
                raise RuntimeError(report.summary)

        def raise_level() -> None:
            raised.write_bytes(signed.read_bytes())
            reached = augmenting_pdf.raise_level(raised, tsa_url=authority.tsa_url)
            if reached.level != Level.LTA:
                raise RuntimeError(reached.trouble)

        digest, scheme = bytes(32), Prehashed(hashes.SHA256())
        value, public = key.sign(digest, padding.PKCS1v15(), scheme), key.public_key()
        return Found(
            raw_signature=rate(lambda: key.sign(digest, padding.PKCS1v15(), scheme), seconds / 4),
            raw_check=rate(lambda: public.verify(value, digest, padding.PKCS1v15(), scheme), seconds / 4),
            signature=rate(lambda: sign(small, signed, holder), seconds),
            validation=rate(validate, seconds),
            raising=rate(raise_level, seconds),
            remote=sign_ten(small, folder, authority, issued, key),
            large=_in_a_process_of_its_own(large, holder),
            small_bytes=small.stat().st_size,
            large_bytes=large.stat().st_size,
        )


def rate(work: Callable[[], object], seconds: float) -> Rate:
    """How often `work` runs; it runs once before, to warm up."""
    work()
    times, begun, clock = 0, time.process_time(), time.perf_counter()
    while (used := time.process_time() - begun) < seconds:
        work()
        times += 1
    return Rate(times / used, times / (time.perf_counter() - clock))


@contextmanager
def _authority() -> Iterator[tuple[Authority, Path]]:
    """A test authority of this run, in a folder that goes with it."""
    with TemporaryDirectory(prefix="vanthu-bench-") as name:
        folder = Path(name)
        settings.PKI_DIR, settings.TRUST_ROOTS = folder / "pki", folder / "pki" / "roots"
        authority, server = serve_in_thread(settings.PKI_DIR)
        try:
            yield authority, folder
        finally:
            server.shutdown()
            server.server_close()


def _in_a_process_of_its_own(source: Path, holder: KeyHolder) -> Memory:
    command = [sys.executable, "-m", "vanthu_tools.bench.signing.large"]
    done = subprocess.run(
        [*command, str(source), str(settings.PKI_DIR), holder.key_name],
        input=holder.certificate.public_bytes(Encoding.PEM),
        capture_output=True,
        check=True,
    )
    return Memory(**json.loads(done.stdout))
