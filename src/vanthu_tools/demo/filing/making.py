"""Make the file of one order; twice makes nothing new."""

from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pypdfium2 as pdfium

from vanthu.documents import actions as documents
from vanthu.documents.models import Document, IncomingEntry, OutgoingEntry
from vanthu.documents.states import NOT_HELD
from vanthu.exchange import signature
from vanthu.issuing import conversion, form_check, letters
from vanthu.issuing import queries as issuing
from vanthu.issuing.layout import compose
from vanthu.issuing.models import Draft, Version
from vanthu.kernel.actor import Actor
from vanthu.kernel.files import actions as files
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.files.contract import DOCX
from vanthu.kernel.files.models import Attachment, StoredFile
from vanthu.organisations import queries as organisations
from vanthu.organisations.models import Account
from vanthu.organisations.powers import Role
from vanthu.practice.letter import pdf
from vanthu.reading import convert
from vanthu.reading import jobs as reading
from vanthu.search import jobs as search
from vanthu.signing import actions as signing
from vanthu.signing import fields as pdf_fields
from vanthu.signing import queries as signing_queries
from vanthu.signing.places import DAY, MONTH, NUMBER, find_places
from vanthu_tools.demo.filing.contents import body_of_draft, letter_of_document, letter_of_draft
from vanthu_tools.demo.filing.orders import Order
from vanthu_tools.demo.filing.scan import scanned

PDF = "application/pdf"
NEEDS_FIELDS = frozenset({"approval", "signed"})


def make(order: Order) -> None:
    """Make what the order says."""
    match order.work:
        case "letter" | "scan":
            make_letter(order)
        case "draft":
            make_draft(order)
        case "sign":
            make_signed(order)


def make_letter(order: Order) -> None:
    """The PDF of a document, as text or as a scan, attached and findable."""
    document = (
        Document.objects.select_related("issuer__parent", "entered_by_office").filter(pk=order.id).first()
    )
    if document is None or file_queries.attachments("document", [order.id]).get(order.id):
        return
    by_hand = order.work == "scan"
    data = pdf(letter_of_document(document, order.matter, order.seed, by_hand=by_hand))
    if by_hand:
        data = scanned(data, Random(order.seed))
    file = kept(data)
    name = f"{document.symbol.replace('/', '-') or 'van-ban'}.pdf"
    documents.attach_file(document.pk, file, role="main", name=name)
    tell_pages(document.pk, file.page_count or 1)
    if not by_hand:
        search.index_body_soon("document", document.pk)
    if order.read:
        reading.start(file)


def tell_pages(document_id: int, pages: int) -> None:
    """The number of pages as it is, in the document and in every book."""
    Document.objects.filter(pk=document_id).update(pages=pages)
    IncomingEntry.objects.filter(document=document_id).update(pages=pages)


def kept(data: bytes | Path) -> StoredFile:
    """A PDF in the store, with its pages counted."""
    file = files.store_bytes(data, PDF)
    source = pdfium.PdfDocument(data if isinstance(data, Path) else BytesIO(data))
    try:
        files.count_pages(file, len(source))
    finally:
        source.close()
    return file


def make_draft(order: Order) -> None:
    """DOCX and PDF of every version of an unfinished draft; the newest as far as its state needs it."""
    draft = issuing.hold_free(order.id)
    versions = sorted(issuing.versions(order.id), key=lambda one: one.ordinal)
    for version in versions:
        if version.source_id is None:
            body = body_of_draft(draft, order.matter, order.seed, missing=len(versions) - version.ordinal)
            write_version(draft, version, body, order.matter, newest=version is versions[-1])
    newest = issuing.newest(order.id)
    if draft.state in NEEDS_FIELDS and newest.prepared_id is None:
        prepare(draft, newest)
    if draft.state == "signed" and newest.signed_id is None:
        sign(draft, newest)
    search.index_body_soon("draft", draft.pk)


def write_version(
    draft: Draft, version: Version, body: tuple[str, ...], matter: str, *, newest: bool
) -> None:
    """The DOCX as the product composes it; its PDF by LibreOffice, or at once for what is only history.

    The form of the newest is checked, as that of every version is.
    """
    day = draft.created_at.date()
    composed = compose(letters.letter_of(draft, issuing.recipients(draft.pk), body=body, day=day))
    docx = files.store_bytes(composed, DOCX)
    version.source = attached(version, docx, "docx", f"du-thao-{version.ordinal}.docx")
    version.save(update_fields=["source"])
    if newest and convert.available():
        conversion.convert_version(version.pk)
        version.refresh_from_db()
    if version.pdf_id is None:
        version.pdf = attached(version, kept(pdf(letter_of_draft(draft, body, matter))), "pdf", "du-thao.pdf")
        version.text = "\n\n".join(body)
        version.conversion_trouble = ""
        version.save(update_fields=["pdf", "text", "conversion_trouble"])
    if newest:
        form_check.check_version(version.pk)


