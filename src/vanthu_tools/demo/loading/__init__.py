"""The demonstration sector into the tables, in bulk: minutes of clicking in seconds, and as if it had been clicked."""

from vanthu_tools.demo.loading.load import accounts, load

__all__ = ["accounts", "load"]
