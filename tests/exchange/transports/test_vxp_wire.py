"""The calls that the axis's own kit makes, captured on loopback, are made again byte for byte; only time is given."""

import re
import socket
import threading
from base64 import b64decode
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest

from vanthu.exchange.transports import calling, vxp
from vanthu.exchange.transports.base import AgencyRow, TransportError, UnknownOutcomeError, Wire
from vanthu.exchange.transports.inside_json import write_field
from vanthu.exchange.transports.vxp import VxpTransport

CAPTURED = Path(__file__).parent / "vxp-wire"
SECRET = "test-secret"
HASH = re.compile(rb"XroadVnpt-hash-header: \w+\r\n")
GOOD = b'{"status":"OK","ErrorCode":"0","ErrorDesc":"","data":[],"DocId":"68edb8c8"}'


class Listener:
    """Takes one request after the other as bytes and answers each with the same text; b"" breaks the connection."""

    def __init__(self) -> None:
        self.requests: list[bytes] = []
        self.answer, self.status = GOOD, b"200 OK"
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                link, _ = self._socket.accept()
            except OSError:
                return
            with link:
                self.requests.append(self._request(link))
                if self.answer:
                    head = b"HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                    link.sendall(head % (self.status, len(self.answer)) + self.answer)

    def _request(self, link: socket.socket) -> bytes:
        data = b""
        while b"\r\n\r\n" not in data:
            data += link.recv(65536)
        head, _, body = data.partition(b"\r\n\r\n")
        sizes = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")]
        while len(body) < int(sizes[0].split(b":")[1]):
            body += link.recv(65536)
        return head + b"\r\n\r\n" + body

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Iterator[Listener]:
    monkeypatch.setattr(calling, "_PAUSES", (0.0, 0.0))
    made = Listener()
    yield made
    made.close()


@pytest.fixture
def axis(listener: Listener) -> VxpTransport:
    return VxpTransport(Wire("vxp", f"http://127.0.0.1:{listener.port}", "000.00.00.X99", SECRET, {}))


@pytest.fixture
def packet(tmp_path: Path) -> Path:
    path = tmp_path / "packet.edxml"
    path.write_bytes('<?xml version="1.0" encoding="UTF-8"?>\n<x>tệp</x>'.encode())
    return path


def count(axis: VxpTransport) -> None:
    axis._call("/countReceiveEdoc", {"servicetype": "eDoc", "messagetype": "edoc"}, b"{}")


CALLS: dict[str, Callable[[VxpTransport, Path], object]] = {
    "01_getReceivedEdocList": lambda axis, _: list(axis.received("edoc", None)),
    "02_getSentEdocList": lambda axis, _: axis.sent("doc-1"),
    "03_sendEdoc": lambda axis, packet: axis.send(
        packet, kind="edoc", from_code="000.00.00.X99", to_codes=[]
    ),
    "04_sendEdoc": lambda axis, packet: axis.send(
        packet, kind="edoc", from_code="000.00.00.X99", to_codes=["000.00.00.G22", "000.00.00.H41"]
    ),
    "05_getAgenciesList": lambda axis, _: axis._rows("/getAgenciesList", {}),
    "06_getAgenciesListQD20": lambda axis, _: axis._rows("/getAgenciesListQD20", {"level": "1"}),
    "07_getSynchronizeUnit": lambda axis, _: axis._rows("/getSynchronizeUnit", {}),
    "08_getEdoc": lambda axis, _: axis.fetch("doc-1", BytesIO(), most=99),
    "09_updateStatus": lambda axis, _: axis.tell("doc-1", "fail", "l?i"),
    "10_countReceiveEdoc": lambda axis, _: count(axis),
    "12_deleteAgency": lambda axis, _: axis.unregister("000.00.01.X99"),
}


