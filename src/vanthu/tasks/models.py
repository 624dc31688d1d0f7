"""Instructions (bút phê, ý kiến chỉ đạo) and the tasks that come of them; tasks form a tree."""

from django.db import models
from django.db.models import Q

from vanthu.tasks.states import TaskRole, TaskState


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
                condition=Q(role="lead", parent__isnull=False) & ~Q(state="cancelled"),
                name="one_lead_under_a_task",
            ),
        ]
        indexes = [
            models.Index(fields=["source_kind", "source_id"], name="tasks_of_item"),
            # who has how much in hand: open tasks are few beside all that were ever done
            models.Index(fields=["unit"], condition=Q(state="open"), name="open_tasks_of_unit"),
            models.Index(fields=["person"], condition=Q(state="open"), name="open_tasks_of_person"),
        ]
