"""The jobs of the pages, where the worker looks for them."""

from vanthu.web.books.jobs import make_book
from vanthu.web.desk.jobs import send_digest, send_digests

__all__ = ["make_book", "send_digest", "send_digests"]
