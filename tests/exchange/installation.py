"""One of two installations in the long run of faults: `python -m tests.exchange.installation prepare|work|clerk|check`.

Its database and folder come from the environment. One minute of its plans lasts two seconds, so that pauses after
failures are a thirtieth of the real ones.
"""

import io
import json
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import django

django.setup()

import pikepdf  # noqa: E402 - models need the settings
from django.db import close_old_connections  # noqa: E402
from procrastinate.contrib.django import app as jobs  # noqa: E402
from procrastinate.contrib.django.django_connector import DjangoConnector  # noqa: E402

from tests.cast import make_world  # noqa: E402
from tests.entries import make_numbered  # noqa: E402
from vanthu.documents import actions as documents  # noqa: E402
from vanthu.documents import queries  # noqa: E402
from vanthu.documents.outgoing import issue  # noqa: E402
from vanthu.exchange import actions, polling, receiving, receiving_jobs, uploading, watching  # noqa: E402
from vanthu.exchange.axis_models import Connection, OwnAddress  # noqa: E402
from vanthu.exchange.hub import actions as hub  # noqa: E402
from vanthu.exchange.hub.wishes import Wish, lines_of  # noqa: E402
from vanthu.exchange.routing import To  # noqa: E402
from vanthu.exchange.transports import calling  # noqa: E402
from vanthu.kernel import ledger, vault  # noqa: E402
from vanthu.kernel.actor import Actor  # noqa: E402
from vanthu.kernel.files import actions as files  # noqa: E402
from vanthu.kernel.jobs import take_up  # noqa: E402
from vanthu.kernel.refusals import Conflict  # noqa: E402
from vanthu.organisations import agencies  # noqa: E402
from vanthu.organisations import queries as organisations  # noqa: E402
from vanthu.organisations.models import Account, OfficeRules  # noqa: E402

OFFICES = ("supreme", "province", "region")
CLERKS = ("supreme_clerk", "clerk", "region_clerk")
FASTER = 30
KEY = "vxp"


class People:
    """The personas of a world that another process made."""

    def actor(self, name: str) -> Actor:
        return organisations.actor_for(Account.objects.get(username=name))


def prepare(plan: dict[str, Any]) -> None:
    """The cast, its connection, and the bodies of the other side; writes the secret of a system of our hub.

    `plan` is {kind, endpoint, system_id, secret, codes: [three], others: [codes]}.
    """
    world = make_world()
    for office in (world.supreme, world.province, world.region):
        OfficeRules.objects.update_or_create(office=office, defaults={"handling_days": 0})
    made = Connection.objects.create(
        key=KEY, name="Trục", kind=plan["kind"], endpoint=plan["endpoint"], system_id=plan["system_id"], active=True,
        secret=vault.encrypted(plan["secret"]) if plan["secret"] else "", poll_minutes=0,
    )  # fmt: skip
    for name, code in zip(OFFICES, plan["codes"], strict=True):
        OwnAddress.objects.create(
            office=world.office(name), connection=made, code=code, folded=code.lower(), preferred=True
        )
    if plan["kind"] == "hub":
        lines = lines_of("\n".join(f"{code}: Cơ quan {code}" for code in plan["others"]))
        wish = Wish("Hệ thống bên kia", lines, 10**6, 10**6, 10**6)
        print(hub.add("THEIRS", wish, by=world.actor("administrator")).secret)
    for code in plan["others"]:
        agencies.sender(code, f"Cơ quan {code}", KEY)


def hasten() -> None:
    """Pauses of the product, divided."""
    calling._PAUSES = (0.05, 0.1)
    uploading.FIRST_PAUSE = uploading.FIRST_PAUSE // FASTER
    uploading.LEASE = uploading.LEASE / FASTER
    polling.PATIENCE = polling.PATIENCE / FASTER
    watching.PAUSES = tuple(max(1, one // FASTER) for one in watching.PAUSES)
    slow = receiving.pause
    receiving.pause = lambda attempts: max(timedelta(seconds=1), slow(attempts) / FASTER)


def tick() -> None:
    """What the plan does every minute, every two seconds."""
    while True:
        time.sleep(2)
        close_old_connections()
        take_up()
        receiving_jobs.poll_due()
        uploading.send_what_lies()
        watching.look_after()


def work() -> None:
    """A worker until it is killed; a dead one is noticed after five seconds instead of thirty."""
    hasten()
    threading.Thread(target=tick, daemon=True).start()
    connector = cast("DjangoConnector", jobs.connector).get_worker_connector()
    queues = sorted(({task.queue for task in jobs.tasks.values()} | {"default"}) - {"files"})
    jobs.with_connector(connector).run_worker(
        queues=queues, concurrency=4, delete_jobs="successful", update_heartbeat_interval=1,
        stalled_worker_timeout=5, fetch_job_polling_interval=1,
    )  # fmt: skip


def clerk(number: int, until: Path) -> None:
    """Issues that many documents, each tenth to three bodies; registers what arrives until the file `until` exists."""
    people, sent = People(), 0
    bodies = [agencies.by_code(code, KEY) for code in json.loads(until.with_suffix(".bodies").read_text())]
    to = [To(None, one.name, one.pk) for one in bodies if one is not None]
    by = [people.actor(name) for name in CLERKS]
    page = _page()
    while not until.exists():
        for _ in range(min(5, number - sent)):
            entry = make_numbered(cast("Any", people))
            stored = files.store_bytes(page, "application/pdf")
            documents.attach_file(entry.document_id, stored, role="main", name="van-ban.pdf")
            issue(entry, by=by[0])
            actions.send(entry, to if sent % 10 == 0 else [to[sent % 3]], by=by[0])
            sent += 1
        if not sum(_register(one) for one in by) and sent == number:
            time.sleep(0.5)


def _register(by: Actor) -> int:
    waiting = queries.incoming_list(by, states=("waiting",), owner_kinds=("o",))
    for seen in waiting:
        try:
            documents.receive(seen.entry.pk, by=by)
        except Conflict as refusal:
            print(f"{seen.entry.pk}: {refusal.message}", file=sys.stderr)
    return len(waiting)


def _page() -> bytes:
    page = io.BytesIO()
    with pikepdf.new() as paper:
        paper.add_blank_page()
        paper.save(page)
    return page.getvalue()


def check() -> None:
    """The chains of the ledger."""
    found = list(ledger.check())
    if found:
        sys.exit(str(found))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["prepare", plan]:
            prepare(json.loads(plan))
        case ["work"]:
            work()
        case ["clerk", number, until]:
            clerk(int(number), Path(until))
        case ["check"]:
            check()
