"""One slice of the load: drawn, written and chained in one transaction, in its turn."""

import time
from collections.abc import Callable
from typing import Any

import psycopg

from vanthu_tools.bench import chain, drafting, filing, receiving, sending
from vanthu_tools.bench.outline import Census, Chunk, outlines
from vanthu_tools.bench.slices import Slice, World

PAUSE = 0.02  # seconds between two looks whether the slice before is done


def write_chunk(
    address: str, world: World, chunk: Chunk, before: Census, *, last: bool, go_on: Callable[[], bool]
) -> int:
    """Write a slice; returns how many rows it has. Waits with its ledger until the slice before it is committed.

    `go_on` says whether that may still happen. Raises `RuntimeError` when it may not.
    """
    slice_ = Slice(world, chunk, before)
    sending.write(slice_, outlines(world.sector, world.timeline, chunk))
    receiving.write(slice_)
    slice_.find_texts()
    filing.write(slice_)
    if last:
        drafting.write_unfinished(slice_)
    written = chain.write_values(slice_)
    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL synchronous_commit = off")
        rows = sum(sheet.copy(cursor) for sheet in slice_.sheets.all())
        _wait(cursor, chunk.number - 1, go_on)
        chain.write_chain(slice_, written, cursor)
        cursor.execute(
            "INSERT INTO bench_chunk (number, documents) VALUES (%s, %s)", [chunk.number, chunk.count]
        )
    return rows + len(written)


def _wait(cursor: psycopg.Cursor[Any], number: int, go_on: Callable[[], bool]) -> None:
    while number:
        if cursor.execute("SELECT 1 FROM bench_chunk WHERE number = %s", [number]).fetchone():
            return
        if not go_on():
            raise RuntimeError(f"Slice {number} was not written.")
        time.sleep(PAUSE)
