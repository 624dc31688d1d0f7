"""RTF and plain text."""

import re
from pathlib import Path

from vanthu.reading.gate.sentences import refusal

_OBJECT = re.compile(rb"\\(?:objdata|objupdate|objautlink|objlink)\b")
_DATA_EXCHANGE = re.compile(rb"\\fldinst\b[^}]*\bDDE(?:AUTO)?\b")
_REMOTE_TEMPLATE = re.compile(rb"\\\*\s*\\template\b")
_LOOKS_ACTIVE = (
    b"<!doctype html",
    b"<html",
    b"<script",
    b"<?xml",
    b"<svg",
    b"mz",
    b"%pdf-",
    b"pk\x03\x04",
    b"#!",
)


def inspect_rtf(path: Path, kind: str) -> None:
    """Rich text without embedded objects; raises `Invalid`."""
    data = path.read_bytes()
    if not data.startswith(b"{\\rtf"):
        raise refusal("file_content", kind=kind)
    if not data.rstrip(b"\0\r\n\t ").endswith(b"}"):
        raise refusal("file_truncated", kind=kind)
    if _OBJECT.search(data):
        raise refusal("embedded_program", kind=kind, inside="đối tượng nhúng")
    if _REMOTE_TEMPLATE.search(data) or _DATA_EXCHANGE.search(data):
        raise refusal("outside_links", kind=kind)


def inspect_txt(path: Path, kind: str) -> None:
    """Text in UTF-8 or UTF-16 that no browser would take for a page; raises `Invalid`."""
    data = path.read_bytes()
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise refusal("file_content", kind=kind) from error
    if "\0" in text or text.lstrip().lower().encode().startswith(_LOOKS_ACTIVE):
        raise refusal("file_content", kind=kind)
