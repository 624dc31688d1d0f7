"""Files are scanned by a real ClamAV daemon: what is infected is refused, what it could not scan says so."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import World
from vanthu.kernel import ledger
from vanthu.kernel.files import actions as files
from vanthu.kernel.files import queries, scanning, staging
from vanthu.kernel.files.jobs import scan_for_viruses
from vanthu.kernel.files.models import CLEAN, INFECTED, TOO_BIG, UNSCANNED, StoredFile, Upload
from vanthu.kernel.refusals import Invalid, NotAllowed, Unavailable
from vanthu.reading import clamav
from vanthu.web.shell.templatetags.vanthu import scanned

# The test file of the antivirus trade, in two pieces so that no scanner stops at this module.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CLEAN_TEXT = "Kính gửi các đơn vị".encode()

needs_clamd = pytest.mark.skipif(shutil.which("clamd") is None, reason="clamd is not on this machine")


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A daemon with one signature of its own, on a loopback port that was free."""
    folder = tmp_path_factory.mktemp("clamav")
    folder.chmod(0o755)
    signatures = folder / "signatures"
    signatures.mkdir()
    (signatures / "test.ndb").write_text(f"Test.EICAR:0:*:{EICAR.hex()}\n")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = folder / "clamd.conf"
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


def test_the_date_of_the_database_is_read_from_the_version() -> None:
    assert clamav.day_of("ClamAV 1.4.6/27456/Sun Nov 22 09:25:11 2026") == date(2026, 11, 22)
    assert clamav.day_of("ClamAV 1.4.6") is None
    assert clamav.day_of("ClamAV 1.4.6/27456/hom qua") is None
