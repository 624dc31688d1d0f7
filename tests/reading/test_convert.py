"""DOCX to PDF by LibreOffice, and the sentence when there is none."""

import shutil
import time
from pathlib import Path

import pytest

from tests.reading.conftest import Put
from vanthu.kernel.refusals import Invalid, Unavailable
from vanthu.reading import convert
from vanthu.reading.text import page_texts

needs_office = pytest.mark.skipif(not convert.available(), reason="LibreOffice is not installed")


@needs_office
def test_a_docx_becomes_a_pdf_with_its_words(put: Put, clean_docx, tmp_path: Path) -> None:
    made = convert.to_pdf(put("kế hoạch; rm -rf.docx", clean_docx), tmp_path / "out.pdf")
    assert page_texts(made) == ["Kế hoạch công tác quý IV"]


@needs_office
def test_a_file_that_is_no_document_is_refused(put: Put, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="Không chuyển được"):
        convert.to_pdf(put("a.docx", b"PK\x03\x04 broken"), tmp_path / "out.pdf")
    assert not (tmp_path / "out.pdf").exists()


def test_without_libreoffice_the_sentence_says_to_upload_a_pdf(
    put: Put, clean_docx, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert not convert.available()
    with pytest.raises(convert.LibreOfficeMissing, match="tải lên cạnh tệp DOCX") as caught:
        convert.to_pdf(put("a.docx", clean_docx), tmp_path / "out.pdf")
    assert caught.value.status == 503


def test_a_program_that_hangs_is_killed_with_its_children(
    put: Put, clean_docx, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sleeper = tmp_path / "soffice"
    sleeper.write_text(f"#!/bin/sh\n(sleep 3; touch {tmp_path}/alive) &\nsleep 60\n")
    sleeper.chmod(0o755)
    monkeypatch.setattr(convert, "_program", lambda: str(sleeper))
    began = time.monotonic()
    with pytest.raises(Unavailable, match="quá lâu"):
        convert.to_pdf(put("a.docx", clean_docx), tmp_path / "out.pdf", seconds=0.5)
    assert time.monotonic() - began < 3
    time.sleep(3.2 - (time.monotonic() - began) + 0.3)
    assert not (tmp_path / "alive").exists()


def test_the_converter_sees_none_of_our_secrets(
    put: Put, clean_docx, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    teller = tmp_path / "soffice"
    teller.write_text(f"#!/bin/sh\nenv > {tmp_path}/env.txt\n")
    teller.chmod(0o755)
    monkeypatch.setattr(convert, "_program", lambda: str(teller))
    monkeypatch.setenv("DATABASE_URL", "postgres://geheim")
    with pytest.raises(Invalid):
        convert.to_pdf(put("a.docx", clean_docx), tmp_path / "out.pdf")
    assert "geheim" not in (tmp_path / "env.txt").read_text()


def test_only_documents_are_converted(
    put: Put, clean_xlsx, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(convert, "_program", lambda: "/bin/false")
    with pytest.raises(Invalid, match="Chỉ tạo được PDF"):
        convert.to_pdf(put("a.xlsx", clean_xlsx), tmp_path / "out.pdf")
