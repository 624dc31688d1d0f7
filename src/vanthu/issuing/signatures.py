"""Whose signature a draft waits for, and what follows when it is there: initials, joint signature, approval.

Decree 30/2020/NĐ-CP, articles 11 and 13. The device may answer at once or minutes later; what follows is the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from vanthu.issuing import cosigning, papers, queries, signing_forms
from vanthu.issuing.reviews import record_review
from vanthu.issuing.showing import show
from vanthu.issuing.states import DRAFTS, Decision, DraftState, Step
from vanthu.issuing.turns import may_sign
from vanthu.kernel import ledger, moves
from vanthu.kernel.calendar import now
from vanthu.kernel.refusals import Conflict, NotAllowed
from vanthu.reading import actions as reading
from vanthu.signing import queries as signing_queries
from vanthu.signing.actions import Wanted
from vanthu.signing.places import LEADER

if TYPE_CHECKING:
    from vanthu.issuing.models import CoSigner, Draft, Version
    from vanthu.kernel.actor import Actor
    from vanthu.kernel.files.models import StoredFile
    from vanthu.signing.models import Certificate
    from vanthu.signing.queries import SignedFile

_NOT_WAITING = "Văn bản này không (còn) chờ ký. Tải lại trang để xem."


@dataclass(frozen=True, slots=True)
class Turn:
    """A signature that is due: of which version, in which field; `mine` is None for the signer's approval."""

    draft: Draft
    version: Version
    field: str
    mine: CoSigner | None = None

    @property
    def role(self) -> str:
        return "initials" if self.mine is not None and self.mine.initials else "approval"

    @property
    def file(self) -> StoredFile:
        """What is signed: the file with the signatures so far."""
        return papers.needed(self.version.signed or self.version.prepared)


def turn(pk: int, by: Actor) -> Turn:
    """The signature that the draft waits for, if it is the actor's. Raises `NotAllowed`, `Conflict`, `Invalid`."""
    draft = queries.draft(pk, by).draft
    return co_signature(pk, by) if draft.next_co_signer_id is not None else approval(pk, by)


def approval(pk: int, by: Actor) -> Turn:
    """The named signer's turn to approve and sign, last of all."""
    draft = queries.draft(pk, by).draft
    if not may_sign(draft, by):
        raise NotAllowed("Chỉ người được trình ký mới ký văn bản này.")
    if draft.state != DraftState.APPROVAL or draft.next_co_signer_id is not None:
        raise Conflict(_NOT_WAITING)
    signing_forms.require(draft)
    return Turn(draft, queries.newest(pk), LEADER)


def co_signature(pk: int, by: Actor) -> Turn:
    """The next co-signer's turn to initial or sign."""
    draft = queries.draft(pk, by).draft
    if draft.state != DraftState.APPROVAL:
        raise Conflict(_NOT_WAITING)
    mine = cosigning.following(draft, by)
    field = cosigning.field_of(mine, queries.co_signers(pk))
    return Turn(draft, queries.newest(pk), field, mine)


def wanted(due: Turn, certificate: Certificate, words: str = "") -> Wanted:
    """The signature as the signing room is asked for it."""
    return Wanted(
        file=due.file,
        role=due.role,
        field=due.field,
        appearance=signing_queries.picture(certificate),
        title=due.draft.subject,
        subject_id=due.draft.pk,
        words=words,
    )


def complete(due: Turn, signed: SignedFile, words: str, *, by: Actor) -> Draft:
    """The draft goes on with its signed file. Raises `Conflict` when it is not what was signed any more."""
    reading.count_pages(signed.file)
    with transaction.atomic():
        draft = queries.hold(due.draft.pk)
        papers.require_same(due.version, queries.newest(draft.pk))
        if draft.state == DraftState.APPROVAL and draft.next_co_signer_id != _post(due):
            raise Conflict("Chưa đến lượt, hoặc anh/chị đã ký văn bản này. Tải lại trang để xem.")
        if due.mine is None:
            _approved(draft, signed, words, by)
        else:
            _co_signed(draft, due.mine, signed, words, by)
        due.version.signed = papers.attach(due.version, signed.file, "signed")
        due.version.save(update_fields=["signed"])
    return draft


def _post(due: Turn) -> int | None:
    return due.mine.post_id if due.mine else None


def _approved(draft: Draft, signed: SignedFile, words: str, by: Actor) -> None:
    """The level reached is kept: B-T with a time stamp, B-B while the time-stamp service is down."""
    moves.make(DRAFTS, "sign", draft, by=by, also={"signed_at": now(), "signature_level": signed.level})
    show(draft, drafter_state="signed")
    record_review(draft, Step.APPROVAL, Decision.AGREE, words, by)
    form = f", {draft.signing_form} theo {draft.signing_basis}" if draft.signing_basis else ""
    ledger.record(
        "issuing.signed",
        draft,
        by=by,
        changes=_evidence(signed),
        note=f"duyệt và ký số (mức {signed.level}){form}",
    )


def _co_signed(draft: Draft, mine: CoSigner, signed: SignedFile, words: str, by: Actor) -> None:
    """Then it is the turn of whoever follows."""
    if draft.state != DraftState.APPROVAL:
        raise Conflict(moves.who_was_first(draft), code="moved_already")
    cosigning.pass_on(draft, mine, signed.level)
    show(draft, drafter_state="submitted")
    record_review(draft, Step.CO_SIGN, Decision.AGREE, words, by)
    ledger.record(
        "issuing.co_signed",
        draft,
        by=by,
        office_id=draft.office_id,
        changes=_evidence(signed),
        note=f"{'ký nháy' if mine.initials else 'cùng ký'} (mức {signed.level})",
    )


def _evidence(signed: SignedFile) -> dict[str, tuple[str, str]]:
    return {"level": ("", signed.level), "certificate": ("", signed.serial)}
