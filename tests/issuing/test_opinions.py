"""Opinions asked in parallel: who may, who answers, reminders, the summary."""

from datetime import date, timedelta
from io import BytesIO

import pypdfium2
import pytest

from tests.cast import World
from tests.entries import person, unit
from tests.web import drafts
from vanthu.issuing import actions, jobs, opinion_sheet, opinions, queries
from vanthu.issuing.models import Draft, Opinion
from vanthu.issuing.opinions import Inquiry
from vanthu.kernel import ledger, participants
from vanthu.kernel.calendar import today, working_days_after
from vanthu.kernel.participants import Item, Owner
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound

pytestmark = pytest.mark.django_db


def asked(world: World, *owners: Owner, due_on: date | None = None) -> tuple[Draft, list[Opinion]]:
    """A draft of the specialist with one round of opinions, by default of unit 2 and the archivist."""
    draft = drafts.drafted(world)
    named = owners or (unit(world, "P2"), person(world, "archivist"))
    inquiry = Inquiry(owners=named, due_on=due_on or opinions.usual_due(), question="Về phạm vi kiểm tra")
    opinions.ask(draft.pk, inquiry, by=world.actor("specialist"))
    ((_, said),) = queries.consultations(draft.pk)
    return draft, said


def state_of(draft: Draft, owner: Owner) -> tuple[str, bool]:
    rows = {(row.owner_kind, row.owner_id): row for row in participants.owners(Item("draft", draft.pk))}
    row = rows[owner]
    return row.state, row.pending


def test_all_are_asked_at_once_and_answer_in_any_order(world: World) -> None:
    draft, (of_unit, of_person) = asked(world)
    for owner in (unit(world, "P2"), person(world, "archivist")):
        assert state_of(draft, owner) == ("to_opine", True)
    opinions.answer(draft.pk, of_person.pk, "disagree", "Chưa nêu thời hạn lưu", by=world.actor("archivist"))
    opinions.answer(draft.pk, of_unit.pk, "agree", by=world.actor("head_of_neighbour"))
    assert state_of(draft, unit(world, "P2")) == ("opined", False)
    draft.refresh_from_db()
    assert (draft.opinions_asked, draft.opinions_given) == (2, 2)
    ((_, said),) = queries.consultations(draft.pk)
    assert [(one.answer, one.author_title) for one in said] == [
        ("agree", "Trưởng phòng"),
        ("disagree", "Lưu trữ viên"),
    ]
    assert "cho ý kiến về dự thảo: đồng ý" in [act.note for act in ledger.history(draft)]


def test_only_who_was_asked_answers_and_says_why(world: World) -> None:
    draft, (of_unit, of_person) = asked(world)
    with pytest.raises(NotAllowed):
        opinions.answer(draft.pk, of_unit.pk, "agree", by=world.actor("archivist"))
    with pytest.raises(NotFound):
        opinions.answer(draft.pk, of_unit.pk, "agree", by=world.actor("region_head"))
    with pytest.raises(Invalid) as refused:
        opinions.answer(draft.pk, of_person.pk, "other", "", by=world.actor("archivist"))
    assert set(refused.value.fields) == {"text"}
    with pytest.raises(NotFound):  # a specialist of a unit that was asked sees nothing
        queries.draft(draft.pk, world.actor("neighbour"))


@pytest.mark.parametrize(
    ("whom", "said"),
    [("P1", "chính người, đơn vị soạn thảo"), ("specialist", "chính người, đơn vị soạn thảo"),
     ("head", "Người ký cho ý kiến khi duyệt"), ("region_clerk", "trong danh sách gợi ý")],
)  # fmt: skip
def test_who_cannot_be_asked(world: World, whom: str, said: str) -> None:
    owner = unit(world, "P1") if whom == "P1" else person(world, whom)
    with pytest.raises(Invalid) as refused:
        asked(world, owner)
    assert said in refused.value.fields["owners"]


