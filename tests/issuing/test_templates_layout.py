"""The sector's templates, filled, are the letters that the product lays out; edited ones survive what Word does."""

import io
import re
import shutil
from copy import deepcopy
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from docx import Document
from docx.document import Document as DocumentFile
from docx.oxml.ns import qn

from tests.issuing.test_layout import letter, words
from vanthu.documents import kinds
from vanthu.documents.states import Urgency
from vanthu.issuing.layout import LetterData, compose, fill, sector_template
from vanthu.issuing.layout.filling import paragraphs, text_of
from vanthu.issuing.layout.places import (
    BY_NAME,
    MARKED,
    OF_PARTY,
    PARTY,
    PARTY_LETTER,
    TEMPLATED,
    allowed,
    needed,
)
from vanthu.reading import convert

KINDS = [code for code, _ in TEMPLATED]


def lines(data: bytes) -> list[str]:
    texts = map(words, Document(io.BytesIO(data)).element.body.iter(qn("w:p")))
    return [text for text in texts if text.strip()]


def whole(kind: str, **changes: Any) -> LetterData:
    given: dict[str, Any] = {
        "recipients": ("Sở Nội vụ", "Ủy ban nhân dân tỉnh"),
        "copies": ("Lãnh đạo Viện",),
        "secretary": "Nguyễn Thu Hà",
    }
    return letter(kind, **(given | changes))


def saved(document: DocumentFile) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_every_kind_the_copies_and_the_party_have_a_template() -> None:
    assert set(KINDS) == {kind.code for kind in (*kinds.ADMINISTRATIVE, *kinds.COPIES)} | {*OF_PARTY}


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_has_what_its_kind_needs_and_nothing_unknown(kind: str) -> None:
    data = whole(kind if kind not in OF_PARTY else "CV")
    document = Document(io.BytesIO(sector_template(kind, data)))
    found = {name for element in paragraphs(document) for name in MARKED.findall(text_of(element))}
    assert set(needed(kind)) <= found <= set(allowed(kind)) <= set(BY_NAME)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in OF_PARTY])
@pytest.mark.parametrize("urgency", [Urgency.NORMAL, Urgency.EXPRESS])
def test_a_filled_template_is_the_letter(kind: str, urgency: Urgency) -> None:
    copy = kind in ("SY", "TRS", "SL")
    given = whole(kind) if copy else whole(kind, urgency=urgency, circulation="Lưu hành nội bộ" * urgency)
    assert lines(fill(sector_template(kind, given), given)) == lines(compose(given))


def looks(data: bytes) -> list[Any]:
    """Style and place of every paragraph that says something, or draws a rule."""
    document = Document(io.BytesIO(data))
    found = []
    for element in document.element.body.iter(qn("w:p")):
        properties = element.find(qn("w:pPr"))
        if properties is None or not (text_of(element) or properties.find(qn("w:pBdr")) is not None):
            continue
        indents = properties.find(qn("w:ind"))
        found.append(
            (
                text_of(element),
                properties.find(qn("w:pStyle")).get(qn("w:val"))
                if properties.find(qn("w:pStyle")) is not None
                else "",
                sorted(indents.attrib.items()) if indents is not None else [],
            )
        )
    return found


@pytest.mark.parametrize("kind", ["CV", "QD", "GM", "BB"])
def test_a_filled_template_looks_like_the_letter(kind: str) -> None:
    given = whole(
        kind, subject="Kiểm tra công tác văn thư, lưu trữ và bảo vệ bí mật nhà nước năm 2027 tại các đơn vị"
    )
    assert looks(fill(sector_template(kind, given), given)) == looks(compose(given))


def test_headings_of_a_text_take_the_look_of_headings() -> None:
    given = whole(
        "BC", body=("Chương I", "QUY ĐỊNH CHUNG", "1. Mục đích", "Nội dung.", "Điều 2. Hiệu lực từ hôm nay.")
    )
    assert looks(fill(sector_template("BC", given), given)) == looks(compose(given))


