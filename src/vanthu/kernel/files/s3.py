"""The store in a bucket of an S3-compatible server."""

import base64
import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from vanthu.kernel.files.contract import (
    CHUNK,
    ByteRange,
    Hashed,
    OutsideFile,
    Reading,
    key,
    log,
    missing,
)
from vanthu.kernel.refusals import Unavailable

_AWAY = "Kho tệp chưa trả lời. Chưa có gì bị mất; thử lại sau ít phút, nếu vẫn vậy thì báo quản trị hệ thống."
_TAKEN = frozenset({"PreconditionFailed", "412"})
_RACE = frozenset({"ConditionalRequestConflict", "409"})
_ABSENT = frozenset({"NoSuchKey", "NotFound", "404"})
_IN_MEMORY = 4 << 20  # bytes held in memory before a put uses a temporary file


class S3Store:
    """Bytes under `sha256/ab/cd/<hex>` in `bucket`, which exists. The server checks each hash once more."""

    def __init__(
        self, bucket: str, *, endpoint: str, access_key: str, secret_key: str, region: str = "us-east-1"
    ) -> None:
        self.bucket = bucket
        self.client: Any = boto3.session.Session().client(
            "s3",
            endpoint_url=endpoint,
            region_name=region,
            aws_access_key_id=access_key,
            aws_secret_access_key=secret_key,
            config=_CONFIG,
        )

    def put_if_absent(self, sha256: str, stream: BinaryIO) -> bool:
        """As the contract says; of several writers of the same bytes one wins, the others change nothing."""
        place = self._at(sha256)
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as body, _answering():
            shutil.copyfileobj(cast(BinaryIO, Hashed(stream, sha256)), body, CHUNK)
            for _ in range(5):
                body.seek(0)
                try:
                    self.client.put_object(
                        **place,
                        Body=body,
                        IfNoneMatch="*",
                        ChecksumSHA256=base64.b64encode(bytes.fromhex(sha256)).decode(),
                    )
                except ClientError as error:
                    if _code(error) in _TAKEN:
                        return False
                    if _code(error) not in _RACE:  # a race is lost to another writer: look again who won
                        raise
                else:
                    return True
        raise Unavailable(_AWAY)

    def open(self, sha256: str, range: ByteRange | None = None) -> Reading:  # noqa: A002
        """As the contract says."""
        wanted = {}
        if range:
            if range.start < 0 or (range.stop is not None and range.stop <= range.start):
                raise OutsideFile(range)
            last = "" if range.stop is None else range.stop - 1
            wanted = {"Range": f"bytes={range.start}-{last}"}
        with _answering():
            try:
                answer = self.client.get_object(**self._at(sha256), **wanted)
            except ClientError as error:
                if _code(error) in _ABSENT:
                    raise missing(sha256) from None
                if _code(error) in {"InvalidRange", "416"}:
                    raise OutsideFile(range) from None
                raise
        body, size = answer["Body"], answer["ContentLength"]
        start, stop = 0, size
        if "ContentRange" in answer:  # bytes 10-19/200
            places, _, whole = answer["ContentRange"].removeprefix("bytes ").partition("/")
            start, size = int(places.partition("-")[0]), int(whole)
            stop = start + answer["ContentLength"]
        return Reading(sha256, _chunks(body), size=size, start=start, stop=stop, close=body.close)

    def delete(self, sha256: str) -> None:
        """As the contract says."""
        with _answering():
            self.client.delete_object(**self._at(sha256))

    def _at(self, sha256: str) -> dict[str, str]:
        return {"Bucket": self.bucket, "Key": key(sha256)}


_CONFIG = Config(
    signature_version="s3v4",
    s3={"addressing_style": "path"},
    # "always" breaks ranges and trailers on some servers
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
    retries={"mode": "standard", "max_attempts": 4},
    connect_timeout=5,
    read_timeout=60,
    max_pool_connections=32,
)


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


@contextlib.contextmanager
def _answering() -> Iterator[None]:
    """Turn what a server or network does wrong into a sentence for the user and a line for the operator."""
    try:
        yield
    except (ClientError, BotoCoreError) as error:
        log.error("file store: %s", error)
        raise Unavailable(_AWAY) from error


def _chunks(body: Any) -> Iterator[bytes]:
    with _answering(), contextlib.closing(body):
        yield from body.iter_chunks(CHUNK)
