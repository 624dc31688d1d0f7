"""Packets of the axis: every variant is read, what is broken is refused with cause and line; files are judged."""

import base64
import contextlib
import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vanthu.exchange.dialects import reading
from vanthu.exchange.dialects.contents import safe_name
from vanthu.exchange.dialects.packets import About, Document, Packet, Party, Receiver, Staff, Status
from vanthu.exchange.dialects.reading import HANOI
from vanthu.exchange.dialects.scanning import Limits
from vanthu.kernel.refusals import Invalid

SAMPLES = Path(__file__).parent / "edxml"
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"
DOCX = b"PK\x03\x04"
UUID = "a3661564-bcbb-4406-a6a9-ceddbc8f4e17"


def read(data: bytes, folder: Path, limits: Limits | None = None) -> tuple[Packet, tuple[str, ...]]:
    return reading.read(io.BytesIO(data), folder, limits or Limits())


def document(data: bytes, folder: Path) -> Document:
    packet, _ = read(data, folder)
    assert isinstance(packet, Document)
    return packet


def sample(name: str) -> bytes:
    return (SAMPLES / f"{name}.edxml").read_bytes()


def with_file(
    name: str, content: bytes | str, declared: str = "application/pdf", key: str = "cid:1"
) -> bytes:
    """The second variant with this attachment."""
    encoded = content if isinstance(content, str) else base64.b64encode(content).decode()
    text = sample("variant-v2-all-prefixed").decode()
    head, _, _ = text.partition(" <AttachmentEncoded>")
    return (
        f"{head}<AttachmentEncoded><Attachment><ContentId>{key}</ContentId><AttachmentName>{name}</AttachmentName>"
        f"<ContentType>{declared}</ContentType><ContentTransferEncoded>{encoded}</ContentTransferEncoded>"
        "</Attachment></AttachmentEncoded></edXML>"
    ).encode()


def zipped(*files: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return target.getvalue()


def test_a_document_of_the_kit_is_read_whole(tmp_path: Path) -> None:
    found = document(sample("update"), tmp_path)
    assert found.sender == Party(
        organ_id="000.00.00.G22", name="Văn phòng Chính phủ", in_charge="Văn phòng Chính phủ",
        address="Số 1 Hoàng Hoa Thám, Quận Ba Đình, Hà Nội", email="vpcp@gov.vn", telephone="8043100",
        fax="048989898789", website="vpcp.vn",
    )  # fmt: skip
    assert [one.organ_id for one in found.recipients] == ["000.00.00.H41", "000.00.00.H14", "000.00.00.G17"]
    assert (found.code, found.issued_on, found.due_on) == (
        "7816/VPCP-TTĐT", date(2018, 9, 28), date(2018, 9, 28)
    )  # fmt: skip
    assert (found.type_name, found.priority, found.copies, found.pages) == ("Công văn", 0, 2, 22)
    business = found.business
    assert (business.type, business.reason) == (2, "Cập nhật văn bản điện tử")
    assert business.document_id == "000.00.00.G22,2014/02/30,7806/VPCP-TTĐT"
    assert business.receivers == (Receiver("000.00.00.H41", False), Receiver("000.00.00.H14", True))
    assert business.staff == Staff(
        "Văn thư văn phòng", "Nguyễn Thị Ngọc Trâm", "vanthuvanphong@gov.vn", "84912000001"
    )
    assert found.places == ("Cac bo va co quan ngang bo", "Uy ban nhan dan cac tinh, TP")
    (file,) = found.attachments
    assert (file.unpacked, file.kind, file.content_id) == (True, "xml", "209")  # a packet inside the packet
    assert file.path is not None
    assert file.path.read_bytes().startswith(b"<?xml")


def test_a_recall_names_what_it_answers(tmp_path: Path) -> None:
    found = document(sample("recall"), tmp_path)
    assert (found.business.type, found.business.reason) == (1, "Thu hồi văn bản điện tử")
    assert found.answers == (
        About("000.00.00.H14", "267/VPCP-TTĐT", "000.00.04.G14,2012/08/06,267/VPCP-TTĐT", date(2018, 9, 28)),
    )
    assert [(one.organ_id, one.at) for one in found.hops] == [
        ("000.00.00.G22", datetime(2018, 9, 28, tzinfo=HANOI))
    ]


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("status_*.edxml")), ids=lambda path: path.stem)
def test_every_status_is_read(path: Path, tmp_path: Path) -> None:
    found, repairs = read(path.read_bytes(), tmp_path)
    assert isinstance(found, Status)
    assert (found.code, repairs) == (path.stem[-2:], ())
    assert found.about.code == "7816/VPCP-TTĐT"
    assert found.about.organ_id == ("000.00.00.H41" if found.code == "13" else "000.00.00.G22")
    assert found.at == datetime(2015, 9, 20, 11, 8, 36, tzinfo=HANOI)
    assert found.staff is not None
    assert found.text


