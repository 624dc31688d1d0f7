"""Opinions on a draft (lấy ý kiến): asked of units and people in parallel, given, chased, summed up.

Decree 30/2020/NĐ-CP, article 10.3; Phụ lục VI, III.5.a (ý kiến góp ý).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from vanthu.issuing import queries
from vanthu.issuing.models import Consultation, Draft, Opinion
from vanthu.issuing.states import OPEN_TO_OPINIONS, Answer, DraftState
from vanthu.issuing.turns import whose_turn
from vanthu.kernel import ledger, participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now, today, working_days_after
from vanthu.kernel.participants import Item, Owner
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.organisations import queries as organisations
from vanthu.organisations.powers import Role

if TYPE_CHECKING:
    from datetime import date

MOST = 60  # units and people of one round
ONE_WEEK = timedelta(days=7)  # no holiday of ours is longer
USUAL_DAYS = 5  # working days to answer, when nothing else is said


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """Whom to ask (units `u` and people `p` of the office), what about, and until when."""

    owners: Sequence[Owner]
    due_on: date
    question: str = ""


def usual_due() -> date:
    """The day that a round is offered to end."""
    return working_days_after(today(), USUAL_DAYS)


def may_ask(draft: Draft, by: Actor) -> bool:
    """The drafter while the draft is theirs, then whoever's turn it is to check it."""
    if draft.state == DraftState.DRAFTING:
        return draft.drafter_id == by.person_id
    return whose_turn(draft, by) is not None


@transaction.atomic
def ask(pk: int, inquiry: Inquiry, *, by: Actor) -> Consultation:
    """Ask units and people of the office what they think of the newest version, all at once."""
    draft = queries.draft(pk, by, lock=True).draft
    if not may_ask(draft, by):
        raise NotAllowed("Người soạn thảo, hoặc người đang kiểm tra dự thảo, mới gửi lấy ý kiến được.")
    version = queries.newest(pk)
    names = _names(draft, inquiry)
    made = Consultation.objects.create(
        draft=draft,
        version=version,
        question=inquiry.question.strip(),
        due_on=inquiry.due_on,
        asked_by_id=by.person,
        asked_at=now(),
    )
    Opinion.objects.bulk_create(
        Opinion(
            consultation=made,
            unit_id=owner.id if owner.kind == "u" else None,
            person_id=owner.id if owner.kind == "p" else None,
            position=place,
        )
        for place, owner in enumerate(names)
    )
    for owner in names:
        _wait_for(draft, made, owner)
    _count(draft)
    ledger.record(
        "issuing.asked",
        draft,
        by=by,
        note=f"lấy ý kiến {', '.join(names.values())} về bản {version.ordinal}, hạn {made.due_on:%d/%m/%Y}",
    )
    return made


def _names(draft: Draft, inquiry: Inquiry) -> dict[Owner, str]:
    """{whom to ask: their name}; raises `Invalid` for whoever cannot be asked."""
    owners = list(dict.fromkeys(inquiry.owners))
    wrong: dict[str, str] = {}
    if inquiry.due_on < today():
        wrong["due_on"] = f"Hạn trả lời phải từ hôm nay ({today():%d/%m/%Y}) trở đi."
    if not 0 < len(owners) <= MOST:
        wrong["owners"] = f"Chọn từ 1 đến {MOST} đơn vị, cá nhân để lấy ý kiến."
    known = _known(draft, owners)
    if any(owner not in known for owner in owners):
        wrong["owners"] = "Chọn đơn vị, cá nhân của cơ quan trong danh sách gợi ý."
    elif Owner("u", draft.unit_id or 0) in owners or Owner("p", draft.drafter_id) in owners:
        wrong["owners"] = "Không lấy ý kiến của chính người, đơn vị soạn thảo. Bỏ ra khỏi danh sách."
    elif draft.signer and Owner("p", draft.signer.person_id) in owners:
        wrong["owners"] = "Người ký cho ý kiến khi duyệt, ký. Bỏ ra khỏi danh sách."
    elif draft.restricted and any(owner.kind == "u" for owner in owners):
        wrong["owners"] = "Dự thảo lưu hành nội bộ: chọn từng người, không chọn cả đơn vị."
    elif waiting := _waiting_among(draft, known):
        wrong["owners"] = f"{waiting} đang được lấy ý kiến. Chờ trả lời hoặc kết thúc lần trước rồi hỏi lại."
    if wrong:
        raise Invalid(fields=wrong)
    return {owner: known[owner] for owner in owners}


def _known(draft: Draft, owners: Sequence[Owner]) -> dict[Owner, str]:
    """Those of the owners that are units and people of the office today, with their names."""
    units = organisations.units_of(draft.office_id)
    posts = organisations.posts_with_role(draft.office_id, *Role)
    names = {
        **{Owner("u", unit.pk): unit.short_name for unit in units},
        **{Owner("p", post.person_id): post.person.full_name for post in posts},
    }
    return {owner: names[owner] for owner in owners if owner in names}


