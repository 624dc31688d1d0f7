"""The client: who am I, my work, incoming documents, files, search; `get`, `post` and `pages` for everything else."""

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import TracebackType
from typing import Any, Literal, Self, Unpack, cast

import httpx

from vanthu_client.calls import Calls, Query
from vanthu_client.files import Files
from vanthu_client.shapes import Entry, EntryRow, Hit, Me, NewEntry, WorkItem, WorkTab

MOST = 100  # lines of one page


class Client:
    """A program at work. Refusals raise `Problem`; a lost connection is tried again, a write is done once all the same.

    `token` is a key `vt_…`. `timeout` (seconds) is for each step of a call, `tries` how often one is sent at most.
    """

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        timeout: float = 30.0,
        tries: int = 5,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        headers = {"Authorization": f"Bearer {token}", "User-Agent": "vanthu-client/0.1"}
        self._http = httpx.Client(base_url=base_url, headers=headers, timeout=timeout, transport=transport)
        self._calls = Calls(self._http, tries=tries, sleep=sleep)
        self.incoming = Incoming(self._calls)
        self.files = Files(self._calls)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def me(self) -> Me:
        """Who the token acts for."""
        return cast("Me", self.get("/me"))

    def work(self, tab: str | None = None, *, late: bool = False) -> Iterator[WorkItem]:
        """What waits for me, newest first; only one kind of it, or only what is late, the longest first."""
        return self.pages("/work", {"tab": tab, "late": late or None, "limit": MOST})

    def work_tabs(self) -> list[WorkTab]:
        """How much of every kind of work is open, and late."""
        return cast("list[WorkTab]", self.get("/work/tabs"))

    def search(
        self,
        text: str,
        *,
        scope: Literal["all", "office", "unit", "mine"] = "all",
        item_kind: Literal["in", "out", "draft", "dossier"] | None = None,
        year: int | None = None,
    ) -> Iterator[Hit]:
        """Everything found, newest first."""
        return self.pages("/search", {"q": text, "scope": scope, "item_kind": item_kind, "year": year})

    def get(self, path: str, query: Query | None = None) -> Any:
        """Any other read: `client.get("/drafts/88")`."""
        return self._calls.get(path, query)

    def pages(self, path: str, query: Query | None = None) -> Iterator[Any]:
        """Every line of any other list: `client.pages("/dossiers", {"state": "open"})`."""
        return self._calls.pages(path, query)

    def post(self, path: str, body: Mapping[str, Any] | None = None, *, key: str = "") -> Any:
        """Any other write: `client.post("/drafts/88/submit")`. A `key` of your own goes on with it after a crash."""
        return self._calls.post(path, body, key=key)


class Incoming:
    """`client.incoming`: incoming documents."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def list(self, tab: str = "all") -> Iterator[EntryRow]:
        """The lines of a tab, newest first."""
        return self._calls.pages("/incoming", {"tab": tab, "limit": MOST})

    def get(self, entry_id: int) -> Entry:
        """One with its files, instructions, tasks and history."""
        return cast("Entry", self._calls.get(f"/incoming/{entry_id}"))

    def register(self, *, key: str = "", **fields: Unpack[NewEntry]) -> Entry:
        """Enter a document in the book; it gets the next arrival number."""
        return cast("Entry", self._calls.post("/incoming", fields, key=key))

    def receive(self, entry_id: int, *, key: str = "", **corrections: str | int | bool | date) -> Entry:
        """Enter a delivered document in the book, with what the clerk corrects."""
        return cast("Entry", self._calls.post(f"/incoming/{entry_id}/receive", corrections, key=key))

    def finish(self, entry_id: int, result: str, *, key: str = "") -> Entry:
        """My task is done, with its result in a sentence."""
        return cast("Entry", self._calls.post(f"/incoming/{entry_id}/finish", {"result": result}, key=key))
