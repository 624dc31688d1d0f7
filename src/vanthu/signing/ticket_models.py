"""Rights of the signing program on somebody's computer to fetch one file and bring it back signed."""

from django.db import models
from django.utils import timezone


class SigningTicket(models.Model):
    """Bound to a file (SHA-256), a field and the serial number (hexadecimal) of the expected certificate.

    Of the secret in its address only the SHA-256 is kept. `used_at` is set by the first file that is brought.
    """

    session = models.ForeignKey("signing.SigningSession", models.CASCADE, related_name="+")
    secret_sha256 = models.CharField(max_length=64, unique=True)
    file_sha256 = models.CharField(max_length=64)
    field = models.CharField(max_length=40)
    serial = models.CharField(max_length=40)
    opened_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="ticket_by_expiry")]
