"""The first page of a template as an image: filled with a sample, drawn once per content, kept with the previews."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from vanthu.issuing import templates
from vanthu.issuing.layout import fill
from vanthu.reading import apart, convert

if TYPE_CHECKING:
    from vanthu.kernel.actor import Actor

WIDTH = 800  # pixels


def page_image(kind: str, by: Actor) -> Path:
    """The PNG of the template in force. Raises `NotFound`, `LibreOfficeMissing`, `Unavailable`."""
    data = fill(templates.template(kind, by), templates.sample(kind, by))
    image = Path(settings.VAR_DIR) / "previews" / "templates" / f"{_digest(data)}.png"
    if not image.exists():
        image.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="vanthu-template-", dir=image.parent) as folder:
            source, pdf, drawn = (Path(folder) / name for name in ("mau.docx", "mau.pdf", "mau.png"))
            source.write_bytes(data)
            drawn.write_bytes(apart.render(convert.to_pdf(source, pdf), 1, WIDTH))
            drawn.replace(image)
    return image


def _digest(data: bytes) -> str:
    """Of the parts, for a ZIP file also says when it was written."""
    digest = hashlib.sha256()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in sorted(archive.namelist()):
            if not name.startswith("docProps/"):
                digest.update(name.encode() + archive.read(name))
    return digest.hexdigest()
