"""The old binary formats of Word and Excel (OLE compound files), judged by what their directory names."""

import struct
from pathlib import Path

from vanthu.reading.gate.sentences import refusal

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_SECTOR = 0xFFFFFFFE  # end of chain; free sectors lie above
_WORD_START = b"\xec\xa5"
_BIFF_START = b"\x09\x08\x10\x00"
_FILE_PASSWORD = b"\x2f\x00"  # the record behind the first one of a protected workbook


def inspect_doc(path: Path, kind: str) -> None:
    """A Word 97 document that may be kept; raises `Invalid`."""
    data, sector = _read(path, kind)
    if not _names(data, "WordDocument"):
        raise refusal("file_content", kind=kind)
    _check_danger(data, kind)
    for start in range(sector, len(data), sector):
        if data[start : start + 2] == _WORD_START:
            if data[start + 11] & 1:  # fEncrypted of the file information block
                raise refusal("file_password", kind=kind)
            return


def inspect_xls(path: Path, kind: str) -> None:
    """An Excel 97 workbook that may be kept; raises `Invalid`."""
    data, sector = _read(path, kind)
    if not _names(data, "Workbook") and not _names(data, "Book"):
        raise refusal("file_content", kind=kind)
    _check_danger(data, kind)
    for start in range(sector, len(data), sector):
        if data[start : start + 4] == _BIFF_START:
            if data[start + 20 : start + 22] == _FILE_PASSWORD:
                raise refusal("file_password", kind=kind)
            return


def _read(path: Path, kind: str) -> tuple[bytes, int]:
    """The bytes and the sector size; every sector that the header names must be in the file."""
    data = path.read_bytes()
    if not data.startswith(_MAGIC):
        raise refusal("file_content", kind=kind)
    if len(data) < 1536:
        raise refusal("file_truncated", kind=kind)
    sector = 1 << struct.unpack_from("<H", data, 0x1E)[0]
    named = [struct.unpack_from("<I", data, 0x30)[0], *struct.unpack_from("<109I", data, 0x4C)]
    last = max((number for number in named if number < _NO_SECTOR), default=0)
    if sector not in (512, 4096) or (last + 2) * sector > len(data) + sector - 1:
        raise refusal("file_truncated", kind=kind)
    return data, sector


def _check_danger(data: bytes, kind: str) -> None:
    if _names(data, "_VBA_PROJECT") or _names(data, "_VBA_PROJECT_CUR"):
        raise refusal("macros", kind=kind)
    if _names(data, "\x01Ole10Native"):
        raise refusal("embedded_program", kind=kind, inside="đối tượng nhúng")


def _names(data: bytes, stream: str) -> bool:
    """Whether the directory has a stream or folder of this name (UTF-16, closed by a zero)."""
    return f"{stream}\0".encode("utf-16-le") in data
