from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("exchange", "0009_listed_at")]

    operations = [migrations.RenameField(model_name="reconciliation", old_name="since", new_name="since_at")]