def _waiting_among(draft: Draft, known: dict[Owner, str]) -> str:
    open_ones = Opinion.objects.filter(consultation__draft=draft, answer="", consultation__closed_at=None)
    asked = {owner_of(one) for one in open_ones}
    return ", ".join(name for owner, name in known.items() if owner in asked)


def owner_of(opinion: Opinion) -> Owner:
    """The unit or person who was asked."""
    return Owner("u", opinion.unit_id) if opinion.unit_id else Owner("p", opinion.person_id or 0)


def _wait_for(draft: Draft, consultation: Consultation, owner: Owner) -> None:
    participants.include(
        Item("draft", draft.pk),
        owner,
        office_id=draft.office_id,
        role="consulted",
        state="to_opine",
        pending=True,
        at=now(),
        due_on=consultation.due_on,
        urgency=draft.urgency,
        restricted=draft.restricted,
    )


def _count(draft: Draft) -> None:
    rows = Opinion.objects.filter(consultation__draft=draft)
    draft.opinions_asked, draft.opinions_given = rows.count(), rows.exclude(answer="").count()
    draft.save(update_fields=["opinions_asked", "opinions_given"])


def may_answer(opinion: Opinion, by: Actor) -> bool:
    """The person asked, or the head of the unit asked (and who stands in for that head)."""
    if opinion.person_id is not None:
        return opinion.person_id == by.person_id
    return by.may_for_unit("review_content", opinion.unit_id)


@transaction.atomic
def answer(pk: int, opinion_id: int, answer: str, text: str = "", *, by: Actor) -> Opinion:
    """Give the opinion that was asked for; it may be changed until the round is closed."""
    draft = queries.draft(pk, by, lock=True).draft
    found = _opinion(pk, opinion_id)
    if not may_answer(found, by):
        raise NotAllowed("Ý kiến này do người, hoặc lãnh đạo đơn vị, được hỏi trả lời.")
    if draft.state not in OPEN_TO_OPINIONS:
        raise Conflict("Dự thảo đã ký hoặc đã hủy nên không cho ý kiến được nữa.")
    if found.consultation.closed_at is not None:
        raise Conflict("Lần lấy ý kiến này đã kết thúc. Góp ý ở trang dự thảo.")
    wrong: dict[str, str] = {}
    if answer not in Answer.values:
        wrong["answer"] = "Chọn Đồng ý, Không đồng ý hoặc Ý kiến khác."
    elif answer != Answer.AGREE and len(text.strip()) < 5:
        wrong["text"] = "Ghi rõ nội dung không đồng ý hoặc ý kiến khác."
    if wrong:
        raise Invalid(fields=wrong)
    found.answer, found.text, found.answered_at = answer, text.strip(), now()
    found.author_id, found.author_title = by.person, by.title
    found.behalf_of = by.behalf_of("review_content") if found.unit_id else ""
    found.save(update_fields=["answer", "text", "answered_at", "author", "author_title", "behalf_of"])
    participants.move(Item("draft", pk), owner_of(found), state="opined", only_from="to_opine")
    _count(draft)
    said = Answer(answer).label.lower()
    ledger.record(
        "issuing.opined",
        draft,
        by=by,
        note=f"cho ý kiến về dự thảo: {said}" + (f" - “{found.text}”" if found.text else ""),
        power="review_content" if found.unit_id else "",
    )
    return found


def _opinion(draft_id: int, opinion_id: int) -> Opinion:
    found = (
        Opinion.objects.select_related("consultation", "unit", "person")
        .filter(pk=opinion_id, consultation__draft=draft_id)
        .first()
    )
    if found is None:
        raise NotFound()
    return found


def may_close(consultation: Consultation, draft: Draft, by: Actor) -> bool:
    """Who asked and the drafter chase, respond and close."""
    return by.person_id in (consultation.asked_by_id, draft.drafter_id)


@transaction.atomic
def remind(pk: int, consultation_id: int, *, by: Actor) -> int:
    """Remind all who have not answered a round; returns how many. Once a day."""
    draft = queries.draft(pk, by, lock=True).draft
    found = _round(draft, consultation_id, by)
    waiting = _waiting(found)
    if not waiting:
        raise Conflict("Không còn ai chưa trả lời nên không cần nhắc.")
    if all(one.reminded_at and one.reminded_at.date() == now().date() for one in waiting):
        raise Conflict("Hôm nay đã nhắc rồi. Ngày mai hãy nhắc tiếp.")
    _remind(draft, found, waiting, by=by)
    return len(waiting)


