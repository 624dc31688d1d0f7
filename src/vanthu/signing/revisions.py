"""What validators do not see: bytes behind the end of a PDF, and form fields changed after the seal."""

import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pyhanko.pdf_utils.generic import DictionaryObject, StreamObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.rw_common import PdfHandler
from pyhanko.sign.validation import EmbeddedPdfSignature

_WHITE = b"\x00\t\n\x0c\r "
_LONGEST_TAIL = 16  # white bytes that tools leave behind %%EOF


def has_garbage_at_end(path: Path) -> bool:
    """Whether anything but white space stands behind the last %%EOF."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        end = data.rfind(b"%%EOF")
        return end < 0 or _is_more_than_white(data, end + 5)


def has_uncovered_tail(path: Path, reader: PdfFileReader, signature: EmbeddedPdfSignature) -> bool:
    """Whether bytes follow the last signature although no later revision explains them."""
    if signature.signed_revision != reader.xrefs.total_revisions - 1:
        return False
    *_, start, length = (int(number) for number in signature.byte_range)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return _is_more_than_white(data, start + length)


def fields_changed_after(reader: PdfFileReader, signature: EmbeddedPdfSignature) -> list[str]:
    """Names of form fields whose value or look differs between the signed revision and the file as it is now."""
    then = dict(_contents(reader.get_historical_resolver(signature.signed_revision)))
    now = dict(_contents(reader))
    return sorted(name for name in then.keys() | now.keys() if then.get(name) != now.get(name))


def _is_more_than_white(data: mmap.mmap, start: int) -> bool:
    rest = len(data) - start
    return rest > _LONGEST_TAIL or bool(data[start:].strip(_WHITE))


def _contents(handler: PdfHandler) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """(full name, (value, appearance)) of every field that is no signature."""
    form = _held(handler.root, "/AcroForm")
    if form is not None:
        yield from _below(_held(form, "/Fields") or (), "")


def _below(fields: Any, prefix: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for reference in fields:
        field = reference.get_object()
        name = f"{prefix}{_held(field, '/T') or ''}"
        if _held(field, "/FT") != "/Sig":
            yield name, (_value(field), _look(field))
        yield from _below(_held(field, "/Kids") or (), f"{name}.")


def _held(item: DictionaryObject, key: str) -> Any:
    """The value behind a key, references resolved in the item's own revision; None without it."""
    try:
        return item[key]  # `get` would not resolve the reference
    except KeyError:
        return None


def _value(field: DictionaryObject) -> str | None:
    value = _held(field, "/V")
    return None if value is None else str(value)


def _look(field: DictionaryObject) -> bytes | None:
    appearances = _held(field, "/AP")
    normal = _held(appearances, "/N") if isinstance(appearances, DictionaryObject) else None
    return bytes(normal.data) if isinstance(normal, StreamObject) else None