def test_nobody_is_asked_twice_at_a_time_and_never_after_the_day(world: World) -> None:
    draft, _ = asked(world)
    by = world.actor("specialist")
    again = Inquiry(owners=[unit(world, "P2")], due_on=today() - timedelta(days=1))
    with pytest.raises(Invalid) as refused:
        opinions.ask(draft.pk, again, by=by)
    assert set(refused.value.fields) == {"owners", "due_on"}
    actions.submit(draft.pk, by=by)
    with pytest.raises(NotAllowed):  # it is the turn of the head of the unit
        opinions.ask(draft.pk, Inquiry(owners=[unit(world, "P9")], due_on=today()), by=by)
    opinions.ask(
        draft.pk, Inquiry(owners=[unit(world, "P9")], due_on=today()), by=world.actor("head_of_unit")
    )


def test_reminders_come_by_the_calendar_and_once_a_day(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    due = working_days_after(today(), 3)
    draft, (of_unit, _) = asked(world, due_on=due)
    opinions.answer(draft.pk, of_unit.pk, "agree", by=world.actor("head_of_neighbour"))
    days = [today() + timedelta(days=number) for number in range((due - today()).days + 6)]
    found = [day for day in days if opinions.to_remind(day)]
    assert working_days_after(due, 1) in found  # late
    assert max(day for day in found if day < due) < due
    monkeypatch.setattr(opinions, "today", lambda: found[0])
    monkeypatch.setattr(jobs, "today", lambda: found[0])
    monkeypatch.setattr(jobs, "is_working_day", lambda day: True)
    jobs.remind_opinions()
    assert list(Opinion.objects.order_by("position").values_list("reminders", flat=True)) == [0, 1]
    assert "nhắc cho ý kiến" in ledger.history(draft)[-1].note
    with pytest.raises(Conflict, match="Hôm nay đã nhắc"):
        opinions.remind(draft.pk, queries.consultations(draft.pk)[0][0].pk, by=world.actor("specialist"))


def test_a_closed_round_waits_for_nobody(world: World) -> None:
    draft, (of_unit, _) = asked(world)
    ((made, _),) = queries.consultations(draft.pk)
    with pytest.raises(NotAllowed):
        opinions.close(draft.pk, made.pk, by=world.actor("head_of_unit"))
    opinions.close(draft.pk, made.pk, by=world.actor("specialist"))
    assert state_of(draft, unit(world, "P2")) == ("opined", False)
    with pytest.raises(Conflict):
        opinions.answer(draft.pk, of_unit.pk, "agree", by=world.actor("head_of_neighbour"))


def test_a_draft_that_was_given_up_waits_for_no_opinion(world: World) -> None:
    draft, (_, of_person) = asked(world, due_on=working_days_after(today(), 1))
    actions.withdraw(draft.pk, by=world.actor("specialist"))
    assert state_of(draft, person(world, "archivist")) == ("opined", False)
    assert opinions.to_remind(today()) == []
    with pytest.raises(Conflict):
        opinions.answer(draft.pk, of_person.pk, "agree", by=world.actor("archivist"))


def test_the_summary_says_who_said_what_and_what_became_of_it(world: World) -> None:
    draft, (of_unit, _) = asked(world)
    text = "Đề nghị bổ sung đối tượng kiểm tra"
    opinions.answer(draft.pk, of_unit.pk, "other", text, by=world.actor("head_of_neighbour"))
    opinions.respond(draft.pk, of_unit.pk, "Tiếp thu, bổ sung mục 2", by=world.actor("specialist"))
    data = opinion_sheet.write(draft, queries.consultations(draft.pk), by_name="Lê Quang Khải")
    document = pypdfium2.PdfDocument(BytesIO(data))
    read = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    first = document[0]
    margin = 15 / 25.4 * 72  # the table ends where the text does
    assert max(one.get_bounds()[2] for one in first.get_objects()) <= first.get_width() - margin + 1
    document.close()
    for words in (
        "BẢNG TỔNG HỢP Ý KIẾN", "Gửi 2 nơi, 1 nơi trả lời (1 ý kiến khác); 1 chưa trả lời", text,
        "Tiếp thu, bổ sung mục 2", "Chưa trả lời", "Lê Quang Khải",
    ):  # fmt: skip
        assert words in read
