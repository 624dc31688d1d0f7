"""Sign a file: open a session, ask the device, finish. Enrol certificates.

Signing talks to devices and to the time-stamp authority: call these verbs outside a transaction.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from vanthu.kernel import ledger, moves
from vanthu.kernel.actor import Actor
from vanthu.kernel.files import actions as files
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.files.models import StoredFile
from vanthu.kernel.later import later
from vanthu.kernel.refusals import Conflict, Invalid, Refusal, Unavailable
from vanthu.signing import eligibility, queries
from vanthu.signing.devices import device_of, holder_of
from vanthu.signing.models import Certificate, SigningSession
from vanthu.signing.places import LEADER, OFFICE
from vanthu.signing.providers import practice_key
from vanthu.signing.providers.base import Answer, DigestSigner, Job, Pending, SigningError
from vanthu.signing.queries import SignedFile
from vanthu.signing.states import OPEN, SESSIONS, UNANSWERED, SessionState, SigningRole

if TYPE_CHECKING:
    from vanthu.signing import appearance as looks
    from vanthu.signing import pades
else:
    looks = later("vanthu.signing.appearance")
    pades = later("vanthu.signing.pades")

log = logging.getLogger("vanthu.signing")

_FIELDS = {SigningRole.INITIALS: "KyNhay1", SigningRole.APPROVAL: LEADER, SigningRole.SEAL: OFFICE}
PATIENCE = timedelta(minutes=5)  # how long a prepared file waits for its device
_KEPT = timedelta(days=1)
_WAITING = "Yêu cầu ký đã gửi tới thiết bị. Xác nhận trên thiết bị rồi mở lại trang này."


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A certificate to enrol: whose it is, the device that holds its key, the device's name for the key."""

    holder_kind: str
    holder_id: int
    certificate: x509.Certificate
    provider: str
    key_name: str
    picture: bytes | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A signature that is wanted: the file, what it is for, its field, what is drawn there, what the signer reads.

    `subject_id` is the item of whoever asks, which goes on when the file is signed; `words` what the signer says.
    """

    file: StoredFile
    role: str
    field: str
    appearance: looks.Appearance
    title: str
    subject_id: int = 0
    words: str = ""


def sign_file(
    file: StoredFile,
    *,
    role: str,
    certificate: Certificate,
    appearance: looks.Appearance,
    by: Actor,
    field: str = "",
    title: str = "",
) -> SignedFile:
    """Sign a PDF in the field of the role (or `field`) and keep the result; the same request twice gives the same file.

    `title` is what the signer reads on the device. Raises `NotAllowed` when the certificate is not the actor's,
    `Invalid` when it or the file cannot be used, `Conflict` while another signature is pending, `Unavailable`
    (code `waiting`) while the device waits for its owner: then `complete` the session later.
    """
    wanted = field or field_of(role)
    session = begin(
        file, role=role, certificate=certificate, appearance=appearance, by=by, field=wanted, title=title
    )
    return complete(session, by=by)


def begin(
    file: StoredFile,
    *,
    role: str,
    certificate: Certificate,
    appearance: looks.Appearance,
    by: Actor,
    field: str,
    title: str = "",
) -> SigningSession:
    """Open a session, or find the one that this request opened before. Raises as `sign_file` does."""
    eligibility.check_holder(certificate, role, by)
    earlier = earlier_session(file, field, certificate)
    if earlier is not None:
        return earlier
    chain = usable_chain(certificate)
    wanted = Wanted(file, role, field, appearance, title)
    fresh, stored = prepare(wanted, certificate=certificate, chain=chain, by=by)
    try:
        with transaction.atomic():
            return open_session(fresh, stored)
    except IntegrityError as error:
        raise Conflict("Tệp này vừa được gửi ký ở nơi khác. Tải lại trang để xem kết quả.") from error


def field_of(role: str) -> str:
    """The field in which this role signs unless another is named."""
    return _FIELDS[SigningRole(role)]


def usable_chain(certificate: Certificate) -> list[x509.Certificate]:
    """The certificate and those above it. Raises `Invalid` for one that may not sign now, `Unavailable`."""
    with _refusing():
        chain = device_of(certificate.provider).chain(holder_of(certificate))
    eligibility.check(certificate, chain)
    return chain


def prepare(
    wanted: Wanted, *, certificate: Certificate, chain: list[x509.Certificate], by: Actor
) -> tuple[SigningSession, StoredFile]:
    """A session that is not saved yet and the file that is signed: with an empty signature, or as it is for a device
    that takes whole files. Raises `Invalid`."""
    stored, prepared = wanted.file, None
    device = device_of(certificate.provider).capabilities
    if not device.whole_file:
        stored, prepared = _with_empty_signature(wanted, chain, container=device.container)
    fresh = SigningSession(
        file_sha256=wanted.file.sha256,
        role=wanted.role,
        field=wanted.field,
        certificate=certificate,
        provider=certificate.provider,
        title=wanted.title[:200],
        prepared=prepared.dump() if prepared else b"",
        digest=prepared.to_sign if prepared else b"",
        person_id=by.person_id,
        office_id=by.office_id,
        expires_at=timezone.now() + PATIENCE,
    )
    return fresh, stored


def _with_empty_signature(
    wanted: Wanted, chain: list[x509.Certificate], *, container: bool
) -> tuple[StoredFile, pades.Prepared]:
    with file_queries.copy_of(wanted.file) as source, TemporaryDirectory() as folder, _refusing():
        target = Path(folder) / "prepared.pdf"
        style = looks.stamp_style(wanted.appearance)
        prepared = pades.prepare(
            source, target, field=wanted.field, chain=chain, style=style, container=container
        )
        return files.store_bytes(target, PDF), prepared


def open_session(fresh: SigningSession, stored: StoredFile) -> SigningSession:
    """Save a prepared session; part of a transaction. Raises `IntegrityError` while the file has an open session."""
    fresh.save()
    _attach(fresh, stored, "prepared")
    return fresh


def complete(session: SigningSession, *, by: Actor) -> SignedFile:
    """Ask the device, or ask again, and finish when it has signed. Idempotent; raises as `sign_file` does."""
    if session.state == SessionState.SIGNED:
        return queries.signed_file(session)
    if session.request_id is not None:
        raise Unavailable(_WAITING, code="waiting")  # one authorisation for several files asks for it
    try:
        device = device_of(session.provider)
        answer = _answer(device, session)
        if isinstance(answer, Pending):
            _wait(session, answer, by)
        else:
            embed(session, answer.signatures[0], by=by)
    except SigningError as error:
        log.warning("session %s: %s", session.pk, error.message)
        if error.permanent:
            moves.make(SESSIONS, "fail", session, by=by, also={"problem": error.message[:500]})
        raise _refusal(error) from error
    if session.state == SessionState.WAITING:
        raise Unavailable(_WAITING, code="waiting")
    return queries.signed_file(session)


def reject(session: SigningSession, *, by: Actor, reason: str) -> None:
    """The signer declined on the device. Raises `Conflict` when the session is not waiting."""
    moves.make(SESSIONS, "reject", session, by=by, also={"problem": reason[:500]})


def expire_sessions() -> int:
    """End sessions whose devices did not answer in time, so that the files can be signed again; returns how many."""
    late = SigningSession.objects.filter(
        state__in=UNANSWERED, expires_at__lt=timezone.now(), request__isnull=True
    )
    return late.update(state=SessionState.EXPIRED)


def release_files() -> int:
    """Give up the files of sessions that ended over a day ago; whoever asked for a signature holds its file by then."""
    ended = SigningSession.objects.filter(holds_files=True, opened_at__lt=timezone.now() - _KEPT)
    sessions = list(ended.exclude(state__in=OPEN)[:1000])
    held = file_queries.attachments(SigningSession.item_kind, [session.pk for session in sessions])
    for session in sessions:
        with transaction.atomic():
            for attachment in held[session.pk]:
                files.detach(attachment)
            SigningSession.objects.filter(pk=session.pk).update(holds_files=False)
    return len(sessions)


@transaction.atomic
def enrol(enrolments: Iterable[Enrolment], *, by: Actor) -> int:
    """Enrol certificates; each replaces the holder's active one of the same device. Returns how many.

    Raises `NotAllowed`, `Invalid`.
    """
    by.require("administer")
    rows = [_row(enrolment) for enrolment in enrolments]
    for kind, provider in {(row.holder_kind, row.provider) for row in rows}:
        holders = [row.holder_id for row in rows if (row.holder_kind, row.provider) == (kind, provider)]
        before = Certificate.objects.filter(holder_kind=kind, holder_id__in=holders, provider=provider)
        before.filter(active=True).update(active=False)
    try:
        with transaction.atomic():
            Certificate.objects.bulk_create(rows, batch_size=500)
    except IntegrityError as error:
        raise Invalid("Chứng thư số này đã được đăng ký. Kiểm tra lại số sê-ri rồi thử lại.") from error
    return len(rows)


def earlier_session(file: StoredFile, field: str, certificate: Certificate) -> SigningSession | None:
    """The session of the same request, finished or open. Raises `Conflict` when somebody else's is open."""
    expire_sessions()
    rows = SigningSession.objects.select_related("certificate").filter(file_sha256=file.sha256)
    usable = rows.filter(state__in=(*OPEN, SessionState.SIGNED), holds_files=True)
    same = usable.filter(field=field, certificate=certificate).order_by("pk").last()
    if same is None and rows.filter(state__in=OPEN).exists():
        raise Conflict(
            "Tệp đang chờ một chữ ký khác. Đợi người đó ký xong hoặc hết hạn (5 phút) rồi thử lại."
        )
    return same


