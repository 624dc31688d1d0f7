"""Files are read in the background, a page at a time; what is known of them goes when their bytes go."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests.reading.conftest import pdf_of
from tests.reading.scans import SYMBOL, pdf_scan, printed, saved, scan
from vanthu.kernel.actor import Actor
from vanthu.kernel.files import actions as files
from vanthu.kernel.files.models import StoredFile
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.refusals import Invalid
from vanthu.reading import jobs, keeping, storing, texts
from vanthu.reading.models import PageText, Reading
from vanthu.reading.ocr import tesseract
from vanthu.reading.packing import packed, unpacked
from vanthu.reading.states import ReadingState
from vanthu.reading.words import Page, typed

pytestmark = pytest.mark.django_db
CLERK = Actor.for_system()


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def staged(data: bytes, name: str = "Công văn.pdf") -> StoredFile:
    file = files.stage(io.BytesIO(data), name, by=CLERK).file
    assert file is not None
    return file


def three_pages() -> bytes:
    return pdf_of("".join(f"<p style='break-after:page'>Trang số {number}</p>" for number in (1, 2, 3)))


def test_an_upload_is_read_by_itself() -> None:
    file = staged(three_pages())
    waiting = storing.of(file.sha256)
    assert waiting is not None
    assert (waiting.state, storing.pages_of(file.sha256)) == (ReadingState.WAITING, [])
    run_jobs()
    done = Reading.objects.get(file=file)
    assert (done.state, done.pages, done.pages_done, done.scanned_pages) == (ReadingState.DONE, 3, 3, 0)
    assert storing.text_of(file.sha256) == "Trang số 1\nTrang số 2\nTrang số 3"
    assert [page.number for page in storing.pages_of(file.sha256, 2, 2)] == [2]


def test_a_scan_is_read_and_its_words_keep_their_places() -> None:
    file = staged(pdf_scan(scan(skew=1.8)))
    run_jobs()
    (page,) = storing.pages_of(file.sha256)
    assert page.scanned
    assert page.skew == pytest.approx(1.8, abs=0.15)
    assert SYMBOL in page.text
    row = PageText.objects.get(reading__file=file)
    assert row.scanned
    assert 0.5 < row.confidence <= 1


def test_the_first_page_comes_before_the_others() -> None:
    file = staged(three_pages())
    jobs.read_file(file.sha256)
    assert [page.number for page in storing.pages_of(file.sha256)] == [1]
    reading = Reading.objects.get(file=file)
    assert (reading.state, reading.pages, reading.pages_done) == (ReadingState.READING, 3, 1)
    run_jobs()
    assert Reading.objects.get(file=file).state == ReadingState.DONE


def test_a_page_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs that run twice, or go on after a death, read only what is missing."""
    file = staged(three_pages())
    keeping.read(file.sha256, most_pages=2, seconds=60)
    read: list[int] = []
    page_of = texts.Opened.page
    monkeypatch.setattr(
        texts.Opened, "page", lambda self, number: (read.append(number), page_of(self, number))[1]
    )
    jobs.read_file(file.sha256)
    jobs.read_file(file.sha256)
    jobs.read_rest(file.sha256)
    assert read == [3]
    assert PageText.objects.filter(reading__file=file).count() == 3


def test_the_same_file_again_is_not_read_again() -> None:
    file = staged(printed())
    run_jobs()
    before = Reading.objects.get(file=file).changed_at
    staged(printed(), "Bản khác.pdf")
    assert run_jobs() == 0
    assert Reading.objects.get(file=file).changed_at == before


