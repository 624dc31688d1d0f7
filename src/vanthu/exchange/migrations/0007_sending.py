import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0006_receiving")]

    operations = [
        migrations.AddField(
            model_name="sentpacket",
            name="asked",
            field=models.SmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(model_name="sentpacket", name="begun_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="delivery",
            name="resends",
            field=models.SmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="receipt",
            name="code",
            field=models.CharField(blank=True, db_default="", default="", max_length=12),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("code", ""), _negated=True),
                fields=("delivery", "code", "at"),
                name="status_noted_once",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(
                    ("state__in", ("queued", "sent", "arrived", "failed", "returned", "recalled"))
                ),
                fields=["from_office", "changed_at"],
                name="deliveries_under_way",
            ),
        ),
        migrations.AddIndex(
            model_name="sentpacket",
            index=models.Index(
                django.db.models.functions.text.Lower("document_id"),
                condition=models.Q(("kind", "edoc")),
                name="sent_packets_by_document",
            ),
        ),
        migrations.AddIndex(
            model_name="sentpacket",
            index=models.Index(
                condition=models.Q(("next_at__isnull", False), ("state", "accepted")),
                fields=["next_at"],
                name="sent_packets_asked_about",
            ),
        ),
        migrations.AddIndex(
            model_name="sentpacket",
            index=models.Index(
                condition=models.Q(("arrival__isnull", False)),
                fields=["arrival"],
                name="sent_packets_of_arrival",
            ),
        ),
        migrations.CreateModel(
            name="Reconciliation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
                ("matched", models.IntegerField(default=0)),
                ("missing", models.JSONField(default=list)),
                ("strange", models.JSONField(default=list)),
                ("problem", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                (
                    "connection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="exchange.connection",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["connection", "-at"], name="reconciliations")],
            },
        ),
    ]
