"""Cells of a sheet: real dates and numbers; text is always text, never a formula."""

from datetime import date

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, WriteOnlyCell

from vanthu.documents.books.columns import Value

# A text that a spreadsheet would take for a formula, should a cell be edited or saved as CSV.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_TEXT = 32_767


def fill[C: (Cell, WriteOnlyCell)](cell: C, value: Value) -> C:
    """Put a value into a fresh cell."""
    if not isinstance(value, str):
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "dd/mm/yyyy"
        return cell
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_TEXT]
    if value.startswith(_FORMULA_STARTS):
        cell.data_type = "s"
        cell.quotePrefix = True
    return cell