def _answer(device: DigestSigner, session: SigningSession) -> Answer:
    job = Job(
        holder_of(session.certificate),
        session.title,
        f"s{session.pk}",
        session.device_reference,
        (session.title,),
    )
    hashes = [bytes(session.digest)]
    return device.poll(job, hashes) if session.reference else device.start(job, hashes)


def _wait(session: SigningSession, answer: Pending, by: Actor) -> None:
    if session.state == SessionState.PREPARED:
        also = {
            "reference": f"s{session.pk}",
            "device_reference": answer.reference,
            "expires_at": answer.expires_at,
        }
        moves.make(SESSIONS, "ask", session, by=by, also=also)


def embed(session: SigningSession, signature: bytes, *, by: Actor) -> None:
    """Put the signature into a copy of the prepared file, keep it, and move the session, all or nothing.

    What is practised asks no time-stamp service: nothing of it leaves. Idempotent. Raises `SigningError` when it is
    not the signature of this file, `Conflict` when the session ended otherwise.
    """
    tsa_url = "" if session.provider == practice_key.NAME else settings.TSA_URL
    prepared = pades.Prepared.load(bytes(session.prepared))
    with (
        file_queries.copy_of(queries.session_file(session, "prepared")) as held,
        TemporaryDirectory() as folder,
    ):
        path = Path(folder) / "signed.pdf"
        shutil.copyfile(held, path)
        signed = pades.finish(path, prepared, signature, tsa_url=tsa_url)
        stored = files.store_bytes(path, PDF)
    try:
        keep(session, stored, signed, by)
    except Conflict:  # the same request, running twice, was faster: its file counts
        session.refresh_from_db()
        if session.state != SessionState.SIGNED:
            raise


