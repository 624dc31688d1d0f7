"""One authorisation at a device for one or many files: ask, type a PIN or code, cancel, see how it stands.

Nobody waits inside a request of the web: a job asks the device, later ones look whether its owner has confirmed
(`signing.asking`, `signing.request_jobs`), and whoever asked goes on with each file as soon as it is signed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from cryptography import x509
from django.db import IntegrityError, transaction
from django.utils import timezone

from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.files.models import StoredFile
from vanthu.kernel.refusals import Conflict, Invalid, NotFound, Refusal, Unavailable
from vanthu.signing import actions, asking, eligibility, finishing
from vanthu.signing.actions import PATIENCE, Wanted
from vanthu.signing.devices import device_of, holder_of
from vanthu.signing.models import Certificate, SigningRequest, SigningSession
from vanthu.signing.providers.base import CodeSender, SigningError
from vanthu.signing.states import OPEN, OPEN_REQUESTS, UNANSWERED, RequestState, SessionState

__all__ = [
    "Row", "Wanted", "ask", "authorise", "cancel", "open_requests", "progress", "recent", "request", "send_code",
    "waiting",
]  # fmt: skip

MOST = 200  # files in one request
_REMEMBERED = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Row:
    """How one file of a request stands; `settled` when nothing more happens to it, `problem` is a sentence or ""."""

    subject_id: int
    title: str
    state: str
    problem: str
    session_id: int
    settled: bool


def ask(
    wanted: Sequence[Wanted], *, certificate: Certificate, purpose: str, by: Actor, key: str = ""
) -> SigningRequest:
    """Ask the device of this certificate to sign these files with one authorisation. Call it outside a transaction.

    `purpose` names what goes on with each signed file (`finishing.go_on`). A file that cannot be signed is a row with
    its problem and spoils no other. The same `key`, or the same files while they wait, gives the first request again.
    A device that asks nobody has signed when this returns. Raises `NotAllowed` when the certificate is not the
    actor's, `Invalid` when it or all files cannot be used.
    """
    earlier = _by_key(by, key) or _waiting_for_the_same(wanted, certificate)
    if earlier is not None:
        return earlier
    if not 1 <= len(wanted) <= MOST:
        raise Invalid(f"Chọn từ 1 đến {MOST} văn bản để ký một lần.")
    for one in wanted:
        eligibility.check_holder(certificate, one.role, by)
    chain = actions.usable_chain(certificate)
    prepared = [_prepared(one, certificate, chain, by) for one in wanted]
    if all(isinstance(one, Refusal) for one in prepared):
        raise next(one for one in prepared if isinstance(one, Refusal))
    try:
        fresh = _write(wanted, prepared, certificate, purpose, by, key)
    except IntegrityError as error:
        earlier = _by_key(by, key) or _waiting_for_the_same(wanted, certificate)
        if earlier is None:
            raise Conflict("Có tệp vừa được gửi ký ở nơi khác. Tải lại trang để xem kết quả.") from error
        return earlier
    if not device_of(certificate.provider).capabilities.interactive:
        asking.advance(fresh.pk)
        fresh.refresh_from_db()
    return fresh


def authorise(pk: int, secrets: Mapping[str, str], *, by: Actor) -> SigningRequest:
    """Give the device what the signer typed (`pin`, `otp`); it is used now and kept nowhere.

    Raises `NotFound` for another's request, `Conflict` when it is over, `Invalid` (field `pin` or `otp`) when the
    device refuses it, `Unavailable` when it does not answer; then it may be typed again until the request expires.
    """
    found = request(pk, by)
    _require_open(found)
    asking.authorise(found, secrets)
    found.refresh_from_db()
    return found


def send_code(pk: int, *, by: Actor) -> SigningRequest:
    """Have the device's service send its owner a one-time code, to be typed into `authorise`.

    Raises `NotFound` for another's request, `Conflict` when it is over or wants no code, `Invalid` or `Unavailable`
    when the service refuses or does not answer.
    """
    found = request(pk, by)
    _require_open(found)
    try:
        device = device_of(found.provider)
        if "otp" not in device.capabilities.secrets or not isinstance(device, CodeSender):
            raise Conflict("Thiết bị này không gửi mã OTP. Xem mã trên thiết bị, hoặc nhập mã PIN.")
        device.send_code(holder_of(found.certificate))
    except SigningError as error:
        refusal = Invalid if error.permanent else Unavailable
        raise refusal(error.message) from error
    return found


def cancel(pk: int, *, by: Actor) -> SigningRequest:
    """Ask no longer: what the device has not signed yet is given up, what it signed goes on.

    Raises `NotFound` for another's request, `Conflict` when it is over.
    """
    found = request(pk, by)
    with transaction.atomic():
        left = SigningSession.objects.filter(request=found, state__in=UNANSWERED).update(
            state=SessionState.CANCELLED, problem="Người ký đã hủy yêu cầu."
        )
        if not left:
            raise Conflict(
                "Thiết bị đã trả lời nên không hủy được nữa. Tải lại trang để xem kết quả từng văn bản."
            )
        ledger.record(
            "signing.cancelled",
            found,
            by=by,
            changes={"files": (left, 0)},
            note=f"hủy yêu cầu ký {left} văn bản",
        )
        finishing.settle(found)
    found.refresh_from_db()
    return found


def request(pk: int, by: Actor) -> SigningRequest:
    """A request of the actor's own. Raises `NotFound`."""
    rows = SigningRequest.objects.select_related("certificate")
    found = rows.filter(pk=pk, person_id=by.person_id, office_id=by.office_id).first()
    if found is None or (by.person_id is None and not by.system):
        raise NotFound
    return found


