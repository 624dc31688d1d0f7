"""What waits before it is in the book: mails that were dropped, stacks of scans and their rows."""

from django.db import models
from django.db.models import Q

from vanthu.documents.receiving_states import MailState, ScanState


class Mail(models.Model):
    """A mail read from the drop folder of an office; its raw bytes are an attachment (`mail`, this id).

    `trouble` says why a person must look: the whole mail could not be read, or some of its files were refused.
    """

    item_kind = "mail"

    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    entry = models.OneToOneField("documents.IncomingEntry", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=MailState)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)  # of the mail as it lay in the folder
    message_id = models.CharField(max_length=255, blank=True)
    sender = models.CharField(max_length=320, blank=True)  # address
    sender_name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=1000, blank=True)
    text = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    trouble = models.TextField(blank=True)
    settled_note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "sha256"], name="mail_once_per_office"),
            models.UniqueConstraint(
                fields=["office", "message_id"], condition=~Q(message_id=""), name="message_once_per_office"
            ),
            models.CheckConstraint(
                condition=~Q(state="trouble") | ~Q(trouble=""), name="troubled_mail_says_why"
            ),
        ]
        indexes = [models.Index(fields=["office", "state", "-received_at"], name="mails_of_office")]


class Stack(models.Model):
    """A stack of scans that a clerk brought at once; its files are attachments (`stack`, this id)."""

    item_kind = "stack"

    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    brought_by = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()
    split_at_blank = models.BooleanField(default=False)
    read = models.BooleanField(default=False)  # every file has become rows
    trouble = models.CharField(max_length=500, blank=True)


class StackRow(models.Model):
    """One document of a stack, to be confirmed: which pages of which files it is, what was typed so far.

    `parts` are [[attachment id, first page, last page], …], pages counted from 1.
    """

    item_kind = "stack_row"

    stack = models.ForeignKey(Stack, models.PROTECT, related_name="+")
    position = models.FloatField()  # what is split off lies between two others
    state = models.CharField(max_length=12, choices=ScanState, default=ScanState.WAITING)
    parts = models.JSONField()
    pages = models.IntegerField()
    fields = models.JSONField(default=dict)
    entry = models.ForeignKey("documents.IncomingEntry", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="registered", entry__isnull=False)
                | (~Q(state="registered") & Q(entry__isnull=True)),
                name="registered_row_has_entry",
            ),
            models.CheckConstraint(condition=Q(pages__gt=0), name="row_has_pages"),
        ]
        indexes = [models.Index(fields=["stack", "position"], name="rows_of_stack")]
