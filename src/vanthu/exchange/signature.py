"""The signature of a document that goes out, checked once for all its receivers."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from vanthu.documents import queries as documents
from vanthu.exchange.models import SignatureCheck
from vanthu.kernel.calendar import now
from vanthu.kernel.files import queries as files
from vanthu.kernel.files.contract import PDF, FileDamaged
from vanthu.kernel.files.models import StoredFile
from vanthu.kernel.later import later
from vanthu.signing.report import Report

if TYPE_CHECKING:
    from vanthu.signing import verify as verification
else:
    verification = later("vanthu.signing.verify")


def check(document_id: int) -> dict[str, Any]:
    """The report on the document's main PDF, as JSON; made on the first call, made again while it is "unknown".

    Call it outside a transaction: it asks OCSP responders.
    """
    known = SignatureCheck.objects.filter(pk=document_id).first()
    if known is not None and known.report["verdict"] != "unknown":
        return dict(known.report)
    report = _judge(_main_file(document_id)).as_json()
    SignatureCheck.objects.update_or_create(
        document_id=document_id, defaults={"report": report, "checked_at": now()}
    )
    return report


def _main_file(document_id: int) -> StoredFile | None:
    held = documents.document_files([document_id])[document_id]
    pdfs = (one.file for one in held if one.role == "main" and one.file.media_type == PDF)
    return next(pdfs, None)


def _judge(file: StoredFile | None) -> Report:
    if file is None:
        return Report.unjudged("văn bản không kèm tệp PDF để kiểm tra")
    try:
        with files.copy_of(file, "main.pdf") as path:
            return verify(path)
    except FileDamaged:
        return Report.unjudged("không đọc được tệp trong kho để kiểm tra")


def verify(path: Path) -> Report:
    """The report of the signing room on a file on the disk."""
    return verification.Verifier().verify(path)
