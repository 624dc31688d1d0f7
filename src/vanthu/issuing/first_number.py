"""Number before signature, where the office decides so: the signer signs a document that carries number and date.

Decree 30/2020/NĐ-CP, article 15.3 leaves the order of an electronic document's number and signature open; the rule of
the office says it (`OfficeRules.number_before_signature`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from vanthu.documents import outgoing
from vanthu.issuing import on_paper, papers, queries
from vanthu.issuing.registering import entry_of, field_values
from vanthu.issuing.reviews import record_review
from vanthu.issuing.showing import show
from vanthu.issuing.states import DRAFTS, UNFINISHED, Decision, DraftState, Step
from vanthu.kernel import ledger, moves
from vanthu.kernel.files import actions as file_actions
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.later import later
from vanthu.kernel.refusals import Conflict
from vanthu.organisations import queries as organisations
from vanthu.reading import actions as reading
from vanthu.signing.places import DAY, MONTH, NUMBER

if TYPE_CHECKING:
    from vanthu.documents.models import OutgoingEntry
    from vanthu.issuing.models import Draft
    from vanthu.kernel.actor import Actor
    from vanthu.signing import fields as pdf_fields
else:
    pdf_fields = later("vanthu.signing.fields")


def comes_first(draft: Draft) -> bool:
    """Whether this draft is numbered before it is signed: by the office's rule, or because it has its number."""
    rules = organisations.rules_of(draft.office_id)
    return draft.outgoing_id is not None or rules.number_before_signature


def number_first(pk: int, *, wanted: str = "", by: Actor) -> Draft:
    """The clerk gives number and date before the signature; both enter the PDF, which then goes to be signed.

    The number (`wanted`: one that is held) commits first and stays the draft's: pressed again after a failure, it goes
    on with the same one.
    """
    by.require("number")
    entry = _taken(pk, wanted, by)
    version = queries.newest(pk)
    with papers.made() as path:
        with file_queries.copy_of(papers.needed(version.prepared), "prepared.pdf") as source:
            values = dict(zip((NUMBER, DAY, MONTH), field_values(entry), strict=True))
            pdf_fields.fill(source, values, path)
        filled = file_actions.store_bytes(path, PDF)
    reading.count_pages(filled)
    with transaction.atomic():
        draft = queries.draft(pk, by, lock=True).draft
        papers.require_same(version, queries.newest(pk))
        moves.make(DRAFTS, "number_first", draft, by=by)
        version.prepared = papers.attach(version, filled, "prepared")
        version.save(update_fields=["prepared"])
        show(draft, drafter_state="submitted")
        symbol = entry.document.symbol
        note = f"cấp số {symbol} trước khi ký, trình ký"
        ledger.record("issuing.numbered_first", draft, by=by, note=note, power="number")
    return draft


@transaction.atomic
def _taken(pk: int, wanted: str, by: Actor) -> OutgoingEntry:
    """The entry of the draft in the book; made now unless it has its number from before, then brought up to date."""
    draft = queries.draft(pk, by, lock=True).draft
    if draft.state != DraftState.TO_NUMBER:
        raise Conflict("Văn bản này không (còn) chờ cấp số trước khi ký. Tải lại trang để xem.")
    version = queries.newest(pk)
    pages = papers.needed(version.prepared).page_count
    draft.outgoing, _ = entry_of(draft, version, pages=pages, wanted=wanted, by=by)
    draft.save(update_fields=["outgoing"])
    return draft.outgoing


@transaction.atomic
def give_up_number(pk: int, reason: str, *, by: Actor) -> Draft:
    """Void the number of a draft that will not be signed with it; the book prints it, the draft goes back."""
    by.require("number")
    draft = queries.draft(pk, by, lock=True).draft
    if draft.outgoing is None or draft.state not in UNFINISHED or draft.state == DraftState.NUMBERED:
        raise Conflict("Dự thảo này không giữ số nào để hủy. Tải lại trang để xem.")
    symbol = draft.outgoing.document.symbol
    outgoing.void(draft.outgoing, reason, by=by)
    if draft.state != DraftState.DRAFTING:
        back = "send_back" if draft.state in (DraftState.SIGNED, DraftState.TO_SCAN) else "return"
        moves.make(DRAFTS, back, draft, by=by)
    draft.outgoing = None
    draft.save(update_fields=["outgoing"])
    on_paper.forget(draft)
    record_review(
        draft, Step.NUMBER, Decision.RETURN, f"Hủy số {symbol}: {reason.strip()}", by, power="number"
    )
    show(draft, drafter_state="returned")
    ledger.record(
        "issuing.number_given_up", draft, by=by, note=f"hủy số {symbol}: {reason.strip()}", power="number"
    )
    return draft
