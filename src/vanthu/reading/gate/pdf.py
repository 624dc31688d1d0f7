"""PDF: whole, not locked, no script, no program, no bomb. Signed files are only read."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from vanthu.kernel.later import later
from vanthu.reading.gate.polyglots import refuse_archive_behind
from vanthu.reading.gate.sentences import refusal

if TYPE_CHECKING:
    import pikepdf
else:
    pikepdf = later("pikepdf")

_PROGRAM_ENDINGS = "exe dll com scr msi bat cmd ps1 vbs vbe js jse wsf hta jar sh lnk cpl pif reg"
PROGRAMS = frozenset(f"{_PROGRAM_ENDINGS} docm xlsm pptm dotm xlam".split())
_PROGRAM_STARTS = (b"MZ", b"\x7fELF", b"#!")
_MOST_STREAM_BYTES = 200 << 20  # an A4 page of 600 dpi in full colour is 100 MB
_DEFLATE_RATIO = 1032  # deflate makes data at most this many times smaller
_MOST_PIXELS = 150_000_000  # of one image, as in `pictures`
_TAIL = 2048


def inspect(path: Path, kind: str) -> int:
    """Pages of a PDF that may be kept; raises `Invalid`."""
    _check_ends(path, kind)
    refuse_archive_behind(path, kind)
    try:
        document = pikepdf.open(path)
    except pikepdf.PasswordError as error:
        raise refusal("file_password", kind=kind) from error
    except (pikepdf.PdfError, RuntimeError) as error:
        raise refusal("file_truncated", kind=kind) from error
    with document:
        if document.is_encrypted:
            raise refusal("file_locked")
        try:
            for item in document.objects:
                _check_object(item, kind)
            pages = len(document.pages)
        except (pikepdf.PdfError, RuntimeError, ValueError) as error:
            raise refusal("file_truncated", kind=kind) from error
        if pages == 0:
            raise refusal("file_truncated", kind=kind)
        return pages


def _check_ends(path: Path, kind: str) -> None:
    """%PDF- at the first byte (no picture or script in front of it), startxref and %%EOF at the end."""
    with path.open("rb") as file:
        if file.read(5) != b"%PDF-":
            raise refusal("file_content", kind=kind)
        file.seek(0, 2)
        file.seek(max(0, file.tell() - _TAIL))
        tail = file.read()
    if b"%%EOF" not in tail or not re.search(rb"startxref\s+\d+", tail):
        raise refusal("file_truncated", kind=kind)


def _check_object(item: pikepdf.Object, kind: str) -> None:
    for dictionary in _dictionaries(item):
        _check_dictionary(dictionary, kind)
    if isinstance(item, pikepdf.Stream):
        _check_stream(item, kind)


def _dictionaries(item: pikepdf.Object, depth: int = 0) -> Iterator[pikepdf.Object]:
    """The dictionaries written directly inside an indirect object; others come as objects of their own."""
    if depth > 50:
        return
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        yield item
        children = [item[key] for key in item.keys()]  # noqa: SIM118 - a pikepdf object is no mapping
    elif isinstance(item, pikepdf.Array):
        children = list(item)
    else:
        return
    for child in children:
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            yield from _dictionaries(child, depth + 1)


def _check_dictionary(dictionary: pikepdf.Object, kind: str) -> None:
    action = dictionary.get("/S")
    if action == pikepdf.Name.JavaScript or "/JS" in dictionary or "/JavaScript" in dictionary:
        raise refusal("pdf_script")
    if str(dictionary.get("/URI", "")).strip().lower().startswith("javascript:"):
        raise refusal("pdf_script")
    if action == pikepdf.Name.Launch:
        raise refusal("pdf_launch")
    if "/XFA" in dictionary:
        raise refusal("pdf_xfa")
    if "/EF" in dictionary:
        for key in ("/UF", "/F"):
            name = str(dictionary.get(key, ""))
            if name.lower().rpartition(".")[2] in PROGRAMS:
                raise refusal("embedded_program", kind=kind, inside=name)


def _check_stream(stream: pikepdf.Stream, kind: str) -> None:
    _check_pixels(stream)
    filters = stream.get("/Filter")
    names = [filters] if isinstance(filters, pikepdf.Name) else list(filters or [])
    data: bytes | None = None  # a scan of hundreds of megabytes is not read for nothing
    for name in map(str, names):
        if name not in _OPENED:
            return  # pictures in their own compression are bounded by their size in pixels
        data = stream.read_raw_bytes() if data is None else data
        if name in _AS_TEXT:
            data = _AS_TEXT[name](data)
            continue
        if len(names) == 1 and len(data) * _DEFLATE_RATIO <= _MOST_STREAM_BYTES:
            break
        data = _inflated(data, kind)
    if stream.get("/Type") == pikepdf.Name.EmbeddedFile and _is_program(stream):
        raise refusal("embedded_program", kind=kind, inside="tệp đính kèm")


def _check_pixels(stream: pikepdf.Stream) -> None:
    """A picture of a few bytes may say that it is a million by a million pixels."""
    if stream.get("/Subtype") != pikepdf.Name.Image:
        return
    try:
        pixels = int(stream.get("/Width", 0)) * int(stream.get("/Height", 0))
    except (TypeError, ValueError):
        return  # pdfium shows no picture without a size
    if pixels > _MOST_PIXELS:
        raise refusal("picture_size", size=pixels // 1_000_000)


def _from_hex(data: bytes) -> bytes:
    digits = bytes(digit for digit in data.partition(b">")[0] if digit in b"0123456789abcdefABCDEF")
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _from_85(data: bytes) -> bytes:
    try:
        return base64.a85decode(data.partition(b"~>")[0], ignorechars=b" \t\n\r\v\0\f")
    except ValueError:
        return b""  # shown as empty


_FLATE = ("/FlateDecode", "/Fl")
_AS_TEXT: dict[str, Callable[[bytes], bytes]] = {
    "/ASCIIHexDecode": _from_hex, "/AHx": _from_hex, "/ASCII85Decode": _from_85, "/A85": _from_85,
}  # fmt: skip
_OPENED = frozenset((*_FLATE, *_AS_TEXT))


def _inflated(data: bytes, kind: str) -> bytes:
    inflater = zlib.decompressobj()
    try:
        out = inflater.decompress(data, _MOST_STREAM_BYTES)
    except zlib.error:
        return b""  # pdfium shows such a stream as empty
    if inflater.unconsumed_tail:
        raise refusal("bomb", kind=kind)
    return out


def _is_program(stream: pikepdf.Stream) -> bool:
    try:
        return bytes(stream.read_bytes()).startswith(_PROGRAM_STARTS)
    except pikepdf.PdfError:
        return True  # an attachment in a compression nobody can look into
