"""What `apart` can do to a file from outside. Loaded in the helper process only, with everything it needs."""

from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image

from vanthu.kernel.files.contract import PDF
from vanthu.reading import form, gate, layer, pages, secrecy, texts
from vanthu.reading.ocr import pictures, quick

pikepdf.Pdf  # noqa: B018 - it is loaded when first used; here that is before the first file comes
Image.init()


def _check(path: str, name: str) -> int | None:
    accepted = gate.inspect(Path(path), name)
    secrecy.check(Path(path), name)
    return accepted.pages if accepted.media_type == PDF else None


def _page_count(path: str) -> int:
    return pages.page_count(Path(path))


def _render(path: str, page: int, width: int) -> bytes:
    return pages.render(Path(path), page, width)


def _form(path: str, name: str, kind: str, pdf_path: str) -> dict[str, Any]:
    rows = form.check(Path(path), name, kind).as_rows()
    if pdf_path:
        rows["findings"] = form.placed(rows["findings"], layer.pages(Path(pdf_path)))
    return rows


def _form_fixed(path: str, name: str, kind: str, *keys: str) -> bytes:
    return form.fix(Path(path), name, keys, kind)


def _count_to_read(path: str, ending: str) -> int:
    return texts.count(Path(path), ending)


def _parsed_page(path: str, ending: str, number: int) -> bytes:
    return texts.parsed(Path(path), ending, number)


def _picture(path: str, number: int) -> bytes:
    return pictures.sent(quick.picture(Path(path), number))


OPERATIONS = {
    "check": _check,
    "page_count": _page_count,
    "render": _render,
    "count_to_read": _count_to_read,
    "parsed_page": _parsed_page,
    "picture": _picture,
    "form": _form,
    "form_fixed": _form_fixed,
}
