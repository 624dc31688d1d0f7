"""Packets with an attachment of a given size, each another document, and a transport that gives them from a folder."""

import io
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

import pikepdf

from vanthu.exchange.dialects import writing
from vanthu.exchange.dialects.packets import Document, Party
from vanthu.exchange.dialects.writing import Enclosed
from vanthu.exchange.transports.base import AgencyRow, Listed, SentTo

OFFICE = "E98.01"
SENDER = Party("H98", name="Ủy ban nhân dân tỉnh thử nghiệm")


@dataclass(frozen=True, slots=True)
class Packets:
    """A folder of packets, named by their docId, which a connection lists and gives."""

    folder: Path

    def received(self, kind: str, since: datetime | None) -> Iterable[Listed]:
        names = sorted(one.name for one in self.folder.iterdir()) if kind == "edoc" else []
        return [Listed(name, kind, to_code=OFFICE) for name in names]

    def fetch(self, doc_id: str, target: BinaryIO, *, most: int) -> None:
        with (self.folder / doc_id).open("rb") as source:
            while chunk := source.read(256 << 10):
                target.write(chunk)

    def tell(self, doc_id: str, status: str, note: str = "") -> None:
        """Nobody hears it."""

    def send(self, packet: Path, *, kind: str, from_code: str, to_codes: Sequence[str]) -> str:
        return packet.name

    def sent(self, doc_id: str = "", *, since: datetime | None = None) -> Sequence[SentTo]:
        return []

    def agencies(self, since_version: int = 0) -> Iterator[AgencyRow]:
        return iter(())


def make(folder: Path, number: int, size: int, run: str) -> Path:
    """One packet with a PDF of about so many bytes that no compression makes smaller; returns where it lies."""
    paper = folder.parent / "paper.pdf"
    paper.write_bytes(_pdf(size))
    day = date(2026, 11, 20)
    document = Document(
        sender=SENDER,
        recipients=(Party(OFFICE),),
        document_id=f"{SENDER.organ_id},{run},{number}/UBND",
        number=str(number),
        notation=f"UBND-{run.upper()}",
        subject=f"Về việc phối hợp kiểm tra công tác tạm giữ, tạm giam, lần {number}",
        issued_on=day,
        type_name="Công văn",
        signer_name="Nguyễn Văn A",
        signer_position="Chủ tịch",
    )
    place = folder / f"{run}{number:08d}"
    with place.open("wb") as target:
        writing.write(document, target, [Enclosed(paper, f"{number}.pdf")])
    return place


def _pdf(size: int) -> bytes:
    """A page with an image of noise, as a scan is for who stores it."""
    content = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(595, 842))
        image = pikepdf.Stream(made, os.urandom(size - 1200))
        image.update(
            {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 1, "/Height": 1,
             "/ColorSpace": pikepdf.Name.DeviceGray, "/BitsPerComponent": 8}
        )  # fmt: skip
        made.pages[0].Resources = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary(Im0=made.make_indirect(image))
        )
        made.save(content)
    return content.getvalue()
