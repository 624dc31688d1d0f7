"""What a scanner for viruses says of files. The scanner belongs to a room above; `config.wiring` hands it in.

A file that comes in is scanned before it is kept. When the scanner is away the policy of the installation decides: the
file is refused, or kept as "chưa quét" and scanned later by a job. What came in of late is scanned again when the
scanner has newer signatures: a new virus is known to it days after it is first sent. One that turns out to be infected
is locked.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from vanthu.kernel.files import staging, told
from vanthu.kernel.files.contract import FileDamaged
from vanthu.kernel.files.models import CLEAN, INFECTED, TOO_BIG, UNSCANNED, StoredFile
from vanthu.kernel.refusals import Invalid, NotAllowed, Unavailable

SLICE = 200  # files that one run of the job scans
_FRESH = timedelta(minutes=2)  # a file that just came in is scanned by whoever brings it


class ScannerAway(Exception):
    """The scanner does not answer."""


class Infected(Invalid):
    """A file with a virus; `virus` is what the scanner calls it."""

    code = "file_infected"

    def __init__(self, virus: str) -> None:
        self.virus = virus
        super().__init__(
            f"Tệp nhiễm mã độc ({virus}) nên không nhận và đã xóa. Đề nghị nơi gửi gửi lại tệp sạch;"
            " tệp do cơ quan làm ra thì báo quản trị."
        )


class Locked(NotAllowed):
    """A kept file in which a virus was found later."""

    code = "file_infected"

    def __init__(self, virus: str) -> None:
        super().__init__(
            f"Tệp này nhiễm mã độc ({virus}) nên đã khóa. Báo quản trị; xin nơi gửi gửi lại tệp sạch."
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """`state` is CLEAN, INFECTED or TOO_BIG; `signatures_on` the date of the scanner's database where it has one."""

    state: str
    virus: str = ""
    signatures_on: date | None = None


type Scanner = Callable[[Path], Verdict | None]
"""What is found in a file; None where no scanner is set up. Raises `ScannerAway`."""

type Signatures = Callable[[], date | None]
"""The day of the scanner's database; None where there is no scanner or it does not say. Raises `ScannerAway`."""

_scanners: list[Scanner] = []
_signatures: list[Signatures] = []


def use(scanner: Scanner, signatures: Signatures) -> None:
    """Scan with the first of these functions; the last ones given count."""
    _scanners[:], _signatures[:] = [scanner], [signatures]


def scan(path: Path) -> Verdict | None:
    """What is found in a file from outside before it is kept; None when it is kept unscanned.

    Raises `Infected`; where the installation keeps nothing unscanned also `Unavailable`, and `Invalid` for what is too
    big to be scanned.
    """
    try:
        verdict = _scanners[0](path) if _scanners else None
    except ScannerAway as error:
        if not settings.CLAMAV_REQUIRED:
            return None
        raise Unavailable(
            "Máy quét mã độc đang tạm ngừng nên chưa nhận tệp. Thử lại sau ít phút; nếu vẫn vậy, báo quản trị.",
            code="scanner_away",
        ) from error
    if verdict is not None and verdict.state == INFECTED:
        raise Infected(verdict.virus)
    if verdict is not None and verdict.state == TOO_BIG and settings.CLAMAV_REQUIRED:
        raise Invalid(
            f"Tệp lớn hơn mức máy quét mã độc nhận ({settings.CLAMAV_MOST_BYTES >> 20} MB)."
            " Quét lại 200 dpi, đen trắng, hoặc tách thành nhiều tệp.",
            code="too_big_to_scan",
        )
    return verdict


def note(file: StoredFile, verdict: Verdict | None) -> None:
    """Remember what a scanner said of a kept file; None changes nothing."""
    if verdict is None:
        return
    file.scan_state, file.virus = verdict.state, verdict.virus[:120]
    file.scanned_at, file.signatures_on = timezone.now(), verdict.signatures_on
    file.save(update_fields=["scan_state", "virus", "scanned_at", "signatures_on"])


def require_open(file: StoredFile) -> None:
    """Raise `Locked` for a file in which a virus was found."""
    if file.scan_state == INFECTED:
        raise Locked(file.virus)


def scan_waiting(most: int = SLICE) -> list[StoredFile]:
    """Scan kept files that nobody has scanned, newest first; returns those that are infected, which are locked now.

    Stops when the scanner is away or not set up.
    """
    return [file for file in _looked_at(_waiting()[:most]) if file.scan_state == INFECTED]


@dataclass(frozen=True, slots=True)
class Again:
    """What one slice of another scan found infected, and when the last file of it came in; None at the end."""

    infected: tuple[StoredFile, ...] = ()
    before: datetime | None = None


def scan_again(since: datetime, before: datetime, most: int = SLICE) -> Again:
    """Scan clean files that came in from `since` until `before` with signatures newer than theirs, newest first.

    The next slice goes on before the last file. At its end when the scanner is away or does not say how new it is.
    """
    try:
        newest = _signatures[0]() if _signatures else None
    except ScannerAway:
        newest = None
    if newest is None:
        return Again()
    older = Q(signatures_on=None) | Q(signatures_on__lt=newest)
    rows = StoredFile.objects.filter(older, scan_state=CLEAN, damaged_at=None)
    rows = rows.filter(stored_at__gte=since, stored_at__lt=before).order_by("-stored_at")
    done = list(_looked_at(rows[:most]))
    infected = tuple(file for file in done if file.scan_state == INFECTED)
    return Again(infected, done[-1].stored_at if done else None)


def _looked_at(files: Iterable[StoredFile]) -> Iterator[StoredFile]:
    """Kept files with what the scanner says of them now; ends when it is away or not set up."""
    for file in files:
        try:
            with staging.copied(file.sha256) as path:
                verdict = _scanners[0](path) if _scanners else None
        except FileDamaged:  # the scrub tells of it
            continue
        except ScannerAway:
            return
        if verdict is None:
            return
        with transaction.atomic():
            note(file, verdict)
            if verdict.state == INFECTED:
                told.locked(file)
        yield file


def unscanned() -> int:
    """How many kept files wait to be scanned."""
    return _waiting().count()


def _waiting() -> QuerySet[StoredFile]:
    rows = StoredFile.objects.filter(scan_state=UNSCANNED, damaged_at=None)
    return rows.filter(stored_at__lt=timezone.now() - _FRESH).order_by("-stored_at")


def said(file: StoredFile) -> str:
    """The state as a page shows it: "đã quét mã độc 23/11/2026 (dữ liệu ngày 22/11/2026)"."""
    if file.scan_state == CLEAN and file.scanned_at is not None:
        known = f" (dữ liệu ngày {file.signatures_on:%d/%m/%Y})" if file.signatures_on else ""
        return f"đã quét mã độc {timezone.localtime(file.scanned_at):%d/%m/%Y}{known}"
    words = {
        INFECTED: f"nhiễm mã độc ({file.virus}), đã khóa",
        TOO_BIG: "chưa quét mã độc: lớn hơn mức của máy quét",
    }
    return words.get(file.scan_state, "chưa quét mã độc")
