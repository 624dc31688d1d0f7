"""Good documents of every kind as the product makes them, and what can be done wrong to one."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as DocumentFile
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from vanthu.documents import kinds
from vanthu.issuing.layout import Appendix, LetterData, compose

LONG = (
    "Viện kiểm sát nhân dân tỉnh Nam Định đề nghị các đơn vị phối hợp, tổ chức thực hiện nghiêm túc các nội dung nêu"
    " trong Kế hoạch này và báo cáo kết quả về Văn phòng trước ngày 05 tháng 12 năm 2026 để tổng hợp, theo dõi."
)
LETTER = LetterData(
    kind="CV",
    office="Viện kiểm sát nhân dân tỉnh Nam Định",
    superior="Viện kiểm sát nhân dân tối cao",
    symbol="VKS-P1",
    place="Nam Định",
    year=2026,
    subject="Báo cáo kết quả công tác quý III",
    recipients=("Phòng 1", "Phòng 9"),
    body=(LONG, "1. Nội dung thứ nhất.", "a) Điểm thứ nhất;", "b) Điểm thứ hai;", "c) Điểm thứ ba;", "d) Điểm thứ tư;",
          "đ) Điểm thứ năm.", LONG),
    signing=("KT. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG"),
    signer="Trần Thị Minh Nguyệt",
    copies=("Viện trưởng (để báo cáo)",),
    archive="VT, P1",
)  # fmt: skip
DECISION = replace(
    LETTER, kind="QD", symbol="QĐ-VKS", subject="Thành lập Tổ công tác", recipients=(),
    basis=("Căn cứ Luật Tổ chức Viện kiểm sát nhân dân", "Theo đề nghị của Chánh Văn phòng"),
    body=(f"Điều 1. {LONG}", "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
          "Điều 3. Chánh Văn phòng chịu trách nhiệm thi hành Quyết định này."),
    appendices=(Appendix("DANH SÁCH TỔ CÔNG TÁC", (LONG,), label="Phụ lục I"),
                Appendix("LỊCH LÀM VIỆC", (LONG,), label="Phụ lục II")),
)  # fmt: skip
REGULATION = replace(
    LETTER, kind="QC", symbol="QC-VKS", subject="Làm việc của Viện kiểm sát", recipients=(),
    body=("Chương I", "QUY ĐỊNH CHUNG", f"Điều 1. {LONG}", f"Điều 2. {LONG}"),
)  # fmt: skip
URGENT = replace(LETTER, urgency=1, circulation="LƯU HÀNH NỘI BỘ", subject="kiểm tra")
RECORD = replace(LETTER, kind="BC", symbol="BC-VKS", recipients=("Viện trưởng",), body=(LONG,) * 12)

SYMBOL, DATE, NAME = "Số:", "Nam Định, ngày", "Trần Thị"  # how these lines of them begin


_composed: dict[str, bytes] = {}  # letters as they are made, each once


def of_kind(code: str) -> LetterData:
    """A letter of this kind as its template begins."""
    kind = kinds.by_code(code)
    symbol = f"{kind.abbreviation}-VKS" if kind.abbreviation else "VKS-P1"
    recipients = ("Phòng 1", "Phòng 9") if kind.addressed or code in ("GM", "CD") else ()
    return replace(
        LETTER, kind=code, symbol=symbol, recipients=recipients, body=(), secretary="Nguyễn Văn Thư"
    )


def written(data: LetterData, folder: Path, mutate: Callable[[DocumentFile], None] | None = None) -> Path:
    """The letter as a file, after something was done to it."""
    made = _composed.setdefault(repr(data), b"") or compose(data)
    _composed[repr(data)] = made
    if mutate is not None:
        document = Document(io.BytesIO(made))
        mutate(document)
        stream = io.BytesIO()
        document.save(stream)
        made = stream.getvalue()
    path = folder / f"{data.kind.lower()}.docx"
    path.write_bytes(made)
    return path


def paragraphs(document: DocumentFile) -> Iterator[Paragraph]:
    """All of them in order, those in tables too."""
    for node in document.element.body.iter(qn("w:p")):
        yield Paragraph(node, document)  # type: ignore[arg-type]


def texts(path: Path) -> list[str]:
    """What every paragraph of the body says."""
    return [one.text for one in paragraphs(Document(str(path)))]


def at(document: DocumentFile, begins: str) -> Paragraph:
    """The first paragraph that begins so."""
    return next(one for one in paragraphs(document) if one.text.startswith(begins))


def say(begins: str, text: str) -> Callable[[DocumentFile], None]:
    """Write another text in the paragraph that begins so, with the look of its first letters."""

    def mutate(document: DocumentFile) -> None:
        first, *others = at(document, begins).runs
        first.text = text
        for run in others:
            run._r.getparent().remove(run._r)

    return mutate


def swap(begins: str, old: str, new: str) -> Callable[[DocumentFile], None]:
    """Replace words in the run that has them, in the paragraph that begins so."""

    def mutate(document: DocumentFile) -> None:
        run = next(one for one in at(document, begins).runs if old in one.text)
        run.text = run.text.replace(old, new)

    return mutate


def look(begins: str, **font: Any) -> Callable[[DocumentFile], None]:
    """Set properties of the font in the paragraph that begins so."""

    def mutate(document: DocumentFile) -> None:
        for run in at(document, begins).runs:
            for name, value in font.items():
                setattr(run.font, name, value)

    return mutate


def lay(begins: str, **layout: Any) -> Callable[[DocumentFile], None]:
    """Set properties of the paragraph that begins so."""

    def mutate(document: DocumentFile) -> None:
        for name, value in layout.items():
            setattr(at(document, begins).paragraph_format, name, value)

    return mutate


def drop(*begins: str) -> Callable[[DocumentFile], None]:
    """Empty the paragraphs that begin so."""

    def mutate(document: DocumentFile) -> None:
        for one in begins:
            for run in at(document, one).runs:
                run._r.getparent().remove(run._r)

    return mutate


def without_rule(begins: str) -> Callable[[DocumentFile], None]:
    """Take away the rule that is the next paragraph's border."""

    def mutate(document: DocumentFile) -> None:
        below = at(document, begins)._p.getnext()
        below.pPr.remove(below.pPr.find(qn("w:pBdr")))

    return mutate


def section(**values: Any) -> Callable[[DocumentFile], None]:
    """Set properties of the first section."""

    def mutate(document: DocumentFile) -> None:
        for name, value in values.items():
            setattr(document.sections[0], name, value)

    return mutate


def of_the_party(folder: Path, **changes: str) -> Path:
    """A plain notice of a Party committee; `changes` put other words in place of title, star, number, receivers."""
    said = {
        "title": "ĐẢNG CỘNG SẢN VIỆT NAM", "line": "_", "star": "*", "number": "Số 12-TB/ĐU",
        "kept": "- Lưu Văn phòng.",
    }  # fmt: skip
    said |= changes
    document = Document()
    document.styles["Normal"].font.name = "Times New Roman"
    left, right = document.add_table(2, 2).rows
    left.cells[0].text = f"ĐẢNG ỦY VIỆN KIỂM SÁT\n{said['star']}"
    right.cells[0].text, right.cells[1].text = said["number"], "Hà Nội, ngày 05 tháng 11 năm 2026"
    title = left.cells[1].paragraphs[0]
    run = title.add_run(said["title"])
    run.bold, run.underline = True, bool(said["line"])
    for text in ("THÔNG BÁO", LONG, "Nơi nhận:", said["kept"]):
        document.add_paragraph(text)
    path = folder / "party.docx"
    document.save(str(path))
    return path
