from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("signing", "0004_custody")]

    operations = [
        migrations.AddField(
            model_name="signingsession", name="words", field=models.TextField(blank=True, db_default="")
        ),
    ]
