"""Who above is told of files that came in, and of bytes that are erased; `config.wiring` adds them here."""

from collections.abc import Callable

from vanthu.kernel.files.models import StoredFile

type Told = Callable[[StoredFile], None]

_staged: list[Told] = []
_erasing: list[Told] = []


def when_staged(told: Told) -> None:
    """Let this be called with the file of every upload that passed its checks; adding it twice changes nothing."""
    if told not in _staged:
        _staged.append(told)


def when_erasing(told: Told) -> None:
    """Let this be called before bytes that nobody owns are erased, in that transaction; twice changes nothing."""
    if told not in _erasing:
        _erasing.append(told)


def staged(file: StoredFile) -> None:
    """A file came in as an upload."""
    for told in _staged:
        told(file)


def erasing(file: StoredFile) -> None:
    """A file is about to be erased."""
    for told in _erasing:
        told(file)
