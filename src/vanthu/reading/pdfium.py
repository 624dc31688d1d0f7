"""One PDF open at a time: pdfium is not thread-safe, so everything in this process goes through one lock."""

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium

from vanthu.kernel.refusals import Invalid

_LOCK = threading.Lock()


@contextlib.contextmanager
def opened(path: Path) -> Iterator[pdfium.PdfDocument]:
    """The PDF, with the lock held until the block ends; raises `Invalid` when pdfium cannot read it."""
    with _LOCK:
        try:
            document = pdfium.PdfDocument(path)
        except pdfium.PdfiumError as error:
            raise Invalid(
                "Tệp PDF không mở được: tệp hỏng hoặc có mật khẩu. Xuất lại tệp rồi tải lại.",
                code="pdf_unreadable",
            ) from error
        try:
            yield document
        finally:
            document.close()


@contextlib.contextmanager
def page_of(document: pdfium.PdfDocument, number: int) -> Iterator[pdfium.PdfPage]:
    """A page, counted from 1; raises `Invalid` when there is none or it is broken."""
    try:
        page = document[number - 1] if number >= 1 else document[len(document)]
    except (pdfium.PdfiumError, IndexError) as error:
        raise Invalid(
            f"Không đọc được trang {number} của tệp PDF. Xuất lại tệp rồi tải lại.", code="page_unreadable"
        ) from error
    try:
        yield page
    finally:
        page.close()
