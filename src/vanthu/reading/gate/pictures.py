"""Scans as pictures: whole, of the type they say, of a bounded size in pixels."""

import struct
from pathlib import Path

from PIL import Image, UnidentifiedImageError
from PIL.TiffImagePlugin import TiffImageFile

from vanthu.reading.gate.polyglots import refuse_archive_behind
from vanthu.reading.gate.sentences import refusal

_MOST_PIXELS = 150_000_000  # A3 at 600 dpi has 70 million
_MOST_FRAMES = 500
# Last bytes of a whole file. WeasyPrint tells Pillow, for the whole process, to forgive truncated pictures:
# what is missing is looked for here.
_ENDS = {"PNG": b"IEND\xaeB`\x82", "JPEG": b"\xff\xd9"}
_TAIL = 4096  # cameras and scanners write a little behind the end
_TIFF_PLACES = ((273, 279), (324, 325))  # offsets and lengths of strips and of tiles


def inspect_png(path: Path, kind: str) -> int:
    """A PNG that may be kept: 1 page; raises `Invalid`."""
    return _inspect(path, kind, "PNG")


def inspect_jpeg(path: Path, kind: str) -> int:
    """A JPEG that may be kept: 1 page; raises `Invalid`."""
    return _inspect(path, kind, "JPEG")


def inspect_tiff(path: Path, kind: str) -> int:
    """Pages of a TIFF that may be kept; raises `Invalid`."""
    return _inspect(path, kind, "TIFF")


def _inspect(path: Path, kind: str, image_format: str) -> int:
    refuse_archive_behind(path, kind)
    try:
        with Image.open(path, formats=[image_format]) as image:
            frames = min(int(getattr(image, "n_frames", 1)), _MOST_FRAMES)
            for frame in range(frames):
                image.seek(frame)
                if image.width * image.height > _MOST_PIXELS:
                    raise refusal("picture_size", size=image.width * image.height // 1_000_000)
                if not _whole(path, image, image_format):
                    raise refusal("file_truncated", kind=kind)
                image.load()
    except UnidentifiedImageError as error:
        raise refusal("file_content", kind=kind) from error
    except Image.DecompressionBombError as error:
        raise refusal("picture_size", size=_MOST_PIXELS // 1_000_000) from error
    except (OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
        raise refusal("file_truncated", kind=kind) from error
    return frames


def _whole(path: Path, image: Image.Image, image_format: str) -> bool:
    size = path.stat().st_size
    if not isinstance(image, TiffImageFile):
        with path.open("rb") as file:
            file.seek(max(0, size - _TAIL))
            return _ENDS[image_format] in file.read()
    tags = image.tag_v2
    ends = [
        offset + length
        for offsets, lengths in _TIFF_PLACES
        for offset, length in zip(tags.get(offsets, ()), tags.get(lengths, ()), strict=False)
    ]
    return max(ends, default=0) <= size
