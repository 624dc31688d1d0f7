"""A process of clerks for the long run of numbering: `python -m tests.documents.clerk SEED SECONDS FILE`.

Each thread registers documents until the time is over; the pk of every registration that PostgreSQL confirmed is
written to FILE. Some change their mind, some lose their connection, and the whole server may die at any moment.
"""

import random
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import django
from django.db import Error, connection, transaction

django.setup()

from tests.cast import make_world  # noqa: E402 - models need the settings
from tests.entries import arrival  # noqa: E402
from vanthu.documents import actions  # noqa: E402
from vanthu.kernel.actor import Actor  # noqa: E402
from vanthu.organisations import queries  # noqa: E402
from vanthu.organisations.models import Account, OfficeRules  # noqa: E402

THREADS = 10
ROLLED_BACK, KILLED = 0.15, 0.05  # of all tries


def prepare() -> None:
    """The cast, in an office without a usual deadline."""
    world = make_world()
    OfficeRules.objects.filter(pk=world.province.pk).update(handling_days=0)


def register(chance: random.Random, clerk: Actor) -> int | None:
    """One try; the pk of what is certainly in the book."""
    fate = chance.random()
    with transaction.atomic():
        entry = actions.register(arrival(number=str(chance.randrange(10**9))), by=clerk)
        if fate < ROLLED_BACK:
            transaction.set_rollback(True)
        elif fate < ROLLED_BACK + KILLED:
            with suppress(Error), connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    return None if fate < ROLLED_BACK else entry.pk


def work(seed: int, until: float, confirmed: list[int], lost: list[int]) -> None:
    """One clerk at one connection."""
    chance, clerk = random.Random(seed), None
    while time.monotonic() < until:
        try:
            clerk = clerk or queries.actor_for(Account.objects.get(username="clerk"))
            pk = register(chance, clerk)
            if pk is not None:
                confirmed.append(pk)
        except Error:
            lost.append(seed)
            connection.close()
            time.sleep(0.2)
    connection.close()


def main(seed: int, seconds: float, file: Path) -> None:
    """All clerks of this process; how many tries the server lost is the last line of the file."""
    confirmed: list[int] = []
    lost: list[int] = []
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(target=work, args=(seed * 1000 + number, until, confirmed, lost))
        for number in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    file.write_text("\n".join(map(str, [*confirmed, len(lost)])))


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare()
    else:
        main(int(sys.argv[1]), float(sys.argv[2]), Path(sys.argv[3]))
