"""What a daily comparison with the other side's list of sent packets found."""

from django.db import models


class Reconciliation(models.Model):
    """One comparison with one connection; `missing` are ids of `SentPacket` that the other side does not know.

    `strange` are packets that it has from our addresses and that we do not know to have sent:
    {"doc_id", "to_code", "symbol", "sent_at"}.
    """

    connection = models.ForeignKey("exchange.Connection", models.PROTECT, related_name="+")
    since_at = models.DateTimeField()  # what was sent from here on
    matched = models.IntegerField(default=0)
    missing = models.JSONField(default=list)
    strange = models.JSONField(default=list)
    problem = models.CharField(max_length=500, blank=True)  # why it could not be made
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["connection", "-at"], name="reconciliations")]
