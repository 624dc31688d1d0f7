"""The kinds of documents as reading knows them, without a database."""

from vanthu.documents import kinds
from vanthu.reading.fields import KindName, Known

PLAIN = Known(
    tuple(KindName(kind.code, kind.name, kind.abbreviation, kind.family == "party") for kind in kinds.ALL)
)
"""The kinds of the law alone."""
