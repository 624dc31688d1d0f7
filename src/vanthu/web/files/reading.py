"""How far the text of a document's files is read, and the searchable copies of its scans, as its page says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from vanthu.reading import storing
from vanthu.reading.states import CopyState, ReadingState
from vanthu.web.files.pages import ShownFile

if TYPE_CHECKING:
    from vanthu.reading.models import Reading, SearchableCopy

_VERDICTS = {
    "pass": "đạt PDF/A-2b",
    "fail": "chưa đạt PDF/A-2b",
    "not_checked": "chưa xác nhận được PDF/A-2b",
}


@dataclass(frozen=True, slots=True)
class Read:
    """One file of which something is to be said: the sentence, and the address of its searchable copy ("" = none).

    `tone` is good, wait or bad; `done` and `pages` are there while it is read, for the bar.
    """

    name: str
    sentence: str
    tone: str
    url: str = ""
    done: int = 0
    pages: int = 0


def read(files: Sequence[ShownFile]) -> list[Read]:
    """What is said of these files; nothing of those whose text was there at once. One query."""
    known = storing.of_many([file.attachment.file_id for file in files]) if files else {}
    said = (_said(file, known[file.attachment.file_id]) for file in files if file.attachment.file_id in known)
    return [one for one in said if one is not None]


def _said(file: ShownFile, reading: Reading) -> Read | None:
    name = file.attachment.name
    match reading.state:
        case ReadingState.WAITING:
            return Read(name, "Chờ đọc chữ để tìm được theo nội dung.", "wait")
        case ReadingState.READING:
            sentence = f"Đang đọc chữ: {reading.pages_done}/{reading.pages} trang."
            return Read(name, sentence, "wait", done=reading.pages_done, pages=reading.pages)
        case ReadingState.FAILED:
            return Read(name, reading.trouble, "bad")
    if not reading.scanned_pages:
        return None
    return _copied(file, getattr(reading, "copy", None), reading.scanned_pages)


def _copied(file: ShownFile, copy: SearchableCopy | None, pages: int) -> Read:
    name, sentence = file.attachment.name, f"Đã đọc chữ {pages} trang quét."
    if copy is None:
        return Read(name, sentence, "good")
    match copy.state:
        case CopyState.MADE:
            url = reverse("searchable_file", args=[file.attachment.pk])
            return Read(
                name,
                f"{sentence} Bản tìm kiếm được {_VERDICTS[copy.verdict]}; tệp gốc giữ nguyên.",
                "good",
                url,
            )
        case CopyState.WAITING:
            return Read(name, f"{sentence} Đang tạo bản tìm kiếm được (PDF/A).", "wait")
        case _:
            return Read(name, f"{sentence} {copy.trouble}", "bad")
