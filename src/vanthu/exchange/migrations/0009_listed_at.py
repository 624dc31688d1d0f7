from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0008_hub"),
    ]

    operations = [
        migrations.RenameField(model_name="connection", old_name="listed_until", new_name="listed_at"),
    ]
