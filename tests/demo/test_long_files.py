"""The demonstration's queue of files, worked off: every file is whole, and making it again makes nothing new."""

from collections import Counter

import pytest

from vanthu.kernel.files import queries
from vanthu.kernel.files.models import Attachment
from vanthu.kernel.jobs import run_jobs
from vanthu_tools.demo import jobs
from vanthu_tools.demo.filing import making, orders

MADE = 400


@pytest.mark.long
@pytest.mark.django_db
def test_every_file_of_the_queue_is_whole(loaded: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = orders.read()
    assert len(wanted) > MADE
    step = len(wanted) // (MADE - MADE // 4)
    taken = [*wanted[: MADE // 4], *wanted[MADE // 4 :: step]]  # what comes first, then some of everything
    monkeypatch.setattr(orders, "read", lambda: taken)
    jobs.begin()
    run_jobs(limit=100_000)
    held = list(Attachment.objects.select_related("file"))
    sizes = {one.file_id: read(one) for one in held}
    kinds = Counter(one.work for one in taken)
    print(
        f"{len(taken)} orders ({dict(kinds)}): {len(sizes)} files, {sum(sizes.values()) / 1e6:.0f} MB, all read"
    )
    assert all(sizes.values())
    assert len(sizes) >= len(taken) * 0.9
    for one in taken[:: len(taken) // 20]:
        making.make(one)
    assert Attachment.objects.count() == len(held)


def read(attachment: Attachment) -> int:
    """Bytes of a file, compared with its name while they are read."""
    with queries.copy_of(attachment.file, attachment.name) as path:
        return path.stat().st_size
