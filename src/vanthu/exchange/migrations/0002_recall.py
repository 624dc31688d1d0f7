"""States of a delivery that was recalled."""

from django.db import migrations, models

STATES = [
    ("queued", "Đang gửi"),
    ("sent", "Đã gửi"),
    ("received", "Đã nhận"),
    ("registered", "Đã vào sổ"),
    ("handling", "Đang giải quyết"),
    ("done", "Đã giải quyết"),
    ("returned", "Bị trả lại"),
    ("outside", "Gửi ngoài hệ thống"),
    ("recalled", "Đã thu hồi, chờ ghi nhận"),
    ("recall_noted", "Đã ghi nhận thu hồi"),
    ("stopped", "Thu hồi trước khi gửi"),
]


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="delivery",
            name="state",
            field=models.CharField(choices=STATES, default="queued", max_length=12),
        ),
        migrations.AlterField(
            model_name="receipt",
            name="state",
            field=models.CharField(choices=STATES, max_length=12),
        ),
        migrations.RemoveConstraint(model_name="delivery", name="delivered_has_entry"),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(state__in=["queued", "outside", "stopped"])
                | models.Q(entry__isnull=False),
                name="delivered_has_entry",
            ),
        ),
    ]
