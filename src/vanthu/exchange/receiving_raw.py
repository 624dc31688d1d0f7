"""The packet as it came: kept for as long as what it brought is kept."""

from contextlib import AbstractContextManager
from pathlib import Path

from vanthu.exchange.axis_models import ReceivedPacket
from vanthu.kernel.files import queries as files
from vanthu.kernel.files import written
from vanthu.kernel.files.models import StoredFile
from vanthu.kernel.files.written import Named, Written
from vanthu.kernel.refusals import Unavailable

NAME = "goi-tin.edxml"
MEDIA_TYPE = "application/xml"


def keep(packet_id: int, raw: Written | None) -> None:
    """Let a packet own its bytes, in the caller's transaction; nothing without bytes."""
    if raw is not None:
        attach(packet_id, written.keep([raw])[0])


def attach(packet_id: int, file: StoredFile | None) -> None:
    """The same of bytes that are stored already."""
    if file is not None:
        written.attach_all(ReceivedPacket.item_kind, packet_id, [Named(file, "raw", NAME)])


def stored(packet: ReceivedPacket) -> AbstractContextManager[Path]:
    """A copy of the raw packet for as long as the block runs; raises `Unavailable` when there is none."""
    held = files.attachments(ReceivedPacket.item_kind, [packet.pk])[packet.pk]
    if not held:
        raise Unavailable("Gói tin gốc không còn trong kho. Tải lại từ trục liên thông rồi đọc lại.")
    return files.copy_of(held[0].file, NAME)
