"""Held numbers: each is a line of the book until a document uses it or it is voided; a conflict names its holder."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import World
from tests.entries import SUBJECT
from vanthu.documents import proof, reserving, taking
from vanthu.documents.models import OutgoingEntry
from vanthu.documents.reserving import Hold
from vanthu.documents.series_models import HeldNumber, NumberRules
from vanthu.documents.taking import Slip
from vanthu.kernel import ledger
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound

pytestmark = pytest.mark.django_db


def held(world: World, **fields: Any) -> HeldNumber:
    wish = {
        "kind": "QD", "notation": "QĐ-VKS", "purpose": "Quyết định khen thưởng đợt cuối năm",
        "expires_on": today(), "held_for": "Phòng 1", **fields,
    }  # fmt: skip
    return reserving.hold(Hold(**wish), by=world.actor("clerk"))[0]


def slip(**fields: Any) -> Slip:
    return Slip(**{"kind": "QD", "subject": SUBJECT, **fields})


def taken(world: World, **fields: Any) -> OutgoingEntry:
    return taking.take(slip(**fields), by=world.actor("clerk"))


def numbers(world: World) -> list[str]:
    rows = OutgoingEntry.objects.filter(office=world.province).select_related("document").order_by("pk")
    return [one.document.symbol for one in rows]


def test_a_paper_document_gets_the_next_number_of_its_kind(world: World) -> None:
    first = taken(world, unit_id=world.unit("P1").pk, recipients="Công an tỉnh Bắc Ninh", copies=3)
    taken(world, kind="CV", unit_id=world.unit("P1").pk)
    taken(world)
    assert numbers(world) == ["01/QĐ-VKS-P1", "01/VKS-P1", "02/QĐ-VKS"]
    assert (first.medium, first.state, first.copies, first.copy_kept_by) == ("paper", "numbered", 3, "VT, P1")
    assert ledger.history(first)[-1].note.startswith("cấp số 01/QĐ-VKS-P1 ngày")
    with pytest.raises(Invalid):
        taken(world, subject="ngắn")
    with pytest.raises(NotAllowed):
        taken(world, secrecy="mat")
    with pytest.raises(NotAllowed):
        taking.take(slip(), by=world.actor("specialist"))


def test_a_paper_number_is_issued_or_voided_by_hand(world: World) -> None:
    by = world.actor("clerk")
    first, second = taken(world), taken(world)
    assert taking.dispatch(first.pk, by=by).state == "issued"
    with pytest.raises(Conflict):
        taking.void(first.pk, "Cấp nhầm loại văn bản", by=by)
    assert taking.void(second.pk, "Cấp nhầm loại văn bản", by=by).state == "voided"
    assert taken(world).number == 3
    with pytest.raises(NotFound):
        taking.dispatch(taken(world).pk, by=world.actor("region_clerk"))


def test_a_held_number_is_jumped_over_and_then_used(world: World) -> None:
    one = held(world)
    assert (one.number, one.symbol) == (1, "01/QĐ-VKS")
    assert taken(world).number == 2
    entry = taken(world, wanted="01")
    assert (entry.number, entry.document.symbol) == (1, "01/QĐ-VKS")
    one.refresh_from_db()
    assert (one.state, one.outgoing_id) == ("used", entry.pk)
    assert [act.note.split(":")[0] for act in ledger.history(one)] == [
        f"giữ số 01/QĐ-VKS cho Phòng 1 đến hết ngày {today():%d/%m/%Y}",
        "dùng số đã giữ 01/QĐ-VKS",
    ]
    assert proof.check() == []


def test_several_are_held_at_once(world: World) -> None:
    wish = Hold(
        kind="QD", notation="QĐ-VKS", purpose="Mười quyết định khen thưởng", expires_on=today(), count=3
    )
    assert [one.number for one in reserving.hold(wish, by=world.actor("clerk"))] == [1, 2, 3]
    assert taken(world).number == 4


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"expires_on": date(2020, 1, 1)}, "expires_on"),
        ({"expires_on": today() + timedelta(days=400)}, "expires_on"),
        ({"purpose": "ngắn"}, "purpose"),
        ({"count": 21}, "count"),
        ({"kind": "không có"}, "kind"),
    ],
)
def test_what_is_wrong_with_a_hold(world: World, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        held(world, **wrong)
    assert field in refused.value.fields
    assert not HeldNumber.objects.exists()


def test_a_conflict_names_the_number_and_who_has_it(world: World) -> None:
    held(world)
    HeldNumber.objects.update(holder_id=world.person("chief").pk, holder_name="Ngô Thị Bích Hằng")
    with pytest.raises(Conflict, match=r"Số 01/QĐ-VKS do Ngô Thị Bích Hằng giữ cho Phòng 1"):
        taken(world, wanted="1")
    taken(world)
    with pytest.raises(Conflict, match=r"Số 02 đã cấp cho 02/QĐ-VKS, “.*”, Phạm Thu Thủy"):
        taken(world, wanted="02")
    with pytest.raises(Conflict, match=r"Số 30 chưa ai giữ; sổ không nhảy số.*\(03\)"):
        taken(world, wanted="30")
    with pytest.raises(Invalid):
        taken(world, wanted="mười hai")
    assert reserving.take_over(HeldNumber.objects.get().pk, by=world.actor("clerk")).holder_name
    assert taken(world, wanted="1").number == 1


def test_an_expired_number_is_anybodys_or_voided(world: World) -> None:
    first, second = held(world), held(world)
    HeldNumber.objects.update(
        expires_on=today() - timedelta(days=1), holder_id=world.person("chief").pk, holder_name="Khác"
    )
    assert reserving.expire() == 2
    assert reserving.expire() == 0
    clerk = world.actor("clerk")
    assert [one.number for one in reserving.reusable(clerk)] == [1, 2]
    assert taken(world, wanted="1").number == 1
    with pytest.raises(Invalid):
        reserving.void_held(second.pk, "thôi", by=clerk)
    reserving.void_held(second.pk, "Không ban hành quyết định này nữa", by=clerk)
    with pytest.raises(Conflict, match="đã hủy: Không ban hành"):
        taken(world, wanted="2")
    assert ledger.history(first)[-2].note.startswith("hết hạn giữ số 01/QĐ-VKS")
    assert taken(world).number == 3
    assert proof.check() == []


def test_a_supplementary_number_only_where_the_office_allows_it(world: World) -> None:
    taken(world)
    reason = "Quyết định bị sót khi vào sổ"
    with pytest.raises(Conflict, match="không cho dùng số phụ"):
        taken(world, wanted="01a", reason=reason)
    NumberRules.objects.create(office=world.province, letters_allowed=True)
    with pytest.raises(Invalid):
        taken(world, wanted="01a")
    entry = taken(world, wanted="1a", reason=reason)
    assert (entry.number, entry.letter, entry.document.symbol) == (1, "a", "01a/QĐ-VKS")
    assert entry.remark == f"Số phụ: {reason}"
    with pytest.raises(Conflict, match="Số phụ tiếp theo của số 01 là 01b; 01a đã cấp"):
        taken(world, wanted="1a", reason=reason)
    assert taken(world, wanted="1b", reason=reason).letter == "b"
    with pytest.raises(Conflict, match="chưa ai giữ"):
        taken(world, wanted="9a", reason=reason)
    assert taken(world).number == 2
    assert proof.check() == []


def test_a_legal_document_of_our_own_prints_the_year(world: World) -> None:
    entry = taken(world, kind="TT")
    assert entry.document.symbol == f"01/{today().year}/TT-VKS"


def test_copies_share_a_series_and_the_party_has_its_form(world: World) -> None:
    for kind in ("SY", "TRS", "SL", "DNQ"):
        taken(world, kind=kind, unit_id=world.unit("P1").pk)
    assert numbers(world) == ["01/SY-VKS", "02/TrS-VKS", "03/SL-VKS", "01-NQ/ĐU"]


def test_strangers_and_colleagues_without_the_power(world: World) -> None:
    one = held(world)
    with pytest.raises(NotFound):
        reserving.void_held(one.pk, "Không ban hành nữa", by=world.actor("region_clerk"))
    with pytest.raises(NotAllowed):
        reserving.void_held(one.pk, "Không ban hành nữa", by=world.actor("head_of_unit"))
    assert reserving.held_numbers(world.actor("region_clerk")) == []
