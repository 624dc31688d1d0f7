"""The helper process of `apart`: `python -m vanthu.reading.apart_worker MODULE LINE SECONDS MEMORY`.

It loads the module once, then forks for requests that come over the inherited socket LINE; each fork limits itself
before it touches a file and is killed by its own alarm when one takes longer than SECONDS. A fork that was asked about
an ordinary file is asked again; one that met a file with anything wrong ends with it.
"""

import contextlib
import gc
import importlib
import json
import os
import resource
import select
import signal
import socket
import struct
import sys
from collections.abc import Callable, Mapping
from typing import Any

from vanthu.kernel.refusals import Invalid

_LENGTH = struct.Struct("!I")
_OPEN_FILES = 64
_MOST_FILES = 50  # that one fork is asked about
_MOST_IDLE = 2  # forks that wait for the next file

type Operation = Callable[..., Any]


def main(module: str, line_number: str, seconds: str, memory: str) -> None:
    """Serve until the server closes its end."""
    operations: Mapping[str, Operation] = importlib.import_module(module).OPERATIONS
    signal.signal(signal.SIGCHLD, _reap)
    gc.freeze()  # a fork that collects garbage would copy every page of what is loaded
    with socket.socket(fileno=int(line_number)) as line:
        forks: list[socket.socket] = []
        idle: list[socket.socket] = []
        while True:
            ready, _, _ = select.select([line, *forks], [], [])
            for fork in set(ready) - {line}:
                _heard(fork, forks, idle)
            if line not in ready:
                continue
            if (asked := _asked(line)) is None:
                return
            request, answer_there = asked
            while not (idle and _handed(idle.pop(), request, answer_there)):
                ours, theirs = socket.socketpair()
                if os.fork() == 0:
                    for one in (line, ours, *forks):
                        one.close()
                    os.close(answer_there)
                    _serve(operations, theirs, float(seconds), int(memory))
                    os._exit(0)
                theirs.close()
                forks.append(ours)
                idle.append(ours)
            os.close(answer_there)


def _heard(fork: socket.socket, forks: list[socket.socket], idle: list[socket.socket]) -> None:
    """A fork waits for the next file, or has ended."""
    with contextlib.suppress(ConnectionResetError):
        if fork.recv(1) and len(idle) < _MOST_IDLE:
            idle.append(fork)
            return
    forks.remove(fork)
    if fork in idle:
        idle.remove(fork)
    fork.close()


def _handed(fork: socket.socket, request: bytes, answer_there: int) -> bool:
    """Whether the fork was there to take the request."""
    try:
        socket.send_fds(fork, [_LENGTH.pack(len(request))], [answer_there])
        fork.sendall(request)
    except OSError:
        return False
    return True


def _reap(*_: object) -> None:
    """Forks that have ended: what they cost counts as this process's."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _asked(line: socket.socket) -> tuple[bytes, int] | None:
    """The next request and where its answer goes; None when nobody will ask any more."""
    head, descriptors, _, _ = socket.recv_fds(line, _LENGTH.size, 1)
    if not head:
        return None
    head += _exactly(line, _LENGTH.size - len(head))
    return _exactly(line, _LENGTH.unpack(head)[0]), descriptors[0]


def _exactly(line: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        data += line.recv(size - len(data))
    return data


def _serve(operations: Mapping[str, Operation], line: socket.socket, seconds: float, memory: int) -> None:
    """Answer one request after the other, as long as all is well."""
    _confine(seconds, memory)
    for left in reversed(range(_MOST_FILES)):
        if (asked := _asked(line)) is None:
            return
        _allow(seconds)
        request, answer_there = asked
        with socket.socket(fileno=answer_there) as there:
            if not _answer(operations, request, there) or not left:
                return
            signal.setitimer(signal.ITIMER_REAL, 0)
            with contextlib.suppress(BrokenPipeError):
                line.send(b".")  # before the answer ends: who has it may ask again


def _confine(seconds: float, memory: int) -> None:
    """Limits of this fork: memory, open files; no file is written, no program started, nothing is printed."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    for limit, most in (
        (resource.RLIMIT_CPU, _MOST_FILES * (round(seconds) + 1)),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    os.dup2(0, 2)  # standard input is /dev/null


def _allow(seconds: float) -> None:
    """The time for one file, by the clock and of the processor."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = round(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (min(soft, hard), hard))


def _answer(operations: Mapping[str, Operation], request: bytes, there: socket.socket) -> bool:
    """Write what the operation returns or refuses; whether it found nothing wrong.

    What else it raises on a hostile file ends the fork unanswered.
    """
    operation, *arguments = json.loads(request)
    told: dict[str, Any]
    data = b""
    try:
        value = operations[operation](*arguments)
        if isinstance(value, bytes):
            told, data = {"bytes": True}, value
        else:
            told = {"value": value}
    except Invalid as refusal:
        told = {"refusal": [refusal.message, refusal.code]}
    except MemoryError:
        told = {"failed": "MemoryError"}
    there.sendall(json.dumps(told).encode() + b"\n" + data)
    return not {"refusal", "failed"} & told.keys()


if __name__ == "__main__":
    main(*sys.argv[1:])
