"""The private PostgreSQL survives what happens to servers on a desk."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from vanthu_tools.postgres import PostgresTrouble, PrivatePostgres

WRITER = """
import sys, psycopg
from pathlib import Path
from vanthu_tools.postgres import PrivatePostgres
server = PrivatePostgres(Path(sys.argv[1]))
server.start()
with psycopg.connect(server.dsn("postgres")) as connection:
    connection.execute("INSERT INTO mark VALUES (%s)", [sys.argv[2]])
"""


@pytest.fixture(scope="module")
def server() -> Iterator[PrivatePostgres]:
    """In a folder that root's helper user can enter too, unlike pytest's own."""
    folder = Path(f"/tmp/vanthu-test-{os.getpid()}")
    server = PrivatePostgres(folder)
    server.start()
    with psycopg.connect(server.dsn("postgres")) as connection:
        connection.execute("CREATE TABLE mark (name text)")
    yield server
    server.stop()
    subprocess.run(["rm", "-rf", folder], check=True)


def marks(server: PrivatePostgres) -> set[str]:
    with psycopg.connect(server.dsn("postgres")) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM mark")}


def processes(server: PrivatePostgres) -> list[psutil.Process]:
    data = str(server.home / "data")
    return [
        p
        for p in psutil.process_iter(["name", "cwd"])
        if p.info["name"] == "postgres" and p.info["cwd"] == data
    ]


def start_five_writers(server: PrivatePostgres, name: str) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(server.folder), f"{name}{number}"])
        for number in range(5)
    ]
    assert [writer.wait(timeout=60) for writer in writers] == [0] * 5


def test_five_processes_start_it_at_once(server: PrivatePostgres) -> None:
    server.stop()
    start_five_writers(server, "together")
    assert {f"together{number}" for number in range(5)} <= marks(server)


def test_everything_committed_is_there_after_kill_9_and_a_race_to_start_again(
    server: PrivatePostgres,
) -> None:
    with psycopg.connect(server.dsn("postgres")) as connection:
        connection.execute("INSERT INTO mark VALUES ('before the kill')")
    for process in processes(server):
        process.send_signal(signal.SIGKILL)
    start_five_writers(server, "after")
    assert {"before the kill", *(f"after{number}" for number in range(5))} <= marks(server)


def test_a_lock_file_with_the_pid_of_another_program_is_no_obstacle(server: PrivatePostgres) -> None:
    server.stop()
    lock_file = server.home / "data/postmaster.pid"
    lock_file.write_text(
        f"{os.getpid()}\n{lock_file.parent}\n{int(time.time())}\n5432\n{server.socket_folder}\n\n"
    )
    server.start()
    assert server.alive()


def test_a_zombie_is_not_taken_for_a_running_server(server: PrivatePostgres) -> None:
    server.stop()
    zombie = subprocess.Popen(["true"])
    while psutil.Process(zombie.pid).status() != psutil.STATUS_ZOMBIE:
        time.sleep(0.01)
    lock_file = server.home / "data/postmaster.pid"
    lock_file.write_text(
        f"{zombie.pid}\n{lock_file.parent}\n{int(time.time())}\n5432\n{server.socket_folder}\n\n"
    )
    server.start()
    assert server.alive()
    zombie.wait()


def test_it_runs_as_long_as_somebody_uses_it(server: PrivatePostgres) -> None:
    with server.used():
        with server.used():
            pass
        assert server.alive()
    assert not server.alive()
    server.start()


def test_the_socket_is_closed_to_other_people(server: PrivatePostgres) -> None:
    assert server.socket_folder.stat().st_mode & 0o077 == 0


def test_a_long_path_gets_a_short_socket() -> None:
    deep = PrivatePostgres(Path("/tmp") / "/".join(["a-rather-long-folder-name"] * 6))
    assert len(str(deep.socket_folder)) < 80


def test_another_users_data_is_refused_with_a_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pg/data").mkdir(parents=True)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 12345)
    with pytest.raises(PostgresTrouble, match="belongs to another user"):
        PrivatePostgres(tmp_path / "pg").start()
