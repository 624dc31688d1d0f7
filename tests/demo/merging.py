"""Two regional procuracies of the demonstration sector become one, as the reform joined districts."""

from dataclasses import dataclass

from django.db import connection

from vanthu.documents import outgoing
from vanthu.documents.models import OutgoingEntry
from vanthu.issuing import saga
from vanthu.issuing.models import Draft
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.jobs import run_jobs
from vanthu.organisations import change_queries, changing, queries, taking_effect
from vanthu.organisations.change_models import Change
from vanthu.organisations.changing import Heir, Wish
from vanthu.organisations.models import Account, Level, Office
from vanthu.organisations.powers import Role

NAME = "Viện kiểm sát nhân dân khu vực 67 - Bắc Ninh"


@dataclass(frozen=True)
class Merger:
    """What was merged, into what, and the counts that the page showed beforehand."""

    old: list[Office]
    new: Office
    change: Change
    counts: dict[str, int]


def merge(numbers: tuple[int, int], *, by: Actor) -> Merger:
    """Plan it for today, settle what stands in its way, make it and carry all the work over."""
    names = [f"VKSND khu vực {number} - Bắc Ninh" for number in numbers]
    old = list(Office.objects.filter(short_name__in=names, parent=by.office_id, room=None).order_by("pk"))
    heir = Heir(
        name=NAME, short_name="VKSND khu vực 67 - Bắc Ninh", code="VKSKV67", level=Level.REGION,
        parent_id=by.office_id,
    )  # fmt: skip
    wish = Wish("merge", False, today(), "01/NQ-UBTVQH16", today(), [one.pk for one in old], [heir])
    change = changing.plan(wish, by=by)
    for one in old:
        _settle(one)
    preview = change_queries.preview(change)
    assert preview.obstacles == []
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")  # files that the loading left to be made
    taking_effect.take_effect(change.pk, by=by)
    run_jobs(ahead=60)
    change.refresh_from_db()
    return Merger(old, Office.objects.get(name=NAME), change, dict(preview.counts))


def _settle(office: Office) -> None:
    """As the clerk would before the day: what is signed goes back to be signed anew, half-way numbers are voided."""
    post = queries.posts_with_role(office.pk, Role.CLERK)[0]
    clerk = queries.actor_for(Account.objects.get(person=post.person_id), office.pk)
    for pk in Draft.objects.filter(office=office, state="signed").values_list("pk", flat=True):
        saga.send_back(pk, "Trả lại để ký ở cơ quan mới", by=clerk)
    for entry in OutgoingEntry.objects.filter(office=office, state="numbered"):
        outgoing.void(entry, "Chưa phát hành trước ngày sáp nhập", by=clerk)
