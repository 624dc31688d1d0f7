"""The typeface of visible texts: Tinos (Times metrics, all Vietnamese letters), cut down and rescaled once.

pyHanko spaces OpenType text by font units, so the font must have 1000 units per em; a subset of 50 KB keeps
signed files small. Built at set-up into the folder of the installation's variable data.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from vanthu.kernel.later import later
from vanthu.kernel.refusals import Unavailable

if TYPE_CHECKING:
    from pyhanko.pdf_utils.font import opentype
else:
    opentype = later("pyhanko.pdf_utils.font.opentype")  # fifteen megabytes that pictures do not need

# In the order of preference: upright and italic faces that hold every Vietnamese letter.
_FACES = (
    ("croscore/Tinos-Regular.ttf", "croscore/Tinos-Italic.ttf"),
    ("liberation2/LiberationSerif-Regular.ttf", "liberation2/LiberationSerif-Italic.ttf"),
    ("freefont/FreeSerif.ttf", "freefont/FreeSerifItalic.ttf"),
    ("dejavu/DejaVuSerif.ttf", "dejavu/DejaVuSerif-Italic.ttf"),
    ("dejavu/DejaVuSerif.ttf", "dejavu/DejaVuSerif.ttf"),
)
_FOLDERS = (Path("/usr/share/fonts/truetype"), Path("/usr/local/share/fonts/truetype"))


def serif(size: float, *, italic: bool = False) -> opentype.GlyphAccumulatorFactory:
    """A fresh font of this size in points, for one PDF writer."""
    return opentype.GlyphAccumulatorFactory(str(face(italic=italic)), font_size=round(size))


def source_face(*, italic: bool = False) -> Path:
    """The best installed face; raises `Unavailable` when the machine has none."""
    for faces in _FACES:
        for folder in _FOLDERS:
            path = folder / faces[italic]
            if path.exists():
                return path
    raise Unavailable("Máy chủ chưa có phông chữ Times cho chữ ký số. Cài gói fonts-croscore rồi thử lại.")


def cut_faces() -> None:
    """Cut both faces now, as set-up does, so that nobody who signs waits for it. Raises `Unavailable`."""
    for italic in (False, True):
        face(italic=italic)


@cache
def face(*, italic: bool = False) -> Path:
    """The prepared face, made if it is not there."""
    source = source_face(italic=italic)
    folder: Path = settings.VAR_DIR / "fonts"
    target = folder / f"{source.stem}-1000.ttf"
    if not target.exists():
        from vanthu.signing import cutting  # noqa: PLC0415 - costs half a second of every start, needed once

        folder.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_suffix(f".{os.getpid()}")
        cutting.cut(source).save(unfinished)
        unfinished.replace(target)
    return target
