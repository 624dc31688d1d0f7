"""Indexes rest while millions of rows are written and are made again at the end, two at a time."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
from psycopg import sql

type Connection = psycopg.Connection[Any]
type Tell = Callable[[int, int], None]

AT_ONCE = 2

_RESTING = """
SELECT c.relname, i.relname, con.conname, pg_get_constraintdef(con.oid), pg_get_indexdef(x.indexrelid)
FROM pg_index x
JOIN pg_class i ON i.oid = x.indexrelid
JOIN pg_class c ON c.oid = x.indrelid
LEFT JOIN pg_constraint con ON con.conindid = x.indexrelid AND con.contype IN ('u', 'x')
WHERE c.relname = ANY(%s) AND c.relnamespace = 'public'::regnamespace AND NOT x.indisprimary AND NOT i.relispartition
    AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = x.indexrelid)
"""
_CHILDREN = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind = 'r' AND (c.relname = ANY(%s)
    OR c.oid IN (SELECT inhrelid FROM pg_inherits JOIN pg_class p ON p.oid = inhparent WHERE p.relname = ANY(%s)))
"""
_BY_SIZE = """
SELECT b.name, b.command FROM bench_index b WHERE NOT b.made
ORDER BY b.command LIKE '%USING gin%' DESC,
    (SELECT sum(pg_table_size(c.oid)) FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
     WHERE b.of_table::regclass IN (c.oid, i.inhparent)) DESC, b.name
"""


def rest(connection: Connection, tables: Sequence[str]) -> None:
    """Drop every index of these tables but primary keys, and remember how to make it; once per load."""
    with connection.transaction():
        if connection.execute("SELECT 1 FROM bench_index LIMIT 1").fetchone():
            return
        for table, index, constraint, terms, definition in connection.execute(
            _RESTING, [list(tables)]
        ).fetchall():
            make, drop = _commands(table, index, constraint, terms, definition)
            connection.execute("INSERT INTO bench_index VALUES (%s, %s, %s, false)", [index, table, make])
            connection.execute(drop)
        _autovacuum(connection, tables, sql.SQL("SET (autovacuum_enabled = false)"))


def _commands(
    table: str, index: str, constraint: str | None, terms: str, definition: str
) -> tuple[str, sql.Composed]:
    """(how to make it, how to drop it)."""
    if constraint is None:
        return definition.replace(" ON ONLY ", " ON ", 1), sql.SQL("DROP INDEX {}").format(
            sql.Identifier(index)
        )
    of, named = sql.Identifier(table), sql.Identifier(constraint)
    make = sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} ").format(of, named).as_string() + terms
    return make, sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(of, named)


def _autovacuum(connection: Connection, tables: Sequence[str], setting: sql.SQL) -> None:
    for name in leaves(connection, tables):
        connection.execute(sql.SQL("ALTER TABLE {} {}").format(sql.Identifier(name), setting))


def leaves(connection: Connection, tables: Sequence[str]) -> list[str]:
    """The tables that hold rows: these, or their partitions."""
    return [name for (name,) in connection.execute(_CHILDREN, [list(tables), list(tables)])]


def make(address: str, tell: Tell) -> None:
    """Make the indexes that rest, the longest work first. Those that are made already stay."""
    with psycopg.connect(address, autocommit=True) as connection:
        wanted = connection.execute(_BY_SIZE).fetchall()
    _together(address, [(_make_one, name, command) for name, command in wanted], tell)


def _make_one(connection: Connection, name: str, command: str) -> None:
    with connection.transaction():
        connection.execute(command)
        connection.execute("UPDATE bench_index SET made = true WHERE name = %s", [name])


def refresh(address: str, tables: Sequence[str], tell: Tell) -> None:
    """Let autovacuum look after the tables again; mark their pages as seen by all and tell the planner about them."""
    with psycopg.connect(address, autocommit=True) as connection:
        _autovacuum(connection, tables, sql.SQL("RESET (autovacuum_enabled)"))
        names = leaves(connection, tables)
    _together(address, [(_vacuum, name, "") for name in names], tell)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("ANALYZE")


def _vacuum(connection: Connection, name: str, _command: str) -> None:
    connection.execute(sql.SQL("VACUUM (ANALYZE, PARALLEL 0) {}").format(sql.Identifier(name)))


def _together(
    address: str, works: Iterable[tuple[Callable[[Connection, str, str], None], str, str]], tell: Tell
) -> None:
    """Do each on a connection of its own, some at a time."""
    works = list(works)

    def do(work: tuple[Callable[[Connection, str, str], None], str, str]) -> None:
        run, name, command = work
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("SET max_parallel_maintenance_workers = 0")
            run(connection, name, command)

    with ThreadPoolExecutor(AT_ONCE) as crew:
        for done, _ in enumerate(crew.map(do, works), 1):
            tell(done, len(works))


def count(connection: Connection) -> None:
    """The counters of all participants, folded, as the trigger would have added them up."""
    with connection.transaction():
        connection.execute("TRUNCATE kernel_counter")
        connection.execute(
            "INSERT INTO kernel_counter (office_id, owner_kind, owner_id, item_kind, state, restricted, n)"
            " SELECT office_id, owner_kind, owner_id, item_kind, state, restricted, count(*)"
            " FROM kernel_participant GROUP BY 1, 2, 3, 4, 5, 6"
        )


def close_books(connection: Connection) -> None:
    """The last number of each book for arrivals: what still waits for its number was counted ahead too."""
    connection.execute(
        "UPDATE documents_series s SET last = coalesce((SELECT max(arrival_number) FROM documents_incomingentry e"
        " WHERE e.series_id = s.id), 0) WHERE s.direction = 'in'"
    )


_IDENTITIES = """
SELECT table_name FROM information_schema.columns
WHERE table_schema = 'public' AND column_name = 'id' AND is_identity = 'YES'
"""


def go_on_counting(connection: Connection) -> None:
    """New rows get ids after those that were written with theirs."""
    for (table,) in connection.execute(_IDENTITIES).fetchall():
        connection.execute(
            sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), greatest(max(id), 1)) FROM {}").format(
                sql.Literal(table), sql.Identifier(table)
            )
        )
