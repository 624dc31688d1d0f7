"""The signing program of the Government Cipher Committee on the signer's computer (VGCA Sign Service).

It takes a whole file and hands it back signed: the browser tells it by a WebSocket where the file is and where the
signed one goes (`calls`), it fetches and returns the file itself, under a ticket, without anybody's cookies.
What it adds is its own: the first signature certifies the file (form filling allowed), each signer gets a new
visible field, `adbe.pkcs7.detached`. So what comes back is judged by the policy made for it.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from vanthu.kernel.later import later
from vanthu.signing.providers.base import Answer, Capabilities, Job, KeyHolder, Pending, SigningError, Ticket

if TYPE_CHECKING:
    from cryptography import x509

    from vanthu.signing import policies, verify
    from vanthu.signing.report import Report, SignatureReport
else:
    policies = later("vanthu.signing.policies")
    verify = later("vanthu.signing.verify")

NAME = "agent"
VALID = timedelta(minutes=20)  # a ticket; a signer reads, chooses the certificate and types the PIN meanwhile

_CHUNK = 1 << 20

log = logging.getLogger("vanthu.signing")


class Agent:
    """Hands out files under tickets and judges what comes back.

    Of a request that waits for it nothing can be asked: its owner brings the files, or time runs out.
    """

    capabilities = Capabilities(
        frozenset(), batch=200, interactive=True, label="chương trình ký trên máy tính", whole_file=True
    )

    def chain(self, holder: KeyHolder) -> list[x509.Certificate]:
        """The certificate alone; those above it come with the signed file."""
        return [holder.certificate]

    def start(self, job: Job, hashes: Sequence[bytes]) -> Answer:
        """The page calls the program; here is nothing to do but wait."""
        return Pending(job.reference, timezone.now() + VALID)

    def poll(self, job: Job, hashes: Sequence[bytes]) -> Answer:
        """What is brought arrives by itself."""
        return Pending(job.reference, timezone.now() + VALID)

    def on_callback(self, payload: Mapping[str, Any]) -> tuple[str, Answer | None]:
        """Never sent: the program has no server."""
        raise SigningError("Chương trình ký trên máy tính không gửi thông báo.", permanent=True)

    def tickets(self, sha256: str, field: str, holder: KeyHolder) -> Ticket:
        """A fresh ticket; whoever shows its token fetches and returns the file."""
        return Ticket(
            token=secrets.token_urlsafe(32),
            sha256=sha256,
            field=field,
            serial=f"{holder.certificate.serial_number:x}",
            expires_at=timezone.now() + VALID,
        )

    def accept(self, ticket: Ticket, handed_out: Path, brought: Path) -> SignatureReport:
        """The new signature, when it is the one that was asked for; raises `SigningError` that says what is wrong.

        The file only grew, exactly one signature came, every signature is valid, the last one is of the expected
        certificate and covers the entire file. Asks OCSP and CRLs: takes network time.
        """
        _require_only_appended(handed_out, brought)
        verifier = verify.Verifier(policies.GOVERNMENT_COMPAT)
        report = verifier.verify(brought)
        before = len(verifier.verify(handed_out).signatures)
        _require_valid(report)
        if len(report.signatures) != before + 1:
            raise SigningError(
                "Tệp trả về không có thêm đúng một chữ ký. Ký lại văn bản, mỗi lần một chữ ký."
                if report.signatures
                else "Tệp trả về chưa có chữ ký số. Ký lại, chọn chứng thư số và nhập mã PIN."
            )
        last = report.signatures[-1]
        if last.serial.lower() != ticket.serial.lower():
            raise SigningError(
                f"Tệp được ký bằng chứng thư số của {last.signer}, không phải chứng thư số đã chọn."
                " Cắm đúng thiết bị ký rồi ký lại."
            )
        if not last.covers_file:
            raise SigningError("Tệp bị ghi thêm sau khi ký. Ký lại từ bản hệ thống đưa ra.")
        return last


def _require_only_appended(handed_out: Path, brought: Path) -> None:
    """An incremental update: the file that was handed out is the beginning of what came back, byte by byte."""
    if brought.stat().st_size <= handed_out.stat().st_size:
        raise SigningError("Tệp trả về chưa được ký. Ký lại, chọn chứng thư số và nhập mã PIN.")
    with handed_out.open("rb") as ours, brought.open("rb") as theirs:
        while chunk := ours.read(_CHUNK):
            if theirs.read(len(chunk)) != chunk:
                raise SigningError("Tệp trả về không phải văn bản đã đưa ký. Ký lại từ trang này.")


def _require_valid(report: Report) -> None:
    """Every signature holds. That nobody answers about a revocation now is no refusal: the file's report says so."""
    for one in report.signatures:
        unanswered = one.verdict == "unknown" and one.trusted and one.revocation != "revoked"
        if one.verdict != "valid" and not unanswered:
            log.warning("what the agent brought is refused: %s", one.sentence)
            raise SigningError(f"Không nhận tệp: {one.sentence} Ký lại, hoặc báo quản trị hệ thống.")
    if report.problems:
        raise SigningError(f"Không nhận tệp: {'; '.join(report.problems)}. Ký lại từ trang này.")
