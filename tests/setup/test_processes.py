"""The supervisor keeps its processes alive and leaves none behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import psutil
import pytest

from vanthu_tools.processes import Child, Supervisor

SLEEPER = (
    "import subprocess, sys, time; subprocess.Popen(['sleep', '60']); print('up', flush=True); time.sleep(60)"
)
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"


@pytest.fixture
def signals() -> Iterator[None]:
    """The supervisor takes over the signals of its process: they are given back afterwards."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def supervised(*programs: str) -> tuple[Supervisor, list[str]]:
    said: list[str] = []
    supervisor = Supervisor(said.append)
    supervisor.listen()
    children = [Child(f"child {place}", [sys.executable, "-c", text]) for place, text in enumerate(programs)]
    supervisor.start(*children)
    return supervisor, said


def wait_until(condition: Callable[[], bool], seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_killed_process_is_started_again(signals: None) -> None:
    supervisor, said = supervised(SLEEPER)
    child = supervisor.children[0]
    try:
        first = child.process
        assert first is not None
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        child.started -= 1  # a second has passed
        supervisor.wait(0.5)
        assert child.process is not None
        assert child.process.pid != first.pid
        assert "is started again" in said[0]
    finally:
        supervisor.stop()


def test_one_that_keeps_dying_is_started_at_longer_intervals(signals: None) -> None:
    supervisor, said = supervised("raise SystemExit(3)")
    supervisor.wait(2.5)
    supervisor.stop()
    assert 1 <= len(said) <= 2


def test_a_signal_ends_the_waiting_and_stop_leaves_nothing_behind(signals: None) -> None:
    supervisor, _ = supervised(SLEEPER, SLEEPER)
    started = [child.process for child in supervisor.children if child.process]
    wait_until(lambda: all(psutil.Process(process.pid).children() for process in started))
    grandchildren = [child for process in started for child in psutil.Process(process.pid).children()]
    os.kill(os.getpid(), signal.SIGTERM)
    assert supervisor.wait(5)
    supervisor.stop()
    assert all(process.poll() is not None for process in started)
    wait_until(lambda: not any(alive(child) for child in grandchildren))


def test_one_that_does_not_listen_is_ended(signals: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vanthu_tools.processes.PATIENCE", 0.3)
    supervisor, _ = supervised(DEAF)
    time.sleep(0.3)
    supervisor.stop()
    process = supervisor.children[0].process
    assert process is not None
    assert process.wait(timeout=2) == -signal.SIGKILL


def test_children_end_when_the_supervisor_is_killed() -> None:
    text = (
        "import sys; from vanthu_tools.processes import *\n"
        "child = Child('child', ['sleep', '60']); supervisor = Supervisor(print)\n"
        "supervisor.start(child); print(child.process.pid, flush=True); supervisor.wait(60)\n"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", text], stdout=subprocess.PIPE, text=True)
    assert supervisor.stdout is not None
    child = psutil.Process(int(supervisor.stdout.readline()))
    supervisor.kill()
    supervisor.wait()
    wait_until(lambda: not alive(child))


def alive(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
