"""Prints are looks of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0005_kept_forms")]

    operations = [
        migrations.RemoveConstraint(model_name="accesslog", name="access_is_a_known_look"),
        migrations.AddConstraint(
            model_name="accesslog",
            constraint=models.CheckConstraint(
                condition=models.Q(action__in=["view", "page", "download", "print", "official"]),
                name="access_is_a_known_look",
            ),
        ),
    ]
