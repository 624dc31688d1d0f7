"""Files are scanned by a real ClamAV daemon: what is infected is refused, what it could not scan says so."""

import hashlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from clamav_client.clamd import ClamdNetworkSocket
from django.urls import reverse
from django.utils import timezone

from tests.cast import World
from tests.entries import arrival
from vanthu.documents import actions as documents
from vanthu.documents.models import IncomingEntry
from vanthu.kernel import ledger
from vanthu.kernel.files import actions as files
from vanthu.kernel.files import queries, scanning, staging, written
from vanthu.kernel.files.jobs import scan_again, scan_for_viruses
from vanthu.kernel.files.models import CLEAN, INFECTED, TOO_BIG, UNSCANNED, StoredFile, Upload
from vanthu.kernel.files.written import Written
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.refusals import Invalid, NotAllowed, Unavailable
from vanthu.reading import clamav
from vanthu.tasks.models import Notice
from vanthu.web.shell.templatetags.vanthu import scanned

# The test file of the antivirus trade, in two pieces so that no scanner stops at this module.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CLEAN_TEXT = "Kính gửi các đơn vị".encode()

needs_clamd = pytest.mark.skipif(shutil.which("clamd") is None, reason="clamd is not on this machine")


@pytest.fixture(scope="module")
def signatures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the daemon: one signature of our own."""
    folder = tmp_path_factory.mktemp("clamav")
    folder.chmod(0o755)
    made = folder / "signatures"
    made.mkdir()
    (made / "test.ndb").write_text(f"Test.EICAR:0:*:{EICAR.hex()}\n")
    return made


@pytest.fixture(scope="module")
def clamd(signatures: Path) -> Iterator[str]:
    """A daemon with these signatures, on a loopback port that was free."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = signatures.parent / "clamd.conf"
    lines = (
        f"DatabaseDirectory {signatures}", f"TCPSocket {port}", "TCPAddr 127.0.0.1", "Foreground yes",
        "StreamMaxLength 1M", "User root" if os.geteuid() == 0 else "",
    )  # fmt: skip
    settings.write_text("\n".join(filter(None, lines)) + "\n")
    with subprocess.Popen(["clamd", "-c", str(settings)], stdout=subprocess.DEVNULL) as process:
        try:
            _wait(port, process)
            yield f"127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("clamd did not start")


@pytest.fixture
def daemon(clamd: str, settings: Any) -> str:
    settings.CLAMAV = clamd
    return clamd


@pytest.fixture
def away(settings: Any, tmp_path: Path) -> None:
    """A daemon is set up, but nobody listens."""
    settings.CLAMAV = str(tmp_path / "clamd.ctl")


def stage(world: World, data: bytes, name: str = "a.txt") -> Upload:
    return files.stage(BytesIO(data), name, by=world.actor("clerk"))


@needs_clamd
def test_an_infected_file_is_refused_recorded_and_erased(world: World, daemon: str) -> None:
    with pytest.raises(Invalid, match=r"nhiễm mã độc \(Test\.EICAR") as caught:
        stage(world, EICAR, "hoá đơn.txt")
    assert caught.value.code == "file_infected"
    upload = Upload.objects.get()
    assert (upload.file, upload.refusal) == (None, caught.value.message)
    assert not StoredFile.objects.exists()
    assert not [path for path in staging.folder().iterdir() if path.is_file() and EICAR in path.read_bytes()]
    (act,) = ledger.history(world.province)
    assert act.note.startswith("tải lên tệp “hoá đơn.txt” nhiễm mã độc (Test.EICAR")
    assert act.actor_name == "Phạm Thu Thủy"


@needs_clamd
def test_a_clean_file_says_when_it_was_scanned(world: World, daemon: str) -> None:
    file = stage(world, CLEAN_TEXT).file
    assert file is not None
    file.refresh_from_db()
    assert (file.scan_state, file.signatures_on) == (CLEAN, None)
    assert scanned(file) == f"đã quét mã độc {timezone.localdate():%d/%m/%Y}"
    file.signatures_on = date(2026, 11, 22)
    assert scanned(file).endswith("(dữ liệu ngày 22/11/2026)")


