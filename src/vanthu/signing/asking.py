"""The talk with a device about one request, in steps that may be interrupted at any point.

Before a device is asked, our reference for the call is committed with the files it is for; so a process that is killed
before it stored the answer is followed by one that asks under the same reference. An answer is checked and stored
before anything is done with it. Only one process talks about a request at a time.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from vanthu.kernel import ledger, moves
from vanthu.kernel.actor import Actor
from vanthu.kernel.alone import alone
from vanthu.kernel.later import later
from vanthu.kernel.refusals import Conflict, Invalid, Unavailable
from vanthu.signing.devices import device_of, holder_of
from vanthu.signing.finishing import finish_answered, settle
from vanthu.signing.models import SigningRequest, SigningSession
from vanthu.signing.providers.base import (
    DeclinedError,
    Done,
    Job,
    LapsedError,
    NotSentError,
    Pending,
    SigningError,
    UnknownReferenceError,
    WrongSecretError,
)
from vanthu.signing.states import OPEN_REQUESTS, REQUESTS, UNANSWERED, RequestState, SessionState

if TYPE_CHECKING:
    from vanthu.signing import pades
    from vanthu.signing.providers.base import Answer, DigestSigner
else:
    pades = later("vanthu.signing.pades")

log = logging.getLogger("vanthu.signing")

_LONGEST = timedelta(minutes=15)  # that a device may make us wait


def _key(pk: int) -> str:
    """Under which one process at a time talks about a request (`kernel.alone`)."""
    return f"signing request {pk}"


def advance(pk: int) -> bool:
    """One short step: ask the device or look whether it has signed. True when somebody has to come again."""
    with alone(_key(pk)) as mine:
        if not mine:
            return True
        request = SigningRequest.objects.select_related("certificate").get(pk=pk)
        if request.state not in OPEN_REQUESTS:
            return False
        by = Actor.going_on(request.actor)
        try:
            device = device_of(request.provider)
            _talk(request, device, {}, by)
        except SigningError as error:
            _note(request, error)
        else:
            if not device.capabilities.interactive:
                finish_answered(request)
        if request.expires_at < timezone.now():
            _stop(request, SessionState.EXPIRED, LapsedError().message)
    settle(request)
    return request.state in OPEN_REQUESTS


def authorise(request: SigningRequest, secrets: Mapping[str, str]) -> None:
    """Ask a device that wants a PIN or code. Raises as `requests.authorise` does."""
    try:
        with alone(_key(request.pk)) as mine:
            if not mine:
                raise Conflict(
                    "Mã vừa được gửi tới thiết bị. Đợi kết quả rồi tải lại trang.", code="being_asked"
                )
            _authorise(request, secrets)
    finally:
        settle(request)


def _authorise(request: SigningRequest, secrets: Mapping[str, str]) -> None:
    try:
        device = device_of(request.provider)
        wanted = {name: secrets.get(name, "").strip() for name in device.capabilities.secrets}
        if missing := [name for name, value in wanted.items() if not value]:
            raise Invalid(fields=dict.fromkeys(missing, "Nhập mã này để thiết bị ký."))
        _talk(request, device, wanted, Actor.going_on(request.actor))
    except SigningError as error:
        _withdraw(request.pk)
        _note(request, error)
        if isinstance(error, WrongSecretError):
            raise Invalid(fields={device.capabilities.secrets[0]: error.message}) from error
        refusal = Invalid if error.permanent else Unavailable
        raise refusal(error.message) from error


def told(provider: str, payload: Mapping[str, object]) -> int | None:
    """What the device's server reported: signatures that prove themselves are stored at once.

    Returns the request that should be looked at now, None when it is unknown or over. Anything else that the report
    says is not believed: the device is asked. Raises `Invalid` for what is no report.
    """
    try:
        reference, answer = device_of(provider).on_callback(payload)
    except SigningError as error:
        raise Invalid(error.message, code="no_report") from error
    part = list(_sessions(Q(provider=provider, reference=reference, state=SessionState.WAITING)))
    if not reference or not part or part[0].request is None:
        return None
    request = part[0].request
    if isinstance(answer, Done) and len(answer.signatures) == len(part):
        pairs = zip(part, answer.signatures, strict=True)
        if not any(_problem(one, signature) for one, signature in pairs):
            _store(request, part, answer, Actor.going_on(request.actor))
    return request.pk


@dataclass(frozen=True, slots=True)
class _Part:
    """The files of one call to the device; `told` when it may have heard of it already."""

    sessions: list[SigningSession]
    told: bool

    @property
    def hashes(self) -> list[bytes]:
        return [bytes(one.digest) for one in self.sessions]


def _talk(request: SigningRequest, device: DigestSigner, secrets: Mapping[str, str], by: Actor) -> None:
    """Ask and store until the device wants time or its owner, or nothing is left."""
    while part := _next_part(request, device, secrets):
        answer = _answer(device, _job(request, part, secrets), part)
        if isinstance(answer, Done):
            _store(request, part.sessions, answer, by)
        else:
            if answer is not None:
                _wait(request, part, answer, by)
            return


def _next_part(request: SigningRequest, device: DigestSigner, secrets: Mapping[str, str]) -> _Part | None:
    """What the device was asked for and has not answered, else as many files as it takes at a time."""
    mine = Q(request=request)
    waiting = list(_sessions(mine & Q(state=SessionState.WAITING)))
    if waiting:
        return _Part([one for one in waiting if one.reference == waiting[0].reference], told=True)
    if device.capabilities.secrets and not secrets:
        return None
    with transaction.atomic():
        fresh = _sessions(mine & Q(state=SessionState.PREPARED)).select_for_update(of=("self",), no_key=True)
        part = list(fresh[: device.capabilities.batch])
        reference = uuid4().hex
        for one in part:
            one.reference, one.device_reference, one.state = reference, "", SessionState.WAITING
            one.save(update_fields=["reference", "device_reference", "state"])
    return _Part(part, told=False) if part else None


def _answer(device: DigestSigner, job: Job, part: _Part) -> Answer | None:
    """What the device says; None when it never heard of it and cannot be asked without its owner's code."""
    if part.told:
        try:
            return device.poll(job, part.hashes)
        except UnknownReferenceError:
            if device.capabilities.secrets:
                _withdraw(part.sessions[0].request_id)
                return None
    try:
        return device.start(job, part.hashes)
    except NotSentError:
        _withdraw(part.sessions[0].request_id)
        raise


