"""Page images are made once, kept apart by page and width, and never by two at once."""

import io
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from vanthu.kernel.actor import Actor
from vanthu.kernel.files import actions, checks, jobs, previews
from vanthu.kernel.files.models import Attachment
from vanthu.kernel.jobs import enqueue, run_jobs
from vanthu.kernel.refusals import NotFound

pytestmark = pytest.mark.django_db


class Renderer:
    """Counts what it is asked and notices when it is asked twice at once."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int]] = []
        self.at_once, self.most = 0, 0
        self.go_on = threading.Event()
        self.go_on.set()

    def __call__(self, pdf: Path, page: int, width: int) -> bytes:
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        self.asked.append((page, width))
        assert pdf.read_bytes().startswith(b"%PDF")
        self.go_on.wait(10)
        self.at_once -= 1
        return f"page {page} at {width}".encode()


@pytest.fixture(autouse=True)
def no_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "CHECKS", [])


@pytest.fixture
def renderer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Renderer]:
    renderer = Renderer()
    monkeypatch.setattr(previews, "_renderers", [renderer])
    yield renderer
    renderer.go_on.set()


@pytest.fixture
def attachment(settings: Any, tmp_path: Path) -> Attachment:
    settings.FILES_S3_BUCKET, settings.FILES_DIR, settings.VAR_DIR = "", tmp_path / "files", tmp_path
    file = actions.store_bytes(b"%PDF-1.7 three pages", "application/pdf")
    actions.count_pages(file, 3)
    return actions.attach(file, owner_kind="in", owner_id=1, role="main", name="a.pdf")


def text_of(image: Path | previews.Pending) -> str:
    assert isinstance(image, Path)
    return image.read_text()


def test_a_page_is_rendered_once_and_kept_for_the_owner_only(
    attachment: Attachment, renderer: Renderer
) -> None:
    first, again = (previews.page_image(attachment, 2, 800) for _ in range(2))
    assert first == again
    assert text_of(first) == "page 2 at 800"
    assert isinstance(first, Path)
    assert first.stat().st_mode & 0o777 == 0o600
    assert renderer.asked == [(2, 800)]


def test_widths_are_rounded_up_to_a_few(attachment: Attachment, renderer: Renderer) -> None:
    for width in (481, 640, 800, 99_999):
        previews.page_image(attachment, 1, width)
    assert renderer.asked == [(1, 800), (1, 1600)]


@pytest.mark.parametrize("page", [0, -1, 4])
def test_a_page_that_is_not_there(attachment: Attachment, renderer: Renderer, page: int) -> None:
    with pytest.raises(NotFound):
        previews.page_image(attachment, page, 800)


def test_an_upload_shows_its_pages_before_it_is_used(attachment: Attachment, renderer: Renderer) -> None:
    upload = actions.stage(io.BytesIO(b"%PDF-1.7 new"), "b.pdf", by=Actor(account_id=1))
    assert text_of(previews.page_image(upload, 1, 240)) == "page 1 at 240"


def test_eight_requests_at_once_render_once(attachment: Attachment, renderer: Renderer) -> None:
    with ThreadPoolExecutor(8) as pool:
        images = list(pool.map(lambda _: previews.page_image(attachment, 1, 800), range(8)))
    assert len(set(images)) == 1
    assert renderer.asked == [(1, 800)]
    assert renderer.most == 1


def test_who_comes_while_a_slow_page_is_made_is_asked_to_wait(
    attachment: Attachment, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previews, "_PATIENCE", 0.1)
    renderer.go_on.clear()
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(previews.page_image, attachment, 1, 800)
        while not renderer.asked:
            pass
        assert previews.page_image(attachment, 1, 800) == previews.Pending(1)
        renderer.go_on.set()
        assert text_of(slow.result(10)) == "page 1 at 800"


def test_a_failed_page_leaves_no_image_and_no_lock(
    attachment: Attachment, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(pdf: Path, page: int, width: int) -> bytes:
        raise NotFound

    previews.use(broken)
    with pytest.raises(NotFound):
        previews.page_image(attachment, 1, 800)
    previews.use(renderer)
    assert text_of(previews.page_image(attachment, 1, 800)) == "page 1 at 800"


def test_the_job_makes_the_pages_ahead(attachment: Attachment, renderer: Renderer) -> None:
    enqueue(jobs.render, sha256=attachment.file_id, width=800, pages=20)
    run_jobs()
    assert renderer.asked == [(1, 800), (2, 800), (3, 800)]
    previews.page_image(attachment, 3, 800)
    assert len(renderer.asked) == 3


def test_old_images_are_pruned(attachment: Attachment, renderer: Renderer) -> None:
    image = previews.page_image(attachment, 1, 800)
    assert isinstance(image, Path)
    assert previews.prune() == 0
    assert previews.prune(days=-1) == 1
    assert not image.exists()
