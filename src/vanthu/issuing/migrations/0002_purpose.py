"""What a draft is to do to a document that was issued before."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("issuing", "0001_initial"), ("documents", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Purpose",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("replaces", "thay thế"), ("corrects", "đính chính"), ("copies", "sao")],
                        max_length=12,
                    ),
                ),
                ("made_from", models.CharField(blank=True, max_length=200)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                    ),
                ),
                (
                    "draft",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="issuing.draft"
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["document"], name="purposes_of_document")]},
        ),
    ]
