"""What a server that has been up for days has in memory: tables and indexes in its buffers, as far as they fit."""

from django.db import connection

_READ = """
SELECT pg_prewarm(oid::regclass) FROM (
    SELECT oid FROM pg_class
    WHERE relkind IN ('r', 'i', 't') AND relnamespace IN ('public'::regnamespace, 'pg_toast'::regnamespace)
        AND relname NOT IN ('kernel_ledgerentry', 'kernel_ledgervalues')
    ORDER BY pg_relation_size(oid)
) relations
"""


def warm() -> None:
    """Read everything but the rows of the ledger, of which daily work reads a few; the biggest last."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_prewarm")
        cursor.execute(_READ)
