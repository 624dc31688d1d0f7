"""The processes that `vanthu up` keeps running: web server, background workers, test authority."""

import os
import sys
import urllib.error
import urllib.request
from collections.abc import Sequence
from http.client import HTTPException
from pathlib import Path
from typing import cast

from django.conf import settings
from procrastinate import App
from procrastinate.contrib.django import app as jobs
from procrastinate.contrib.django.django_connector import DjangoConnector

from vanthu_tools.processes import Child
from vanthu_tools.running import free_port

SLOW_QUEUES = frozenset({"files"})  # page images, conversions: they must not hold up a delivery
AUTHORITY_PORT = 9018
# Scans: first pages of files, their other pages (one lane per core but one), searchable copies (one at a time).
READING_QUEUES = frozenset({"ocr", "ocr-rest", "ocr-copies"})
CONCURRENCY = {"files": 1, "reading": 3, "rest": 4, "all": 5}  # jobs at a time


def children(host: str, port: int) -> tuple[Child, list[Child]]:
    """The web server, and what may start after it: workers and, only in demonstration, the test authority."""
    command = [sys.executable, "-m", "vanthu_tools"]
    authority, environment = [], {}
    if settings.DEMO:
        authority_port = port_of_authority(settings.PKI_DIR)
        authority = [Child("test authority", [*command, "authority", str(authority_port)])]
        environment["VANTHU_TSA_URL"] = f"http://127.0.0.1:{authority_port}/tsa"
    return Child("web", web_command(host, port), environment), [
        *authority,
        Child("worker", [*command, "worker", "--only", "rest"], environment),
        Child("worker for files", [*command, "worker", "--only", "files"], environment, niceness=5),
        Child("worker for reading", [*command, "worker", "--only", "reading"], environment, niceness=5),
    ]


def web_command(host: str, port: int) -> list[str]:
    """granian, which serves WSGI with few threads: measured faster than ASGI for Django's synchronous views."""
    workers = os.environ.get("VANTHU_WEB_WORKERS", "2")
    threads = os.environ.get("VANTHU_WEB_THREADS", "4")
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", workers, "--blocking-threads", threads, "--no-ws", "--log-level", "warning"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "4", "config.wsgi:application"),
    ]


def work(only: str) -> None:
    """Runs jobs until SIGTERM: of the slow queues ("files"), of scans ("reading"), of all others ("rest"), or "all"."""
    queues: Sequence[str] | None = None
    if only != "all":
        known = {task.queue for task in jobs.tasks.values()} | {"default"}
        own = {"files": SLOW_QUEUES, "reading": READING_QUEUES}
        queues = sorted(known & own[only] if only in own else known - SLOW_QUEUES - READING_QUEUES)
    connector = cast(DjangoConnector, jobs.connector).get_worker_connector()
    connected: App = jobs.with_connector(connector)
    connected.run_worker(
        name=f"{only}-{os.getpid()}",
        queues=queues,
        concurrency=CONCURRENCY[only],
        delete_jobs="successful",
        shutdown_graceful_timeout=4,
    )


def port_of_authority(folder: Path) -> int:
    """Certificates carry the authority's address for good, so it keeps its port; the first time, a free one."""
    written = folder / "address"
    if written.exists():
        return int(written.read_text().strip().rpartition(":")[2])
    return free_port(AUTHORITY_PORT)


def answers(address: str) -> bool:
    """Whether the web server answers at all, be it with an error page."""
    try:
        with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own http address
            return True
    except urllib.error.HTTPError:
        return True
    except (OSError, HTTPException):
        return False
