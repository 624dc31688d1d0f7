"""Hand files to the signing program on the signer's computer, and take them back: who shows a ticket, not who signs in.

The page asks for tickets (`open_tickets`), the program fetches (`handed_out`) and brings (`bring`) without cookies.
"""

from __future__ import annotations

import hashlib
import logging
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from vanthu.kernel.actor import Actor
from vanthu.kernel.files import actions as files
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.files import staging
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.later import later
from vanthu.kernel.refusals import Conflict, Invalid, NotFound, Unavailable
from vanthu.signing import actions, finishing, queries, requests
from vanthu.signing.devices import holder_of
from vanthu.signing.models import SigningSession
from vanthu.signing.providers.agent import NAME, Agent
from vanthu.signing.providers.base import SigningError, Ticket
from vanthu.signing.states import OPEN_REQUESTS, UNANSWERED
from vanthu.signing.ticket_models import SigningTicket

if TYPE_CHECKING:
    from vanthu.kernel.files.models import Attachment
    from vanthu.signing import pades
else:
    pades = later("vanthu.signing.pades")

log = logging.getLogger("vanthu.signing")

AGENT = Agent()
OVER = "Lượt ký này đã dùng hoặc hết hạn. Mở lại trang ký, bấm Ký lại."


@dataclass(frozen=True, slots=True)
class Opened:
    """A fresh ticket and the session it is for; the token is shown once."""

    session: SigningSession
    token: str


def open_tickets(request_id: int, *, by: Actor) -> list[Opened]:
    """A ticket for every file of the request that still waits, in order; those opened before stay good.

    Raises `NotFound` for another's request, `Conflict` when it is over.
    """
    request = requests.request(request_id, by)
    if request.provider != NAME or request.state not in OPEN_REQUESTS:
        raise Conflict("Yêu cầu ký này đã kết thúc. Tải lại trang để xem kết quả từng văn bản.")
    waiting = SigningSession.objects.filter(request=request, state__in=UNANSWERED).order_by("pk")
    return [Opened(one, _opened(one).token) for one in waiting.select_related("certificate")]


def _opened(session: SigningSession) -> Ticket:
    made = AGENT.tickets(session.file_sha256, session.field, holder_of(session.certificate))
    SigningTicket.objects.create(
        session=session,
        secret_sha256=_hash(made.token),
        file_sha256=made.sha256,
        field=made.field,
        serial=made.serial,
        expires_at=min(made.expires_at, session.expires_at),
    )
    return made


def handed_out(token: str) -> Attachment:
    """The file to sign; as often as it is asked for while the ticket is good. Raises `NotFound`."""
    session = _good(token).session
    held = file_queries.attachments(session.item_kind, [session.pk])[session.pk]
    found = next((one for one in held if one.role == "prepared"), None)
    if found is None:
        raise NotFound(OVER)
    return found


def bring(token: str, sent: staging.Readable) -> SigningSession:
    """Take the signed file, once per ticket; whoever asked for the signature goes on.

    Raises `NotFound` for a ticket that is no longer good, `Invalid` that says why the file is refused (the page then
    opens a new one), `Conflict` when the request ended meanwhile.
    """
    ticket = _good(token)
    if not SigningTicket.objects.filter(pk=ticket.pk, used_at=None).update(used_at=timezone.now()):
        raise NotFound(OVER)
    session = ticket.session
    with staging.received(sent) as got:
        staging.require_size(got.size)
        right = Ticket(token, ticket.file_sha256, ticket.field, ticket.serial, ticket.expires_at)
        with file_queries.copy_of(queries.session_file(session, "prepared")) as ours:
            try:
                signature = AGENT.accept(right, ours, got.path)
            except SigningError as error:
                log.warning("session %s: %s", session.pk, error.message)
                SigningSession.objects.filter(pk=session.pk, state__in=UNANSWERED).update(
                    problem=error.message[:500]
                )
                raise Invalid(error.message, code="not_accepted") from error
        signed = pades.Signed(got.path, got.sha256, "B-T" if signature.level != "B-B" else "B-B")
        stored = files.store_bytes(got.path, PDF)
        actions.keep(session, stored, signed, _actor(session))
    with suppress(Unavailable):  # then a job goes on
        finishing.finish(session.pk)
    return session


def _actor(session: SigningSession) -> Actor:
    """Who asked for the signature and brings it now."""
    request = session.request
    if request is None:
        raise Conflict("Chữ ký này không thuộc yêu cầu nào. Gửi ký lại từ văn bản.")
    return Actor.going_on(request.actor)


def _good(token: str) -> SigningTicket:
    found = (
        SigningTicket.objects.select_related("session__request", "session__certificate")
        .filter(secret_sha256=_hash(token), expires_at__gt=timezone.now(), used_at=None)
        .first()
    )
    if found is None or found.session.state not in UNANSWERED:
        raise NotFound(OVER)
    return found


def forget_old() -> int:
    """Erase tickets that ended; returns how many."""
    return SigningTicket.objects.filter(expires_at__lt=timezone.now()).delete()[0]


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
