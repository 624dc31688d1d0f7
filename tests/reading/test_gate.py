"""The gate lets clean files in and says of every other what to do."""

import io
import zipfile
import zlib
from pathlib import Path

import pikepdf
import pytest

from tests.reading.conftest import Put, compound, picture, spoiled, with_parts, zipped
from vanthu.kernel.refusals import Invalid
from vanthu.reading.gate import inspect


def refused(path: Path, name: str = "") -> Invalid:
    with pytest.raises(Invalid) as caught:
        inspect(path, name or path.name)
    assert caught.value.message.rstrip().endswith((".", ")."))
    assert "{" not in caught.value.message
    return caught.value


def test_clean_files_of_every_type_pass(put: Put, clean_pdf, clean_docx, clean_xlsx, clean_odt) -> None:
    word = compound("Root Entry", "WordDocument", stream=b"\xec\xa5" + bytes(40))
    excel = compound("Root Entry", "Workbook", stream=b"\x09\x08\x10\x00" + bytes(40))
    files = {
        "quyết định.pdf": clean_pdf,
        "Kế hoạch.DOCX": clean_docx,
        "a.xlsx": clean_xlsx,
        "a.odt": clean_odt,
        "a.doc": word,
        "a.xls": excel,
        "a.png": picture("PNG"),
        "a.jpg": picture("JPEG"),
        "a.tif": picture("TIFF"),
        "a.txt": "Kính gửi".encode(),
        "b.txt": "Kính gửi".encode("utf-16"),
        "a.rtf": b"{\\rtf1 Xin ch\\'e0o}",
    }
    for name, data in files.items():
        inspect(put(name, data), name)


def test_a_pdf_tells_its_pages_and_type(put: Put, clean_pdf) -> None:
    accepted = inspect(put("a.pdf", clean_pdf), " kế hoạch.pdf ")
    assert (accepted.name, accepted.media_type, accepted.pages) == ("kế hoạch.pdf", "application/pdf", 2)


def test_an_unlocked_signed_looking_pdf_with_attachment_of_data_passes(put: Put, clean_pdf) -> None:
    def attach(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["hoa-don.xml"] = pikepdf.AttachedFileSpec(pdf, b"<xml/>", filename="hoa-don.xml")

    inspect(put("a.pdf", spoiled(clean_pdf, attach)), "a.pdf")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("virus.exe", "file_type"),
        ("trang.svg", "file_type"),
        ("nén.zip", "file_type"),
        ("macro.docm", "file_type"),
        ("không đuôi", "file_type_unknown"),
        ("../etc/passwd.pdf", "file_name"),
        ("a\\b.pdf", "file_name"),
        ("\u202efdp.exe.pdf", "file_name"),
        ("a\n.pdf", "file_name"),
        (".pdf", "file_name"),
        ("a" * 250 + ".pdf", "file_name"),
    ],
)
def test_names_that_are_not_accepted(put: Put, clean_pdf, name: str, code: str) -> None:
    assert refused(put("x.pdf", clean_pdf), name).code == code


def test_the_refused_type_lists_what_is_accepted(put: Put) -> None:
    message = refused(put("a.exe", b"MZ")).message
    assert "“exe”" in message
    assert "pdf, docx" in message


def test_empty_and_too_large(put: Put, clean_pdf) -> None:
    assert refused(put("a.pdf", b"")).code == "file_empty"
    path = put("b.pdf", clean_pdf + b" " * (1 << 20))
    with pytest.raises(Invalid, match=r"Tệp quá 1 MB \(đang là 2 MB\)"):
        inspect(path, "b.pdf", most_bytes=1 << 20)


