"""Plans of dossiers of the year (danh mục hồ sơ), to read."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from ninja import Query, Router, Schema
from pydantic import Field

from vanthu.dossiers import plan_queries as queries
from vanthu.dossiers import retention
from vanthu.kernel.calendar import today
from vanthu.web.api.access import ProgramRequest
from vanthu.web.api.schemas import Coded, Id, Named

if TYPE_CHECKING:
    from vanthu.dossiers.models import Plan
    from vanthu.dossiers.plan_queries import PlannedLine

router = Router(tags=["Hồ sơ"])


class YearQuery(Schema):
    """Which year."""

    year: int | None = Field(None, ge=1950, le=2200, description="Bỏ trống là năm nay.")


class PlanFacts(Schema):
    """Danh mục hồ sơ của một đơn vị, hoặc của cơ quan, trong một năm."""

    id: int
    url: str = Field(examples=["/work/plans/4"])
    year: int
    unit: Named | None = Field(description="null: danh mục của cơ quan không chia đơn vị.")
    state: Coded
    decision: str = Field(examples=["12/QĐ-VKS"], description="Quyết định ban hành.")
    decided_on: date | None


class PlanRow(PlanFacts):
    """Một danh mục và bao nhiêu hồ sơ trong đó."""

    dossiers: int
    opened: int


class PlanLine(Schema):
    """Một dòng: đề mục lớn (cấp 1), đề mục nhỏ (cấp 2) hoặc hồ sơ (cấp 0)."""

    level: int
    notation: str = Field(examples=["07.P1"])
    title: str
    retention: Coded
    keeper: Named | None
    remark: str
    dossier_id: int | None = Field(description="Hồ sơ đã mở từ dòng này, nếu có.")


class PlanOut(PlanFacts):
    """Danh mục với mọi dòng."""

    lines: list[PlanLine]


@router.get("/dossier-plans", response=list[PlanRow], summary="Danh mục hồ sơ của cơ quan")
def list_plans(request: ProgramRequest, asked: Query[YearQuery]) -> list[PlanRow]:
    """Danh mục của một năm, kèm bao nhiêu hồ sơ và đã mở bao nhiêu; cho người lập hồ sơ."""
    return [
        PlanRow(**_facts(one.plan), dossiers=one.dossiers, opened=one.opened)
        for one in queries.plans(request.actor, asked.year or today().year)
    ]


@router.get("/dossier-plans/{pk}", response=PlanOut, summary="Một danh mục hồ sơ")
def get_plan(request: ProgramRequest, pk: Id) -> PlanOut:
    """Mọi dòng theo thứ tự, kèm hồ sơ đã mở."""
    plan = queries.plan(pk, request.actor)
    return PlanOut(**_facts(plan), lines=[_line(one) for one in queries.lines(plan.pk)])


def _facts(plan: "Plan") -> dict[str, Any]:
    return {
        "id": plan.pk,
        "url": reverse("plan", args=[plan.pk]),
        "year": plan.year,
        "unit": Named(id=plan.unit.pk, name=plan.unit.name) if plan.unit else None,
        "state": Coded(code=plan.state, name=plan.get_state_display()),
        "decision": plan.decision,
        "decided_on": plan.decided_on,
    }


def _line(one: "PlannedLine") -> PlanLine:
    row = one.row
    return PlanLine(
        level=row.level,
        notation=row.notation,
        title=row.title,
        retention=Coded(code=retention.code(row.retention_years), name=row.retention_name),
        keeper=Named(id=row.keeper.pk, name=row.keeper.full_name) if row.keeper else None,
        remark=row.remark,
        dossier_id=one.dossier.pk if one.dossier else None,
    )
