"""A folder that two installations share, or that somebody carries: `in/` for us, `out/` from us.

A packet is `<id>.edxml`, and beside it `<id>.json` {doc_id, kind, from, to, status, …}, which is put there last:
what has no second file has not come whole. The other side moves a packet from our `out/` to its `in/`, or calls the
same folder with `"swap": true`, so that its `in/` is our `out/`. Names that lead out of the folder are not followed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from django.utils import timezone

from vanthu.exchange.transports.base import AgencyRow, Listed, SentTo, TransportError, Wire
from vanthu.exchange.transports.inside_json import write_plain
from vanthu.exchange.transports.vxp_lists import agency_rows, moment, text

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_SLIP = 1 << 20  # bytes of a slip
_LIST = 64 << 20  # and of `agencies.json`
_CHUNK = 256 * 1024


class FolderTransport:
    """Packets lie as files; the status of a packet is in its slip."""

    def __init__(self, wire: Wire) -> None:
        self._root = Path(wire.endpoint)
        if not self._root.is_absolute():
            raise TransportError(
                "Ghi đường dẫn đầy đủ của thư mục trao đổi, bắt đầu bằng dấu /.", permanent=True
            )
        if not self._root.is_dir():
            raise TransportError(
                "Không mở được thư mục trao đổi. Kiểm tra đường dẫn và quyền của máy chủ trong phần Liên thông."
            )
        coming, going = ("out", "in") if wire.options.get("swap") else ("in", "out")
        self._in, self._out = self._folder(coming), self._folder(going)

    def received(self, kind: str, since: datetime | None) -> Iterator[Listed]:
        for slip in self._slips(self._in):
            if slip.get("kind") == kind and slip.get("status") not in ("done", "fail"):
                yield Listed(
                    text(slip, "doc_id"),
                    kind,
                    text(slip, "from"),
                    ", ".join(_codes(slip))[:60],
                    moment(slip.get("at")),
                    text(slip, "status"),
                )

    def fetch(self, doc_id: str, target: BinaryIO, *, most: int) -> None:
        with self._opened(self._in / f"{_safe(doc_id)}.edxml") as stream:
            write_plain(iter(lambda: stream.read(_CHUNK), b""), target, most=most)

    def send(self, packet: Path, *, kind: str, from_code: str, to_codes: Sequence[str]) -> str:
        doc_id = uuid4().hex
        place = self._out / f"{doc_id}.edxml"
        try:
            shutil.copyfile(packet, place.with_suffix(".part"))
            _settled(place.with_suffix(".part"), place)
            slip = {
                "doc_id": doc_id,
                "kind": kind,
                "from": from_code,
                "to": list(to_codes),
                "status": "initial",
            }
            self._write(self._out, slip | {"at": f"{timezone.localtime():%Y-%m-%d %H:%M:%S}"})
        except OSError as error:
            raise TransportError(
                "Không ghi được vào thư mục trao đổi. Kiểm tra dung lượng và quyền ghi; hệ thống sẽ thử lại."
            ) from error
        return doc_id

    def tell(self, doc_id: str, status: str, note: str = "") -> None:
        slip = self._slip(self._in / f"{_safe(doc_id)}.json")
        told = {"status": status, "note": note, "told_at": f"{timezone.localtime():%Y-%m-%d %H:%M:%S}"}
        try:
            self._write(self._in, slip | told)
        except OSError as error:
            raise TransportError(
                "Không ghi được vào thư mục trao đổi. Kiểm tra quyền ghi; hệ thống sẽ thử lại."
            ) from error

    def sent(self, doc_id: str = "", *, since: datetime | None = None) -> Sequence[SentTo]:
        found = []
        for slip in self._slips(self._out):
            at = moment(slip.get("at"))
            if (doc_id and text(slip, "doc_id") != doc_id) or (since and at and at < since):
                continue
            found += [
                SentTo(
                    doc_id=text(slip, "doc_id"),
                    to_code=code,
                    status=text(slip, "status"),
                    note=text(slip, "note"),
                    sent_at=at,
                    received_at=moment(slip.get("told_at")),
                )
                for code in _codes(slip)
            ]
        return found

    def agencies(self, since_version: int = 0) -> Iterator[AgencyRow]:
        """The bodies in `agencies.json`, a list as the axis gives it; none where there is no such file."""
        path = self._root / "agencies.json"
        if not path.exists():
            return iter(())
        rows = [one for one in self._json(path, _LIST) if isinstance(one, dict)]
        return agency_rows(rows, rows, rows, since_version)

    def _folder(self, name: str) -> Path:
        place = self._root / name
        try:
            place.mkdir(exist_ok=True)
        except OSError as error:
            raise TransportError(
                "Không ghi được vào thư mục trao đổi. Kiểm tra quyền của máy chủ."
            ) from error
        if place.is_symlink():
            raise TransportError("Thư mục trao đổi dẫn ra nơi khác. Báo quản trị hệ thống.", permanent=True)
        return place

    def _slips(self, folder: Path) -> Iterator[dict[str, Any]]:
        """The slips of a folder, oldest first; what is none is passed over."""
        found = []
        for path in folder.glob("*.json"):
            try:
                slip = self._slip(path)
            except TransportError:
                continue
            if text(slip, "doc_id") == path.stem:
                found.append(slip)
        yield from sorted(found, key=lambda one: (text(one, "at"), text(one, "doc_id")))

    def _slip(self, path: Path) -> dict[str, Any]:
        slip = self._json(path, _SLIP)
        if not isinstance(slip, dict):
            raise TransportError("Phiếu của gói tin không đọc được. Kiểm tra thư mục trao đổi.")
        return slip

    def _json(self, path: Path, most: int) -> Any:
        with self._opened(path) as stream:
            content = stream.read(most)
        try:
            return json.loads(content)
        except ValueError as error:
            raise TransportError("Phiếu của gói tin không đọc được. Kiểm tra thư mục trao đổi.") from error

    def _opened(self, path: Path) -> BinaryIO:
        """A file of the folder itself: links are not followed."""
        try:
            return os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb")
        except OSError as error:
            raise TransportError(
                "Gói tin không còn trong thư mục trao đổi. Đề nghị bên gửi gửi lại."
            ) from error

    def _write(self, folder: Path, slip: dict[str, Any]) -> None:
        place = folder / f"{_safe(text(slip, 'doc_id'))}.json"
        part = folder / f"{place.stem}.{uuid4().hex}.part"
        part.write_text(json.dumps(slip, ensure_ascii=False, indent=1), "utf-8")
        _settled(part, place)


def _settled(part: Path, place: Path) -> None:
    """Bring a file under its name when its bytes are on the disk."""
    with part.open("rb") as stream:
        os.fsync(stream.fileno())
    part.replace(place)


def _safe(doc_id: str) -> str:
    """The id as the name of a file. Raises `TransportError` for one that is none."""
    if not _NAME.fullmatch(doc_id) or ".." in doc_id:
        raise TransportError("Mã gói tin không hợp lệ. Kiểm tra thư mục trao đổi.", permanent=True)
    return doc_id


def _codes(slip: dict[str, Any]) -> list[str]:
    to = slip.get("to")
    return [str(one) for one in to] if isinstance(to, list) else [str(to)] if to else []
