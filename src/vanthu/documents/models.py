"""Documents, registers and their series, incoming and outgoing entries, relations.

Field lengths follow Decree 30/2020/NĐ-CP, Phụ lục VI Part II; where TT 05/2025/TT-BNV allows more, the larger.
"""

from django.db import models
from django.db.models import F, Q

from vanthu.documents import (
    kinds,
    near_models,  # noqa: F401 - so does this one
    receiving_models,  # noqa: F401 - its tables belong to the room
    series_models,  # noqa: F401 - so do these
    symbols,
)
from vanthu.documents.states import (
    IN_THE_BOOK,
    Channel,
    IncomingState,
    Medium,
    OutgoingState,
    PaperCopy,
    Urgency,
)
from vanthu.kernel.freezing import Freezable


class Described(models.Model):
    """The fields that a document carries and that an entry repeats as registered (Phụ lục VI, II, fields 3-15)."""

    kind = models.CharField(max_length=12)  # code in documents.kinds
    number = models.CharField(max_length=11, blank=True)
    notation = models.CharField(max_length=60, blank=True)  # ký hiệu; Phụ lục VI: 30
    issued_on = models.DateField(null=True)
    issuer_name = models.CharField(max_length=200)
    subject = models.CharField(max_length=1000)
    signer_name = models.CharField(max_length=50, blank=True)
    signer_title = models.CharField(max_length=100, blank=True)
    urgency = models.SmallIntegerField(choices=Urgency, default=Urgency.NORMAL)
    pages = models.SmallIntegerField(null=True)

    class Meta:
        abstract = True

    @property
    def symbol(self) -> str:
        """Số, ký hiệu as the document shows them."""
        return symbols.join(self.number, self.notation)

    @property
    def kind_name(self) -> str:
        """Tên loại văn bản."""
        return kinds.by_code(self.kind).name


class Document(Described):
    """What was issued. One row however many offices receive it through our own delivery."""

    item_kind = "document"

    issuer = models.ForeignKey("organisations.Office", models.PROTECT, null=True, related_name="+")
    entered_by_office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    language = models.CharField(max_length=30, default="Tiếng Việt")
    restricted = models.BooleanField(default=False)  # lưu hành nội bộ, hồ sơ chưa công khai; never secret
    reply_due_on = models.DateField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)


class Series(models.Model):
    """Who numbers what, per year: the next number of one book (dãy số của sổ đăng ký)."""

    item_kind = "series"

    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    direction = models.CharField(max_length=3, choices=[("in", "Đến"), ("out", "Đi")])
    scope = models.CharField(max_length=12)  # "all", the code of a kind, "SAO" (copies), "r12": a SeriesRule
    period = models.CharField(max_length=12)  # "2026"; "2026P" procedural year; "2025-2030" Party term
    first = models.IntegerField(default=1, db_default=1)  # more than 1 where a paper book was gone on with
    last = models.IntegerField(default=0)
    closed_on = models.DateField(null=True)  # a closed book gives no number

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "direction", "scope", "period"], name="one_series_per_book_and_year"
            )
        ]


class IncomingEntry(Described, Freezable):
    """The registration of a document at one office (văn bản đến), from waiting for receipt on."""

    item_kind = "in"

    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    series = models.ForeignKey(Series, models.PROTECT, null=True, related_name="+")
    arrival_number = models.IntegerField(null=True)
    arrived_on = models.DateField(null=True)
    arrived_at = models.DateTimeField()  # when it reached the office
    registered_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=IncomingState)
    medium = models.CharField(max_length=12, choices=Medium, default=Medium.ELECTRONIC)
    channel = models.CharField(max_length=12, choices=Channel)
    due_on = models.DateField(null=True)
    remark = models.CharField(max_length=500, blank=True)  # ghi chú
    restricted = models.BooleanField(default=False)
    duplicate_key = models.CharField(max_length=200, blank=True)
    duplicate_reason = models.CharField(max_length=300, blank=True)
    signature_verdict = models.CharField(max_length=12, blank=True)  # valid, invalid, unknown, unsigned
    signature_report = models.JSONField(default=dict)
    returned_reason = models.CharField(max_length=500, blank=True)
    # to whom a misdirected one was passed on; it is returned, but not to its sender
    passed_to = models.CharField(max_length=200, blank=True, default="", db_default="")
    sealed = models.BooleanField(default=False, db_default=False)  # không bóc bì: only the envelope is known
    receivers = models.CharField(max_length=1000, blank=True)  # đơn vị hoặc người nhận, for the book
    handed_on_at = models.DateTimeField(null=True)  # ngày chuyển
    closed_at = models.DateTimeField(null=True)
    closing_note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["series", "arrival_number"], name="arrival_number_once_per_series"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[IncomingState.WAITING, IncomingState.RETURNED],
                    series__isnull=True,
                    arrival_number__isnull=True,
                    registered_at__isnull=True,
                )
                | Q(
                    state__in=IN_THE_BOOK,
                    series__isnull=False,
                    arrival_number__gt=0,
                    arrived_on__isnull=False,
                    registered_at__isnull=False,
                )
                | Q(state=IncomingState.RECALLED),  # with its number if it was in the book
                name="number_if_and_only_if_registered",
            ),
            models.CheckConstraint(
                condition=~Q(state=IncomingState.RETURNED) | ~Q(returned_reason=""),
                name="returned_has_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "duplicate_key"],
                condition=~Q(duplicate_key=""),
                name="incoming_duplicates",
            ),
            models.Index(F("office"), F("arrived_on"), F("arrival_number"), name="incoming_book"),
            models.Index(fields=["office", "issuer_name"], name="incoming_by_issuer"),
            models.Index(fields=["document"], name="incoming_of_document"),
        ]


