"""The Python client over real HTTP: pages, refusals, lost answers, files taken up where they broke off, webhooks."""

import hashlib
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, is_typeddict

import httpx
import pytest
from django.core.cache import caches

from tests.api.programs import make_token
from tests.cast import World
from tests.entries import ISSUER, SUBJECT, make_assigned
from tests.web.drafts import paper
from vanthu.documents.models import IncomingEntry
from vanthu.kernel.calendar import today
from vanthu.kernel.files import actions as files
from vanthu.kernel.files.models import Upload
from vanthu.kernel.webhooks import keys
from vanthu.web.api.urls import api
from vanthu_client import BadSignature, Client, Damaged, NoAnswer, Problem, shapes, verify_webhook

ROOT = Path(__file__).resolve().parents[2]

type Fault = Callable[[httpx.Request, httpx.Response], httpx.Response]


class Line(httpx.BaseTransport):
    """The way to the server: every request is answered, then each fault of `faults` happens to one answer."""

    def __init__(self, *faults: Fault) -> None:
        self.inner, self.faults = httpx.HTTPTransport(), list(faults)
        self.requests: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        response = self.inner.handle_request(request)
        return self.faults.pop(0)(request, response) if self.faults else response

    def close(self) -> None:
        self.inner.close()


def lost(request: httpx.Request, response: httpx.Response) -> httpx.Response:
    """The server did it, but its answer never came."""
    response.read()
    raise httpx.ReadError("connection reset", request=request)


