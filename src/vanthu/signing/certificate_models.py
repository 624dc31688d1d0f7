"""What became of a certificate after it was enrolled: the certificate itself never changes."""

from django.db import models


class CertificateStanding(models.Model):
    """What is known of an enrolled certificate since; one that has no row was never asked about.

    `chain` holds the PEM of those above it; `revocation` is what its issuer said at `checked_at` (good, revoked, or
    unknown when nobody answered); `warned_days` the last warning before its end (60, 30, 7); `ended_at` and
    `ended_reason` why it is no longer used.
    """

    certificate = models.OneToOneField(
        "signing.Certificate", models.CASCADE, primary_key=True, related_name="standing"
    )
    chain = models.TextField(blank=True)
    revocation = models.CharField(max_length=8, blank=True)
    checked_at = models.DateTimeField(null=True)
    warned_days = models.SmallIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=300, blank=True)
