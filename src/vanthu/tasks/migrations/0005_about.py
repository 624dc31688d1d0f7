"""Free-standing work is found by the document that it is about."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tasks", "0004_follow_up")]

    operations = [
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("about_id__isnull", False)),
                fields=["about_kind", "about_id"],
                name="matters_about_document",
            ),
        )
    ]
