"""A packet as a tree of names and texts, whatever its namespaces; contents of attachments go to files as they come.

Nothing is fetched, no DTD and no entity is read, and everything has a limit, so that a packet of 200 MB costs no more
memory than one of 2 kB. Expat is asked without namespaces: packets with unbound prefixes are met in the wild.
"""

from __future__ import annotations

import binascii
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from vanthu.kernel.refusals import Invalid

_CHUNK = 256 << 10
_PREAMBLE = 64 << 10  # bytes in which a packet has to begin
_BLANKS = b" \t\r\n"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one packet may have: bytes, or numbers of things."""

    packet: int = 700 << 20
    attachment: int = 500 << 20
    attachments: int = 500
    texts: int = 4 << 20  # letters outside attachments
    nodes: int = 50_000
    depth: int = 40
    ratio: int = 200  # times that a packed attachment may grow, once it is large


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Content:
    """What stood in an attachment, decoded. `problem` is a clause when it was not base64 to its end."""

    path: Path
    size: int
    sha256: str
    problem: str = ""


@dataclass(slots=True)
class Node:
    """One element: its name without prefix, the line of its start, its text without blanks around."""

    name: str
    line: int
    text: str = ""
    children: list[Node] = field(default_factory=list)
    content: Content | None = None

    def all(self, name: str) -> list[Node]:
        """The children of this name."""
        return [one for one in self.children if one.name == name]

    def first(self, *path: str) -> Node | None:
        """The first node along a path of names; a child that carries its parent's name is looked into."""
        here: Node | None = self
        for name in path:
            here = next((one for one in here.children if one.name == name), None) if here else None
            if here is not None:
                here = next((one for one in here.children if one.name == name), here)
        return here

    def value(self, *path: str) -> str:
        """The text along a path, "" where there is none."""
        found = self.first(*path)
        return found.text if found else ""

    def walk(self) -> Iterator[Node]:
        """This node and all below it."""
        yield self
        for one in self.children:
            yield from one.walk()


@dataclass(frozen=True, slots=True)
class Scanned:
    """The tree of a packet, and what had to be mended to read it, in clauses."""

    root: Node
    repairs: tuple[str, ...]


def unreadable(cause: str, line: int = 0) -> Invalid:
    """The refusal of a packet that cannot be read."""
    place = f" ở dòng {line}" if line else ""
    return Invalid(
        f"Gói tin không đọc được{place}: {cause}. Đề nghị nơi gửi gửi lại gói tin đúng mẫu.",
        code="packet_unreadable",
    )


def scan(stream: BinaryIO, folder: Path, limits: Limits = LIMITS) -> Scanned:
    """Read a packet; contents of attachments become files in `folder`. Raises `Invalid` with cause and line."""
    head = stream.read(_PREAMBLE)
    start = _start_of(head)
    scanner = _Scanner(folder, limits)
    if start:
        scanner.skipped_lines = head[:start].count(b"\n")
        scanner.repairs.append("đã bỏ phần thừa trước khai báo XML")
    scanner.feed(head[start:])
    while chunk := stream.read(_CHUNK):
        scanner.feed(chunk)
    return scanner.finish()


def _start_of(head: bytes) -> int:
    """Where the XML begins; 0 also for what begins with a byte order mark."""
    if not head.strip():
        raise unreadable("tệp rỗng")
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return 0
    if head.startswith(b"PK\x03\x04"):
        raise unreadable("đây là tệp nén ZIP, không phải gói tin edXML; giải nén rồi đọc lại")
    start = head.find(b"<")
    if start < 0:
        raise unreadable("đây không phải tệp XML")
    return start if head[:start].strip() else 0


