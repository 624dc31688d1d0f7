"""The parts of a DOCX as trees; what is not touched is written back byte for byte."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree

from vanthu.kernel.refusals import Invalid

if TYPE_CHECKING:
    from pathlib import Path

MAIN = "word/document.xml"
_MOST_PART = 30 << 20  # bytes of one part
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"

_BROKEN = "Tệp DOCX hỏng nên không kiểm tra được thể thức. Mở tệp bằng Word, lưu lại rồi thử lại."


def w(name: str) -> str:
    """The qualified name of a WordprocessingML element or attribute."""
    return f"{{{WORD}}}{name}"


def r(name: str) -> str:
    """The qualified name of an attribute that names a relationship."""
    return f"{{{_OFFICE}}}{name}"


class Package:
    """An opened DOCX. Raises `Invalid` for what is broken."""

    def __init__(self, path: Path) -> None:
        self._trees: dict[str, etree._Element] = {}
        self._added: dict[str, bytes] = {}
        try:
            with zipfile.ZipFile(path) as archive:
                self._infos = [one for one in archive.infolist() if not one.is_dir()]
                self._data = {one.filename: self._bytes(archive, one) for one in self._infos}
        except (
            zipfile.BadZipFile,
            OSError,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise Invalid(_BROKEN, code="file_broken") from error
        if MAIN not in self._data:
            raise Invalid(_BROKEN, code="file_broken")
        self.body = self._body()

    @staticmethod
    def _bytes(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> bytes:
        with archive.open(one) as stream:
            data = stream.read(_MOST_PART + 1)
        if len(data) > _MOST_PART:
            raise Invalid(
                "Tệp DOCX có phần quá lớn để kiểm tra thể thức. Nén ảnh trong tệp rồi thử lại.",
                code="file_too_heavy",
            )
        return data

    def _body(self) -> etree._Element:
        root = self.tree(MAIN)
        body = None if root is None else root.find(w("body"))
        if body is None:
            raise Invalid(_BROKEN, code="file_broken")
        return body

    def tree(self, name: str) -> etree._Element | None:
        """The root of a part, always the same one; None where there is no such part."""
        if name not in self._trees:
            data = self._data.get(name)
            if data is None:
                return None
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
            try:
                self._trees[name] = etree.fromstring(data, parser)
            except etree.XMLSyntaxError as error:
                raise Invalid(_BROKEN, code="file_broken") from error
        return self._trees[name]

    def related(self, key: str) -> str:
        """The part that a relationship of the main part points to, "" for none."""
        for one in self._relationships():
            if one.get("Id") == key and one.get("TargetMode") != "External":
                return posixpath.normpath(posixpath.join("word", one.get("Target", ""))).lstrip("/")
        return ""

    def _relationships(self) -> list[etree._Element]:
        root = self.tree("word/_rels/document.xml.rels")
        return [] if root is None else list(root)

    def add_header(self, root: etree._Element) -> str:
        """Add a page header; returns the key of its relationship."""
        number = 1
        while f"word/header{number}.xml" in self._data or f"word/header{number}.xml" in self._added:
            number += 1
        name = f"word/header{number}.xml"
        self._added[name] = b""
        self._trees[name] = root
        rels, types = self.tree("word/_rels/document.xml.rels"), self.tree("[Content_Types].xml")
        if rels is None or types is None:
            raise Invalid(_BROKEN, code="file_broken")
        known = {one.get("Id") for one in rels}
        key = next(f"rIdForm{index}" for index in range(1, 10_000) if f"rIdForm{index}" not in known)
        etree.SubElement(
            rels,
            f"{{{_RELATIONSHIPS}}}Relationship",
            Id=key,
            Type=f"{_OFFICE}/header",
            Target=f"header{number}.xml",
        )
        etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=_HEADER_TYPE)
        return key

    def saved(self) -> bytes:
        """The DOCX with what was changed; untouched parts as they were."""
        target = BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for info in self._infos:
                archive.writestr(self._copied(info), self._current(info.filename))
            for name in self._added:
                archive.writestr(name, self._current(name))
        return target.getvalue()

    @staticmethod
    def _copied(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
        made = zipfile.ZipInfo(info.filename, info.date_time)
        made.compress_type, made.external_attr = zipfile.ZIP_DEFLATED, info.external_attr
        return made

    def _current(self, name: str) -> bytes:
        root = self._trees.get(name)
        if root is None:
            return self._data[name]
        written: bytes = etree.tostring(
            root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
        )
        return written
