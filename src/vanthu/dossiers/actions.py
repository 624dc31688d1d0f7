"""Open, fill, close and hand over work dossiers. Decree 30/2020/NĐ-CP, articles 28-31."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from vanthu.documents import queries as documents
from vanthu.documents.filing import refuse_frozen
from vanthu.documents.recalling import refuse_recalled
from vanthu.documents.states import IN_THE_BOOK
from vanthu.dossiers import plan_queries, queries, readiness, schedule, sharing
from vanthu.dossiers.models import FILED, Dossier, DossierItem, Export, Paper, PlanRow, Usage
from vanthu.dossiers.states import DOSSIERS, DossierState
from vanthu.kernel import ledger, moves, participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now, today
from vanthu.kernel.files import actions as files
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.participants import Item, Owner
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.organisations import queries as organisations


@transaction.atomic
def open_dossier(
    title: str,
    *,
    retention_years: int | None = None,
    period_id: int | None = None,
    started_on: date | None = None,
    outside_reason: str = "",
    by: Actor,
) -> Dossier:
    """Open a work dossier outside the plan; its notation is the next of the unit in the year ("07.P1").

    `period_id` is its line in the retention schedule, which gives its years and the fewest that it may have. Where the
    unit has an approved plan of the year, `outside_reason` says why the dossier is not in it.
    """
    by.require("keep_dossier")
    _check_title(title)
    years, period = schedule.settle(retention_years, period_id, by.office)
    day = started_on or today()
    unit_id = by.unit_ids[0] if by.unit_ids else None
    if not outside_reason.strip() and plan_queries.approved(by.office, unit_id, day.year):
        raise Invalid(
            fields={
                "outside_reason": f"Đã có danh mục hồ sơ năm {day.year} được duyệt. Mở hồ sơ từ danh mục, hoặc ghi"
                " lý do mở ngoài danh mục."
            }
        )
    organisations.hold_office(by.office)  # one notation at a time
    unit = organisations.unit(unit_id, office_id=by.office) if unit_id else None
    abbreviation = unit.abbreviation if unit else plan_queries.OFFICE_MARK
    ordinal = plan_queries.next_ordinal(by.office, day.year, abbreviation)
    return _made(
        Dossier(
            office_id=by.office,
            unit_id=unit_id,
            creator_id=by.person,
            year=day.year,
            ordinal=ordinal,
            notation=f"{ordinal:02d}.{abbreviation}",
            title=title.strip(),
            retention_years=years,
            period=period,
            outside_reason=outside_reason.strip()[:300],
            started_on=day,
        ),
        by,
    )


@transaction.atomic
def open_planned(row_id: int, *, started_on: date | None = None, by: Actor) -> Dossier:
    """Open the dossier of a line of an approved plan: notation, title, retention, keeper and remark are the plan's."""
    by.require("keep_dossier")
    row = PlanRow.objects.select_for_update(of=("self",)).select_related("plan").filter(pk=row_id).first()
    if row is None or row.office_id != by.office or row.level:
        raise NotFound()
    plan_queries.require_opener(row, by)
    taken = Dossier.objects.filter(plan_row=row).select_related("creator").first()
    if taken is not None:
        raise Conflict(
            f"{taken.creator.full_name} đã mở hồ sơ {taken.notation} từ dòng này. Tải lại trang để xem."
        )
    head = row.notation.split(".", 1)[0]
    return _made(
        Dossier(
            office_id=row.office_id,
            unit_id=row.plan.unit_id or (by.unit_ids[0] if by.unit_ids else None),
            creator_id=row.keeper_id or by.person,
            year=row.year,
            ordinal=int(head) if head.isdigit() else 0,
            notation=row.notation,
            title=row.title,
            retention_years=row.retention_years,
            period_id=row.period_id,
            remark=row.remark,
            plan_row=row,
            started_on=started_on or today(),
        ),
        by,
    )


def _made(dossier: Dossier, by: Actor) -> Dossier:
    dossier.save(force_insert=True)
    owners = [Owner("o", dossier.office_id), Owner("p", dossier.creator_id)]
    for owner in owners + ([Owner("u", dossier.unit_id)] if dossier.unit_id else []):
        participants.include(
            Item("dossier", dossier.pk),
            owner,
            office_id=dossier.office_id,
            role="keeper" if owner.kind == "p" else "holder",
            state=dossier.state,
            pending=owner.kind == "p",
            at=now(),
        )
    changes = {"title": ("", dossier.title), "retention_years": (None, dossier.retention_years)}
    from_plan = " từ danh mục" if dossier.plan_row_id else ""
    why = f" ngoài danh mục: {dossier.outside_reason}" if dossier.outside_reason else ""
    ledger.record(
        "dossiers.opened",
        dossier,
        by=by,
        changes=changes,
        note=f"mở hồ sơ {dossier.notation}{from_plan}{why}",
    )
    return _measured(dossier)


