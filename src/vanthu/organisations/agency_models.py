"""Bodies outside the installation that documents go to and come from, and every code that names them."""

from django.db import models


class Agency(models.Model):
    """A body in the list of the axis or of another hub (cơ quan, đơn vị liên thông); `office` when it is one of ours.

    An unknown sender is kept as one that nobody has verified yet.
    """

    item_kind = "agency"

    name = models.CharField(max_length=500)
    code = models.CharField(max_length=60, blank=True)  # as it is shown: the newest form
    parent_code = models.CharField(max_length=60, blank=True)  # in lower case
    email = models.CharField(max_length=200, blank=True)
    office = models.ForeignKey("organisations.Office", models.PROTECT, null=True, related_name="+")
    search_key = models.TextField()  # for typing; see agency_names. Its words lie in the index `agency_words`
    active = models.BooleanField(default=True)
    verified = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["office"], name="agency_of_office"),
            models.Index(fields=["parent_code"], name="agencies_below"),
        ]


class AgencyCode(models.Model):
    """One code of a body in one list (`source` is the key of the connection), old and new forms alike."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    source = models.CharField(max_length=40)
    code = models.CharField(max_length=60)
    folded = models.CharField(max_length=60)  # in lower case
    current = models.BooleanField(default=True)  # packets are addressed with this one; false: an older form
    active = models.BooleanField(default=True)  # false: the list no longer has it
    version = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "folded"], name="one_agency_per_code"),
        ]
        indexes = [
            models.Index(fields=["folded"], name="agency_by_code"),
            models.Index(fields=["agency", "source"], name="codes_of_agency"),
        ]
