"""From the last check to the issued document: place fields, sign, number, seal, issue.

Issue spans more than a transaction: (a) number, date and ledger row commit together; (b) the fields are filled
and the seal is signed outside any transaction; (c) the document is issued. After (a) recovery only goes forward
with the same number, or voids it. Decree 30/2020/NĐ-CP, articles 12.2, 13, 15-18.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from vanthu.documents import outgoing
from vanthu.issuing import cosigning, first_number, on_paper, papers, queries, signatures
from vanthu.issuing.copies import is_copy
from vanthu.issuing.models import Draft
from vanthu.issuing.registering import entry_of
from vanthu.issuing.reviews import record_review
from vanthu.issuing.showing import show
from vanthu.issuing.states import DRAFTS, Decision, DraftState, Step
from vanthu.kernel import ledger, moves
from vanthu.kernel.files import actions as file_actions
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.later import later
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed
from vanthu.organisations import queries as organisations
from vanthu.reading import actions as reading
from vanthu.signing import actions as signing
from vanthu.signing import queries as signing_queries
from vanthu.signing.geometry import POINTS_PER_MM, Rect
from vanthu.signing.places import OFFICE, Place, Places, find_places

if TYPE_CHECKING:
    from vanthu.issuing.models import Version
    from vanthu.kernel.actor import Actor
    from vanthu.signing import fields as pdf_fields
    from vanthu.signing.models import Certificate
else:
    pdf_fields = later("vanthu.signing.fields")


def places_of(version: Version) -> Places:
    """Where the fields go: found by their text, and what the drafter placed by hand over it.

    Raises `Invalid` while the version has no PDF.
    """
    draft = version.draft
    rows = queries.co_signers(draft.pk) if draft.co_signers else []
    if version.pdf is None:
        raise Invalid("Bản PDF chưa sẵn sàng. Đợi vài giây rồi thử lại, hoặc tải kèm bản PDF.", code="no_pdf")
    signer = draft.signer.person.full_name if draft.signer else ""
    with file_queries.copy_of(version.pdf.file, "draft.pdf") as path:
        places = find_places(
            path,
            signer,
            initials=sum(one.initials for one in rows),
            joint=cosigning.joint_fields(rows),
            seal=_seal_of(draft),
        )
    for name, place in Places.from_json(draft.places).found.items():
        places = places.placed(name, place)
    return places


def _seal_of(draft: Draft) -> float:
    """The diameter of the office's seal in points: it is shown in its real size (Decree 30/2020, Phụ lục I)."""
    return organisations.rules_of(draft.office_id).seal_mm * POINTS_PER_MM


@transaction.atomic
def place(pk: int, name: str, at: Place, *, by: Actor) -> None:
    """The drafter (or the office) sets the place of one field by hand."""
    draft = queries.draft(pk, by, lock=True).draft
    if draft.drafter_id != by.person_id and not by.may("review_form"):
        raise NotAllowed("Chỉ người soạn thảo hoặc Văn phòng đặt lại chỗ ký.")
    if draft.state not in (DraftState.DRAFTING, DraftState.CONTENT, DraftState.FORM):
        raise Conflict("Văn bản đã chuyển sang ký nên không đổi chỗ ký được nữa.")
    seal = _seal_of(draft)
    if name == OFFICE and not is_copy(draft.kind):  # copies have words there
        at = Place(at.page, Rect.around(*at.rect.centre, seal, seal))
    draft.places = Places.from_json(draft.places, seal).placed(name, at).as_json()
    draft.save(update_fields=["places"])
    ledger.record(
        "issuing.placed", draft, by=by, changes={"field": (None, name)}, note="đặt lại chỗ ký, số, ngày"
    )


def pass_form(pk: int, text: str = "", *, by: Actor) -> Draft:
    """The office answers for the form (article 12.2); all fields enter the PDF now, once, before any signature.

    Raises `Invalid` (code `place_missing`) naming each place that was not found.
    """
    by.require("review_form")
    draft = queries.draft(pk, by).draft
    by.require_within("review_form", kind=draft.kind, unit_ids=[draft.unit_id])
    version = queries.newest(pk)
    if draft.state != DraftState.FORM:
        raise Conflict("Dự thảo này không (còn) chờ kiểm tra thể thức. Tải lại trang để xem.")
    places = places_of(version)
    with papers.made() as path:
        with file_queries.copy_of(papers.needed(version.pdf), "draft.pdf") as source:
            pdf_fields.prepare(source, places, path)
        prepared = file_actions.store_bytes(path, PDF)
    reading.count_pages(prepared)
    with transaction.atomic():
        draft = queries.draft(pk, by, lock=True).draft
        papers.require_same(version, queries.newest(pk))
        first = first_number.comes_first(draft)
        moves.make(DRAFTS, "pass_form_to_number" if first else "pass_form", draft, by=by)
        version.prepared, version.signed = papers.attach(version, prepared, "prepared"), None
        version.save(update_fields=["prepared", "signed"])
        cosigning.begin(draft)
        show(draft, drafter_state="submitted")
        record_review(draft, Step.FORM, Decision.AGREE, text, by, power="review_form")
        whither = "chuyển văn thư cấp số trước khi ký" if first else "trình ký"
        ledger.record(
            "issuing.form_passed",
            draft,
            by=by,
            note=f"kiểm tra thể thức, {whither}",
            power="review_form",
        )
    return draft


