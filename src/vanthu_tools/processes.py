"""Keeps the processes of one machine running: starts them, starts a dead one again, stops them all."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

PATIENCE = 6.0  # seconds that a process gets to stop by itself
LONGEST_PAUSE = 30.0  # seconds between two starts of a process that keeps dying
STEADY = 60.0  # seconds after which a process counts as healthy again
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def end_with_parent() -> None:
    """From now on this process ends when the one that started it does, be it killed. On Linux only."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One process; `command` is started again whenever it ends."""

    name: str
    command: Sequence[str]
    environment: dict[str, str] = field(default_factory=dict)
    niceness: int = 0
    process: subprocess.Popen[bytes] | None = None
    started: float = 0
    deaths: int = 0

    def start(self) -> None:
        """In a session of its own, so that Ctrl+C reaches only us, who stop it in order."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=self._prepare,  # noqa: PLW1509 - no threads run here
        )

    def _prepare(self) -> None:
        """In the child: be nice, and end when we are killed."""
        os.nice(self.niceness)
        end_with_parent()

    def signal(self, number: signal.Signals) -> None:
        """To the process and everything it started."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def check(self, say: Callable[[str], None]) -> None:
        """Starts it again if it died, after a pause that doubles while it keeps dying."""
        if self.process is None or self.process.poll() is None:
            return
        lived = time.monotonic() - self.started
        pause = 0 if lived > STEADY else min(2.0**self.deaths, LONGEST_PAUSE)
        if lived < pause:
            return
        self.deaths = 0 if lived > STEADY else self.deaths + 1
        say(f"The {self.name} process ended with status {self.process.returncode}; it is started again.")
        self.signal(signal.SIGKILL)  # what it may have left behind
        self.start()


class Supervisor:
    """Runs children until somebody presses Ctrl+C or sends SIGTERM."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.children: list[Child] = []
        self.say = say
        self._stopping = threading.Event()

    def listen(self) -> None:
        """From now on Ctrl+C and SIGTERM end the waiting, and interrupt nothing."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)

    def start(self, *children: Child) -> None:
        for child in children:
            child.start()
            self.children.append(child)

    def _ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping.set()

    def wait(self, seconds: float) -> bool:
        """Waits, keeping the children alive; True when it is time to stop."""
        deadline = time.monotonic() + seconds
        while not self._stopping.is_set() and time.monotonic() < deadline:
            for child in self.children:
                child.check(self.say)
            self._stopping.wait(0.25)
        return self._stopping.is_set()

    def stop(self) -> None:
        """Asks all to stop, waits `PATIENCE` seconds, ends what remains."""
        for child in reversed(self.children):
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        for child in self.children:
            if child.process is not None:
                with suppress(subprocess.TimeoutExpired):
                    child.process.wait(max(0.1, deadline - time.monotonic()))
                child.signal(signal.SIGKILL)
