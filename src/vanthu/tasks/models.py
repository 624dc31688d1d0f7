"""Instructions (bút phê, ý kiến chỉ đạo) and the tasks that come of them; tasks form a tree."""

from django.db import models
from django.db.models import Q

from vanthu.tasks.states import (
    LIVE,
    Every,
    ExtensionState,
    Grade,
    MatterState,
    Origin,
    Shift,
    TaskRole,
    TaskState,
)


class Instruction(models.Model):
    """What a leader (or head of unit) wrote on an entry: text, when, by whom, on whose behalf."""

    item_kind = "instruction"

    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    item_kind_of = models.CharField(max_length=8)  # the source: "in" or "dossier"
    item_id_of = models.BigIntegerField()
    author = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")
    author_title = models.CharField(max_length=100)
    behalf_of = models.CharField(max_length=80, blank=True)
    text = models.TextField(blank=True)
    written_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    # written by hand on this day, and entered by this person with the scan beside it
    paper_on = models.DateField(null=True)
    recorded_by = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(paper_on__isnull=True, recorded_by__isnull=True)
                | Q(paper_on__isnull=False, recorded_by__isnull=False),
                name="paper_has_who_recorded_it",
            )
        ]
        indexes = [models.Index(fields=["item_kind_of", "item_id_of"], name="instructions_of_item")]


class Task(models.Model):
    """Who must do what until when, from whom, in which role (Decree 30/2020, article 24)."""

    item_kind = "task"

    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    source_kind = models.CharField(max_length=8)
    source_id = models.BigIntegerField()
    instruction = models.ForeignKey(Instruction, models.PROTECT, null=True, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    given_by = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=8, choices=TaskRole)
    text = models.TextField(blank=True)
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=TaskState, default=TaskState.OPEN)
    given_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=1000, blank=True)
    title = models.CharField(max_length=300, blank=True, db_default="")  # of a part of a matter
    to_accept = models.BooleanField(default=False, db_default=False)  # its giver accepts the result
    reported_at = models.DateTimeField(null=True)
    result_out_id = models.BigIntegerField(null=True)  # the outgoing entry that is the result
    chased = models.SmallIntegerField(choices=Grade, default=0, db_default=0)  # the highest grade so far
    extended = models.SmallIntegerField(default=0, db_default=0)  # how often its deadline was extended

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | Q(person__isnull=False), name="task_has_an_assignee"
            ),
            models.UniqueConstraint(
                fields=["source_kind", "source_id"],
                condition=Q(role="lead", parent=None) & ~Q(state="cancelled"),
                name="one_open_lead_task",
            ),
            models.UniqueConstraint(
                fields=["parent"],
                condition=Q(role="lead", parent__isnull=False, source_kind="in") & ~Q(state="cancelled"),
                name="one_lead_under_a_task",
            ),
        ]
        indexes = [
            models.Index(fields=["source_kind", "source_id"], name="tasks_of_item"),
            # who has how much in hand: open tasks are few beside all that were ever done
            models.Index(fields=["unit"], condition=Q(state="open"), name="open_tasks_of_unit"),
            models.Index(fields=["person"], condition=Q(state="open"), name="open_tasks_of_person"),
            models.Index(fields=["given_by"], condition=Q(state__in=LIVE), name="live_tasks_given"),
            models.Index(
                fields=["office", "due_on", "id"], condition=Q(state__in=LIVE), name="live_tasks_of_office"
            ),
        ]


class Rhythm(models.Model):
    """Work that comes again each month, quarter or year (việc định kỳ); a nightly job makes a matter of it."""

    item_kind = "rhythm"

    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    every = models.CharField(max_length=8, choices=Every)
    month = models.SmallIntegerField(default=1)  # of the quarter (1-3) or year (1-12)
    day = models.SmallIntegerField()  # of the month; beyond its end the last day
    shift = models.CharField(max_length=8, choices=Shift, default=Shift.BEFORE)
    ahead = models.SmallIntegerField(default=7)  # working days before the deadline on which it is given
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+")
    given_by = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")
    given_title = models.CharField(max_length=100)
    from_on = models.DateField()
    stopped_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | Q(person__isnull=False), name="rhythm_has_an_assignee"
            )
        ]
        indexes = [models.Index(fields=["office"], name="rhythms_of_office")]


class Matter(models.Model):
    """A piece of work that no incoming document brought: free-standing, of a meeting's conclusion, periodic."""

    item_kind = "matter"

    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.OWN)
    origin_name = models.CharField(max_length=300, blank=True)  # the meeting
    origin_on = models.DateField(null=True)
    about_kind = models.CharField(max_length=8, blank=True)  # the document that it is about: "in" or "out"
    about_id = models.BigIntegerField(null=True)
    rhythm = models.ForeignKey(Rhythm, models.PROTECT, null=True, related_name="+")
    period = models.CharField(max_length=8, blank=True)  # of periodic work: 2026-11, 2026-Q4, 2026
    given_by = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)
    urgency = models.SmallIntegerField(default=0)
    restricted = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=MatterState, default=MatterState.OPEN)
    given_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rhythm", "period"], condition=Q(rhythm__isnull=False), name="periodic_work_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["about_kind", "about_id"],
                condition=Q(about_id__isnull=False),
                name="matters_about_document",
            )
        ]


class Extension(models.Model):
    """Somebody asked for more time; only who set the deadline answers."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    from_on = models.DateField()
    until_on = models.DateField()
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=8, choices=ExtensionState, default=ExtensionState.ASKED)
    answered_by = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    granted_on = models.DateField(null=True)  # the new deadline, which may be an earlier one than was asked
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(state="asked"), name="one_open_request_per_task"
            ),
            models.CheckConstraint(condition=Q(until_on__gt=models.F("from_on")), name="extended_forward"),
        ]
        indexes = [models.Index(fields=["task"], name="extensions_of_task")]


class Progress(models.Model):
    """How a task stands, said by who does it; `percent` where they gave one."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    author = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")
    text = models.CharField(max_length=1000)
    percent = models.SmallIntegerField(null=True)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__gte=0, percent__lte=100), name="percent_is_one"
            )
        ]
        indexes = [models.Index(fields=["task", "written_at"], name="progress_of_task")]


class Chase(models.Model):
    """One act of chasing (đôn đốc): grade, words, by whom."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+")
    grade = models.SmallIntegerField(choices=Grade)
    by = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")
    text = models.CharField(max_length=1000, blank=True)
    letter = models.CharField(max_length=80, blank=True)  # number and symbol of the written one
    chased_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["task"], name="chases_of_task"),
            models.Index(fields=["office", "chased_at"], name="chases_of_office"),
        ]


class Notice(models.Model):
    """A sentence that tells a person of something to do; their row of `kernel.Participant` says whether it was seen.

    It is about a task, or about something else that its kind names (`about_id`: a certificate).
    """

    item_kind = "notice"

    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    person = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="+")
    about_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=12)
    text = models.CharField(max_length=400)
    told_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["task"], name="notices_of_task"),
            models.Index(fields=["about_id"], condition=Q(about_id__isnull=False), name="notices_about"),
        ]


class Digest(models.Model):
    """The e-mail of a day was sent to an account: so a job that runs twice sends it once."""

    account_id = models.BigIntegerField()
    sent_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account_id", "sent_on"], name="one_digest_per_account_and_day")
        ]
