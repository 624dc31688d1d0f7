"""A whole dossier as one PDF and as XML (Decree 30/2020, Phụ lục VI, III.4.g), written to files, not into memory."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pikepdf
from lxml import etree
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from weasyprint import HTML

from vanthu.dossiers import lists
from vanthu.kernel.calendar import now, today
from vanthu.kernel.files import queries as files
from vanthu.kernel.files.contract import PDF, FileDamaged
from vanthu.organisations import change_queries
from vanthu.web.dossiers.outputs import contents_head, contents_rows
from vanthu.web.dossiers.parts import Fields, Part, day

if TYPE_CHECKING:
    from vanthu.dossiers.models import Dossier
    from vanthu.kernel.files.models import Attachment

type Told = Callable[[int], None]  # how many parts are done

_STYLE = """
@page { size: A4; margin: 25mm 20mm 20mm 30mm }
html { font-family: Tinos, "Times New Roman", "Liberation Serif", serif; font-size: 13pt; line-height: 1.4 }
.middle { text-align: center } h1 { font-size: 20pt; text-align: center; margin: 40mm 0 12mm }
dt { float: left; clear: left; width: 52mm } dd { margin: 0 0 2mm 54mm; overflow-wrap: anywhere }
.small { font-size: 10.5pt; margin-top: 20mm; overflow-wrap: anywhere }
"""


def file_code(dossier: "Dossier") -> str:
    """Mã hồ sơ: identifier of the office, year, notation (field 1)."""
    return f"{dossier.office.identifier or dossier.office.code}.{dossier.year}.{dossier.notation}"


def write_pdf(dossier: "Dossier", found: Sequence[Part], target: BinaryIO, *, told: Told) -> None:
    """Cover, contents, then every document in order of time, with a bookmark for each.

    What has no pages (recordings, tables, broken files) gets a leaf that names it with its hash.
    """
    with ExitStack() as kept, tempfile.TemporaryDirectory() as name:
        folder, whole = Path(name), kept.enter_context(pikepdf.new())
        marks: list[tuple[str, int]] = [("Bìa hồ sơ", 0)]
        _append(whole, _leaf(folder / "cover.pdf", _cover(dossier)), kept)
        marks.append(("Mục lục văn bản, tài liệu", len(whole.pages)))
        with (folder / "contents.pdf").open("wb") as stream:
            head = contents_head(dossier, dossier.office)
            lists.write_pdf(lists.CONTENTS, head, contents_rows([part.line for part in found]), stream)
        _append(whole, folder / "contents.pdf", kept)
        for number, part in enumerate(found, start=1):
            marks.append((_mark(part), len(whole.pages)))
            _append_part(whole, part, folder / f"{number}.pdf", kept)
            told(number)
        with whole.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(text, page) for text, page in marks)
        whole.docinfo["/Title"] = f"Hồ sơ {dossier.notation} - {dossier.title}"
        place = folder / "whole.pdf"
        whole.save(place, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        with place.open("rb") as stream:
            shutil.copyfileobj(stream, target, 1 << 20)


def _append_part(whole: pikepdf.Pdf, part: Part, leaf: Path, kept: ExitStack) -> None:
    before = len(whole.pages)
    without = [one for one in part.files if one.file.media_type != PDF or not _append_file(whole, one, kept)]
    if without or len(whole.pages) == before:
        _append(whole, _leaf(leaf, _named(part, without)), kept)


def _append_file(whole: pikepdf.Pdf, attachment: "Attachment", kept: ExitStack) -> bool:
    """The pages of one file; False when it cannot be read or is locked."""
    try:
        path = kept.enter_context(files.copy_of(attachment.file, attachment.name))
        _append(whole, path, kept)
    except (pikepdf.PdfError, FileDamaged):
        return False
    return True


def _append(whole: pikepdf.Pdf, path: Path, kept: ExitStack) -> None:
    """The source stays open until the whole is written: its streams are copied only then."""
    source = kept.enter_context(pikepdf.open(path))
    whole.pages.extend(source.pages)


def _mark(part: Part) -> str:
    line = part.line
    head = " ".join(filter(None, (line.symbol, f"({day(line.day)})" if line.day else "")))
    return f"{line.ordinal}. {' '.join(filter(None, (head, line.kind)))}: {line.subject}"[:200]


def _leaf(path: Path, body: str) -> Path:
    HTML(string=f'<html lang="vi"><style>{_STYLE}</style><body>{body}').write_pdf(path)
    return path


def _cover(dossier: "Dossier") -> str:
    facts = {
        "Mã hồ sơ": file_code(dossier),
        "Tiêu đề": dossier.title,
        "Thời hạn bảo quản": dossier.retention_name or "chưa xác định",
        "Chế độ sử dụng": dossier.get_usage_display(),
        "Người lập": dossier.creator.full_name,
        "Thời gian": " - ".join(filter(None, (day(dossier.started_on), day(dossier.ended_on)))),
        "Tổng số": f"{dossier.last_ordinal} văn bản, tài liệu; {dossier.page_total} trang",
        "Ghi chú": dossier.remark,
    }
    shown = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in facts.items() if value)
    called = change_queries.name_on(dossier.office, dossier.ended_on or today())
    office = f'<p class="middle"><b>{escape(called.upper())}</b></p>'
    about = f"Bản kết xuất ngày {today():%d/%m/%Y} để xem và in. Chữ ký số kiểm tra được trên tệp gốc."
    return f'{office}<h1>HỒ SƠ {escape(dossier.notation)}</h1><dl>{shown}</dl><p class="small">{about}</p>'


def _named(part: Part, without: "Sequence[Attachment]") -> str:
    line = part.line
    title = (
        f"<p><b>{line.ordinal}. {escape(line.kind)} {escape(line.symbol)}</b><br>{escape(line.subject)}</p>"
    )
    if not without:
        return f"{title}<p>Không có tệp kèm theo.</p>"
    names = "".join(
        f"<li>{escape(one.name)} ({one.file.size} byte)<br>SHA-256: {one.file_id}</li>" for one in without
    )
    return f'{title}<p>Tệp không in được thành trang, xem tệp gốc trong hệ thống:</p><ul class="small">{names}</ul>'


def write_xml(dossier: "Dossier", found: Sequence[Part], target: BinaryIO) -> None:
    """The fields of the dossier and of what lies in it (Phụ lục VI, part II), with names and hashes of the files."""
    root = etree.Element("Dossier", ExportedAt=now().isoformat(timespec="seconds"))
    _fill(root, _fields(dossier))
    inside = etree.SubElement(root, "Documents")
    names = {
        "incoming": "IncomingDocument",
        "outgoing": "OutgoingDocument",
        "draft": "Draft",
        "paper": "Paper",
    }
    for part in found:
        one = etree.SubElement(inside, names[part.sort])
        _fill(one, [("FileCode", _code(dossier)), *part.fields])
        held = etree.SubElement(one, "Files")
        for file in part.files:
            etree.SubElement(
                held, "File", Name=_plain(file.name), Size=str(file.file.size), MediaType=file.file.media_type,
                SHA256=file.file_id,
            )  # fmt: skip
    etree.ElementTree(root).write(target, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _code(dossier: "Dossier") -> Fields:
    office = dossier.office
    return [
        ("OrganId", office.identifier or office.code),
        ("FileCatalog", dossier.year),
        ("FileNotation", dossier.notation),
    ]


def _fields(dossier: "Dossier") -> Fields:
    return [
        ("FileCode", _code(dossier)),
        ("Title", dossier.title),
        ("Maintenance", dossier.retention_name),
        ("Rights", dossier.get_usage_display()),
        ("Creator", dossier.creator.full_name),
        ("Language", dossier.language),
        ("StartDate", day(dossier.started_on)),
        ("EndDate", day(dossier.ended_on)),
        ("DocTotal", dossier.last_ordinal),
        ("PageTotal", dossier.page_total),
        ("Description", dossier.remark),
    ]


def _fill(parent: etree._Element, fields: Fields) -> None:
    for name, value in fields:
        child = etree.SubElement(parent, name)
        if isinstance(value, list):
            _fill(child, value)
        else:
            child.text = _plain(str(value))


def _plain(text: str) -> str:
    """Without the control characters that XML does not know."""
    return str(ILLEGAL_CHARACTERS_RE.sub("", text))
