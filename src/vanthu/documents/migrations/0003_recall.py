"""Recall of issued documents: its states, its facts, and what the database itself holds frozen."""

import django.db.models.deletion
from django.db import migrations, models

FREEZE = """
CREATE FUNCTION documents_refuse_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a recalled document is frozen' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER recalled_entry_frozen BEFORE UPDATE OR DELETE ON documents_outgoingentry
    FOR EACH ROW WHEN (OLD.state = 'recalled') EXECUTE FUNCTION documents_refuse_frozen();

CREATE FUNCTION documents_refuse_recalled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM documents_outgoingentry WHERE document_id = OLD.id AND state = 'recalled') THEN
        RAISE EXCEPTION 'a recalled document is frozen' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER recalled_document_frozen BEFORE UPDATE OR DELETE ON documents_document
    FOR EACH ROW EXECUTE FUNCTION documents_refuse_recalled();

CREATE TRIGGER recall_kept BEFORE UPDATE OR DELETE ON documents_recall
    FOR EACH ROW EXECUTE FUNCTION documents_refuse_frozen();
"""

THAW = """
DROP TRIGGER recall_kept ON documents_recall;
DROP TRIGGER recalled_document_frozen ON documents_document;
DROP FUNCTION documents_refuse_recalled();
DROP TRIGGER recalled_entry_frozen ON documents_outgoingentry;
DROP FUNCTION documents_refuse_frozen();
"""

REGISTERED = "number_if_and_only_if_registered"


def _person() -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.person"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_receiving"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="incomingentry",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Chờ tiếp nhận"),
                    ("registered", "Chờ trình"),
                    ("presented", "Chờ chỉ đạo"),
                    ("directed", "Đang giải quyết"),
                    ("done", "Đã giải quyết"),
                    ("returned", "Đã trả lại"),
                    ("recalled", "Đã bị thu hồi"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="outgoingentry",
            name="state",
            field=models.CharField(
                choices=[
                    ("numbered", "Đang phát hành"),
                    ("issued", "Đã phát hành"),
                    ("voided", "Đã hủy số"),
                    ("recalled", "Đã thu hồi"),
                ],
                max_length=12,
            ),
        ),
        migrations.RemoveConstraint(model_name="incomingentry", name=REGISTERED),
        migrations.AddConstraint(
            model_name="incomingentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    arrival_number__isnull=True,
                    registered_at__isnull=True,
                    series__isnull=True,
                    state__in=["waiting", "returned"],
                )
                | models.Q(
                    arrival_number__gt=0,
                    arrived_on__isnull=False,
                    registered_at__isnull=False,
                    series__isnull=False,
                    state__in=("registered", "presented", "directed", "done"),
                )
                | models.Q(state="recalled"),
                name=REGISTERED,
            ),
        ),
        migrations.CreateModel(
            name="Recall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                ("basis", models.CharField(max_length=500)),
                ("ordered_by_name", models.CharField(max_length=80)),
                ("ordered_by_title", models.CharField(max_length=100)),
                ("recalled_at", models.DateTimeField()),
                ("ordered_by", _person()),
                (
                    "outgoing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.outgoingentry",
                    ),
                ),
                ("recorded_by", _person()),
            ],
        ),
        migrations.CreateModel(
            name="RecallNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "paper",
                    models.CharField(
                        choices=[
                            ("none", "Không có bản giấy"),
                            ("sent_back", "Đã gửi trả bản giấy"),
                            ("destroyed", "Đã hủy bản giấy"),
                        ],
                        max_length=12,
                    ),
                ),
                ("noted_by_name", models.CharField(max_length=80)),
                ("noted_at", models.DateTimeField()),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.incomingentry",
                    ),
                ),
                ("noted_by", _person()),
            ],
        ),
        migrations.RunSQL(FREEZE, THAW),
    ]
