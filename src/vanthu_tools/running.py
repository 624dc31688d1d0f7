"""What a command needs before it can do anything: a database that runs, tables that are up to date, free ports."""

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from vanthu_tools.postgres import PrivatePostgres

ROOT = Path(__file__).resolve().parents[2]
TRIED_PORTS = 50


def var_folder() -> Path:
    return Path(os.environ.get("VANTHU_VAR") or ROOT / "var").resolve()


def private_postgres() -> PrivatePostgres:
    return PrivatePostgres(var_folder() / "postgres")


def uses_private_postgres() -> bool:
    named = os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE")
    return not named and os.environ.get("VANTHU_MODE") != "production"


@contextmanager
def database() -> Iterator[None]:
    """A database that runs: the one DATABASE_URL names, or the private one for this long."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if not uses_private_postgres():
        yield
        return
    server = private_postgres()
    with server.used() as address:
        server.create_database()
        var_folder().mkdir(exist_ok=True)
        (var_folder() / "postgres.url").write_text(address)
        os.environ["DATABASE_URL"] = address
        try:
            yield
        finally:
            del os.environ["DATABASE_URL"]


@contextmanager
def product() -> Iterator[None]:
    """Django, ready, on a database that runs."""
    with database():
        django.setup()
        try:
            yield
        finally:
            leave_database()


def leave_database() -> None:
    """Closes all connections of this process and ends the threads that keep them."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]


def bring_tables_up_to_date() -> bool:
    """Runs the migrations that are missing; True if there were any."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    return bool(plan)


def free_port(wanted: int, host: str = "127.0.0.1") -> int:
    """The port, or the next one that nobody listens on."""
    for port in range(wanted, wanted + TRIED_PORTS):
        with socket.socket() as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                attempt.bind((host, port))
            except OSError:
                continue
            return port
    sys.exit(f"No free port from {wanted} to {wanted + TRIED_PORTS - 1}. Name another one with --port.")
