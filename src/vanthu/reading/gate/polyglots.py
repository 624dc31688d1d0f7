"""Files that are of two types at once: what one program shows is not what another runs."""

from pathlib import Path

from vanthu.reading.gate.sentences import refusal

_END_OF_ZIP = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 65_535
_PDF_MAY_BEGIN = 1024  # bytes that lax readers skip before %PDF-
_PADDING = b"\0\r\n\t "


def refuse_archive_behind(path: Path, kind: str) -> None:
    """Raise `Invalid` for a PDF or picture that ends as a ZIP file does: archivers open it as one."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT))
        tail = file.read().rstrip(_PADDING)
    place = tail.rfind(_END_OF_ZIP)
    while place >= 0:
        comment = int.from_bytes(tail[place + _END_SIZE - 2 : place + _END_SIZE], "little")
        # a document that lies inside, uncompressed, has something behind its end
        if len(tail) <= place + _END_SIZE + comment:
            raise refusal("two_types", kind=kind)
        place = tail.rfind(_END_OF_ZIP, 0, place)


def refuse_pdf_inside(start: bytes, kind: str) -> None:
    """Raise `Invalid` for a file of another type whose first kilobyte makes readers take it for a PDF."""
    if b"%PDF-" in start[:_PDF_MAY_BEGIN]:
        raise refusal("two_types", kind=kind)
