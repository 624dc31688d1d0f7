"""Finding in the browser: filters, marks, paging, what is masked, and what Ctrl+K offers."""

from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from tests.cast import World
from tests.entries import make_assigned, make_delivered, make_registered
from vanthu.kernel.access import AccessLog
from vanthu.kernel.calendar import today
from vanthu.kernel.jobs import run_jobs
from vanthu.organisations.models import Office
from vanthu.organisations.names import office_key
from vanthu.search.models import SavedSearch

SUBJECT = "Về việc phối hợp kiểm tra công tác tạm giữ, tạm giam năm 2026"
STATEMENTS = 8  # of a page, frame, session and actor included

pytestmark = pytest.mark.django_db


def find(browser: Client, text: str = "tam giam", **query: str) -> str:
    response = browser.get(reverse("search"), {"q": text, **query})
    assert response.status_code == 200
    return response.content.decode()


def test_words_without_marks_find_and_are_marked(world: World) -> None:
    entry = make_registered(world)
    run_jobs()
    shown = find(world.client("clerk"))
    assert "<mark>tạm giam</mark>" in shown
    assert f"số đến {entry.arrival_number}" in shown
    assert "1 kết quả" in shown
    assert reverse("entry_preview", args=[entry.pk]) in shown


def test_part_of_a_symbol_finds(world: World) -> None:
    entry = make_registered(world)
    run_jobs()
    assert reverse("entry", args=[entry.pk]) in find(world.client("clerk"), f"{entry.number}/CAT")


def test_filters_narrow_and_say_so(world: World) -> None:
    make_registered(world)
    run_jobs()
    browser = world.client("clerk")
    assert "data-row" in find(
        browser, **{"in": "in", "year": str(today().year), "kind": "CV", "scope": "office"}
    )
    for query in ({"in": "out"}, {"year": str(today().year - 1)}, {"kind": "KH"}, {"scope": "mine"}):
        shown = find(browser, **query)
        assert "data-row" not in shown
        assert "Tìm trong tất cả" in shown
    assert "Thử bớt từ" in find(browser, "khongcotunay")
    assert "Gõ vào ô trên cùng" in browser.get(reverse("archive")).content.decode()


def test_odd_parameters_are_refused_or_find_nothing(world: World) -> None:
    make_registered(world)
    run_jobs()
    browser = world.client("clerk")
    assert "data-row" in find(browser, scope="everything")
    assert "data-row" not in find(browser, **{"in": "nothing"})
    assert browser.get(reverse("search"), {"q": "tạm", "year": "99999"}).status_code == 422
    assert browser.get(reverse("search"), {"q": "tạm", "sau": "x"}).status_code == 422


def test_pages_follow_until_the_end(world: World) -> None:
    entries = [make_registered(world) for _ in range(23)]
    run_jobs()
    browser = world.client("clerk")
    first = find(browser)
    assert first.count("data-row") == 20
    link = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = browser.get(f"{reverse('search')}{link}").content.decode()
    assert second.count("data-row") == 3
    assert reverse("entry", args=[entries[0].pk]) in second
    assert 'rel="next"' not in second


def test_everybody_finds_only_their_own(world: World) -> None:
    entry = make_assigned(world)
    run_jobs()
    for persona in ("clerk", "head", "head_of_unit", "specialist"):
        assert reverse("entry", args=[entry.pk]) in find(world.client(persona))
    for persona in ("neighbour", "region_clerk", "archivist", "administrator", "inspector", "supreme_head"):
        browser = world.client(persona)
        assert "data-row" not in find(browser)
        assert browser.get(reverse("suggest"), {"q": "tạm giam"}).json() == {"items": []}


def test_of_a_restricted_document_the_clerk_finds_the_number_not_the_words(world: World) -> None:
    entry = make_delivered(world, restricted=True, subject="Kiểm điểm trách nhiệm cán bộ sau thanh tra")
    run_jobs()
    browser = world.client("clerk")
    assert "data-row" not in find(browser, "kiểm điểm trách nhiệm")
    shown = find(browser, entry.symbol)
    assert "Văn bản hạn chế tiếp cận" in shown
    assert "#lock" in shown
    assert "Kiểm điểm trách nhiệm" not in shown
    offered = browser.get(reverse("suggest"), {"q": entry.symbol}).json()["items"]
    assert [one["icon"] for one in offered] == ["lock"]
    assert "Kiểm điểm" not in offered[0]["title"]


