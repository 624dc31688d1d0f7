import django.db.models.deletion
from django.db import migrations, models

import vanthu.documents.near_models


class Migration(migrations.Migration):
    dependencies = [("documents", "0006_freezes")]

    operations = [
        migrations.CreateModel(
            name="TextPrint",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="documents.incomingentry",
                    ),
                ),
                ("parts", vanthu.documents.near_models.Numbers()),
                ("bands", vanthu.documents.near_models.Numbers()),
            ],
        ),
        # without the list of what is pending: a lookup reads the index alone, however much has just come in
        migrations.RunSQL(
            "CREATE INDEX text_prints_alike ON documents_textprint USING gin (bands) WITH (fastupdate = off)",
            "DROP INDEX text_prints_alike",
        ),
    ]
