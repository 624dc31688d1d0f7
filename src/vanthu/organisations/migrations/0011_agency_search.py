from django.db import migrations, models

WORDS = """
CREATE INDEX agency_words ON organisations_agency
    USING gin (array_to_tsvector(string_to_array(search_key, ' '))) WITH (fastupdate = off)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0010_agencies"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="agency",
            index=models.Index(fields=["parent_code"], name="agencies_below"),
        ),
        migrations.RunSQL(WORDS, "DROP INDEX agency_words"),
    ]
