"""The body of `sendEdoc`: raw bytes of the packet and a line end, written to the disk as they come."""

import hashlib
from pathlib import Path

from django.http import HttpRequest, UnreadablePostError

from vanthu.exchange.dialects.scanning import LIMITS
from vanthu.exchange.hub.errors import FILE_BAD, FILE_BROKEN, HubError
from vanthu.exchange.hub.messages import hash_forms
from vanthu.kernel.files.contract import CHUNK

_END = b"\r\n"


def declared_length(request: HttpRequest) -> int:
    """How many bytes the body is said to have. Raises `HubError` without a length, or above the limit."""
    text = request.META.get("CONTENT_LENGTH") or ""
    if not text.isdigit() or int(text) == 0:
        raise HubError(
            FILE_BAD, "Yêu cầu không có gói tin, hoặc thiếu Content-Length (không gửi dạng chunked)."
        )
    if int(text) > LIMITS.packet:
        raise HubError(FILE_BAD, f"Gói tin lớn hơn {LIMITS.packet >> 20} MB.")
    return int(text)


def take(request: HttpRequest, path: Path, hash_file: str) -> tuple[int, str]:
    """Write the packet to `path`; returns its size and SHA-256, which `hash_file` must name in either form.

    The line end that the kit sends behind the packet is cut off. Raises `HubError` for what came damaged.
    """
    size, without, tail = _written(request, path)
    if size != declared_length(request):
        raise _broken(f"chỉ nhận được {size} byte")
    whole = without.copy()
    whole.update(tail)
    forms = [(size, whole.hexdigest())]
    if tail == _END:
        forms.insert(0, (size - len(_END), without.hexdigest()))
    for length, sha256 in forms:
        if hash_file.lower() in hash_forms(sha256):
            with path.open("r+b") as target:
                target.truncate(length)
            return length, sha256
    raise _broken("mã băm khác hash-file")


def _written(request: HttpRequest, path: Path) -> "tuple[int, hashlib._Hash, bytes]":
    """(size, hash of all but the last two bytes, these two)."""
    digest, tail, size = hashlib.sha256(), b"", 0
    with path.open("wb") as target:
        try:
            while chunk := request.read(CHUNK):
                target.write(chunk)
                size += len(chunk)
                held = tail + chunk
                digest.update(held[:-2])
                tail = held[-2:]
        except UnreadablePostError as error:
            raise _broken(f"kết nối đứt sau {size} byte") from error
    return size, digest, tail


def _broken(how: str) -> HubError:
    return HubError(FILE_BROKEN, f"Gói tin đến không nguyên vẹn: {how}. Gửi lại gói tin.")
