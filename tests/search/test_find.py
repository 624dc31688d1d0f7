"""Find: words with and without marks, symbols and their parts, dates, body text; pages without gaps."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from weasyprint import HTML

from tests.cast import World
from tests.search.conftest import Make, make_arrival, make_departure, make_document
from vanthu.kernel.calendar import today
from vanthu.kernel.files import actions as files
from vanthu.kernel.models import Participant
from vanthu.kernel.refusals import Invalid
from vanthu.search import actions, frequencies, queries, sources
from vanthu.search.models import SearchBody, SearchRow
from vanthu.search.queries import Page

PLAN = "Kế hoạch kiểm tra công tác thi hành án dân sự năm 2026"
DRUGS = "Hướng dẫn phòng, chống ma túy trong trường học"
PEACE = "Báo cáo kết quả hoà giải ở cơ sở"


@pytest.fixture
def shelf(world: World, arrive: Make) -> World:
    """Three entries of the province."""
    arrive(PLAN, "2143/KH-VKS-VP", issued_on=date(2026, 7, 15))
    arrive(DRUGS, "11/HD-VKSTC", kind="HD")
    arrive(PEACE, "129-NQ/BCSĐ", kind="DNQ", issuer_name="Ban cán sự đảng VKSND tối cao")
    return world


def find(world: World, text: str, persona: str = "clerk", **narrow: object) -> list[str]:
    return titles(queries.search(text, by=world.actor(persona), **narrow))  # type: ignore[arg-type]


def titles(page: Page) -> list[str]:
    return ["".join(part.text for part in hit.title) for hit in page.hits]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kế hoạch", [PLAN]),
        ("ke hoach", [PLAN]),
        ("KE HOACH", [PLAN]),
        ("kè hoạch", []),
        ("kiểm tra kế hoạch", [PLAN]),
        ("thi hanh an dan su", [PLAN]),
        ('"thi hành án"', [PLAN]),
        ('"án thi hành"', []),
        ("hòa giải", [PEACE]),
        ("hoà giải", [PEACE]),
        ("hỏa giải", []),
        ("duong hoc", []),
        ("trường học", [DRUGS]),
        ("Khánh", [PEACE, DRUGS, PLAN]),
        ("2143", [PLAN]),
        ("2143/KH", [PLAN]),
        ("2143/KH-VKS-VP", [PLAN]),
        ("2143/KH-V", [PLAN]),
        ("2143/QĐ", []),
        ("214", []),
        ("kh-vks", [PLAN]),
        ("VKS-VP", [PLAN]),
        ("VKSTC", [DRUGS, PLAN]),
        ("THADS", [PLAN]),
        ("129-NQ/BCSĐ", [PEACE]),
        ("129-nq", [PEACE]),
        ("nq/bcsd", [PEACE]),
        ("15/7/2026", [PLAN]),
        ("15/07/2026", [PLAN]),
        ("16/7/2026", []),
        ("2143/KH thi hành án", [PLAN]),
        ("2143/KH ma túy", []),
        ("năm 2026", [PLAN]),
        ("ban cán sự", [PEACE]),
        ("khong co gi", []),
        ("", []),
        ("'; DROP TABLE x; --", []),
        ("\\ ' :* & | !", []),
    ],
)
@pytest.mark.parametrize("counted", [False, True], ids=["new", "counted"])
def test_finds(shelf: World, text: str, found: list[str], *, counted: bool) -> None:
    if counted:
        frequencies.refresh()
    assert find(shelf, text) == found


def test_newest_first_and_narrowed_by_kind_year_and_item(shelf: World) -> None:
    assert find(shelf, "Khánh", kind="HD") == [DRUGS]
    assert find(shelf, "Khánh", year=2026) == [PEACE, DRUGS, PLAN]
    assert find(shelf, "Khánh", year=2025) == []
    assert find(shelf, "Khánh", item_kind="in") == [PEACE, DRUGS, PLAN]
    assert find(shelf, "Khánh", item_kind="out") == []


def test_a_year_is_that_of_hanoi(world: World, arrive: Make) -> None:
    arrive("Công văn gửi đêm giao thừa", arrived_at=datetime(2025, 12, 31, 18, 0, tzinfo=UTC))
    assert find(world, "giao thừa", year=2026) == ["Công văn gửi đêm giao thừa"]
    assert find(world, "giao thừa", year=2025) == []


def test_marks_what_was_found(shelf: World) -> None:
    (hit,) = queries.search("ke hoach 2143/kh", by=shelf.actor("clerk")).hits
    assert [part.text for part in hit.title if part.found] == ["Kế hoạch"]
    assert [(part.text, part.found) for part in hit.symbol] == [("2143/KH", True), ("-VKS-VP", False)]


def test_the_arrival_number_is_found(world: World, arrive: Make) -> None:
    entry = arrive("Công văn xin ý kiến", "7/VKSTC-V14", arrival_number=845)
    (hit,) = queries.search("845", by=world.actor("clerk")).hits
    assert (hit.item_kind, hit.item_id, hit.arrival_number) == ("in", entry.pk, 845)


def test_finds_by_the_text_of_the_files_and_shows_the_passage(shelf: World) -> None:
    entry_id = SearchRow.objects.get(title=DRUGS).item_id
    text = (
        "Trang một.\n" * 50
        + "Các đơn vị rà soát hồ sơ\nbồi thường, giải phóng mặt bằng trước ngày 30/6.\n" * 3
    )
    actions.write_body(sources.load("in", [entry_id]), text)
    page = queries.search("giải phóng mặt bằng", by=shelf.actor("clerk"))
    assert titles(page) == [DRUGS]
    (hit,) = page.hits
    shown = "".join(part.text for part in hit.snippet)
    assert "rà soát hồ sơ bồi thường, giải phóng mặt bằng" in shown
    assert len(shown) < 200
    assert "giải phóng mặt bằng" in {part.text for part in hit.snippet if part.found}
    assert find(shelf, "giai phong mat bang ma tuy") == [DRUGS]  # half in the body, half in the title
    assert find(shelf, "giái phóng") == []
    assert find(shelf, "phong chong ma tuy") == [DRUGS]  # once, though row and body both answer


def test_the_text_of_a_pdf_is_read(world: World, arrive: Make) -> None:
    entry = arrive("Công văn về việc phối hợp", "5/VKSTC-V14")
    pdf = HTML(string="<p>Kháng nghị phúc thẩm vụ án Nguyễn Văn Tèo</p>").write_pdf()
    stored = files.store_bytes(pdf, "application/pdf")
    files.attach(stored, owner_kind="document", owner_id=entry.document_id, role="main", name="cv.pdf")
    broken = files.store_bytes(b"%PDF-1.7 nothing", "application/pdf")
    files.attach(broken, owner_kind="document", owner_id=entry.document_id, role="attachment", name="x.pdf")
    actions.index_body("document", entry.document_id)
    assert find(world, "kháng nghị phúc thẩm") == ["Công văn về việc phối hợp"]


def test_pages_follow_without_gap_or_repetition(world: World, arrive: Make) -> None:
    same = datetime(2026, 5, 4, 2, 0, tzinfo=UTC)
    made = [
        arrive(f"Thông báo số {n} về lịch họp", arrived_at=same if n % 3 else same - timedelta(days=n)).pk
        for n in range(47)
    ]
    frequencies.refresh()
    seen: list[int] = []
    cursor, pages = "", 0
    while pages == 0 or cursor:
        page = queries.search("lịch họp", by=world.actor("clerk"), before=cursor, limit=10)
        assert page.count_text == ("" if cursor else "47")
        seen += [hit.item_id for hit in page.hits]
        cursor, pages = page.next_cursor, pages + 1
    assert pages == 5
    assert sorted(seen) == sorted(made)
    keys = list(SearchRow.objects.order_by("-at", "-item_kind", "-item_id").values_list("item_id", flat=True))
    assert seen == keys


def test_counts_stop_at_200(world: World) -> None:
    document = make_document(world.province, "Thông báo nghỉ lễ", "1/TB-VKS")
    entry = make_arrival(document, world.province, [])
    (row,) = sources.load("in", [entry.pk])
    _copies_of(row, world, 205)
    page = queries.search("nghỉ lễ", by=world.actor("clerk"))
    assert (len(page.hits), page.count_text) == (20, "200+")


def test_texts_are_looked_up_for_what_is_shown_and_the_rest_is_said_to_be_about(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "SURE", 3)
    monkeypatch.setattr(queries, "CHUNK", 3)
    document = make_document(world.province, "Thông báo", "1/TB-VKS")
    entry = make_arrival(document, world.province, [])
    (row,) = sources.load("in", [entry.pk])
    _copies_of(row, world, 9, hours=0)
    actions.write_body([row], "bàn giao con dấu")
    for asked, count in (('"bàn giao con"', "khoảng 10"), ('"giao con"', "10"), ('"bàn giao cơn"', "0")):
        page = queries.search(asked, by=world.actor("clerk"), limit=2)
        assert (len(page.hits), page.count_text) == (0 if count == "0" else 2, count)


def _copies_of(row: sources.Indexed, world: World, number: int, *, hours: int = 1) -> None:
    """Rows and participants of entries that exist nowhere else, so many hours apart."""
    numbers = range(10_000_000, 10_000_000 + number)
    actions.write([replace(row, item_id=n, at=row.at - timedelta(hours=hours * (n % 1000))) for n in numbers])
    Participant.objects.bulk_create(
        Participant(
            item_kind="in", item_id=n, office_id=world.province.pk, owner_kind="o", owner_id=world.province.pk,
            role="owner", state="to_do", at=row.at,
        )
        for n in numbers
    )  # fmt: skip


def test_many_that_only_look_alike_end_the_page_with_a_place_to_go_on(
    world: World, arrive: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "EXAMINED", 5)
    monkeypatch.setattr(queries, "COUNTED", 2)
    wanted = arrive("Tờ trình về việc mua sắm bàn ghế")
    for _ in range(11):
        arrive("Tờ trình về việc mưa bão")
    seen, cursor, pages = [], "", 0
    while pages == 0 or cursor:
        page = queries.search("mua sắm", by=world.actor("clerk"), before=cursor, limit=2)
        seen += [hit.item_id for hit in page.hits]
        cursor, pages = page.next_cursor, pages + 1
    assert seen == [wanted.pk]


def test_a_broken_cursor_is_refused(shelf: World) -> None:
    for cursor in ("x", "2026-01-01~in", "2026-01-01~in~x", "0001-01-01T00:00:00+14:00~in~1"):
        with pytest.raises(Invalid):
            queries.search("kế hoạch", by=shelf.actor("clerk"), before=cursor)


def test_odd_parameters_of_a_page_find_nothing_or_are_refused(shelf: World) -> None:
    actor = shelf.actor("clerk")
    assert queries.search("kế hoạch", by=actor, kind="'\x00|\\").hits == []
    assert queries.search("kế hoạch", by=actor, before="1700-01-01T00:00:00+00:00~in~1").hits == []
    huge = f"2026-12-31T00:00:00+00:00~\x00~{10**30}"
    assert len(queries.search("kế hoạch", by=actor, before=huge).hits) == 1
    for year in (0, 1900, 9999, 10**9):
        with pytest.raises(Invalid):
            queries.search("kế hoạch", by=actor, year=year)


def test_few_queries(shelf: World) -> None:
    frequencies.refresh()
    actor = shelf.actor("clerk")
    with CaptureQueriesContext(connection) as run:
        queries.search("kế hoạch", by=actor)
    assert len(run) == 2  # frequencies, rows
    assert not any("OFFSET" in query["sql"] or "COUNT(" in query["sql"].upper() for query in run)
    actions.write_body(sources.load("in", [SearchRow.objects.get(title=PLAN).item_id]), "Nội dung bổ sung")
    with CaptureQueriesContext(connection) as run:
        queries.search("nội dung bổ sung", by=actor)
    assert len(run) == 3  # and the body for the passage
    with CaptureQueriesContext(connection) as run:
        queries.suggest("ke hoa", actor)
    assert len(run) <= 5  # windows widen until enough or everything was seen


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ke hoa", [PLAN]),
        ("kế hoa", [PLAN]),
        ("kè hoa", []),
        ("214", [PLAN]),
        ("2143/k", [PLAN]),
        ("trường", [DRUGS]),
        ("trường h", [DRUGS]),
        ("ban cán s", [PEACE]),
        ("", []),
    ],
)
def test_suggests_while_typing(shelf: World, text: str, found: list[str]) -> None:
    hits = queries.suggest(text, shelf.actor("clerk"))
    assert ["".join(part.text for part in hit.title) for hit in hits] == found


def test_a_choice_alone_lists_all_that_it_leaves(world: World) -> None:
    office, by = world.province, world.actor("clerk")
    make_arrival(make_document(office, "Kế hoạch kiểm tra", "12/KH-VKS"), office, [])
    make_arrival(make_document(office, "Báo cáo quý", "13/BC-VKS", kind="BC"), office, [])
    make_departure(make_document(office, "Báo cáo năm", "14/BC-VKS", kind="BC"), office)
    found = queries.search("", by=by, kind="BC")
    assert (len(found.hits), found.count_text) == (2, "2")
    assert [hit.item_kind for hit in queries.search("", by=by, kind="BC", item_kind="out").hits] == ["out"]
    assert len(queries.gather("", by=by, limit=9, year=today().year).hits) == 3
    assert queries.search("", by=world.actor("region_clerk"), kind="BC").hits == []
    assert queries.search("", by=by, scope="all").hits == []  # nothing was asked
    assert queries.search("!?", by=by, kind="BC").hits == []  # words that say nothing are no choice


def test_what_carries_the_number_stands_before_what_mentions_it(world: World) -> None:
    office = world.province
    own = make_arrival(make_document(office, "Kế hoạch kiểm tra", "0344/KH-VKS"), office, [])
    make_arrival(make_document(office, "Đính chính Kế hoạch số 344/KH-VKS", "350/VKS"), office, [])
    make_arrival(make_document(office, "Kế hoạch khác", "3441/KH-VKS"), office, [])
    for typed in ("344", "344/k", "0344/KH"):
        assert queries.suggest(typed, world.actor("clerk"))[0].item_id == own.pk, typed


def test_one_document_is_found_at_the_sender_and_at_the_receiver_by_its_body(world: World) -> None:
    document = make_document(world.supreme, "Kế hoạch chuyển đổi số", "221/KH-VKSTC")
    out = make_departure(document, world.supreme)
    actions.write_body(sources.load("out", [out.pk]), "Toàn ngành dùng chữ ký số")
    entry = make_arrival(document, world.region, [])
    assert SearchBody.objects.count() == 1
    for persona, item in (("supreme_clerk", ("out", out.pk)), ("region_clerk", ("in", entry.pk))):
        hits = queries.search("chữ ký số", by=world.actor(persona)).hits
        assert [(hit.item_kind, hit.item_id) for hit in hits] == [item]
    assert find(world, "chữ ký số", "clerk") == []
