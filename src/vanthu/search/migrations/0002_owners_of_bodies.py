"""Bodies know all owners of their rows, and the rows of a body are found by office."""

from django.db import migrations

WITHOUT = "DROP INDEX search_body_tokens;"
OWNERS = """
UPDATE search_searchbody b SET tokens = b.tokens || array_to_tsvector(of_rows.lexemes)
FROM (
    SELECT r.source_kind, r.source_id, r.at, array_agg(DISTINCT word.lexeme) AS lexemes
    FROM search_searchbody one
    JOIN search_searchrow r ON r.source_kind = one.source_kind AND r.source_id = one.source_id AND r.at = one.at
    CROSS JOIN LATERAL unnest(tsvector_to_array(r.tokens)) AS word (lexeme)
    WHERE word.lexeme ~ '^_r?[oupa][0-9]+$'
    GROUP BY r.source_kind, r.source_id, r.at
) of_rows
WHERE b.source_kind = of_rows.source_kind AND b.source_id = of_rows.source_id AND b.at = of_rows.at;
"""
WITH = "CREATE INDEX search_body_tokens ON search_searchbody USING gin (tokens) WITH (fastupdate = off);"
SOURCES = """
DROP INDEX search_row_source;
CREATE INDEX search_row_source ON search_searchrow (source_kind, source_id, office_id);
"""
FORMER = """
DROP INDEX search_row_source;
CREATE INDEX search_row_source ON search_searchrow (source_kind, source_id);
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.RunSQL([WITHOUT, OWNERS, WITH], migrations.RunSQL.noop),
        migrations.RunSQL(SOURCES, FORMER),
    ]
