"""The story of the demonstration: deterministic, gapless, in every state, nothing later than the evening before."""

from collections import Counter, defaultdict
from datetime import date, datetime, time

import pytest

from vanthu.documents import symbols
from vanthu_tools.demo.clock import ZONE, last_working_day
from vanthu_tools.demo.plan import plan
from vanthu_tools.demo.story import Arrival, Departure, Plan

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def story() -> Plan:
    return plan(TODAY)


def told(story: Plan) -> list[tuple[str, str, str, str]]:
    return [(one.office, one.paper.number, one.paper.subject, one.state) for one in story.arrivals]


def test_the_same_day_gives_the_same_sector(story: Plan) -> None:
    before = told(story)
    plan.cache_clear()
    assert told(plan(TODAY)) == before


def test_some_thousand_documents(story: Plan) -> None:
    assert 4000 <= len(story.arrivals) + len(story.departures) <= 10_000


def test_nothing_happens_after_the_last_working_day(story: Plan) -> None:
    end = datetime.combine(last_working_day(TODAY), time(17, 5), ZONE)
    for arrival in story.arrivals:
        moments = [arrival.arrived_at, arrival.registered_at, arrival.directed_at, arrival.assigned_at]
        known = [at for at in [*moments, arrival.finished_at] if at]
        assert known == sorted(known)
        assert known[-1] <= end
    for draft in story.drafts:
        known = [draft.created_at, *(note.at for note in draft.notes)]
        assert known == sorted(known)
        assert known[-1] <= end


def test_numbers_of_a_book_have_no_gap_and_follow_time(story: Plan) -> None:
    books: defaultdict[tuple[str, str, str], list[Departure]] = defaultdict(list)
    for departure in story.departures:
        books[departure.office, departure.scope, departure.period].append(departure)
    for book in books.values():
        book.sort(key=lambda one: one.number)
        assert [one.number for one in book] == list(range(1, len(book) + 1))
        assert [one.numbered_at for one in book] == sorted(one.numbered_at for one in book)
    arrivals: defaultdict[tuple[str, int], list[Arrival]] = defaultdict(list)
    for arrival in story.arrivals:
        if arrival.registered_at:
            arrivals[arrival.office, arrival.registered_at.year].append(arrival)
    for entries in arrivals.values():
        assert sorted(one.arrival_number or 0 for one in entries) == list(range(1, len(entries) + 1))


def test_nobody_outside_uses_a_symbol_twice_in_a_year(story: Plan) -> None:
    papers = {id(one.paper): one.paper for one in story.arrivals if one.channel != "internal"}.values()
    keys = [
        (p.issuer_name, p.entered_by, symbols.join(p.number, p.notation), p.issued_on.year) for p in papers
    ]
    twice = [key for key, times in Counter(keys).items() if times > 1]
    assert not twice


def test_symbols_follow_the_grammar(story: Plan) -> None:
    papers = [one.paper for one in story.arrivals] + [one.paper for one in story.departures]
    strange = {
        symbol
        for symbol in (symbols.join(paper.number, paper.notation) for paper in papers)
        if not symbols.parse(symbol)
    }
    assert not strange


def test_subjects_are_distinct_enough(story: Plan) -> None:
    subjects = Counter({id(one.paper): one.paper.subject for one in story.arrivals}.values())
    assert len(subjects) > 0.65 * subjects.total()


@pytest.mark.parametrize("office", ["bac_ninh", "tc", "bac_ninh.kv7"])
def test_every_state_occurs_on_the_desks(story: Plan, office: str) -> None:
    states = Counter(one.state for one in story.arrivals if one.office == office)
    assert set(states) >= {"waiting", "directed", "done", "returned"}
    drafts = Counter(one.state for one in story.drafts if one.office == office)
    assert set(drafts) >= {"drafting", "content", "form", "approval", "signed", "issued"} - (
        {"content"} if office == "bac_ninh.kv7" else set()
    )


def test_the_main_clerk_and_leader_have_work(story: Plan) -> None:
    here = [one for one in story.arrivals if one.office == "bac_ninh"]
    assert sum(one.state == "waiting" for one in here) >= 4
    assert sum(one.state == "registered" for one in here) >= 2
    assert sum(one.state == "presented" and one.leader == "minh.pvt" for one in here) >= 3
    assert sum(one.state == "directed" and (one.due_on or TODAY) < TODAY for one in here) >= 3
    for person in ("khai.p1", "hieu.p8", "linh.p9"):
        assert any(one.state == "directed" and one.handler == person for one in here), person


def test_a_region_has_no_step_of_a_unit(story: Plan) -> None:
    for draft in story.drafts:
        if draft.unit is None:
            assert draft.state != "content"


def test_replies_close_what_they_answer(story: Plan) -> None:
    replies = [one for one in story.departures if one.replies_to]
    assert len(replies) > 100
    for reply in replies:
        assert reply.replies_to is not None
        assert reply.replies_to.state == "done"


def test_other_days_work_too() -> None:
    for day in (date(2026, 12, 2), date(2027, 2, 9)):
        story = plan(day)
        assert {one.state for one in story.arrivals} >= {
            "waiting",
            "presented",
            "directed",
            "done",
            "returned",
        }
