"""What was found about the signatures of a file, kept with what it was found by."""

from django.db import models


class Evidence(models.Model):
    """The judgement on one file under one asked policy; made again while it is "unknown", then never changed.

    `asked` is name and version of the policy; `report` as `report.Report.as_json` gives it; `material` the
    certificates, CRLs and OCSP responses that were looked at (JSON of base64 DER, compressed); `marks` a hash of
    every signature, the first one also in `first_mark`, by which a longer version of the same file is found.
    """

    sha256 = models.CharField(max_length=64)
    asked = models.CharField(max_length=40)
    verdict = models.CharField(max_length=12)
    report = models.JSONField()
    material = models.BinaryField()
    marks = models.JSONField()
    first_mark = models.CharField(max_length=64, blank=True)
    judged_at = models.DateTimeField()
    tries = models.SmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sha256", "asked"], name="one_judgement_per_file_and_policy"),
        ]
        indexes = [
            models.Index(fields=["first_mark"], name="evidence_by_signature"),
        ]
