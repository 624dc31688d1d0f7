"""Programs that read what strangers sent run with limits of memory, time and size, and without the network."""

import contextlib
import os
import shutil
import signal
import subprocess
from functools import cache
from math import ceil


class TooSlow(Exception):
    """The program did not end within its time and was killed with everything it had started."""


def run(
    command: list[str],
    *,
    seconds: float,
    memory: int,
    output: int = 300 << 20,
    folder: str = "/tmp",  # noqa: S108 # only the working directory of a program that writes to its pipe
    given: bytes | None = None,
    also: dict[str, str] | None = None,
) -> tuple[int, bytes, bytes]:
    """Run a program on `given` bytes; returns its exit code, what it wrote and its complaints. Raises `TooSlow`.

    `memory` (address space) and `output` (largest file) are bytes; `also` are variables of its environment.
    """
    process = subprocess.Popen(
        [*prefix(seconds, memory, output), *command],
        cwd=folder,
        env=environment(folder) | (also or {}),
        stdin=subprocess.DEVNULL if given is None else subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,  # it may start children: the whole group is killed
    )
    try:
        out, complaints = process.communicate(given, seconds)
    except subprocess.TimeoutExpired:
        raise TooSlow from None
    finally:
        _kill_group(process)
    return process.returncode, out, complaints


def prefix(seconds: float, memory: int, output: int) -> list[str]:
    """What goes before a command: limits by `prlimit`, and no network where the system allows it."""
    limits: list[str] = []
    if prlimit := shutil.which("prlimit"):
        limits = [prlimit, f"--as={memory}", f"--cpu={ceil(seconds)}", f"--fsize={output}", "--core=0"]
    return [*limits, *without_network()]


def environment(folder: str) -> dict[str, str]:
    """Nothing of ours goes along: no database address, no keys."""
    path = os.environ.get("PATH", os.defpath)
    return {"PATH": path, "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8"}


@cache
def without_network() -> tuple[str, ...]:
    """What takes the network away from the command behind it; nothing where the system does not allow that."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    command = (unshare, "--user", "--map-current-user", "--net")
    tried = subprocess.run([*command, "true"], capture_output=True, check=False, timeout=10)
    return command if tried.returncode == 0 else ()


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
    process.wait()
