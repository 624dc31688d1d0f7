"""Sets of documents and dossiers that are frozen."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0007_accesses"),
    ]

    operations = [
        migrations.CreateModel(
            name="Freeze",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("office_id", models.BigIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("reason", models.CharField(max_length=500)),
                ("frozen_by", models.CharField(max_length=160)),
                ("frozen_at", models.DateTimeField()),
                ("lifted_by", models.CharField(blank=True, max_length=160)),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_reason", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "indexes": [models.Index(fields=["office_id", "-frozen_at"], name="freezes_of_office")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at", None), ("lifted_by", "")),
                            models.Q(
                                ("lifted_at__isnull", False), models.Q(("lifted_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="lifted_freeze_says_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Frozen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item_kind_of", models.CharField(max_length=8)),
                ("item_id_of", models.BigIntegerField()),
                (
                    "freeze",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.freeze"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["item_kind_of", "item_id_of"], name="freezes_of_item")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("freeze", "item_kind_of", "item_id_of"), name="frozen_once_per_set"
                    )
                ],
            },
        ),
    ]
