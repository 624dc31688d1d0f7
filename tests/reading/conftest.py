"""Small files made on the spot: a clean one of every type, and pieces to spoil them with."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from docx import Document
from openpyxl import Workbook
from PIL import Image
from weasyprint import HTML

type Put = Callable[[str, bytes], Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Write bytes to a file of this name."""

    def write(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def pdf_of(body: str, style: str = "") -> bytes:
    """A PDF of an HTML body, A4, Times."""
    css = "@page{size:A4;margin:20mm} body{font:14pt Tinos,'Times New Roman',serif}" + style
    return HTML(string=f"<style>{css}</style>{body}").write_pdf()


@pytest.fixture(scope="session")
def clean_pdf() -> bytes:
    link = '<a style="color:black" href="https://vksndtc.gov.vn">trang thông tin</a>'
    return pdf_of(f"<p>Kế hoạch công tác quý IV, xem {link}</p><p style='break-before:page'>Trang hai</p>")


@pytest.fixture(scope="session")
def clean_docx() -> bytes:
    document = Document()
    document.add_paragraph("Kế hoạch công tác quý IV")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="session")
def clean_xlsx() -> bytes:
    book = Workbook()
    book.active["A1"] = "Số đến"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="session")
def clean_odt() -> bytes:
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": b"<office:document-content/>",
            "META-INF/manifest.xml": b"<manifest:manifest/>",
        }
    )


def spoiled(data: bytes, spoil: Callable[[pikepdf.Pdf], object], **save: object) -> bytes:
    """The PDF after `spoil` did something to it."""
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        spoil(pdf)
        pdf.save(stream, **save)
    return stream.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    """A ZIP of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def with_parts(data: bytes, parts: dict[str, bytes]) -> bytes:
    """The ZIP with these parts added or replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    return zipped(kept | parts)


def picture(image_format: str, size: tuple[int, int] = (200, 300)) -> bytes:
    """A picture of noise, so that half of its bytes are half of its rows."""
    image = Image.effect_noise(size, 80).convert("RGB")
    stream = io.BytesIO()
    image.save(stream, image_format)
    return stream.getvalue()


def compound(*names: str, sectors: int = 8, stream: bytes = b"") -> bytes:
    """An OLE compound file as far as the gate looks: header, one stream in sector 1, a directory of these names."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[0x1E:0x20] = (9).to_bytes(2, "little")
    header[0x30:0x34] = (2).to_bytes(4, "little")
    header[0x4C:0x50] = (sectors - 1).to_bytes(4, "little")
    for place in range(0x50, 512, 4):
        header[place : place + 4] = b"\xff\xff\xff\xff"
    directory = b"".join(f"{name}\0".encode("utf-16-le").ljust(128, b"\0") for name in names)
    body = bytes(512) + stream.ljust(512, b"\0") + directory
    return bytes(header) + body.ljust(sectors * 512, b"\0")
