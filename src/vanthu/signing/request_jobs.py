"""What asks devices, looks whether their owners have confirmed, and finishes, apart from the web."""

from collections.abc import Mapping

from vanthu.kernel.jobs import enqueue, job
from vanthu.kernel.ledger import Event
from vanthu.signing import asking, finishing, queries

_PAUSES = (2, 3, 5, 5, 5, 10)  # seconds until the next look; the last for all that follow


@job(queue="signing", retries=4)
def advance(request_id: int, turn: int = 0) -> None:
    """One look at one request; it comes again until the request is over."""
    if asking.advance(request_id):
        _look(request_id, turn + 1, _PAUSES[min(turn, len(_PAUSES) - 1)])


@job(queue="signing")
def finish(session_id: int) -> None:
    """Put one signature into its file and go on with it."""
    finishing.finish(session_id)


@job(queue="signing", cron="* * * * *")
def resume(timestamp: int = 0) -> None:
    """Every minute: go on with what a process that died left behind."""
    for request_id in queries.open_request_ids():
        _look(request_id, len(_PAUSES), 0)
    for session_id in queries.unfinished_session_ids():
        _finish(session_id)


def on_requested(event: Event) -> None:
    """A device that needs its owner is asked by a job; what was signed before goes on."""
    if queries.needs_owner(event.item_id):
        _look(event.item_id, 0, 0)
        on_answered(event)


def on_answered(event: Event) -> None:
    """Signatures are there."""
    if queries.needs_owner(event.item_id):
        for session_id in queries.unfinished_session_ids(event.item_id):
            _finish(session_id)


def told(provider: str, payload: Mapping[str, object]) -> bool:
    """The device's server reports; False for a request that is unknown or over. Raises `Invalid` for no report."""
    request_id = asking.told(provider, payload)
    if request_id is None:
        return False
    _look(request_id, 0, 0)
    return True


def _look(request_id: int, turn: int, seconds: int) -> None:
    enqueue(
        advance, once=f"signing-request:{request_id}", schedule_in=seconds, request_id=request_id, turn=turn
    )


def _finish(session_id: int) -> None:
    enqueue(finish, once=f"signing-session:{session_id}", session_id=session_id)