class OutgoingEntry(Freezable):
    """The registration of a document that the office issues (văn bản đi)."""

    item_kind = "out"

    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    document = models.OneToOneField(Document, models.PROTECT, related_name="+")
    series = models.ForeignKey(Series, models.PROTECT, related_name="+")
    number = models.IntegerField()
    letter = models.CharField(max_length=1, blank=True, default="", db_default="")  # số phụ: the a of 12a
    state = models.CharField(max_length=12, choices=OutgoingState)
    medium = models.CharField(max_length=12, choices=Medium, default=Medium.ELECTRONIC)
    restricted = models.BooleanField(default=False)
    recipients = models.TextField(blank=True)  # nơi nhận, as the book prints it: may be hundreds
    copy_kept_by = models.CharField(max_length=160, blank=True)  # đơn vị, người nhận bản lưu
    copies = models.SmallIntegerField(default=1)
    remark = models.CharField(max_length=500, blank=True)
    numbered_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)
    voided_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "number", "letter"], name="number_once_per_series"),
            models.CheckConstraint(condition=Q(number__gt=0), name="numbers_begin_with_one"),
            models.CheckConstraint(
                condition=~Q(state="voided") | ~Q(voided_reason=""), name="voided_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="issued") | Q(issued_at__isnull=False), name="issued_has_its_moment"
            ),
        ]
        indexes = [models.Index(F("office"), F("numbered_at"), name="outgoing_book")]


class Relation(models.Model):
    """`source` answers, replaces, amends, corrects … `target` (Decree 30/2020, article 18)."""

    KINDS = [
        ("replies_to", "trả lời"),
        ("replaces", "thay thế"),
        ("amends", "sửa đổi"),
        ("corrects", "đính chính"),
        ("copies", "sao từ"),
        ("related", "liên quan"),
    ]
    source = models.ForeignKey(Document, models.CASCADE, related_name="+")
    target = models.ForeignKey(Document, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=KINDS)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="one_relation_per_kind")
        ]


class Recall(models.Model):
    """Why an issued document was recalled, on what legal basis, on whose order (Phụ lục VI, III.8.c)."""

    item_kind = "recall"

    outgoing = models.OneToOneField(OutgoingEntry, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    basis = models.CharField(max_length=500)
    ordered_by = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")
    ordered_by_name = models.CharField(max_length=80)
    ordered_by_title = models.CharField(max_length=100)
    recorded_by = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")
    recalled_at = models.DateTimeField()


class RecallNote(models.Model):
    """That a receiver took note of a recall, and what became of its paper copy."""

    entry = models.OneToOneField(IncomingEntry, models.PROTECT, related_name="+")
    paper = models.CharField(max_length=12, choices=PaperCopy)
    noted_by = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")
    noted_by_name = models.CharField(max_length=80)
    noted_at = models.DateTimeField()


class EntryDraft(models.Model):
    """A half-filled registration form, kept on the server while the clerk types."""

    account_id = models.BigIntegerField()
    office = models.ForeignKey("organisations.Office", models.CASCADE, related_name="+")
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["account_id", "saved_at"], name="entry_drafts_of_account")]
