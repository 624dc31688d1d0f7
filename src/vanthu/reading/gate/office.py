"""Office Open XML and OpenDocument: ZIP files with known parts, no macro, no bomb, nothing fetched from outside."""

import re
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from vanthu.reading.gate.pdf import PROGRAMS
from vanthu.reading.gate.sentences import refusal

_MOST_UNPACKED = 300 << 20
_MOST_PARTS = 5000
_RATIO_FROM = 10 << 20  # parts below this size may be as compressible as they like
_MOST_RATIO = 200
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PACKAGE = "\x01Ole10Native".encode("utf-16-le")  # an arbitrary file dropped into the document
# Links that a program follows by itself when the document is opened; hyperlinks are not among them.
_FETCHED = re.compile(
    rb"relationships/(?:attachedTemplate|oleObject|frame|subDocument|externalLinkPath)\b", re.IGNORECASE
)
_RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>", re.IGNORECASE)


def inspect_docx(path: Path, kind: str) -> None:
    """A Word document that may be kept; raises `Invalid`."""
    _inspect_ooxml(path, kind, "word/document.xml")


def inspect_xlsx(path: Path, kind: str) -> None:
    """An Excel workbook that may be kept; raises `Invalid`."""
    _inspect_ooxml(path, kind, "xl/workbook.xml")


def inspect_pptx(path: Path, kind: str) -> None:
    """A PowerPoint presentation that may be kept; raises `Invalid`."""
    _inspect_ooxml(path, kind, "ppt/presentation.xml")


def inspect_odt(path: Path, kind: str) -> None:
    """An OpenDocument text that may be kept; raises `Invalid`."""
    _inspect_odf(path, kind, b"application/vnd.oasis.opendocument.text")


def inspect_ods(path: Path, kind: str) -> None:
    """An OpenDocument spreadsheet that may be kept; raises `Invalid`."""
    _inspect_odf(path, kind, b"application/vnd.oasis.opendocument.spreadsheet")


def _inspect_ooxml(path: Path, kind: str, main_part: str) -> None:
    with _opened(path, kind) as archive:
        names = set(archive.namelist())
        if "[Content_Types].xml" not in names or main_part not in names:
            raise refusal("file_content", kind=kind)
        types = archive.read("[Content_Types].xml")
        if b"macroEnabled" in types or any("vbaproject" in name.lower() for name in names):
            raise refusal("macros", kind=kind)
        for name in names:
            _check_part(archive, name, kind)


def _inspect_odf(path: Path, kind: str, media_type: bytes) -> None:
    with _opened(path, kind) as archive:
        names = set(archive.namelist())
        if not {"mimetype", "content.xml"} <= names or archive.read("mimetype").strip() != media_type:
            raise refusal("file_content", kind=kind)
        if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise refusal("file_password", kind=kind)
        if any(
            name.startswith(("Basic/", "Scripts/")) and not name.endswith(("/", "-lc.xml")) for name in names
        ):
            raise refusal("macros", kind=kind)
        for name in names:
            _check_part(archive, name, kind)


def _opened(path: Path, kind: str) -> zipfile.ZipFile:
    """The archive, after everything that its directory shows was found harmless and its check sums right."""
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(_OLE):
        with path.open("rb") as file:
            encrypted = _ENCRYPTED in file.read(50 << 20)
        raise refusal("file_password" if encrypted else "file_content", kind=kind)
    if not start.startswith(b"PK\x03\x04"):
        raise refusal("file_content", kind=kind)
    try:
        archive = zipfile.ZipFile(path)
        _check_directory(archive.infolist(), kind)
        broken = archive.testzip()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise refusal("file_truncated", kind=kind) from error
    if broken is not None:
        archive.close()
        raise refusal("file_truncated", kind=kind)
    return archive


def _check_directory(parts: list[zipfile.ZipInfo], kind: str) -> None:
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise refusal("bomb", kind=kind)
    for part in parts:
        if part.flag_bits & 1:
            raise refusal("file_password", kind=kind)
        if part.file_size > _RATIO_FROM and part.file_size > _MOST_RATIO * max(part.compress_size, 1):
            raise refusal("bomb", kind=kind)
        # ZipInfo turns "\" of Windows into "/" only on Windows
        place = PurePosixPath(part.orig_filename.replace("\\", "/"))
        if place.is_absolute() or ".." in place.parts or ":" in part.filename:
            raise refusal("inside_names", kind=kind, inside=part.filename[:60])
        if part.filename.lower().rpartition(".")[2] in PROGRAMS:
            raise refusal("embedded_program", kind=kind, inside=PurePosixPath(part.filename).name)


def _check_part(archive: zipfile.ZipFile, name: str, kind: str) -> None:
    lower = name.lower()
    if lower.endswith((".xml", ".rels")):
        # UTF-16 parts are looked at without their zero bytes
        data = archive.read(name).replace(b"\0", b"")
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise refusal("xml_entities", kind=kind)
        if lower.endswith(".rels") and any(_fetches(tag) for tag in _RELATIONSHIP.findall(data)):
            raise refusal("outside_links", kind=kind)
    elif lower.endswith((".bin", ".ole")) or "/embeddings/" in lower:
        data = archive.read(name)
        if data.startswith(b"MZ") or (data.startswith(_OLE) and _PACKAGE in data):
            raise refusal("embedded_program", kind=kind, inside=PurePosixPath(name).name)


def _fetches(relationship: bytes) -> bool:
    outside = b"external" in relationship.lower().partition(b"targetmode")[2]
    return outside and _FETCHED.search(relationship) is not None
