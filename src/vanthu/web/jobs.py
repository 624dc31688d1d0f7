"""The jobs of the pages, where the worker looks for them."""

from vanthu.web.books.jobs import make_book

__all__ = ["make_book"]
