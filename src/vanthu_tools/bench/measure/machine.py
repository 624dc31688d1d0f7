"""The machine that figures belong to, and what the processes of the product use of it."""

import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil
from django.db import connection

from vanthu_tools.running import ROOT

PACKAGES = ("django", "granian", "psycopg", "procrastinate")
TABLES = {
    "documents": "documents_document",
    "incoming entries": "documents_incomingentry",
    "outgoing entries": "documents_outgoingentry",
    "participants": "kernel_participant",
    "tasks": "tasks_task",
    "dossiers": "dossiers_dossier",
    "deliveries": "exchange_delivery",
    "ledger rows": "kernel_ledgerentry",
    "search rows": "search_searchrow",
    "texts": "search_searchbody",
    "offices": "organisations_office",
    "people": "organisations_person",
}


def description() -> dict[str, str]:
    """Processor, memory, system and versions, in words."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0]
        cursor.execute("SHOW shared_buffers")
        buffers = cursor.fetchone()[0]
        cursor.execute("SHOW fsync")
        durable = cursor.fetchone()[0]
    packages = {name: version(name) for name in PACKAGES}
    return {
        "processor": processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GB",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "postgresql": f"{server.split()[0]}, shared_buffers {buffers}, fsync {durable}",
        **packages,
    }


def processor() -> str:
    """The name of the processor as Linux tells it."""
    information = Path("/proc/cpuinfo")
    lines = information.read_text(encoding="utf-8").splitlines() if information.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def commit() -> str:
    """The commit of the checkout, with "+" when files differ from it; "" outside a checkout."""
    found = _git("rev-parse", "--short=12", "HEAD")
    changed = _git("status", "--porcelain", "--untracked-files=no", "src", "config")
    return f"{found}+" if found and changed else found


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def sizes() -> dict[str, int]:
    """Rows per table, and the megabytes of the whole database."""
    found: dict[str, int] = {}
    with connection.cursor() as cursor:
        for name, table in TABLES.items():
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - constant names
            found[name] = cursor.fetchone()[0]
        cursor.execute("SELECT pg_database_size(current_database()) / 1048576")
        found["megabytes"] = cursor.fetchone()[0]
    return found


@dataclass(frozen=True, slots=True)
class Use:
    """Processor seconds so far, and megabytes that belong to these processes (shared pages in parts: PSS)."""

    processor: float
    memory: float


def used_by(roots: Iterable[psutil.Process]) -> Use:
    """Sums up processes and everything below them; those that ended meanwhile are left out."""
    family = {one.pid: one for root in roots for one in _family(root)}
    uses = [use for one in family.values() if (use := _use(one)) is not None]
    return Use(sum(use.processor for use in uses), sum(use.memory for use in uses))


def _family(root: psutil.Process) -> list[psutil.Process]:
    try:
        return [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _use(process: psutil.Process) -> Use | None:
    try:
        times, memory = process.cpu_times(), process.memory_full_info()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return None
    size = getattr(memory, "pss", memory.uss)
    return Use(times.user + times.system, size / 2**20)


def database_process() -> list[psutil.Process]:
    """The postmaster, when the server runs on this machine and we may look at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        number = cursor.fetchone()[0]
    try:
        backend = psutil.Process(number)
        parent = backend.parent() if backend.name() == "postgres" else None
    except psutil.NoSuchProcess:
        return []
    return [parent] if parent else []


class Watch:
    """Looks at groups of processes from the moment it is made: {"web": [process], …}."""

    def __init__(self, groups: dict[str, Sequence[psutil.Process]]) -> None:
        self.groups = groups
        self._before = self._look()

    def _look(self) -> dict[str, Use]:
        return {name: used_by(roots) for name, roots in self.groups.items()}

    def since(self, seconds: float) -> tuple[dict[str, float], dict[str, float]]:
        """Processor seconds per second, and megabytes now, per group."""
        after: dict[str, Any] = self._look()
        cpu = {name: (use.processor - self._before[name].processor) / seconds for name, use in after.items()}
        return cpu, {name: use.memory for name, use in after.items()}
