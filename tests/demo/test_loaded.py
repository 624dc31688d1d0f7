"""The loaded sector: once, whole, as if people had clicked it, open to the verbs of the rooms; its files."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db.models import Count, F, Max

from tests.demo.merging import merge
from tests.left_behind import left_behind
from vanthu.documents import actions as documents
from vanthu.documents import closing, proof
from vanthu.documents import queries as incoming
from vanthu.documents.models import Document, IncomingEntry, OutgoingEntry, Series
from vanthu.documents.series_models import BookClosing, HeldNumber
from vanthu.documents.states import IncomingState
from vanthu.dossiers import actions as dossiers
from vanthu.dossiers import archiving
from vanthu.dossiers import queries as kept
from vanthu.issuing import form_check, reviews
from vanthu.issuing import queries as drafts
from vanthu.issuing.models import Draft, Version
from vanthu.kernel import ledger, participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.files import queries as files
from vanthu.kernel.models import Participant
from vanthu.kernel.participants import Owner
from vanthu.organisations import queries as organisations
from vanthu.organisations.inheriting import inherited
from vanthu.organisations.models import Account, Office
from vanthu.reading import convert
from vanthu.search import actions as search
from vanthu.search.models import SearchBody
from vanthu.tasks import actions as tasks
from vanthu.tasks.actions import Direction
from vanthu_tools.demo import business, form_trial, load
from vanthu_tools.demo.cast import cast
from vanthu_tools.demo.filing import making, orders

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

TODAY = date(2026, 11, 23)


def actor(username: str) -> Actor:
    return organisations.actor_for(Account.objects.get(username=username))


def test_it_says_how_far_it_is(loaded: list[str]) -> None:
    assert len(set(loaded)) >= 3


def test_the_second_time_nothing_happens() -> None:
    before = Office.objects.count(), IncomingEntry.objects.count()
    assert load(today=TODAY) is False
    assert (Office.objects.count(), IncomingEntry.objects.count()) == before


def test_every_chain_of_the_ledger_is_intact() -> None:
    assert list(ledger.check()) == []


def test_books_have_no_gap() -> None:
    for series in Series.objects.annotate(have=Count("id")):
        model, field = (
            (IncomingEntry, "arrival_number") if series.direction == "in" else (OutgoingEntry, "number")
        )
        rows = model.objects.filter(series=series)
        found = rows.aggregate(count=Count(field, distinct=True), last=Max(field))
        held = HeldNumber.objects.filter(series=series).exclude(state="used").values_list("number", flat=True)
        assert found["count"] + len(held) == max(found["last"] or 0, *held, 0) == series.last


def test_counters_agree_with_the_rows() -> None:
    by = actor("thuy.vanthu")
    counted = participants.counts(by)
    rows = Participant.objects.filter(owner_kind="o", owner_id=by.office_id, item_kind="in", state="waiting")
    assert sum(n for key, n in counted.items() if key[:3] == ("o", "in", "waiting")) == rows.count() > 0


def test_the_states_of_entries_and_of_their_office_agree() -> None:
    states = dict(IncomingEntry.objects.values_list("pk", "state"))
    rows = Participant.objects.filter(item_kind="in", owner_kind="o")
    assert {row.item_id: row.state for row in rows.iterator()} == states
    assert Counter(states.values()).keys() >= set(IncomingState.values)


def test_everybody_of_the_cast_can_sign_in_and_has_a_post() -> None:
    for member in cast():
        account = Account.objects.get(username=member.username)
        assert account.is_active
        assert account.activated_at
        assert actor(member.username).powers


def test_a_person_with_two_offices_begins_in_the_main_one() -> None:
    by = actor("nhung.p10")
    assert (
        by.office_id == Office.objects.get(name="Viện kiểm sát nhân dân tỉnh Bắc Ninh", valid_to_on=None).pk
    )
    assert len(organisations.offices_of(Account.objects.get(username="nhung.p10"))) == 2


def test_who_stands_in_sees_what_the_absent_colleague_would() -> None:
    by = actor("linh.p9")
    assert by.behalf_of("assign") == "Bùi Kim Oanh"


def test_a_successor_sees_the_books_of_its_predecessors() -> None:
    office = Office.objects.get(name="Viện kiểm sát nhân dân tỉnh Bắc Ninh", valid_to_on=None)
    before = inherited(office.pk).whole
    assert len(before) == 2
    assert IncomingEntry.objects.filter(office__in=before).count() > 300


def test_short_names_fit_and_times_are_in_order() -> None:
    assert not IncomingEntry.objects.filter(registered_at__lt=F("arrived_at")).exists()
    assert not IncomingEntry.objects.filter(closed_at__lt=F("registered_at")).exists()


def first(by: Actor, *states: str, kinds: tuple[str, ...] = ("o", "u", "p")) -> int:
    """The newest entry in one of the owners' states."""
    return incoming.incoming_list(by, states=states, owner_kinds=kinds)[0].entry.pk


