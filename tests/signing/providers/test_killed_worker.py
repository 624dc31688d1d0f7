"""A worker killed while it waits for the service: the phone was asked once, and the next worker finishes."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from tests.signing.authority import Cast
from tests.signing.providers.test_smartca import phone, service, wallet
from tests.signing.requested import ask, over, states
from vanthu.signing import asking, request_jobs
from vanthu.signing.models import Certificate
from vanthu_tools.simulators.smartca import SmartCa

__all__ = ["phone", "service", "wallet"]  # fixtures
ADVANCE = (
    "import django, sys; django.setup(); from vanthu.signing import asking; asking.advance(int(sys.argv[1]))"
)


def worker(request_id: int) -> "subprocess.Popen[bytes]":
    """A process of its own that asks the service about this request."""
    held = connection.settings_dict
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    environment = {
        "DATABASE_URL": make_conninfo(**{key: held[name] for key, name in names.items() if held[name]}),
        "VANTHU_VAR": str(django_settings.VAR_DIR),
        "VANTHU_SMARTCA_URL": django_settings.SMARTCA_URL,
        "VANTHU_SMARTCA_ID": django_settings.SMARTCA_ID,
        "VANTHU_SMARTCA_PASSWORD": django_settings.SMARTCA_PASSWORD,
    }
    return subprocess.Popen(
        [sys.executable, "-c", ADVANCE, str(request_id)], env={**os.environ, **environment}
    )


@pytest.mark.django_db(transaction=True)
def test_the_phone_is_asked_once_and_the_next_worker_finishes(
    cast: Cast, service: SmartCa, phone: Certificate, forms: list[Path], signed: list[int]
) -> None:
    request = ask(forms, phone, cast.leader)
    service.hold = threading.Event()
    first = worker(request.pk)
    try:
        while not service.asked:
            assert first.poll() is None, "the worker ended before it asked"
            time.sleep(0.1)
        assert asking.advance(request.pk)  # another worker meanwhile: it leaves the service alone
        assert states(request) == ["waiting"] * 3
    finally:
        first.send_signal(signal.SIGKILL)
        first.wait()
        service.hold.set()
    service.hold = None
    service.press()
    request_jobs.resume()
    assert over(request).state == "done"
    assert service.asked == 1
    assert signed == [100, 101, 102]
