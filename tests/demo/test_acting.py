"""The verbs of the rooms find the loaded sector as if it had come about by them."""

from datetime import timedelta

import pytest

from vanthu.documents import actions as documents
from vanthu.documents import queries as incoming
from vanthu.dossiers import actions as dossiers
from vanthu.dossiers import queries as kept
from vanthu.issuing import actions as issuing
from vanthu.issuing import queries as drafts
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.participants import Owner
from vanthu.organisations import queries as organisations
from vanthu.organisations.models import Account
from vanthu.tasks import actions as tasks
from vanthu.tasks.actions import Direction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def actor(username: str) -> Actor:
    return organisations.actor_for(Account.objects.get(username=username))


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
    draft = issuing.pass_content(seen.draft.pk, "Đồng ý.", by=head)
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
    dossier = dossiers.close((mine or kept.dossiers(by, states=("open",)))[0].pk, by=by)
    assert dossiers.hand_over(dossier.pk, by=by).state == "handed_over"


def test_the_archivist_sees_what_was_handed_over() -> None:
    by = actor("chau.luutru")
    assert kept.dossiers(by, states=("handed_over",))
    assert incoming.incoming_list(by, states=("handed_over",), owner_kinds=("a",))
