"""Days on which many practise at once: an office says how many of its people, and as many rooms are made ahead."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Sum

from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Invalid
from vanthu.organisations.practice_models import PracticeDay

MOST = 400  # people of one office in a day
_AHEAD = timedelta(days=60)


@transaction.atomic
def announce(on: date, people: int, *, by: Actor) -> None:
    """The office trains so many of its people on this day; 0 takes it back, another number replaces the first.

    Raises `NotAllowed`, and `Invalid` for a day that is over or far ahead, or too many people.
    """
    by.require("administer")
    by.refuse_practice("Anh/chị đang thực hành. Thôi thực hành rồi báo buổi tập huấn của cơ quan thật.")
    if not today() <= on <= today() + _AHEAD:
        raise Invalid(fields={"on": "Chọn một ngày từ hôm nay đến 60 ngày tới."})
    if not 0 <= people <= MOST:
        raise Invalid(fields={"people": f"Nhập số người từ 1 đến {MOST}; 0 là hủy buổi tập huấn."})
    held = PracticeDay.objects.filter(on=on, home=by.office).first()
    before = held.people if held else 0
    if people == before:
        return
    kept = held or PracticeDay(on=on, home_id=by.office, people=people)
    kept.people = people or before
    kept.save()
    said = f"{people} người" if people else "hủy"
    ledger.record(
        "organisations.practice_announced",
        kept,
        by=by,
        office_id=by.office,
        changes={"people": (before, people)},
        note=f"báo buổi tập huấn ngày {on:%d/%m/%Y}: {said}",
    )
    if not people:
        kept.delete()


def announced(on: date) -> int:
    """How many people all offices together train on a day."""
    return PracticeDay.objects.filter(on=on).aggregate(all=Sum("people"))["all"] or 0


def coming(by: Actor) -> list[PracticeDay]:
    """The announced days of the actor's office from today on, the next first."""
    return list(PracticeDay.objects.filter(home=by.office, on__gte=today()).order_by("on")[:60])