@pytest.mark.parametrize("name", ["variant-v2-all-prefixed", "variant-v3-flat"])
def test_variants_are_read_by_local_names(name: str, tmp_path: Path) -> None:
    found = document(sample(name), tmp_path)
    assert (found.code, found.subject) == ("12/ĐVA-VP", "V/v thử liên thông")
    assert [(one.name, one.size, one.kind, one.problem) for one in found.attachments] == [
        ("vb.pdf", 9, "pdf", "")
    ]


def test_prefixes_order_and_namespaces_do_not_matter(tmp_path: Path) -> None:
    plain = sample("update").decode()
    bare = plain.replace("edXML:", "").replace(' xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016"', "")
    other = plain.replace("<edXML:", "<ns2:").replace("</edXML:", "</ns2:")  # a prefix that nobody bound
    assert document(bare.encode(), tmp_path).sender == document(other.encode(), tmp_path).sender
    assert document(other.encode(), tmp_path).business == document(plain.encode(), tmp_path).business


def test_what_can_be_mended_is_mended_and_said(tmp_path: Path) -> None:
    for data in (
        b"1212" + sample("update"),
        b"\xef\xbb\xbf" + sample("update"),
        sample("update") + b"\x00\r\n rest",
    ):
        packet, repairs = read(data, tmp_path)
        assert isinstance(packet, Document)
        assert packet.code == "7816/VPCP-TTĐT"
        assert len(repairs) == (0 if data.startswith(b"\xef") else 1)
    nested = sample("update").decode().replace("<edXML:From>", "<edXML:From><edXML:From>", 1)
    nested = nested.replace("</edXML:From>", "</edXML:From></edXML:From>", 1)
    assert document(nested.encode(), tmp_path).sender.organ_id == "000.00.00.G22"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "tệp rỗng"),
        (b"hello", "không phải tệp XML"),
        (b"PK\x03\x04....", "tệp nén ZIP"),
        (b"<html><body/></html>", "thẻ gốc là html"),
        (b"<edXML><edXMLEnvelope/></edXML>", "không có MessageHeader"),
        (b"<edXML><MessageHeader><To/></MessageHeader></edXML>", "không có nơi gửi"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><edXML>&a;</edXML>', "DOCTYPE"),
        (b"<edXML>&a;</edXML>", "thực thể"),
        (b"<edXML><a></b></edXML>", "dòng 1: thẻ đóng không khớp thẻ mở; thẻ đang mở: a"),
        (b"<edXML>\n<MessageHeader>\n<From>", "bị cắt cụt"),
        (b"<edXML>\xff</edXML>", "UTF-8"),
        (b"<edXML>" + b"<a>" * 60, "lồng quá sâu"),
        (b'<?xml version="1.0"?><Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"/>', "SOAP"),
    ],
)
def test_what_is_no_packet_is_refused_with_its_cause(data: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=said) as refused:
        read(data, tmp_path)
    assert refused.value.code == "packet_unreadable"


