"""Closed books, and the nightly proof that finds every gap."""

from datetime import date

import pytest

from tests.cast import World
from tests.documents.test_reserving import held, taken
from tests.entries import make_registered
from vanthu.documents import closing, jobs, outgoing, proof, reserving
from vanthu.documents.models import IncomingEntry, OutgoingEntry, Series
from vanthu.documents.series_models import BookProof, HeldNumber
from vanthu.kernel import ledger
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound

pytestmark = pytest.mark.django_db
REASON = "Sáp nhập cơ quan từ ngày mai"


def book(world: World, direction: str = "out", scope: str = "QD") -> Series:
    return Series.objects.get(office=world.province, direction=direction, scope=scope)


def test_a_closed_book_is_certified_and_gives_no_number(world: World) -> None:
    clerk = world.actor("clerk")
    taken(world)
    outgoing.void(taken(world), "Cấp nhầm loại văn bản", by=clerk)
    one = held(world)
    with pytest.raises(Conflict, match="còn 1 số đang giữ"):
        closing.close(book(world).pk, REASON, by=clerk)
    reserving.void_held(one.pk, "Không ban hành quyết định này nữa", by=clerk)
    with pytest.raises(Invalid, match="Ghi lý do đóng sổ sớm"):
        closing.close(book(world).pk, by=clerk)
    made = closing.close(book(world).pk, REASON, by=clerk)
    assert (made.first, made.last, made.documents, made.voided) == (1, 3, 1, 2)
    said = ledger.history(book(world))[-1].note
    assert said.startswith("đóng sổ văn bản đi năm ")
    assert "từ số 01 đến số 03, 1 văn bản, 2 số hủy" in said
    with pytest.raises(Conflict, match="Đã đóng sổ văn bản đi"):
        taken(world)
    with pytest.raises(Conflict, match="Sổ này đã đóng"):
        closing.close(book(world).pk, REASON, by=clerk)
    with pytest.raises(NotAllowed):
        closing.reopen(book(world).pk, "Đóng nhầm sổ của năm nay", by=clerk)
    Series.objects.filter(pk=book(world).pk).update(period="2019")
    assert taken(world).number == 1


def test_the_incoming_book_of_last_year_is_closed_without_a_reason(world: World) -> None:
    make_registered(world)
    Series.objects.filter(office=world.province).update(period="2019")
    made = closing.close(book(world, "in", "all").pk, by=world.actor("clerk"))
    assert closing.words(made) == "từ số 01 đến số 01, 1 văn bản"
    assert make_registered(world).arrival_number == 1


def test_a_book_is_closed_by_its_own_office(world: World) -> None:
    taken(world)
    with pytest.raises(NotFound):
        closing.close(book(world).pk, REASON, by=world.actor("region_clerk"))
    with pytest.raises(NotAllowed):
        closing.close(book(world).pk, REASON, by=world.actor("head"))


def test_every_gap_is_found_told_once_and_stops_the_closing(world: World) -> None:
    clerk = world.actor("clerk")
    entries = [taken(world) for _ in range(5)]
    held(world)
    make_registered(world)
    assert proof.check() == []
    jobs.prove_books(0)
    assert proof.newest() is not None
    OutgoingEntry.objects.filter(pk=entries[1].pk).update(number=20)
    OutgoingEntry.objects.filter(pk=entries[2].pk).update(number=6)
    IncomingEntry.objects.filter(office=world.province).update(arrival_number=2)
    assert sorted(one.what for one in proof.check_office(world.province.pk)) == [
        "thiếu số 1; số ngoài dãy: 2",
        "thiếu số 2-3; số cấp hai lần: 6; số ngoài dãy: 20",
    ]
    assert proof.check_office(world.region.pk) == []
    HeldNumber.objects.update(state="voided", voided_reason="Không ban hành nữa")
    with pytest.raises(Conflict, match="Sổ không liên tục: thiếu số 2-3"):
        closing.close(book(world).pk, REASON, by=clerk)
    jobs.prove_books(0)
    jobs.prove_books(0)
    assert BookProof.objects.count() == 3
    told = [act.note for act in ledger.history(book(world)) if act.verb == "documents.book_broken"]
    (once,) = told
    assert once.startswith(f"kiểm tra hằng đêm thấy sổ văn bản đi năm {book(world).period} (Quyết định)")
    assert once.endswith("không liên tục: thiếu số 2-3; số cấp hai lần: 6; số ngoài dãy: 20")
    assert len(proof.problems_of(proof.newest(), world.province.pk)) == 2
    assert proof.problems_of(proof.newest(), world.region.pk) == []


def test_the_shelf_costs_the_same_however_many_books(world: World, django_assert_num_queries: object) -> None:
    taken(world)
    by = world.actor("clerk")
    with django_assert_num_queries(6):  # type: ignore[operator]
        closing.shelf(by)
    for kind in ("CV", "KH", "BC", "CAOTRANG"):
        taken(world, kind=kind)
    make_registered(world)
    with django_assert_num_queries(6):  # type: ignore[operator]
        found = closing.shelf(by)
    assert {one.name for one in found} == {
        "Quyết định", "Công văn", "Kế hoạch", "Báo cáo", "Cáo trạng", "Văn bản đến",
    }  # fmt: skip
    assert next(one for one in found if one.name == "Cáo trạng").period.first_on.month == 12
    assert all(not one.ended for one in found)


def test_numbers_begin_anew_at_midnight_of_the_office(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """30/11 and 01/12 for procedural documents, 31/12 and 01/01 for the others."""
    given = []
    for day in (date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 1)):
        monkeypatch.setattr(outgoing, "today", lambda day=day: day)
        given.append([taken(world, kind=kind).number for kind in ("CAOTRANG", "QD", "DNQ")])
    assert given == [[1, 1, 1], [1, 2, 2], [2, 3, 3], [3, 1, 4]]