def sign(pk: int, text: str = "", *, certificate: Certificate | None = None, by: Actor) -> Draft:
    """The named signer approves and signs with their own certificate, at once (articles 11 and 13).

    The level reached is kept: B-T with a time stamp, B-B while the time-stamp service is down. A device that waits
    for its owner raises `Unavailable`: ask it with `batch_signing`.
    """
    return _signed(signatures.approval(pk, by), text, certificate, by)


def co_sign(pk: int, text: str = "", *, certificate: Certificate | None = None, by: Actor) -> Draft:
    """The next co-signer initials or signs with their own certificate; then it is the turn of whoever follows."""
    return _signed(signatures.co_signature(pk, by), text, certificate, by)


def _signed(due: signatures.Turn, text: str, certificate: Certificate | None, by: Actor) -> Draft:
    certificate = certificate or signing_queries.person_certificate(by.person)
    wanted = signatures.wanted(due, certificate)
    signed = signing.sign_file(
        wanted.file,
        role=wanted.role,
        certificate=certificate,
        appearance=wanted.appearance,
        by=by,
        field=wanted.field,
        title=wanted.title,
    )
    return signatures.complete(due, signed, text, by=by)


@transaction.atomic
def send_back(pk: int, text: str, *, by: Actor) -> Draft:
    """The clerk sends a signed draft back before it has a number: it must be changed and signed again."""
    if len(text.strip()) < 5:
        raise Invalid(fields={"text": "Ghi lý do trả lại để người soạn thảo biết phải sửa gì."})
    draft = queries.draft(pk, by, lock=True).draft
    moves.make(DRAFTS, "send_back", draft, by=by)
    on_paper.forget(draft)
    show(draft, drafter_state="returned")
    record_review(draft, Step.FORM, Decision.RETURN, text, by, power="number")
    ledger.record(
        "issuing.sent_back",
        draft,
        by=by,
        note=f"trả lại văn bản đã ký, chưa cấp số: “{text.strip()}”",
        power="number",
    )
    return draft


@transaction.atomic
def number(pk: int, *, wanted: str = "", by: Actor) -> Draft:
    """Step (a): the clerk confirms; number and date commit with the ledger row, the rest goes on by itself.

    `wanted` is a number that is held, the next one without it. What was signed on paper waits for the stamped sheet.
    """
    by.require("number")
    draft = queries.draft(pk, by, lock=True).draft
    if draft.state != DraftState.SIGNED:
        raise Conflict("Văn bản này không (còn) chờ phát hành. Tải lại trang để xem.")
    version = queries.newest(pk)
    if draft.paper_on is not None:
        return on_paper.take_number(draft, version, wanted=wanted, by=by)
    pages = papers.needed(version.signed).page_count
    entry, said = entry_of(draft, version, pages=pages, wanted=wanted, by=by)
    moves.make(DRAFTS, "number", draft, by=by, also={"outgoing_id": entry.pk})
    show(draft, drafter_state="signed")
    ledger.record(
        "issuing.numbered",
        draft,
        by=by,
        note=f"{said} {entry.document.symbol}, chuyển đóng dấu",
        power="number",
    )
    return draft


@transaction.atomic
def void(pk: int, reason: str, *, by: Actor) -> Draft:
    """Void the number of an issue that cannot go on; the book prints it with the reason."""
    draft = queries.draft(pk, by, lock=True).draft
    if draft.outgoing is None or draft.state != DraftState.NUMBERED:
        raise Conflict("Chỉ hủy được số của văn bản đang phát hành dở.")
    outgoing.void(draft.outgoing, reason, by=by)
    moves.make(DRAFTS, "void", draft, by=by, also={"trouble": ""})
    show(draft, drafter_state="voided")
    ledger.record("issuing.voided", draft, by=by, note=f"hủy số: {reason.strip()}", power="number")
    return draft


def note_trouble(pk: int, message: str) -> None:
    """Keep why an interrupted issue waits, for the clerk's page."""
    Draft.objects.filter(pk=pk, state=DraftState.NUMBERED).update(trouble=message[:500])