def test_a_broken_packet_of_the_kit_names_line_and_tag(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"dòng 74: .*From \(từ dòng 7\)"):
        read(sample("new-not-well-formed"), tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "kind", "problem"),
    [
        ("a.pdf", PDF, "pdf", ""),
        ("a.pdf", zipped((f"{UUID}.pdf", PDF)), "pdf", ""),  # packed, and called a PDF
        ("a.txt", zipped((f"{UUID}.txt", b"abc")), "", ""),
        ("a.docx", zipped((f"{UUID}.docx", DOCX + b"x")), "zip", ""),
        ("a.docx", zipped(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")), "zip", ""),
        ("a.zip", zipped(("one.txt", b"1")), "zip", ""),
        ("a.pdf", zipped(("1.pdf", PDF), ("2.pdf", PDF)), "zip", "nội dung là ZIP"),
        ("a.pdf", b"hello", "", "không phải tệp .pdf"),
        ("a.pdf", b"%PDF-1.4\n" + "\ufffd".encode() * 400, "pdf", "hỏng"),
        ("a.pdf", PDF[:8] + b"PK\x03\x04", "pdf", ""),
        ("a.pdf", "không phải", "", "base64"),
        ("a.pdf", "", "", "tệp rỗng"),
        ("a.exe", b"MZ....", "exe", "chương trình"),
        ("a.pdf", b"PK\x03\x04broken", "zip", "tệp nén hỏng"),
    ],
)
def test_files_are_what_their_bytes_say(
    name: str, content: bytes | str, kind: str, problem: str, tmp_path: Path
) -> None:
    (file,) = document(with_file(name, content, "text/plain"), tmp_path).attachments
    assert file.kind == kind
    assert problem in file.problem if problem else not file.problem


def test_base64_may_be_broken_into_lines_and_lack_its_end(tmp_path: Path) -> None:
    encoded = base64.encodebytes(PDF * 50).decode().rstrip("=\n")
    (file,) = document(with_file("a.pdf", encoded.replace("\n", "\r\n  ")), tmp_path).attachments
    assert file.path is not None
    assert (file.path.read_bytes(), file.problem) == (PDF * 50, "")


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = zipped((f"{UUID}.txt", b"0" * (30 << 20)))
    (file,) = document(with_file("a.txt", bomb), tmp_path).attachments
    assert "quá lớn" in file.problem
    assert not file.unpacked


def test_limits_hold(tmp_path: Path) -> None:
    for limits, said in (
        (Limits(packet=100), "gói tin lớn hơn"),
        (Limits(attachment=4), "tệp đính kèm lớn hơn"),
        (Limits(attachments=0), "tệp đính kèm"),
        (Limits(nodes=5), "quá nhiều thẻ"),
        (Limits(texts=20), "dài bất thường"),
    ):
        with pytest.raises(Invalid, match=said):
            read(with_file("a.pdf", PDF), tmp_path, limits)


def test_a_file_is_linked_to_its_line_by_id_name_or_place(tmp_path: Path) -> None:
    for name, key in (("", "cid:a1"), ("vb.pdf", "other"), ("", "other")):
        (file,) = document(with_file(name, PDF, "", key), tmp_path).attachments
        assert (file.name, file.declared_type) == ("vb.pdf", "application/pdf")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Tài liệu\\Công văn.PDF", "Công văn.PDF"),
        ("a\u202efdp.exe", "a fdp.exe"),
        ("..", "tep"),
        ("", "tep"),
        ("CON?.pdf", "CON .pdf"),
        ("x" * 300 + ".pdf", "x" * 176 + ".pdf"),
    ],
)
def test_names_are_safe_to_write(name: str, safe: str) -> None:
    assert safe_name(name, "tep") == safe


def test_no_two_files_share_a_name() -> None:
    assert safe_name("A.pdf", "tep", {"a.pdf"}) == "A (2).pdf"
    assert safe_name("A.pdf", "tep", {"a.pdf", "a (2).pdf"}) == "A (3).pdf"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(data=st.data())
def test_no_bytes_make_it_fall(data: st.DataObject, tmp_path: Path) -> None:
    """Cut, changed or invented bytes give a packet or a refusal, nothing else."""
    whole = sample("variant-v2-all-prefixed")
    cut = data.draw(st.integers(0, len(whole)))
    junk = data.draw(st.binary(max_size=12))
    place = data.draw(st.integers(0, len(whole)))
    for broken in (whole[:cut], whole[:place] + junk + whole[place + len(junk) :], junk):
        with contextlib.suppress(Invalid):
            read(broken, tmp_path)
