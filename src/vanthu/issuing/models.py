"""Drafts, their versions, reviews and recipients, up to the issued document."""

from django.db import models
from django.db.models import Q

from vanthu.documents.states import Medium, Urgency
from vanthu.issuing import form_models, purpose_models, template_models  # noqa: F401 - their tables belong to the room
from vanthu.issuing.states import Answer, Decision, DraftState, Step


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
    medium = models.CharField(
        max_length=12, choices=Medium, default=Medium.ELECTRONIC, db_default=Medium.ELECTRONIC
    )
    paper_copies = models.SmallIntegerField(default=0, db_default=0)  # sealed prints beside the file
    paper_reason = models.CharField(max_length=300, blank=True, db_default="")
    # counted with each act, so that lists and the page of the draft read them without another statement
    marks_made = models.SmallIntegerField(default=0, db_default=0)
    marks_open = models.SmallIntegerField(default=0, db_default=0)
    opinions_asked = models.SmallIntegerField(default=0, db_default=0)
    opinions_given = models.SmallIntegerField(default=0, db_default=0)
    co_signers = models.SmallIntegerField(default=0, db_default=0)
    # whose initials or signature come next, before the signer's; empty when it is the signer's turn
    next_co_signer = models.ForeignKey("organisations.Post", models.PROTECT, null=True, related_name="+")
    signing_basis = models.CharField(max_length=200, blank=True, db_default="")  # văn bản ủy quyền of TUQ.
    paper_on = models.DateField(
        null=True
    )  # the day it was signed by hand; empty where it is signed digitally
    recorded_by = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "to_scan", "numbered", "issued", "voided"])
                | Q(signed_at__isnull=False),
                name="sealed_only_after_signature",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["to_scan", "numbered", "issued", "voided"])
                | Q(outgoing__isnull=False),
                name="numbered_has_entry",
            ),
            models.CheckConstraint(
                condition=~Q(medium="parallel") | (Q(paper_copies__gt=0) & ~Q(paper_reason="")),
                name="paper_beside_the_file_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(paper_on__isnull=True)
                | (Q(medium="paper") & Q(recorded_by__isnull=False) & Q(signed_at__isnull=False)),
                name="signed_by_hand_is_recorded_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["replies_to"], name="drafts_replying"),
            models.Index(fields=["dossier"], name="drafts_in_dossier"),
            models.Index(fields=["office", "submitted_at"], name="drafts_submitted"),
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
    # what the check of form counted; empty until it was made, or where other rules set the form
    form_errors = models.SmallIntegerField(null=True)
    form_advice = models.SmallIntegerField(null=True)

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
    # a body outside that packets reach; chosen by its code, not by what its name resembles
    agency = models.ForeignKey("organisations.Agency", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    addressed = models.BooleanField(default=True)  # stands under "Kính gửi", else only in "Nơi nhận"
    on_paper = models.BooleanField(default=False, db_default=False)  # gets a sealed print beside the file
    position = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "office"], condition=Q(office__isnull=False), name="office_once_per_draft"
            ),
            models.UniqueConstraint(
                fields=["draft", "name"], condition=Q(office__isnull=True), name="body_outside_once_per_draft"
            ),
            models.UniqueConstraint(
                fields=["draft", "agency"], condition=Q(agency__isnull=False), name="agency_once_per_draft"
            ),
        ]


class Mark(models.Model):
    """A remark at a place of one version (góp ý tại chỗ): open until a later version or a word answers it."""

    item_kind = "mark"

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    ordinal = models.SmallIntegerField()  # its number beside the page
    page = models.SmallIntegerField()  # from 1
    rect = models.JSONField(null=True)  # [left, bottom, right, top] in points, when a place was marked
    quote = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    author = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")
    author_title = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    answered_by = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+")
    answered_in = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "ordinal"], name="mark_once_per_draft"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_in__isnull=False) | ~Q(answer=""),
                name="answered_by_a_version_or_a_word",
            ),
        ]


class Consultation(models.Model):
    """One round of asking opinions on a version (lấy ý kiến), of units and people in parallel."""

    item_kind = "consultation"

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    question = models.TextField(blank=True)
    due_on = models.DateField()
    asked_by = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["draft", "asked_at"], name="consultations_of_draft")]


class Opinion(models.Model):
    """What one unit or person was asked and said; empty `answer` while it is waited for."""

    item_kind = "opinion"

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+")
    position = models.SmallIntegerField()
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    text = models.TextField(blank=True)
    author = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+")
    author_title = models.CharField(max_length=100, blank=True)
    behalf_of = models.CharField(max_length=80, blank=True)
    answered_at = models.DateTimeField(null=True)
    response = models.CharField(max_length=1000, blank=True)  # tiếp thu, giải trình của đơn vị soạn thảo
    reminded_at = models.DateTimeField(null=True)
    reminders = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=True) ^ Q(person__isnull=True), name="opinion_of_a_unit_or_a_person"
            ),
            models.UniqueConstraint(
                fields=["consultation", "unit"], condition=Q(person__isnull=True), name="unit_asked_once"
            ),
            models.UniqueConstraint(
                fields=["consultation", "person"], condition=Q(unit__isnull=True), name="person_asked_once"
            ),
            models.CheckConstraint(
                condition=(Q(answer="") & Q(answered_at__isnull=True))
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="answered_opinion_has_a_time",
            ),
        ]


class CoSigner(models.Model):
    """Who initials (ký nháy) or signs with the others (ký liên tịch) before the signer, in order."""

    item_kind = "co_signer"

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    post = models.ForeignKey("organisations.Post", models.PROTECT, related_name="+")
    position = models.SmallIntegerField()
    initials = models.BooleanField()  # a small signature behind the text, else a full one of its own
    signed_at = models.DateTimeField(null=True)
    level = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "post"], name="co_signer_once_per_draft"),
            models.UniqueConstraint(fields=["draft", "position"], name="co_signers_in_order"),
        ]