@transaction.atomic
def keep(session: SigningSession, stored: StoredFile, signed: pades.Signed, by: Actor) -> None:
    """The signed file is the session's, all or nothing. Raises `Conflict` when the session ended otherwise."""
    also = {"level": signed.level, "signed_at": timezone.now()}
    moves.make(SESSIONS, "finish", session, by=by, also=also)
    _attach(session, stored, "signed")
    for attachment in file_queries.attachments(session.item_kind, [session.pk])[session.pk]:
        if attachment.role == "prepared":
            files.detach(attachment)
    ledger.record(
        "signing.signed",
        session,
        by=by,
        changes={
            "sha256": (session.file_sha256, signed.sha256),
            "serial": (None, session.certificate.serial),
        },
        note=f"{SigningRole(session.role).label.lower()} bằng chứng thư số {session.certificate.common_name}"
        f" ({signed.level})",
    )


def _attach(session: SigningSession, stored: StoredFile, role: str) -> None:
    files.attach(stored, owner_kind=session.item_kind, owner_id=session.pk, role=role, name=f"{role}.pdf")


def _row(enrolment: Enrolment) -> Certificate:
    certificate = enrolment.certificate
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return Certificate(
        holder_kind=enrolment.holder_kind,
        holder_id=enrolment.holder_id,
        serial=f"{certificate.serial_number:x}",
        subject=certificate.subject.rfc4514_string()[:500],
        common_name=str(names[0].value)[:200] if names else "",
        issuer=certificate.issuer.rfc4514_string()[:500],
        valid_from_at=certificate.not_valid_before_utc,
        valid_until_at=certificate.not_valid_after_utc,
        pem=certificate.public_bytes(Encoding.PEM).decode(),
        provider=enrolment.provider,
        key_name=enrolment.key_name,
        picture=enrolment.picture,
    )


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except SigningError as error:
        raise _refusal(error) from error


def _refusal(error: SigningError) -> Refusal:
    if error.permanent:
        return Invalid(error.message, code="cannot_sign")
    return Unavailable(error.message, code="cannot_sign_now")
