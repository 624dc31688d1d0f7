"""The sector's templates: the letter that the product lays out, with placeholders where its words stand."""

from dataclasses import replace
from io import BytesIO

from docx.document import Document as DocumentFile
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from vanthu.documents.states import Urgency
from vanthu.issuing.layout.body import CONTENT
from vanthu.issuing.layout.filling import paragraphs
from vanthu.issuing.layout.forms import Form, form_of
from vanthu.issuing.layout.letter import LetterData
from vanthu.issuing.layout.party import party_document, party_letter
from vanthu.issuing.layout.places import COPIES, PARTY, PARTY_LETTER
from vanthu.issuing.layout.writing import document_of

# Style of an element → what stands there instead; neighbours of the same element become one paragraph.
_WORDS = {
    "2 Cơ quan chủ quản": "{{cơ quan chủ quản}}",
    "2 Cơ quan ban hành": "{{cơ quan ban hành}}",
    "3 Số, ký hiệu": "Số:{{số}}/{{ký hiệu}}",
    "4 Địa danh, thời gian": "{{địa danh}}, ngày{{ngày}}tháng{{tháng}}năm {{năm}}",
    "5a Trích yếu": "{{trích yếu}}",
    "5b Trích yếu công văn": "{{trích yếu}}",
    "9a Kính gửi": "{{kính gửi}}",
    "9a Nơi gửi": "{{kính gửi}}",
    "6 Căn cứ": "{{căn cứ}}",
    "9b Danh sách nhận": "{{nơi nhận}}",
    "10b Mức độ khẩn": "{{mức độ khẩn}}",
    "11 Chỉ dẫn lưu hành": "{{chỉ dẫn lưu hành}}",
    **dict.fromkeys(CONTENT, "{{nội dung}}"),
}


def sector_template(kind: str, office: LetterData) -> bytes:
    """The template of a kind as DOCX; of `office` its names and place count, for they set lengths and columns."""
    made = {PARTY: party_document, PARTY_LETTER: party_letter}.get(kind)
    document = made(office) if made else _marked(kind, office)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _marked(kind: str, office: LetterData) -> DocumentFile:
    form = Form("") if kind in COPIES else form_of(kind)
    document = document_of(
        replace(
            office,
            kind=kind,
            subject="{{trích yếu}}",
            basis=("{{căn cứ}}",) if form.enacts or kind == "KH" else (),
            recipients=("{{kính gửi}}",),
            signing=("{{quyền hạn, chức vụ}}",),
            signer="{{người ký}}",
            secretary="{{thư ký}}",
            urgency=Urgency.NORMAL if kind in COPIES else Urgency.VERY_URGENT,
            circulation="" if kind in COPIES else "LƯU HÀNH NỘI BỘ",
        )
    )
    _mark(document, form)
    document.core_properties.title = ""
    return document


def _mark(document: DocumentFile, form: Form) -> None:
    before: tuple[BaseOxmlElement | None, str] = (None, "")
    for element in paragraphs(document):
        paragraph = Paragraph(element, document._body)
        style = paragraph.style.name if paragraph.style is not None else ""
        words = _WORDS.get(style or "", "")
        if style == "6 Thẩm quyền ban hành" and paragraph.text != form.enacts:
            words = "{{thẩm quyền ban hành}}"
        if not words:
            if "{{QUYỀN HẠN" in paragraph.text:
                _say(paragraph, "{{quyền hạn, chức vụ}}")
            before = (None, "")
        elif before == (element.getparent(), words):
            element.getparent().remove(element)
        else:
            _say(paragraph, words)
            before = (element.getparent(), words)


def _say(paragraph: Paragraph, words: str) -> None:
    """One run with these words, in the look of the first."""
    first, *others = paragraph.runs
    first.text = words
    first.bold = None if paragraph._p.xpath("./w:r[1]/w:rPr/w:b") and words == "{{nội dung}}" else first.bold
    for run in others:
        run._r.getparent().remove(run._r)
    if words in ("{{nội dung}}", "{{kính gửi}}", "{{trích yếu}}"):  # set again when it is filled
        properties = paragraph._p.get_or_add_pPr()
        for child in list(properties):
            if child.tag != qn("w:pStyle"):
                properties.remove(child)
        if words == "{{nội dung}}":
            paragraph.style = "6 Nội dung"
