"""A scan of a document gets a searchable PDF/A copy beside it, once; the scan itself is not changed."""

import io
from pathlib import Path
from typing import Any

import pytest

from tests.reading.conftest import Put
from tests.reading.scans import SIGNER, SYMBOL, pdf_scan, printed, scan
from vanthu.kernel.actor import Actor
from vanthu.kernel.files import actions as files
from vanthu.kernel.files import queries
from vanthu.kernel.files.models import Attachment, StoredFile
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.refusals import Invalid, Unavailable
from vanthu.reading import copies, jobs, layer, storing
from vanthu.reading.models import SearchableCopy
from vanthu.reading.ocr import thorough
from vanthu.reading.states import CopyState

CLERK = Actor.for_system()


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def registered(data: bytes) -> tuple[StoredFile, Attachment]:
    """A file of a document that was just registered."""
    upload = files.stage(io.BytesIO(data), "Công văn.pdf", by=CLERK)
    held = files.attach_upload(upload.pk, owner_kind="document", owner_id=5, role="main", by=CLERK)
    files.discard(upload.pk, by=CLERK)
    jobs.read_files_of("document", 5)
    return held.file, held


@pytest.fixture
def quick_copies(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The program itself is not run; the list grows by the pages that it should copy."""
    asked: list[int] = []

    def make(source: Path, target: Path, *, pages: int) -> str:
        asked.append(pages)
        target.write_bytes(source.read_bytes() + b"%\n")
        return "pass"

    monkeypatch.setattr(thorough, "make", make)
    return asked


def test_the_copy_is_searchable_and_pdf_a(put: Put) -> None:
    """Askew with a stamp on it: straight, with its words, valid; the page looks as it did."""
    source = put("scan.pdf", pdf_scan(scan(skew=1.8)))
    before = source.read_bytes()
    target = source.with_name("copy.pdf")
    assert thorough.make(source, target, pages=1) == "pass"
    assert source.read_bytes() == before
    (page,) = layer.pages(target)
    assert SYMBOL in page.text
    assert SIGNER in page.text, "the stamp lies over it"


def test_what_is_no_pdf_is_refused_with_a_sentence(put: Put) -> None:
    with pytest.raises(Invalid, match="không tạo được"):
        thorough.make(put("a.pdf", b"no pdf"), put("b.pdf", b""), pages=1)


def test_the_check_does_not_approve_everything(put: Put) -> None:
    assert thorough.verdict(put("a.pdf", pdf_scan(scan()))) == "fail"


@pytest.mark.django_db
def test_a_scan_gets_its_copy_after_registration(quick_copies: list[int]) -> None:
    file, held = registered(pdf_scan(scan(150), scan(150), dpi=150))
    run_jobs()
    copy = copies.of_many([file.sha256])[file.sha256]
    assert (copy.state, copy.verdict, quick_copies) == (CopyState.MADE, "pass", [2])
    made = copies.attachment_of(file.sha256)
    assert made is not None
    assert (made.file_id, made.owner_kind) == (copy.file_id, "reading")
    assert queries.attachments("document", [5])[5] == [held], "the document's own files stay as they were"
    jobs.read_files_of("document", 5)
    jobs.make_copy(file.sha256)
    run_jobs()
    assert quick_copies == [2], "once"


@pytest.mark.django_db
def test_what_has_text_or_is_only_uploaded_gets_none(quick_copies: list[int]) -> None:
    registered(printed())
    files.stage(io.BytesIO(pdf_scan(scan(150), dpi=150)), "a.pdf", by=CLERK)
    run_jobs()
    assert quick_copies == []
    assert not SearchableCopy.objects.exists()


@pytest.mark.django_db
def test_a_copy_that_cannot_be_made_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: Path, target: Path, *, pages: int) -> str:
        raise Unavailable("Tạo bản tìm kiếm được quá lâu nên đã dừng.")

    monkeypatch.setattr(thorough, "make", refuse)
    file, _ = registered(pdf_scan(scan(150), dpi=150))
    run_jobs()
    noted = SearchableCopy.objects.get(reading__file=file)
    assert (noted.state, noted.file_id) == (CopyState.FAILED, None)
    assert "quá lâu" in noted.trouble
    assert SYMBOL in (storing.text_of(file.sha256) or "")


@pytest.mark.django_db
def test_the_copy_goes_with_the_scan(
    quick_copies: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    file, held = registered(pdf_scan(scan(150), dpi=150))
    run_jobs()
    made = copies.of_many([file.sha256])[file.sha256].file_id
    assert made is not None
    files.detach(held)
    with django_capture_on_commit_callbacks(execute=True):
        assert files.erase(file.sha256)
    assert not StoredFile.objects.filter(pk__in=[file.sha256, made]).exists()
    assert not SearchableCopy.objects.exists()
