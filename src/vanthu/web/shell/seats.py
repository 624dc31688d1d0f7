"""Where the person of a session works: in a real office, or in a part of a room of practice."""

from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from vanthu.kernel.actor import Actor
from vanthu.organisations import practice
from vanthu.organisations.queries import actor_for
from vanthu.web.shell.requests import SignedRequest

OFFICE = "office_id"  # session key: the office in which the person chose to work
PART = "practice_post"  # session key: the post of an invented person whose part they play


def actor_of(request: HttpRequest) -> Actor:
    """Who acts in this session. Raises `NotAllowed` for nobody's office, `PracticeOver` once the day of a room is over.

    A session that practised yesterday does not slip back into the real office with a form that was opened in practice.
    """
    post_id = request.session.get(PART)
    if post_id is None:
        return actor_for(request.user, request.session.get(OFFICE))  # type: ignore[arg-type]
    try:
        return practice.actor_for(request.user, post_id)  # type: ignore[arg-type]
    except practice.PracticeOver:
        leave(request)
        raise


def play(request: SignedRequest, post_id: int) -> None:
    """Go on in this part. Whoever comes from a real office leaves its open forms behind: they are sent no more."""
    if PART not in request.session:
        rotate_token(request)
    request.session[PART] = post_id


def leave(request: HttpRequest) -> None:
    """Back to the real office; forms that are still open in practice are sent no more."""
    if request.session.pop(PART, None) is not None:
        rotate_token(request)
