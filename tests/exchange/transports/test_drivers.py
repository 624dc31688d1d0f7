"""Each driver against the stand-in of the other side: all six verbs, and what each fault becomes."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.hub_kit import HEALTH, JUSTICE
from vanthu.exchange.transports import calling
from vanthu.exchange.transports.base import AgencyRow, Transport, TransportError, UnknownOutcomeError, Wire
from vanthu.exchange.transports.opening import open_transport
from vanthu_tools.simulators.axis import Axis

DOORS = {
    "vxp": {},
    "header": {"sent_path": "/v1/getSentEdocList"},
    "oauth": {"sent_path": "/dagui"},
}


def side(far: Axis, system: str, kind: str = "vxp", **options: Any) -> Transport:
    secret = far.store.systems[system].secret
    if kind == "oauth":  # its second half is the body's
        secret, _, options["unit_secret"] = secret.partition(" ")
    return open_transport(Wire(kind, far.address, system, secret, {**DOORS[kind], **options}))


def send(transport: Transport, packet: Path, to: tuple[str, ...] = (HEALTH,)) -> str:
    return transport.send(packet, kind="edoc", from_code=JUSTICE, to_codes=to)


@pytest.mark.parametrize("kind", DOORS)
def test_a_packet_goes_over_and_is_taken(kind: str, far: Axis, packet: Path) -> None:
    ours, theirs = side(far, "J", kind), side(far, "H", kind)
    doc_id = send(ours, packet)
    (waiting,) = theirs.received("edoc", None)
    assert (waiting.from_code.upper(), waiting.to_code, waiting.status) == (JUSTICE, HEALTH, "initial")
    assert list(theirs.received("status", None)) == list(ours.received("edoc", None)) == []
    for _ in range(2):  # reading takes nothing away
        target = BytesIO()
        theirs.fetch(waiting.doc_id, target, most=1 << 20)
        assert target.getvalue() == packet.read_bytes()
    with pytest.raises(TransportError, match="lớn hơn"):
        theirs.fetch(waiting.doc_id, BytesIO(), most=100)
    theirs.tell(waiting.doc_id, "processing")
    assert [one.status for one in theirs.received("edoc", None)] == ["processing"]
    theirs.tell(waiting.doc_id, "done")
    theirs.tell(waiting.doc_id, "done")
    assert list(theirs.received("edoc", None)) == []
    (row,) = ours.sent(doc_id)
    assert (row.to_code, row.status, row.symbol) == (HEALTH, "done", "15/STP-VP")
    assert row.received_at is not None
    assert {one.code for one in ours.agencies()} == {JUSTICE, HEALTH}


@pytest.mark.parametrize("kind", DOORS)
def test_a_wrong_secret_is_said_to_be_one(kind: str, far: Axis, packet: Path) -> None:
    transport = open_transport(Wire(kind, far.address, "J", "wrong unit-j"))
    for call in (lambda: list(transport.received("edoc", None)), lambda: send(transport, packet)):
        with pytest.raises(TransportError, match="khóa bí mật") as denied:
            call()
        assert denied.value.permanent
        assert not isinstance(denied.value, UnknownOutcomeError)
        assert "wrong" not in denied.value.sentence
    assert "wrong" not in repr(Wire(kind, far.address, "J", "wrong unit-j"))


TAKEN = ("after", "lost", "truncated", "garbage", "error_after")


@pytest.mark.parametrize("kind", DOORS)
@pytest.mark.parametrize("fault", [*TAKEN, "before", "error"])
def test_an_upload_without_a_clear_answer_is_unknown(kind: str, fault: str, far: Axis, packet: Path) -> None:
    ours = side(far, "J", kind)
    far.faults.plan = {"vanbans" if kind == "oauth" else "sendEdoc": [fault]}
    with pytest.raises(UnknownOutcomeError):
        send(ours, packet)
    assert far.store.uploads == (1 if fault in TAKEN else 0)
    assert len(ours.sent()) == far.store.uploads  # asked, it can tell


@pytest.mark.parametrize(
    "fault", ["after", "lost", "truncated", "garbage", "error", "error_after", "before", "slow"]
)
def test_reading_is_repeated(fault: str, far: Axis, packet: Path) -> None:
    """Twice wrong, then right: the third try has a signature of its own, or the axis would take it for a replay."""
    ours, theirs = side(far, "J"), side(far, "H")
    send(ours, packet)
    far.faults.plan = {"getReceivedEdocList": [fault, fault], "updateStatus": [fault, fault]}
    (waiting,) = theirs.received("edoc", None)
    theirs.tell(waiting.doc_id, "done")
    tries = 1 if fault == "slow" else 3
    assert (far.calls["getReceivedEdocList"], far.calls["updateStatus"]) == (tries, tries)


@pytest.mark.parametrize("fault", ["after", "lost", "error", "before"])
def test_a_download_that_has_not_begun_is_repeated(fault: str, far: Axis, packet: Path) -> None:
    theirs = side(far, "H")
    send(side(far, "J"), packet)
    (waiting,) = theirs.received("edoc", None)
    far.faults.plan = {"getEdoc": [fault]}
    target = BytesIO()
    theirs.fetch(waiting.doc_id, target, most=1 << 20)
    assert target.getvalue() == packet.read_bytes()
    far.faults.plan = {"getEdoc": ["truncated"]}  # what has begun is not: its bytes are written
    with pytest.raises(TransportError, match="Hệ thống") as cut:
        theirs.fetch(waiting.doc_id, BytesIO(), most=1 << 20)
    assert not cut.value.permanent
    target = BytesIO()
    side(far, "H", download=True).fetch(waiting.doc_id, target, most=1 << 20)
    assert target.getvalue() == packet.read_bytes()


def test_a_peer_that_never_answers_times_out(
    far: Axis, packet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calling, "LONG_SECONDS", 0.3)
    monkeypatch.setattr(calling, "LIST_SECONDS", 0.3)
    ours = side(far, "J")
    far.faults.seconds = 1.0
    far.faults.plan = {"sendEdoc": ["after"], "getReceivedEdocList": ["before"] * 3}
    with pytest.raises(UnknownOutcomeError):
        send(ours, packet)
    with pytest.raises(TransportError, match="không trả lời"):
        list(ours.received("edoc", None))


def test_refusals_say_what_to_do(far: Axis, packet: Path, tmp_path: Path) -> None:
    ours = side(far, "J")
    with pytest.raises(TransportError, match="chưa đăng ký trên trục") as wrong:
        ours.send(packet, kind="edoc", from_code="H99", to_codes=[HEALTH])
    assert (wrong.value.code, wrong.value.permanent) == ("19", True)
    far.store.systems.pop("H")
    with pytest.raises(TransportError, match="gửi bản giấy") as unknown:
        send(ours, packet)
    assert (unknown.value.code, unknown.value.permanent) == ("18", True)
    other = tmp_path / "other.edxml"
    other.write_bytes(b"<x><MessageHeader/></x>")
    with pytest.raises(TransportError, match="sai định dạng edXML"):
        send(ours, other)
    with pytest.raises(TransportError, match="không cho hỏi") as silent:
        open_transport(Wire("header", far.address, "J", "secret-j unit-j")).sent("x")
    assert silent.value.permanent
    with pytest.raises(TransportError, match="chưa được hỗ trợ"):
        open_transport(Wire("telex", far.address, "J", ""))
    with pytest.raises(TransportError, match="ký tự lạ"):
        ours.send(packet, kind="edoc", from_code="Viện", to_codes=[])


def test_a_line_that_others_can_read_is_refused(settings: Any) -> None:
    settings.PRODUCTION = True
    for address in ("http://10.0.0.7", "ftp://127.0.0.1", "truc"):
        with pytest.raises(TransportError, match="https"):
            open_transport(Wire("vxp", address, "J", "s"))
    open_transport(Wire("vxp", "http://127.0.0.1:1", "J", "s"))
    open_transport(Wire("vxp", "http://10.0.0.7", "J", "s", {"plain_http": True}))
    open_transport(Wire("vxp", "https://10.0.0.7", "J", "s"))


def test_a_token_is_kept_and_renewed_once(far: Axis, packet: Path) -> None:
    ours = side(far, "J", "oauth")
    send(ours, packet)
    ours.sent()
    assert far.oauth.given == 1
    far.oauth.forget()
    send(ours, packet)  # a refused token had no effect: nothing is sent twice
    assert (far.oauth.given, far.store.uploads) == (2, 2)


def test_lists_of_bodies_become_one(far: Axis) -> None:
    far.store.enter("H05.21", "UBND huyện Yên Phong", above="H05", old="000.00.21.H05")
    far.store.enter("H05", "UBND tỉnh Bắc Ninh")
    ours = side(far, "J", page_size=1)
    rows = {one.code: one for one in ours.agencies()}
    assert rows["H05.21"].old_codes == ("000.00.21.H05",)
    assert rows["H05.21"].parent_code == "H05"
    assert "000.00.21.H05" not in rows
    newest = max(one.version for one in rows.values())
    ours.register([AgencyRow("H05.13.02", "Phòng Công chứng số 2", parent_code=JUSTICE)])
    ours.unregister("H05.21")
    changed = {one.code: one.deleted for one in ours.agencies(newest)}
    assert changed == {"H05.13.02": False, "H05.21": True}
    far.store.fill(5000)
    assert sum(1 for _ in ours.agencies(newest + 2)) == 5000 - newest - 2


def test_a_list_may_come_in_pages_doubled_and_upside_down(far: Axis, packet: Path) -> None:
    ours, theirs = side(far, "J"), side(far, "H", page_size=2)
    for _ in range(5):
        send(ours, packet)
    assert len({one.doc_id for one in theirs.received("edoc", None)}) == 5
    assert far.calls["getReceivedEdocList"] == 3
    whole = side(far, "H")
    far.faults.plan = {"getReceivedEdocList": ["duplicate", "disorder", "stray"]}
    assert len({one.doc_id for one in whole.received("edoc", None)}) == 5
    assert len(list(whole.received("edoc", None))) == 5
    (stray,) = whole.received("status", None)
    assert stray.from_code == "H99"