def _job(request: SigningRequest, part: _Part, secrets: Mapping[str, str]) -> Job:
    first = part.sessions[0]
    return Job(
        holder_of(request.certificate),
        request.title,
        first.reference,
        first.device_reference,
        tuple(one.title for one in part.sessions),
        secrets,
    )


def _wait(request: SigningRequest, part: _Part, answer: Pending, by: Actor) -> None:
    """The device looks for its owner."""
    if part.sessions[0].device_reference == answer.reference and request.state == RequestState.WAITING:
        return
    ids = [one.pk for one in part.sessions]
    until = min(answer.expires_at, timezone.now() + _LONGEST)
    with transaction.atomic():
        SigningSession.objects.filter(pk__in=ids).update(device_reference=answer.reference, expires_at=until)
        also = {"code": answer.code[:40], "expires_at": until, "problem": ""}
        moves.make(REQUESTS, "ask", request, by=by, also=also)


def _store(request: SigningRequest, sessions: Sequence[SigningSession], answer: Done, by: Actor) -> None:
    """Keep every signature that is one; a file whose signature is not one fails alone."""
    if len(answer.signatures) != len(sessions):
        raise SigningError("Thiết bị ký trả lời không đủ số văn bản. Gửi ký lại.", permanent=True)
    problems = [_problem(one, given) for one, given in zip(sessions, answer.signatures, strict=True)]
    with transaction.atomic():
        kept = 0
        for one, given, problem in zip(sessions, answer.signatures, problems, strict=True):
            state = SessionState.FAILED if problem else SessionState.ANSWERED
            kept += SigningSession.objects.filter(pk=one.pk, state__in=UNANSWERED).update(
                state=state, signature=None if problem else given, problem=problem
            )
        if not kept:
            return
        label = device_of(request.provider).capabilities.label
        signed = problems.count("")
        ledger.record(
            "signing.answered",
            request,
            by=by,
            changes={"signatures": (0, signed)},
            note=f"xác nhận trên {label}: {signed}/{len(sessions)} chữ ký",
        )


def _problem(session: SigningSession, signature: bytes) -> str:
    """Why this is no signature of this file by this certificate, or ""."""
    if not signature:
        return "Thiết bị không ký văn bản này. Gửi ký lại văn bản này."
    try:
        pades.check(pades.Prepared.load(bytes(session.prepared)), signature)
    except SigningError as error:
        return error.message
    return ""


def _note(request: SigningRequest, error: SigningError) -> None:
    """What a device's error means for the files that it has not signed."""
    log.warning("signing request %s: %s", request.pk, error.message)
    match error:
        case DeclinedError():
            _stop(request, SessionState.REJECTED, error.message)
        case LapsedError():
            _stop(request, SessionState.EXPIRED, error.message)
        case _ if error.permanent:
            _stop(request, SessionState.FAILED, error.message)
        case _:
            SigningRequest.objects.filter(pk=request.pk).update(problem=error.message[:500])


def _stop(request: SigningRequest, state: SessionState, problem: str) -> None:
    _sessions(Q(request=request, state__in=UNANSWERED)).update(state=state, problem=problem[:500])


def _withdraw(request_id: int | None) -> None:
    """What was on its way to a device that did not take it waits again for its owner's code."""
    _sessions(Q(request_id=request_id, state=SessionState.WAITING)).update(state=SessionState.PREPARED)


def _sessions(wanted: Q) -> QuerySet[SigningSession]:
    return SigningSession.objects.filter(wanted).select_related("certificate", "request").order_by("pk")