def test_ctrl_k_offers_title_detail_and_address(world: World) -> None:
    entry = make_registered(world)
    run_jobs()
    offered = world.client("clerk").get(reverse("suggest"), {"q": "tạm gi"}).json()["items"]
    assert offered == [
        {
            "title": SUBJECT,
            "detail": f"{entry.symbol} · {entry.issuer_name}",
            "icon": "in",
            "url": reverse("entry", args=[entry.pk]),
        }
    ]
    assert world.client("clerk").get(reverse("suggest")).json() == {"items": []}


def test_a_fragment_for_htmx(world: World) -> None:
    make_registered(world)
    run_jobs()
    response = world.client("clerk").get(reverse("search"), {"q": "tam giam"}, headers={"HX-Request": "true"})
    assert b"<html" not in response.content
    assert b"data-row" in response.content


def test_finding_costs_the_same_however_much_there_is(world: World) -> None:
    make_registered(world)
    run_jobs()
    browser = world.client("clerk")
    find(browser)
    with CaptureQueriesContext(connection) as few:
        find(browser)
    for _ in range(8):
        make_registered(world)
    run_jobs()
    with CaptureQueriesContext(connection) as many:
        assert find(browser).count("data-row") == 9
    assert len(many) == len(few) <= STATEMENTS


def test_a_kind_and_a_year_are_enough(world: World) -> None:
    entry = make_registered(world)
    run_jobs()
    browser = world.client("clerk")
    page = find(browser, "", kind=entry.kind, year=str(today().year))
    assert f"{entry.kind_name}, năm" in page
    assert page.count("data-row") == 1
    assert "Không thấy kết quả" in find(browser, "", kind="LUAT")


@pytest.mark.parametrize(
    ("name", "typed", "label"),
    [
        ("suggest_issuers", "khu vuc 7", "Viện kiểm sát nhân dân khu vực 7 - Bắc Ninh"),
        ("suggest_offices", "toi cao", "Viện kiểm sát nhân dân tối cao"),
        ("suggest_kinds", "cong van", "Công văn"),
        ("suggest_people", "khai", "Lê Quang Khải"),
        ("suggest_assignees", "phong 1", "Phòng 1"),
    ],
)
def test_typing_fields_are_completed(world: World, name: str, typed: str, label: str) -> None:
    items = world.client("clerk").get(reverse(name), {"q": typed}).json()["items"]
    assert label in [one["label"] for one in items]


def test_a_number_is_the_number_and_what_is_near_stands_first(world: World) -> None:
    for place, name in enumerate(
        ("Viện kiểm sát quân sự khu vực 71", "Viện kiểm sát nhân dân khu vực 7 - Cà Mau")
    ):
        Office.objects.create(
            code=f"X{place}", name=name, short_name=name, level="military_region" if place == 0 else "region",
            province="Cà Mau", place="Cà Mau", search_key=office_key(name, name),
        )  # fmt: skip
    items = world.client("specialist").get(reverse("suggest_offices"), {"q": "khu vuc 7"}).json()["items"]
    assert [one["label"] for one in items] == [
        world.region.name,
        "Viện kiểm sát nhân dân khu vực 7 - Cà Mau",
        "Viện kiểm sát quân sự khu vực 71",
    ]


def test_the_signers_of_an_issuer_and_ones_own_dossiers_are_offered(world: World) -> None:
    entry = make_registered(world)
    browser = world.client("clerk")
    asked = {"q": "phuoc", "issuer": entry.issuer_name}
    assert browser.get(reverse("suggest_signers"), asked).json()["items"][0]["label"] == "Nguyễn Hữu Phước"
    browser.post(reverse("open_dossier"), {"title": "Hồ sơ tạm giữ, tạm giam 2026", "retention": "10"})
    found = browser.get(reverse("suggest_dossiers"), {"q": "tạm giữ"}).json()["items"]
    assert [one["label"] for one in found] == ["Hồ sơ tạm giữ, tạm giam 2026"]
    assert world.client("head").get(reverse("suggest_dossiers")).json()["items"] == []


def test_what_else_was_typed_is_found_and_shown(world: World) -> None:
    entry = make_registered(world, remark="Bản giấy để ở tủ số 7, chờ đối chiếu")
    run_jobs()
    shown = find(world.client("clerk"), '"chờ đối chiếu"')
    assert reverse("entry", args=[entry.pk]) in shown
    assert "<mark>chờ đối chiếu</mark>" in shown


