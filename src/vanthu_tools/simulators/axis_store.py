"""What a stand-in of the axis holds: systems that are registered, their bodies, packets and who has taken them."""

from __future__ import annotations

import shutil
import threading
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from lxml import etree

_MONGO = 24  # hexadecimal digits of an id, as the axis makes them
_HERE = ZoneInfo("Asia/Ho_Chi_Minh")
_HELD = ("initial", "processing")


def local_time() -> datetime:
    """The clock of the axis, which writes times without a zone."""
    return datetime.now(_HERE)


class RefusalError(Exception):
    """What the axis answers to a call that it does not do: its code and text."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code, self.text = code, text


@dataclass
class System:
    """A registered system and the bodies that it speaks for."""

    name: str
    secret: str
    codes: set[str]


@dataclass
class Item:
    """One packet for one receiver; `sender_id` is the same for all receivers of an upload."""

    sender_id: str
    kind: str
    from_code: str
    to_code: str
    path: Path
    symbol: str = ""
    title: str = ""
    status: str = "initial"
    note: str = ""
    doc_id: str = field(default_factory=lambda: uuid4().hex[:_MONGO])
    at: datetime = field(default_factory=local_time)
    taken_at: datetime | None = None
    told: list[str] = field(default_factory=list)


class Store:
    """All of it, in memory; packets lie in `folder`, or in one that goes with `close`."""

    def __init__(self, folder: Path | None = None) -> None:
        self._own = folder is None
        self.folder = folder or Path(mkdtemp(prefix="axis-"))
        self.folder.mkdir(parents=True, exist_ok=True)
        self.systems: dict[str, System] = {}
        self.agencies: dict[str, dict[str, Any]] = {}
        self.items: dict[str, Item] = {}
        self.uploads = 0
        self.lock = threading.RLock()

    def close(self) -> None:
        if self._own:
            shutil.rmtree(self.folder, ignore_errors=True)

    def add(self, system: str, secret: str, codes: dict[str, str]) -> None:
        """Register a system with the codes and names of its bodies."""
        self.systems[system] = System(system, secret, {one.casefold() for one in codes})
        for code, name in codes.items():
            self.enter(code, name)

    def enter(self, code: str, name: str, *, above: str = "", old: str = "", mail: str = "") -> None:
        """Enter or correct a body of the list."""
        with self.lock:
            version = 1 + max((one["version"] for one in self.agencies.values()), default=0)
            self.agencies[code] = {
                "id": code, "pid": above, "code": code, "name": name, "mail": mail, "oldCode": old,
                "version": version, "deleted": False, "isAgency": True,
            }  # fmt: skip

    def strike(self, code: str) -> None:
        """Take a body off the list."""
        with self.lock:
            if code not in self.agencies:
                raise RefusalError("18", f"Khong co don vi {code}")
            version = 1 + max(one["version"] for one in self.agencies.values())
            self.agencies[code] |= {"deleted": True, "version": version}

    def fill(self, number: int) -> None:
        """Bodies of provinces, that many."""
        for place in range(number):
            code = f"H{place % 63 + 1:02}.{place // 63 + 1}"
            self.agencies[code] = {
                "id": code, "pid": code[:3], "code": code, "name": f"Cơ quan thử số {place}", "mail": "",
                "oldCode": f"000.00.{place // 63 + 1}.{code[:3]}", "version": place + 1, "deleted": False,
                "isAgency": True,
            }  # fmt: skip

    def take(self, system: System, packet: Path, kind: str, from_code: str, to: list[str] | None) -> str:
        """Keep an uploaded packet for each receiver; returns the sender's id of it."""
        if from_code.casefold() not in system.codes:
            raise RefusalError("19", f"Don vi gui {from_code} khong dung voi ma da dang ky: {system.name}")
        said = _read(packet, kind)
        receivers = [one for one in said["to"] if to is None or one in to] if said["to"] else to or []
        sender_id = uuid4().hex[:_MONGO]
        with self.lock:
            for code in receivers:
                if self._of(code) is None:
                    raise RefusalError("18", f"Don vi nhan {code} khong ton tai")
            kept = self.folder / f"{sender_id}.edxml"
            shutil.move(packet, kept)
            self.uploads += 1
            for code in receivers:
                item = Item(sender_id, kind, from_code, code, kept, said["symbol"], said["title"])
                self.items[item.doc_id] = item
        return sender_id

    def _of(self, code: str) -> System | None:
        return next((one for one in self.systems.values() if code.casefold() in one.codes), None)

    def waiting(self, system: System, kind: str) -> list[Item]:
        """Packets that a system has not said to have or to refuse, oldest first."""
        with self.lock:
            return [
                one
                for one in self.items.values()
                if one.kind == kind and one.status in _HELD and one.to_code.casefold() in system.codes
            ]

    def item(self, system: System, doc_id: str) -> Item:
        found = self.items.get(doc_id)
        if found is None or found.to_code.casefold() not in system.codes:
            raise RefusalError("21", f"Khong co van ban {doc_id}")
        return found

    def tell(self, system: System, doc_id: str, status: str, note: str) -> None:
        """Set the transport status of a packet; what is done stays done."""
        item = self.item(system, doc_id)
        if status not in ("initial", "processing", "done", "fail"):
            raise RefusalError("10", f"Trang thai {status} khong dung")
        with self.lock:
            item.told.append(status)
            if item.status in _HELD:
                item.status, item.note, item.taken_at = status, note, local_time()

    def sent(self, system: System, doc_id: str) -> list[Item]:
        """The packets of a system, of one upload or all."""
        with self.lock:
            return [
                one
                for one in self.items.values()
                if one.from_code.casefold() in system.codes and doc_id in ("", one.sender_id)
            ]


def _read(packet: Path, kind: str) -> dict[str, Any]:
    """Receivers, symbol and title from the header of a packet. What is no packet is refused as the axis does."""
    header = None
    try:
        for _, node in etree.iterparse(packet, events=("end",), huge_tree=True, resolve_entities=False):
            if etree.QName(node).localname == "MessageHeader":
                header = node
                break
    except etree.XMLSyntaxError as error:
        raise RefusalError("10", str(error)[:200]) from error
    if header is None:
        raise RefusalError("22", "(1, 40)")
    root = header.getroottree().getroot()
    if etree.QName(root).namespace != "http://www.mic.gov.vn/TBT/QCVN_102_2016":
        raise RefusalError("22", "(1, 40)")

    def texts(*path: str) -> list[str]:
        way = "/".join(f"*[local-name()='{one}']" for one in path)
        return [(one.text or "").strip() for one in header.xpath(way)]

    if kind == "status":
        symbol, to = texts("ResponseFor", "Code"), texts("ResponseFor", "OrganId")
    else:
        symbol = ["/".join(texts("Code", "CodeNumber") + texts("Code", "CodeNotation"))]
        to = texts("To", "OrganId")
    return {"to": to, "symbol": "".join(symbol[:1]), "title": "".join(texts("Subject")[:1])}
