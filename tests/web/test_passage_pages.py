"""A scan is found by its words; the page on which they stand is shown with their places; its copy is offered."""

import io
import itertools
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import World
from tests.entries import arrival, make_numbered
from tests.reading.conftest import pdf_of
from tests.reading.scans import SYMBOL, pdf_scan, scan
from vanthu.documents import actions
from vanthu.documents import queries as documents
from vanthu.documents.models import IncomingEntry
from vanthu.kernel.files import actions as files
from vanthu.kernel.files import queries
from vanthu.kernel.jobs import run_jobs
from vanthu.reading import storing
from vanthu.reading.models import PageText, Reading
from vanthu.reading.ocr import thorough
from vanthu.reading.states import ReadingState
from vanthu.search import places

pytestmark = pytest.mark.django_db
_RECT = re.compile(r'<rect(?: id="cho")? x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/>')


def registered(world: World, data: bytes) -> IncomingEntry:
    """An entry of the province with this PDF, everything done that runs in the background."""
    by = world.actor("clerk")
    upload = files.stage(io.BytesIO(data), "Bản quét.pdf", by=by)
    entry = actions.register(arrival(), uploads=[upload.pk], by=by)
    run_jobs()
    return entry


@pytest.fixture
def scanned(world: World, monkeypatch: pytest.MonkeyPatch) -> IncomingEntry:
    def copy(source: Path, target: Path, *, pages: int) -> str:
        target.write_bytes(source.read_bytes() + b"%\n")
        return "pass"

    monkeypatch.setattr(thorough, "make", copy)
    return registered(world, pdf_scan(scan()))


def test_a_scan_is_found_and_its_place_is_shown(world: World, scanned: IncomingEntry) -> None:
    clerk = world.client("clerk")
    found = clerk.get("/search", {"q": "chấp hành quy chế nghiệp vụ"}).content.decode()
    address = f"/search/in/{scanned.pk}/passages"
    assert f'href="{address}?q=' in found
    assert '#cho"' in found
    shown = clerk.get(address, {"q": "quy che nghiep vu"})  # typed without marks
    page = shown.content.decode()
    assert "/1.png" in page
    rectangles = _RECT.findall(page)
    assert rectangles
    assert page.count('id="cho"') == 1
    ((_, text),) = storing.texts_of(
        documents.document_files([scanned.document_id])[scanned.document_id][0].file_id
    )
    assert "quy chế nghiệp vụ" in text
    for left, top, width, height in (map(int, one) for one in rectangles):
        assert left + width <= 1000
        assert 200 < top < 500, "the paragraph stands in the upper half"
        assert 5 < height < 40, "one line high"


def test_the_best_page_is_shown_and_others_can_be_chosen(world: World) -> None:
    second = "<p style='break-before:page'>Trang sau: kế hoạch kiểm tra kho vật chứng.</p>"
    body = f"<p>Trang đầu nói về kế hoạch.</p>{second}"
    entry = registered(world, pdf_of(body))
    clerk = world.client("clerk")
    address = f"/search/in/{entry.pk}/passages"
    best = clerk.get(address, {"q": "kế hoạch kho vật chứng"})
    assert best.context["shown"].number == 2
    assert "page=1.1" in best.content.decode()
    assert clerk.get(address, {"q": "kế hoạch kho vật chứng", "page": "1.1"}).context["shown"].number == 1
    nowhere = clerk.get(address, {"q": "không đứng ở đâu"})
    assert nowhere.context["shown"] is None
    assert "Chưa thấy trên trang nào" in nowhere.content.decode()


def test_words_over_two_lines_have_a_box_on_each(world: World) -> None:
    entry = registered(
        world, pdf_of("<p style='width:40mm'>Kế hoạch kiểm tra việc chấp hành quy chế nghiệp vụ</p>")
    )
    (held,) = documents.document_files([entry.document_id])[entry.document_id]
    by = world.actor("clerk")
    text = '"việc chấp hành quy chế"'
    patterns = places.patterns(text, by=by)
    (page,) = places.found_pages([held], patterns)
    boxes = places.boxes(page, patterns)
    assert len(boxes) >= 2
    assert all(above.bottom <= below.bottom for above, below in itertools.pairwise(boxes))


def test_words_side_by_side_are_one_place(world: World) -> None:
    entry = registered(world, pdf_of("<p>Kế hoạch kiểm tra quy chế, rồi kiểm tra lại.</p>"))
    (held,) = documents.document_files([entry.document_id])[entry.document_id]
    patterns = places.patterns("kiểm tra quy chế", by=world.actor("clerk"))
    (page,) = places.found_pages([held], patterns)
    assert page.times == len(places.boxes(page, patterns)) == 2


def test_a_file_that_is_not_read_yet_is_called_so(world: World, scanned: IncomingEntry) -> None:
    PageText.objects.all().delete()
    page = world.client("clerk").get(f"/search/in/{scanned.pk}/passages", {"q": "quy chế"}).content.decode()
    assert "Tệp chưa đọc xong" in page


def test_a_document_that_was_sent_is_called_by_its_subject(world: World) -> None:
    entry = make_numbered(world)
    sender = world.client("supreme_clerk")
    page = sender.get(f"/search/out/{entry.pk}/passages", {"q": "kiểm tra"}).content.decode()
    assert f"<h1>{entry.document.subject}</h1>" in page
    assert entry.document.symbol in page
    assert "Chưa thấy trên trang nào" in page


def test_strangers_and_drafts_have_no_passages(world: World, scanned: IncomingEntry) -> None:
    assert world.client("region_clerk").get(f"/search/in/{scanned.pk}/passages?q=a").status_code == 404
    assert world.client("clerk").get(f"/search/draft/{scanned.pk}/passages?q=a").status_code == 404


def test_the_number_of_queries_does_not_grow_with_pages(world: World) -> None:
    many = "".join(f"<p style='break-after:page'>Kế hoạch số {number}</p>" for number in range(9))
    counts = []
    for data in (pdf_of("<p>Kế hoạch</p>"), pdf_of(many)):
        address = f"/search/in/{registered(world, data).pk}/passages?q=kế hoạch"
        clerk = world.client("clerk")
        clerk.get(address)
        with CaptureQueriesContext(connection) as run:
            clerk.get(address)
        counts.append(len(run))
    assert counts == [10, 10]


def test_the_page_of_the_entry_offers_the_searchable_copy(world: World, scanned: IncomingEntry) -> None:
    clerk = world.client("clerk")
    page = clerk.get(f"/incoming/{scanned.pk}").content.decode()
    assert "đạt PDF/A-2b; tệp gốc giữ nguyên" in page
    (held,) = documents.document_files([scanned.document_id])[scanned.document_id]
    answer = clerk.get(f"/files/{held.pk}/searchable")
    assert answer.status_code == 200
    with queries.copy_of(held.file) as path:
        assert b"".join(answer.streaming_content) == path.read_bytes() + b"%\n"  # type: ignore[attr-defined]
    assert world.client("region_clerk").get(f"/files/{held.pk}/searchable").status_code == 404


def test_the_page_of_the_entry_says_how_far_its_scan_is_read(world: World, scanned: IncomingEntry) -> None:
    Reading.objects.update(state=ReadingState.READING, pages=10, pages_done=3)
    page = world.client("clerk").get(f"/incoming/{scanned.pk}").content.decode()
    assert "Đang đọc chữ: 3/10 trang." in page
    assert '<progress max="10" value="3"' in page
    assert SYMBOL not in page
