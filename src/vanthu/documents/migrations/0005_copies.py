"""A document may be the certified copy of another."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_numbering")]

    operations = [
        migrations.AlterField(
            model_name="relation",
            name="kind",
            field=models.CharField(
                choices=[
                    ("replies_to", "trả lời"),
                    ("replaces", "thay thế"),
                    ("amends", "sửa đổi"),
                    ("corrects", "đính chính"),
                    ("copies", "sao từ"),
                    ("related", "liên quan"),
                ],
                max_length=12,
            ),
        ),
    ]
