"""Draw up, propose and approve plans of dossiers (danh mục hồ sơ). Decree 30/2020/NĐ-CP, article 28, Phụ lục V."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from vanthu.dossiers import plan_queries, schedule
from vanthu.dossiers.models import Dossier, Plan, PlanRow
from vanthu.dossiers.states import PLANS, PlanState
from vanthu.kernel import ledger, moves
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed
from vanthu.organisations import queries as organisations

NOTATION = re.compile(r"\d{2,4}\.[^\s./]{1,14}")  # 01.TCCB
MOST_ROWS = 2000
SHORTEST_TITLE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFields:
    """A line as somebody fills it; level 1 and 2 are headings, which have a title only."""

    level: int = 0
    notation: str = ""
    title: str
    retention_years: int | None = None
    period_id: int | None = None
    keeper_id: int | None = None
    remark: str = ""


@transaction.atomic
def start_plan(year: int, unit_id: int | None, *, by: Actor) -> Plan:
    """Begin the plan of a unit (or, without one, of the office) for a year; the one that exists is returned."""
    by.require("keep_dossier")
    if not today().year - 1 <= year <= today().year + 1:
        raise Invalid(fields={"year": "Lập danh mục cho năm nay, năm trước hoặc năm tới."})
    unit = organisations.unit(unit_id, office_id=by.office) if unit_id else None
    if unit is not None and unit.pk not in by.unit_ids:
        raise NotAllowed(f"Danh mục của {unit.name} do người của đơn vị đó lập. Chọn đơn vị của mình.")
    organisations.hold_office(by.office)
    found = Plan.objects.filter(office=by.office, unit=unit_id, year=year).first()
    if found is not None:
        return found
    plan = Plan.objects.create(office_id=by.office, unit_id=unit_id, year=year)
    whose = unit.short_name if unit else "cơ quan"
    ledger.record("dossiers.plan_started", plan, by=by, note=f"lập danh mục hồ sơ năm {year} của {whose}")
    return plan


@transaction.atomic
def copy_last_year(plan_id: int, *, by: Actor) -> Plan:
    """Fill an empty plan with the lines of the year before; the year in titles goes on with them."""
    plan = _drawn_up(plan_id, by)
    if PlanRow.objects.filter(plan=plan).exists():
        raise Conflict(
            "Danh mục đã có dòng. Chép từ năm trước khi danh mục còn trống, hoặc nhập từ tệp Excel."
        )
    last = Plan.objects.filter(office=plan.office_id, unit=plan.unit_id, year=plan.year - 1).first()
    rows = plan_queries.rows_of([last.pk]) if last else []
    if not rows:
        raise Conflict(
            f"Năm {plan.year - 1} không có danh mục để chép. Nhập từ tệp Excel, hoặc thêm từng dòng."
        )
    taken = _taken(plan)
    if clash := sorted(taken.keys() & {row.notation for row in rows if row.notation}):
        raise Conflict(f"Số, ký hiệu {clash[0]} đã dùng trong năm {plan.year}. Đổi số trước khi chép.")
    old, new = str(plan.year - 1), str(plan.year)
    for row in rows:
        row.pk, row.plan, row.year = None, plan, plan.year
        row.title, row.remark = row.title.replace(old, new), row.remark.replace(old, new)
    PlanRow.objects.bulk_create(rows)
    ledger.record("dossiers.plan_changed", plan, by=by, note=f"chép {len(rows)} dòng từ danh mục năm {old}")
    return plan


@transaction.atomic
def put_row(plan_id: int, fields: PlannedFields, *, row_id: int | None = None, by: Actor) -> PlanRow:
    """Add a line at the end of a plan that is being drawn up, or change one; an empty notation gets the next figure."""
    plan = _drawn_up(plan_id, by)
    row = (
        plan_queries.row(plan_id, row_id)
        if row_id
        else PlanRow(plan=plan, office=plan.office, year=plan.year)
    )
    _fill(row, fields, plan, by)
    if row.pk is None:
        last = PlanRow.objects.filter(plan=plan).aggregate(last=Max("position"))["last"] or 0
        row.position = last + 1
    row.save()
    shown = row.notation or row.title
    ledger.record("dossiers.plan_changed", plan, by=by, changes={"row": (None, shown)},
                  note=f"{'sửa' if row_id else 'thêm'} “{shown}” trong danh mục")  # fmt: skip
    return row


@transaction.atomic
def remove_row(plan_id: int, row_id: int, *, by: Actor) -> None:
    """Take a line out of a plan that is being drawn up; not one whose dossier is open."""
    plan = _drawn_up(plan_id, by)
    row = plan_queries.row(plan_id, row_id)
    if Dossier.objects.filter(plan_row=row).exists():
        raise Conflict(f"Hồ sơ {row.notation} đã mở từ dòng này nên không bỏ được.")
    shown = row.notation or row.title
    row.delete()
    ledger.record("dossiers.plan_changed", plan, by=by, note=f"bỏ “{shown}” khỏi danh mục")


@transaction.atomic
def import_rows(plan_id: int, rows: Sequence[PlannedFields], *, by: Actor) -> tuple[int, int]:
    """Take lines from a table that was checked; (added, changed). A notation that is there already is changed.

    The order becomes that of the table; lines that it does not name stay, after them.
    """
    plan = _drawn_up(plan_id, by)
    there = {(row.level, row.notation or row.title): row for row in plan_queries.rows_of([plan_id])}
    added = changed = 0
    placed: list[PlanRow] = []
    for fields in rows:
        known = there.pop((fields.level, fields.notation or fields.title), None)
        row = known or PlanRow(plan=plan, office=plan.office, year=plan.year)
        _fill(row, fields, plan, by)
        row.position = len(placed) + 1
        row.save()
        placed.append(row)
        added, changed = added + (known is None), changed + (known is not None)
    for row in there.values():
        row.position = len(placed) + 1
        placed.append(row)
    PlanRow.objects.bulk_update(there.values(), ["position"])
    if len(placed) > MOST_ROWS:
        raise Invalid(f"Danh mục có nhiều nhất {MOST_ROWS} dòng. Chia theo đơn vị rồi nhập lại.")
    note = f"nhập danh mục từ tệp: thêm {added} dòng, sửa {changed} dòng"
    ledger.record("dossiers.plan_changed", plan, by=by, note=note)
    return added, changed


def _drawn_up(plan_id: int, by: Actor) -> Plan:
    """A plan that the actor is drawing up, locked until commit."""
    plan = plan_queries.plan(plan_id, by, lock=True)
    plan_queries.require_own(plan, by)
    if plan.state != PlanState.DRAFTING:
        raise Conflict("Danh mục đã trình hoặc đã duyệt. Bấm “Sửa đổi, bổ sung”, hoặc chờ lãnh đạo trả lại.")
    return plan


def _fill(row: PlanRow, fields: PlannedFields, plan: Plan, by: Actor) -> None:
    if len(fields.title.strip()) < (3 if fields.level else SHORTEST_TITLE):
        raise Invalid(fields={"title": "Nhập tiêu đề hồ sơ, ít nhất 10 ký tự (đề mục: ít nhất 3)."})
    row.level, row.title, row.remark = fields.level, fields.title.strip(), fields.remark.strip()
    if fields.level:
        return
    kept = row.period_id if row.pk and row.period and row.period.dropped_on is None else None
    period_id = fields.period_id or kept
    years, row.period = schedule.settle(fields.retention_years, period_id, plan.office_id)
    if years is None:
        raise Invalid(fields={"retention": "Chọn thời hạn bảo quản: vĩnh viễn, hoặc từ 2 đến 70 năm."})
    if fields.keeper_id:
        organisations.post_of_person(fields.keeper_id, office_id=plan.office_id)
    notation = fields.notation.strip() or row.notation or _next_notation(plan)
    _check_notation(notation, row, plan)
    row.notation, row.retention_years, row.keeper_id = notation, years, fields.keeper_id


def _check_notation(notation: str, row: PlanRow, plan: Plan) -> None:
    if NOTATION.fullmatch(notation) is None:
        raise Invalid(
            fields={"notation": "Số, ký hiệu hồ sơ gồm số thứ tự, dấu chấm, chữ viết tắt, ví dụ 01.TCCB."}
        )
    if notation == row.notation:
        return
    if row.pk and Dossier.objects.filter(plan_row=row).exists():
        raise Invalid(fields={"notation": f"Hồ sơ {row.notation} đã mở nên không đổi số, ký hiệu được."})
    holder = _taken(plan, notation).get(notation)
    if holder:
        raise Invalid(fields={"notation": f"Số, ký hiệu {notation} đã dùng cho “{holder}”. Chọn số khác."})


def _taken(plan: Plan, notation: str = "") -> dict[str, str]:
    """{notation: title} of what the office has used in the year of the plan (of one notation, if given)."""
    which = {"notation": notation} if notation else {}
    here = {"office": plan.office_id, "year": plan.year, **which}
    rows = PlanRow.objects.filter(**here).exclude(notation="").values_list("notation", "title")
    kept = Dossier.objects.filter(plan_row=None, **here).values_list("notation", "title")
    return dict([*kept, *rows])


def _next_notation(plan: Plan) -> str:
    mark = plan.unit.abbreviation if plan.unit else plan_queries.OFFICE_MARK
    return f"{plan_queries.next_ordinal(plan.office_id, plan.year, mark):02d}.{mark}"


@transaction.atomic
def propose(plan_id: int, *, by: Actor) -> Plan:
    """Put the plan before the leaders of the office; a unit's is proposed by its head."""
    plan = plan_queries.plan(plan_id, by, lock=True)
    plan_queries.require_own(plan, by)
    if plan.unit_id is not None and plan.unit_id not in by.led_unit_ids:
        raise NotAllowed("Lãnh đạo đơn vị trình danh mục của đơn vị. Đề nghị họ xem và trình.")
    if not PlanRow.objects.filter(plan=plan, level=0).exists():
        raise Invalid(
            "Danh mục chưa có hồ sơ nào. Thêm dòng, nhập từ tệp Excel hoặc chép năm trước rồi trình."
        )
    moves.make(PLANS, "propose", plan, by=by, also={"returned_reason": ""})
    ledger.record("dossiers.plan_proposed", plan, by=by, note=f"trình danh mục hồ sơ năm {plan.year}")
    return plan


