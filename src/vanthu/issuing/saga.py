"""From the last check to the issued document: place fields, sign, number, seal, issue.

Issue spans more than a transaction: (a) number, date and ledger row commit together; (b) the fields are filled
and the seal is signed outside any transaction; (c) the document is issued. After (a) recovery only goes forward
with the same number, or voids it. Decree 30/2020/NĐ-CP, articles 12.2, 13, 15-18.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from vanthu.documents import actions as documents
from vanthu.documents import outgoing
from vanthu.issuing import cosigning, first_number, on_paper, papers, queries, signing_forms
from vanthu.issuing.copies import FORMS, is_copy
from vanthu.issuing.models import Draft
from vanthu.issuing.registering import entry_of, field_values, was_first
from vanthu.issuing.reviews import record_review
from vanthu.issuing.showing import show
from vanthu.issuing.states import DRAFTS, Decision, DraftState, Step
from vanthu.issuing.turns import may_sign
from vanthu.kernel import ledger, moves
from vanthu.kernel.calendar import now
from vanthu.kernel.files import actions as file_actions
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.later import later
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed
from vanthu.reading import actions as reading
from vanthu.signing import actions as signing
from vanthu.signing import queries as signing_queries
from vanthu.signing.places import DAY, MONTH, NUMBER, Place, Places, find_places
from vanthu.tasks import actions as tasks

if TYPE_CHECKING:
    from vanthu.documents.models import OutgoingEntry
    from vanthu.issuing.models import Version
    from vanthu.kernel.actor import Actor
    from vanthu.kernel.files.models import Attachment, StoredFile
    from vanthu.signing import appearance
    from vanthu.signing import fields as pdf_fields
    from vanthu.signing.models import Certificate
else:
    appearance = later("vanthu.signing.appearance")
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
        )
    for name, place in Places.from_json(draft.places).found.items():
        places = places.placed(name, place)
    return places


@transaction.atomic
def place(pk: int, name: str, at: Place, *, by: Actor) -> None:
    """The drafter (or the office) sets the place of one field by hand."""
    draft = queries.draft(pk, by, lock=True).draft
    if draft.drafter_id != by.person_id and not by.may("review_form"):
        raise NotAllowed("Chỉ người soạn thảo hoặc Văn phòng đặt lại chỗ ký.")
    if draft.state not in (DraftState.DRAFTING, DraftState.CONTENT, DraftState.FORM):
        raise Conflict("Văn bản đã chuyển sang ký nên không đổi chỗ ký được nữa.")
    draft.places = Places.from_json(draft.places).placed(name, at).as_json()
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


def sign(pk: int, text: str = "", *, by: Actor) -> Draft:
    """The named signer approves and signs with their own certificate (articles 11 and 13).

    The level reached is kept: B-T with a time stamp, B-B while the time-stamp service is down.
    """
    draft = queries.draft(pk, by).draft
    if not may_sign(draft, by):
        raise NotAllowed("Chỉ người được trình ký mới ký văn bản này.")
    if draft.state != DraftState.APPROVAL or draft.next_co_signer_id is not None:
        raise Conflict("Văn bản này không (còn) chờ ký. Tải lại trang để xem.")
    signing_forms.require(draft)
    version = queries.newest(pk)
    certificate = signing_queries.person_certificate(by.person)
    signed = signing.sign_file(
        papers.needed(version.signed or version.prepared),
        role="approval",
        certificate=certificate,
        appearance=signing_queries.picture(certificate),
        by=by,
        title=draft.subject,
    )
    reading.count_pages(signed.file)
    with transaction.atomic():
        draft = queries.draft(pk, by, lock=True).draft
        papers.require_same(version, queries.newest(pk))
        moves.make(DRAFTS, "sign", draft, by=by, also={"signed_at": now(), "signature_level": signed.level})
        version.signed = papers.attach(version, signed.file, "signed")
        version.save(update_fields=["signed"])
        show(draft, drafter_state="signed")
        record_review(draft, Step.APPROVAL, Decision.AGREE, text, by)
        ledger.record(
            "issuing.signed",
            draft,
            by=by,
            changes={"level": ("", signed.level), "certificate": ("", signed.serial)},
            note=f"duyệt và ký số (mức {signed.level})"
            + (f", {draft.signing_form} theo {draft.signing_basis}" if draft.signing_basis else ""),
        )
    return draft


def co_sign(pk: int, text: str = "", *, by: Actor) -> Draft:
    """The next co-signer initials or signs with their own certificate; then it is the turn of whoever follows."""
    draft = queries.draft(pk, by).draft
    if draft.state != DraftState.APPROVAL:
        raise Conflict("Văn bản này không (còn) chờ ký. Tải lại trang để xem.")
    mine = cosigning.following(draft, by)
    rows = queries.co_signers(pk)
    version = queries.newest(pk)
    certificate = signing_queries.person_certificate(by.person)
    signed = signing.sign_file(
        papers.needed(version.signed or version.prepared),
        role="initials" if mine.initials else "approval",
        certificate=certificate,
        appearance=signing_queries.picture(certificate),
        by=by,
        field=cosigning.field_of(mine, rows),
        title=draft.subject,
    )
    reading.count_pages(signed.file)
    with transaction.atomic():
        draft = queries.draft(pk, by, lock=True).draft
        papers.require_same(version, queries.newest(pk))
        cosigning.following(draft, by)
        version.signed = papers.attach(version, signed.file, "signed")
        version.save(update_fields=["signed"])
        cosigning.pass_on(draft, mine, signed.level)
        show(draft, drafter_state="submitted")
        record_review(draft, Step.CO_SIGN, Decision.AGREE, text, by)
        ledger.record(
            "issuing.co_signed",
            draft,
            by=by,
            office_id=draft.office_id,
            changes={"level": ("", signed.level), "certificate": ("", signed.serial)},
            note=f"{'ký nháy' if mine.initials else 'cùng ký'} (mức {signed.level})",
        )
    return draft


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


def seal(pk: int, *, by: Actor) -> None:
    """Steps (b) and (c): fill number and date, sign the seal, issue. Idempotent; goes on where it stopped."""
    draft = queries.hold_free(pk)
    if draft.state != DraftState.NUMBERED:
        return
    version = queries.newest(pk)
    certificate = signing_queries.office_certificate(draft.office_id)
    entry = draft.outgoing
    assert entry is not None  # noqa: S101 - constraint numbered_has_entry
    filled = papers.needed(version.signed)
    if draft.paper_on is None and not was_first(draft):
        filled = _filled(filled, entry)
    sealed = signing.sign_file(
        filled,
        role="seal",
        certificate=certificate,
        appearance=_of_the_office(draft, certificate),
        by=by,
        title=entry.document.symbol,
    )
    reading.count_pages(sealed.file)
    attachments = [(one, _sealed_attachment(one, draft, by)) for one in queries.attachments(pk)]
    _issue(pk, version, sealed.file, attachments, by)


def _of_the_office(draft: Draft, certificate: Certificate) -> appearance.Appearance:
    """The red seal; on copies, and on the scan of a sheet signed by hand, words at the top right (cases B and E)."""
    if is_copy(draft.kind):
        return appearance.copy_line(FORMS[draft.kind], draft.office.name, now())
    if draft.paper_on is not None:
        return appearance.copy_line(FORMS["SY"], draft.office.name, now())
    return signing_queries.picture(certificate)


def _filled(signed: StoredFile, entry: OutgoingEntry) -> StoredFile:
    """The signed file with number, day and month in their fields."""
    with papers.made() as path:
        with file_queries.copy_of(signed, "signed.pdf") as source:
            values = dict(zip((NUMBER, DAY, MONTH), field_values(entry), strict=True))
            pdf_fields.fill(source, values, path)
        return file_actions.store_bytes(path, PDF)


def _sealed_attachment(attachment: Attachment, draft: Draft, by: Actor) -> StoredFile:
    """An attachment in a PDF of its own carries the office's signature in words, top right (case D)."""
    if attachment.file.media_type != PDF:
        return attachment.file
    certificate = signing_queries.office_certificate(draft.office_id)
    assert draft.outgoing is not None  # noqa: S101 - constraint numbered_has_entry
    with papers.made() as path:
        with file_queries.copy_of(attachment.file, "attachment.pdf") as source:
            pdf_fields.prepare_attachment(source, path)
        prepared = file_actions.store_bytes(path, PDF)
    signed = signing.sign_file(
        prepared,
        role="seal",
        certificate=certificate,
        appearance=appearance.attachment_line(draft.outgoing.document.symbol, now()),
        by=by,
        title=attachment.name,
    )
    reading.count_pages(signed.file)
    return signed.file