def _check_title(title: str) -> None:
    if len(title.strip()) < readiness.SHORTEST_TITLE:
        raise Invalid(fields={"title": "Nhập tiêu đề hồ sơ, ít nhất 10 ký tự: về việc gì, của ai, năm nào."})


def _measured(dossier: Dossier) -> Dossier:
    readiness.measure([dossier.pk])
    dossier.refresh_from_db(fields=["readiness", "findings", "page_total", "measured_at"])
    return dossier


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """The fields of a dossier that its keeper fills (Phụ lục VI, part II.III)."""

    title: str
    retention_years: int | None
    period_id: int | None = None
    usage: str = Usage.CONDITIONAL
    language: str = "Tiếng Việt"
    started_on: date
    remark: str = ""


@transaction.atomic
def describe(dossier_id: int, fields: Description, *, by: Actor) -> Dossier:
    """Change the fields of an open dossier; what changed is in the ledger."""
    kept_by(dossier_id, by)
    dossier = _held(dossier_id)
    _check_title(fields.title)
    years, _ = schedule.settle(fields.retention_years, fields.period_id, dossier.office_id)
    fields = replace(fields, retention_years=years)
    if fields.usage not in Usage.values:
        raise Invalid(fields={"usage": "Chọn chế độ sử dụng trong danh sách."})
    given: dict[str, Any] = {name: _tidy(value) for name, value in asdict(fields).items()}
    changes = {
        name: (getattr(dossier, name), value)
        for name, value in given.items()
        if getattr(dossier, name) != value
    }
    if not changes:
        return dossier
    for name, (_, value) in changes.items():
        setattr(dossier, name, value)
    dossier.save(update_fields=list(changes))
    words = ", ".join(_WORDS[name] for name in changes)
    ledger.record("dossiers.described", dossier, by=by, changes=changes, note=f"sửa {words} của hồ sơ")
    return _measured(dossier)


_WORDS = {
    "title": "tiêu đề",
    "retention_years": "thời hạn bảo quản",
    "period_id": "nhóm trong bảng thời hạn",
    "usage": "chế độ sử dụng",
    "language": "ngôn ngữ",
    "started_on": "ngày bắt đầu",
    "remark": "ghi chú",
}


