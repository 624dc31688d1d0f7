"""One or many drafts signed with one authorisation at the signer's device, each with a result of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vanthu.issuing import cosigning, queries, signatures
from vanthu.issuing.signatures import Turn
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.refusals import Conflict, Invalid, Refusal
from vanthu.signing import queries as signing_queries
from vanthu.signing import requests
from vanthu.signing.places import LEADER

if TYPE_CHECKING:
    from vanthu.signing.models import Certificate, SigningRequest, SigningSession

PURPOSE = "issuing.sign"
MOST = 50  # drafts of one authorisation


@dataclass(frozen=True, slots=True)
class Asked:
    """The request to the device, None when no draft could be sent; `refused` says per draft why it was not."""

    request: SigningRequest | None
    refused: dict[int, str]


def ask(pks: Sequence[int], *, certificate: Certificate, words: str = "", by: Actor) -> Asked:
    """Send these drafts to the device of the certificate; what is not the actor's to sign is left out and said.

    With a device that asks nobody all is signed when this returns. Call it outside a transaction. Raises as
    `requests.ask`, and `Invalid` for too many.
    """
    if len(pks) > MOST:
        raise Invalid(f"Mỗi lần ký nhiều nhất {MOST} văn bản. Bỏ bớt rồi ký tiếp đợt sau.")
    turns: list[Turn] = []
    refused: dict[int, str] = {}
    for pk in pks:
        try:
            turns.append(signatures.turn(pk, by))
        except Refusal as refusal:
            refused[pk] = refusal.message
    if not turns:
        return Asked(None, refused)
    wanted = [signatures.wanted(one, certificate, words) for one in turns]
    return Asked(requests.ask(wanted, certificate=certificate, purpose=PURPOSE, by=by), refused)


def go_on(session: SigningSession) -> None:
    """A draft's signature is there: it goes on, if it still waits for it. Idempotent; raises `Conflict`."""
    if session.request is None or session.subject_id is None:
        raise Conflict("Chữ ký này không thuộc yêu cầu ký nào. Gửi ký lại từ văn bản.")
    by = Actor.going_on(session.request.actor)
    signed = signing_queries.signed_file(session)
    version = queries.newest(session.subject_id)
    if signed.file.sha256 in file_queries.hashes("version", version.pk, PDF):
        return
    due = _due(session, by)
    if due.file.sha256 != session.file_sha256:
        raise Conflict("Văn bản đã đổi từ lúc gửi ký nên không dùng chữ ký này. Xem bản mới rồi ký lại.")
    signatures.complete(due, signed, session.words, by=by)


def _due(session: SigningSession, by: Actor) -> Turn:
    """The turn of the session's field, while its holder is still the one who signs there."""
    draft = queries.hold_free(session.subject_id or 0)
    rows = queries.co_signers(draft.pk) if draft.co_signers else []
    mine = next((one for one in rows if cosigning.field_of(one, rows) == session.field), None)
    post = mine.post if mine else draft.signer if session.field == LEADER else None
    if post is None or post.person_id != by.person_id or not post.valid_on(today()):
        raise Conflict("Anh/chị không còn là người ký văn bản này nên không dùng chữ ký này.")
    return Turn(draft, queries.newest(draft.pk), session.field, mine)
