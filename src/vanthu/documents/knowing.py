"""What the installation knows for reading a document: kinds, and bodies that its head may mean."""

from vanthu.documents import kinds
from vanthu.reading.fields import KindName, Known

PLAIN = Known(
    tuple(KindName(kind.code, kind.name, kind.abbreviation, kind.family == "party") for kind in kinds.ALL)
)
"""The kinds of the law alone, without a database."""
