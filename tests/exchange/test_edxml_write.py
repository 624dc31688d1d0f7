"""The official form, byte for byte; what is written is read again as it was; the commands of scripts."""

import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.test_edxml_read import PDF, SAMPLES, document, read, sample
from vanthu.exchange.dialects import checking, writing
from vanthu.exchange.dialects.packets import About, Business, Document, Party, Replaced, Staff, Status
from vanthu.exchange.dialects.reading import HANOI
from vanthu.exchange.dialects.scanning import scan
from vanthu.exchange.dialects.writing import Enclosed
from vanthu_tools import edxml_commands, edxml_sketches

TODAY = date(2026, 11, 22)
ANSWER = Document(
    sender=Party("G99.01", name="Viện kiểm sát nhân dân tỉnh & thành <phố>"),
    recipients=(Party("H37.02.02", name="Ủy ban nhân dân"), Party("vxp.saas.03")),
    document_id="G99.01,2026/11/20,12/VKS-VP",
    number="12",
    notation="VKS-VP",
    subject="V/v trả lời kiến nghị",
    issued_on=date(2026, 11, 20),
    type_name="Công văn",
    priority=2,
    answers=(About("H37.02.02", "9/UBND-NC", "H37.02.02,2026/11/01,9/UBND-NC", date(2026, 11, 1)),),
    business=Business(
        type=3, reason="Sai số liệu", replaced=(Replaced("G99.01,2026/11/01,8/VKS", ("H37", "H38")),)
    ),
)
REPORT = Status(
    sender=Party("H37"), about=About("G99", "12/VKS-VP", "G99,2026/11/20,12/VKS-VP", date(2026, 11, 20)), code="02",
    text="Không đúng thẩm quyền", staff=Staff("Văn thư", "Lê Thị Thư"), at=datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC),
)  # fmt: skip


def written(packet: Any, *files: Enclosed) -> bytes:
    target = io.BytesIO()
    writing.write(packet, target, files)
    return target.getvalue()


@pytest.mark.parametrize("name", ["recall", "update"])
def test_what_the_kit_wrote_is_written_again_byte_for_byte(name: str, tmp_path: Path) -> None:
    """But for the invented signature of the sample."""
    whole = sample(name)
    packet = document(whole, tmp_path)
    raw = scan(io.BytesIO(whole), tmp_path).root
    content = next(one.content for one in raw.walk() if one.content)
    enclosed = Enclosed(content.path, packet.attachments[0].name, "", "cid:209", "application/zip")
    without = re.sub(rb"      <Signature>.*?</Signature>\r\n", b"", whole, flags=re.DOTALL)
    assert written(packet, enclosed) == without


def test_a_document_comes_back_as_it_was(tmp_path: Path) -> None:
    paper, table = tmp_path / "a.pdf", tmp_path / "b.xlsx"
    paper.write_bytes(PDF)
    table.write_bytes(b"PK\x03\x04 a table")
    data = written(ANSWER, Enclosed(paper, "Công văn.pdf"), Enclosed(table, "Phụ lục.xlsx"))
    folder = tmp_path / "in"
    folder.mkdir()
    again = document(data, folder)
    assert replace(again, attachments=()) == replace(ANSWER, type_code="1", type_detail="0")
    assert [(one.name, one.unpacked, one.problem) for one in again.attachments] == [
        ("Công văn.pdf", False, ""), ("Phụ lục.xlsx", True, "")
    ]  # fmt: skip
    assert again.attachments[1].path is not None
    assert again.attachments[1].path.read_bytes() == table.read_bytes()
    assert data.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\r\n<edXML xmlns=')
    for literal in (b"<edXML:edXMLEnvelope ", b"<AttachmentEncoded>", b"<edXML:ContentTransferEncoded "):
        assert data.count(literal) == data.count(literal.replace(b" ", b"")) or literal in data


def test_a_status_comes_back_as_it_was_in_the_time_of_hanoi(tmp_path: Path) -> None:
    data = written(REPORT)
    assert b"<edXML:Timestamp>2026/11/22 08:02:03</edXML:Timestamp>" in data
    again, _ = read(data, tmp_path)
    assert again == replace(REPORT, at=REPORT.at and REPORT.at.astimezone(HANOI))
    assert b"edXMLBody" not in data
    assert b"TraceHeaderList" not in data


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_survives_but_for_blanks_and_control_characters(subject: str, reason: str) -> None:
    data = written(replace(ANSWER, subject=subject, business=Business(reason=reason)))
    found = scan(io.BytesIO(data), Path("/nonexistent")).root
    assert next(one.text for one in found.walk() if one.name == "From") == ""
    subjects = [one.text for one in found.walk() if one.name == "Subject"]
    assert subjects == ([writing.one_line(subject)] if writing.one_line(subject) else [])


