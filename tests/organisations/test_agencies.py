"""Bodies outside: lists that are taken over, any form of a code, typing."""

import pytest
from django.test.utils import CaptureQueriesContext

from tests.cast import World
from vanthu.exchange.transports.base import AgencyRow as Row
from vanthu.kernel.refusals import Conflict
from vanthu.organisations import agencies
from vanthu.organisations.agency_codes import depth, forms
from vanthu.organisations.agency_models import Agency, AgencyCode

pytestmark = pytest.mark.django_db


LIST = (
    Row("H41", "Ủy ban nhân dân tỉnh Nghệ An", ("000.00.00.H41",), version=5),
    Row("H41.07", "Sở Tư pháp tỉnh Nghệ An", ("000.00.07.H41",), "H41", version=6),
    Row("H41.30.07", "Ủy ban nhân dân xã Tân Lập", ("000.07.30.H41",), "H41", version=6),
    Row("H53.30.01", "UBND xã Tân Lập", (), "H53", version=6),
    Row("H53", "Ủy ban nhân dân tỉnh Tây Ninh", version=6),
    Row("G01", "Bộ Công an", ("000.00.00.G01",), version=7),
    Row("G01.41", "Công an tỉnh Nghệ An", (), "G01", version=7),
    Row("D01", "Tòa án nhân dân tối cao", version=7),
    Row("02.44.W00", "Hệ thống quản lý văn bản Nghệ An", version=8),
)


def take(*rows: Row, whole: bool = True, source: str = "vxp") -> agencies.TakenOver:
    return agencies.take_over(source, rows or LIST, whole)


def named(text: str) -> list[str]:
    return [one.name for one in agencies.search(text)]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (" 000.00.13.H53 ", ("000.00.13.h53", "h53.13")),
        ("g22", ("g22", "000.00.00.g22")),
        ("H37.02.02", ("h37.02.02", "000.02.02.h37")),
        ("vxp.saas.03", ("vxp.saas.03",)),
        ("28.22.H17", ("28.22.h17",)),
        ("A" * 35, ("a" * 35,)),
    ],
)
def test_the_other_form_of_a_code_is_computed_where_it_can_be(code: str, expected: tuple[str, ...]) -> None:
    assert forms(code) == expected


def test_depth_is_that_of_the_new_form() -> None:
    assert [depth(one) for one in ("g22", "000.00.00.g22", "000.00.13.h53", "h37.02.02")] == [1, 1, 2, 3]


def test_a_list_is_taken_over_once() -> None:
    first = take()
    assert (first.read, first.new, first.version) == (9, 9, 8)
    assert take() == agencies.TakenOver(read=9, version=8)
    assert Agency.objects.count() == 9
    assert AgencyCode.objects.filter(current=False).count() == 4


@pytest.mark.parametrize("code", ["H41.07", "h41.07", "000.00.07.H41", " 000.00.07.h41 "])
def test_a_body_is_known_by_every_form_of_its_code(code: str) -> None:
    take()
    found = agencies.by_code(code, "vxp")
    assert found is not None
    assert found.name == "Sở Tư pháp tỉnh Nghệ An"
    assert agencies.by_code(code, "another list") == found


def test_a_form_that_no_list_has_is_computed() -> None:
    take(Row("H53.13", "Sở Nội vụ"))
    found = agencies.by_code("000.00.13.H53", "vxp")
    assert found is not None
    assert found.name == "Sở Nội vụ"


def test_changes_come_by_version() -> None:
    take()
    told = take(
        Row("H41.07", "Sở Tư pháp Nghệ An", version=9),
        Row("G01.41", "Công an tỉnh Nghệ An", version=10, deleted=True),
        Row("G09", "Bộ Nội vụ", version=10),
        whole=False,
    )
    assert (told.new, told.changed, told.gone, told.version) == (1, 1, 1, 10)
    assert named("cong an tinh") == []
    kept = agencies.by_code("G01.41", "vxp")
    assert kept is not None
    assert not kept.active


def test_what_a_whole_list_no_longer_has_is_kept_but_not_offered() -> None:
    take()
    assert take(*LIST[:-2]).gone == 2
    assert named("toa an") == []
    assert agencies.by_code("D01", "vxp") is not None
    assert take().changed == 2
    assert named("toa an") == ["Tòa án nhân dân tối cao"]


def test_a_list_that_was_cut_off_is_not_believed() -> None:
    take()
    with pytest.raises(Conflict, match="chỉ có 2 đơn vị"):
        take(*LIST[:2])
    assert named("toa an") == ["Tòa án nhân dân tối cao"]


