"""Every test run has its own database on a private PostgreSQL that all runs share, and its own folder for files."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import django
import psutil
import psycopg
import pytest
from django.conf import settings
from django.core.cache import caches
from django.db.backends.postgresql.operations import DatabaseOperations
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from psycopg import sql

from tests import template
from vanthu_tools.postgres import FORGETFUL, PrivatePostgres

ROOT = Path(__file__).resolve().parent.parent
SERVER = PrivatePostgres(ROOT / "var/test-pg", FORGETFUL)
# A server to test against instead of the private one.
OTHER_SERVER = os.environ.get("VANTHU_TEST_DATABASE_URL")
FOLDER = Path(tempfile.mkdtemp(prefix="vanthu-test-"))
(FOLDER / "static").mkdir()

# The settings are read after this, and must not depend on what the developer's shell says.
for name in [name for name in os.environ if name.startswith("VANTHU_") and name != "VANTHU_PICTURES"]:
    del os.environ[name]
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "DATABASE_URL": OTHER_SERVER or SERVER.dsn("postgres"),
    "VANTHU_MODE": "test",
    "VANTHU_VAR": str(FOLDER),
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # Playwright runs an event loop in the thread of the test
}
django.setup()
# No test fails because the machine is busy.
hypothesis_settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("untimed")
# Workers of xdist read the settings before this file: each gets folders of its own.
for name, value in vars(import_module(settings.SETTINGS_MODULE)).items():
    if isinstance(value, Path) and value.is_relative_to(settings.VAR_DIR) and name != "VAR_DIR":
        setattr(settings, name, FOLDER / value.relative_to(settings.VAR_DIR))
settings.VAR_DIR = FOLDER

pytest_plugins = ["tests.cast", "tests.browser.budget", "tests.signing.authority", "tests.signing.world"]

FROM_MIGRATIONS = ("kernel_specialday", "dossiers_period")  # days off, the retention schedule

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

LONGEST = (
    "demo/test_loaded.py", "conventions/test_gates.py", "browser/test_axe_others.py", "browser/test_axe_clerk.py",
    "api/test_schema.py", "browser/test_whole_way.py", "browser/test_axe_leaders.py", "practice/test_apart.py",
    "browser/test_old_browser_leaders.py", "browser/test_old_browser_clerk.py", "api/test_strangers.py",
)  # fmt: skip
"""Files whose tests take a minute and more, begun first: else one worker ends long after the others."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest first; needs `--no-loadscope-reorder` when several workers run."""
    turns = {ROOT / "tests" / name: turn for turn, name in enumerate(LONGEST)}
    items.sort(key=lambda item: turns.get(item.path, len(turns)))


def pytest_unconfigure() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_blocker: Any) -> Iterator[None]:
    """Starts the server and names the database after this process, so that runs do not meet."""
    from django.db import connection  # noqa: PLC0415 - settings are ready only now

    connection.settings_dict["TEST"]["NAME"] = f"test_{os.getpid()}"
    if OTHER_SERVER:
        yield
        return
    with SERVER.used():
        drop_databases_of_dead_runs()
        with django_db_blocker.unblock():
            connection.settings_dict["TEST"]["TEMPLATE"] = template.migrated(SERVER.dsn("postgres"))
        yield


@pytest.fixture(scope="session", autouse=True)
def emptying_passes_the_ledger() -> Iterator[None]:
    """Tests with `transaction=True` end by emptying all tables; the triggers that refuse it rest for that moment.

    Waiting jobs go too: their tables belong to the library, and Django would leave them. What migrations wrote stays.
    """
    empty = DatabaseOperations.sql_flush

    def sql_flush(operations: Any, style: Any, tables: Iterable[str], **options: Any) -> list[str]:
        jobs = "TRUNCATE procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers;"
        emptied = [table for table in tables if table not in FROM_MIGRATIONS]
        return [
            "SET LOCAL session_replication_role = replica;",
            jobs,
            *empty(operations, style, emptied, **options),
        ]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", sql_flush)
        yield


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> None:
    """What this process remembers of rows ends with them: after a test that sets sequences back, keys come again."""
    for name in ("actors", "rates"):
        caches[name].clear()


def drop_databases_of_dead_runs() -> None:
    with psycopg.connect(SERVER.dsn("postgres"), autocommit=True) as connection:
        names = connection.execute(r"SELECT datname FROM pg_database WHERE datname ~ '^test_\d+$'").fetchall()
        for (name,) in names:
            if not psutil.pid_exists(int(name.removeprefix("test_"))):
                command = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
                connection.execute(command.format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium; `playwright install` is not needed."""
    if CHROMIUM is None:
        pytest.fail("Chromium is missing: run `make setup`, or install the package `chromium`.")
    arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none"]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_context_args,
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
        "viewport": {"width": 1366, "height": 768},
    }
