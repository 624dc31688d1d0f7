"""A secret mark found on a file of a draft, or on what was issued from it: nothing of its contents stays here either.

Law 117/2025/QH15. Every version is the same document: files, texts and whatever was said of it go in the transaction
that found the mark; that there was a draft, whose, and what was done with it when, stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from vanthu.documents import secret_scans
from vanthu.documents.secret_scans import TOMBSTONE
from vanthu.issuing import batch_signing, queries, sealing
from vanthu.issuing.form_models import FormCheck
from vanthu.issuing.models import Consultation, Draft, Mark, Opinion, Recipient, Review, Version
from vanthu.issuing.states import DRAFTS, UNFINISHED
from vanthu.kernel import ledger, moves, participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.participants import Item
from vanthu.signing import erasing

if TYPE_CHECKING:
    from vanthu.kernel.ledger import Event

_FOUND = "phát hiện dấu mật trong tệp của dự thảo: xóa tệp và nội dung"

_SHOWN = f"Tệp có dấu mật, đã xóa. {secret_scans.WHAT_THE_OFFICE_DOES}"[:300]  # where its pages stood


def on_found(event: Event) -> None:
    """An entry was emptied: so is the draft that a document of ours came from."""
    draft = queries.of_outgoing(event.item_id) if event.item_kind == "out" else None
    if draft is not None:
        empty(draft.pk)


def empty_version(version_id: int) -> None:
    """Empty the draft of a version that holds the file."""
    empty(Version.objects.values_list("draft_id", flat=True).get(pk=version_id))


@transaction.atomic
def empty(draft_id: int) -> None:
    """Empty a draft and the document that came of it; one that is not issued is stopped. Idempotent."""
    draft = queries.hold(draft_id)
    if draft.subject == TOMBSTONE:
        return
    by = Actor.for_system(draft.office_id)
    stopped = draft.state in UNFINISHED
    if stopped:
        moves.make(DRAFTS, "stop", draft, by=by)
    _blank(draft)
    versions = list(Version.objects.filter(draft=draft).values_list("pk", flat=True))
    _blank_words(draft, versions)
    for version_id in versions:
        secret_scans.take_away("version", version_id)
    secret_scans.take_away("draft", draft.pk)
    erasing.erase((), purposes=(batch_signing.PURPOSE, sealing.PURPOSE), subject_id=draft.pk)
    participants.move_all(Item("draft", draft.pk), state=draft.state)
    ledger.forget_values(draft)
    if draft.outgoing is not None:
        secret_scans.empty(draft.outgoing.document_id)
    note = f"{_FOUND}, dừng dự thảo" if stopped else _FOUND
    ledger.record("issuing.secret_found", draft, by=by, office_id=draft.office_id, note=note)


def _blank(draft: Draft) -> None:
    draft.subject, draft.signing_basis, draft.trouble, draft.places = TOMBSTONE, "", "", {}
    draft.paper_reason = TOMBSTONE if draft.paper_reason else ""
    draft.reply_due_on = None
    draft.marks_made = draft.marks_open = 0
    draft.save(
        update_fields=[
            "subject", "signing_basis", "trouble", "places", "paper_reason", "reply_due_on", "marks_made",
            "marks_open",
        ]
    )  # fmt: skip


def _blank_words(draft: Draft, versions: list[int]) -> None:
    """What was read of the versions and said of them, and to whom the document was to go."""
    Version.objects.filter(pk__in=versions).update(
        source=None, pdf=None, prepared=None, signed=None, issued=None,
        text="", note="", conversion_trouble=_SHOWN, form_errors=None, form_advice=None,
    )  # fmt: skip
    FormCheck.objects.filter(version__in=versions).delete()
    Mark.objects.filter(draft=draft).delete()
    Recipient.objects.filter(draft=draft).delete()
    Review.objects.filter(draft=draft).update(text="")
    Consultation.objects.filter(draft=draft).update(question="")
    Opinion.objects.filter(consultation__draft=draft).update(text="", response="")
