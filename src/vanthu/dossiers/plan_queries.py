"""Plans of dossiers of the actor's office (danh mục hồ sơ). Whoever keeps dossiers reads them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Q

from vanthu.dossiers.models import Dossier, Plan, PlanRow
from vanthu.dossiers.states import PlanState
from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import Conflict, NotAllowed, NotFound

OFFICE_MARK = "VKS"  # in notations of dossiers that belong to no unit


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line of a plan, and the dossier that was opened from it, if any."""

    row: PlanRow
    dossier: Dossier | None


@dataclass(frozen=True, slots=True)
class PlanCount:
    """A plan, how many dossiers it names, and how many of them were opened."""

    plan: Plan
    dossiers: int
    opened: int


def plans(by: Actor, year: int) -> list[PlanCount]:
    """The plans of the office for a year, each with its dossiers counted. Three queries."""
    by.require("keep_dossier")
    found = Plan.objects.filter(office=by.office, year=year).select_related("unit")
    rows = PlanRow.objects.filter(office=by.office, year=year, level=0).values_list("plan")
    planned = dict(rows.annotate(n=Count("pk")).order_by())
    started = Dossier.objects.filter(office=by.office, year=year).exclude(plan_row=None)
    opened = dict(started.values_list("plan_row__plan").annotate(n=Count("pk")).order_by())
    return [
        PlanCount(one, planned.get(one.pk, 0), opened.get(one.pk, 0))
        for one in found.order_by("unit__position", "unit")
    ]


def years(by: Actor) -> list[int]:
    """The years that the office has plans for, newest first."""
    rows = Plan.objects.filter(office=by.office).values_list("year", flat=True)
    return sorted(set(rows), reverse=True)


def plan(pk: int, by: Actor, *, lock: bool = False) -> Plan:
    """One plan of the actor's office; raises `NotFound` elsewhere. `lock` holds it until commit."""
    by.require("keep_dossier")
    rows = Plan.objects.select_related("unit", "office", "office__parent").filter(pk=pk, office=by.office)
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise NotFound()
    return found


def lines(plan_id: int) -> list[PlannedLine]:
    """The lines of a plan in order, with their dossiers; the caller has checked the plan. Two queries."""
    rows = rows_of([plan_id])
    opened = {one.plan_row_id: one for one in Dossier.objects.filter(plan_row__in=[row.pk for row in rows])}
    return [PlannedLine(row, opened.get(row.pk)) for row in rows]


def rows_of(plan_ids: Sequence[int]) -> list[PlanRow]:
    """The rows of plans, plan after plan as they are named. One query."""
    found = PlanRow.objects.filter(plan__in=plan_ids).select_related("keeper").order_by("position", "pk")
    place = {pk: number for number, pk in enumerate(plan_ids)}
    return sorted(found, key=lambda row: place[row.plan_id])


def row(plan_id: int, pk: int) -> PlanRow:
    """One line of a plan; raises `NotFound`."""
    found = PlanRow.objects.select_related("keeper").filter(plan=plan_id, pk=pk).first()
    if found is None:
        raise NotFound("Dòng này không còn trong danh mục. Tải lại trang để xem.")
    return found


def approved(office_id: int, unit_id: int | None, year: int) -> bool:
    """Whether an approved plan says which dossiers this unit (or the office) opens in the year."""
    return Plan.objects.filter(office=office_id, unit=unit_id, year=year, state=PlanState.APPROVED).exists()


def next_ordinal(office_id: int, year: int, abbreviation: str) -> int:
    """The next free figure of notations that end in this abbreviation, plans of the year included.

    By abbreviation, not by unit: a unit made anew within the year goes on with the notations of the old one.
    """
    ending = f".{abbreviation}"
    kept = Dossier.objects.filter(office=office_id, year=year, notation__endswith=ending)
    planned = PlanRow.objects.filter(office=office_id, year=year, notation__endswith=ending)
    heads = [one.split(".", 1)[0] for one in planned.values_list("notation", flat=True)]
    last = kept.aggregate(last=Max("ordinal"))["last"] or 0
    return max([last, *(int(head) for head in heads if head.isdigit())]) + 1


def unopened(by: Actor, year: int, *, limit: int = 200) -> list[PlanRow]:
    """Lines of approved plans that the actor may open a dossier from, their own first. One query."""
    rows = PlanRow.objects.filter(
        Q(plan__unit=None) | Q(plan__unit__in=by.unit_ids) | Q(keeper=by.person_id),
        office=by.office,
        year=year,
        level=0,
        plan__state=PlanState.APPROVED,
    ).exclude(
        pk__in=Dossier.objects.filter(office=by.office, year=year).exclude(plan_row=None).values("plan_row")
    )
    found = list(rows.select_related("keeper", "plan__unit").order_by("plan", "position")[:limit])
    return sorted(found, key=lambda row: row.keeper_id != by.person_id)


def draws_up(plan: Plan, by: Actor) -> bool:
    """Whether the actor fills and proposes this plan: the unit's people; of the office's own plan, all its keepers."""
    if not by.may("keep_dossier") or plan.office_id != by.office_id:
        return False
    return plan.unit_id is None or plan.unit_id in by.unit_ids


def require_own(plan: Plan, by: Actor) -> None:
    """Raise `NotAllowed` for who does not draw this plan up."""
    if not draws_up(plan, by):
        raise NotAllowed("Danh mục của đơn vị nào do người của đơn vị đó lập. Đề nghị họ sửa.")


def require_opener(row: PlanRow, by: Actor) -> None:
    """Raise unless the plan is approved and the line is for the actor's unit, or names them."""
    if row.plan.state != PlanState.APPROVED:
        raise Conflict("Danh mục hồ sơ chưa được duyệt. Mở hồ sơ sau khi lãnh đạo duyệt danh mục.")
    if not draws_up(row.plan, by) and not by.acts_for(row.keeper_id):
        raise NotAllowed("Hồ sơ này do đơn vị khác lập. Chọn dòng thuộc danh mục của đơn vị mình.")
