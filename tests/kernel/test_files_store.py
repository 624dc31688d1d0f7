"""The two stores keep the same promises: a folder, and a real S3 server (SeaweedFS, started once)."""

import hashlib
import io
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.utils import timezone

from vanthu.kernel.files import actions, queries, store
from vanthu.kernel.files.contract import CHUNK, ByteRange, FileDamaged, FileMissing, OutsideFile
from vanthu.kernel.files.folder import FolderStore
from vanthu.kernel.files.models import StoredFile
from vanthu.kernel.files.s3 import S3Store
from vanthu.kernel.refusals import Unavailable

BUCKET = "vanthu-tests"
KEYS = {"FILES_S3_KEY": "tester", "FILES_S3_SECRET": "tester-secret"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def seaweed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running SeaweedFS with an empty bucket."""
    folder = tmp_path_factory.mktemp("seaweed")
    keys = {"accessKey": KEYS["FILES_S3_KEY"], "secretKey": KEYS["FILES_S3_SECRET"]}
    identity = {"name": "tester", "credentials": [keys], "actions": ["Admin", "Read", "Write", "List"]}
    (folder / "s3.json").write_text(json.dumps({"identities": [identity]}))
    master, volume, filer, s3 = (free_port() for _ in range(4))
    weed = Path(sys.executable).with_name("weed")
    command = [weed, "server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-volume.max=0",
               "-master.volumeSizeLimitMB=32", f"-master.port={master}", f"-master.port.grpc={free_port()}",
               f"-volume.port={volume}", f"-volume.port.grpc={free_port()}", f"-filer.port={filer}",
               f"-filer.port.grpc={free_port()}", "-s3", f"-s3.port={s3}", f"-s3.port.grpc={free_port()}",
               f"-s3.config={folder / 's3.json'}"]  # fmt: skip
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        create_bucket(f"http://127.0.0.1:{s3}", server, folder / "log")
        yield f"http://127.0.0.1:{s3}"
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def create_bucket(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    client = boto3.client(
        "s3",
        endpoint_url=address,
        region_name="us-east-1",
        aws_access_key_id=KEYS["FILES_S3_KEY"],
        aws_secret_access_key=KEYS["FILES_S3_SECRET"],
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}, retries={"max_attempts": 0}),
    )
    until = time.monotonic() + 90
    while True:
        try:
            client.create_bucket(Bucket=BUCKET)
            client.put_object(Bucket=BUCKET, Key="ready", Body=b"1")
            return
        except (BotoCoreError, ClientError):
            if server.poll() is not None or time.monotonic() > until:
                pytest.fail("SeaweedFS does not start:\n" + log.read_text(errors="replace")[-3000:])
            time.sleep(0.3)


@pytest.fixture(params=["folder", "s3"])
def kept(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> store.Store:
    """The store that the settings name, of both kinds in turn."""
    if request.param == "s3":
        settings.FILES_S3_BUCKET, settings.FILES_S3_ENDPOINT = BUCKET, request.getfixturevalue("seaweed")
        settings.FILES_S3_KEY, settings.FILES_S3_SECRET = KEYS["FILES_S3_KEY"], KEYS["FILES_S3_SECRET"]
    else:
        settings.FILES_S3_BUCKET, settings.FILES_DIR = "", tmp_path / "files"
    return store.current()


@pytest.fixture
def damage(kept: store.Store) -> Callable[[str], None]:
    """Changes one byte of a stored file behind the store's back."""

    def change(sha256: str) -> None:
        with kept.open(sha256, ByteRange(0)) as reading:
            data = bytearray(reading.read())
        data[len(data) // 2] ^= 1
        if isinstance(kept, FolderStore):
            place = kept.folder / f"sha256/{sha256[:2]}/{sha256[2:4]}/{sha256}"
            place.chmod(0o640)
            place.write_bytes(data)
        else:
            assert isinstance(kept, S3Store)
            key = f"sha256/{sha256[:2]}/{sha256[2:4]}/{sha256}"
            kept.client.put_object(Bucket=kept.bucket, Key=key, Body=bytes(data))

    return change


def some_bytes(size: int) -> tuple[str, bytes]:
    data = os.urandom(size)
    return hashlib.sha256(data).hexdigest(), data


def put(kept: store.Store, size: int = 3 * CHUNK + 17) -> tuple[str, bytes]:
    name, data = some_bytes(size)
    assert kept.put_if_absent(name, io.BytesIO(data)) is True
    return name, data


def pour(reading: store.Reading, into: bytearray) -> None:
    for chunk in reading:
        into += chunk


def test_the_settings_choose_the_store(kept: store.Store, request: pytest.FixtureRequest) -> None:
    wanted = S3Store if request.node.callspec.params["kept"] == "s3" else FolderStore
    assert isinstance(kept, wanted)
    assert isinstance(store.current(), wanted)


@pytest.mark.parametrize("size", [1, CHUNK, 3 * CHUNK + 17, 9 << 20])
def test_what_is_put_comes_back_whole(kept: store.Store, size: int) -> None:
    name, data = put(kept, size)
    with kept.open(name) as reading:
        assert (reading.size, reading.length) == (size, size)
        assert b"".join(reading) == data


def test_the_same_bytes_twice_are_one_copy(kept: store.Store) -> None:
    name, data = put(kept)
    assert kept.put_if_absent(name, io.BytesIO(data)) is False
    assert kept.open(name).read() == data


def test_wrong_bytes_are_not_stored(kept: store.Store) -> None:
    name, data = some_bytes(2 * CHUNK)
    with pytest.raises(FileDamaged):
        kept.put_if_absent(name, io.BytesIO(data[:-1] + b"?"))
    with pytest.raises(FileMissing):
        kept.open(name).read()
    assert kept.put_if_absent(name, io.BytesIO(data)) is True


def test_a_stream_that_breaks_off_leaves_nothing(kept: store.Store) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() >= CHUNK:
                raise ConnectionResetError
            return super().read(size)

    name, data = some_bytes(4 * CHUNK)
    with pytest.raises(ConnectionResetError):
        kept.put_if_absent(name, Broken(data))
    with pytest.raises(FileMissing):
        kept.open(name)
    if isinstance(kept, FolderStore):
        assert list((kept.folder / "incoming").iterdir()) == []


@pytest.mark.parametrize(("start", "stop"), [(0, 1), (5, 2 * CHUNK), (CHUNK, None), (10, 10**9)])
def test_a_range_is_read(kept: store.Store, start: int, stop: int | None) -> None:
    name, data = put(kept)
    with kept.open(name, ByteRange(start, stop)) as reading:
        expected = data[start:stop]
        assert (reading.size, reading.start, reading.length) == (len(data), start, len(expected))
        assert b"".join(reading) == expected


@pytest.mark.parametrize("part", [ByteRange(3 * CHUNK + 17), ByteRange(10**9, 10**9 + 5), ByteRange(9, 9)])
def test_a_range_outside_the_file_is_refused(kept: store.Store, part: ByteRange) -> None:
    name, _ = put(kept)
    with pytest.raises(OutsideFile):
        kept.open(name, part)


def test_a_damaged_file_never_arrives_complete(
    kept: store.Store, damage: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    name, data = put(kept)
    damage(name)
    arrived = bytearray()
    with kept.open(name) as reading, pytest.raises(FileDamaged, match="bị hỏng"):
        pour(reading, arrived)
    assert 0 < len(arrived) < len(data)
    assert any(line.levelname == "CRITICAL" and name in line.message for line in caplog.records)


def test_deleted_bytes_are_gone_and_may_come_again(kept: store.Store) -> None:
    name, data = put(kept)
    kept.delete(name)
    with pytest.raises(FileMissing):
        kept.open(name)
    kept.delete(name)
    assert kept.put_if_absent(name, io.BytesIO(data)) is True


def test_eight_at_once_make_one_copy(kept: store.Store) -> None:
    name, data = some_bytes(5 * CHUNK)
    with ThreadPoolExecutor(8) as pool:
        new = list(pool.map(lambda _: kept.put_if_absent(name, io.BytesIO(data)), range(8)))
    assert sum(new) >= 1 if isinstance(kept, S3Store) else sum(new) == 1
    assert kept.open(name).read() == data


@pytest.mark.parametrize("name", ["../../etc/passwd", "A" * 64, "ab", ""])
def test_only_hashes_are_names(kept: store.Store, name: str) -> None:
    for act in (kept.open, kept.delete, lambda sha256: kept.put_if_absent(sha256, io.BytesIO(b""))):
        with pytest.raises(ValueError, match="not a SHA-256"):
            act(name)


def test_files_in_the_folder_are_read_only(settings: Any, tmp_path: Path) -> None:
    kept = FolderStore(tmp_path)
    name, _ = put(kept)
    place = tmp_path / "sha256" / name[:2] / name[2:4] / name
    assert place.stat().st_mode & 0o777 == 0o440
    assert place.stat().st_nlink == 1


def test_a_silent_server_is_a_sentence_not_a_crash() -> None:
    away = S3Store(BUCKET, endpoint=f"http://127.0.0.1:{free_port()}", access_key="a", secret_key="b")
    with pytest.raises(Unavailable, match="Kho tệp chưa trả lời"):
        away.open("a" * 64)


@pytest.mark.django_db
def test_the_scrub_finds_damaged_and_missing_files(kept: store.Store, damage: Callable[[str], None]) -> None:
    sound, broken, lost = (actions.store_bytes(os.urandom(400_000), "application/pdf") for _ in range(3))
    damage(broken.sha256)
    kept.delete(lost.sha256)
    before = timezone.now() + timedelta(seconds=1)

    report = actions.scrub(before)

    assert report.files == 3
    assert set(report.damaged) == {broken.sha256, lost.sha256}
    assert {file.sha256 for file in queries.damaged()} == set(report.damaged)
    sound.refresh_from_db()
    assert sound.scrubbed_at is not None


@pytest.mark.django_db
def test_the_scrub_goes_in_slices_longest_unread_first(kept: store.Store) -> None:
    for _ in range(5):
        actions.store_bytes(os.urandom(1000), "application/pdf")
    before = timezone.now() + timedelta(seconds=1)
    assert actions.scrub(before, files=2).files == 2
    assert actions.scrub(before, size=1500).size == 2000  # stops after the file that passes the limit
    assert StoredFile.objects.filter(scrubbed_at__isnull=True).count() == 1


@pytest.mark.django_db
def test_a_repaired_file_is_no_longer_reported(kept: store.Store, damage: Callable[[str], None]) -> None:
    data = os.urandom(5000)
    file = actions.store_bytes(data, "application/pdf")
    damage(file.sha256)
    actions.scrub(timezone.now() + timedelta(seconds=1))
    assert queries.damaged()
    kept.delete(file.sha256)
    kept.put_if_absent(file.sha256, io.BytesIO(data))
    actions.scrub(timezone.now() + timedelta(seconds=1))
    assert queries.damaged() == []
