"""A transport for a connection, by its kind."""

from collections.abc import Callable

from vanthu.exchange.transports.base import Transport, TransportError, Wire
from vanthu.exchange.transports.folder import FolderTransport
from vanthu.exchange.transports.header import HeaderTransport
from vanthu.exchange.transports.oauth import OAuthTransport
from vanthu.exchange.transports.vxp import VxpTransport

_KINDS: dict[str, Callable[[Wire], Transport]] = {
    "vxp": VxpTransport,
    "header": HeaderTransport,
    "oauth": OAuthTransport,
    "folder": FolderTransport,
}


def open_transport(wire: Wire) -> Transport:
    """The transport that speaks to this connection. Raises `TransportError` for a kind or an address it cannot use."""
    make = _KINDS.get(wire.kind)
    if make is None:
        raise TransportError(
            "Loại kết nối này chưa được hỗ trợ. Chọn loại khác trong phần Liên thông.", permanent=True
        )
    return make(wire)
