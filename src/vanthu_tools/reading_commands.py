"""`vanthu read FILE`: the text of a file and the fields of its registration, without a server or a database."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from vanthu.documents.known_kinds import PLAIN
from vanthu.kernel.refusals import Invalid, Unavailable
from vanthu.reading import fields, texts
from vanthu.reading.words import Page

LABELS = {
    "issuer": "Cơ quan ban hành",
    "number": "Số",
    "symbol": "Ký hiệu",
    "issued_on": "Ngày ban hành",
    "kind": "Loại văn bản",
    "subject": "Trích yếu",
    "signer_name": "Người ký",
    "signer_post": "Chức vụ",
    "urgency": "Độ khẩn",
    "recipients": "Nơi nhận",
    "due_on": "Hạn",
}


def read(
    file: Annotated[Path, typer.Argument(help="PDF, scan, picture, DOCX, DOC, ODT, RTF, XLSX, mail …")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Read a file (*đọc tệp*): its text, and issuer, number, date, subject, signer … with their places.

    A file that cannot be read: exit 1 and a sentence with the cause on standard error.
    """
    pages = _pages(file)
    found = as_data(pages)
    if as_json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
        return
    for line in _lines(found):
        sys.stdout.write(line + "\n")


def as_data(pages: list[Page]) -> dict[str, Any]:
    """{"text", "pages" (how many), "fields": {name: {"value", "confidence", "page", "box"}}}.

    Days are ISO 8601, recipients a list, a box is [left, top, right, bottom] in fractions of the page as it is shown;
    what was not found has the value null.
    """
    known = fields.as_data(fields.extract(pages, PLAIN))
    return {
        "text": "\n\n".join(page.text for page in pages),
        "pages": len(pages),
        "fields": {name: known[name] for name in fields.NAMES},
    }


def _pages(file: Path) -> list[Page]:
    try:
        with file.open("rb"):
            pass
        return list(texts.pages(file, file.name, lay_out=True))
    except OSError as error:
        reason = (
            "không có tệp này" if isinstance(error, FileNotFoundError) else (error.strerror or str(error))
        )
        _stop(f"Không đọc được tệp {file}: {reason}. Kiểm tra tên tệp rồi chạy lại.")
    except (Invalid, Unavailable) as refusal:
        _stop(refusal.message)


def _lines(found: dict[str, Any]) -> list[str]:
    """What a person reads: the fields that were found, then the text."""
    lines = []
    for name, label in LABELS.items():
        one = found["fields"][name]
        if one["value"]:
            value = "; ".join(one["value"]) if isinstance(one["value"], list) else one["value"]
            lines.append(f"{label}: {value} (trang {one['page']}, tin cậy {one['confidence']:.0%})")
    return [*lines, f"Số trang: {found['pages']}", "", found["text"]]


def _stop(sentence: str) -> NoReturn:
    sys.stderr.write(f"{sentence}\n")
    raise typer.Exit(1)
