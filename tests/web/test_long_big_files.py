"""Half a gigabyte through the real web server: up, checked, registered, down again, and what memory that takes."""

import hashlib
import http.client
import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import psutil
import pytest
from django.conf import settings
from django.db import connection

from tests.cast import World
from tests.entries import arrival
from vanthu.documents import actions
from vanthu.kernel.files import actions as files
from vanthu.kernel.files import queries
from vanthu_tools.services import web_command

ROOT = Path(__file__).resolve().parents[2]
PAGES, PAGE = 240, 2 << 20  # a scan in full colour: 480 MB
MOST_RESIDENT = 300 << 20
TOKEN = "t" * 32
BORDER = "border-of-parts"

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A PDF whose pages are pictures that nobody can compress."""
    path = tmp_path / "quet.pdf"
    with pikepdf.new() as pdf:
        for _ in range(PAGES):
            page = pdf.add_blank_page(page_size=(595, 842))
            picture = pdf.make_stream(
                os.urandom(PAGE), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=10, Height=10,
                ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
            )  # fmt: skip
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=pdf.make_indirect(picture)))
        pdf.save(path)
    return path


@pytest.fixture
def server() -> Iterator[tuple[str, int, psutil.Process]]:
    """The web server as it is started everywhere, on the database and the files of this test."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    database = connection.settings_dict
    environment = os.environ | {
        "DATABASE_URL": os.environ["DATABASE_URL"].replace("dbname=postgres", f"dbname={database['NAME']}"),
        "VANTHU_VAR": str(settings.VAR_DIR),
    }
    process = subprocess.Popen(web_command("127.0.0.1", port), cwd=ROOT, env=environment)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.2)
        yield "127.0.0.1", port, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(20)


def peak(process: psutil.Process) -> int:
    """The most that any process of the server had resident, bytes."""

    def high(one: psutil.Process) -> int:
        status = Path(f"/proc/{one.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) * 1024

    return max(map(high, [process, *process.children(recursive=True)]))


def body(path: Path) -> Iterator[bytes]:
    yield (
        f'--{BORDER}\r\nContent-Disposition: form-data; name="file"; filename="quet.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    ).encode()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            yield chunk
    yield f"\r\n--{BORDER}--\r\n".encode()


def test_half_a_gigabyte_goes_up_and_down_without_lying_in_memory(
    world: World, scan: Path, server: tuple[str, int, psutil.Process]
) -> None:
    host, port, process = server
    cookies = f"sessionid={world.client('clerk').cookies['sessionid'].value}; csrftoken={TOKEN}"
    size = sum(map(len, body(scan)))
    caller = http.client.HTTPConnection(host, port, timeout=600)
    headers: dict[str, Any] = {
        "Cookie": cookies, "X-CSRFToken": TOKEN, "Accept": "application/json",
        "Content-Type": f"multipart/form-data; boundary={BORDER}", "Content-Length": str(size),
    }  # fmt: skip
    caller.request("POST", "/uploads", body(scan), headers)
    answer = caller.getresponse()
    said = answer.read()
    assert answer.status == 201, said
    entry = actions.register(arrival(), uploads=[json.loads(said)["id"]], by=world.actor("clerk"))
    assert entry.pages == PAGES
    (attachment,) = queries.attachments("document", [entry.document_id])[entry.document_id]
    caller.request("GET", f"/files/{attachment.pk}", headers={"Cookie": cookies})
    answer, digest, received = caller.getresponse(), hashlib.sha256(), 0
    while chunk := answer.read(1 << 20):
        digest.update(chunk)
        received += len(chunk)
    assert (answer.status, received) == (200, scan.stat().st_size)
    assert digest.hexdigest() == attachment.file_id
    assert files.store_bytes(scan, "application/pdf").pk == attachment.file_id  # hashed once more, here
    assert peak(process) < MOST_RESIDENT
    print(
        f"{scan.stat().st_size / 1e6:.0f} MB up and down; most resident: {peak(process) / 1e6:.0f} MB in a web process"
    )