def open_requests(by: Actor) -> list[SigningRequest]:
    """What this person's devices are being asked for now, newest first."""
    rows = SigningRequest.objects.filter(person_id=by.person, state__in=OPEN_REQUESTS)
    return list(rows.order_by("-asked_at"))


def recent(by: Actor) -> list[SigningRequest]:
    """This person's requests of the last days in this office, newest first, at most 50."""
    since = timezone.now() - _REMEMBERED
    rows = SigningRequest.objects.filter(person_id=by.person, office_id=by.office_id, asked_at__gte=since)
    return list(rows.select_related("certificate").order_by("-asked_at")[:50])


def waiting(purpose: str, subject_ids: Sequence[int], *, by: Actor) -> SigningRequest | None:
    """The actor's open request of this purpose for one of these items, or None."""
    found = (
        SigningSession.objects.filter(
            request__purpose=purpose,
            request__person_id=by.person_id,
            request__office_id=by.office_id,
            request__state__in=OPEN_REQUESTS,
            subject_id__in=subject_ids,
        )
        .select_related("request__certificate")
        .first()
    )
    return found.request if found else None


def progress(found: SigningRequest) -> list[Row]:
    """How every file of the request stands, in the order in which they were asked for."""
    sessions = (
        SigningSession.objects.filter(request=found).order_by("pk").defer("prepared", "digest", "signature")
    )
    return [
        Row(one.subject_id or 0, one.title, one.state, one.problem, one.pk, finishing.is_settled(one))
        for one in sessions
    ]


def _require_open(found: SigningRequest) -> None:
    if found.state not in OPEN_REQUESTS:
        raise Conflict(f"Yêu cầu ký này đã kết thúc: {RequestState(found.state).label.lower()}. Gửi ký lại.")


def _by_key(by: Actor, key: str) -> SigningRequest | None:
    return SigningRequest.objects.filter(person_id=by.person_id, key=key[:64]).first() if key else None


def _waiting_for_the_same(wanted: Sequence[Wanted], certificate: Certificate) -> SigningRequest | None:
    """The open request that asks for every one of these signatures already, if one does."""
    asked = {(one.file.sha256, one.field) for one in wanted}
    rows = SigningSession.objects.filter(
        certificate=certificate,
        state__in=OPEN,
        request__isnull=False,
        file_sha256__in=[one for one, _ in asked],
    ).values_list("request_id", "file_sha256", "field")
    for request_id in {one for one, _, _ in rows}:
        if asked <= {(sha256, field) for one, sha256, field in rows if one == request_id}:
            return SigningRequest.objects.get(pk=request_id)
    return None


type _Prepared = tuple[SigningSession, StoredFile] | SigningSession | Refusal


def _prepared(one: Wanted, certificate: Certificate, chain: list[x509.Certificate], by: Actor) -> _Prepared:
    """A fresh session, the one that signed this already and only has to be taken over, or why neither can be."""
    try:
        earlier = actions.earlier_session(one.file, one.field, certificate)
        if earlier is not None and earlier.state == SessionState.SIGNED:
            return earlier
        if earlier is not None:
            raise Conflict(
                "Văn bản này đang chờ ký trong một yêu cầu khác. Hoàn tất hoặc hủy yêu cầu đó trước."
            )
        return actions.prepare(one, certificate=certificate, chain=chain, by=by)
    except Refusal as refusal:
        return refusal


@transaction.atomic
def _write(
    wanted: Sequence[Wanted],
    prepared: Sequence[_Prepared],
    certificate: Certificate,
    purpose: str,
    by: Actor,
    key: str,
) -> SigningRequest:
    title = wanted[0].title if len(wanted) == 1 else f"Ký {len(wanted)} văn bản"
    fresh = SigningRequest.objects.create(
        certificate=certificate,
        provider=certificate.provider,
        purpose=purpose,
        title=title[:200],
        key=key[:64],
        actor=by.remembered(),
        person_id=by.person_id,
        office_id=by.office_id,
        expires_at=timezone.now() + PATIENCE,
    )
    for one, made in zip(wanted, prepared, strict=True):
        _add(fresh, one, made, by)
    label = device_of(certificate.provider).capabilities.label
    ledger.record(
        "signing.requested",
        fresh,
        by=by,
        changes={"files": (0, len(wanted)), "serial": (None, certificate.serial)},
        note=f"gửi {len(wanted)} văn bản tới {label} để ký",
    )
    return fresh


def _add(fresh: SigningRequest, one: Wanted, made: _Prepared, by: Actor) -> None:
    if isinstance(made, SigningSession):
        made.request, made.subject_id, made.words = fresh, one.subject_id, one.words
        made.continued_at, made.problem = None, ""
        made.save(update_fields=["request", "subject_id", "words", "continued_at", "problem"])
        return
    if isinstance(made, Refusal):
        SigningSession.objects.create(
            file_sha256=one.file.sha256, role=one.role, field=one.field, certificate=fresh.certificate,
            provider=fresh.provider, title=one.title[:200], prepared=b"", digest=b"", person_id=by.person_id,
            office_id=by.office_id, expires_at=fresh.expires_at, request=fresh, subject_id=one.subject_id,
            state=SessionState.FAILED, problem=made.message[:500], holds_files=False,
        )  # fmt: skip
        return
    session, stored = made
    session.request, session.subject_id, session.words = fresh, one.subject_id, one.words
    session.expires_at = fresh.expires_at
    actions.open_session(session, stored)
