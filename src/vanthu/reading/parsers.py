"""What `apart` can do to a file from outside. Loaded in the helper process only, with everything it needs."""

from pathlib import Path

import pikepdf
from PIL import Image

from vanthu.reading import gate, pages, secrecy

pikepdf.Pdf  # noqa: B018 - it is loaded when first used; here that is before the first file comes
Image.init()


def _check(path: str, name: str) -> None:
    gate.check(Path(path), name)
    secrecy.check(Path(path), name)


def _page_count(path: str) -> int:
    return pages.page_count(Path(path))


def _render(path: str, page: int, width: int) -> bytes:
    return pages.render(Path(path), page, width)


OPERATIONS = {"check": _check, "page_count": _page_count, "render": _render}
