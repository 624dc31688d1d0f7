"""Steps (b) and (c) of an issue: fill number and date, sign the seal, hand the document over to its recipients.

The office's key signs at once where it lies in a device of the server; a device in somebody's hands is asked with one
authorisation for all documents that were numbered together. Decree 30/2020/NĐ-CP, articles 13, 17 and 18.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from vanthu.documents import actions as documents
from vanthu.documents import outgoing
from vanthu.issuing import papers, queries
from vanthu.issuing.copies import FORMS, is_copy
from vanthu.issuing.models import Draft
from vanthu.issuing.registering import field_values, was_first
from vanthu.issuing.showing import show
from vanthu.issuing.states import DRAFTS, DraftState
from vanthu.kernel import ledger, moves
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.files import actions as file_actions
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.later import later
from vanthu.kernel.refusals import Conflict
from vanthu.reading import actions as reading
from vanthu.signing import actions as signing
from vanthu.signing import queries as signing_queries
from vanthu.signing import requests
from vanthu.signing.actions import Wanted
from vanthu.signing.devices import device_of
from vanthu.signing.places import DAY, MONTH, NUMBER, OFFICE
from vanthu.signing.states import SigningRole
from vanthu.tasks import actions as tasks

if TYPE_CHECKING:
    from vanthu.documents.models import OutgoingEntry
    from vanthu.issuing.models import Version
    from vanthu.kernel.files.models import Attachment, StoredFile
    from vanthu.signing import appearance
    from vanthu.signing import fields as pdf_fields
    from vanthu.signing.models import Certificate, SigningRequest, SigningSession
else:
    appearance = later("vanthu.signing.appearance")
    pdf_fields = later("vanthu.signing.fields")

PURPOSE = "issuing.seal"
WAITS = "Chờ ký số của cơ quan bằng thiết bị. Mở trang phát hành, bấm Ký bằng thiết bị."


def seal(pk: int, *, by: Actor) -> None:
    """Fill number and date, sign the seal, issue. Idempotent; goes on where it stopped.

    Where the office's key is in somebody's hands it only says so: `ask` asks for it.
    """
    draft = queries.hold_free(pk)
    if draft.state != DraftState.NUMBERED:
        return
    certificate = signing_queries.office_certificate(draft.office_id)
    if device_of(certificate.provider).capabilities.interactive:
        if not draft.trouble:
            Draft.objects.filter(pk=pk, state=DraftState.NUMBERED).update(trouble=WAITS)
        return
    signed = [
        signing.sign_file(
            one.file,
            role=one.role,
            certificate=certificate,
            appearance=one.appearance,
            by=by,
            field=one.field,
            title=one.title,
        ).file
        for one in _wanted(draft, certificate)
    ]
    _issue(pk, signed, by)


def ask(pks: Sequence[int], *, by: Actor) -> SigningRequest:
    """Ask the device of the office's key to seal these numbered drafts with one authorisation.

    Call it outside a transaction. Raises as `requests.ask`, and `Conflict` when nothing waits for the seal.
    """
    by.require("number")
    drafts = [queries.draft(pk, by).draft for pk in pks]
    waiting = [one for one in drafts if one.state == DraftState.NUMBERED]
    if not waiting:
        raise Conflict("Văn bản này không (còn) chờ đóng dấu. Tải lại trang để xem.")
    certificate = signing_queries.office_certificate(by.office)
    open_already = requests.waiting(PURPOSE, [one.pk for one in waiting], by=by)
    if open_already is not None:
        return open_already
    wanted = [one for draft in waiting for one in _wanted(draft, certificate)]
    return requests.ask(wanted, certificate=certificate, purpose=PURPOSE, by=by)


def go_on(session: SigningSession) -> None:
    """Issue the draft as soon as all its files of this request are signed. Idempotent; raises `Conflict`."""
    if session.request is None or session.subject_id is None:
        raise Conflict("Chữ ký này không thuộc yêu cầu ký nào. Ký lại từ trang phát hành.")
    draft = queries.hold_free(session.subject_id)
    if draft.state == DraftState.ISSUED:
        return
    if draft.state != DraftState.NUMBERED:
        raise Conflict("Số của văn bản đã bị hủy trước khi ký xong nên không dùng chữ ký này.")
    signed = signing_queries.signed_files(session.request.pk, draft.pk)
    if signed is not None:
        _issue(draft.pk, [one.file for one in signed], Actor.going_on(session.request.actor))


@dataclass(frozen=True, slots=True)
class Number:
    """What the seal's device is told of a document."""

    number: str
    issued_on: date | None


