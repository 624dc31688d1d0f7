"""The text layer of a PDF, page by page, composed (NFC) and fit to be stored and searched."""

import re
import unicodedata
from pathlib import Path

from vanthu.reading.pdfium import opened, page_of

MOST_LETTERS = 2_000_000  # of one file; what comes after is not read
# pdfium marks a hyphen at the end of a line with U+FFFE (older: U+0002): the word goes on.
_HYPHEN_AT_LINE_END = re.compile("[\ufffe\x02][\r\n]*")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069]")
_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")


def page_texts(pdf_path: Path) -> list[str]:
    """The text of every page, empty for a page that is only a picture; raises `Invalid` for a broken file."""
    texts: list[str] = []
    left = MOST_LETTERS
    with opened(pdf_path) as document:
        for number in range(1, len(document) + 1):
            with page_of(document, number) as page:
                text_page = page.get_textpage()
                text = cleaned(
                    text_page.get_text_range(count=min(text_page.count_chars(), left)) if left else ""
                )
                text_page.close()
            texts.append(text)
            left = max(0, left - len(text))
    return texts


def cleaned(text: str) -> str:
    """NFC, no control or direction marks, one blank between words, one line end between lines."""
    text = _HYPHEN_AT_LINE_END.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    text = _BLANKS.sub(" ", _CONTROL.sub("", unicodedata.normalize("NFC", text)))
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())
