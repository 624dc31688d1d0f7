"""Who above is told of files that came in, and of bytes that are erased; `config.wiring` adds them here."""

from collections.abc import Callable

from vanthu.kernel.actor import Actor
from vanthu.kernel.files.models import StoredFile

type Told = Callable[[StoredFile], None]

_staged: list[Told] = []
_erasing: list[Told] = []
_kept_out: list[Callable[[Actor], None]] = []
_infected: list[Callable[[str, str, Actor], None]] = []
_locked: list[Told] = []


def when_staged(told: Told) -> None:
    """Let this be called with the file of every upload that passed its checks; adding it twice changes nothing."""
    if told not in _staged:
        _staged.append(told)


def when_erasing(told: Told) -> None:
    """Let this be called before bytes that nobody owns are erased, in that transaction; twice changes nothing."""
    if told not in _erasing:
        _erasing.append(told)


def when_kept_out(told: Callable[[Actor], None]) -> None:
    """Let this be called with who brought a file of which nothing may be kept; adding it twice changes nothing."""
    if told not in _kept_out:
        _kept_out.append(told)


def staged(file: StoredFile) -> None:
    """A file came in as an upload."""
    for told in _staged:
        told(file)


def erasing(file: StoredFile) -> None:
    """A file is about to be erased."""
    for told in _erasing:
        told(file)


def kept_out(by: Actor) -> None:
    """A file came in of which nothing may be kept."""
    for told in _kept_out:
        told(by)


def when_infected(told: Callable[[str, str, Actor], None]) -> None:
    """Let this be called with (name of the file, virus, who brought it) of what was refused; twice changes nothing."""
    if told not in _infected:
        _infected.append(told)


def infected(name: str, virus: str, by: Actor) -> None:
    """A file with a virus was refused."""
    for told in _infected:
        told(name, virus, by)


def when_locked(told: Told) -> None:
    """Let this be called with a kept file in which a virus was found, in that transaction; twice changes nothing."""
    if told not in _locked:
        _locked.append(told)


def locked(file: StoredFile) -> None:
    """A virus was found in a kept file: nobody opens it any more."""
    for told in _locked:
        told(file)
