"""A letter of the office as a real DOCX in the layout of Decree 30/2020 (Phụ lục I and III)."""

from typing import TYPE_CHECKING

from vanthu.issuing.layout.forms import FORMS, Form, form_of
from vanthu.issuing.layout.letter import Appendix, LetterData
from vanthu.issuing.layout.places import values
from vanthu.kernel.later import later

if TYPE_CHECKING:
    from vanthu.issuing.layout import filling, sector, writing
else:
    filling = later("vanthu.issuing.layout.filling")
    sector = later("vanthu.issuing.layout.sector")
    writing = later("vanthu.issuing.layout.writing")

__all__ = ["FORMS", "Appendix", "Form", "LetterData", "compose", "fill", "form_of", "sector_template"]


def compose(data: LetterData) -> bytes:
    """A DOCX of the letter; number, day and month stay blank. See `writing`."""
    return writing.compose(data)


def sector_template(kind: str, office: LetterData) -> bytes:
    """The sector's template of a kind as a DOCX with placeholders. See `sector`."""
    return sector.sector_template(kind, office)


def fill(template: bytes, data: LetterData) -> bytes:
    """A template (DOCX) filled with a letter. See `filling`."""
    return filling.fill(template, values(data))
