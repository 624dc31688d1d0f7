"""The office rules its books: from when a series counts, which symbols it writes, and what it refuses."""

from datetime import date

import pytest

from tests.cast import World
from tests.documents.test_reserving import numbers, taken
from tests.entries import make_registered
from vanthu.documents import book_rules, proof, series
from vanthu.documents.book_rules import Wish
from vanthu.documents.kinds import by_code
from vanthu.kernel import ledger
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound

pytestmark = pytest.mark.django_db
PLANS = Wish(name="Kế hoạch và báo cáo", kinds=("KH", "BC"))


def test_a_group_of_kinds_has_its_series_at_once_when_it_has_no_number_yet(world: World) -> None:
    rule = book_rules.define(PLANS, by=world.actor("clerk"))
    assert rule.from_on == today()
    assert [taken(world, kind=kind).number for kind in ("KH", "BC", "QD", "KH")] == [1, 2, 1, 3]
    assert ledger.history(rule)[0].note.startswith(
        "lập dãy số “Kế hoạch và báo cáo” cho Kế hoạch, Báo cáo, theo năm dương lịch"
    )


def test_a_kind_with_a_number_changes_its_series_with_the_next_period(world: World) -> None:
    taken(world, kind="KH")
    rule = book_rules.define(PLANS, by=world.actor("administrator"))
    assert rule.from_on == date(today().year + 1, 1, 1)
    assert taken(world, kind="KH").number == 2
    assert series.place(world.province.pk, "out", by_code("KH"), rule.from_on).scope == rule.scope


def test_procedural_documents_by_the_calendar_begin_in_january(world: World) -> None:
    taken(world, kind="CAOTRANG")
    wish = Wish(name="Cáo trạng", kinds=("CAOTRANG",), year_type="calendar")
    rule = book_rules.define(wish, by=world.actor("clerk"))
    assert (rule.from_on.month, rule.from_on.day) == (1, 1)
    assert rule.from_on > series.upcoming(world.province.pk, "out", by_code("CAOTRANG")).period.last_on


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        (Wish(name="x", kinds=("KH",)), "name"),
        (Wish(name="Kế hoạch", kinds=()), "kinds"),
        (Wish(name="Kế hoạch", kinds=("KH",), year_type="procedural"), "year_type"),
        (Wish(name="Lẫn lộn", kinds=("KH", "DNQ"), year_type="term"), "year_type"),
        (Wish(name="Công văn đến", kinds=("CV",), direction="in"), "kinds"),
    ],
)
def test_what_is_wrong_with_a_series(world: World, wish: Wish, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        book_rules.define(wish, by=world.actor("clerk"))
    assert field in refused.value.fields


def test_a_kind_is_in_one_series_and_comes_back_when_that_ends(world: World) -> None:
    clerk = world.actor("clerk")
    rule = book_rules.define(PLANS, by=clerk)
    with pytest.raises(Invalid, match="Báo cáo đang ở dãy số “Kế hoạch và báo cáo”"):
        book_rules.define(Wish(name="Báo cáo", kinds=("BC",)), by=clerk)
    taken(world, kind="KH")
    with pytest.raises(NotFound):
        book_rules.end(rule.pk, by=world.actor("region_clerk"))
    assert book_rules.end(rule.pk, by=clerk) == date(today().year, 12, 31)
    assert taken(world, kind="BC").number == 2
    again = book_rules.define(Wish(name="Báo cáo", kinds=("BC",)), by=clerk)
    assert again.from_on == date(today().year + 1, 1, 1)
    assert book_rules.end(again.pk, by=clerk) is None


def test_party_documents_come_into_a_book_of_their_own(world: World) -> None:
    make_registered(world)
    wish = Wish(name="Văn bản của Đảng", kinds=("DNQ", "DCV"), year_type="term", direction="in")
    rule = book_rules.define(wish, by=world.actor("clerk"))
    entry = make_registered(world, kind="DNQ", number="12", notation="-NQ/TU", issuer_name="Tỉnh ủy Bắc Ninh")
    assert (entry.arrival_number, entry.series.scope if entry.series else "") == (1, rule.scope)
    assert make_registered(world).arrival_number == 2


def test_a_term_begins_with_the_congress(world: World) -> None:
    book_rules.change(
        letters_allowed=False, hold_days=7, congresses=[date(2025, 8, 12)], by=world.actor("clerk")
    )
    entry = taken(world, kind="DNQ")
    assert series.period_of(entry.series).first_on == date(2025, 8, 12)


def test_symbols_as_the_office_writes_them(world: World) -> None:
    clerk, unit = world.actor("clerk"), world.unit("P1").pk
    for kind, pattern in (
        ("@administrative", "{kind}-{office}-{unit}"),
        ("QD", "{kind}-{office}"),
        ("CV", "{office}-{unit}"),
        ("@party", "{kind}/BCSĐ"),
    ):
        book_rules.write_symbols(kind, pattern, by=clerk)
    for kind in ("QD", "KH", "CV", "DNQ"):
        taken(world, kind=kind, unit_id=unit)
    assert numbers(world) == ["01/QĐ-VKS", "01/KH-VKS-P1", "01/VKS-P1", "01-NQ/BCSĐ"]
    assert book_rules.write_symbols("QD", "", by=clerk) is None
    assert taken(world, kind="QD", unit_id=unit).document.symbol == "02/QĐ-VKS-P1"


@pytest.mark.parametrize(
    "pattern", ["{kind}", "{year}-{office}", "{office}-{kind}", "{kind}/{office}", "{", "//"]
)
def test_a_pattern_that_cannot_be_read_again_is_refused(world: World, pattern: str) -> None:
    with pytest.raises(Invalid):
        book_rules.write_symbols("QD", pattern, by=world.actor("clerk"))


def test_a_paper_book_is_gone_on_with(world: World) -> None:
    clerk = world.actor("clerk")
    book_rules.go_on_from("QD", 1200, by=clerk)
    assert taken(world).number == 1201
    assert proof.check() == []
    with pytest.raises(Conflict, match="Đã cấp đến số 1201"):
        book_rules.go_on_from("QD", 5, by=clerk)


def test_who_rules_the_books(world: World) -> None:
    for persona in ("head", "chief", "specialist", "inspector"):
        with pytest.raises(NotAllowed):
            book_rules.define(PLANS, by=world.actor(persona))
