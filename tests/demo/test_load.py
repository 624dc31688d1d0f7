"""The loader: once, whole, and as if people had clicked it."""

from collections import Counter
from datetime import date

import pytest
from django.db.models import Count, F, Max

from vanthu.documents.models import IncomingEntry, OutgoingEntry, Series
from vanthu.documents.states import IncomingState
from vanthu.kernel import ledger, participants
from vanthu.kernel.models import Participant
from vanthu.organisations import queries as organisations
from vanthu.organisations.models import Account, Office
from vanthu_tools.demo import load
from vanthu_tools.demo.cast import cast

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db


def actor(username: str):
    return organisations.actor_for(Account.objects.get(username=username))


def test_it_is_quick_and_says_how_far_it_is(loaded) -> None:
    seconds, steps = loaded
    assert seconds < 40  # of processor, beside what the database needs (11 s): under a minute on an old PC
    assert len(set(steps)) >= 3


def test_the_second_time_nothing_happens(loaded) -> None:
    before = Office.objects.count(), IncomingEntry.objects.count()
    assert load(today=TODAY) is False
    assert (Office.objects.count(), IncomingEntry.objects.count()) == before


def test_every_chain_of_the_ledger_is_intact(loaded) -> None:
    assert list(ledger.check()) == []


def test_books_have_no_gap(loaded) -> None:
    for series in Series.objects.annotate(have=Count("id")):
        model, field = (
            (IncomingEntry, "arrival_number") if series.direction == "in" else (OutgoingEntry, "number")
        )
        rows = model.objects.filter(series=series)
        found = rows.aggregate(count=Count(field, distinct=True), last=Max(field))
        assert found["count"] == found["last"] == series.last


def test_counters_agree_with_the_rows(loaded) -> None:
    by = actor("thuy.vanthu")
    counted = participants.counts(by)
    rows = Participant.objects.filter(owner_kind="o", owner_id=by.office_id, item_kind="in", state="waiting")
    assert sum(n for key, n in counted.items() if key[:3] == ("o", "in", "waiting")) == rows.count() > 0


def test_the_states_of_entries_and_of_their_office_agree(loaded) -> None:
    states = dict(IncomingEntry.objects.values_list("pk", "state"))
    rows = Participant.objects.filter(item_kind="in", owner_kind="o")
    assert {row.item_id: row.state for row in rows.iterator()} == states
    assert Counter(states.values()).keys() >= set(IncomingState.values)


def test_everybody_of_the_cast_can_sign_in_and_has_a_post(loaded) -> None:
    for member in cast():
        account = Account.objects.get(username=member.username)
        assert account.is_active
        assert account.activated_at
        assert actor(member.username).powers


def test_a_person_with_two_offices_begins_in_the_main_one(loaded) -> None:
    by = actor("nhung.p10")
    assert (
        by.office_id == Office.objects.get(name="Viện kiểm sát nhân dân tỉnh Bắc Ninh", valid_to_on=None).pk
    )
    assert len(organisations.offices_of(Account.objects.get(username="nhung.p10"))) == 2


def test_who_stands_in_sees_what_the_absent_colleague_would(loaded) -> None:
    by = actor("linh.p9")
    assert by.behalf_of("assign") == "Bùi Kim Oanh"


def test_a_successor_sees_the_books_of_its_predecessors(loaded) -> None:
    office = Office.objects.get(name="Viện kiểm sát nhân dân tỉnh Bắc Ninh", valid_to_on=None)
    before = organisations.office_and_predecessors(office.pk)
    assert len(before) == 3
    assert IncomingEntry.objects.filter(office__in=before).exclude(office=office).count() > 300


def test_short_names_fit_and_times_are_in_order(loaded) -> None:
    assert not IncomingEntry.objects.filter(registered_at__lt=F("arrived_at")).exists()
    assert not IncomingEntry.objects.filter(closed_at__lt=F("registered_at")).exists()
