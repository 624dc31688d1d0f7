"""Tables of search. Django cannot make partitioned tables, so the database part is SQL beside the state.

Rows before 2020 lie in the default partition; the partitions after 2030 are made by a job.
"""

from django.db import migrations, models

from vanthu.search.models import Lexemes

TABLES = """
CREATE TABLE search_searchrow (
    item_kind varchar(8) NOT NULL,
    item_id bigint NOT NULL,
    at timestamptz NOT NULL,
    source_kind varchar(8) NOT NULL,
    source_id bigint NOT NULL,
    office_id bigint NOT NULL,
    kind varchar(12) NOT NULL,
    symbol varchar(100) NOT NULL,
    title text NOT NULL,
    issuer varchar(200) NOT NULL,
    signer varchar(160) NOT NULL,
    issued_on date,
    arrival_number integer,
    tokens tsvector NOT NULL,
    PRIMARY KEY (item_kind, item_id, at)
) PARTITION BY RANGE (at);
CREATE INDEX search_row_tokens ON search_searchrow USING gin (tokens) WITH (fastupdate = off);
CREATE INDEX search_row_at ON search_searchrow (at);
CREATE INDEX search_row_source ON search_searchrow (source_kind, source_id);

CREATE TABLE search_searchbody (
    source_kind varchar(8) NOT NULL,
    source_id bigint NOT NULL,
    at timestamptz NOT NULL,
    text text NOT NULL,
    tokens tsvector NOT NULL,
    PRIMARY KEY (source_kind, source_id, at)
) PARTITION BY RANGE (at);
CREATE INDEX search_body_tokens ON search_searchbody USING gin (tokens) WITH (fastupdate = off);
CREATE INDEX search_body_at ON search_searchbody (at);

CREATE TABLE search_searchrow_rest PARTITION OF search_searchrow DEFAULT;
CREATE TABLE search_searchbody_rest PARTITION OF search_searchbody DEFAULT;

CREATE FUNCTION search_make_partitions(year integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['search_searchrow', 'search_searchbody'] LOOP
        EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
            name || '_' || year, name,
            make_timestamptz(year, 1, 1, 0, 0, 0, 'Asia/Ho_Chi_Minh'),
            make_timestamptz(year + 1, 1, 1, 0, 0, 0, 'Asia/Ho_Chi_Minh'));
    END LOOP;
END $$;
"""

YEARS = "SELECT search_make_partitions(year) FROM generate_series(2020, 2030) AS year;"

DROP = """
DROP FUNCTION search_make_partitions(integer);
DROP TABLE search_searchbody;
DROP TABLE search_searchrow;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL([TABLES, YEARS], DROP)],
            state_operations=[
                migrations.CreateModel(
                    name="SearchRow",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "item_kind",
                                "item_id",
                                "at",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("item_kind", models.CharField(max_length=8)),
                        ("item_id", models.BigIntegerField()),
                        ("at", models.DateTimeField()),
                        ("source_kind", models.CharField(max_length=8)),
                        ("source_id", models.BigIntegerField()),
                        ("office_id", models.BigIntegerField()),
                        ("kind", models.CharField(max_length=12)),
                        ("symbol", models.CharField(max_length=100)),
                        ("title", models.TextField()),
                        ("issuer", models.CharField(max_length=200)),
                        ("signer", models.CharField(max_length=160)),
                        ("issued_on", models.DateField(null=True)),
                        ("arrival_number", models.IntegerField(null=True)),
                        ("tokens", Lexemes()),
                    ],
                ),
                migrations.CreateModel(
                    name="SearchBody",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "source_kind",
                                "source_id",
                                "at",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("source_kind", models.CharField(max_length=8)),
                        ("source_id", models.BigIntegerField()),
                        ("at", models.DateTimeField()),
                        ("text", models.TextField()),
                        ("tokens", Lexemes()),
                    ],
                ),
            ],
        ),
        migrations.CreateModel(
            name="WordFrequency",
            fields=[
                ("lexeme", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("rows_a_day", models.FloatField()),
                ("bodies_a_day", models.FloatField()),
            ],
        ),
    ]