class _Scanner:
    """Feeds expat and builds the tree."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder, self.limits = folder, limits
        self.repairs: list[str] = []
        self.skipped_lines = 0
        self.root: Node | None = None
        self._stack: list[Node] = []
        self._texts: list[list[str]] = []
        self._sink: _Sink | None = None
        self._read = self._nodes = self._letters = self._files = 0
        self._closed = False
        parser = self._parser = expat.ParserCreate()
        parser.buffer_text, parser.buffer_size = True, _CHUNK
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype

    @property
    def line(self) -> int:
        return self._parser.CurrentLineNumber + self.skipped_lines

    def feed(self, data: bytes) -> None:
        self._read += len(data)
        if self._read > self.limits.packet:
            raise unreadable(f"gói tin lớn hơn {self.limits.packet >> 20} MB")
        if self._closed:
            self._say_tail(data)
            return
        try:
            self._parser.Parse(data, False)
        except expat.ExpatError as error:
            if not self._closed:
                raise self._broken(error) from error
            self._say_tail(b"?")

    def _say_tail(self, data: bytes) -> None:
        words = "đã bỏ phần thừa sau gói tin"
        if data.strip(_BLANKS + b"\x00") and words not in self.repairs:
            self.repairs.append(words)

    def finish(self) -> Scanned:
        if not self._closed:
            try:
                self._parser.Parse(b"", True)
            except expat.ExpatError as error:
                raise self._broken(error) from error
        if self.root is None:
            raise unreadable("không có thẻ nào")
        return Scanned(self.root, tuple(self.repairs))

    def _broken(self, error: expat.ExpatError) -> Invalid:
        words = expat.ErrorString(error.code) or ""
        cause = _CAUSES.get(words, f"XML sai ({words})")
        if self._stack and words in _OPEN:
            cause = f"{cause}; thẻ đang mở: {self._stack[-1].name} (từ dòng {self._stack[-1].line})"
        return unreadable(cause, error.lineno + self.skipped_lines)

    def _doctype(self, *_: object) -> None:
        raise unreadable("có khai báo DOCTYPE, không được phép trong gói tin", self.line)

    def _start(self, name: str, _: dict[str, str]) -> None:
        self._nodes += 1
        if self._nodes > self.limits.nodes or len(self._stack) >= self.limits.depth:
            raise unreadable("quá nhiều thẻ hoặc thẻ lồng quá sâu", self.line)
        if self._sink is not None:
            raise unreadable("nội dung tệp đính kèm có thẻ bên trong", self.line)
        node = Node(name.rpartition(":")[2], self.line)
        if self._stack:
            self._stack[-1].children.append(node)
        elif self.root is None:
            self.root = node
        if node.name in _CONTENTS and self._stack and self._stack[-1].name == "Attachment":
            self._files += 1
            if self._files > self.limits.attachments:
                raise unreadable(f"có hơn {self.limits.attachments} tệp đính kèm", self.line)
            self._sink = _Sink(self.folder / f"{self._files}.part", self.limits.attachment)
        self._stack.append(node)
        self._texts.append([])

    def _text(self, data: str) -> None:
        if self._sink is not None:
            self._sink.feed(data)
            return
        self._letters += len(data)
        if self._letters > self.limits.texts:
            raise unreadable("phần thông tin dài bất thường", self.line)
        self._texts[-1].append(data)

    def _end(self, _: str) -> None:
        node = self._stack.pop()
        node.text = "".join(self._texts.pop()).strip()
        if self._sink is not None:
            node.content, self._sink = self._sink.close(), None
        self._closed = not self._stack


_CONTENTS = ("ContentTransferEncoded", "Content")
_OPEN = ("mismatched tag", "no element found", "unclosed token")
_CAUSES = {
    "mismatched tag": "thẻ đóng không khớp thẻ mở",
    "no element found": "gói tin bị cắt cụt",
    "unclosed token": "gói tin bị cắt cụt giữa một thẻ",
    "unclosed CDATA section": "gói tin bị cắt cụt trong phần CDATA",
    "partial character": "gói tin bị cắt cụt giữa một chữ",
    "not well-formed (invalid token)": "có ký tự không hợp lệ hoặc không phải UTF-8",
    "undefined entity": "dùng thực thể không được phép",
    "unknown encoding": "bảng mã khai báo không dùng được, phải là UTF-8",
    "encoding specified in XML declaration is incorrect": "bảng mã khai báo không đúng với nội dung, phải là UTF-8",
    "duplicate attribute": "một thuộc tính ghi hai lần",
    "XML or text declaration not at start of entity": "khai báo XML không đứng đầu",
}


class _Sink:
    """Base64 text that becomes a file."""

    def __init__(self, path: Path, most: int) -> None:
        self.path, self._most = path, most
        self._file = path.open("wb")
        self._hash = hashlib.sha256()
        self._left = b""
        self._size = 0
        self._problem = ""

    def feed(self, text: str) -> None:
        if self._problem:
            return
        data = self._left + text.encode("ascii", "replace")
        plain = None if len(data) % 4 else _plain(data)
        if plain is None:  # line ends, or a group of four that is cut in two
            data = data.translate(None, _BLANKS)
            whole = len(data) - len(data) % 4
            data, self._left = data[:whole], data[whole:]
            plain = _plain(data)
        else:
            self._left = b""
        self._keep(plain)

    def _keep(self, plain: bytes | None) -> None:
        if plain is None:
            self._problem = "nội dung không phải base64"
            return
        self._size += len(plain)
        if self._size > self._most:
            raise unreadable(f"một tệp đính kèm lớn hơn {self._most >> 20} MB")
        self._hash.update(plain)
        self._file.write(plain)

    def close(self) -> Content:
        if self._left and not self._problem:
            self._keep(_plain(self._left.ljust(4, b"=")))
        self._file.close()
        if not self._size and not self._problem:
            self._problem = "tệp rỗng"
        return Content(self.path, self._size, self._hash.hexdigest(), self._problem)


def _plain(data: bytes) -> bytes | None:
    """What base64 without blanks says, or None."""
    try:
        return binascii.a2b_base64(data, strict_mode=True)
    except binascii.Error:
        return None
