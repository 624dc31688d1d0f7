"""The operating rules of an office: who does a step, deadlines, what is wider than the sector has; with a basis."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import World
from tests.entries import SUBJECT, make_registered
from vanthu.documents import taking
from vanthu.documents.models import Series
from vanthu.documents.taking import Slip
from vanthu.kernel import ledger
from vanthu.kernel.calendar import today, working_days_after
from vanthu.kernel.refusals import Invalid, NotAllowed
from vanthu.organisations import queries, rights, rules
from vanthu.organisations.models import OfficeRules
from vanthu.organisations.rules_actions import change_rules

ISSUED = date(2026, 1, 5)


def change(world: World, persona: str = "administrator", **changes: Any) -> OfficeRules:
    return change_rules(changes, number="12/QC-VKS", issued_on=ISSUED, by=world.actor(persona))


def test_a_step_moves_to_whom_the_rules_name_and_from_whom_they_do_not(world: World) -> None:
    change(world, review_form=["clerk"])
    assert world.actor("clerk").may("review_form")
    assert not world.actor("chief").may("review_form")
    assert not world.actor("region_clerk").may("review_form"), "rules of one office are of that office"


def test_one_series_for_all_kinds_waits_for_a_year_without_numbers(world: World) -> None:
    change(world, common_series=True)
    taking.take(Slip(kind="KH", subject=SUBJECT), by=world.actor("clerk"))
    with pytest.raises(Invalid) as refused:
        change(world, common_series=False, handling_days=10)
    assert refused.value.fields["common_series"].startswith("Sổ năm")
    found = queries.rules_of(world.province.pk)
    assert (found.common_series, found.handling_days) == (True, 15)
    Series.objects.filter(office=world.province).update(period="2025")
    assert not change(world, common_series=False).common_series


def test_the_change_is_a_sentence_with_number_and_date(world: World) -> None:
    found = change(world, handling_days=10, review_form=["clerk"], kept_powers=["approve"])
    assert ledger.history(found)[-1].note == (
        "áp dụng quy chế 12/QC-VKS ngày 05/01/2026: thời hạn giải quyết chung: 10 ngày làm việc;"
        " kiểm tra thể thức dự thảo: Văn thư (rộng hơn quy định chung của ngành);"
        " quyền không được ủy quyền: duyệt, ký văn bản"
    )


def test_whose_rights_moved_is_told_and_the_head_of_what_is_wider(world: World) -> None:
    change(world, handling_days=10)
    assert not rights.changes_of(world.actor("head"))
    change(world, review_form=["clerk"])
    for persona, told in (("clerk", 1), ("chief", 1), ("head", 1), ("specialist", 0), ("region_head", 0)):
        assert len(rights.changes_of(world.actor(persona))) == told, persona


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("present", []),
        ("present", ["specialist"]),
        ("review_form", ["head"]),
        ("handling_days", -1),
        ("days_by_kind", {"CV": 0}),
        ("longest_delegation", 61),
        ("kept_powers", ["administer"]),
        ("save", True),
    ],
)
def test_what_no_rule_of_an_office_may_say(world: World, name: str, value: Any) -> None:
    with pytest.raises(Invalid) as refused:
        change(world, **{name: value})
    assert set(refused.value.fields) == {name}


def test_without_number_and_date_nothing_changes(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        change_rules(
            {"handling_days": 10},
            number=" ",
            issued_on=today() + timedelta(days=1),
            by=world.actor("administrator"),
        )
    assert set(refused.value.fields) == {"number", "issued_on"}
    with pytest.raises(NotAllowed):
        change(world, "head", handling_days=10)
    assert queries.rules_of(world.province.pk).handling_days == 15


def test_deadlines_differ_by_kind(world: World) -> None:
    change(world, handling_days=10, days_by_kind={"TB": 3})
    notice, letter = make_registered(world, kind="TB"), make_registered(world)
    assert notice.due_on == working_days_after(today(), 3)
    assert letter.due_on == working_days_after(today(), 10)


def test_back_to_what_the_sector_has_leaves_nothing_behind(world: World) -> None:
    change(world, review_form=["clerk"])
    found = change(world, review_form=["administration_head"])
    assert found.duties == {}
    assert world.actor("chief").may("review_form")


def test_the_sectors_own_rules_are_not_wider_than_themselves() -> None:
    usual = OfficeRules()
    for duty in rules.DUTIES:
        assert not rules.widens(duty.power, rules.holders(usual, duty.power))
        assert set(duty.usual) <= set(duty.possible)
    for name, _, _ in rules.SETTINGS:
        assert not rules.widens(name, getattr(usual, name)), name
