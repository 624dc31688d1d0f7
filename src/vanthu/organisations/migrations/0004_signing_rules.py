from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0003_paper_rule"),
    ]

    operations = [
        migrations.AddField(
            model_name="officerules",
            name="number_before_signature",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="officerules",
            name="by_order_kinds",
            field=models.JSONField(db_default=[], default=list),
        ),
    ]
