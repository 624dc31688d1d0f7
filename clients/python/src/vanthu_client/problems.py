"""What can go wrong: a refusal of the server, no answer at all, bytes that are not those of the file."""

from collections.abc import Mapping
from typing import Any

import httpx


class Problem(Exception):
    """A refusal (RFC 9457). `code` is stable; `detail` is a Vietnamese sentence that says what to do next.

    `fields` maps a field of the request to its sentence; `error` names the line in the server's log (500 only).
    """

    def __init__(self, status: int, body: Mapping[str, Any]) -> None:
        self.status = status
        self.code: str = body.get("code", f"http_{status}")
        self.title: str = body.get("title", "")
        self.detail: str = body.get("detail", "")
        self.fields: dict[str, str] = dict(body.get("fields", {}))
        self.error: str = body.get("error", "")
        super().__init__(f"{status} {self.code}: {self.detail}")

    @classmethod
    def of(cls, response: httpx.Response) -> "Problem":
        """The problem that an answer tells; one without a body that can be read (a proxy's) has the code `http_…`."""
        try:
            body = response.json()
        except ValueError:
            body = {}
        return cls(response.status_code, body if isinstance(body, dict) else {})


class NoAnswer(Exception):
    """The server was not reached, or went silent, however often it was tried. A write may or may not be done."""


class Damaged(Exception):
    """The bytes that came are not those that the server named; nothing was kept."""
