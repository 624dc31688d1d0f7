"""Days off and days worked instead, with the law's days of 2025 to 2027."""

from typing import Any

from django.db import migrations, models

from vanthu.kernel.holidays import SEED


def sow(apps: Any, schema_editor: Any) -> None:
    """The days of Labour Code 2019, article 112, and the Government's swaps."""
    day = apps.get_model("kernel", "SpecialDay")
    day.objects.bulk_create(
        [day(day_on=on, works=works, name=name, basis=basis) for on, works, name, basis in SEED]
    )


class Migration(migrations.Migration):
    dependencies = [("kernel", "0003_webhooks")]

    operations = [
        migrations.CreateModel(
            name="SpecialDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day_on", models.DateField(unique=True)),
                ("works", models.BooleanField(default=False)),
                ("name", models.CharField(max_length=120)),
                ("basis", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.RunPython(sow, migrations.RunPython.noop),
    ]
