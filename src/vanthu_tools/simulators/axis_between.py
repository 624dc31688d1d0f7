"""A line that breaks: it hands calls of the axis's kit on to a real hub and brings back what that says."""

from __future__ import annotations

import urllib3

from vanthu_tools.simulators.axis import Answer, Axis, Call
from vanthu_tools.simulators.axis_faults import Faults
from vanthu_tools.simulators.axis_store import Store

_SECONDS = 60
_OWN = ("host", "connection", "content-length", "expect", "accept-encoding")


class Between(Axis):
    """Stands before the hub at `address`; `faults` happen on the way there or back. `broken` counts calls lost."""

    def __init__(self, address: str, faults: Faults, store: Store | None = None) -> None:
        super().__init__(store, faults)
        self._address, self.broken = address, 0
        self._pool = urllib3.PoolManager(maxsize=16, retries=False)
        self.routes = dict.fromkeys(self.routes, self._on)

    def _on(self, call: Call) -> Answer:
        headers = {name: value for name, value in call.headers.items() if name not in _OWN}
        try:
            answer = self._pool.request(
                call.method, f"{self._address}/{call.path}", body=call.body.read_bytes(), headers=headers,
                timeout=_SECONDS,
            )  # fmt: skip
        except urllib3.exceptions.HTTPError:
            self.broken += 1
            return Answer(raw=b"Bad gateway", status=502)
        return Answer(raw=answer.data, status=answer.status)
