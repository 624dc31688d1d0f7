"""After a device has signed: put each signature into its file, let the purpose go on with it, end the request."""

import logging
from collections.abc import Callable
from contextlib import suppress

from django.db import transaction
from django.utils import timezone

from vanthu.kernel import ledger, moves
from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import Conflict, Refusal, Unavailable
from vanthu.signing import actions, queries
from vanthu.signing.models import SigningRequest, SigningSession
from vanthu.signing.providers.base import SigningError
from vanthu.signing.states import OPEN, OPEN_REQUESTS, REQUESTS, SESSIONS, RequestState, SessionState

log = logging.getLogger("vanthu.signing")

type Continuation = Callable[[SigningSession], None]

_continuations: dict[str, Continuation] = {}
_ENDS = (  # of a request in which nothing was signed, the first that holds
    (SessionState.REJECTED, "reject"),
    (SessionState.CANCELLED, "cancel"),
    (SessionState.EXPIRED, "expire"),
    (SessionState.FAILED, "fail"),
)


def go_on(purpose: str, continuation: Continuation) -> None:
    """When a file of this purpose is signed, run `continuation`, at least once; called only by `config.wiring`.

    What it refuses is shown as the problem of that file; an `Unavailable` is tried again.
    """
    _continuations[purpose] = continuation


def finish(session_id: int) -> None:
    """Put the device's signature into the file and go on with it. Idempotent; raises `Unavailable` to come again."""
    session = SigningSession.objects.select_related("certificate", "request").get(pk=session_id)
    request = session.request
    if request is None:
        return
    by = Actor.going_on(request.actor)
    if session.state == SessionState.ANSWERED:
        _embed(session, by)
    if session.state == SessionState.SIGNED and session.continued_at is None:
        _continue(session, request.purpose)
    settle(request)


def finish_answered(request: SigningRequest) -> None:
    """Finish every file that the device signed; what has to wait stays for the job."""
    for pk in queries.unfinished_session_ids(request.pk):
        with suppress(Unavailable):
            finish(pk)


def is_settled(session: SigningSession) -> bool:
    """Whether nothing more happens to this file."""
    return session.state not in OPEN and not (
        session.state == SessionState.SIGNED and session.continued_at is None
    )


def settle(request: SigningRequest) -> None:
    """End the request when every file has its result. Idempotent."""
    sessions = list(
        SigningSession.objects.filter(request_id=request.pk).only("state", "continued_at", "problem")
    )
    request.refresh_from_db()
    if request.state not in OPEN_REQUESTS or not all(is_settled(one) for one in sessions):
        return
    states = [one.state for one in sessions]
    signed = states.count(SessionState.SIGNED)
    arrow = "finish" if signed == len(states) else "finish_partly"
    if not signed:
        arrow = next(arrow for state, arrow in _ENDS if state in states)
    problems = {one.problem for one in sessions if one.problem}
    also = {"ended_at": timezone.now(), "code": "", "problem": problems.pop() if len(problems) == 1 else ""}
    by = Actor.going_on(request.actor)
    with suppress(Conflict), transaction.atomic():  # another process was faster
        moves.make(REQUESTS, arrow, request, by=by, also=also)
        label = RequestState(request.state).label.lower()
        ledger.record("signing.ended", request, by=by, note=f"yêu cầu ký: {label} ({signed}/{len(states)})")


def _embed(session: SigningSession, by: Actor) -> None:
    try:
        actions.embed(session, bytes(session.signature or b""), by=by)
    except SigningError as error:
        log.warning("session %s: %s", session.pk, error.message)
        if not error.permanent:
            raise Unavailable(error.message) from error
        moves.make(SESSIONS, "fail", session, by=by, also={"problem": error.message[:500]})
    except Conflict:  # it failed elsewhere meanwhile
        session.refresh_from_db()


def _continue(session: SigningSession, purpose: str) -> None:
    problem = ""
    try:
        if purpose:
            _continuations[purpose](session)
    except Unavailable:
        raise
    except Refusal as refusal:
        log.warning("session %s is signed, but %s does not go on: %s", session.pk, purpose, refusal.message)
        problem = refusal.message
    SigningSession.objects.filter(pk=session.pk).update(continued_at=timezone.now(), problem=problem[:500])
