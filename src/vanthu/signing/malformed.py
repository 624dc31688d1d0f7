"""The errors that libraries raise on files that are not what they say they are."""

import struct
import zlib

from cryptography.exceptions import UnsupportedAlgorithm
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation.errors import ValidationInfoReadingError
from pyhanko_certvalidator.errors import ValidationError

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
    MemoryError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
    UnsupportedAlgorithm,
    ValidationError,
)
