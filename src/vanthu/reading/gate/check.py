"""Name, size and type of a file, then the checks of its type."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from vanthu.reading.gate import office, ole, pdf, pictures, plain
from vanthu.reading.gate.sentences import refusal

MOST_BYTES = 500 << 20
_READ_WHOLE = 50 << 20  # bytes of a file whose check needs all of it in memory
_LONGEST_NAME = 200
# Control characters, and direction marks that make a program look like a PDF.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")

type Inspector = Callable[[Path, str], int | None]
"""(path, word for the kind) → pages where the type has pages; raises `Invalid`."""


@dataclass(frozen=True, slots=True)
class FileType:
    """An accepted type: media type, what the user calls it, how it is checked, how big it may be (bytes)."""

    media_type: str
    kind: str
    inspect: Inspector
    most_bytes: int = MOST_BYTES


_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
ACCEPTED: dict[str, FileType] = {
    "pdf": FileType("application/pdf", "PDF", pdf.inspect),
    "docx": FileType(f"{_OOXML}.wordprocessingml.document", "DOCX", office.inspect_docx),
    "xlsx": FileType(f"{_OOXML}.spreadsheetml.sheet", "XLSX", office.inspect_xlsx),
    "pptx": FileType(f"{_OOXML}.presentationml.presentation", "PPTX", office.inspect_pptx),
    "odt": FileType(f"{_ODF}.text", "ODT", office.inspect_odt),
    "ods": FileType(f"{_ODF}.spreadsheet", "ODS", office.inspect_ods),
    "doc": FileType("application/msword", "DOC", ole.inspect_doc, _READ_WHOLE),
    "xls": FileType("application/vnd.ms-excel", "XLS", ole.inspect_xls, _READ_WHOLE),
    "rtf": FileType("application/rtf", "RTF", plain.inspect_rtf, _READ_WHOLE),
    "txt": FileType("text/plain", "TXT", plain.inspect_txt, _READ_WHOLE),
    "png": FileType("image/png", "PNG", pictures.inspect_png),
    "jpg": FileType("image/jpeg", "JPG", pictures.inspect_jpeg),
    "jpeg": FileType("image/jpeg", "JPG", pictures.inspect_jpeg),
    "tif": FileType("image/tiff", "TIF", pictures.inspect_tiff),
    "tiff": FileType("image/tiff", "TIF", pictures.inspect_tiff),
}


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that passed; `pages` where its type has pages."""

    name: str
    media_type: str
    pages: int | None


def inspect(path: Path, name: str, *, most_bytes: int = MOST_BYTES) -> Accepted:
    """The file's clean name, media type and pages; raises `Invalid` for what may not be kept."""
    name = clean_name(name)
    size = path.stat().st_size
    if size == 0:
        raise refusal("file_empty")
    extension = PurePosixPath(name).suffix.lower().removeprefix(".")
    if not extension:
        raise refusal("file_type_unknown")
    file_type = ACCEPTED.get(extension)
    if file_type is None:
        raise refusal("file_type", extension=extension, accepted=", ".join(ACCEPTED))
    most = min(most_bytes, file_type.most_bytes)
    if size > most:
        raise refusal("file_too_large", limit=most >> 20, size=-(-size // (1 << 20)))
    return Accepted(name, file_type.media_type, file_type.inspect(path, file_type.kind))


def clean_name(name: str) -> str:
    """The name in NFC; raises `Invalid` for one that hides characters, names a folder or is too long."""
    name = unicodedata.normalize("NFC", name).strip()
    bad = not name or len(name) > _LONGEST_NAME or name.startswith(".")
    if bad or _UNPRINTABLE.search(name) or re.search(r'[/\\<>:"|?*]', name):
        raise refusal("file_name")
    return name
