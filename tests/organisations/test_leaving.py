"""Who leaves hands over: entries to direct, tasks, drafts and dossiers go to a colleague; nothing stays with nobody."""

import pytest

from tests.cast import World
from tests.entries import fresh, make_assigned, make_presented
from tests.web.drafts import drafted
from vanthu.documents import handing_over as entries
from vanthu.documents import queries as documents
from vanthu.dossiers import actions as dossier_actions
from vanthu.dossiers import handing_over as dossiers
from vanthu.dossiers import queries as dossier_queries
from vanthu.issuing import actions as draft_actions
from vanthu.issuing import handing_over as drafts
from vanthu.issuing import queries as draft_queries
from vanthu.kernel import ledger
from vanthu.kernel.refusals import Invalid, NotAllowed, NotFound
from vanthu.organisations import leaving, rights
from vanthu.organisations.leaving import Change
from vanthu.tasks import actions as task_actions
from vanthu.tasks import handing_over as tasks


def change(world: World, leaver: str, successor: str) -> Change:
    by = world.actor("administrator")
    return leaving.change(world.person(leaver).pk, world.person(successor).pk, by=by)


def test_tasks_go_on_with_the_successor(world: World) -> None:
    entry, by = make_assigned(world), world.actor("administrator")
    given = change(world, "specialist", "second_specialist")
    assert [one.id for one in tasks.work_of(given.leaver, world.province.pk)] != []
    assert tasks.hand_over(given, by=by) == 1
    assert tasks.work_of(given.leaver, world.province.pk) == []
    assert ledger.history(entry)[-1].note == "chuyển việc của Lê Quang Khải cho Trần Thúy Nga"
    task_actions.finish(entry.pk, "Đã báo cáo Viện trưởng.", by=world.actor("second_specialist"))
    assert fresh(entry).state == "done"


def test_what_waits_for_a_leader_goes_to_a_leader(world: World) -> None:
    entry, by = make_presented(world, "deputy"), world.actor("administrator")
    with pytest.raises(Invalid, match="lãnh đạo Viện"):
        entries.hand_over(change(world, "deputy", "specialist"), by=by)
    assert entries.hand_over(change(world, "deputy", "head"), by=by) == 1
    seen = documents.incoming(entry.pk, world.actor("head"))
    assert {row.state for row in seen.sight.rows if row.owner_kind == "p"} == {"to_direct"}
    assert entries.work_of(world.person("deputy").pk, world.province.pk) == []


def test_a_restricted_task_tells_the_successor(world: World) -> None:
    entry = make_presented(world, "deputy", restricted=True)
    entries.hand_over(change(world, "deputy", "head"), by=world.actor("administrator"))
    assert "hạn chế tiếp cận" in rights.changes_of(world.actor("head"))[0].text
    assert entry.restricted


def test_the_successor_goes_on_drafting(world: World) -> None:
    draft, by = drafted(world), world.actor("administrator")
    assert drafts.hand_over(change(world, "specialist", "second_specialist"), by=by) == 1
    draft_actions.submit(draft.pk, by=world.actor("second_specialist"))
    with pytest.raises(NotFound):
        draft_actions.take_back(draft.pk, by=world.actor("specialist"))
    assert (
        draft_queries.draft(draft.pk, world.actor("second_specialist")).draft.drafter.full_name
        == "Trần Thúy Nga"
    )


def test_dossiers_have_a_keeper(world: World) -> None:
    made = dossier_actions.open_dossier("Kiểm tra công tác văn thư năm 2026", by=world.actor("specialist"))
    by = world.actor("administrator")
    assert dossiers.hand_over(change(world, "specialist", "second_specialist"), by=by) == 1
    found = dossier_queries.dossier(made.pk, world.actor("second_specialist")).dossier
    assert found.creator.full_name == "Trần Thúy Nga"


@pytest.mark.parametrize("successor", ["specialist", "region_clerk"])
def test_the_successor_is_a_colleague(world: World, successor: str) -> None:
    with pytest.raises(Invalid) as refused:
        change(world, "specialist", successor)
    assert set(refused.value.fields) == {"successor"}


def test_only_the_administrator_hands_over(world: World) -> None:
    given = change(world, "specialist", "second_specialist")
    for act in (entries.hand_over, tasks.hand_over, drafts.hand_over, dossiers.hand_over):
        with pytest.raises(NotAllowed):
            act(given, by=world.actor("head"))
