"""A folder between two installations: what one sends the other lists until it says that it has it."""

import json
from io import BytesIO
from pathlib import Path

import pytest

from vanthu.exchange.transports.base import TransportError, Wire
from vanthu.exchange.transports.folder import FolderTransport


@pytest.fixture
def packet(tmp_path: Path) -> Path:
    (tmp_path / "box").mkdir()
    path = tmp_path / "packet.edxml"
    path.write_bytes(b"<x/>")
    return path


def side(tmp_path: Path, *, swap: bool = False) -> FolderTransport:
    return FolderTransport(Wire("folder", str(tmp_path / "box"), "", "", {"swap": swap}))


def test_what_one_sends_the_other_takes_once(tmp_path: Path, packet: Path) -> None:
    ours, theirs = side(tmp_path), side(tmp_path, swap=True)
    doc_id = ours.send(packet, kind="edoc", from_code="A", to_codes=["B.1", "C"])
    assert list(ours.received("edoc", None)) == []
    (waiting,) = theirs.received("edoc", None)
    assert (waiting.doc_id, waiting.from_code, waiting.status) == (doc_id, "A", "initial")
    target = BytesIO()
    theirs.fetch(waiting.doc_id, target, most=10)
    assert target.getvalue() == b"<x/>"
    with pytest.raises(TransportError, match="lớn hơn"):
        theirs.fetch(waiting.doc_id, BytesIO(), most=3)
    theirs.tell(waiting.doc_id, "done")
    assert list(theirs.received("edoc", None)) == list(theirs.received("status", None)) == []
    assert [(one.to_code, one.status) for one in ours.sent(doc_id)] == [("B.1", "done"), ("C", "done")]
    assert ours.sent("unknown") == []
    assert not list((tmp_path / "box").rglob("*.part"))


def test_a_packet_without_its_slip_has_not_come_whole(tmp_path: Path, packet: Path) -> None:
    theirs = side(tmp_path)
    (tmp_path / "box/in/abc.edxml").write_bytes(b"<x/>")
    assert list(theirs.received("edoc", None)) == []
    (tmp_path / "box/in/abc.json").write_text(json.dumps({"doc_id": "abc", "kind": "edoc", "to": ["B"]}))
    assert [one.doc_id for one in theirs.received("edoc", None)] == ["abc"]


def test_names_stay_inside_the_folder(tmp_path: Path, packet: Path) -> None:
    ours = side(tmp_path)
    ours.send(packet, kind="edoc", from_code="A", to_codes=["../../outside"])
    assert {path.name for path in tmp_path.iterdir()} == {"box", "packet.edxml"}
    for doc_id in ("../out/x", "..", "/etc/passwd"):
        with pytest.raises(TransportError) as refused:
            ours.fetch(doc_id, BytesIO(), most=10)
        assert refused.value.permanent
    (tmp_path / "box/in/link.edxml").symlink_to(packet)
    (tmp_path / "box/in/link.json").symlink_to(packet)
    assert list(ours.received("edoc", None)) == []
    with pytest.raises(TransportError):
        ours.fetch("link", BytesIO(), most=10)
    with pytest.raises(TransportError, match="đường dẫn đầy đủ"):
        FolderTransport(Wire("folder", "relative", "A", "", {}))
