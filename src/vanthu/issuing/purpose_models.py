"""What a draft is to do to a document that was issued before."""

from django.db import models


class Purpose(models.Model):
    """A draft that corrects, replaces or copies a document; the relation is made when it is issued."""

    KINDS = [("replaces", "thay thế"), ("corrects", "đính chính"), ("copies", "sao")]
    draft = models.OneToOneField("issuing.Draft", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=KINDS)
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")
    made_from = models.CharField(max_length=200, blank=True)  # of a copy: which file, which pages

    class Meta:
        indexes = [models.Index(fields=["document"], name="purposes_of_document")]
