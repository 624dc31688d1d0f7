"""What validators do not see: bytes behind the end of a PDF; and in words what was changed after a signature."""

import hashlib
import mmap
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject, Reference, StreamObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.rw_common import PdfHandler
from pyhanko.sign.validation import EmbeddedPdfSignature

from vanthu.signing.changing import Change

_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF[\x00\t\n\x0c\r ]{0,16}\Z")
_UP = frozenset({"/P", "/Parent", "/Popup", "/Dest", "/A", "/StructParent", "/StructParents"})
_UPKEEP = frozenset(
    {"/AcroForm", "/Pages", "/DSS", "/Metadata", "/Extensions", "/Type", "/Version", "/Perms"}
)
_BLANK = re.compile(r"[\s.…_]*")


def has_garbage_at_end(path: Path) -> bool:
    """Whether anything stands behind the end of the last revision, or hides before a second end of the same one."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        start = data.rfind(b"startxref")
        end = _END.match(data, start) if start >= 0 else None
        if end is None:
            return True
        table = int(end.group(1))
        return not 0 <= table < start or data.find(b"%%EOF", table, start) >= 0


class Changes:
    """What happened to one file after each of its signatures."""

    def __init__(self, reader: PdfFileReader, signatures: Iterable[EmbeddedPdfSignature]) -> None:
        self._reader, self._signatures = reader, tuple(signatures)

    def after(self, signature: EmbeddedPdfSignature) -> tuple[Change, ...]:
        """All changes after a signature, each once, the harmless ones first."""
        revision = signature.signed_revision
        last = self._reader.xrefs.total_revisions - 1
        if revision == last:
            return ()
        touched = {
            (ref.idnum, ref.generation)
            for later in range(revision + 1, last + 1)
            for ref in self._reader.xrefs.explicit_refs_in_revision(later)
        }
        then = _Content(self._reader.get_historical_resolver(revision), touched)
        now = _Content(self._reader, touched)
        return tuple(dict.fromkeys([*self._signing(revision, then, now), *_editing(then, now, revision)]))

    def _signing(self, revision: int, then: "_Content", now: "_Content") -> Iterator[Change]:
        later = [one for one in self._signatures if one.signed_revision > revision]
        if now.touches(now.root.get("/DSS")) or ("/DSS" in now.root) != ("/DSS" in then.root):
            yield Change("evidence_added")
        for one in later:
            stamp = one.sig_object_type == "/DocTimeStamp"
            yield Change("stamp_added") if stamp else Change("signature_added", str(one.field_name))


class _Content:
    """The parts of a document in one revision; `touched` are the objects that later revisions wrote."""

    def __init__(self, handler: PdfHandler, touched: set[tuple[int, int]]) -> None:
        self.handler, self._touched = handler, touched

    @cached_property
    def root(self) -> DictionaryObject:
        return self.handler.root

    @cached_property
    def pages(self) -> list[IndirectObject]:
        return list(_pages_below(self.root.raw_get("/Pages")))

    @cached_property
    def fields(self) -> dict[str, DictionaryObject]:
        form = _held(self.root, "/AcroForm")
        return dict(_fields_below(_held(form, "/Fields") or (), "")) if form is not None else {}

    def touches(self, item: Any, but: frozenset[str] = _UP) -> bool:
        """Whether anything that can be reached from `item` was written later."""
        return any((ref.idnum, ref.generation) in self._touched for ref in _reached(item, but, self.handler))


def _editing(then: _Content, now: _Content, revision: int) -> Iterator[Change]:
    yield from _changed_fields(then, now)
    if len(then.pages) != len(now.pages):
        yield Change("pages_added")
    for number, (old, new) in enumerate(zip(then.pages, now.pages, strict=False), 1):
        before, after = old.get_object(), new.get_object()
        moved = old.reference != new.reference and len(then.pages) == len(now.pages)
        if moved or _parts(before) != _parts(after) or now.touches(_shown(after)):
            yield Change("page_changed", str(number))
        if _notes(before, then) != _notes(after, now):
            yield Change("annotation_changed", str(number))
    if _parts(then.root, _UPKEEP) != _parts(now.root, _UPKEEP) or now.touches(_shown(now.root, _UPKEEP)):
        yield Change("other_changed")


def _changed_fields(then: _Content, now: _Content) -> Iterator[Change]:
    for name in sorted(then.fields.keys() | now.fields.keys()):
        old, new = then.fields.get(name), now.fields.get(name)
        if old is None or new is None:
            kind = _held(new if old is None else old, "/FT")  # type: ignore[arg-type]
            if kind != "/Sig" or new is None:
                yield Change("field_added", name)
        elif _held(old, "/FT") == "/Sig":
            if "/V" in old and _look(old, then) != _look(new, now):
                yield Change("picture_changed", name)
        elif _value(old) != _value(new) or _look(old, then) != _look(new, now):
            yield Change("field_filled" if _BLANK.fullmatch(_value(old)) else "field_changed", name)


def _pages_below(node: IndirectObject, depth: int = 0) -> Iterator[IndirectObject]:
    if depth > 64:
        raise RecursionError("tree of pages")
    kids = node.get_object().get("/Kids")
    if kids is None:
        yield node
        return
    for position in range(len(kids)):
        yield from _pages_below(kids.raw_get(position), depth + 1)


def _fields_below(fields: Any, prefix: str, depth: int = 0) -> Iterator[tuple[str, DictionaryObject]]:
    if depth > 32:
        raise RecursionError("tree of fields")
    for reference in fields:
        field = reference.get_object()
        name = f"{prefix}{_held(field, '/T') or ''}"
        yield name, field
        yield from _fields_below(_held(field, "/Kids") or (), f"{name}.", depth + 1)


def _parts(item: DictionaryObject, but: frozenset[str] = _UP | {"/Annots"}) -> dict[str, str]:
    """The entries of a dictionary as they are written, references as references."""
    return {str(key): repr(item.raw_get(key)) for key in item if key not in but}


def _shown(item: DictionaryObject, but: frozenset[str] = _UP | {"/Annots"}) -> DictionaryObject:
    """The same dictionary without these entries."""
    return DictionaryObject({key: item.raw_get(key) for key in item if key not in but})


def _notes(page: DictionaryObject, content: _Content) -> dict[str, str]:
    """Annotations of a page that belong to no form: where they stand, and what they are."""
    found = {}
    for number, note in enumerate(_held(page, "/Annots") or ()):
        item = note.get_object()
        if isinstance(item, DictionaryObject) and _held(item, "/Subtype") != "/Widget":
            found[repr(note) if isinstance(note, IndirectObject) else str(number)] = _digest(item, content)
    return found


def _reached(item: Any, but: frozenset[str], handler: PdfHandler) -> Iterator[Reference]:
    """References that can be followed from an object, but not upwards."""
    seen: set[tuple[int, int]] = set()
    waiting = [item]
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            ref = one.reference
            if (ref.idnum, ref.generation) not in seen:
                seen.add((ref.idnum, ref.generation))
                yield ref
                waiting.append(handler.get_object(ref))
        elif isinstance(one, DictionaryObject):
            waiting += [one.raw_get(key) for key in one if key not in but]
        elif isinstance(one, ArrayObject):
            waiting += [one.raw_get(position) for position in range(len(one))]


def _digest(item: Any, content: _Content) -> str:
    """A hash of an object with all that it refers to, but not upwards."""
    state = hashlib.sha256(_flat(item))
    for ref in _reached(item, _UP, content.handler):
        state.update(_flat(content.handler.get_object(ref)))
    return state.hexdigest()


def _flat(item: Any) -> bytes:
    if isinstance(item, DictionaryObject):
        text = repr(sorted(_parts(item, _UP).items())).encode()
        return text + (bytes(item.encoded_data) if isinstance(item, StreamObject) else b"")
    return repr(item).encode()


def _held(item: DictionaryObject, key: str) -> Any:
    """The value behind a key, references resolved in the item's own revision; None without it."""
    try:
        return item[key]  # `get` would not resolve the reference
    except KeyError:
        return None


def _value(field: DictionaryObject) -> str:
    value = _held(field, "/V")
    return "" if value is None else str(value)


def _look(field: DictionaryObject, content: _Content) -> str:
    return _digest(field.raw_get("/AP"), content) if "/AP" in field else ""
