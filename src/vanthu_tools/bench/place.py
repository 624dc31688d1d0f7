"""Where the benchmark lives: a private PostgreSQL of its own with one database per size, and its own files."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from vanthu_tools.postgres import PrivatePostgres
from vanthu_tools.running import var_folder

SETTINGS = {
    "shared_buffers": f"{psutil.virtual_memory().total // 2 // 2**20}MB",
    "effective_cache_size": "12GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "1GB",
    "max_wal_size": "16GB",
    "min_wal_size": "1GB",
    "checkpoint_timeout": "30min",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "track_io_timing": "on",
}
"""A small server's settings. Every commit waits for the disk, as in production: `fsync` stays on.

Half of the memory is its own: some systems take the page cache back, on which a server with less would count.
"""


def folder() -> Path:
    """Everything that the benchmark keeps lies below it, apart from the working data."""
    return var_folder() / "bench"


def bench_server() -> PrivatePostgres:
    """The benchmark's own PostgreSQL, never the working one."""
    return PrivatePostgres(folder() / "postgres", SETTINGS)


def database_name(documents: int) -> str:
    """The database of one size: `bench_10000`."""
    return f"bench_{documents}"


@contextmanager
def at_work(documents: int) -> Iterator[str]:
    """Server and database of this size run, and the product's environment names them; gives the address.

    Enter it before Django reads its settings. The database may be empty still: `bench load` fills it.
    """
    with at_work_in(database_name(documents)) as address:
        yield address


@contextmanager
def at_work_in(database: str) -> Iterator[str]:
    """The same with a database of this name, which is made when it is not there."""
    server = bench_server()
    with server.used():
        server.create_database(database)
        address = server.dsn(database)
        with _environment(DATABASE_URL=address, VANTHU_FILES=str(folder() / "files")):
            yield address


@contextmanager
def _environment(**named: str) -> Iterator[None]:
    """These variables, as long as the block runs."""
    before = {name: os.environ.get(name) for name in named}
    os.environ.update(named)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
