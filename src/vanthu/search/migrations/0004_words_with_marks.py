"""Rows and bodies that were written before learn their words with marks."""

from itertools import batched
from typing import Any

from django.db import migrations

from vanthu.search.tokens import marked_lexemes, masked

BATCH = 1_000
ROWS = """
SELECT item_kind, item_id, at, concat_ws(' ', symbol, issuer), concat_ws(' ', title, signer, more),
    tokens @@ '''_m'':*'::tsquery
FROM search_searchrow
"""
BODIES = """
SELECT b.source_kind, b.source_id, b.at, b.text, string_agg(concat_ws(' ', symbol, title, issuer, signer), ' '), false
FROM search_searchbody b
JOIN search_searchrow r ON r.source_kind = b.source_kind AND r.source_id = b.source_id AND r.at = b.at
GROUP BY b.source_kind, b.source_id, b.at, b.text
"""
ADD = """
UPDATE search_search{} AS found SET tokens = tokens || array_to_tsvector(string_to_array(new.lexemes, ' '))
FROM unnest(%s::text[], %s::bigint[], %s::timestamptz[], %s::text[]) AS new (kind, id, at, lexemes)
WHERE found.{}_kind = new.kind AND found.{}_id = new.id AND found.at = new.at
"""


def add(apps: Any, schema_editor: Any) -> None:
    """Every row, then every body, a thousand at a time."""
    connection = schema_editor.connection
    for table, key, question in (("row", "item", ROWS), ("body", "source", BODIES)):
        statement = ADD.format(table, key, key)
        with connection.cursor() as cursor, connection.connection.cursor(name=f"all_{table}") as reader:
            reader.execute(question)
            for some in batched(reader, BATCH):
                new = [(*row[:3], _lexemes(*row[3:])) for row in some]
                cursor.execute(statement, [list(column) for column in zip(*new, strict=True)])


def _lexemes(shown: str, other: str, restricted: bool) -> str:
    open_ = marked_lexemes(shown)
    return " ".join(open_ | marked_lexemes(other) | (masked(open_) if restricted else set()))


class Migration(migrations.Migration):
    dependencies = [("search", "0003_habits")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
