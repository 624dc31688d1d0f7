"""The jobs of the pages, where the worker looks for them."""

from vanthu.web.books.jobs import make_book
from vanthu.web.desk.jobs import send_digest, send_digests
from vanthu.web.dossiers.jobs import make_export

__all__ = ["make_book", "make_export", "send_digest", "send_digests"]
