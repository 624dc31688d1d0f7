"""Page images, made once per content, page and width, and kept on this machine's disk under `var/previews`.

The renderer belongs to a room above; `config.wiring` hands it in with `use`.
"""

import contextlib
import fcntl
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from vanthu.kernel.files import scanning, staging
from vanthu.kernel.files.contract import key
from vanthu.kernel.files.models import INFECTED, Attachment, StoredFile, Upload
from vanthu.kernel.refusals import NotFound

WIDTHS = (240, 480, 800, 1200, 1600)  # pixels; others are rounded up, so that nobody fills the disk
KEPT_DAYS = 30  # an image is made again when somebody looks after that

_PATIENCE = 3.0  # seconds a request waits for another that is rendering the same file

type Renderer = Callable[[Path, int, int], bytes]  # (PDF, page from 1, width in pixels) -> PNG


@dataclass(frozen=True, slots=True)
class Pending:
    """The image is being made elsewhere; ask again after so many seconds."""

    seconds: int = 1


_renderers: list[Renderer] = []


def use(renderer: Renderer) -> None:
    """Render pages with this function; the last one given counts."""
    _renderers[:] = [renderer]


def page_image(source: Attachment | Upload, page: int, width: int) -> Path | Pending:
    """The PNG of a page (from 1) of an attachment or upload, rendered now if nobody did before.

    Two requests never render the same file at once; the later gets `Pending` if the first takes long. Raises
    `NotFound` for a page that is not there, and what the renderer raises for files without pages.
    """
    file = source.file
    if file is None or page < 1 or (file.page_count is not None and page > file.page_count):
        raise NotFound
    scanning.require_open(file)
    width = _round_up(width)
    image = _place(file.sha256, page, width)
    if image.exists():
        return image
    with _alone(file.sha256, _PATIENCE) as mine:
        if not mine:
            return image if image.exists() else Pending()
        _render(file.sha256, [page], width)
    return image


def prepare(file: StoredFile, width: int, *, pages: int) -> None:
    """Render the first pages ahead of the first reader; waits for whoever renders the same file.

    Of a file that is locked there are none.
    """
    if file.scan_state == INFECTED:
        return
    wanted = range(1, min(pages, file.page_count or 1) + 1)
    with _alone(file.sha256, 60) as mine:
        if mine:
            _render(file.sha256, wanted, _round_up(width))


def forget(sha256: str) -> None:
    """Erase all images of a file that was erased."""
    folder = _folder(sha256)
    for image in folder.glob(f"{sha256}*"):
        image.unlink(missing_ok=True)


def prune(days: int = KEPT_DAYS) -> int:
    """Erase images older than this on this machine; returns how many."""
    erased = 0
    for image in (settings.VAR_DIR / "previews").rglob("*.png"):
        if time.time() - image.stat().st_mtime > days * 86400:
            image.unlink(missing_ok=True)
            erased += 1
    return erased


def _render(sha256: str, pages: Iterable[int], width: int) -> None:
    missing = [page for page in pages if not _place(sha256, page, width).exists()]
    if not missing:
        return
    if not _renderers:
        raise ImproperlyConfigured("config.wiring must give a renderer to vanthu.kernel.files.previews.use")
    with staging.copied(sha256, ".pdf") as pdf:
        for page in missing:
            _write(_place(sha256, page, width), _renderers[0](pdf, page, width))


def _write(image: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=image.parent)  # mode 0600
    with os.fdopen(handle, "wb") as target:
        target.write(data)
    os.replace(name, image)


@contextlib.contextmanager
def _alone(sha256: str, seconds: float) -> Iterator[bool]:
    """Whether this thread of this process got the file for itself within so many seconds."""
    folder = _folder(sha256)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / f"{sha256}.lock").open("w") as lock:
        until = time.monotonic() + seconds
        while not (mine := _locked(lock.fileno())) and time.monotonic() < until:
            time.sleep(0.05)
        yield mine


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _round_up(width: int) -> int:
    return next((known for known in WIDTHS if known >= width), WIDTHS[-1])


def _place(sha256: str, page: int, width: int) -> Path:
    return _folder(sha256) / f"{sha256}-{page}-{width}.png"


def _folder(sha256: str) -> Path:
    place: Path = settings.VAR_DIR / "previews" / key(sha256)
    return place.parent
