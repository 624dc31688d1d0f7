"""Mails of the drop folder, stacks of scans and their rows; passing on, envelopes that are not opened."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

BIG_ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def key(to: str, **options: object) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to, **options)


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0003_paper_rule"),
        ("documents", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="incomingentry",
            name="passed_to",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="incomingentry",
            name="sealed",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                ("id", BIG_ID),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("taken", "Đã vào hộp chờ tiếp nhận"),
                            ("trouble", "Cần văn thư xem"),
                            ("settled", "Đã xử lý"),
                        ],
                        max_length=8,
                    ),
                ),
                ("file_name", models.CharField(max_length=255)),
                ("sha256", models.CharField(max_length=64)),
                ("message_id", models.CharField(blank=True, max_length=255)),
                ("sender", models.CharField(blank=True, max_length=320)),
                ("sender_name", models.CharField(blank=True, max_length=200)),
                ("subject", models.CharField(blank=True, max_length=1000)),
                ("text", models.TextField(blank=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("received_at", models.DateTimeField()),
                ("trouble", models.TextField(blank=True)),
                ("settled_note", models.CharField(blank=True, max_length=500)),
                (
                    "entry",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.incomingentry",
                    ),
                ),
                ("office", key("organisations.office")),
            ],
            options={
                "indexes": [models.Index(fields=["office", "state", "-received_at"], name="mails_of_office")],
                "constraints": [
                    models.UniqueConstraint(fields=("office", "sha256"), name="mail_once_per_office"),
                    models.UniqueConstraint(
                        condition=~Q(message_id=""),
                        fields=("office", "message_id"),
                        name="message_once_per_office",
                    ),
                    models.CheckConstraint(
                        condition=~Q(state="trouble") | ~Q(trouble=""), name="troubled_mail_says_why"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Stack",
            fields=[
                ("id", BIG_ID),
                ("brought_at", models.DateTimeField()),
                ("split_at_blank", models.BooleanField(default=False)),
                ("read", models.BooleanField(default=False)),
                ("trouble", models.CharField(blank=True, max_length=500)),
                ("brought_by", key("organisations.person")),
                ("office", key("organisations.office")),
            ],
        ),
        migrations.CreateModel(
            name="StackRow",
            fields=[
                ("id", BIG_ID),
                ("position", models.FloatField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Chờ vào sổ"),
                            ("skipped", "Để lại"),
                            ("registered", "Đã vào sổ"),
                            ("dropped", "Đã bỏ"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("parts", models.JSONField()),
                ("pages", models.IntegerField()),
                ("fields", models.JSONField(default=dict)),
                ("entry", key("documents.incomingentry", null=True)),
                ("stack", key("documents.stack")),
            ],
            options={
                "indexes": [models.Index(fields=["stack", "position"], name="rows_of_stack")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(state="registered", entry__isnull=False)
                        | (~Q(state="registered") & Q(entry__isnull=True)),
                        name="registered_row_has_entry",
                    ),
                    models.CheckConstraint(condition=Q(pages__gt=0), name="row_has_pages"),
                ],
            },
        ),
    ]