@needs_clamd
@pytest.mark.parametrize("most_bytes", [1 << 20, 100 << 20])  # ours, and the daemon's where ours is set wrong
def test_what_is_too_big_is_kept_unscanned_or_refused(
    world: World, daemon: str, settings: Any, most_bytes: int
) -> None:
    settings.CLAMAV_MOST_BYTES = most_bytes
    data = CLEAN_TEXT * 200_000
    file = stage(world, data).file
    assert file is not None
    assert file.scan_state == TOO_BIG
    assert scanned(file) == "chưa quét mã độc: lớn hơn mức của máy quét"
    settings.CLAMAV_REQUIRED = True
    with pytest.raises(Invalid, match="lớn hơn mức máy quét"):
        stage(world, data + b"!")


@pytest.mark.usefixtures("away")
def test_without_the_daemon_the_policy_decides(world: World, settings: Any) -> None:
    file = stage(world, CLEAN_TEXT).file
    assert file is not None
    assert (file.scan_state, scanned(file)) == (UNSCANNED, "chưa quét mã độc")
    settings.CLAMAV_REQUIRED = True
    with pytest.raises(Unavailable, match="đang tạm ngừng"):
        stage(world, CLEAN_TEXT + b"!")
    assert Upload.objects.count() == 1


@needs_clamd
def test_what_waits_is_scanned_later_and_locked_if_infected(
    world: World, clamd: str, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CLAMAV = "/khong-co/clamd.ctl"
    good, bad = stage(world, CLEAN_TEXT), stage(world, EICAR, "b.txt")
    StoredFile.objects.update(stored_at=timezone.now() - timedelta(minutes=5))
    scan_for_viruses()
    assert scanning.unscanned() == 2
    settings.CLAMAV = clamd
    scan_for_viruses()
    assert scanning.unscanned() == 0
    states = dict(StoredFile.objects.values_list("pk", "scan_state"))
    assert states == {good.file_id: CLEAN, bad.file_id: INFECTED}
    assert "virus Test.EICAR" in caplog.text
    locked = queries.upload(bad.pk, world.actor("clerk"))
    assert locked.file is not None
    for use in (
        lambda: queries.open_upload(locked),
        lambda: files.accept(locked.pk, by=world.actor("clerk")),
        lambda: queries.copy_of(locked.file),  # type: ignore[arg-type]
    ):
        with pytest.raises(NotAllowed, match="đã khóa"):
            use()
    assert queries.open_upload(queries.upload(good.pk, world.actor("clerk"))).read() == CLEAN_TEXT


@pytest.fixture
def found_late(world: World, clamd: str, settings: Any) -> IncomingEntry:
    """An entry with an infected file that came while the daemon was away; now it was scanned."""
    settings.CLAMAV = "/khong-co/clamd.ctl"
    upload = stage(world, EICAR, "hoá đơn.txt")
    entry = documents.register(arrival(), uploads=[upload.pk], by=world.actor("clerk"))
    documents.present(entry.pk, world.person("head").pk, by=world.actor("clerk"))
    StoredFile.objects.update(stored_at=timezone.now() - timedelta(minutes=5))
    settings.CLAMAV = clamd
    scan_for_viruses()
    return entry


@needs_clamd
def test_the_office_is_told_of_a_virus_that_is_found_later(world: World, found_late: IncomingEntry) -> None:
    rows = Notice.objects.filter(kind="virus_in", about_id=found_late.pk)
    people = {world.person(key).pk for key in ("clerk", "administrator", "head")}
    assert set(rows.values_list("person_id", flat=True)) == people
    assert rows.count() == len(people)
    assert rows[0].text.startswith("Phát hiện mã độc (Test.EICAR")
    assert "hoá đơn" not in rows[0].text
    act = ledger.history(found_late)[-1]
    assert act.note.startswith("phát hiện mã độc (Test.EICAR")
    assert act.note.endswith("trong tệp “hoá đơn.txt”: đã khóa tệp")
    scan_for_viruses()
    assert rows.count() == len(people)
    page = world.client("administrator").get(reverse("notices")).content.decode()
    assert reverse("entry", args=[found_late.pk]) in page
    assert "báo quản trị kiểm tra" in page


@needs_clamd
def test_nobody_opens_a_file_in_which_a_virus_was_found(world: World, found_late: IncomingEntry) -> None:
    (held,) = queries.attachments("document", [found_late.document_id])[found_late.document_id]
    browser = world.client("clerk")
    refused = browser.get(reverse("file", args=[held.pk]))
    assert refused.status_code == 403
    assert "nên đã khóa. Báo quản trị" in refused.content.decode()
    page = browser.get(reverse("entry", args=[found_late.pk])).content.decode()
    assert "nên đã khóa. Báo quản trị" in page
    assert reverse("page_image", args=[held.pk, 1]) not in page


@needs_clamd
def test_recent_clean_files_are_scanned_again_when_the_database_is_newer(
    world: World, daemon: str, signatures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = [date(2026, 11, 20)]
    monkeypatch.setattr(clamav, "_signatures_on", lambda daemon: day[0])  # its own database tells no day
    clean, unknown, old = (
        stage(world, text, f"{text[:1].hex()}.txt") for text in (b"A clean one", b"B new virus", b"C")
    )
    ids = [one.file_id for one in (clean, unknown, old)]
    StoredFile.objects.filter(pk=old.file_id).update(stored_at=timezone.now() - timedelta(days=15))

    def verdicts() -> list[tuple[str, date | None]]:
        rows = StoredFile.objects.in_bulk(ids)
        return [(rows[pk].scan_state, rows[pk].signatures_on) for pk in ids]

    (signatures / "later.ndb").write_text(f"Test.Later:0:*:{b'B new virus'.hex()}\n")
    _reload(daemon, b"B new virus")
    scan_again()
    run_jobs()
    assert verdicts() == [(CLEAN, day[0])] * 3  # the database says it is the same
    day[0] = date(2026, 11, 21)
    scan_again()
    run_jobs()
    assert verdicts() == [(CLEAN, day[0]), (INFECTED, day[0]), (CLEAN, date(2026, 11, 20))]
    with pytest.raises(NotAllowed, match=r"Test\.Later"):
        files.accept(unknown.pk, by=world.actor("clerk"))


@needs_clamd
def test_another_scan_goes_on_where_the_slice_before_ended(
    world: World,
    daemon: str,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:
    day = [date(2026, 11, 20)]
    monkeypatch.setattr(clamav, "_signatures_on", lambda daemon: day[0])
    for number in range(5):
        stage(world, b"%d" % number, f"{number}.txt")
    day[0] = date(2026, 11, 21)
    since, before, slices = timezone.now() - timedelta(days=1), timezone.now(), 0
    while True:
        done = scanning.scan_again(since, before, most=2)
        if done.before is None:
            break
        before, slices = done.before, slices + 1
    assert slices == 3
    assert set(StoredFile.objects.values_list("signatures_on", flat=True)) == {day[0]}
    with django_assert_num_queries(1):  # however many there are, nothing is left to do
        assert scanning.scan_again(since, timezone.now()).before is None


@needs_clamd
@pytest.mark.django_db
def test_what_a_room_wrote_itself_keeps_what_the_scanner_said(
    daemon: str, tmp_path: Path, django_assert_num_queries: Callable[[int], AbstractContextManager[Any]]
) -> None:
    (path := tmp_path / "a.txt").write_bytes(CLEAN_TEXT)
    seen = written.check(path, "a.txt")
    sha256 = hashlib.sha256(CLEAN_TEXT).hexdigest()
    item = Written(path, len(CLEAN_TEXT), sha256, "text/plain", *seen)
    with django_assert_num_queries(1):
        written.keep([item])
    kept = StoredFile.objects.get()
    assert (kept.scan_state, kept.scanned_at is not None) == (CLEAN, True)
    assert scanning.unscanned() == 0
    StoredFile.objects.update(scan_state=INFECTED, virus="Test.Later")
    path.write_bytes(CLEAN_TEXT)
    written.keep([item])
    assert StoredFile.objects.get().scan_state == INFECTED  # what was found since is not forgotten


def _reload(place: str, virus: bytes) -> None:
    """Have the daemon read its signatures again, which it does beside its other work."""
    host, _, port = place.rpartition(":")
    daemon = ClamdNetworkSocket(host, int(port), timeout=10)
    daemon.reload()
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if daemon.instream(BytesIO(virus))["stream"][0] == "FOUND":
            return
        time.sleep(0.1)
    pytest.fail("clamd did not read its signatures again")


def test_the_date_of_the_database_is_read_from_the_version() -> None:
    assert clamav.day_of("ClamAV 1.4.6/27456/Sun Nov 22 09:25:11 2026") == date(2026, 11, 22)
    assert clamav.day_of("ClamAV 1.4.6") is None
    assert clamav.day_of("ClamAV 1.4.6/27456/hom qua") is None
