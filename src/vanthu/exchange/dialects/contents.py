"""What an attachment really is: unpacked where a kit packed it, told by its first bytes, under a name that is safe."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from vanthu.exchange.dialects.scanning import LIMITS, Content, Limits

LONGEST_NAME = 180
_STARTS = (
    (b"%PDF", "pdf"), (b"PK\x03\x04", "zip"), (b"\xd0\xcf\x11\xe0", "ole"), (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG", "png"), (b"II*\x00", "tif"), (b"MM\x00*", "tif"), (b"{\\rtf", "rtf"), (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"), (b"\x1f\x8b", "gz"), (b"MZ", "exe"), (b"<?xml", "xml"), (b"\xef\xbb\xbf<?xml", "xml"),
)  # fmt: skip
_PACKAGES = frozenset({"zip", "docx", "xlsx", "pptx", "docm", "xlsm", "odt", "ods", "odp", "jar", "ofd"})
_EXPECTED = {
    "pdf": {"pdf"}, "doc": {"ole", "rtf", "zip"}, "xls": {"ole", "zip"}, "ppt": {"ole", "zip"},
    "jpg": {"jpg"}, "jpeg": {"jpg"}, "png": {"png"}, "tif": {"tif"}, "tiff": {"tif"}, "rtf": {"rtf"}, "rar": {"rar"},
    "xml": {"xml"}, "edxml": {"xml"},
} | {one: {"zip"} for one in _PACKAGES}  # fmt: skip
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_BAD = re.compile(r'[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff/\\<>:"|?*]+')
_LOST = "\ufffd".encode()  # what a round trip through a text leaves of a byte
_HEAD = 64 << 10


@dataclass(frozen=True, slots=True)
class Settled:
    """An attachment as it is kept; the words are those of `packets.Attachment`."""

    path: Path
    size: int
    sha256: str
    kind: str
    unpacked: bool
    problem: str


def settle(content: Content, name: str, limits: Limits = LIMITS) -> Settled:
    """Unpack what a kit packed and compare the bytes with the name. Never raises for what a sender wrote."""
    extension = PurePosixPath(name).suffix.lower().removeprefix(".")
    kind = kind_of(content.path)
    if content.problem or kind != "zip":
        return _told(content, extension, kind, unpacked=False)
    try:
        inner = _unpacked(content.path, extension, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        damaged = Content(content.path, content.size, content.sha256, "tệp nén hỏng, không giải nén được")
        return _told(damaged, extension, kind, unpacked=False)
    found = inner or content
    return _told(found, extension, kind_of(found.path), unpacked=found.path != content.path)


def kind_of(path: Path) -> str:
    """What the first bytes of a file say, "" when they say nothing."""
    with path.open("rb") as file:
        head = file.read(16)
    return next((kind for start, kind in _STARTS if head.startswith(start)), "")


def safe_name(name: str, fallback: str, taken: Collection[str] = ()) -> str:
    """The name without folders and hidden characters, not too long, unlike those in `taken` (lower case)."""
    bare = _BAD.sub(" ", unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1]))
    bare = " ".join(bare.split()).strip(". ") or fallback
    stem, dot, extension = bare.rpartition(".")
    if not dot or len(extension) > 10:
        stem, extension = bare, ""
    ending = f".{extension}" if extension else ""
    whole = stem[: LONGEST_NAME - len(ending)] + ending
    number = 2
    while whole.lower() in taken:
        whole, number = f"{stem[: LONGEST_NAME - len(ending) - 6]} ({number}){ending}", number + 1
    return whole


def _unpacked(path: Path, extension: str, limits: Limits) -> Content | None:
    """The one file in the archive that a kit made, None for a package that is meant as one.

    A kit names the entry by a UUID; where the name of the attachment is no archive's, one entry of any name will do.
    """
    with zipfile.ZipFile(path) as archive:
        entries = [one for one in archive.infolist() if not one.is_dir()]
        if len(entries) != 1 or entries[0].flag_bits & 1:
            return None
        entry = entries[0]
        if extension in _PACKAGES and not _UUID.fullmatch(PurePosixPath(entry.filename).stem):
            return None
        target = path.with_suffix(".unpacked")
        digest, size = hashlib.sha256(), 0
        most = min(limits.attachment, max(entry.compress_size * limits.ratio, 10 << 20))
        with archive.open(entry) as source, target.open("wb") as file:
            while chunk := source.read(256 << 10):
                size += len(chunk)
                if size > most:
                    return Content(path, path.stat().st_size, _sha256(path), "tệp nén nở ra quá lớn")
                digest.update(chunk)
                file.write(chunk)
    return Content(target, size, digest.hexdigest(), "" if size else "tệp rỗng")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _told(content: Content, extension: str, kind: str, *, unpacked: bool) -> Settled:
    problem = content.problem or _mismatch(content.path, extension, kind)
    return Settled(content.path, content.size, content.sha256, kind, unpacked, problem)


def _mismatch(path: Path, extension: str, kind: str) -> str:
    """Why this is not the file that its name promises, or ""."""
    expected = _EXPECTED.get(extension)
    if kind == "exe":
        return "là chương trình, không phải văn bản"
    if expected and kind and kind not in expected:
        return f"tên tệp là .{extension} nhưng nội dung là {kind.upper()}"
    if expected and not kind and extension not in ("xml", "edxml"):
        return f"nội dung không phải tệp .{extension}"
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if kind == "pdf" and head.count(_LOST) > max(8, len(head) // 2000):
        return "tệp PDF hỏng do hệ thống gửi chuyển đổi thành chữ"
    return ""