def test_a_reading_that_got_lost_is_taken_up() -> None:
    """A job that vanished, or a worker that was killed too often: after some minutes the file is asked for again."""
    file = staged(three_pages())
    keeping.read(file.sha256, most_pages=1, seconds=0)
    run_jobs()  # what was waiting; it finds nothing to begin with
    Reading.objects.filter(file=file).update(state=ReadingState.READING, pages_done=1)
    PageText.objects.filter(reading__file=file, number__gt=1).delete()
    jobs.take_up()
    assert run_jobs() == 0, "it may still be under way"
    Reading.objects.filter(file=file).update(changed_at=timezone.now() - timedelta(minutes=6))
    jobs.take_up()
    jobs.take_up()
    assert run_jobs() == 1
    assert Reading.objects.get(file=file).state == ReadingState.DONE


def test_a_page_that_cannot_be_read_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    page_of = texts.Opened.page

    def page(self: texts.Opened, number: int) -> Page:
        if number == 2:
            raise Invalid("Không đọc được chữ trên trang này.")
        return page_of(self, number)

    monkeypatch.setattr(texts.Opened, "page", page)
    file = staged(three_pages())
    run_jobs()
    assert Reading.objects.get(file=file).state == ReadingState.DONE
    assert storing.text_of(file.sha256) == "Trang số 1\nTrang số 3"
    assert PageText.objects.get(reading__file=file, number=2).trouble


def test_a_machine_without_tesseract_says_so_and_reads_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "available", lambda: False)
    file = staged(pdf_scan(scan()))
    run_jobs()
    failed = Reading.objects.get(file=file)
    assert failed.state == ReadingState.FAILED
    assert "Tesseract" in failed.trouble
    monkeypatch.undo()
    Reading.objects.filter(file=file).update(changed_at=timezone.now() - timedelta(days=1))
    jobs.read_missed()
    run_jobs()
    assert SYMBOL in (storing.text_of(file.sha256) or "")


def test_files_of_documents_that_nobody_asked_for_are_read_at_night() -> None:
    file = files.store_bytes(printed(), "application/pdf")
    files.attach(file, owner_kind="document", owner_id=7, role="main", name="a.pdf")
    jobs.read_missed()
    run_jobs()
    assert SYMBOL in (storing.text_of(file.sha256) or "")


def test_who_erases_a_file_keeps_its_page_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """So a mark of secrecy found on a page leaves nothing of it."""
    monkeypatch.setattr(keeping, "_on_page", [])
    seen: list[str] = []

    def erase(sha256: str, page: Page) -> None:
        seen.append(page.text)
        storing.forget(sha256)

    storing.on_page(erase)
    file = staged(three_pages())
    run_jobs()
    assert seen == ["Trang số 1"]
    assert not PageText.objects.exists()
    assert storing.of(file.sha256) is None


def test_what_was_read_goes_with_the_bytes() -> None:
    upload = files.stage(io.BytesIO(printed()), "a.pdf", by=CLERK)
    run_jobs()
    files.discard(upload.pk, by=CLERK)
    assert upload.file_id is not None
    assert files.erase(upload.file_id)
    assert not Reading.objects.exists()
    assert not PageText.objects.exists()


def test_a_file_without_text_is_left_alone() -> None:
    file = files.store_bytes(b"PK", "application/zip")
    storing.start(file)
    assert storing.of(file.sha256) is None


def test_a_picture_is_read() -> None:
    file = staged(saved(scan(150), "PNG", dpi=(150, 150)), "anh.png")
    run_jobs()
    assert SYMBOL in (storing.text_of(file.sha256) or "")


def test_packing_loses_nothing_that_counts() -> None:
    page = Page(3, 595.0, 842.0, typed(["Viện kiểm sát"]).words, True, 90, 1.25)
    again = unpacked(3, packed(page))
    assert [word.text for word in again.words] == ["Viện", "kiểm", "sát"]
    assert again == page.__class__(3, 595.0, 842.0, again.words, True, 90, 1.25)
    for one, two in zip(page.words, again.words, strict=True):
        assert one.box == pytest.approx(two.box, abs=1e-4)
    assert unpacked(1, packed(Page(1, 10, 20))) == Page(1, 10, 20)
