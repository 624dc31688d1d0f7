from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("signing", "0008_until_at")]

    operations = [
        migrations.RemoveIndex(model_name="evidence", name="evidence_to_ask_again"),
    ]