def attached(version: Version, file: StoredFile, role: str, name: str) -> Attachment:
    return files.attach(file, owner_kind="version", owner_id=version.pk, role=role, name=name)


def prepare(draft: Draft, version: Version) -> None:
    """Put the empty fields into the newest PDF, as the check of the form does."""
    assert version.pdf is not None
    assert draft.signer is not None
    with (
        TemporaryDirectory(prefix="vanthu-demo-") as folder,
        file_queries.copy_of(version.pdf.file, "d.pdf") as source,
    ):
        out = Path(folder) / "prepared.pdf"
        pdf_fields.prepare(source, find_places(source, draft.signer.person.full_name), out)
        version.prepared = attached(version, kept(out), "prepared", "ban-trinh-ky.pdf")
    version.save(update_fields=["prepared"])


def sign(draft: Draft, version: Version) -> None:
    """The real signature of the signer, with the level that was reached."""
    assert version.prepared is not None
    assert draft.signer is not None
    by = actor_of(draft.signer.person_id, draft.office_id)
    certificate = signing_queries.person_certificate(by.person)
    picture = signing_queries.picture(certificate)
    made = signing.sign_file(
        version.prepared.file,
        role="approval",
        certificate=certificate,
        appearance=picture,
        by=by,
        title=draft.subject,
    )
    files.count_pages(made.file, version.prepared.file.page_count or 1)
    version.signed = attached(version, made.file, "signed", "ban-da-ky.pdf")
    version.save(update_fields=["signed"])
    Draft.objects.filter(pk=draft.pk).update(signature_level=made.level)


def actor_of(person_id: int, office_id: int) -> Actor:
    """The actor of a person of the demonstration."""
    return organisations.actor_for(Account.objects.get(person=person_id), office_id)


def make_signed(order: Order) -> None:
    """An issued document with its history: version, signature, number, seal; its file goes to all receivers."""
    draft = issuing.hold_free(order.id)
    entry = draft.outgoing
    if entry is None or file_queries.attachments("document", [entry.document_id]).get(entry.document_id):
        return
    version = issuing.newest(order.id)
    body = body_of_draft(draft, order.matter, order.seed)
    if version.source_id is None:
        write_version(draft, version, body, order.matter, newest=False)
    if version.prepared_id is None:
        prepare(draft, version)
    if version.signed_id is None:
        sign(draft, version)
    sealed = seal(draft, entry, version)
    version.issued = attached(version, sealed, "issued", "ban-phat-hanh.pdf")
    version.save(update_fields=["issued"])
    name = f"{entry.document.symbol.replace('/', '-')}.pdf"
    documents.attach_file(entry.document_id, sealed, role="main", name=name)
    tell_pages(entry.document_id, sealed.page_count or 1)
    tell_verdict(entry.document_id)
    search.index_body_soon("document", entry.document_id)


def seal(draft: Draft, entry: OutgoingEntry, version: Version) -> StoredFile:
    """Number and date in their fields, then the office's seal by the clerk."""
    assert version.signed is not None
    day = entry.document.issued_on
    assert day is not None
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    with TemporaryDirectory(prefix="vanthu-demo-") as folder:
        out = Path(folder) / "filled.pdf"
        with file_queries.copy_of(version.signed.file, "signed.pdf") as source:
            pdf_fields.fill(source, {NUMBER: entry.document.number, DAY: f"{day.day:02d}", MONTH: month}, out)
        filled = kept(out)
    clerk = organisations.posts_with_role(draft.office_id, Role.CLERK)[0]
    certificate = signing_queries.office_certificate(draft.office_id)
    made = signing.sign_file(
        filled,
        role="seal",
        certificate=certificate,
        appearance=signing_queries.picture(certificate),
        by=actor_of(clerk.person_id, draft.office_id),
        title=entry.document.symbol,
    )
    files.count_pages(made.file, filled.page_count or 1)
    return made.file


def tell_verdict(document_id: int) -> None:
    """What the check of the signatures says, in the inbox of every receiver that still has the document."""
    report = signature.check(document_id)
    held = IncomingEntry.objects.filter(document=document_id).exclude(state__in=NOT_HELD)
    held.update(signature_verdict=report["verdict"], signature_report=report)