@pytest.mark.parametrize(
    ("packet", "said"),
    [
        (replace(ANSWER, number=""), "thiếu số"),
        (replace(ANSWER, subject="x" * 501), "dài 501 ký tự, nhiều nhất 500"),
        (replace(ANSWER, recipients=()), "không có nơi nhận"),
        (replace(ANSWER, recipients=(Party("H37"), Party("h37"))), "ghi hai lần"),
        (replace(ANSWER, recipients=(Party("H" * 36),)), "mã định danh"),
        (replace(ANSWER, issued_on=date(2026, 11, 23)), "tương lai"),
        (replace(ANSWER, issued_on=None), "thiếu ngày ban hành"),
        (replace(ANSWER, business=Business(type=1)), "phải nêu lý do"),
        (replace(ANSWER, business=Business(type=2, reason="Sửa")), "văn bản được cập nhật"),
        (replace(ANSWER, business=Business(type=3, reason="Sửa")), "văn bản bị thay thế"),
        (replace(ANSWER, business=Business(type=7)), "loại nghiệp vụ 7"),
        (replace(REPORT, code="99"), "mã trạng thái"),
        (replace(REPORT, text=""), "phải nêu lý do"),
        (replace(REPORT, at=None), "thiếu thời điểm"),
        (replace(REPORT, about=About("G99")), "không nêu văn bản"),
    ],
)
def test_what_receivers_refuse_is_said_before(packet: Any, said: str) -> None:
    assert any(said in one for one in checking.faults(packet, TODAY))


def test_a_good_packet_has_no_fault() -> None:
    assert checking.faults(ANSWER, TODAY) == []
    assert checking.faults(REPORT, TODAY) == []


@pytest.mark.parametrize(
    "path",
    sorted(set(SAMPLES.glob("*.edxml")) - {SAMPLES / "new-not-well-formed.edxml"}),
    ids=lambda path: path.stem,
)
def test_json_says_all_that_is_written_again(path: Path, tmp_path: Path) -> None:
    packet, repairs = read(path.read_bytes(), tmp_path)
    data = json.loads(json.dumps(edxml_commands.as_data(packet, repairs, {})))
    again = edxml_sketches.packet_of(data)
    assert again == (replace(packet, attachments=()) if isinstance(packet, Document) else packet)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "đối tượng JSON"),
        ({"subject": "x"}, "thiếu trường"),
        ({"colour": "red"}, "không có trường colour"),
        ({"type": "status", "sender": 5, "about": {}, "code": "01"}, "sender phải là một đối tượng"),
        (
            {"type": "status", "sender": {"organ_id": 5}, "about": {}, "code": "01"},
            "sender.organ_id phải là chữ",
        ),
        (
            {"type": "status", "sender": {"organ_id": "x"}, "about": {"issued_on": "1/2"}, "code": "01"},
            "ISO 8601",
        ),
        (
            {"type": "status", "sender": {"organ_id": "x"}, "about": {}, "code": "01", "at": "2026-01-01"},
            "múi giờ",
        ),
    ],
)
def test_a_wrong_sketch_names_its_field(data: Any, said: str) -> None:
    with pytest.raises(edxml_sketches.WrongSketch, match=said):
        edxml_sketches.packet_of(data)


def run(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from vanthu_tools.cli import main; main()", "edxml", *arguments]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False)


def test_the_commands_read_check_and_write(tmp_path: Path) -> None:
    read_ = run("read", str(SAMPLES / "update.edxml"), "--json", "--unpack", str(tmp_path / "out"))
    assert read_.returncode == 0, read_.stderr
    data = json.loads(read_.stdout)
    assert (data["type"], data["code"], data["business"]["type"]) == ("document", "7816/VPCP-TTĐT", 2)
    assert Path(data["attachments"][0]["path"]).read_bytes().startswith(b"<?xml")
    broken = run("read", str(SAMPLES / "new-not-well-formed.edxml"), "--json")
    assert (broken.returncode, broken.stdout, broken.stderr.count("\n")) == (1, "", 1)
    assert "dòng 74" in broken.stderr
    (tmp_path / "a.pdf").write_bytes(PDF)
    target = tmp_path / "new.edxml"
    data["business"]["reason"] = "Sửa số liệu"
    made = run("write", "-", str(target), "--attach", str(tmp_path / "a.pdf"), text=json.dumps(data))
    assert made.returncode == 0, made.stderr
    assert run("check", str(target)).returncode == 0
    data["subject"] = ""
    refused = run("write", "-", str(tmp_path / "no.edxml"), text=json.dumps(data))
    assert refused.returncode == 1
    assert "thiếu trích yếu" in refused.stderr
    assert not (tmp_path / "no.edxml").exists()
