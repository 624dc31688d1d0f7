"""Office Open XML and OpenDocument: ZIP files with known parts, no macro, no bomb, nothing fetched from outside."""

import re
import zipfile
import zlib
from io import BytesIO
from pathlib import Path, PurePosixPath

from vanthu.reading.gate.pdf import PROGRAMS
from vanthu.reading.gate.polyglots import refuse_pdf_inside
from vanthu.reading.gate.sentences import refusal

_MOST_UNPACKED = 300 << 20
_MOST_PARTS = 5000
_RATIO_FROM = 10 << 20  # parts below this size may be as compressible as they like
_MOST_RATIO = 200
_MACROS = re.compile("vbaproject|/macrosheets/|/activex/", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PACKAGE = "\x01Ole10Native".encode("utf-16-le")  # an arbitrary file dropped into the document
_HYPERLINK = re.compile(rb"relationships/hyperlink\b", re.IGNORECASE)  # followed only by who clicks it
# What an ODF program loads by itself: pictures, objects, sections, the template.
_LOADED = re.compile(
    rb"<(?:draw:(?:image|object|object-ole|plugin)|text:section-source|meta:template)\b[^>]*?"
    rb"xlink:href=[\"'](?:\w{2,}:|//|\\\\)",
    re.IGNORECASE,
)
_FIELD_CODE = re.compile(rb"<w:instrText\b[^>]*>([^<]*)|<w:fldSimple\b[^>]*?w:instr=\"([^\"]*)")
_DATA_EXCHANGE = re.compile(rb"\bDDE(?:AUTO)?\b", re.IGNORECASE)  # starts a program when fields are updated
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"MSCF", b"xz\0", b"BZh", b"PK\x03\x04")
_EMBEDDED = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".pptx": "ppt/presentation.xml"}
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
        _check_package(archive, kind, main_part)


def _check_package(archive: zipfile.ZipFile, kind: str, main_part: str, *, inside: bool = False) -> None:
    names = set(archive.namelist())
    if "[Content_Types].xml" not in names or main_part not in names:
        raise refusal("file_content", kind=kind)
    types = archive.read("[Content_Types].xml")
    if b"macroEnabled" in types or any(_MACROS.search(name) for name in names):
        raise refusal("macros", kind=kind)
    for name in names:
        _check_part(archive, name, kind)
        if "/embeddings/" in name.lower():
            _check_embedded(archive.read(name), name, kind, inside=inside)


def _check_embedded(data: bytes, name: str, kind: str, *, inside: bool) -> None:
    """A workbook inside a report is checked as the report is; another archive, or one still deeper, stays out."""
    if not data.startswith(_ARCHIVES):
        return
    main_part = _EMBEDDED.get(PurePosixPath(name.lower()).suffix)
    if inside or main_part is None or not data.startswith(b"PK"):
        raise refusal("nested_archive", kind=kind, inside=PurePosixPath(name).name)
    with _archive(BytesIO(data), kind) as archive:
        _check_package(archive, kind, main_part, inside=True)


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
        start = file.read(1024)
    if start.startswith(_OLE):
        with path.open("rb") as file:
            encrypted = _ENCRYPTED in file.read(50 << 20)
        raise refusal("file_password" if encrypted else "file_content", kind=kind)
    if not start.startswith(b"PK\x03\x04"):
        raise refusal("file_content", kind=kind)
    refuse_pdf_inside(start, kind)
    return _archive(path, kind)


def _archive(source: Path | BytesIO, kind: str) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(source)
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
    if len({part.filename for part in parts}) != len(parts):  # programs differ in which of two they read
        raise refusal("inside_names", kind=kind, inside="hai tệp con cùng tên")
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
        if lower.startswith("word/") and _exchanges(data):
            raise refusal("outside_links", kind=kind)
        if _LOADED.search(data):
            raise refusal("outside_links", kind=kind)
        if lower.endswith(".rels") and any(_fetches(tag) for tag in _RELATIONSHIP.findall(data)):
            raise refusal("outside_links", kind=kind)
    elif lower.endswith((".bin", ".ole")) or "/embeddings/" in lower:
        data = archive.read(name)
        if data.startswith(b"MZ") or (data.startswith(_OLE) and _PACKAGE in data):
            raise refusal("embedded_program", kind=kind, inside=PurePosixPath(name).name)


def _fetches(relationship: bytes) -> bool:
    outside = b"external" in relationship.lower().partition(b"targetmode")[2]
    return outside and _HYPERLINK.search(relationship) is None


def _exchanges(part: bytes) -> bool:
    """Whether a field of Word asks another program for data; its code may be cut into pieces."""
    codes = b"".join(b"".join(pair) for pair in _FIELD_CODE.findall(part))
    return _DATA_EXCHANGE.search(codes) is not None