def _tidy(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _held(dossier_id: int) -> Dossier:
    """An open dossier, locked until commit."""
    dossier = Dossier.objects.select_for_update(of=("self",)).get(pk=dossier_id)
    if dossier.state != DossierState.OPEN:
        raise Conflict("Hồ sơ đã kết thúc. Mở lại hồ sơ, hoặc chọn hồ sơ khác.")
    dossier.refuse_frozen()
    return dossier


def fillable(dossier_id: int, by: Actor) -> Dossier:
    """An open dossier that the actor may put things into, locked until commit."""
    by.require("keep_dossier")
    if not queries.contributes(queries.dossier(dossier_id, by), by):
        raise queries.not_contributing()
    return _held(dossier_id)


@transaction.atomic
def put_in(dossier_id: int, item: Item, *, by: Actor) -> DossierItem:
    """Put an entry or draft that the actor sees into an open dossier; the same item twice changes nothing."""
    by.require("keep_dossier")
    if item.kind not in FILED or participants.sight(by, item) is None:
        raise NotFound()
    if item.kind == "in" and documents.incoming(item.id, by).entry.state not in IN_THE_BOOK:
        raise Conflict("Văn bản chưa vào sổ nên chưa đưa vào hồ sơ được. Đề nghị văn thư vào sổ trước.")
    if item.kind == "out":
        refuse_recalled(item.id)
    return place(fillable(dossier_id, by), item, by=by)


def place(dossier: Dossier, item: Item, *, by: Actor, what: str = "văn bản") -> DossierItem:
    """Give a thing the next ordinal of a dossier that `fillable` gave; the same twice changes nothing."""
    found = DossierItem.objects.filter(dossier=dossier, item_kind_of=item.kind, item_id_of=item.id).first()
    if found is not None:
        return found
    dossier.last_ordinal += 1
    dossier.save(update_fields=["last_ordinal"])
    placed = DossierItem.objects.create(
        dossier=dossier,
        item_kind_of=item.kind,
        item_id_of=item.id,
        ordinal=dossier.last_ordinal,
        added_at=now(),
        added_by_id=by.person_id,
    )
    sharing.show_new(dossier, item)
    ledger.record(
        "dossiers.filed",
        dossier,
        by=by,
        changes={"item": (None, f"{item.kind}:{item.id}")},
        note=f"đưa {what} thứ {placed.ordinal} vào hồ sơ",
    )
    _measured(dossier)
    return placed


@transaction.atomic
def take_out(dossier_id: int, item: Item, *, by: Actor) -> Dossier:
    """Take a thing out of an open dossier (a copy, a draft of no use: article 29.1.c); those after it move up."""
    kept_by(dossier_id, by)
    dossier = _held(dossier_id)
    placed = DossierItem.objects.filter(dossier=dossier, item_kind_of=item.kind, item_id_of=item.id).first()
    if placed is None:
        raise NotFound()
    refuse_frozen(item)
    ordinal = placed.ordinal
    placed.delete()
    after = DossierItem.objects.filter(dossier=dossier, ordinal__gt=ordinal)
    after.update(ordinal=1 - F("ordinal"))  # below zero first: every place is unique at every moment
    DossierItem.objects.filter(dossier=dossier, ordinal__lt=0).update(ordinal=-F("ordinal"))
    dossier.last_ordinal -= 1
    dossier.save(update_fields=["last_ordinal"])
    sharing.hide_removed(dossier, item)
    if item.kind == "paper":
        _forget(item.id)
    ledger.record(
        "dossiers.taken_out",
        dossier,
        by=by,
        changes={"item": (f"{item.kind}:{item.id}", None)},
        note=f"đưa văn bản thứ {ordinal} ra khỏi hồ sơ",
    )
    return _measured(dossier)


def _forget(paper_id: int) -> None:
    """A paper that lies in no dossier any more is not kept, nor is its file."""
    if not DossierItem.objects.filter(item_kind_of="paper", item_id_of=paper_id).exists():
        for attachment in file_queries.attachments("paper", [paper_id])[paper_id]:
            files.detach(attachment)
        Paper.objects.filter(pk=paper_id).delete()


def kept_by(dossier_id: int, by: Actor) -> Dossier:
    """The dossier, if the actor keeps it (article 31: who opened it, and the head of the unit)."""
    dossier = queries.dossier(dossier_id, by).dossier
    if not queries.keeps(dossier, by):
        raise NotAllowed(
            "Hồ sơ do người lập và lãnh đạo đơn vị của họ kết thúc, nộp lưu. Đề nghị họ thực hiện."
        )
    return dossier


@transaction.atomic
def close(dossier_id: int, *, reason: str = "", by: Actor) -> Dossier:
    """End a dossier when the work is done (article 29.1.c).

    Refused while something is missing; what cannot be mended may stay with a reason, which is kept.
    """
    dossier = kept_by(dossier_id, by)
    dossier.refuse_frozen()
    if dossier.state == DossierState.OPEN:
        readiness.require_closable(dossier, reason, by=by)
    also = {"ended_on": today(), "closing_note": reason.strip()[:500], "returned_reason": ""}
    moves.make(DOSSIERS, "close", dossier, by=by, also=also)
    participants.move_all(Item("dossier", dossier_id), state=dossier.state)
    why = f", còn thiếu: {reason.strip()}" if reason.strip() else ""
    ledger.record("dossiers.closed", dossier, by=by, note=f"kết thúc hồ sơ {dossier.notation}{why}")
    return dossier


@transaction.atomic
def reopen(dossier_id: int, *, by: Actor) -> Dossier:
    """Open a closed dossier again; not after it was handed over."""
    dossier = kept_by(dossier_id, by)
    moves.make(DOSSIERS, "reopen", dossier, by=by, also={"ended_on": None, "closing_note": ""})
    participants.move_all(Item("dossier", dossier_id), state=dossier.state)
    ledger.record("dossiers.reopened", dossier, by=by, note=f"mở lại hồ sơ {dossier.notation}")
    return dossier


@transaction.atomic
def order_export(dossier_id: int, *, by: Actor) -> Export:
    """Order a whole dossier as one PDF, of what the actor sees of it."""
    dossier = queries.dossier(dossier_id, by).dossier
    made = Export.objects.create(
        dossier=dossier,
        account_id=by.account,
        office_id=by.office,
        name=f"ho-so-{dossier.year}-{dossier.notation}.pdf",
        ordered_at=now(),
    )
    ledger.record("dossiers.exported", dossier, by=by, note=f"kết xuất cả hồ sơ {dossier.notation}")
    return made


def tell_export(export_id: UUID, done: int, total: int, *, by: Actor) -> None:
    """How many of the documents are in the PDF by now."""
    Export.objects.filter(pk=export_id, account_id=by.account).update(done=done, total=total)