class Cut(httpx.SyncByteStream):
    """The first bytes of a body, then nothing."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def __iter__(self) -> Iterator[bytes]:
        yield self.content
        raise httpx.ReadError("connection reset")


def cut(after: int) -> Fault:
    """The connection breaks after so many bytes of the body."""

    def fault(request: httpx.Request, response: httpx.Response) -> httpx.Response:
        stream = Cut(response.read()[:after])
        return httpx.Response(response.status_code, headers=response.headers, stream=stream, request=request)

    return fault


def damaged(request: httpx.Request, response: httpx.Response) -> httpx.Response:
    """One byte is another."""
    stream = httpx.ByteStream(b"x" + response.read()[1:])
    return httpx.Response(response.status_code, headers=response.headers, stream=stream, request=request)


@pytest.fixture
def connect(world: World, live_server: Any) -> Iterator[Callable[..., Client]]:
    """A client of a persona: `connect("clerk", line)`. It does not really wait between tries."""
    made: list[Client] = []

    def make(persona: str, line: Line | None = None, **options: Any) -> Client:
        options = {"sleep": lambda seconds: None, **options}
        made.append(
            Client(live_server.url, make_token(world, persona)[1], transport=line or Line(), **options)
        )
        return made[-1]

    yield make
    for client in made:
        client.close()


def letter(**fields: Any) -> dict[str, Any]:
    return {
        "kind": "CV", "number": "125", "notation": "CAT-PV01", "issued_on": today(), "issuer_name": ISSUER,
        "subject": SUBJECT, **fields,
    }  # fmt: skip


def test_my_work_and_what_is_done_with_it(world: World, connect: Callable[..., Client]) -> None:
    entries = [make_assigned(world) for _ in range(3)]
    client = connect("specialist")
    assert client.me()["name"] == world.person("specialist").full_name
    assert [one["id"] for one in client.work("to_do")] == [one.pk for one in reversed(entries)]
    assert {one["tab"]: one["open"] for one in client.work_tabs()}["to_do"] == 3
    assert (
        client.incoming.finish(entries[0].pk, "Đã báo cáo trực tiếp Viện trưởng.")["state"]["code"] == "done"
    )
    assert len(list(client.work("to_do"))) == 2
    assert list(client.work(late=True)) == []


def test_pages_are_followed_to_the_end(world: World, connect: Callable[..., Client]) -> None:
    line = Line()
    client = connect("clerk", line)
    made = [client.incoming.register(**letter(number=str(number)))["id"] for number in range(5)]
    line.requests.clear()
    assert [one["id"] for one in client.pages("/incoming", {"limit": 2})] == made[::-1]
    assert len(line.requests) == 3
    assert next(client.incoming.list())["id"] == made[-1]
    assert client.incoming.get(made[0])["subject"] == SUBJECT


def test_a_lost_answer_does_not_register_twice(world: World, connect: Callable[..., Client]) -> None:
    line, waits = Line(lost, lost), list[float]()
    made = connect("clerk", line, sleep=waits.append).incoming.register(**letter())
    assert IncomingEntry.objects.get().pk == made["id"]
    assert len({request.headers["Idempotency-Key"] for request in line.requests}) == 1
    assert len(line.requests) == 3
    assert 0.25 <= waits[0] <= 0.5 <= waits[1] <= 1.0


def test_two_calls_are_two_commands(world: World, connect: Callable[..., Client]) -> None:
    line = Line()
    client = connect("clerk", line)
    client.incoming.register(**letter(number="1"))
    client.incoming.register(**letter(number="2"))
    assert len({request.headers["Idempotency-Key"] for request in line.requests}) == 2
    assert IncomingEntry.objects.count() == 2


def test_refusals_are_problems_and_not_tried_again(world: World, connect: Callable[..., Client]) -> None:
    line = Line()
    client = connect("clerk", line)
    with pytest.raises(Problem) as refused:
        client.incoming.register(**letter(subject="ngắn"))
    assert (refused.value.status, refused.value.code) == (422, "invalid")
    assert set(refused.value.fields) == {"subject"}
    assert refused.value.detail
    with pytest.raises(Problem) as refused:
        client.incoming.get(987_654_321)
    assert refused.value.code == "not_found"
    with pytest.raises(Problem) as refused:
        client.incoming.register(**letter(secrecy="Mật"))
    assert refused.value.status == 403
    assert len(line.requests) == 3
    assert not IncomingEntry.objects.exists()


def test_too_many_calls_wait_as_long_as_the_server_says(
    world: World, connect: Callable[..., Client], settings: Any
) -> None:
    settings.API_RATE = 1
    caches["rates"].clear()
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        caches["rates"].clear()

    client = connect("clerk", sleep=sleep)
    for _ in range(2):
        client.me()
    assert len(waits) == 1
    assert 1 <= waits[0] <= 60
    assert waits[0] == int(waits[0])


def test_a_server_that_is_not_there(world: World, unused_tcp_port: int) -> None:
    waits: list[float] = []
    client = Client(f"http://127.0.0.1:{unused_tcp_port}", "vt_x_y", tries=3, sleep=waits.append)
    with client, pytest.raises(NoAnswer):
        client.me()
    assert len(waits) == 2


@pytest.fixture
def unused_tcp_port() -> int:
    """A port of loopback at which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class TestFiles:
    def test_up_and_down(self, world: World, connect: Callable[..., Client], tmp_path: Path) -> None:
        whole = paper("Vũ Đình Lâm")
        source = tmp_path / "Kế hoạch.pdf"
        source.write_bytes(whole)
        client = connect("clerk", Line(lost))
        upload = client.files.upload(source)
        assert (upload["name"], upload["size"]) == ("Kế hoạch.pdf", len(whole))
        assert Upload.objects.count() == 1
        (file,) = client.incoming.register(**letter(uploads=[upload["id"]]))["files"]
        target = client.files.download(file["id"], tmp_path / "down.pdf")
        assert target.read_bytes() == whole
        assert [one.name for one in tmp_path.glob("*.part")] == []

    def test_what_broke_off_is_taken_up(
        self, world: World, connect: Callable[..., Client], tmp_path: Path
    ) -> None:
        whole = paper("Vũ Đình Lâm")
        file_id = self.attached(world, whole)
        line = Line(cut(100), lost, cut(250))
        target = connect("clerk", line).files.download(file_id, tmp_path / "down.pdf")
        assert target.read_bytes() == whole
        ranges = [request.headers.get("Range") for request in line.requests]
        assert ranges == [None, "bytes=100-", "bytes=100-", "bytes=350-"]

    def test_a_part_of_another_file_is_thrown_away(
        self, world: World, connect: Callable[..., Client], tmp_path: Path
    ) -> None:
        whole = paper("Vũ Đình Lâm")
        file_id = self.attached(world, whole)
        for part in (b"x" * 50, b"x" * (len(whole) + 1)):
            (tmp_path / "down.pdf.part").write_bytes(part)
            target = connect("clerk").files.download(file_id, tmp_path / "down.pdf")
            assert target.read_bytes() == whole

    def test_damaged_bytes_are_not_kept(
        self, world: World, connect: Callable[..., Client], tmp_path: Path
    ) -> None:
        file_id = self.attached(world, paper("Vũ Đình Lâm"))
        with pytest.raises(Damaged):
            connect("clerk", Line(damaged, damaged)).files.download(file_id, tmp_path / "down.pdf")
        assert list(tmp_path.iterdir()) == []

    def test_refusals(self, world: World, connect: Callable[..., Client], tmp_path: Path) -> None:
        with pytest.raises(Problem) as refused:
            connect("clerk").files.upload(BytesIO(b"MZ" + bytes(64)), "chay.exe")
        assert refused.value.status == 422
        file_id = self.attached(world, paper("Vũ Đình Lâm"))
        with pytest.raises(Problem) as refused:
            connect("neighbour").files.download(file_id, tmp_path / "down.pdf")
        assert refused.value.status == 404
        assert list(tmp_path.iterdir()) == []

    def attached(self, world: World, content: bytes) -> str:
        entry = make_assigned(world)
        stored = files.store_bytes(content, "application/pdf")
        owner = {"owner_kind": "document", "owner_id": entry.document_id}
        assert stored.sha256 == hashlib.sha256(content).hexdigest()
        return str(files.attach(stored, role="main", name="cong-van.pdf", **owner).pk)


