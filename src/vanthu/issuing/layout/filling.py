"""Words into the placeholders of a DOCX template, wherever Word has cut them into pieces."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from vanthu.issuing.layout import measures
from vanthu.issuing.layout.body import CONTENT, TEXT, Line
from vanthu.issuing.layout.places import MARKED, Value
from vanthu.issuing.layout.writing import draw_in, end_text, place_addressees, rule_indent_mm

_TEXT, _PARAGRAPH, _STYLE = qn("w:t"), qn("w:p"), qn("w:pStyle")


def fill(template: bytes, given: Mapping[str, Value]) -> bytes:
    """The template with every known placeholder filled; what has nothing to say goes with its paragraph or frame."""
    document = Document(BytesIO(template))
    for element in paragraphs(document):
        _fill(document, element, given)
    document.core_properties.title = ""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def paragraphs(document: DocumentFile) -> list[BaseOxmlElement]:
    """Every paragraph of the file: text, tables, frames, headers and footers."""
    roots = [document.element.body]
    for section in document.sections:
        for part in (
            section.header, section.first_page_header, section.even_page_header,
            section.footer, section.first_page_footer, section.even_page_footer,
        ):  # fmt: skip
            if not part.is_linked_to_previous and part._element not in roots:
                roots.append(part._element)
    return [element for root in roots for element in root.iter(_PARAGRAPH)]


def text_of(paragraph: BaseOxmlElement) -> str:
    """The words of a paragraph without those of frames that hang on it."""
    return "".join(node.text or "" for node in _nodes(paragraph))


def name_of(marked: str) -> str:
    """The name inside a placeholder as `places` has it: case and doubled blanks do not count."""
    return " ".join(marked.split()).lower()


def _nodes(paragraph: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    for node in paragraph.iter(_TEXT):
        if next(node.iterancestors(_PARAGRAPH)) is paragraph:
            yield node


def _fill(document: DocumentFile, element: BaseOxmlElement, given: Mapping[str, Value]) -> None:
    text = text_of(element)
    if "{{" not in text:
        return
    alone = MARKED.fullmatch(text.strip())
    value = given.get(name_of(alone[1])) if alone else None
    if isinstance(value, list):
        _write_lines(document, element, value)
        return
    for found in reversed(list(MARKED.finditer(text))):
        known = given.get(name_of(found[1]))
        if isinstance(known, str):
            _replace(element, found.start(), found.end(), known)
    if alone and value == "":
        _remove(element)
    elif alone and isinstance(value, str):
        _arrange(document, element, name_of(alone[1]), value)


def _replace(paragraph: BaseOxmlElement, start: int, end: int, words: str) -> None:
    """Put words in the place of letters `start` to `end`, in the look of the first of them."""
    place = 0
    for node in list(_nodes(paragraph)):
        text = node.text or ""
        first, last = max(start - place, 0), min(end - place, len(text))
        if first < last:
            node.text = text[:first] + words + text[last:]
            node.set(qn("xml:space"), "preserve")
            words = ""
            if not node.text:
                node.getparent().remove(node)
        place += len(text)


def _write_lines(document: DocumentFile, element: BaseOxmlElement, lines: list[Line]) -> None:
    """The paragraph once per line, in its own look; headings of a text take the look of headings."""
    model = _emptied(element)
    made = []
    for line in lines:
        copy = deepcopy(model)
        element.addprevious(copy)
        paragraph = Paragraph(copy, document._body)
        _dress(document, paragraph, line)
        _say(paragraph, line)
        made.append(paragraph)
    if not lines:
        _remove(element)
        return
    element.getparent().remove(element)
    if lines[0].style.startswith("9a"):
        place_addressees(made, lines)
    if lines[0].style in CONTENT:
        end_text(made[-1])


def _emptied(element: BaseOxmlElement) -> BaseOxmlElement:
    """A copy with the look of the paragraph and one run, that of its first letter."""
    model = deepcopy(element)
    first = next(_nodes(model)).getparent()
    for child in list(model):
        if child.tag != qn("w:pPr"):
            model.remove(child)
    for child in list(first):
        if child.tag != qn("w:rPr"):
            first.remove(child)
    model.append(first)
    return model


def _dress(document: DocumentFile, paragraph: Paragraph, line: Line) -> None:
    own = paragraph.style.name if paragraph.style is not None else ""
    if line.style in (own, TEXT) or line.style not in document.styles:
        return
    paragraph.style = document.styles[line.style]
    properties = paragraph._p.pPr
    if properties is not None and line.style in CONTENT:  # what was set for text is not for headings
        for child in list(properties):
            if child.tag in (qn("w:jc"), qn("w:ind")):
                properties.remove(child)


def _say(paragraph: Paragraph, line: Line) -> None:
    run = paragraph._p[-1]
    if line.lead:
        lead = deepcopy(run)
        run.addprevious(lead)
        _write(lead, line.lead)
        Run(lead, paragraph).bold = True
    _write(run, line.text)


def _write(run: BaseOxmlElement, text: str) -> None:
    for index, part in enumerate(text.split("\n")):
        if index:
            run.append(OxmlElement("w:br"))
        node = OxmlElement("w:t")
        node.text = part
        node.set(qn("xml:space"), "preserve")
        run.append(node)


def _remove(element: BaseOxmlElement) -> None:
    """Take a paragraph away; a frame of one cell goes with its only paragraph, another cell keeps an empty one."""
    cell = element.getparent()
    if cell.tag != qn("w:tc") or len(cell.findall(_PARAGRAPH)) > 1:
        cell.remove(element)
        return
    table = next(cell.iterancestors(qn("w:tbl")))
    if len(list(table.iter(qn("w:tc")))) == 1:
        table.getparent().remove(table)
    else:
        for node in list(_nodes(element)):
            node.text = ""


def _arrange(document: DocumentFile, element: BaseOxmlElement, name: str, words: str) -> None:
    """What depends on how long the words are: the sides of a trích yếu and the rule under it, the urgency's frame."""
    style = element.find(f"{qn('w:pPr')}/{_STYLE}")
    paragraph = Paragraph(element, document._body)
    if name == "trích yếu" and style is not None and paragraph.style is not None:
        if paragraph.style.name != "5a Trích yếu":
            return
        draw_in(paragraph, words)
        below = element.getnext()
        if below is not None and below.find(f"{qn('w:pPr')}/{qn('w:pBdr')}") is not None:
            layout = Paragraph(below, document._body).paragraph_format
            layout.left_indent = layout.right_indent = Mm(rule_indent_mm(Line("5a Trích yếu", words)))
    elif name == "mức độ khẩn":
        _fit_frame(element, words)


def _fit_frame(element: BaseOxmlElement, words: str) -> None:
    widths = {urgency.label.upper(): width for urgency, width in measures.URGENCY_WIDTH_MM.items()}
    cell = element.getparent()
    if cell.tag != qn("w:tc") or words not in widths:
        return
    table = next(cell.iterancestors(qn("w:tbl")))
    if len(list(table.iter(qn("w:tc")))) != 1:
        return
    wide = str(round(widths[words] / 25.4 * 1440))
    for node in (*table.iter(qn("w:gridCol")), *table.iter(qn("w:tcW"))):
        node.set(qn("w:w"), wide)
