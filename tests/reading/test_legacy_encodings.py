"""Text in fonts of before Unicode is read as what it shows."""

import subprocess
from pathlib import Path

import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn

from vanthu.reading import layer, office_text
from vanthu.reading.legacy_encodings import converted

LOWER = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"


def in_vn3(text: str) -> str:
    """As Windows shows TCVN3; the table is the C library's, not ours."""
    done = subprocess.run(["iconv", "-t", "TCVN5712-1"], input=text.encode(), capture_output=True, check=True)
    return done.stdout.decode("latin-1")


def test_every_letter_of_tcvn3() -> None:
    assert converted(in_vn3(LOWER), ".VnTime") == LOWER
    assert converted(in_vn3(LOWER), "ABCDEF+.VnTimeH,Bold") == LOWER.upper()
    assert converted(in_vn3("ĂÂÊÔƠƯĐ"), ".VnArial") == "ĂÂÊÔƠƯĐ"
    assert converted("kt. vien", ".VnTimeH") == "KT. VIEN"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Tieáng Vieät raát hay", "Tiếng Việt rất hay"),
        ("VIEÄN KIEÅM SAÙT NHAÂN DAÂN", "VIỆN KIỂM SÁT NHÂN DÂN"),
        ("Ñöôøng Nguyeãn Hueä, phöôøng Myõ Quyù", "Đường Nguyễn Huệ, phường Mỹ Quý"),
        ("taëng thöôûng, kyû luaät, laõnh ñaïo, lòch söû", "tặng thưởng, kỷ luật, lãnh đạo, lịch sử"),
        (
            "traéng, baèng, laúng, nguõ, sôïi, vónh, æ, kì, YÙ, Yeân",
            "trắng, bằng, lẳng, ngũ, sợi, vĩnh, ỉ, kì, Ý, Yên",
        ),
    ],
)
def test_vni(written: str, shown: str) -> None:
    assert converted(written, "VNI-Times") == shown


def test_only_the_font_tells_and_unicode_stays() -> None:
    assert converted("TiÕng ViÖt", "Times New Roman") == "TiÕng ViÖt"
    assert converted("Tiếng Việt", ".VnTime") == "Tiếng Việt"


def test_a_word_file_with_runs_in_both(tmp_path: Path) -> None:
    document = Document()
    style = document.styles.add_style("Cu", 1)
    style.font.name = ".VnTime"
    document.add_paragraph(in_vn3("về việc kiểm tra"), style="Cu").add_run(
        " năm 2026"
    ).font.name = "Times New Roman"
    head = document.add_paragraph().add_run(in_vn3("viện kiểm sát"))
    head.font.name = ".VnTimeH"
    head._r.rPr.rFonts.set(qn("w:hAnsi"), ".VnTimeH")
    document.save(str(tmp_path / "cu.docx"))
    assert office_text.lines(tmp_path / "cu.docx", "cu.docx") == [
        "về việc kiểm tra năm 2026",
        "VIỆN KIỂM SÁT",
    ]


def test_a_pdf_with_a_font_of_tcvn3(tmp_path: Path) -> None:
    text = in_vn3("Quyết định khởi tố bị can")
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        font = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, BaseFont=pikepdf.Name("/.VnTime"),
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
        )  # fmt: skip
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = pdf.make_stream(b"BT /F1 14 Tf 72 700 Td (" + text.encode("latin-1") + b") Tj ET")
        pdf.save(tmp_path / "cu.pdf")
    (read,) = layer.pages(tmp_path / "cu.pdf")
    assert read.text == "Quyết định khởi tố bị can"
