"""Entries name the freeze that holds them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0005_copies"),
        ("kernel", "0008_freezes"),
    ]

    operations = [
        migrations.AddField(
            model_name="incomingentry",
            name="freeze",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="kernel.freeze",
            ),
        ),
        migrations.AddField(
            model_name="outgoingentry",
            name="freeze",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="kernel.freeze",
            ),
        ),
    ]
