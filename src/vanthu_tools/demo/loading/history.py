"""The ledger of the demonstration: every act with its sentence, chained by the database as it is inserted."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched

from vanthu.documents import symbols
from vanthu.kernel import ledger
from vanthu.kernel.models import LedgerEntry, LedgerValues
from vanthu_tools.demo.loading.documents import closing_note, receivers
from vanthu_tools.demo.loading.drafts import handed_over_at, opened_at
from vanthu_tools.demo.loading.ids import BATCH, TITLES, Ids, Progress
from vanthu_tools.demo.plan import item_day
from vanthu_tools.demo.story import Arrival, Departure, DossierStory, DraftStory, Note, Paper, Plan

SYSTEM_NAME = "Hệ thống"
LABELS = {"lead": "chủ trì", "support": "phối hợp", "inform": "để biết"}
STEP_VERBS = {"content": "content_passed", "form": "form_passed", "approval": "signed"}
STEP_NOTES = {
    "content": "đồng ý nội dung dự thảo",
    "form": "kiểm tra thể thức, trình ký",
    "approval": "duyệt và ký số (mức B-T)",
}


@dataclass(slots=True)
class Act:
    """One row to be: `person` is a sign-in name, "" the system."""

    office: str
    at: datetime
    person: str
    verb: str
    item_kind: str
    item_id: int
    note: str
    changes: dict[str, object] = field(default_factory=dict)


def load_ledger(plan: Plan, ids: Ids, progress: Progress) -> int:
    """Write all acts in the order of time, so that every chain is in order; returns how many."""
    acts = sorted(acts_of(plan, ids), key=lambda act: act.at)
    done = 0
    for batch in batched(acts, BATCH):
        written = [values_of(act, ids) for act in batch]
        texts = [json.dumps(one, ensure_ascii=False, sort_keys=True) for one in written]
        rows = LedgerEntry.objects.bulk_create(
            row_of(act, text, ids) for act, text in zip(batch, texts, strict=True)
        )
        LedgerValues.objects.bulk_create(
            LedgerValues(entry=row, values=one) for row, one in zip(rows, written, strict=True)
        )
        done += len(batch)
        progress("Nhật ký", done, len(acts))
    return len(acts)


def values_of(act: Act, ids: Ids) -> dict[str, object]:
    """What stands beside the chained row."""
    return {
        "name": ids.people[act.person].full_name if act.person else SYSTEM_NAME,
        "title": TITLES[act.person] if act.person else "",
        "behalf_of": "",
        "note": act.note,
        "changes": ledger.plain(act.changes),
    }


def row_of(act: Act, text: str, ids: Ids) -> LedgerEntry:
    return LedgerEntry(
        office_id=ids.office(act.office),
        at=act.at,
        account_id=ids.accounts.get(act.person),
        person_id=ids.person(act.person) if act.person else None,
        verb=act.verb,
        item_kind=act.item_kind,
        item_id=act.item_id,
        fields=sorted(act.changes),
        values_hash=hashlib.sha256(text.encode()).digest(),
    )


def acts_of(plan: Plan, ids: Ids) -> Iterator[Act]:
    """Everything that anybody did."""
    for arrival in plan.arrivals:
        yield from of_arrival(arrival, ids)
    for departure in plan.departures:
        yield from of_departure(departure, ids)
    for draft in plan.drafts:
        yield from of_draft(draft, ids)
    for dossier in plan.dossiers:
        yield from of_dossier(dossier, ids)


def symbol_of(paper: Paper) -> str:
    return symbols.join(paper.number, paper.notation)


def of_arrival(one: Arrival, ids: Ids) -> Iterator[Act]:
    number = ids.arrivals[id(one)]

    def act(at: datetime, person: str, verb: str, note: str, **changes: object) -> Act:
        return Act(one.office, at, person, verb, "in", number, note, changes)

    if one.channel in {"internal", "axis"}:
        note = f"chuyển {symbol_of(one.paper)} đến, chờ văn thư tiếp nhận"
        yield act(one.arrived_at, "", "documents.delivered", note)
    if one.returned_at:
        reason = one.returned_reason
        yield act(
            one.returned_at,
            one.clerk,
            "documents.returned",
            f"trả lại nơi gửi: {reason}",
            returned_reason=("", reason),
        )
    if one.registered_at:
        note = f"vào sổ văn bản đến, số đến {one.arrival_number}"
        yield act(
            one.registered_at,
            one.clerk,
            "documents.registered",
            note,
            arrival_number=(None, one.arrival_number),
        )
    if one.presented_at:
        note = f"trình {TITLES[one.leader]} {ids.people[one.leader].full_name}"
        yield act(
            one.presented_at,
            one.clerk,
            "documents.presented",
            note,
            presented_to=(None, ids.person(one.leader)),
        )
    yield from finishing(one, ids, number)


def finishing(one: Arrival, ids: Ids, number: int) -> Iterator[Act]:
    """The direction, passing on in the unit, the result, the end."""
    if one.directed_at:
        note = sentence(receivers(one, ids), one, one.direction)
        changes: dict[str, object] = {"text": ("", one.direction), "due_on": (None, one.due_on)}
        yield Act(one.office, one.directed_at, one.leader, "tasks.directed", "in", number, note, changes)
    if one.assigned_at:
        people = [(one.handler, "lead"), *((helper, "support") for helper in one.helpers)]
        names = [(ids.people[person].full_name, role) for person, role in people]
        note = sentence(names, one, one.assignment)
        yield Act(one.office, one.assigned_at, one.head, "tasks.assigned", "in", number, note)
    if one.finished_at:
        person = one.handler or one.leader
        if one.handler and one.reply is None:
            yield Act(
                one.office,
                one.finished_at,
                person,
                "tasks.finished",
                "in",
                number,
                f"hoàn thành: {one.result}",
            )
        yield Act(one.office, one.finished_at, person, "documents.closed", "in", number, closing_note(one))


def sentence(names: list[tuple[str, str]], one: Arrival, text: str) -> str:
    """*giao Phòng 1 chủ trì, Phòng 9 phối hợp, hạn 27/11/2026: “…”*."""
    given = ", ".join(f"{name} {LABELS[role]}" for name, role in names)
    until = f", hạn {one.due_on:%d/%m/%Y}" if one.due_on and one.assignees[0].role == "lead" else ""
    return f"giao {given}{until}" + (f": “{text}”" if text else "")


def of_departure(one: Departure, ids: Ids) -> Iterator[Act]:
    number, symbol = ids.departures[id(one)], symbol_of(one.paper)

    def act(verb: str, note: str, **changes: object) -> Act:
        return Act(one.office, one.numbered_at, one.clerk, verb, "out", number, note, changes)

    day = one.paper.issued_on
    changes = {"number": (None, one.paper.number), "issued_on": (None, day)}
    yield act("documents.numbered", f"cấp số {symbol} ngày {day:%d/%m/%Y}", **changes)
    if one.voided_reason:
        yield act(
            "documents.voided", f"hủy số {symbol}: {one.voided_reason}", voided_reason=("", one.voided_reason)
        )
        return
    yield act("documents.issued", f"phát hành {symbol}")
    if one.sendings:
        yield act("exchange.sent", f"gửi tới {len(one.sendings)} nơi nhận", recipients=(0, len(one.sendings)))


def of_draft(one: DraftStory, ids: Ids) -> Iterator[Act]:
    number = ids.drafts[id(one)]

    def act(at: datetime, person: str, verb: str, note: str) -> Act:
        return Act(one.office, at, person, f"issuing.{verb}", "draft", number, note)

    answering = f" trả lời văn bản số đến {one.replies_to.arrival_number}" if one.replies_to else ""
    yield act(one.created_at, one.drafter, "started", f"mở dự thảo{answering}")
    for place, version in enumerate(one.versions, 1):
        yield act(version.at, version.by, "versioned", f"thêm bản dự thảo {place}")
    if one.submitted_at:
        whom = "lãnh đạo đơn vị kiểm tra nội dung" if one.unit else "Văn phòng kiểm tra thể thức"
        yield act(one.submitted_at, one.drafter, "submitted", f"trình {whom} (bản {len(one.versions)})")
    for note in one.notes:
        verb, said = of_note(note)
        yield act(note.at, note.author, verb, said)
    if one.departure:
        symbol = symbol_of(one.departure.paper)
        at, clerk = one.departure.numbered_at, one.departure.clerk
        yield act(at, clerk, "numbered", f"cấp số {symbol}, chuyển đóng dấu")
        yield act(at, clerk, "issued", f"đóng dấu, phát hành {symbol}")
    if one.state == "withdrawn":
        yield act(max(v.at for v in one.versions), one.drafter, "withdrawn", "hủy dự thảo")


def of_note(note: Note) -> tuple[str, str]:
    """(verb, predicate) of a review."""
    if note.decision == "comment":
        return "commented", f"góp ý: “{note.text}”"
    if note.decision == "return":
        return "returned", f"trả lại dự thảo: “{note.text}”"
    return STEP_VERBS[note.step], STEP_NOTES[note.step]


def of_dossier(one: DossierStory, ids: Ids) -> Iterator[Act]:
    number = ids.dossiers[id(one)]

    def act(at: datetime, verb: str, note: str) -> Act:
        return Act(one.office, at, one.keeper, f"dossiers.{verb}", "dossier", number, note)

    opened = opened_at(one)
    yield act(opened, "opened", f"mở hồ sơ {one.notation}")
    for place, item in enumerate(one.items, 1):
        at = opened.replace(
            year=item_day(item).year, month=item_day(item).month, day=item_day(item).day, hour=16, minute=30
        )
        yield act(at, "filed", f"đưa văn bản thứ {place} vào hồ sơ")
    if one.ended_on:
        ended = opened.replace(year=one.ended_on.year, month=one.ended_on.month, day=one.ended_on.day)
        yield act(ended, "closed", f"kết thúc hồ sơ {one.notation}")
    if one.state == "handed_over":
        yield act(handed_over_at(one), "handed_over", f"nộp lưu hồ sơ {one.notation}")
