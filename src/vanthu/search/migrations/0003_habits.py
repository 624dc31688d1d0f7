from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0002_owners_of_bodies")]

    operations = [
        migrations.AddField(model_name="searchrow", name="more", field=models.TextField(db_default="")),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account_id", models.BigIntegerField()),
                ("name", models.CharField(max_length=80)),
                ("query", models.CharField(max_length=1000)),
                ("saved_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("account_id", "name"), name="one_saved_search_per_name")
                ],
            },
        ),
        migrations.CreateModel(
            name="ShownFields",
            fields=[
                ("account_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("fields", models.JSONField()),
            ],
        ),
    ]