class TestWebhooks:
    body = b'{"id": "m", "event": "document.registered"}'

    def headers(self, *secrets: str, stamp: int = 1000) -> dict[str, str]:
        """As the server signs."""
        signature = keys.signatures("m", stamp, self.body, secrets)
        return {"Webhook-Id": "m", "Webhook-Timestamp": str(stamp), "Webhook-Signature": signature}

    def test_what_the_server_signs_is_believed(self) -> None:
        old, new = keys.make(), keys.make()
        for secret in (old, new):
            event = verify_webhook(secret, self.headers(new, old), self.body, now=1100)
            assert event["event"] == "document.registered"

    def test_everything_else_is_not(self) -> None:
        secret = keys.make()
        good = self.headers(secret)
        wrong: list[tuple[str, dict[str, str], bytes, float]] = [
            (keys.make(), good, self.body, 1000),
            ("whsec_?", good, self.body, 1000),
            (secret, good, self.body + b" ", 1000),
            (secret, good, self.body, 1301),
            (secret, good, self.body, 699),
            (secret, {**good, "Webhook-Id": "n"}, self.body, 1000),
            (secret, {**good, "Webhook-Timestamp": "1001"}, self.body, 1000),
            (secret, {**good, "Webhook-Signature": ""}, self.body, 1000),
            (
                secret,
                {**good, "Webhook-Signature": good["Webhook-Signature"].replace("v1", "v2")},
                self.body,
                1000,
            ),
            (secret, {**good, "Webhook-Signature": "v1,é"}, self.body, 1000),
            (secret, {}, self.body, 1000),
        ]
        for given, headers, body, now in wrong:
            with pytest.raises(BadSignature):
                verify_webhook(given, headers, body, now=now)


def test_shapes_are_those_of_the_interface() -> None:
    described = api.get_openapi_schema(path_prefix="/api/v1/")["components"]["schemas"]
    found = {name: one for name, one in vars(shapes).items() if is_typeddict(one)}
    assert len(found) > 10
    for name, shape in found.items():
        whole = described.get(name) or described[f"{name}Out"]
        assert set(shape.__annotations__) == set(whole["properties"]), name


def test_it_knows_nothing_of_the_product() -> None:
    look = "import sys, vanthu_client; print([m for m in sys.modules if m.split('.')[0] in ('vanthu', 'django')])"
    environment = {"PYTHONPATH": str(ROOT / "clients/python/src")}
    command = [sys.executable, "-P", "-c", look]
    ran = subprocess.run(command, env=environment, cwd="/", capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
