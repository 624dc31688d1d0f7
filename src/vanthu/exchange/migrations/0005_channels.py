"""Every delivery has a channel that reaches its receiver; after 0004, which filled it in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0004_axis")]

    operations = [
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("agency__isnull", True), ("to_office__isnull", True)),
                fields=("document", "to_name"),
                name="one_delivery_per_body_outside",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("agency__isnull", False)),
                fields=("document", "agency"),
                name="one_delivery_per_agency",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agency__isnull", True), ("channel", "internal"), ("to_office__isnull", False)),
                    models.Q(("agency__isnull", False), ("channel", "axis"), ("to_office__isnull", True)),
                    models.Q(("channel", "paper"), ("to_office__isnull", True)),
                    _connector="OR",
                ),
                name="channel_reaches_receiver",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("channel", "paper"), models.Q(("state", "outside"), _negated=True), _connector="OR"
                ),
                name="outside_is_on_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("channel", "internal"), _negated=True),
                    ("state__in", ["queued", "stopped"]),
                    ("entry__isnull", False),
                    _connector="OR",
                ),
                name="delivered_has_entry",
            ),
        ),
    ]
