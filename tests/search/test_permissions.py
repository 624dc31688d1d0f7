"""What a person may not see is not found: the table "Who may see what", as search answers it."""

from datetime import date

import pytest
from django.utils import timezone

from tests.cast import CAST, World
from tests.search.conftest import Make, make_arrival, make_document
from vanthu.documents.queries import MASKED_SUBJECT
from vanthu.kernel import participants
from vanthu.kernel.actor import SYSTEM
from vanthu.kernel.models import Participant
from vanthu.kernel.participants import Item, Owner
from vanthu.search import actions, jobs, queries, sources
from vanthu.search.models import SearchRow

SUBJECT = "Kế hoạch thanh tra đột xuất kho vật chứng"


@pytest.fixture
def shared(world: World, arrive: Make) -> int:
    """An entry of the province in which P1 and its specialist take part."""
    owners = [Owner("u", world.unit("P1").pk), Owner("p", world.person("specialist").pk)]
    return arrive(SUBJECT, "88/KH-VKSTC", owners).pk


@pytest.fixture
def restricted(world: World, arrive: Make) -> int:
    """The same, restricted, with a body."""
    owners = [Owner("u", world.unit("P1").pk), Owner("p", world.person("specialist").pk)]
    fields = {"restricted": True, "issued_on": date(2026, 7, 15), "issuer_name": "Bộ Công an"}
    entry = arrive(SUBJECT, "88/KH-BCA", owners, arrival_number=321, **fields)
    actions.write_body(sources.load("in", [entry.pk]), "Danh sách điều tra viên tham gia")
    return entry.pk


def finders(world: World, text: str) -> set[str]:
    """Who of the cast finds anything by this text, in search or in suggestions."""
    found = set()
    for persona in CAST:
        by = world.actor(persona)
        if queries.search(text, by=by).hits or queries.suggest(text, by):
            found.add(persona)
    return found


# region_* and supreme_* and the neighbours of P2 are strangers here; administrator and inspector see no content.
OF_THE_OFFICE = {"clerk", "head", "chief"}
OF_THE_UNIT = {"head_of_unit", "delegate", "deputy"}  # the deputy has P1 in their charge


def test_only_those_who_may_see_it_find_it(world: World, shared: int) -> None:
    assert finders(world, "thanh tra đột xuất") == OF_THE_OFFICE | OF_THE_UNIT | {"specialist"}
    assert finders(world, "88/KH") == OF_THE_OFFICE | OF_THE_UNIT | {"specialist"}


def test_a_restricted_one_is_found_by_its_words_only_by_the_head_and_the_named(
    world: World, restricted: int
) -> None:
    for words in ("thanh tra đột xuất", "thanh tra", "Trọng Khánh", "danh sách điều tra viên"):
        assert finders(world, words) == {"head", "specialist"}, words


@pytest.mark.parametrize("text", ["88", "88/KH-BCA", "KH-BCA", "15/7/2026", "Bộ Công an", "cong an", "321"])
def test_the_clerk_finds_a_restricted_one_by_number_date_and_issuer(
    world: World, restricted: int, text: str
) -> None:
    (hit,) = queries.search(text, by=world.actor("clerk")).hits
    assert (hit.item_id, hit.masked) == (restricted, True)
    assert [part.text for part in hit.title] == [MASKED_SUBJECT]
    assert hit.snippet == ()
    assert finders(world, text) == {"clerk", "head", "specialist"}


@pytest.mark.parametrize("text", ["88/KH thanh tra", "Bộ Công an vật chứng", "321 điều tra viên"])
def test_the_clerk_does_not_learn_words_by_adding_them_to_the_number(
    world: World, restricted: int, text: str
) -> None:
    page = queries.search(text, by=world.actor("clerk"))
    assert (page.hits, page.count_text) == ([], "0")


def test_scopes_narrow(world: World, shared: int) -> None:
    head_of_unit = world.actor("head_of_unit")
    assert queries.search("thanh tra", by=head_of_unit, scope="unit").hits
    assert not queries.search("thanh tra", by=head_of_unit, scope="office").hits
    assert not queries.search("thanh tra", by=head_of_unit, scope="mine").hits
    assert queries.search("thanh tra", by=world.actor("specialist"), scope="mine").hits


def test_who_lost_their_part_finds_nothing_before_the_row_is_written_again(world: World, shared: int) -> None:
    Participant.objects.filter(item_kind="in", item_id=shared, owner_kind="p").delete()
    assert not queries.search("thanh tra", by=world.actor("specialist")).hits


def test_what_becomes_restricted_hides_at_once(world: World, restricted: int, shared: int) -> None:
    Participant.objects.filter(item_kind="in", item_id=shared).update(restricted=True)
    assert finders(world, "thanh tra đột xuất") == {"head", "specialist"}
    page = queries.search("88/KH", by=world.actor("clerk"))
    assert {hit.masked for hit in page.hits} == {True}


def test_the_neighbour_in_another_office_finds_only_their_own_entry(world: World, shared: int) -> None:
    document = make_document(world.region, SUBJECT, "88/KH-VKSTC")
    entry = make_arrival(document, world.region, [])
    (hit,) = queries.search("thanh tra", by=world.actor("region_clerk")).hits
    assert hit.item_id == entry.pk
    assert not queries.search("thanh tra", by=world.actor("second_region_clerk")).hits


def test_the_successor_finds_what_its_predecessor_had(world: World) -> None:
    document = make_document(world.former, "Báo cáo tổng kết công tác năm 2024", "9/BC-VKS")
    moment = timezone.make_aware(timezone.datetime(2024, 12, 20, 9))
    entry = make_arrival(document, world.former, [], arrived_at=moment)
    actions.write_body(sources.load("in", [entry.pk]), "Số liệu thống kê tội phạm")
    for text in ("tổng kết công tác", "thống kê tội phạm"):
        assert [hit.item_id for hit in queries.search(text, by=world.actor("clerk")).hits] == [entry.pk]


def test_who_gets_a_part_later_finds_it_by_its_body(world: World, shared: int) -> None:
    actions.write_body(sources.load("in", [shared]), "Danh mục trại tạm giam được kiểm tra")
    assert "neighbour" not in finders(world, "danh mục trại tạm giam")
    participants.include(
        Item("in", shared), Owner("p", world.person("neighbour").pk),
        office_id=world.province.pk, role="support", state="to_do", at=timezone.now(),
    )  # fmt: skip
    jobs.index("in", shared)
    assert "neighbour" in finders(world, "danh mục trại tạm giam")
    participants.exclude(Item("in", shared), Owner("p", world.person("neighbour").pk))
    assert "neighbour" not in finders(world, "danh mục trại tạm giam")


def test_the_system_and_the_powerless_find_nothing(world: World, shared: int) -> None:
    assert queries.search("thanh tra", by=SYSTEM) == queries.Page([], "", "0")
    assert queries.suggest("thanh tra", SYSTEM) == []


def test_a_recalled_entry_leaves_search_with_its_body(world: World, restricted: int) -> None:
    actions.forget("in", restricted)
    assert finders(world, "88/KH-BCA") == set()
    assert not SearchRow.objects.filter(item_id=restricted).exists()
