"""What a file from outside must pass before it is kept: `inspect(path, name)` raises `Invalid` with what to do next."""

from vanthu.reading.gate.check import ACCEPTED, MOST_BYTES, Accepted, inspect

__all__ = ["ACCEPTED", "MOST_BYTES", "Accepted", "inspect"]
