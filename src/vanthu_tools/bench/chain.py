"""The ledger of a slice: the acts in order of time, chained per office as the trigger of the product does it."""

import hashlib
from dataclasses import dataclass
from typing import Any

import psycopg

from vanthu_tools.bench.sheets import NULL, escaped
from vanthu_tools.bench.slices import Act, Slice
from vanthu_tools.bench.timeline import stamp


@dataclass(slots=True, eq=False)
class Written:
    """An act with the id of its row and the hash of its values (hexadecimal)."""

    id: int
    act: Act
    values_hash: str


def write_values(slice_: Slice) -> list[Written]:
    """Fill the sheet with what stands beside the chain; returns the rows in order of time."""
    first = slice_.ids.first
    found: list[Written] = []
    lines = slice_.sheets.ledger_values.lines
    for number, act in enumerate(sorted(slice_.acts, key=lambda act: act.at), first):
        found.append(Written(number, act, hashlib.sha256(act.values.encode()).hexdigest()))
        lines.append(f"{number}\t{escaped(act.values) if '\\' in act.values else act.values}")
    return found


def write_chain(slice_: Slice, written: list[Written], cursor: psycopg.Cursor[Any]) -> None:
    """Chain the acts to the ends that the slices before have left, and move the ends.

    The slices before must be committed. The bytes that are hashed are those of `kernel_ledger_hash`.
    """
    cursor.execute("SELECT office_id, seq, hash FROM kernel_ledgerhead")
    heads: dict[int, tuple[int, bytes]] = {office: (seq, end) for office, seq, end in cursor}
    lines, moved = slice_.sheets.ledger.lines, set()
    for one in written:
        act = one.act
        seq, before = heads.get(act.office, (0, b""))
        seq += 1
        person = "null" if act.person is None else act.person
        text = (
            f'[{act.office}, {seq}, "{act.at}.000000", {person}, {person}, "{act.verb}", "{act.kind}",'
            f' {act.item}, {act.fields}, "{one.values_hash}"]'
        )
        digest = hashlib.sha256(before + text.encode()).digest()
        heads[act.office] = seq, digest
        moved.add(act.office)
        who = NULL if act.person is None else act.person
        lines.append(
            f"{one.id}\t{act.office}\t{seq}\t{stamp(act.at)}\t{who}\t{who}\t{act.verb}\t{act.kind}\t{act.item}"
            f"\t{act.fields}\t\\\\x{one.values_hash}\t\\\\x{digest.hex()}"
        )
    slice_.sheets.ledger.copy(cursor)
    cursor.executemany(
        "INSERT INTO kernel_ledgerhead (office_id, seq, hash) VALUES (%s, %s, %s)"
        " ON CONFLICT (office_id) DO UPDATE SET (seq, hash) = (EXCLUDED.seq, EXCLUDED.hash)",
        [(office, *heads[office]) for office in sorted(moved)],
    )
