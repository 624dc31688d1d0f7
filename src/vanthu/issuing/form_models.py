"""What the check of form has found in a version."""

from django.db import models


class FormCheck(models.Model):
    """The findings of one version, as `reading.form` gives them, so that pages do not read files.

    `placed` tells that places on the pages of its PDF were looked for; `trouble` says why it could not be checked.
    """

    version = models.OneToOneField("issuing.Version", models.CASCADE, related_name="form_check")
    kind = models.CharField(max_length=12, blank=True)
    checked = models.BooleanField(default=True)  # false where other rules than Phụ lục I set the form
    errors = models.SmallIntegerField(default=0)
    advice = models.SmallIntegerField(default=0)
    findings = models.JSONField(default=list)
    placed = models.BooleanField(default=False)
    trouble = models.CharField(max_length=300, blank=True)
    checked_at = models.DateTimeField()