def test_the_clerk_receives_what_waits_and_it_gets_the_next_number() -> None:
    by = actor("thuy.vanthu")
    last = incoming.incoming_list(
        by, states=("registered", "presented", "directed", "done"), owner_kinds=("o",)
    )
    entry = documents.receive(first(by, "waiting", kinds=("o",)), by=by)
    assert entry.arrival_number == 1 + max(
        one.entry.arrival_number or 0
        for one in last
        if one.entry.arrived_on and one.entry.arrived_on.year == 2026
    )


def test_the_clerk_presents_and_the_leader_directs() -> None:
    clerk, leader = actor("thuy.vanthu"), actor("minh.pvt")
    pk = first(clerk, "registered", kinds=("o",))
    documents.present(pk, leader.person, by=clerk)
    unit = organisations.units_of(leader.office)[2]
    tasks.direct(pk, Direction(text="Giao Phòng 1 xử lý.", lead=Owner("u", unit.pk)), by=leader)
    assert incoming.incoming(pk, leader).entry.state == "directed"


def test_a_leader_directs_what_was_presented() -> None:
    by = actor("minh.pvt")
    pk = first(by, "to_direct", kinds=("p",))
    unit = organisations.units_of(by.office)[2]
    tasks.direct(pk, Direction(lead=Owner("u", unit.pk), due_on=today() + timedelta(days=5)), by=by)


def test_a_head_passes_on_and_a_specialist_finishes() -> None:
    head = actor("toan.tp2")
    waiting = incoming.incoming_list(head, states=("to_assign",), owner_kinds=("u",))
    colleague = actor("nga.p2")
    for seen in waiting[:1]:
        tasks.assign(seen.entry.pk, Direction(text="Đ/c xử lý.", lead=Owner("p", colleague.person)), by=head)
    tasks.finish(first(colleague, "to_do", kinds=("p",)), "Đã báo cáo lãnh đạo phòng.", by=colleague)


def test_the_desk_of_a_specialist_holds_only_open_work() -> None:
    by = actor("khai.p1")
    assert all(seen.entry.state == "directed" for seen in incoming.incoming_list(by, states=("to_do",)))


def test_a_head_agrees_to_a_draft_and_its_history_reads() -> None:
    head = actor("oanh.tp9")
    seen = drafts.drafts(head, states=("to_review",), owner_kinds=("u",))[0]
    draft = reviews.pass_content(seen.draft.pk, "Đồng ý.", by=head)
    assert draft.state == "form"
    assert drafts.reviews(draft.pk)[-1].author_id == head.person


def test_the_clerk_of_a_region_may_check_the_form() -> None:
    by = actor("mai.kv7")
    assert by.may("review_form")
    assert by.may("register")
    assert drafts.drafts(by, states=("form",), owner_kinds=("o",))


def test_a_dossier_is_closed_and_handed_over() -> None:
    by = next(
        actor(name)
        for name in ("khai.p1", "hieu.p8", "linh.p9", "nga.p2")
        if kept.dossiers(actor(name), states=("open",))
    )
    mine = [one for one in kept.dossiers(by, states=("open",)) if one.creator_id == by.person]
    dossier = dossiers.close(
        (mine or kept.dossiers(by, states=("open",)))[0].pk, reason="Văn bản giấy nộp kèm", by=by
    )
    assert archiving.hand_over(dossier.pk, by=by).state == "handed_over"