@transaction.atomic
def _issue(
    pk: int, version: Version, issued: StoredFile, attachments: list[tuple[Attachment, StoredFile]], by: Actor
) -> None:
    """Step (c): the issued files belong to the document, the reply closes what it answers, delivery begins."""
    draft = queries.hold(pk)
    if draft.state != DraftState.NUMBERED or draft.outgoing is None:
        return
    entry = draft.outgoing
    version.issued = papers.attach(version, issued, "issued")
    version.save(update_fields=["issued"])
    name = f"{entry.document.symbol.replace('/', '-')}.pdf"
    documents.attach_file(entry.document_id, issued, role="main", name=name)
    for attachment, file in attachments:
        documents.attach_file(entry.document_id, file, role="attachment", name=attachment.name)
    moves.make(DRAFTS, "issue", draft, by=by, also={"trouble": ""})
    show(draft, drafter_state="issued")
    if draft.replies_to_id:  # first: entries are locked before the ledger's head
        tasks.close_by_reply(draft.replies_to_id, entry.document, by=by)
    outgoing.issue(entry, by=by)
    done = "đóng dấu" if draft.paper_on is None else "ký số bản quét (sao y)"
    ledger.record("issuing.issued", draft, by=by, note=f"{done}, phát hành {entry.document.symbol}")


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