def _remind(draft: Draft, found: Consultation, waiting: Sequence[Opinion], *, by: Actor) -> None:
    moment = now()
    Opinion.objects.filter(pk__in=[one.pk for one in waiting]).update(
        reminded_at=moment, reminders=F("reminders") + 1
    )
    for one in waiting:  # to the top of their lists again
        _wait_for(draft, found, owner_of(one))
    names = ", ".join(name_of(one) for one in waiting)
    ledger.record(
        "issuing.reminded",
        draft,
        by=by,
        office_id=draft.office_id,
        note=f"nhắc cho ý kiến (hạn {found.due_on:%d/%m/%Y}): {names}",
    )


def name_of(opinion: Opinion) -> str:
    """The unit or person who was asked, by name."""
    return opinion.unit.name if opinion.unit else opinion.person.full_name if opinion.person else ""


def counted(opinions: Sequence[Opinion]) -> str:
    """How many were asked, answered and how: one sentence."""
    found = Counter(one.answer for one in opinions)
    said = ", ".join(f"{found[value]} {label.lower()}" for value, label in Answer.choices if found[value])
    silent = f"; {found['']} chưa trả lời" if found[""] else ""
    given = len(opinions) - found[""]
    return f"Gửi {len(opinions)} nơi, {given} nơi trả lời{f' ({said})' if said else ''}{silent}."


def _round(draft: Draft, consultation_id: int, by: Actor) -> Consultation:
    """A round that is still open, for who asked and the drafter."""
    found = Consultation.objects.filter(pk=consultation_id, draft=draft).first()
    if found is None:
        raise NotFound()
    if not may_close(found, draft, by):
        raise NotAllowed("Chỉ người gửi lấy ý kiến hoặc người soạn thảo làm được việc này.")
    if found.closed_at is not None:
        raise Conflict("Lần lấy ý kiến này đã kết thúc. Tải lại trang để xem.")
    return found


def _waiting(found: Consultation) -> list[Opinion]:
    rows = Opinion.objects.filter(consultation=found, answer="").select_related("unit", "person")
    return list(rows.order_by("position", "id"))


@transaction.atomic
def close(pk: int, consultation_id: int, *, by: Actor) -> Consultation:
    """End a round: who did not answer is no longer waited for, and stands so in the summary."""
    draft = queries.draft(pk, by, lock=True).draft
    found = _round(draft, consultation_id, by)
    found.closed_at = now()
    found.save(update_fields=["closed_at"])
    waiting = _waiting(found)
    for one in waiting:
        participants.move(Item("draft", pk), owner_of(one), state="opined", only_from="to_opine")
    silent = f", {len(waiting)} nơi không trả lời" if waiting else ""
    ledger.record("issuing.opinions_closed", draft, by=by, note=f"kết thúc lấy ý kiến{silent}")
    return found


@transaction.atomic
def respond(pk: int, opinion_id: int, text: str, *, by: Actor) -> Opinion:
    """What the drafting unit makes of an opinion (tiếp thu, giải trình); the summary prints it."""
    draft = queries.draft(pk, by, lock=True).draft
    found = _opinion(pk, opinion_id)
    if not may_close(found.consultation, draft, by):
        raise NotAllowed("Chỉ người gửi lấy ý kiến hoặc người soạn thảo ghi tiếp thu, giải trình.")
    if not found.answer:
        raise Conflict("Nơi này chưa cho ý kiến nên chưa có gì để giải trình.")
    found.response = text.strip()[:1000]
    found.save(update_fields=["response"])
    ledger.record(
        "issuing.responded",
        draft,
        by=by,
        note=f"ghi tiếp thu, giải trình ý kiến của {name_of(found)}: “{found.response}”",
    )
    return found


@transaction.atomic
def remind_of(consultation_id: int) -> None:
    """The system's reminder of one open round, on the working day before it is due and once when it is late."""
    found = Consultation.objects.filter(pk=consultation_id, closed_at=None).first()
    if found is None:
        return
    draft = queries.hold(found.draft_id)
    day = today()
    waiting = [one for one in _waiting(found) if not (one.reminded_at and one.reminded_at.date() == day)]
    if waiting:
        _remind(draft, found, waiting, by=Actor.for_system(draft.office_id))


def to_remind(day: date) -> list[int]:
    """Open rounds whose due date is the next working day, or was the last one that passed."""
    after = working_days_after(day, 1)
    rows = Consultation.objects.filter(
        draft__state__in=OPEN_TO_OPINIONS,
        draft__office__room=None,
        closed_at=None,
        due_on__gt=day - ONE_WEEK,
        due_on__lte=after,
    )
    return [
        one.pk
        for one in rows.order_by("pk")
        if one.due_on == after or working_days_after(one.due_on, 1) == day
    ]