def test_the_archivist_sees_what_was_handed_over() -> None:
    by = actor("chau.luutru")
    assert kept.dossiers(by, states=("handed_over",))
    assert incoming.incoming_list(by, states=("handed_over",), owner_kinds=("a",))


def test_orders_begin_with_what_the_desks_show() -> None:
    wanted = orders.read()
    works = Counter(one.work for one in wanted)
    assert works["sign"] >= 24
    assert works["scan"] >= 100
    assert works["draft"] == Draft.objects.filter(outgoing=None).count() - form_trial.DRAFTS
    assert works["letter"] + works["scan"] + works["sign"] == Document.objects.count() - business.PAPERS
    first = Draft.objects.select_related("office").get(pk=wanted[0].id)
    assert Counter(one.work for one in wanted if one.read).keys() == {"letter", "scan"}
    assert (wanted[0].work, first.state, first.office.place) == ("draft", "signed", "Bắc Ninh")


def test_a_document_gets_its_file_once_and_is_found_by_its_text() -> None:
    order = next(one for one in orders.read() if one.work == "letter")
    making.make(order)
    making.make(order)
    held = files.attachments("document", [order.id])[order.id]
    assert len(held) == 1
    assert Document.objects.get(pk=order.id).pages == held[0].file.page_count
    search.index_body("document", order.id)
    assert SearchBody.objects.filter(source_kind="document", source_id=order.id).exists()


def test_a_draft_that_waits_for_its_signer_is_ready_to_be_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "available", lambda: False)
    waiting = set(Draft.objects.filter(state="approval").values_list("pk", flat=True))
    order = next(one for one in orders.read() if one.work == "draft" and one.id in waiting)
    making.make(order)
    newest = Version.objects.filter(draft=order.id).order_by("-ordinal").first()
    assert newest is not None
    assert newest.source_id
    assert newest.pdf_id
    assert newest.prepared_id
    assert newest.form_errors == 0
    assert not Version.objects.filter(draft=order.id, source=None).exists()


def test_a_draft_with_errors_of_form_lies_beside_a_good_one() -> None:
    by = actor(form_trial.DRAFTER)
    for (subject, _), wrong, doubtful in ((form_trial.GOOD, 0, 0), (form_trial.SPOILT, 6, 1)):
        draft = Draft.objects.get(subject=subject)
        form_check.check_version(drafts.newest(draft.pk).pk)
        newest = drafts.newest(draft.pk)
        assert (newest.form_errors, newest.form_advice) == (wrong, doubtful)
    form_check.mend(draft.pk, [], ordinal=1, by=by)
    assert drafts.newest(draft.pk).form_errors == 0


def test_two_regions_are_merged_and_nothing_open_stays_with_them() -> None:
    """The rehearsal of 1 July 2025 on the whole sector (smaller and to the minute: organisations/test_reform)."""
    made = merge((6, 7), by=actor("kiet.quantri"))
    ended = [one.pk for one in made.old]
    assert made.change.state == "done"
    assert made.change.moved >= made.counts["Văn bản đến đang giải quyết"] + made.counts["Dự thảo"] > 20
    assert left_behind(ended) == {}
    books = Series.objects.filter(office__in=ended)
    closed = books.filter(closed_on=today(), pk__in=BookClosing.objects.values("series"))
    assert books.count() == closed.count() >= 4
    assert proof.check() == []
    assert list(ledger.check()) == []
    clerk = actor("mai.kv7")
    assert clerk.office_id == made.new.pk
    news = Participant.objects.filter(office_id__in=ended, pending=True, item_kind="in")
    assert set(news.values_list("item_id", flat=True)) <= set(participants.visible(clerk, "in"))
    assert {one.series.pk for one in closing.shelf(clerk)} >= set(books.values_list("pk", flat=True))
