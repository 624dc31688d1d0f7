"""Fields of an incoming document read from the words of its pages; pure, nothing is asked of a database."""

from vanthu.reading.fields.extracting import extract
from vanthu.reading.fields.known import Body, KindName, Known, Signer
from vanthu.reading.fields.values import NAMES, Field, Fields, Reference, as_data

__all__ = [
    "NAMES",
    "Body",
    "Field",
    "Fields",
    "KindName",
    "Known",
    "Reference",
    "Signer",
    "as_data",
    "extract",
]
