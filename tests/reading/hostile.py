"""Operations that do to a parser what a hostile file would."""

import faulthandler
import os
import socket
import time
from typing import Any

from vanthu.kernel.refusals import Invalid


def _segfault(*_: Any) -> None:
    faulthandler.disable()
    faulthandler._sigsegv()


def _loop(*_: Any) -> None:
    while True:
        pass


def _sleep(*_: Any) -> None:
    time.sleep(600)


def _eat(*_: Any) -> int:
    return len(bytearray(4 << 30))


def _open_files(*_: Any) -> int:
    return len([os.open("/dev/null", os.O_RDONLY) for _ in range(500)])


def _write(path: str, *_: Any) -> int:
    with open(path, "w") as file:
        return file.write("x" * 10_000)


def _refuse(*_: Any) -> None:
    raise Invalid("Tệp không dùng được. Chọn tệp khác.", code="of_the_parser")


def _networks() -> list[str]:
    return [name for _, name in socket.if_nameindex()]


def _secrets() -> list[str]:
    return sorted(os.environ)


def _lie() -> bytes:
    return b'{"value": 1}\n'


def _echo(*given: Any) -> list[Any]:
    return list(given)


OPERATIONS = {
    "segfault": _segfault, "loop": _loop, "sleep": _sleep, "eat": _eat, "open_files": _open_files, "write": _write,
    "refuse": _refuse, "networks": _networks, "secrets": _secrets, "lie": _lie, "echo": _echo,
    "check": _segfault, "page_count": _segfault, "render": _segfault,
}  # fmt: skip
