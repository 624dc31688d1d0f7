"""How a stand-in of the axis misbehaves: by plan, call by call, or in a share of calls drawn from a seed."""

import random
import threading
from collections import Counter
from collections.abc import Iterable

LISTS = ("getReceivedEdocList", "getSentEdocList")
ALWAYS = ("before", "after", "lost", "truncated", "garbage", "error", "error_after", "slow")
FAULTS = {
    "before": "no answer for a while, nothing done",
    "after": "no answer for a while, all the same done",
    "lost": "done, and the line breaks",
    "truncated": "done, and the answer is cut in the middle",
    "garbage": "done, and the answer is no JSON",
    "error": "500, nothing done",
    "error_after": "500, all the same done",
    "slow": "the answer drips",
    "duplicate": "a list names every packet twice, and some that were done long ago",
    "disorder": "a list is upside down",
    "stray": "a list of statuses begins with one about a document that nobody sent",
}


class Faults:
    """`plan` holds faults for the next calls, {call: [fault, …]}, "" for none, and goes first.

    Then one of `names` in every `every`-th call, or in a `share` (0 to 1) of calls. `seconds` is how long "a while" is.
    """

    def __init__(
        self,
        names: Iterable[str] = (),
        *,
        every: int = 0,
        share: float = 0,
        seed: int = 1,
        seconds: float = 0.05,
    ) -> None:
        self.names = tuple(names)
        if unknown := set(self.names) - set(FAULTS):
            raise ValueError(
                f"There is no fault {', '.join(sorted(unknown))}; known are {', '.join(FAULTS)}."
            )
        self.every, self.share, self.seconds = every, share, seconds
        self.plan: dict[str, list[str]] = {}
        self.done: Counter[str] = Counter()
        self.calls = 0
        self._random = random.Random(seed)
        self._lock = threading.Lock()

    def of(self, call: str, kind: str) -> str:
        """The fault of this call, "" for none; `kind` is that of the packets that it lists."""
        with self._lock:
            self.calls += 1
            planned = self.plan.get(call)
            found = planned.pop(0) if planned else self._drawn(call, kind)
            if found:
                self.done[found] += 1
            return found

    def _drawn(self, call: str, kind: str) -> str:
        due = self.calls % self.every == 0 if self.every else self._random.random() < self.share
        fitting = [one for one in self.names if _fits(one, call, kind)]
        return self._random.choice(fitting) if due and fitting else ""


def _fits(fault: str, call: str, kind: str) -> bool:
    if fault == "stray":
        return call == LISTS[0] and kind == "status"
    return fault in ALWAYS or call in LISTS
