"""The errors that libraries raise on files that are not what they say they are."""

import struct

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation.errors import ValidationInfoReadingError

# pyHanko and asn1crypto raise plain Python errors on damaged structures; each means "malformed", none a bug of ours.
MALFORMED = (
    PdfError,
    SigningError,
    ValidationInfoReadingError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)
