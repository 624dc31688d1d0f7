"""The searchable copy of a scan: every page turned upright and straight, its words under the image, as PDF/A-2b."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pikepdf
from pikepdf import pdfa

from vanthu.kernel.refusals import Invalid, Unavailable
from vanthu.reading import confined
from vanthu.reading.ocr import tesseract

FLAVOUR = "2b"
# Pages at a time: of two processors one stays free for pages that users wait for.
JOBS = max(1, (os.cpu_count() or 2) // 2)
_SECONDS_A_PAGE, _SECONDS = 180, 120  # by the clock, on a machine that is busy with other work
_MEMORY, _OUTPUT = 6 << 30, 2 << 30
_PLUGIN = Path(__file__).with_name("plugin.py")
# Exit codes of the program (its manual, "Return code policy").
_BAD_INPUT, _DIGITAL_RIGHTS = 2, 8
# Only pages without text are read. Images are kept as they are unless they are turned; nothing calls Ghostscript.
_ARGUMENTS = (
    *("--language", "vie", "--mode", "skip", "--rotate-pages", "--deskew", "--optimize", "0"),
    *("--output-type", "pdfa-2", "--pdfa-backend", "internal", "--rasterizer", "pypdfium"),
    *("--invalidate-digital-signatures", "--quiet", "--plugin", str(_PLUGIN)),
)


def make(source: Path, target: Path, *, pages: int) -> str:
    """Write the searchable copy of a PDF to `target`; returns what the check for PDF/A-2b says of it (`verdict`).

    Raises `OcrMissing`, `Invalid` for a PDF that cannot be copied, `Unavailable` when it takes too long.
    """
    if not tesseract.available():
        raise tesseract.OcrMissing
    with tempfile.TemporaryDirectory(prefix="vanthu-copy-") as folder:
        made = Path(folder) / "copy.pdf"
        config = Path(folder) / "tesseract.cfg"
        config.write_text(tesseract.CONFIG)
        given = Path(folder) / "scan.pdf"
        given.symlink_to(source.resolve())
        _run(
            [*_ARGUMENTS, "--jobs", str(JOBS), "--tesseract-config", str(config), str(given), str(made)],
            folder,
            pages,
        )
        said = verdict(made)
        shutil.move(made, target)
    return said


def verdict(path: Path) -> str:
    """ "pass", "fail" or "not_checked" (something in it is beyond the check: never shown as valid)."""
    try:
        with pikepdf.open(path) as copy:
            return str(pdfa.check(copy, FLAVOUR).verdict)
    except pikepdf.PdfError as error:
        raise Invalid(_NOT_MADE, code="copy_not_made") from error


def _giving_way() -> list[str]:
    """What makes a command run only when nothing else wants the processor, as far as the system can."""
    idle = shutil.which("chrt")
    return [idle, "--idle", "0"] if idle else ["nice", "-n", "19"]


def _run(arguments: list[str], folder: str, pages: int) -> None:
    command = [*_giving_way(), sys.executable, "-m", "ocrmypdf", *arguments]
    seconds = _SECONDS + _SECONDS_A_PAGE * pages
    also = {"OMP_THREAD_LIMIT": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        code, _, _ = confined.run(
            command, seconds=seconds, memory=_MEMORY, output=_OUTPUT, folder=folder, also=also
        )
    except confined.TooSlow:
        raise Unavailable(
            "Tạo bản tìm kiếm được quá lâu nên đã dừng; tệp gốc vẫn nguyên. Tách tệp thành nhiều phần rồi tải lại.",
            code="copy_too_slow",
        ) from None
    if code in (_BAD_INPUT, _DIGITAL_RIGHTS):
        raise Invalid(
            "Tệp hỏng hoặc có mật khẩu nên không tạo được bản tìm kiếm được.", code="copy_bad_input"
        )
    if code:
        raise Invalid(_NOT_MADE, code="copy_not_made")


_NOT_MADE = "Chưa tạo được bản tìm kiếm được của tệp này; tệp gốc vẫn nguyên, vẫn tìm được theo chữ đã đọc."
