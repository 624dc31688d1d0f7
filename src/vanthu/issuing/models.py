"""Drafts, their versions, reviews and recipients, up to the issued document."""

from django.db import models
from django.db.models import Q

from vanthu.documents.states import Urgency
from vanthu.issuing import purpose_models  # noqa: F401 - its table belongs to the room
from vanthu.issuing.states import Decision, DraftState, Step


class SigningForm(models.TextChoices):
    """Thể thức đề ký (Decree 30/2020, article 13; Phụ lục I.II.7)."""

    HEAD = "", "Thủ trưởng ký"
    KT = "KT.", "Ký thay"
    TL = "TL.", "Thừa lệnh"
    TUQ = "TUQ.", "Thừa ủy quyền"
    TM = "TM.", "Thay mặt"
    Q = "Q.", "Quyền"


class Draft(models.Model):
    """A document being made (dự thảo)."""

    item_kind = "draft"

    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    drafter = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    notation = models.CharField(max_length=60)
    subject = models.CharField(max_length=500)
    urgency = models.SmallIntegerField(choices=Urgency, default=Urgency.NORMAL)
    restricted = models.BooleanField(default=False)
    replies_to = models.ForeignKey("documents.IncomingEntry", models.PROTECT, null=True, related_name="+")
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, null=True, related_name="+")
    signer = models.ForeignKey("organisations.Post", models.PROTECT, null=True, related_name="+")
    signing_form = models.CharField(max_length=4, choices=SigningForm, blank=True)
    reply_due_on = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=DraftState, default=DraftState.DRAFTING)
    last_version = models.SmallIntegerField(default=0)
    content_by = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+")
    outgoing = models.OneToOneField("documents.OutgoingEntry", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    signature_level = models.CharField(max_length=8, blank=True)  # B-T or B-B
    places = models.JSONField(default=dict)  # where fields go in the PDF; see signing.fields
    trouble = models.CharField(max_length=500, blank=True)  # why an interrupted issue waits

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "numbered", "issued", "voided"])
                | Q(signed_at__isnull=False),
                name="sealed_only_after_signature",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["numbered", "issued", "voided"]) | Q(outgoing__isnull=False),
                name="numbered_has_entry",
            ),
        ]
        indexes = [
            models.Index(fields=["replies_to"], name="drafts_replying"),
            models.Index(fields=["dossier"], name="drafts_in_dossier"),
            models.Index(fields=["outgoing"], condition=Q(state="numbered"), name="drafts_being_issued"),
        ]


class Version(models.Model):
    """One version of a draft; every version is kept. `pdf` is empty until the converter made it."""

    item_kind = "version"

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    ordinal = models.SmallIntegerField()
    made_by = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    source = models.ForeignKey(
        "kernel.Attachment", models.PROTECT, null=True, related_name="+"
    )  # DOCX or uploaded PDF
    pdf = models.ForeignKey("kernel.Attachment", models.PROTECT, null=True, related_name="+")
    prepared = models.ForeignKey(
        "kernel.Attachment", models.PROTECT, null=True, related_name="+"
    )  # with empty fields
    signed = models.ForeignKey(
        "kernel.Attachment", models.PROTECT, null=True, related_name="+"
    )  # by the leader
    issued = models.ForeignKey(
        "kernel.Attachment", models.PROTECT, null=True, related_name="+"
    )  # numbered and sealed
    text = models.TextField(blank=True)  # text layer, to compare versions
    note = models.CharField(max_length=500, blank=True)
    conversion_trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "ordinal"], name="version_once_per_draft"),
            models.CheckConstraint(
                condition=Q(issued__isnull=True) | Q(signed__isnull=False),
                name="sealed_file_was_signed_before",
            ),
        ]


class Review(models.Model):
    """What a head of unit, the office or a leader decided about one version, or a comment on it."""

    item_kind = "review"

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")
    step = models.CharField(max_length=8, choices=Step)
    decision = models.CharField(max_length=8, choices=Decision)
    author = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")
    author_title = models.CharField(max_length=100)
    behalf_of = models.CharField(max_length=80, blank=True)
    text = models.TextField(blank=True)
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["draft", "written_at"], name="reviews_of_draft")]


class Recipient(models.Model):
    """Who gets the document: an office of the sector, or a body outside by its name."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="+")
    office = models.ForeignKey("organisations.Office", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    addressed = models.BooleanField(default=True)  # stands under "Kính gửi", else only in "Nơi nhận"
    position = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "office"], condition=Q(office__isnull=False), name="office_once_per_draft"
            ),
            models.UniqueConstraint(
                fields=["draft", "name"], condition=Q(office__isnull=True), name="body_outside_once_per_draft"
            ),
        ]
