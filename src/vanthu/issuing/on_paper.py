"""A draft that its signer signed by hand: the clerk records it with the scan, and it goes on as a paper document.

Only where the rules of the office say so (`OfficeRules.clerk_records_paper`). The leader has no digital signature:
the sheet is the original, kept by the clerk; what goes out is its scan, which the office signs as a copy made from
paper (sao y, words at the top right and no picture of the seal). Decree 30/2020/NĐ-CP, articles 3.9, 15.3, 19.1,
25.1.c; Phụ lục I, part II.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from vanthu.documents.states import Medium
from vanthu.issuing import cosigning, papers, queries, registering, signing_forms
from vanthu.issuing.reviews import record_review
from vanthu.issuing.showing import show
from vanthu.issuing.states import DRAFTS, Decision, DraftState, Step
from vanthu.kernel import ledger, moves
from vanthu.kernel.calendar import now, today
from vanthu.kernel.files import actions as file_actions
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.later import later
from vanthu.kernel.refusals import Conflict, Invalid
from vanthu.reading import actions as reading

if TYPE_CHECKING:
    from vanthu.issuing.models import Draft, Version
    from vanthu.kernel.actor import Actor
    from vanthu.kernel.files.models import Attachment, StoredFile
    from vanthu.organisations.models import Post
    from vanthu.signing import fields as pdf_fields
else:
    pdf_fields = later("vanthu.signing.fields")

EVIDENCE, STAMPED = "scan", "stamped"
_NOT_YOURS = (
    "Quy chế của cơ quan chưa cho văn thư ghi chữ ký trên giấy thay lãnh đạo."
    " Đề nghị quản trị của cơ quan bật ở mục Quy chế."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handwriting:
    """On which day it was signed by hand, and the scan that shows it (a PDF, an upload of the clerk)."""

    signed_on: date
    scan: UUID | str


def may_record(draft: Draft, by: Actor) -> bool:
    """Whether the actor may record that this draft was signed on paper."""
    waits = draft.state == DraftState.APPROVAL and draft.signer_id is not None
    return waits and draft.office_id in by.offices and by.may("record_paper")


@transaction.atomic
def sign_on_paper(pk: int, written: Handwriting, *, by: Actor) -> Draft:
    """The clerk records the handwritten signature of the named signer; whoever co-signs signed the same sheet.

    Raises `Invalid` per field, `Conflict` for what does not wait for a signature.
    """
    draft = queries.draft(pk, by, lock=True).draft
    by.require("record_paper", _NOT_YOURS)
    if not may_record(draft, by) or draft.signer is None:
        raise Conflict("Văn bản này không (còn) chờ ký ở cơ quan anh/chị. Tải lại trang để xem.")
    signing_forms.require(draft)
    _check(draft, written)
    version = queries.newest(pk)
    version.signed = _kept(version, written.scan, by)
    version.save(update_fields=["signed"])
    beside = cosigning.signed_on_paper(draft)
    signed = {"signed_at": now(), "medium": Medium.PAPER, "paper_on": written.signed_on, "recorded_by_id": by.person,
              "next_co_signer_id": None}  # fmt: skip
    moves.make(DRAFTS, "sign_on_paper", draft, by=by, also=signed)
    show(draft, drafter_state="signed")
    _record(draft, draft.signer, beside, by)
    return draft


def _check(draft: Draft, written: Handwriting) -> None:
    wrong = {}
    begun = timezone.localtime(draft.created_at).date()
    if not written.scan:
        wrong["uploads"] = "Tải lên bản quét có chữ ký: đó là bằng chứng của việc ghi thay."
    if written.signed_on > today():
        wrong["signed_on"] = f"Ngày ký không được sau hôm nay ({today():%d/%m/%Y})."
    elif written.signed_on < begun:
        wrong["signed_on"] = f"Ngày ký phải từ ngày soạn thảo ({begun:%d/%m/%Y}) trở đi."
    if wrong:
        raise Invalid(fields=wrong)


def _kept(version: Version, scan: UUID | str, by: Actor) -> Attachment:
    """The scan as evidence beside the version; raises `Invalid` for what is no readable PDF."""
    made = file_actions.attach_upload(scan, owner_kind="version", owner_id=version.pk, role=EVIDENCE, by=by)
    if made.file.media_type != PDF:
        raise Invalid(fields={"uploads": "Bản quét phải là tệp PDF. Quét lại thành PDF rồi tải lên."})
    reading.count_pages(made.file)
    return made


def _record(draft: Draft, signer: Post, beside: Sequence[str], by: Actor) -> None:
    """The review names the leader, the history the clerk who recorded it; both say that it was on paper."""
    assert draft.paper_on is not None  # noqa: S101 - just set
    on = f"{draft.paper_on:%d/%m/%Y}"
    others = f"; cùng ký trên giấy: {', '.join(beside)}" if beside else ""
    review = record_review(
        draft,
        Step.APPROVAL,
        Decision.AGREE,
        f"Ký trên giấy ngày {on}; {by.name} ghi vào hệ thống, kèm bản quét.",
        by,
    )
    review.author_id, review.author_title = signer.person_id, signer.title
    review.save(update_fields=["author", "author_title"])
    form = f" {draft.signing_form}" if draft.signing_form else ""
    basis = f" theo {draft.signing_basis}" if draft.signing_basis else ""
    ledger.record(
        "issuing.signed_on_paper",
        draft,
        by=by,
        changes={"signer": (None, signer.person_id), "paper_on": (None, draft.paper_on)},
        note=(
            f"ghi vào hệ thống chữ ký trên giấy của {signer.title} {signer.person.full_name} ngày {on}"
            f"{', ký' + form if form else ''}{basis}, kèm bản quét{others}"
        ),
        power="record_paper",
    )


def take_number(draft: Draft, version: Version, *, wanted: str, by: Actor) -> Draft:
    """The number that the clerk writes on the signed sheet, to be stamped and scanned; part of `saga.number`."""
    pages = papers.needed(version.signed).page_count
    entry, said = registering.entry_of(draft, version, pages=pages, wanted=wanted, by=by)
    moves.make(DRAFTS, "number_on_paper", draft, by=by, also={"outgoing_id": entry.pk})
    show(draft, drafter_state="signed")
    ledger.record(
        "issuing.numbered_on_paper",
        draft,
        by=by,
        note=f"{said} {entry.document.symbol} để ghi lên bản giấy đã ký",
        power="number",
    )
    return draft


def scan(pk: int, upload: UUID | str = "", *, by: Actor) -> Draft:
    """The signed sheet with number and seal, scanned; the office's signature and the issue go on by themselves.

    Without an upload the scan of the signature is taken, where the number stood on the sheet already. Raises `Invalid`.
    """
    by.require("number")
    draft = queries.draft(pk, by).draft
    if draft.state != DraftState.TO_SCAN:
        raise Conflict("Văn bản này không (còn) chờ bản quét đã đóng dấu. Tải lại trang để xem.")
    version = queries.newest(pk)
    with transaction.atomic():
        prepared = _prepared(_stamped(draft, version, upload, by))
        draft = queries.draft(pk, by, lock=True).draft
        papers.require_same(version, queries.newest(pk))
        moves.make(DRAFTS, "scan", draft, by=by)
        version.signed = papers.attach(version, prepared, STAMPED)
        version.save(update_fields=["signed"])
        show(draft, drafter_state="signed")
        ledger.record(
            "issuing.scanned",
            draft,
            by=by,
            note="đóng dấu bản giấy, tải lên bản quét, chuyển ký số sao y",
            power="number",
        )
    return draft


def _stamped(draft: Draft, version: Version, upload: UUID | str, by: Actor) -> StoredFile:
    if upload:
        return _kept(version, upload, by).file
    if registering.was_first(draft):
        return papers.needed(version.signed)
    raise Invalid(fields={"uploads": "Ghi số, ngày lên bản giấy, đóng dấu, rồi tải lên bản quét."})


def _prepared(file: StoredFile) -> StoredFile:
    """The scan with one field for the office at the top right of its first page."""
    with papers.made() as path:
        with file_queries.copy_of(file, "scan.pdf") as source:
            pdf_fields.prepare_attachment(source, path)
        prepared = file_actions.store_bytes(path, PDF)
    reading.count_pages(prepared)
    return prepared


def forget(draft: Draft) -> None:
    """What goes back to its drafter is signed anew, on paper or digitally."""
    if draft.paper_on is None:
        return
    draft.paper_on = draft.recorded_by = None
    draft.medium = Medium.PARALLEL if draft.paper_copies else Medium.ELECTRONIC
    draft.save(update_fields=["paper_on", "recorded_by", "medium"])


def evidence(version: Version) -> list[Attachment]:
    """The scans that were uploaded for a version, in order: signed, then stamped."""
    return [
        one for one in file_queries.attachments("version", [version.pk])[version.pk] if one.role == EVIDENCE
    ]
