"""Two installations with databases and workers of their own exchange a thousand documents over a line that fails.

Every third call goes wrong; workers are killed with SIGKILL and started again. Nothing is lost, nothing comes twice.
`LONG_DOCUMENTS` is another number of documents.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

from vanthu_tools.postgres import FORGETFUL, PrivatePostgres
from vanthu_tools.running import free_port
from vanthu_tools.services import web_command
from vanthu_tools.simulators.axis import Axis
from vanthu_tools.simulators.axis_between import Between
from vanthu_tools.simulators.axis_faults import FAULTS, Faults
from vanthu_tools.simulators.axis_store import Store

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = int(os.environ.get("LONG_DOCUMENTS", "1000"))
KILL_SECONDS = 15
MOST_SECONDS = 3600
PROCESS = "tests.exchange.installation"
CODES = {"A": ("H91", "H91.01", "H91.02"), "B": ("H92", "H92.01", "H92.02")}
OPEN = """SELECT (SELECT count(*) FROM exchange_delivery WHERE state <> 'registered')
    + (SELECT count(*) FROM exchange_sentpacket WHERE state <> 'accepted')
    + (SELECT count(*) FROM exchange_receivedpacket WHERE told <> 'done')"""
SENT = """SELECT d.number || '/' || d.notation, v.to_code FROM exchange_delivery v
    JOIN documents_document d ON d.id = v.document_id"""
ARRIVED = """SELECT d.number || '/' || d.notation, a.code FROM documents_incomingentry e
    JOIN documents_document d ON d.id = e.document_id
    JOIN exchange_ownaddress a ON a.office_id = e.office_id WHERE e.arrival_number IS NOT NULL"""
RECEIPTS = """SELECT v.id, coalesce(array_agg(r.code ORDER BY r.code) FILTER (WHERE r.code <> ''), '{}')
    FROM exchange_delivery v LEFT JOIN exchange_receipt r ON r.delivery_id = v.id GROUP BY v.id"""
LINES = "SELECT count(*) FROM exchange_delivery"
PACKETS = "SELECT count(*) FROM exchange_sentpacket"


@dataclass
class Installation:
    """One side: a database, a folder, two workers."""

    name: str
    dsn: str
    folder: Path
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    kills: int = 0

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "DATABASE_URL": self.dsn, "VANTHU_MODE": "test", "VANTHU_VAR": str(self.folder)}

    @property
    def until(self) -> Path:
        """The file that ends its clerk."""
        return self.folder / "over"

    def run(self, *arguments: str) -> str:
        """A command of the installation to its end; returns what it says."""
        command = [sys.executable, "-m", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, text=True, stdout=subprocess.PIPE
        )
        return done.stdout.strip()

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def worker(self) -> None:
        self.workers.append(self.start(sys.executable, "-m", PROCESS, "work"))

    def kill(self, chance: random.Random) -> None:
        """kill -9 for one worker; another takes its place."""
        victim = chance.choice(self.workers)
        assert victim.poll() is None, f"a worker of {self.name} ended by itself: {self.folder / 'log'}"
        victim.send_signal(signal.SIGKILL)
        victim.wait()
        self.workers.remove(victim)
        self.kills += 1
        self.worker()

    def all(self, query: str) -> list[Any]:
        with psycopg.connect(self.dsn) as connection:
            return connection.execute(query).fetchall()

    def one(self, query: str) -> int:
        ((number,),) = self.all(query)
        return int(number)


type Sides = tuple[Installation, Installation]


@pytest.fixture
def sides(tmp_path: Path) -> Iterator[Sides]:
    """Two of them on a server of their own, with every table."""
    server = PrivatePostgres(Path(f"/tmp/vanthu-long-{os.getpid()}"), FORGETFUL)
    server.start()
    ours, theirs = (Installation(name, server.dsn(f"side_{name.lower()}"), tmp_path / name) for name in CODES)
    try:
        for side in (ours, theirs):
            (side.folder / "static").mkdir(parents=True)
        server.create_database("side_a")
        ours.run("django", "migrate", "--verbosity", "0")
        ours.run("django", "createcachetable", "--verbosity", "0")
        with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE side_b TEMPLATE side_a")
        yield ours, theirs
    finally:
        for worker in (*ours.workers, *theirs.workers):
            worker.kill()
            worker.wait()
        server.remove()


def prepared(side: Installation, kind: str, endpoint: str = "", system_id: str = "", secret: str = "") -> str:
    """The cast and the connection of a side; returns the secret of THEIRS at its hub, if it has one."""
    others = [code for name, codes in CODES.items() if name != side.name for code in codes]
    side.until.with_suffix(".bodies").write_text(json.dumps(others))
    plan = {"kind": kind, "endpoint": endpoint, "system_id": system_id, "secret": secret, "others": others}
    return side.run(PROCESS, "prepare", json.dumps(plan | {"codes": CODES[side.name]}))


def exchange(sides: Sides) -> float:
    """Both sides issue half of the documents and register what comes, until nothing is open; returns seconds."""
    chance, began = random.Random(1), time.monotonic()
    clerks = [
        side.start(sys.executable, "-m", PROCESS, "clerk", str(DOCUMENTS // 2), str(side.until))
        for side in sides
    ]
    for side in (*sides, *sides):
        side.worker()
    killed = began
    try:
        while not over(sides):
            assert time.monotonic() - began < MOST_SECONDS, [side.one(OPEN) for side in sides]
            for clerk, side in zip(clerks, sides, strict=True):
                assert clerk.poll() is None, f"the clerk of {side.name} ended: {side.folder / 'log'}"
            if time.monotonic() - killed > KILL_SECONDS:
                chance.choice(sides).kill(chance)
                killed = time.monotonic()
            time.sleep(1)
    finally:
        for clerk, side in zip(clerks, sides, strict=True):
            side.until.touch()
            clerk.wait(timeout=60)
    return time.monotonic() - began


def over(sides: Sides) -> bool:
    """Whether every document is issued and nothing under way."""
    return all(
        side.one("SELECT count(DISTINCT outgoing_id) FROM exchange_delivery") == DOCUMENTS // 2
        and not side.one(OPEN)
        for side in sides
    )


def assert_nothing_lost_or_doubled(sides: Sides) -> int:
    """One entry for each document and receiver, 01 and 03 of each once, chains whole; returns the packets."""
    for side, other in (sides, sides[::-1]):
        sent = side.all(SENT)
        assert len(sent) == DOCUMENTS // 2 + 2 * len(range(0, DOCUMENTS // 2, 10))
        assert sorted(other.all(ARRIVED)) == sorted(sent)
        assert other.one("SELECT count(*) FROM documents_incomingentry") == len(sent)
        assert {tuple(codes) for _, codes in side.all(RECEIPTS)} == {("01", "03")}
        side.run(PROCESS, "check")
    packets = sum(side.one(PACKETS) for side in sides)
    assert packets == DOCUMENTS + 2 * sum(side.one(LINES) for side in sides)
    return packets


def tell(sides: Sides, faults: Faults, seconds: float) -> None:
    """The figures of a run."""
    lines, packets = (sum(side.one(query) for side in sides) for query in (LINES, PACKETS))
    print(
        f"{DOCUMENTS} documents to {lines} receivers in {packets} packets, {seconds:.0f} s; {faults.calls} calls, "
        f"{faults.done.total()} faults {dict(faults.done.most_common())}; "
        f"{sum(side.kills for side in sides)} workers killed"
    )


@pytest.mark.long
def test_documents_over_the_axis(sides: Sides, tmp_path: Path) -> None:
    axis = Axis(Store(tmp_path / "axis"), Faults(FAULTS, every=3))
    for side in sides:
        axis.store.add(side.name, f"secret-{side.name}", {code: code for code in CODES[side.name]})
    address = axis.start()
    try:
        for side in sides:
            prepared(side, "vxp", address, side.name, f"secret-{side.name}")
        tell(sides, axis.faults, exchange(sides))
        # a document goes up once; a status of which nobody knew may have been repeated
        assert axis.store.uploads >= assert_nothing_lost_or_doubled(sides)
        items = axis.store.items.values()
        assert len({one.sender_id for one in items if one.kind == "edoc"}) == DOCUMENTS
        assert {one.status for one in axis.store.items.values()} == {"done"}
    finally:
        axis.stop()


@pytest.mark.long
def test_documents_through_the_hub_of_one_of_them(sides: Sides) -> None:
    ours, theirs = sides
    secret = prepared(ours, "hub")
    port = free_port(8151)
    web = ours.start(*web_command("127.0.0.1", port))
    line = Between(f"http://127.0.0.1:{port}", Faults(FAULTS, every=3))
    try:
        prepared(theirs, "vxp", line.start(), "THEIRS", secret)
        tell(sides, line.faults, exchange(sides))
        assert ours.one("SELECT count(*) FROM exchange_hubpacket") == assert_nothing_lost_or_doubled(sides)
        assert ours.one("SELECT count(*) FROM exchange_hubitem WHERE state <> 'done'") == 0
    finally:
        line.stop()
        os.killpg(web.pid, signal.SIGTERM)
        web.wait(timeout=30)