def javascript(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def page_script(pdf: pikepdf.Pdf) -> None:
    script = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"))
    pdf.pages[0].AA = pikepdf.Dictionary(O=script)


def launch(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")


def embedded_program(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.exe"] = pikepdf.AttachedFileSpec(pdf, b"MZ\x90", filename="a.exe")


def disguised_program(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.txt"] = pikepdf.AttachedFileSpec(pdf, b"MZ\x90\x00", filename="a.txt")


def xfa(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=pdf.make_stream(b"<xdp/>"))


def bomb(pdf: pikepdf.Pdf) -> None:
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(bytes(1 << 20)) for _ in range(210)) + packer.flush()
    stream = pikepdf.Stream(pdf, b"")
    stream.write(data, filter=pikepdf.Name.FlateDecode)
    pdf.pages[0].Contents = pdf.make_indirect(stream)


def double_bomb(pdf: pikepdf.Pdf) -> None:
    packer = zlib.compressobj(9)
    once = b"".join(packer.compress(bytes(1 << 20)) for _ in range(210)) + packer.flush()
    stream = pikepdf.Stream(pdf, b"")
    flate = pikepdf.Name.FlateDecode
    stream.write(zlib.compress(once, 9), filter=[flate, flate], decode_parms=None)
    pdf.pages[0].Contents = pdf.make_indirect(stream)


def script_in_link(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(" JavaScript:app.alert(1)"))
    pdf.pages[0].Annots = [pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=action)]


def bomb_as_text(pdf: pikepdf.Pdf) -> None:
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(bytes(1 << 20)) for _ in range(210)) + packer.flush()
    stream = pikepdf.Stream(pdf, b"")
    stream.write(data.hex().encode() + b">", filter=[pikepdf.Name.ASCIIHexDecode, pikepdf.Name.FlateDecode])
    pdf.pages[0].Contents = pdf.make_indirect(stream)


def absurd_picture(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Extra = pdf.make_indirect(
        pikepdf.Stream(pdf, b"x", Subtype=pikepdf.Name.Image, Width=1_000_000, Height=1_000_000)
    )


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (script_in_link, "pdf_script"),
        (bomb_as_text, "bomb"),
        (absurd_picture, "picture_size"),
        (javascript, "pdf_script"),
        (page_script, "pdf_script"),
        (launch, "pdf_launch"),
        (embedded_program, "embedded_program"),
        (disguised_program, "embedded_program"),
        (xfa, "pdf_xfa"),
        (bomb, "bomb"),
        (double_bomb, "bomb"),
    ],
)
def test_active_pdfs_stay_out(put: Put, clean_pdf, spoil, code: str) -> None:
    data = spoiled(clean_pdf, spoil, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert refused(put("a.pdf", data)).code == code


@pytest.mark.parametrize(("user", "code"), [("mật khẩu", "file_password"), ("", "file_locked")])
def test_locked_pdfs_stay_out(put: Put, clean_pdf, user: str, code: str) -> None:
    data = spoiled(clean_pdf, lambda pdf: None, encryption=pikepdf.Encryption(owner="chủ", user=user, R=6))
    error = refused(put("a.pdf", data))
    assert error.code == code
    if user:
        assert error.message == "Tệp không mở được: PDF có mật khẩu. Bỏ mật khẩu rồi tải lại."


def test_broken_pdfs_stay_out(put: Put, clean_pdf) -> None:
    assert refused(put("a.pdf", clean_pdf[: len(clean_pdf) // 2])).code == "file_truncated"
    assert refused(put("b.pdf", b"GIF89a" + clean_pdf)).code == "file_content"
    assert refused(put("c.pdf", b"<html><script>1</script></html>")).code == "file_content"
    assert refused(put("d.pdf", b"%PDF-1.7\nstartxref\n0\n%%EOF")).code == "file_truncated"


def test_files_of_two_types_stay_out(put: Put, clean_pdf, clean_docx) -> None:
    program = zipped({"chay.js": b"alert(1)"})
    for name, data in (("a.pdf", clean_pdf), ("b.png", picture("PNG")), ("c.jpg", picture("JPEG"))):
        assert refused(put(name, data + program), name).code == "two_types"
    hidden = zipped({"%PDF-1.7.txt": b"x"}) + clean_docx
    assert refused(put("d.docx", hidden)).code == "two_types"


def test_a_pdf_with_an_uncompressed_document_attached_passes(put: Put, clean_pdf, clean_docx) -> None:
    def attach(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["a.docx"] = pikepdf.AttachedFileSpec(pdf, clean_docx, filename="a.docx")

    inspect(put("a.pdf", spoiled(clean_pdf, attach, compress_streams=False)), "a.pdf")


def external(kind: str) -> bytes:
    start = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    address = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = (
        f'<Relationship Id="r9" Type="{address}/{kind}" Target="http://x.vn/a.dotm" TargetMode="External"/>'
    )
    return start + link.encode() + b"</Relationships>"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"word/vbaProject.bin": b"x"}, "macros"),
        ({"word/_rels/settings.xml.rels": external("attachedTemplate")}, "outside_links"),
        ({"word/_rels/extra.xml.rels": external("oleObject")}, "outside_links"),
        ({"word/_rels/extra.xml.rels": external("image")}, "outside_links"),
        ({"word/embeddings/a.exe": b"MZ"}, "embedded_program"),
        ({"word/embeddings/a.zip": zipped({"a.txt": b"x"})}, "nested_archive"),
        ({"word/embeddings/a.bin": b"Rar!\x1a\x07\x01"}, "nested_archive"),
        ({"word/activeX/activeX1.bin": b"x"}, "macros"),
        ({"xl/macrosheets/sheet1.xml": b"<x/>"}, "macros"),
        (
            {"word/f.xml": b"<w:instrText>DD</w:instrText><w:instrText>EAUTO c:</w:instrText>"},
            "outside_links",
        ),
        ({"word/embeddings/oleObject1.bin": b"MZ\x90\x00"}, "embedded_program"),
        ({"word/embeddings/oleObject1.bin": compound("\x01Ole10Native")}, "embedded_program"),
        ({"word/extra.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}, "xml_entities"),
        ({"word/utf16.xml": "<!DOCTYPE x><x/>".encode("utf-16")}, "xml_entities"),
        ({"../../evil.xml": b"<x/>"}, "inside_names"),
        ({"..\\evil.xml": b"<x/>"}, "inside_names"),
        ({"/etc/evil.xml": b"<x/>"}, "inside_names"),
        ({"word/media/bomb.bmp": bytes(30 << 20)}, "bomb"),
    ],
)
def test_dangerous_docx_stay_out(put: Put, clean_docx, parts: dict[str, bytes], code: str) -> None:
    assert refused(put("a.docx", with_parts(clean_docx, parts))).code == code


def test_a_document_inside_is_checked_as_the_one_around_it(put: Put, clean_docx, clean_xlsx) -> None:
    place = "word/embeddings/bang.xlsx"
    inspect(put("a.docx", with_parts(clean_docx, {place: clean_xlsx})), "a.docx")
    macro = with_parts(clean_xlsx, {"xl/vbaProject.bin": b"x"})
    assert refused(put("b.docx", with_parts(clean_docx, {place: macro}))).code == "macros"
    deeper = with_parts(clean_xlsx, {"xl/embeddings/a.docx": clean_docx})
    assert refused(put("c.docx", with_parts(clean_docx, {place: deeper}))).code == "nested_archive"


def test_two_parts_of_one_name_stay_out(put: Put, clean_docx) -> None:
    stream = io.BytesIO(clean_docx)
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", "<x/>")
    assert refused(put("a.docx", stream.getvalue())).code == "inside_names"


def test_an_odt_loads_nothing_from_elsewhere(put: Put, clean_odt) -> None:
    image = b'<draw:image xlink:type="simple" xlink:href="http://x.vn/a.png"/>'
    template = b'<meta:template xlink:href="//may-chu/a.ott"/>'
    own = b'<draw:image xlink:href="Pictures/a.png"/>'
    assert refused(put("a.odt", with_parts(clean_odt, {"x.xml": image}))).code == "outside_links"
    assert refused(put("b.odt", with_parts(clean_odt, {"x.xml": template}))).code == "outside_links"
    inspect(put("c.odt", with_parts(clean_odt, {"x.xml": own})), "c.odt")


def test_a_hyperlink_is_no_danger(put: Put, clean_docx) -> None:
    inspect(put("a.docx", with_parts(clean_docx, {"word/_rels/x.xml.rels": external("hyperlink")})), "a.docx")


def test_docx_that_are_none(put: Put, clean_docx, clean_xlsx) -> None:
    assert refused(put("a.docx", clean_docx[: len(clean_docx) // 2])).code == "file_truncated"
    assert refused(put("b.docx", clean_xlsx)).code == "file_content"
    assert refused(put("c.docx", zipped({"a.txt": b"x"}))).code == "file_content"
    assert refused(put("d.docx", b"MZ\x90\x00")).code == "file_content"
    assert refused(put("e.docx", compound("EncryptedPackage"))).code == "file_password"


def test_a_changed_byte_in_a_docx_is_found(put: Put, clean_docx) -> None:
    place = clean_docx.index(b"word/document.xml") + 60
    data = clean_docx[:place] + bytes([clean_docx[place] ^ 0xFF]) + clean_docx[place + 1 :]
    assert refused(put("a.docx", data)).code == "file_truncated"


def test_odt_with_macro_or_password(put: Put, clean_odt) -> None:
    macro = with_parts(clean_odt, {"Basic/Standard/Module1.xml": b"<x/>"})
    locked = with_parts(clean_odt, {"META-INF/manifest.xml": b"<manifest:encryption-data/>"})
    assert refused(put("a.odt", macro)).code == "macros"
    assert refused(put("b.odt", locked)).code == "file_password"
    assert refused(put("c.ods", clean_odt)).code == "file_content"


def test_old_office_files(put: Put) -> None:
    word = bytearray(b"\xec\xa5" + bytes(40))
    word[11] = 1
    assert refused(put("a.doc", compound("WordDocument", "_VBA_PROJECT"))).code == "macros"
    assert refused(put("b.doc", compound("WordDocument", "\x01Ole10Native"))).code == "embedded_program"
    assert refused(put("c.doc", compound("WordDocument", stream=bytes(word)))).code == "file_password"
    assert refused(put("d.doc", compound("Workbook"))).code == "file_content"
    assert refused(put("e.doc", compound("WordDocument")[:2000])).code == "file_truncated"
    locked = b"\x09\x08\x10\x00" + bytes(16) + b"\x2f\x00"
    assert refused(put("f.xls", compound("Workbook", stream=locked))).code == "file_password"
    assert refused(put("g.xls", b"<html>")).code == "file_content"


def test_pictures(put: Put) -> None:
    for name, image_format in (("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.tif", "TIFF")):
        data = picture(image_format)
        assert refused(put(name, data[: len(data) // 2])).code in ("file_truncated", "file_content")
    assert refused(put("b.png", picture("JPEG"))).code == "file_content"
    assert refused(put("c.jpg", b"<svg onload=x>")).code == "file_content"


def test_a_picture_of_too_many_pixels(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vanthu.reading.gate.pictures._MOST_PIXELS", 1000)
    assert refused(put("a.png", picture("PNG"))).code == "picture_size"


def test_rtf_and_text(put: Put) -> None:
    assert refused(put("a.rtf", b"{\\rtf1{\\object\\objdata 0105}}")).code == "embedded_program"
    assert refused(put("b.rtf", b"{\\rtf1{\\*\\template http://x.vn/a.dot}}")).code == "outside_links"
    field = b"{\\rtf1{\\field{\\*\\fldinst DDEAUTO c:}}}"
    assert refused(put("e.rtf", field)).code == "outside_links"
    assert refused(put("c.rtf", b"{\\rtf1 abc")).code == "file_truncated"
    assert refused(put("d.rtf", b"MZ")).code == "file_content"
    assert refused(put("a.txt", b"<html><script>")).code == "file_content"
    assert refused(put("b.txt", b"MZ\x90\x00\x03")).code == "file_content"
    assert refused(put("c.txt", b"a\x00b")).code == "file_content"
