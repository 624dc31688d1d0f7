"""`vanthu read FILE`: text and fields of a file as JSON; what cannot be read is one sentence and exit 1."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.reading.conftest import Put
from tests.reading.scans import SIGNER, pdf_scan, printed, scan
from vanthu.reading import fields
from vanthu_tools.cli import app


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["read", *map(str, arguments)])


@pytest.mark.parametrize("make", [printed, lambda: pdf_scan(scan())], ids=["text", "scan"])
def test_text_and_fields_as_json(put: Put, make) -> None:
    done = run(put("văn bản.pdf", make()), "--json")
    assert done.exit_code == 0, done.output
    data = json.loads(done.stdout)
    assert list(data) == ["text", "pages", "fields"]
    assert data["pages"] == 1
    assert "Kiểm tra công tác văn thư, lưu trữ" in data["text"]
    assert list(data["fields"]) == list(fields.NAMES)
    assert all(set(one) == {"value", "confidence", "page", "box"} for one in data["fields"].values())
    values = {name: one["value"] for name, one in data["fields"].items()}
    assert (values["number"], values["issued_on"]) == ("2143", "2026-11-12")
    assert values["signer_name"] == SIGNER
    left, top, right, bottom = data["fields"]["number"]["box"]
    assert 0 <= left < right < 0.5
    assert 0 < top < bottom < 0.3
    assert data["fields"]["number"]["page"] == 1


def test_a_word_file_is_laid_out_first(put: Put, clean_docx) -> None:
    data = json.loads(run(put("a.docx", clean_docx), "--json").stdout)
    assert data["text"] == "Kế hoạch công tác quý IV"


def test_readable_without_json(put: Put) -> None:
    done = run(put("a.pdf", printed()))
    assert "Ngày ban hành: 2026-11-12 (trang 1" in done.stdout
    assert "Kiểm tra công tác văn thư, lưu trữ" in done.stdout


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"no pdf"),
        ("a.png", b"no picture"),
        ("a.docx", b"no archive"),
        ("a.xlsx", b"PK\x03\x04"),
        ("a.eml", b"no mail"),
        ("a.exe", b"MZ"),
        ("a.pdf", b""),
        ("a", b"x"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(put: Put, name: str, data: bytes) -> None:
    done = run(put(name, data), "--json")
    assert done.exit_code == 1
    assert done.stdout == ""
    (sentence,) = done.stderr.splitlines()
    assert sentence.endswith(".")
    assert done.exception is None or isinstance(done.exception, SystemExit)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    done = run(tmp_path / "không có.pdf")
    assert done.exit_code == 1
    assert "không có tệp này" in done.stderr
