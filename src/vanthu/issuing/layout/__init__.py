"""A letter of the office as a real DOCX in the layout of Decree 30/2020 (Phụ lục I and III)."""

from typing import TYPE_CHECKING

from vanthu.issuing.layout.forms import FORMS, Form, form_of
from vanthu.issuing.layout.letter import Appendix, LetterData
from vanthu.kernel.later import later

if TYPE_CHECKING:
    from vanthu.issuing.layout import writing
else:
    writing = later("vanthu.issuing.layout.writing")

__all__ = ["FORMS", "Appendix", "Form", "LetterData", "compose", "form_of"]


def compose(data: LetterData) -> bytes:
    """A DOCX of the letter; number, day and month stay blank. See `writing`."""
    return writing.compose(data)
