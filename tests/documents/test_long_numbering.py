"""Two minutes of numbering on a server of its own that is killed again and again: no gap, nothing confirmed is lost."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil
import psycopg
import pytest

from vanthu_tools.postgres import PrivatePostgres

ROOT = Path(__file__).resolve().parents[2]
SECONDS, PROCESSES, KILLS = 120, 4, 5


@pytest.fixture
def server() -> Iterator[PrivatePostgres]:
    """With the settings of a real one: what is confirmed is on disk."""
    server = PrivatePostgres(Path(f"/tmp/vanthu-long-{os.getpid()}"))
    server.start()
    server.create_database()
    yield server
    server.remove()


@pytest.fixture
def environment(server: PrivatePostgres, tmp_path: Path) -> Mapping[str, str]:
    return os.environ | {"DATABASE_URL": server.dsn(), "VANTHU_MODE": "test", "VANTHU_VAR": str(tmp_path)}


def python(environment: Mapping[str, str], *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", *arguments], cwd=ROOT, env=dict(environment))


def done(process: subprocess.Popen[bytes]) -> None:
    assert process.wait(timeout=SECONDS * 3) == 0


def kill(server: PrivatePostgres) -> None:
    """kill -9 for every process of the server at once, as a power cut does."""
    data = str(server.home / "data")
    for process in psutil.process_iter(["name", "cwd"]):
        if process.info["name"] == "postgres" and process.info["cwd"] == data:
            process.send_signal(signal.SIGKILL)


@pytest.mark.long
def test_numbers_have_no_gap_whatever_dies(
    server: PrivatePostgres, environment: Mapping[str, str], tmp_path: Path
) -> None:
    done(python(environment, "django", "migrate", "--verbosity", "0"))
    done(python(environment, "tests.documents.clerk", "prepare"))
    files = [tmp_path / f"clerks-{number}" for number in range(PROCESSES)]
    clerks = [
        python(environment, "tests.documents.clerk", str(number), str(SECONDS), str(file))
        for number, file in enumerate(files)
    ]
    for _ in range(KILLS):
        time.sleep(SECONDS / (KILLS + 1))
        kill(server)
        server.start()
    for process in clerks:
        done(process)
    confirmed, lost = set[int](), 0
    for file in files:
        *pks, failures = map(int, file.read_text().split())
        confirmed |= set(pks)
        lost += failures
    with psycopg.connect(server.dsn()) as connection:
        rows = connection.execute(
            "SELECT e.id, e.arrival_number, s.last FROM documents_incomingentry e"
            " JOIN documents_series s ON s.id = e.series_id ORDER BY e.arrival_number"
        ).fetchall()
    print(
        f"{len(rows)} numbers of {PROCESSES * 10} clients in {SECONDS} s; {KILLS} kills -9, {lost} tries lost"
    )
    assert lost > KILLS
    assert [number for _, number, _ in rows] == list(range(1, len(rows) + 1))
    assert {last for _, _, last in rows} == {len(rows)}
    assert confirmed <= {pk for pk, _, _ in rows}
    assert len(confirmed) > 100
    ledger = (
        "import django; django.setup(); from vanthu.kernel import ledger; assert not list(ledger.check())"
    )
    assert (
        subprocess.run(
            [sys.executable, "-c", ledger], cwd=ROOT, env=dict(environment), check=False
        ).returncode
        == 0
    )
