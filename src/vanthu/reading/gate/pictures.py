"""Scans as pictures: whole, of the type they say, of a bounded size in pixels."""

import struct
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from vanthu.reading.gate.sentences import refusal

_MOST_PIXELS = 150_000_000  # A3 at 600 dpi has 70 million
_MOST_FRAMES = 500


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
    try:
        with Image.open(path, formats=[image_format]) as image:
            frames = min(int(getattr(image, "n_frames", 1)), _MOST_FRAMES)
            for frame in range(frames):
                image.seek(frame)
                if image.width * image.height > _MOST_PIXELS:
                    raise refusal("picture_size", size=image.width * image.height // 1_000_000)
                image.load()
    except UnidentifiedImageError as error:
        raise refusal("file_content", kind=kind) from error
    except Image.DecompressionBombError as error:
        raise refusal("picture_size", size=_MOST_PIXELS // 1_000_000) from error
    except (OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
        raise refusal("file_truncated", kind=kind) from error
    return frames
