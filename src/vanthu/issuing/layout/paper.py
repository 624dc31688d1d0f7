"""The few pieces of WordprocessingML that python-docx has no word for: borders, boxes, fixed columns, page field."""

from collections.abc import Sequence
from typing import Literal

from docx import Document
from docx.document import Document as DocumentFile
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from vanthu.issuing.layout import measures
from vanthu.issuing.layout.measures import LOOKS, Look

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
type Edge = Literal["top", "bottom", "left", "right"]


def blank() -> DocumentFile:
    """An empty A4 document with the decree's margins, font and one style per element."""
    document = Document()
    _dress(document.styles["Normal"], Look(14, align="left"))
    for name, look in LOOKS.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.quick_style = True
        _dress(style, look)
    _modern(document)
    arrange(document.sections[0])
    return document


def arrange(section: Section) -> None:
    """Page size, margins, and the page number: centred in the top margin, not on the first page."""
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(measures.PAGE_WIDTH_MM), Mm(measures.PAGE_HEIGHT_MM)
    section.top_margin, section.bottom_margin = Mm(measures.TOP_MM), Mm(measures.BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(measures.LEFT_MM), Mm(measures.RIGHT_MM)
    section.header_distance = section.footer_distance = Mm(measures.PAGE_NUMBER_FROM_TOP_MM)
    section.different_first_page_header_footer = True
    if not section.header.is_linked_to_previous:
        return
    section.header.is_linked_to_previous = False
    section.first_page_header.is_linked_to_previous = False
    section.first_page_footer.is_linked_to_previous = False
    number = section.header.paragraphs[0]
    number.style = "Số trang"
    _page_field(number)


def restart_page_numbers(section: Section) -> None:
    """Each appendix counts its own pages."""
    properties = section._sectPr
    start = properties.find(qn("w:pgNumType"))
    if start is None:
        start = OxmlElement("w:pgNumType")
        properties.insert_element_before(start, "w:cols", "w:titlePg", "w:docGrid")
    start.set(qn("w:start"), "1")


def columns(parent: DocumentFile | _Cell, widths_mm: Sequence[float], rows: int = 1) -> Table:
    """A borderless table of fixed columns (LibreOffice reads only the grid, Word also the cells: both are set)."""
    table = (
        parent.add_table(rows, len(widths_mm))
        if isinstance(parent, _Cell)
        else parent.add_table(rows=rows, cols=len(widths_mm))
    )
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    margins = OxmlElement("w:tblCellMar")
    for edge in ("left", "right"):
        width = OxmlElement(f"w:{edge}")
        width.set(qn("w:w"), "0")
        width.set(qn("w:type"), "dxa")
        margins.append(width)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")
    for index, width_mm in enumerate(widths_mm):
        table.columns[index].width = Mm(width_mm)
        for cell in table.columns[index].cells:
            cell.width = Mm(width_mm)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return table


def box(table: Table, text: str, style: str, width_mm: float, colour: str = "000000") -> None:
    """Turn a 1 × 1 table into a framed stamp of 8 mm height."""
    row, cell = table.rows[0], table.cell(0, 0)
    row.height, row.height_rule = Mm(measures.BOX_HEIGHT_MM), WD_ROW_HEIGHT_RULE.EXACTLY
    cell.width = table.columns[0].width = Mm(width_mm)
    borders = OxmlElement("w:tcBorders")
    for edge in ("top", "left", "bottom", "right"):
        borders.append(_line(edge, colour, eighths=8))
    cell._tc.get_or_add_tcPr().append(borders)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    paragraph.add_run(text).font.color.rgb = RGBColor.from_string(colour)


def rule(paragraph: Paragraph, left_mm: float, right_mm: float) -> None:
    """A thin line, drawn as the border of an empty paragraph so that it never touches the letters above."""
    border(paragraph, "top")
    layout = paragraph.paragraph_format
    layout.left_indent, layout.right_indent = Mm(left_mm), Mm(right_mm)
    layout.space_before, layout.space_after = Pt(4), Pt(0)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(4)


def shrink(paragraph: Paragraph) -> None:
    """Make an empty paragraph that Word insists on one point high."""
    layout = paragraph.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)


def border(paragraph: Paragraph, edge: Edge) -> None:
    """A hair line on one edge of a paragraph."""
    borders = OxmlElement("w:pBdr")
    borders.append(_line(edge, "000000", eighths=6))
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _line(edge: str, colour: str, eighths: int) -> BaseOxmlElement:
    line = OxmlElement(f"w:{edge}")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "1"), ("color", colour)):
        line.set(qn(f"w:{name}"), value)
    return line


def _page_field(paragraph: Paragraph) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    paragraph_run = paragraph.add_run("2")
    field.append(paragraph_run._r)


def _dress(style: ParagraphStyle, look: Look) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic = measures.FONT, Pt(look.size), look.bold, look.italic
    properties = style.element.get_or_add_rPr()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        properties.rFonts.set(qn(f"w:{script}"), measures.FONT)
    language = OxmlElement("w:lang")
    for name in ("val", "eastAsia"):
        language.set(qn(f"w:{name}"), measures.LANGUAGE)
    properties.append(language)
    layout = style.paragraph_format
    layout.alignment = _ALIGN[look.align]
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.line_spacing = look.line
    layout.first_line_indent = Mm(look.first_line_mm)
    layout.keep_with_next = look.keep_with_next
    layout.widow_control = True


def _modern(document: DocumentFile) -> None:
    """Without this Word opens the file in its compatibility mode of 2007."""
    settings = document.settings.element
    compat = settings.find(qn("w:compat"))
    if compat is None:
        compat = OxmlElement("w:compat")
        settings.append(compat)
    mode = OxmlElement("w:compatSetting")
    for name, value in (
        ("name", "compatibilityMode"),
        ("uri", "http://schemas.microsoft.com/office/word"),
        ("val", "15"),
    ):
        mode.set(qn(f"w:{name}"), value)
    compat.append(mode)