@pytest.mark.parametrize("name", CALLS)
def test_the_kits_requests_are_made_again(
    name: str, axis: VxpTransport, listener: Listener, packet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    captured = (CAPTURED / f"{name}.txt").read_bytes()
    if b"\r\n" not in captured:  # one was kept with the line ends of a text
        captured = captured.replace(b"\n", b"\r\n").removesuffix(b"\r\n")
    when = captured.split(b"XroadVnpt-timestamp: ")[1].split(b"\r\n")[0].decode()
    monkeypatch.setattr(vxp, "stamp", lambda now: when)
    if name == "08_getEdoc":
        listener.answer = b'{"status":"OK","ErrorCode":"0","data":"dGVw"}'
    CALLS[name](axis, packet)
    sent = listener.requests[0].replace(b":%d\r" % listener.port, b":18999\r")
    if name == "09_updateStatus":  # the kit signs marks that its header has lost; we never send any
        sent, captured = (HASH.sub(b"", one) for one in (sent, captured))
    assert sent == captured


def test_a_body_below_ours_is_entered(axis: VxpTransport, listener: Listener) -> None:
    axis.register([AgencyRow("000.00.01.X99", "VP", parent_code="000.00.00.X99", email="a@b.vn")])
    wanted = (
        b'{"id":"000.00.01.X99","pcode":"000.00.00.X99","code":"000.00.01.X99","name":"VP","mail":"a@b.vn"}'
    )
    assert listener.requests[0].endswith(b"\r\n\r\n" + wanted)


def test_marks_never_stand_in_a_header(axis: VxpTransport, listener: Listener) -> None:
    axis.tell("doc-1", "fail", "Tệp bị hỏng, đề nghị gửi lại")
    assert b"XroadVnpt-description: Tep bi hong, de nghi gui lai\r\n" in listener.requests[0]


def test_a_lost_answer_is_unknown_and_is_not_sent_twice(
    axis: VxpTransport, listener: Listener, packet: Path
) -> None:
    for answer, status in ((b"", b""), (b"<html>", b"200 OK"), (b"{}", b"502 Bad Gateway")):
        listener.requests.clear()
        listener.answer, listener.status = answer, status
        with pytest.raises(UnknownOutcomeError):
            axis.send(packet, kind="edoc", from_code="X", to_codes=["Y"])
        assert len(listener.requests) == 1


def test_a_refusal_is_final_and_says_why(axis: VxpTransport, listener: Listener, packet: Path) -> None:
    listener.answer = b'{"status":"FAIL","ErrorCode":"18","ErrorDesc":"khong ton tai"}'
    with pytest.raises(TransportError, match="Đơn vị nhận không có trên trục") as refused:
        axis.send(packet, kind="edoc", from_code="X", to_codes=["Y"])
    assert refused.value.permanent
    assert not isinstance(refused.value, UnknownOutcomeError)
    listener.answer = b"Unauthorized"
    with pytest.raises(TransportError, match="khóa bí mật") as denied:
        list(axis.received("edoc", None))
    assert denied.value.permanent


def test_reading_is_tried_three_times(axis: VxpTransport, listener: Listener) -> None:
    listener.answer, listener.status = b"", b""
    with pytest.raises(TransportError, match="không trả lời hết"):
        list(axis.received("status", None))
    assert len(listener.requests) == 3


def test_nobody_listens_means_not_sent(listener: Listener, packet: Path) -> None:
    listener.close()
    axis = VxpTransport(Wire("vxp", "http://127.0.0.1:9", "X", SECRET, {}))
    with pytest.raises(TransportError, match="Chưa kết nối được") as failure:
        axis.send(packet, kind="edoc", from_code="X", to_codes=[])
    assert not isinstance(failure.value, UnknownOutcomeError)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
def test_a_packet_is_decoded_while_it_comes_however_it_is_cut(size: int) -> None:
    """Servers in Java write `=` and `/` as escapes, others break lines."""
    answer = rb'{ "status":"OK", "data" : "PHg+dOG7h3A8\/\u002f3g+Cg\r\noKCgo", "more":[1]}'
    target = BytesIO()
    rest = write_field(
        [answer[start : start + size] for start in range(0, len(answer), size)], "data", target, most=1000
    )
    assert rest == {"status": "OK", "data": "", "more": [1]}
    assert target.getvalue() == b64decode("PHg+dOG7h3A8//3g+CgoKCgo")


def test_a_cut_or_oversized_packet_is_no_packet() -> None:
    with pytest.raises(TransportError, match="cắt giữa chừng"):
        write_field([b'{"status":"OK","data":"dGVw'], "data", BytesIO(), most=99)
    with pytest.raises(TransportError, match="lớn hơn") as refused:
        write_field([b'{"data":"dGVwdGVw"}'], "data", BytesIO(), most=3)
    assert refused.value.permanent
    assert (
        write_field([b'{"status":"FAIL","ErrorCode":"20"}'], "data", BytesIO(), most=3)["ErrorCode"] == "20"
    )
