"""A letter of the office as a real DOCX in the layout of Decree 30/2020 (Phụ lục I and III)."""

from vanthu.issuing.layout.compose import compose
from vanthu.issuing.layout.forms import FORMS, Form, form_of
from vanthu.issuing.layout.letter import Appendix, LetterData

__all__ = ["FORMS", "Appendix", "Form", "LetterData", "compose", "form_of"]
