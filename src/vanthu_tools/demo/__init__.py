"""The demonstration sector: offices as the law has them; people, documents and their handling invented."""

from vanthu_tools.demo.loading import accounts, load

__all__ = ["accounts", "load"]