def test_issuer_signer_and_days_narrow(world: World) -> None:
    entry = make_registered(world)
    run_jobs()
    browser = world.client("clerk")
    day = f"{today():%d/%m/%Y}"
    issuer, signer = entry.issuer_name, entry.signer_name
    assert "data-row" in find(browser, "", issuer=issuer)  # without any other word
    assert "data-row" in find(browser, issuer=issuer, signer=signer, since=day, until=day)
    for query in ({"issuer": signer}, {"signer": issuer}, {"until": "1/1/2020"}, {"since": "1/1/2099"}):
        assert "data-row" not in find(browser, **query)
    wrong = browser.get(reverse("search"), {"q": "tạm", "since": "32/1/2026"})
    assert wrong.status_code == 422
    assert "Nhập ngày theo dạng" in wrong.content.decode()


def test_hits_in_another_order(world: World) -> None:
    first, second = make_registered(world, number="20"), make_registered(world, number="3")
    run_jobs()
    browser = world.client("clerk")
    places = {
        order: [find(browser, order=order).index(reverse("entry", args=[one.pk])) for one in (first, second)]
        for order in ("newest", "oldest", "symbol")
    }
    assert places["newest"][0] > places["newest"][1]
    assert places["oldest"][0] < places["oldest"][1]
    assert places["symbol"][0] > places["symbol"][1]  # 3 before 20


def test_a_search_is_kept_opened_and_forgotten(world: World) -> None:
    browser = world.client("clerk")
    for name in ("Tạm giam", "Tạm giam", "Kế hoạch"):  # the same name twice is one
        assert (
            browser.post(reverse("save_search"), {"name": name, "query": "q=tam+giam&in=in"}).status_code
            == 302
        )
    shown = browser.get(reverse("archive")).content.decode()
    assert shown.count("q=tam+giam&amp;in=in") == 2
    assert "Tạm giam" not in world.client("head").get(reverse("archive")).content.decode()
    kept = SavedSearch.objects.get(name="Tạm giam")
    assert world.client("head").post(reverse("forget_search", args=[kept.pk])).status_code == 404
    assert browser.post(reverse("forget_search", args=[kept.pk])).status_code == 302
    assert "Kế hoạch" in browser.get(reverse("archive")).content.decode()
    assert browser.post(reverse("save_search"), {"name": "", "query": "q=x"}).status_code == 422
    assert browser.post(reverse("save_search"), {"name": "x", "query": ""}).status_code == 422


def test_the_fields_shown_are_chosen(world: World) -> None:
    entry = make_registered(world)
    run_jobs()
    browser = world.client("clerk")
    assert f"ký: {entry.signer_title}" not in find(browser)
    assert browser.post(reverse("show_fields"), {"fields": ["signer", "item"]}).status_code == 302
    shown = find(browser)
    assert "Văn bản đến · ký: " in shown
    assert f"số đến {entry.arrival_number}" not in shown
    assert browser.post(reverse("show_fields"), {}).status_code == 302
    assert f"số đến {entry.arrival_number}" in find(browser)
    assert browser.post(reverse("show_fields"), {"fields": ["password"]}).status_code == 422


def test_results_leave_as_table_and_are_written_down(world: World) -> None:
    entry = make_registered(world, subject="=1+1 kế hoạch kiểm tra tạm giam")
    make_delivered(world, restricted=True, subject="Kiểm điểm việc tạm giam")
    run_jobs()
    browser = world.client("clerk")

    def leave(name: str) -> bytes:
        response = browser.get(reverse("export_search"), {"q": "tam giam", "format": name})
        assert response.status_code == 200
        assert f".{name}" in response["Content-Disposition"]
        return response.content

    sheet = load_workbook(BytesIO(leave("xlsx"))).active
    heads, row = ([cell.value for cell in line] for line in list(sheet.iter_rows())[2:4])
    assert heads == ["STT", "Số, ký hiệu", "Ngày văn bản", "Số đến", "Cơ quan ban hành", "Trích yếu nội dung"]
    assert row[1] == entry.symbol
    assert row[3:] == [entry.arrival_number, entry.issuer_name, "=1+1 kế hoạch kiểm tra tạm giam"]
    assert sheet.max_row == 4  # the restricted one does not answer to its words
    table = Document(BytesIO(leave("docx"))).tables[0]
    assert table.cell(1, 1).text == entry.symbol
    assert "1 kết quả" in PdfDocument(leave("pdf"))[0].get_textpage().get_text_range()
    assert AccessLog.objects.filter(item_kind="search", action="download").count() == 3
    assert browser.get(reverse("export_search"), {"q": "tam giam", "format": "exe"}).status_code == 422
    assert browser.get(reverse("export_search"), {"format": "pdf"}).status_code == 422
