"""What an office rules about its series, numbers it holds, and its closed and proven books.

Decree 30/2020/NĐ-CP, articles 15, 16 and 22; QĐ 393/QĐ-VKSTC, article 9; HD 36-HD/VPTW.
"""

from django.db import models
from django.db.models import Q

from vanthu.documents import symbols
from vanthu.documents.states import HeldState


class SeriesRule(models.Model):
    """A series that an office defined for a kind or a group of kinds; without one the sector's defaults number."""

    item_kind = "series_rule"

    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    direction = models.CharField(max_length=3, choices=[("in", "Đến"), ("out", "Đi")])
    name = models.CharField(max_length=120)
    kinds = models.JSONField(default=list)  # codes in documents.kinds
    year_type = models.CharField(max_length=12)  # periods.YearType
    from_on = models.DateField()  # first and last day of a period: no kind changes its series within one
    to_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["office", "direction"], name="series_rules_of_office")]

    @property
    def scope(self) -> str:
        """What the series of this rule are kept under."""
        return f"r{self.pk}"


class SymbolRule(models.Model):
    """How an office writes the symbol of a kind, or of a family ("@party"): a pattern of {kind}, {office}, {unit}."""

    item_kind = "symbol_rule"

    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    pattern = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "kind"], name="one_symbol_rule_per_kind"),
        ]


class NumberRules(models.Model):
    """What an office allows with numbers: supplementary letters, how long one is held; when its Party terms began."""

    item_kind = "number_rules"

    office = models.OneToOneField("organisations.Office", models.PROTECT, primary_key=True, related_name="+")
    letters_allowed = models.BooleanField(default=False)
    hold_days = models.SmallIntegerField(default=7)
    congresses = models.JSONField(default=list)  # days, ISO


class HeldNumber(models.Model):
    """A number kept for a document that is not there yet (giữ số); its line of the book until one uses it."""

    item_kind = "held_number"

    series = models.ForeignKey("documents.Series", models.PROTECT, related_name="+")
    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    number = models.IntegerField()
    kind = models.CharField(max_length=12)
    notation = models.CharField(max_length=60)
    purpose = models.CharField(max_length=500)
    held_for = models.CharField(max_length=160, blank=True)  # the unit or person who asked
    holder_id = models.BigIntegerField()  # person
    holder_name = models.CharField(max_length=80)
    held_at = models.DateTimeField()
    expires_on = models.DateField()  # the last day on which it is kept
    state = models.CharField(max_length=12, choices=HeldState, default=HeldState.HELD)
    outgoing = models.OneToOneField("documents.OutgoingEntry", models.PROTECT, null=True, related_name="+")
    voided_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="held_once_per_series"),
            models.CheckConstraint(
                condition=~Q(state="voided") | ~Q(voided_reason=""), name="voided_hold_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="used", outgoing__isnull=False)
                | (~Q(state="used") & Q(outgoing__isnull=True)),
                name="used_hold_has_its_document",
            ),
        ]
        indexes = [models.Index(fields=["office", "state"], name="held_numbers")]

    @property
    def symbol(self) -> str:
        """Số, ký hiệu that a document will get with it."""
        return symbols.written(self.number, self.notation)


class BookClosing(models.Model):
    """The certificate of a closed book: what it held on that day (Phụ lục IV; "đóng sổ", article 22)."""

    item_kind = "book_closing"

    series = models.OneToOneField("documents.Series", models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()
    closed_by = models.CharField(max_length=160)  # name and title
    reason = models.CharField(max_length=300, blank=True)
    first = models.IntegerField()
    last = models.IntegerField()
    documents = models.IntegerField()
    voided = models.IntegerField()
    supplementary = models.IntegerField()


class BookProof(models.Model):
    """One nightly proof that every book is continuous; `problems` is empty when it was."""

    at = models.DateTimeField()
    books = models.IntegerField()
    problems = models.JSONField(default=list)  # proof.Problem as dicts
