"""One HTTP request to a receiver: to the checked address only, no redirect, little time, little read."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse

from vanthu.kernel.refusals import Invalid
from vanthu.kernel.webhooks import addresses
from vanthu.kernel.webhooks.addresses import Destination

CONNECT_SECONDS = 5
READ_SECONDS = 10
KEPT_BYTES = 500  # of the answer; the rest is not read
_TRIED = 2  # addresses of one name


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one try. `status` is None without an answer, `ms` the duration; no `problem` means delivered."""

    status: int | None
    answer: str
    ms: int
    problem: str

    @property
    def delivered(self) -> bool:
        return not self.problem

    @property
    def reached(self) -> bool:
        """Whether the receiver answered at all."""
        return self.status is not None


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
    """Send one request. Whatever the receiver does wrong becomes the outcome's Vietnamese `problem`."""
    began = time.monotonic()
    status: int | None = None
    answer = ""
    try:
        destination = addresses.find(url)
        with _connection(destination) as connection:
            sent = {"Host": destination.authority, "Connection": "close", **headers}
            connection.request("POST", destination.path, body, sent)
            response = connection.getresponse()
            status, answer = response.status, _beginning(response)
        problem = _verdict(status)
    except Invalid as refusal:
        problem = refusal.message
    except (OSError, HTTPException) as error:
        problem = _why(error, late=time.monotonic() - began >= READ_SECONDS)
    return Outcome(status, answer, round((time.monotonic() - began) * 1000), problem)


@contextmanager
def _connection(destination: Destination) -> Iterator[HTTPConnection]:
    """A connection to the checked address, cut after READ_SECONDS even when the receiver answers byte by byte."""
    link = _connect(destination)
    if destination.secure:
        # The system's roots; `SSL_CERT_FILE` names others. The certificate must carry the host's name.
        context = ssl.create_default_context()
        link = context.wrap_socket(link, server_hostname=destination.host, do_handshake_on_connect=False)
    link.settimeout(READ_SECONDS)
    timer = threading.Timer(READ_SECONDS, _cut, [link])
    timer.start()
    try:
        if isinstance(link, ssl.SSLSocket):
            link.do_handshake()
        connection = HTTPConnection(destination.host, destination.port)
        connection.sock = link
        yield connection
    finally:
        timer.cancel()
        link.close()


def _connect(destination: Destination) -> socket.socket:
    """Connected to the first of the checked addresses that answers; two are tried."""
    *others, last = destination.addresses[:_TRIED]
    for address in others:
        with suppress(OSError):
            return socket.create_connection((address, destination.port), CONNECT_SECONDS)
    return socket.create_connection((last, destination.port), CONNECT_SECONDS)


def _cut(link: socket.socket) -> None:
    """End the connection below TLS: whoever reads from it is woken with an error."""
    with suppress(OSError):
        socket.socket.shutdown(link, socket.SHUT_RDWR)


def _beginning(response: HTTPResponse) -> str:
    """The first bytes of the answer as text; a broken answer is no matter, the status has come."""
    with suppress(OSError, HTTPException):
        return response.read(KEPT_BYTES).decode(errors="replace").replace("\0", "")
    return ""


def _verdict(status: int) -> str:
    if 200 <= status < 300:
        return ""
    if 300 <= status < 400:
        return f"Nơi nhận chuyển hướng ({status}), hệ thống không đi theo. Ghi thẳng địa chỉ cuối cùng."
    return f"Nơi nhận trả lời {status}. Xem phần trả lời, sửa ở phía nơi nhận rồi gửi lại."


def _why(error: Exception, *, late: bool) -> str:
    if isinstance(error, TimeoutError) or late:
        return "Nơi nhận không trả lời kịp. Kiểm tra máy chủ nhận; nó cần trả lời trong 10 giây."
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"Chứng thư của nơi nhận không hợp lệ ({error.verify_message}). Sửa chứng thư ở phía nơi nhận."
    if isinstance(error, ssl.SSLError):
        return "Không lập được kết nối mã hóa (TLS) tới nơi nhận. Kiểm tra cổng và cấu hình TLS của nơi nhận."
    if isinstance(error, HTTPException):
        return "Nơi nhận đóng kết nối hoặc trả lời không đúng HTTP. Kiểm tra chương trình nhận."
    return "Không kết nối được tới nơi nhận. Kiểm tra địa chỉ, cổng và tường lửa của nơi nhận."
