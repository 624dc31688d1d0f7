"""A worker that is killed while it reads loses one page at most: the next one goes on and reads no page twice."""

import io
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from tests.reading.scans import SYMBOL, pdf_scan, scan
from vanthu.kernel.actor import Actor
from vanthu.kernel.files import actions as files
from vanthu.kernel.jobs import run_jobs
from vanthu.reading import jobs
from vanthu.reading.models import PageText, Reading
from vanthu.reading.states import ReadingState

READ = (
    "import django, sys; django.setup(); from vanthu.reading import keeping;"
    " keeping.read(sys.argv[1], most_pages=100, seconds=100)"
)
_PATIENCE = 600  # looks of a tenth of a second


def worker(sha256: str, folder: Path) -> "subprocess.Popen[bytes]":
    """A process of its own that reads the file."""
    held = connection.settings_dict
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    address = make_conninfo(**{key: held[name] for key, name in names.items() if held[name]})
    return subprocess.Popen(
        [sys.executable, "-c", READ, sha256],
        env=os.environ | {"DATABASE_URL": address, "VANTHU_VAR": str(folder)},
    )


@pytest.mark.django_db(transaction=True)
def test_the_next_worker_goes_on(settings: Any) -> None:
    page = scan(150)
    upload = files.stage(io.BytesIO(pdf_scan(*[page] * 5, dpi=150)), "a.pdf", by=Actor.for_system())
    sha256 = upload.file_id or ""
    first = worker(sha256, settings.VAR_DIR)
    try:
        for _ in range(_PATIENCE):
            if PageText.objects.exists():
                break
            assert first.poll() is None, "the worker ended before it had read a page"
            time.sleep(0.1)
    finally:
        first.send_signal(signal.SIGKILL)
        first.wait()
    kept = {row.number: row.pk for row in PageText.objects.all()}
    assert 1 in kept
    reading = Reading.objects.get(file=sha256)
    assert (reading.state, reading.pages_done) == (ReadingState.READING, len(kept))
    Reading.objects.update(changed_at=timezone.now() - timedelta(minutes=6))
    jobs.take_up()
    run_jobs()
    assert Reading.objects.get(file=sha256).state == ReadingState.DONE
    after = {row.number: row for row in PageText.objects.all()}
    assert sorted(after) == [1, 2, 3, 4, 5]
    assert all(after[number].pk == pk for number, pk in kept.items()), "what was read was not read again"
    assert all(SYMBOL in row.text for row in after.values())
