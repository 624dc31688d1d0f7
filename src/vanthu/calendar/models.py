"""Appointments with who takes part, the weeks of an office and their published versions, rooms and cars, feeds."""

from django.db import models
from django.db.models import F, Q

from vanthu.calendar.states import AppointmentState, WeekState


class Resource(models.Model):
    """A meeting room or a car of the office; `place` stands in the schedule where no other place is named."""

    item_kind = "resource"

    class Kind(models.TextChoices):
        ROOM = "room", "Phòng họp"
        CAR = "car", "Xe"

    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4, choices=Kind)
    name = models.CharField(max_length=80)
    seats = models.SmallIntegerField(null=True)
    note = models.CharField(max_length=200, blank=True)  # tầng, thiết bị; biển số, lái xe
    in_use = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "kind", "name"], name="resource_once_per_office")
        ]

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """One line of a schedule (mục lịch): what, when, where, who chairs and who takes part.

    `in_week`: stands in the week's schedule of the office (lịch tuần); otherwise it is of those who take part alone.
    `restricted`: others learn only that these people are busy. No two planned ones hold a room or a car at the same
    time: constraints `room_once_at_a_time` and `car_once_at_a_time` of the first migration.
    """

    item_kind = "appt"

    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    creator = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")
    subject = models.CharField(max_length=600)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    room = models.ForeignKey(Resource, models.PROTECT, null=True, related_name="+")
    car = models.ForeignKey(Resource, models.PROTECT, null=True, related_name="+")
    chair = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+")
    guests = models.CharField(max_length=500, blank=True)  # thành phần khác, in words
    preparation = models.CharField(max_length=500, blank=True)  # đơn vị chuẩn bị, tài liệu
    in_week = models.BooleanField(default=False)
    restricted = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=AppointmentState, default=AppointmentState.PLANNED)
    source = models.ForeignKey("documents.IncomingEntry", models.PROTECT, null=True, related_name="+")
    cancelled_reason = models.CharField(max_length=300, blank=True)
    sequence = models.IntegerField(default=0)  # RFC 5545: raised with every change
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="appointment_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(state=AppointmentState.PLANNED, in_week=True),
                name="invitation_once_in_a_week",
            ),
        ]
        indexes = [models.Index(fields=["office", "starts_at"], name="appointments_of_office")]

    def __str__(self) -> str:
        return self.subject


class Attendee(models.Model):
    """A person or a unit that takes part in an appointment (thành phần)."""

    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="attendees")
    person = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(unit__isnull=True), name="attendee_is_a_person_or_a_unit"
            ),
            models.UniqueConstraint(fields=["appointment", "person"], name="person_attends_once"),
            models.UniqueConstraint(fields=["appointment", "unit"], name="unit_attends_once"),
        ]


class Week(models.Model):
    """The schedule of one week of an office (lịch công tác tuần), from its Monday on."""

    item_kind = "week"

    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    monday_on = models.DateField()
    state = models.CharField(max_length=12, choices=WeekState, default=WeekState.DRAFTING)
    approved_by = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+")
    approved_title = models.CharField(max_length=100, blank=True)
    approved_at = models.DateTimeField(null=True)
    change_reason = models.CharField(max_length=300, blank=True)  # why the version being drawn up differs
    returned_reason = models.CharField(max_length=300, blank=True)  # why a leader gave it back
    versions = models.SmallIntegerField(default=0)  # how many were published

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "monday_on"], name="one_week_per_office")]


class WeekVersion(models.Model):
    """A week as it was published, never changed: its lines as JSON (`lines.Line`), marked against the one before."""

    item_kind = "week_version"

    week = models.ForeignKey(Week, models.PROTECT, related_name="+")
    ordinal = models.SmallIntegerField()  # 1; 2 is "điều chỉnh lần 1"
    lines = models.JSONField()
    reason = models.CharField(max_length=300, blank=True)
    approved_name = models.CharField(max_length=80)
    approved_title = models.CharField(max_length=100)
    approved_at = models.DateTimeField()
    published_at = models.DateTimeField()
    published_name = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["week", "ordinal"], name="version_once_per_week")]


class Feed(models.Model):
    """The secret address under which a calendar program reads a person's appointments in one office."""

    item_kind = "feed"

    account = models.ForeignKey("organisations.Account", models.PROTECT, related_name="+")
    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)  # SHA-256, hexadecimal
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "office"], condition=Q(revoked_at=None), name="one_open_feed_per_seat"
            )
        ]
