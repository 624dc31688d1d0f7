"""Answers as the axis gives them. Letters of Vietnamese are escaped: kits that read ASCII show them whole."""

import json
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse

from vanthu.exchange.hub.errors import HubError
from vanthu.kernel.files.contract import Reading

JSON = "application/json; charset=utf-8"
_OK = {"status": "OK", "ErrorCode": "0", "ErrorDesc": ""}
_HEAD = json.dumps({**_OK, "data": ""}, separators=(",", ":"))[:-2].encode()
_TAIL = b'"}'


def done(**more: Any) -> HttpResponse:
    """It was done; `more` are further values of the answer."""
    return HttpResponse(json.dumps({**_OK, **more}), content_type=JSON)


def failed(error: HubError) -> HttpResponse:
    """It was declined."""
    said = {"status": "FAIL", "ErrorCode": error.code, "ErrorDesc": error.sentence}
    return HttpResponse(json.dumps(said), content_type=JSON, status=error.status)


def in_json(reading: Reading) -> StreamingHttpResponse:
    """A file in `data`, base64, as it is read."""
    answer = StreamingHttpResponse(_in_base64(reading), content_type=JSON)
    answer["Content-Length"] = str(len(_HEAD) + 4 * -(-reading.size // 3) + len(_TAIL))
    return answer


def as_file(reading: Reading, name: str) -> StreamingHttpResponse:
    """A file as it is."""
    answer = StreamingHttpResponse(_closing(reading), content_type="application/octet-stream")
    answer["Content-Length"] = str(reading.size)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _in_base64(reading: Reading) -> Iterator[bytes]:
    yield _HEAD
    rest = b""
    for chunk in _closing(reading):
        whole = rest + chunk
        cut = len(whole) - len(whole) % 3
        yield b64encode(whole[:cut])
        rest = whole[cut:]
    yield b64encode(rest) + _TAIL


def _closing(reading: Reading) -> Iterator[bytes]:
    with reading:
        yield from reading
