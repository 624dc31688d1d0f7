"""The helper process of `apart`: `python -m vanthu.reading.apart_worker MODULE LINE SECONDS MEMORY`.

It loads the module once, then forks for every request that comes over the inherited socket LINE; each fork limits
itself before it touches the file and is killed by its own alarm when it takes longer than SECONDS.
"""

import contextlib
import gc
import importlib
import json
import os
import resource
import signal
import socket
import struct
import sys
from collections.abc import Callable, Mapping
from typing import Any

from vanthu.kernel.refusals import Invalid

_LENGTH = struct.Struct("!I")
_OPEN_FILES = 64

type Operation = Callable[..., Any]


def main(module: str, line_number: str, seconds: str, memory: str) -> None:
    """Serve until the server closes its end."""
    operations: Mapping[str, Operation] = importlib.import_module(module).OPERATIONS
    signal.signal(signal.SIGCHLD, _reap)
    gc.freeze()  # a fork that collects garbage would copy every page of what is loaded
    with socket.socket(fileno=int(line_number)) as line:
        while (asked := _asked(line)) is not None:
            request, answer_there = asked
            if os.fork() == 0:
                line.close()
                _confine(float(seconds), int(memory))
                _answer(operations, request, answer_there)
                os._exit(0)
            os.close(answer_there)


def _reap(*_: object) -> None:
    """Forks that have ended: what they cost counts as this process's."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _asked(line: socket.socket) -> tuple[list[Any], int] | None:
    """The next request and where its answer goes; None when nobody will ask any more."""
    head, descriptors, _, _ = socket.recv_fds(line, _LENGTH.size, 1)
    if not head:
        return None
    head += _exactly(line, _LENGTH.size - len(head))
    return json.loads(_exactly(line, _LENGTH.unpack(head)[0])), descriptors[0]


def _exactly(line: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        data += line.recv(size - len(data))
    return data


def _confine(seconds: float, memory: int) -> None:
    """Limits of this fork: time, memory, open files; no file is written, no program started, nothing is printed."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    for limit, most in (
        (resource.RLIMIT_CPU, round(seconds) + 1),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    os.dup2(0, 2)  # standard input is /dev/null


def _answer(operations: Mapping[str, Operation], request: list[Any], answer_there: int) -> None:
    """Write what the operation returns or refuses; what else it raises on a hostile file ends the fork unanswered."""
    operation, *arguments = request
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
    with socket.socket(fileno=answer_there) as line:
        line.sendall(json.dumps(told).encode() + b"\n" + data)


if __name__ == "__main__":
    main(*sys.argv[1:])