def test_placeholders_that_word_cut_into_pieces_are_found() -> None:
    document = Document(io.BytesIO(sector_template("CV", whole("CV"))))
    for element in paragraphs(document):
        for run in list(element.iter(qn("w:r"))):
            text = "".join(node.text or "" for node in run.iter(qn("w:t")))
            if "{{" not in text:
                continue
            for node in list(run.iter(qn("w:t"))):
                run.remove(node)
            for piece in reversed(re.findall(r".{1,3}", text)):
                copy = deepcopy(run)
                node = copy.makeelement(qn("w:t"), {})
                node.text = piece
                copy.append(node)
                run.addnext(copy)
                run.addnext(run.makeelement(qn("w:proofErr"), {}))
            run.getparent().remove(run)
    given = whole("CV")
    assert lines(fill(saved(document), given)) == lines(compose(given))


def test_what_the_office_wrote_itself_stays_and_words_fit_into_sentences() -> None:
    document = Document(io.BytesIO(sector_template("TB", whole("TB"))))
    text = next(one for one in document.paragraphs if one.text == "{{nội dung}}")
    text.insert_paragraph_before("Ngày nhận: {{ NĂM }}, {{cơ quan}} xin báo.")
    document.sections[0].first_page_footer.paragraphs[0].text = "{{cơ quan}}; ĐT: 0222 3822 100"
    filled = Document(io.BytesIO(fill(saved(document), whole("TB"))))
    assert "Ngày nhận: 2026, Viện kiểm sát nhân dân tỉnh Nam Định xin báo." in [
        p.text for p in filled.paragraphs
    ]
    footer = filled.sections[0].first_page_footer.paragraphs[0].text
    assert footer == "Viện kiểm sát nhân dân tỉnh Nam Định; ĐT: 0222 3822 100"


def test_a_party_document_has_its_own_head_and_number() -> None:
    given = whole("DNQ", symbol="-NQ/ĐU", subject="Lãnh đạo công tác năm 2027", body=("Một.", "Hai."))
    found = lines(fill(sector_template(PARTY, given), given))
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in found
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" not in found
    assert any(re.fullmatch(r"Số {8,}-NQ/ĐU", line) for line in found)
    assert "NGHỊ QUYẾT" in found
    assert {"ĐẢNG ỦY VIỆN KIỂM SÁT NHÂN DÂN", "TỈNH NAM ĐỊNH", "*"} <= set(found)
    assert not [line for line in found if "{{" in line]


def test_a_party_letter_has_its_subject_under_the_number_and_who_it_is_for() -> None:
    given = whole("DCV", symbol="-CV/ĐU", subject="Báo cáo kết quả kiểm điểm", body=("Một.", "Hai."))
    found = lines(fill(sector_template(PARTY_LETTER, given), given))
    number = next(place for place, line in enumerate(found) if re.fullmatch(r"Số {8,}-CV/ĐU", line))
    assert found[number + 1] == "Báo cáo kết quả kiểm điểm"
    assert "CÔNG VĂN" not in found
    assert {"Kính gửi:", "- Sở Nội vụ;", "- Ủy ban nhân dân tỉnh."} <= set(found)
    assert found.index("- Như trên;") > found.index("Nơi nhận:") > found.index("Kính gửi:")
    assert not [line for line in found if "{{" in line]


def fonts(data: bytes) -> set[str]:
    document = Document(io.BytesIO(data))
    used = {style.element for style in document.styles if style.name == "Normal" or style.name[0].isdigit()}
    roots = [*used, document.element.body, *(p.getroottree().getroot() for p in paragraphs(document))]
    return {
        node.get(qn(f"w:{script}"), "")
        for root in roots
        for node in root.iter(qn("w:rFonts"))
        for script in ("ascii", "hAnsi", "cs", "eastAsia")
    }


@pytest.mark.parametrize("kind", KINDS)
def test_every_font_is_times_new_roman(kind: str) -> None:
    assert fonts(sector_template(kind, whole("CV"))) == {"Times New Roman"}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_the_pdf_embeds_a_font_of_the_same_measures(tmp_path: Path) -> None:
    given = whole("QD")
    (tmp_path / "a.docx").write_bytes(fill(sector_template("QD", given), given))
    pdf = convert.to_pdf(tmp_path / "a.docx", tmp_path / "a.pdf")
    with pikepdf.open(pdf) as document:
        found = [
            item for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/FontName" in item
        ]
        assert found
        for font in found:
            assert re.search("LiberationSerif|Tinos|TimesNewRoman", str(font.FontName))
            assert "/FontFile2" in font or "/FontFile3" in font
