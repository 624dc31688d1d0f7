"""PDF of the product's documents have no finding; what is spoilt in a PDF is found there with its place."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from docx.document import Document as DocumentFile
from docx.shared import Mm, Pt

from tests.reading.forms import (
    DATE,
    DECISION,
    LETTER,
    LONG,
    NAME,
    RECORD,
    SYMBOL,
    lay,
    look,
    of_kind,
    say,
    section,
    swap,
    without_rule,
    written,
)
from vanthu.documents import kinds
from vanthu.kernel.refusals import Invalid
from vanthu.reading import convert
from vanthu.reading.form import check, fix

pytestmark = pytest.mark.skipif(not convert.available(), reason="LibreOffice makes the PDF")

CODES = [*(kind.code for kind in kinds.ADMINISTRATIVE), "SY", "TRS", "SL"]


def close_up(document: DocumentFile) -> None:
    """Paragraphs of the text without a gap."""
    for one in document.paragraphs:
        one.paragraph_format.space_before = one.paragraph_format.space_after = Pt(0)


SPOILT: dict[str, Callable[[DocumentFile], None]] = {
    "1.letters": say("CỘNG HÒA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAMM"),
    "1.motto-look": look("Độc lập", bold=False),
    "1.rule": without_rule("Độc lập"),
    "2.look": look("TỈNH NAM ĐỊNH", bold=False, size=Pt(15)),
    "3.zero": say(SYMBOL, "Số: 5/VKS-P1"),
    "4.comma": swap(DATE, ",", ""),
    "4.look": look(DATE, italic=False),
    "5b.look": look("V/v", bold=True),
    "6.look": look(LONG[:20], size=Pt(11)),
    "6.pdf-indent": lay(LONG[:20], first_line_indent=Mm(3)),
    "6.pdf-spacing": lay(LONG[:20], line_spacing=1.8),
    "6.pdf-gap": close_up,
    "6.point-order": swap("đ) ", "đ)", "e)"),
    "7a.form": say("KT. VIỆN", "KT.VIỆN TRƯỞNG"),
    "7b.rank": say(NAME, "TS. Trần Thị Minh Nguyệt"),
    "9a.end": swap("- Phòng 1", ";", ","),
    "9b.archive": swap("- Lưu", "Lưu: VT", "Lưu VT"),
    "font.name": look(LONG[:20], name="DejaVu Sans"),
    "page.size": section(page_width=Mm(216), page_height=Mm(279)),
    "page.margins": section(left_margin=Mm(20)),
    "capital.cite": say("1. Nội", "1. Theo Khoản 2 Điều 12 của Luật."),
}


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the PDF of every good and every spoilt document, made in one run of LibreOffice."""
    folder = tmp_path_factory.mktemp("forms")
    letters = {code: (of_kind(code), None) for code in CODES}
    letters |= {f"good-{data.kind}": (data, None) for data in (LETTER, DECISION, RECORD)}
    letters |= {f"bad-{rule}": (LETTER, mutate) for rule, mutate in SPOILT.items()}
    sources = [
        written(data, folder, mutate).rename(folder / f"{name}.docx")
        for name, (data, mutate) in letters.items()
    ]
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", str(folder), *map(str, sources)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return folder


@pytest.mark.parametrize("name", [*CODES, "good-CV", "good-QD", "good-BC"])
def test_what_the_product_makes_has_no_finding_as_pdf(name: str, made: Path) -> None:
    code = name.removeprefix("good-")
    told = check(made / f"{name}.pdf", f"{name}.pdf", code)
    assert [(one.rule.id, one.quote) for one in told.findings] == []
    if code not in ("SY", "TRS", "SL"):
        assert check(made / f"{name}.pdf", "x.pdf").kind == code


@pytest.mark.parametrize("rule", SPOILT)
def test_what_is_spoilt_is_found_in_the_pdf(rule: str, made: Path) -> None:
    told = check(made / f"bad-{rule}.pdf", "cv.pdf", "CV")
    mine = [one for one in told.findings if one.rule.id == rule]
    assert mine, [(one.rule.id, one.quote) for one in told.findings]
    place = mine[0].as_json()["place"]
    assert place["page"] == 1
    assert all(0 <= side <= 1 for side in place["box"])
    assert not mine[0].fixable


def test_a_pdf_is_not_mended(made: Path) -> None:
    with pytest.raises(Invalid, match="DOCX"):
        fix(made / "CV.pdf", "CV.pdf")
