"""The part of the gate table's sector that is work without documents: one task in every state."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.entries import person, unit
from vanthu.kernel.calendar import today
from vanthu.kernel.holidays import SEED, SpecialDay
from vanthu.kernel.participants import Owner
from vanthu.tasks import deadlines, following, matters, rhythms
from vanthu.tasks.matters import Order
from vanthu.tasks.models import Task
from vanthu.tasks.rhythms import Beat
from vanthu.tasks.states import Every

if TYPE_CHECKING:
    from tests.conventions.gates import Sector

SUBJECT = "Rà soát án tạm đình chỉ"
DUE = timedelta(days=20)


def make_tasks(sector: Sector) -> None:
    """Work of the head: in the specialist's hand, asked, reported, returned, late; of unit 1; periodic."""
    world, args = sector.world, sector.args
    doer, head = world.actor("specialist"), world.actor("head")
    names = ("work", "asked work", "reported work", "returned work", "late work")
    made = {name: _given(sector, person(world, "specialist")) for name in names}
    made["unit work"] = _given(sector, unit(world, "P1"))
    args.update({name: (task.pk,) for name, task in made.items()})
    deadlines.ask_extension(made["asked work"].pk, today() + DUE * 2, "Chờ số liệu khu vực", by=doer)
    following.hand_in(made["reported work"].pk, following.Result(text="Đã báo cáo"), by=doer)
    following.return_task(made["returned work"].pk, "Việc này thuộc Phòng 2", by=doer)
    Task.objects.filter(pk=made["late work"].pk).update(due_on=today() - DUE)
    beat = Beat(title="Báo cáo tháng", every=Every.MONTH, day=25, lead=person(world, "specialist"))
    args["rhythm"] = (rhythms.start(beat, by=head).pk,)
    if not SpecialDay.objects.exists():  # another test emptied all tables
        SpecialDay.objects.create(day_on=SEED[0][0], name=SEED[0][2])
    args["day"] = (SpecialDay.objects.order_by("day_on")[0].pk,)


def _given(sector: Sector, lead: Owner) -> Task:
    order = Order(title=SUBJECT, lead=lead, due_on=today() + DUE)
    matter = matters.give(order, by=sector.world.actor("head"))
    return Task.objects.get(source_kind="matter", source_id=matter.pk)


def task_forms(sector: Sector) -> dict[str, dict[str, object]]:
    """What the forms of these pages send."""
    day = f"{today() + DUE + timedelta(days=5):%d/%m/%Y}"
    lead = f"p{sector.world.person('specialist').pk}"
    reason = "Chờ số liệu của khu vực"
    return {
        "work": {"title": SUBJECT, "lead": lead, "urgency": "0", "origin": "own"},
        "progress": {"text": "Đã có số liệu", "percent": "50"},
        "extension": {"until_on": day, "reason": reason},
        "grant": {"until_on": day},
        "refusal": {"refuse-answer": reason},
        "return": {"return-reason": reason},
        "redo": {"back-reason": reason},
        "withdrawal": {"withdraw-reason": reason},
        "part": {"title": "Phần một", "owner": lead, "role": "lead"},
        "chasing": {"grade": "1"},
        "rhythm": {
            "title": "Báo cáo quý", "lead": lead, "every": "month", "day": "20", "month": "1",
            "shift": "before", "ahead": "5",
        },
        "day": {"day_on": "24/11/2027", "works": "", "name": "Ngày Văn hóa Việt Nam"},
    }  # fmt: skip