def test_a_new_code_leaves_the_old_one_as_an_alias() -> None:
    take()
    take(Row("H99.07", "Sở Tư pháp tỉnh Nghệ An", ("H41.07", "000.00.07.H41")), whole=False)
    moved = agencies.by_code("H41.07", "vxp")
    assert moved is not None
    assert moved.code == "H99.07"
    assert agencies.current_codes([moved.pk], ["vxp"]) == {(moved.pk, "vxp"): "H99.07"}
    assert agencies.aliases(["h99.07"], "vxp")["h99.07"] >= {"h41.07", "000.00.07.h41"}


def test_two_bodies_that_became_one_are_one() -> None:
    take()
    take(Row("H98", "Ủy ban nhân dân tỉnh Mới", ("H41", "H53")), whole=False)
    assert agencies.by_code("H41", "vxp") == agencies.by_code("H53", "vxp")
    assert "Ủy ban nhân dân tỉnh Tây Ninh" not in named("tay ninh")


def test_a_body_in_two_lists_is_one_body() -> None:
    take()
    take(Row("000.00.07.H41", "Sở Tư pháp"), source="province")
    found = agencies.by_code("H41.07", "vxp")
    assert found is not None
    assert agencies.current_codes([found.pk], ["vxp", "province"]) == {
        (found.pk, "vxp"): "H41.07",
        (found.pk, "province"): "000.00.07.H41",
    }


def test_our_own_office_is_recognised_by_its_identifier(world: World) -> None:
    office = world.office("province")
    office.identifier = "H41.47"
    office.save(update_fields=["identifier"])
    take(*LIST, Row("000.00.47.H41", "Viện kiểm sát tỉnh"))
    assert agencies.search("viện kiểm sát tỉnh")[0].office_id == office.pk


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("bộ công an", "Bộ Công an"),
        ("an cong", "Bộ Công an"),
        ("bca", "Bộ Công an"),
        ("CA tỉnh", "Công an tỉnh Nghệ An"),
        ("tandtc", "Tòa án nhân dân tối cao"),
        ("UBND tỉnh tây", "Ủy ban nhân dân tỉnh Tây Ninh"),
        ("stp nghe", "Sở Tư pháp tỉnh Nghệ An"),
        ("tan lap nghe an", "Ủy ban nhân dân xã Tân Lập"),
        ("tan lap tay ninh", "UBND xã Tân Lập"),
        ("ủy ban tân lập tây", "UBND xã Tân Lập"),
        ("h41.07", "Sở Tư pháp tỉnh Nghệ An"),
        ("000.00.07.H41", "Sở Tư pháp tỉnh Nghệ An"),
        ("07.H41", "Sở Tư pháp tỉnh Nghệ An"),
        ("d'\\ oi", ""),
        ("", ""),
    ],
)
def test_typing_finds_it(typed: str, first: str) -> None:
    take()
    assert (named(typed) or [""])[0] == first


def test_the_body_above_tells_two_of_one_name_apart() -> None:
    take()
    assert {one.over for one in agencies.search("tan lap")} == {
        "Ủy ban nhân dân tỉnh Nghệ An",
        "Ủy ban nhân dân tỉnh Tây Ninh",
    }


def test_systems_and_unverified_bodies_are_not_offered() -> None:
    take()
    agencies.sender("X01", "Ban Quản lý dự án lạ", "vxp")
    assert named("hệ thống") == named("dự án lạ") == []
    assert [one.verified for one in agencies.search("dự án lạ", unverified=True)] == [False]


def test_an_unknown_sender_is_kept_until_a_list_has_it() -> None:
    made = agencies.sender("000.00.99.H41", " Ban  lạ ", "vxp")
    assert (made.verified, made.name) == (False, "Ban lạ")
    assert agencies.sender("000.00.99.h41", "tên khác", "vxp") == made
    assert agencies.sender("", "Không mã", "vxp") == agencies.sender("", "Không mã", "vxp")
    take()
    made.refresh_from_db()
    assert (made.verified, made.active) == (False, True)
    take(*LIST, Row("H41.99", "Ban Dân tộc", ("000.00.99.H41",)))
    made.refresh_from_db()
    assert (made.verified, made.name, made.code) == (True, "Ban Dân tộc", "H41.99")


def test_typing_costs_two_queries_however_long_the_list(
    django_assert_max_num_queries: type[CaptureQueriesContext],
) -> None:
    take(
        *(
            Row(f"H{n // 90 + 10}.{n % 90 + 10}.01", f"Ủy ban nhân dân xã Số {n}", (), "H41")
            for n in range(1500)
        )
    )
    with django_assert_max_num_queries(3):
        assert len(agencies.search("ubnd xa")) == 20
