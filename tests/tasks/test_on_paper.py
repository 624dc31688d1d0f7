"""Half on paper: the clerk records a leader's handwritten direction, with the scan; both are named everywhere."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from tests.cast import World
from tests.entries import fresh, make_presented, make_registered, unit
from vanthu.documents.models import IncomingEntry
from vanthu.kernel import ledger
from vanthu.kernel.calendar import today
from vanthu.kernel.files import actions as files
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.organisations.models import OfficeRules
from vanthu.organisations.rules_actions import change_rules
from vanthu.tasks import on_paper, queries
from vanthu.tasks.actions import Direction
from vanthu.tasks.models import Instruction
from vanthu.tasks.on_paper import Handwriting


def allow(world: World) -> None:
    """The rules of the province let the clerk record."""
    OfficeRules.objects.filter(office=world.province).delete()
    change_rules(
        {"clerk_records_paper": True},
        number="12/QC-VKS",
        issued_on=today(),
        by=world.actor("administrator"),
    )


def scanned(world: World, persona: str = "clerk") -> Any:
    """The id of an upload: a scan of one page."""
    content = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(content)
    content.seek(0)
    return files.stage(content, "but-phe.pdf", by=world.actor(persona)).pk


def record(world: World, entry: IncomingEntry, persona: str = "clerk", **fields: Any) -> Instruction:
    written = {"leader_id": world.person("head").pk, "written_on": today(), **fields}
    written.setdefault("scans", [scanned(world, persona)])
    direction = Direction(text="Giao Phòng 1 tham mưu.", lead=unit(world, "P1"))
    return on_paper.direct_on_paper(entry.pk, direction, Handwriting(**written), by=world.actor(persona))


def test_the_direction_is_the_leaders_and_the_record_the_clerks(world: World) -> None:
    allow(world)
    entry = make_registered(world)
    made = record(world, entry)
    assert fresh(entry).state == "directed"
    [shown] = queries.instructions("in", entry.pk)
    assert (shown.author, shown.author_title) == (world.person("head"), "Viện trưởng")
    assert (shown.recorded_by, shown.paper_on) == (world.person("clerk"), today())
    assert [task.given_by for task in queries.tasks_of("in", entry.pk)] == [world.person("head")]
    acts = {act.verb: act for act in ledger.history(entry)}
    directed = acts["tasks.directed"]
    assert (directed.actor_name, directed.behalf_of) == ("Phạm Thu Thủy", "Vũ Đình Lâm")
    assert "bút phê trên giấy của Viện trưởng Vũ Đình Lâm" in acts["tasks.recorded_on_paper"].note
    [scan] = on_paper.evidence([made])[made.pk]
    assert (scan.name, scan.role) == ("but-phe.pdf", "scan")
    assert on_paper.may_open_evidence(made.pk, world.actor("head_of_unit"))
    with pytest.raises(NotFound):
        on_paper.may_open_evidence(made.pk, world.actor("region_clerk"))


def test_only_where_the_rules_say_so_and_only_by_the_clerk(world: World) -> None:
    entry = make_presented(world)
    with pytest.raises(NotAllowed, match="Quy chế"):
        record(world, entry)
    allow(world)
    with pytest.raises(NotAllowed):
        record(world, entry, "chief")
    with pytest.raises(NotFound):
        record(world, entry, "specialist")
    OfficeRules.objects.create(office=world.region, clerk_records_paper=True)
    with pytest.raises(NotFound):
        record(world, entry, "region_clerk")


def test_without_evidence_nothing_is_recorded(world: World) -> None:
    allow(world)
    entry = make_presented(world)
    for wrong in ({"scans": []}, {"written_on": today() + timedelta(days=1)}):
        with pytest.raises(Invalid):
            record(world, entry, **wrong)
    with pytest.raises(NotFound, match="không giữ chức vụ"):
        record(world, entry, leader_id=world.person("specialist").pk)
    assert fresh(entry).state == "presented"
    assert not queries.tasks_of("in", entry.pk)


def test_a_record_made_by_mistake_is_taken_back_by_whoever_made_it(world: World) -> None:
    allow(world)
    entry = make_presented(world)
    record(world, entry)
    on_paper.undo_direct_on_paper(entry.pk, by=world.actor("clerk"))
    assert fresh(entry).state == "presented"
    assert not queries.tasks_of("in", entry.pk)
    with pytest.raises(Conflict):
        on_paper.undo_direct_on_paper(entry.pk, by=world.actor("clerk"))