def numbers(draft_ids: Sequence[int]) -> dict[int, Number]:
    """Number and date of the drafts that have one. One query."""
    rows = Draft.objects.filter(pk__in=draft_ids, outgoing__isnull=False).select_related("outgoing__document")
    return {
        row.pk: Number(row.outgoing.document.symbol, row.outgoing.document.issued_on)
        for row in rows
        if row.outgoing is not None
    }


def _wanted(draft: Draft, certificate: Certificate) -> list[Wanted]:
    """What the office signs: the document first, then each PDF beside it, in their order."""
    entry = draft.outgoing
    assert entry is not None  # noqa: S101 - constraint numbered_has_entry
    filled = papers.needed(queries.newest(draft.pk).signed)
    if draft.paper_on is None and not was_first(draft):
        filled = _filled(filled, entry)
    look = _of_the_office(draft, certificate)
    main = Wanted(filled, SigningRole.SEAL, OFFICE, look, entry.document.symbol, draft.pk)
    line = appearance.attachment_line(entry.document.symbol, now())
    beside = [
        Wanted(_prepared(one), SigningRole.SEAL, OFFICE, line, one.name, draft.pk)
        for one in queries.attachments(draft.pk)
        if one.file.media_type == PDF
    ]
    return [main, *beside]


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


def _prepared(attachment: Attachment) -> StoredFile:
    """An attachment in a PDF of its own carries the office's signature in words, top right (case D)."""
    with papers.made() as path:
        with file_queries.copy_of(attachment.file, "attachment.pdf") as source:
            pdf_fields.prepare_attachment(source, path)
        return file_actions.store_bytes(path, PDF)


@transaction.atomic
def _issue(pk: int, signed: Sequence[StoredFile], by: Actor) -> None:
    """Step (c): the issued files belong to the document, the reply closes what it answers, delivery begins.

    `signed` is the document, then its attachments that are PDFs, in their order.
    """
    for file in signed:
        reading.count_pages(file)
    draft = queries.hold(pk)
    if draft.state != DraftState.NUMBERED or draft.outgoing is None:
        return
    _attach(draft, draft.outgoing, queries.newest(pk), signed)
    moves.make(DRAFTS, "issue", draft, by=by, also={"trouble": ""})
    show(draft, drafter_state="issued")
    entry = draft.outgoing
    if draft.replies_to_id:  # first: entries are locked before the ledger's head
        tasks.close_by_reply(draft.replies_to_id, entry.document, by=by)
    outgoing.issue(entry, by=by)
    done = "đóng dấu" if draft.paper_on is None else "ký số bản quét (sao y)"
    ledger.record("issuing.issued", draft, by=by, note=f"{done}, phát hành {entry.document.symbol}")


def _attach(draft: Draft, entry: OutgoingEntry, version: Version, signed: Sequence[StoredFile]) -> None:
    issued, *beside = signed
    version.issued = papers.attach(version, issued, "issued")
    version.save(update_fields=["issued"])
    name = f"{entry.document.symbol.replace('/', '-')}.pdf"
    documents.attach_file(entry.document_id, issued, role="main", name=name)
    attachments = queries.attachments(draft.pk)
    if len(beside) != sum(one.file.media_type == PDF for one in attachments):
        raise Conflict("Tệp kèm theo đã đổi từ lúc gửi ký. Ký lại từ trang phát hành.")
    following = iter(beside)
    for one in attachments:
        file = next(following) if one.file.media_type == PDF else one.file
        documents.attach_file(entry.document_id, file, role="attachment", name=one.name)
