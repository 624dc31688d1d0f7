"""The worker's part of the demonstration: files, a slice at a time, so that the work of people goes in between."""

import logging
import time

from vanthu.kernel.jobs import enqueue, job
from vanthu.kernel.refusals import Refusal
from vanthu.reading.jobs import read_missed
from vanthu_tools.demo.filing import making, orders

SLICE_SECONDS = 4.0

log = logging.getLogger("vanthu.demo")


@job(queue="files", retries=3)
def make_files(start: int = 0) -> None:
    """Make files from the order number `start` on for some seconds; the next slice follows."""
    wanted = orders.read()
    until = time.monotonic() + SLICE_SECONDS
    place = start
    while place < len(wanted) and time.monotonic() < until:
        try:
            making.make(wanted[place])
        except Refusal as refusal:
            log.warning("No file for %s: %s", wanted[place], refusal.message)
        place += 1
    if place < len(wanted):
        enqueue(make_files, start=place)
    else:
        enqueue(read_missed)


def begin() -> None:
    """Let the worker begin."""
    enqueue(make_files, start=0)