@transaction.atomic
def approve(plan_id: int, decision: str, decided_on: date, *, by: Actor) -> Plan:
    """Approve a proposed plan, with number and date of the decision that issues it (article 28.2)."""
    plan = plan_queries.plan(plan_id, by, lock=True)
    moves.make(PLANS, "approve", plan, by=by, also={"decision": decision.strip(), "decided_on": decided_on})
    issued = f" kèm theo {decision.strip()}" if decision.strip() else ""
    ledger.record(
        "dossiers.plan_approved",
        plan,
        by=by,
        changes={"decision": ("", decision.strip()), "decided_on": (None, decided_on)},
        note=f"duyệt danh mục hồ sơ năm {plan.year}{issued}",
        power="approve",
    )
    return plan


@transaction.atomic
def send_back(plan_id: int, reason: str, *, by: Actor) -> Plan:
    """Send a proposed plan back with what is to be changed."""
    if len(reason.strip()) < 10:
        raise Invalid(fields={"reason": "Ghi rõ phải sửa gì (ít nhất 10 ký tự) rồi trả lại."})
    plan = plan_queries.plan(plan_id, by, lock=True)
    moves.make(PLANS, "send_back", plan, by=by, also={"returned_reason": reason.strip()[:500]})
    ledger.record(
        "dossiers.plan_sent_back", plan, by=by, note=f"trả lại danh mục: {reason.strip()}", power="approve"
    )
    return plan


@transaction.atomic
def revise(plan_id: int, *, by: Actor) -> Plan:
    """Open an approved plan for changes, to be approved again. Dossiers opened from it stay as they are."""
    plan = plan_queries.plan(plan_id, by, lock=True)
    plan_queries.require_own(plan, by)
    moves.make(PLANS, "revise", plan, by=by)
    ledger.record(
        "dossiers.plan_revised", plan, by=by, note=f"sửa đổi, bổ sung danh mục hồ sơ năm {plan.year}"
    )
    return plan
