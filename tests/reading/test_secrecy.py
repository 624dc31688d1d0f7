"""A stamp of a state secret stops the file; the same words inside a sentence do not."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from tests.reading.conftest import Put, pdf_of
from vanthu.kernel.refusals import Invalid
from vanthu.reading.secrecy import SENTENCE, check, mark_of, mark_on, refuse_secret

HEAD = "<p style='text-align:right'><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b></p><p>Số: 12/KH-VKS</p>"


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("MẬT", "MẬT"),
        (" M Ậ T ", "MẬT"),
        ("TỐI MẬT", "TỐI MẬT"),
        ("T U Y Ệ T   M Ậ T", "TUYỆT MẬT"),
        ("[TỐI MẬT]", "TỐI MẬT"),
        ("BÍ MẬT", ""),
        ("Mật", ""),
        ("mật", ""),
        ("MẬT.", ""),
        ("BẢO VỆ BÍ MẬT NHÀ NƯỚC", ""),
        ("MẬT ONG", ""),
        ("", ""),
    ],
)
def test_a_line_that_is_only_the_mark(line: str, mark: str) -> None:
    assert mark_of(line) == mark


@pytest.mark.parametrize(
    ("stamp", "mark"),
    [
        ("<p style='border:1px solid red;width:20mm;color:red'>MẬT</p>", "MẬT"),
        ("<p style='letter-spacing:3mm'>M Ậ T</p>", "MẬT"),
        ("<p><b>TUYỆT MẬT</b></p>", "TUYỆT MẬT"),
        (
            "<table style='width:100%'><td>TỐI MẬT<td style='padding-left:40mm'>Kính gửi: Phòng 1</table>",
            "TỐI MẬT",
        ),
    ],
)
def test_a_stamp_on_the_head_of_the_first_page_stops_the_file(put: Put, stamp: str, mark: str) -> None:
    path = put("a.pdf", pdf_of(HEAD + stamp + "<p>Nội dung văn bản.</p>"))
    assert mark_on(path) == mark
    with pytest.raises(Invalid, match="Văn bản bí mật nhà nước không được soạn thảo, đăng ký, lưu giữ"):
        refuse_secret(path)


@pytest.mark.parametrize(
    "body",
    [
        "<p>Thực hiện Luật Bảo vệ bí mật nhà nước.</p>",
        "<p>Văn bản đóng dấu <b>MẬT</b>, <b>TỐI MẬT</b>, <b>TUYỆT MẬT</b> gửi theo đường riêng.</p>",
        "<h3>QUY CHẾ BẢO VỆ BÍ MẬT NHÀ NƯỚC</h3>",
        "<div style='height:200mm'></div><p>MẬT</p>",
        "<p style='break-before:page'>MẬT</p>",
    ],
)
def test_the_words_elsewhere_do_not(put: Put, body: str) -> None:
    path = put("a.pdf", pdf_of(HEAD + body))
    assert mark_on(path) == ""
    refuse_secret(path)


def docx_with(*paragraphs: str) -> bytes:
    document = Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = paragraphs[0]
    for text in paragraphs[1:]:
        document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_stamp_on_a_word_file_stops_it_too(put: Put) -> None:
    for paragraphs in (("TỐI MẬT", "Kính gửi"), ("Số: 12", "M Ậ T")):
        with pytest.raises(Invalid) as caught:
            check(put("a.docx", docx_with(*paragraphs)), "a.DOCX")
        assert caught.value.message == SENTENCE
    check(put("b.docx", docx_with("Số: 12", "Bảo vệ bí mật nhà nước, văn bản MẬT")), "b.docx")
    check(put("c.docx", docx_with("Số: 12", *["Đoạn"] * 40, "MẬT")), "c.docx")


def test_the_upload_check_looks_at_the_type(put: Put) -> None:
    stamped = put("a.pdf", pdf_of(HEAD + "<p>MẬT</p>"))
    with pytest.raises(Invalid):
        check(stamped, "Công văn.PDF")
    check(put("a.png", "MẬT".encode()), "a.png")


def _odt(line: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(
            "content.xml",
            f"<o><text:p>VIỆN KIỂM SÁT</text:p><text:p><text:span>{line}</text:span></text:p></o>",
        )
    return data.getvalue()


def _docx_with_header(line: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", "<w:p><w:t>Kế hoạch</w:t></w:p>")
        archive.writestr("word/header1.xml", f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")
    return data.getvalue()


def _rtf(line: str) -> bytes:
    letters = "".join(letter if ord(letter) < 128 else f"\\u{ord(letter)}?" for letter in line)
    return rf"{{\rtf1\ansi\par \pard\qc\b {letters}\b0\par Noi dung\par}}".encode("ascii")


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("a.odt", _odt),
        ("a.docx", _docx_with_header),
        ("a.txt", lambda line: f"VIỆN KIỂM SÁT\n{line}\nNội dung".encode()),
        ("b.txt", lambda line: f"VIỆN KIỂM SÁT\n{line}\nNội dung".encode("utf-16")),
        ("a.rtf", _rtf),
        ("a.doc", lambda line: b"\xd0\xcf\x11" + f"\rVIỆN KIỂM SÁT\r{line}\rNội dung\r".encode("utf-16-le")),
    ],
)
def test_a_stamp_stops_every_format_that_has_text(
    tmp_path: Path, name: str, made: Callable[[str], bytes]
) -> None:
    file = tmp_path / name
    file.write_bytes(made("TUYỆT MẬT"))
    with pytest.raises(Invalid) as refused:
        check(file, name)
    assert refused.value.code == "secret_documents_stay_out"
    file.write_bytes(made("Về việc bảo vệ bí mật nhà nước"))
    check(file, name)
