"""Where events may be sent: https to public addresses, and what `VANTHU_WEBHOOK_ALLOW` names besides.

An office's administrator types the address, so it must not become a way to knock on doors inside the server's own
network. The name is resolved once, every address it has is checked, and only a checked address is connected to.
"""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from vanthu.kernel.refusals import Invalid

type Address = IPv4Address | IPv6Address

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
_PORTS = {"https": 443, "http": 80}
_LOWEST = 1024  # other services of a host (mail, shell, …) answer below it
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Destination:
    """A checked address: `host` names the server and its certificate, `addresses` are what to connect to."""

    secure: bool
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]

    @property
    def authority(self) -> str:
        """The header `Host`."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS["https" if self.secure else "http"] else f"{host}:{self.port}"


def find(url: str) -> Destination:
    """Resolve and check an address. Raises `Invalid` (field `url`) with what to do about it."""
    parts = _split(url)
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or _PORTS[parts.scheme]
    found = _resolve(host, port)
    allowed = all(_is_allowed(host, address) for address in found)
    if not allowed:
        if not secure:
            raise _refused("Địa chỉ phải bắt đầu bằng https://.")
        if port != _PORTS["https"] and port < _LOWEST:
            raise _refused("Cổng phải là 443 hoặc từ 1024 trở lên.")
        if not all(_is_allowed(host, address) or is_public(address) for address in found):
            raise _refused(
                "Địa chỉ này nằm trong mạng nội bộ nên không gửi tới. Dùng một địa chỉ công khai, hoặc đề nghị"
                " người quản trị máy chủ cho phép (VANTHU_WEBHOOK_ALLOW)."
            )
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Destination(secure, host, port, path, tuple(str(address) for address in found))


def is_public(address: Address) -> bool:
    """Whether an address lies in the public internet, whatever it is wrapped in."""
    inner = _inner(address)
    if inner is not None:
        return is_public(inner)
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_loopback or address.is_link_local
    )


def _inner(address: Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one leads to: mapped, compatible, NAT64, 6to4, Teredo."""
    if isinstance(address, IPv4Address):
        return None
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def _split(url: str) -> SplitResult:
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        raise _refused(
            f"Nhập địa chỉ không quá {LONGEST} ký tự, không dấu, không có khoảng trắng; ví dụ:"
            " https://qlav.example.vn/su-kien."
        )
    try:
        parts = urlsplit(url)
        fits = parts.scheme in _PORTS and parts.hostname and parts.port != 0
    except ValueError:
        fits = False
    if not fits:
        raise _refused("Nhập địa chỉ đầy đủ, ví dụ: https://qlav.example.vn/su-kien.")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise _refused("Bỏ tên đăng nhập, mật khẩu và phần sau dấu # khỏi địa chỉ.")
    return parts


def _resolve(host: str, port: int) -> list[Address]:
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError) as error:
        raise _refused(f"Không tìm thấy máy chủ {host}. Kiểm tra lại địa chỉ.", code="no_host") from error
    texts = dict.fromkeys(str(row[4][0]).partition("%")[0] for row in rows)
    return [ip_address(text) for text in texts]


def _is_allowed(host: str, address: Address) -> bool:
    """Whether the deployment names this host, or a network that the address lies in."""
    real = (address.ipv4_mapped if isinstance(address, IPv6Address) else None) or address
    return any(host == one.lower() if isinstance(one, str) else real in one for one in settings.WEBHOOK_ALLOW)


def _refused(sentence: str, *, code: str = "url_refused") -> Invalid:
    return Invalid(code=code, fields={"url": sentence})
