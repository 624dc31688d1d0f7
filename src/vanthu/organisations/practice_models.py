"""Rooms of practice: small invented sectors that are open for one day, where nothing counts."""

from django.db import models
from django.db.models import Q


class PracticeDay(models.Model):
    """A day on which an office trains its people: so many rooms are made ahead for them."""

    item_kind = "practice_day"

    home = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    on = models.DateField()
    people = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["on", "home"], name="one_practice_day_per_office"),
            models.CheckConstraint(condition=Q(people__gt=0), name="practice_day_has_people"),
        ]


class PracticeRoom(models.Model):
    """An invented sector of one day. Its offices carry its id (`Office.room`); real offices carry none.

    It is nobody's yet (a spare one), one person's (`owner`), or the room of this `number` of an office's people.
    """

    item_kind = "practice_room"

    on = models.DateField()
    owner = models.ForeignKey("organisations.Account", models.PROTECT, null=True, related_name="+")
    home = models.ForeignKey("organisations.Office", models.PROTECT, null=True, related_name="+")
    number = models.SmallIntegerField(null=True)
    taken_at = models.DateTimeField(null=True)
    furnished_at = models.DateTimeField(
        null=True
    )  # when documents stood at every step, not only in the inbox

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["on", "owner"], condition=Q(owner__isnull=False), name="one_own_room_a_day"
            ),
            models.UniqueConstraint(
                fields=["on", "home", "number"],
                condition=Q(home__isnull=False),
                name="one_shared_room_per_number",
            ),
            models.CheckConstraint(
                condition=Q(owner=None, home=None, number=None, taken_at=None)
                | Q(owner__isnull=False, home=None, number=None, taken_at__isnull=False)
                | Q(owner=None, home__isnull=False, number__gt=0, taken_at__isnull=False),
                name="room_is_spare_own_or_shared",
            ),
        ]
        indexes = [
            models.Index(fields=["on"], condition=Q(taken_at=None), name="spare_practice_rooms"),
        ]
