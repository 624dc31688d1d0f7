"""The signatures of documents that go out and that come in, checked by the signing room and kept there."""

from typing import Any

from vanthu.documents import queries as documents
from vanthu.documents import signatures
from vanthu.exchange.models import SignatureCheck
from vanthu.kernel.calendar import now
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.files.models import StoredFile
from vanthu.signing import evidence
from vanthu.signing.report import Report


def check(document_id: int) -> dict[str, Any]:
    """The report on the main PDF of a document that goes out, as JSON, once for all its receivers.

    Made on the first call, made again while it is "unknown". Call it outside a transaction: it asks OCSP responders.
    """
    known = SignatureCheck.objects.filter(pk=document_id).first()
    if known is not None and known.report["verdict"] != "unknown":
        return dict(known.report)
    file = _main_file(document_id)
    found = verify(file) if file else Report.unjudged("văn bản không kèm tệp PDF để kiểm tra")
    report = found.as_json()
    SignatureCheck.objects.update_or_create(
        document_id=document_id, defaults={"report": report, "checked_at": now()}
    )
    return report


def verify(file: StoredFile) -> Report:
    """The report of the signing room on a document that goes out."""
    return evidence.judge(file, own=True)


def check_arrival(document_id: int) -> None:
    """Verify the main PDF of a document that came from elsewhere, and say so on its entries; idempotent.

    What was scanned carries no signature: then nothing is said. Call it outside a transaction.
    """
    file = _main_file(document_id)
    if file is None or not signatures.is_open(document_id):
        return
    report = evidence.judge(file)
    if report.verdict != "unsigned":
        signatures.note(document_id, report.as_json())


def check_again(document_id: int, *, sent: bool) -> None:
    """Ask anew about a document of which too little was known, and tell its receivers what is known now.

    `sent`: the system delivered it. Each time without an answer the pause is twice as long.
    """
    file = _main_file(document_id)
    if file is None or evidence.rests(file):
        return
    if sent:
        signatures.note(document_id, check(document_id))
    else:
        check_arrival(document_id)


def _main_file(document_id: int) -> StoredFile | None:
    held = documents.document_files([document_id])[document_id]
    pdfs = (one.file for one in held if one.role == "main" and one.file.media_type == PDF)
    return next(pdfs, None)
