import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("signing", "0005_words")]

    operations = [
        migrations.RemoveConstraint("certificate", "one_active_certificate_per_holder"),
        migrations.AddConstraint(
            "certificate",
            models.UniqueConstraint(
                condition=models.Q(("active", True)),
                fields=("holder_kind", "holder_id", "provider"),
                name="one_active_certificate_per_device",
            ),
        ),
        migrations.CreateModel(
            name="SigningTicket",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("secret_sha256", models.CharField(max_length=64, unique=True)),
                ("file_sha256", models.CharField(max_length=64)),
                ("field", models.CharField(max_length=40)),
                ("serial", models.CharField(max_length=40)),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="signing.signingsession",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["expires_at"], name="ticket_by_expiry")]},
        ),
    ]
