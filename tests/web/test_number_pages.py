"""Numbers in the browser: taking one, holding some, closing a book, ruling the series."""

import io
import re

import pypdfium2 as pdfium
import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.cast import World
from tests.documents.test_reserving import held, taken
from tests.entries import SUBJECT, make_registered
from vanthu.documents import closing, proof
from vanthu.documents.models import OutgoingEntry, Series
from vanthu.documents.series_models import HeldNumber, SeriesRule
from vanthu.kernel.calendar import today

pytestmark = pytest.mark.django_db
SLIP = {"kind": "QD", "subject": SUBJECT, "copies": 1}
REASON = "Sáp nhập cơ quan từ ngày mai"


def shown(browser: Client, name: str, *args: object, **query: object) -> str:
    response = browser.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_number_is_taken_once_however_often_the_button_is_pressed(world: World) -> None:
    browser = world.client("clerk")
    page = shown(browser, "take_number", loai="QD")
    assert 'số tiếp theo là <b class="num">01</b>' in page
    assert reverse("take_number") in shown(browser, "outgoing")
    key = re.search(r'name="idempotency_key" value="([^"]+)"', page)
    assert key
    for _ in range(2):
        response = browser.post(reverse("take_number"), SLIP | {"idempotency_key": key[1]})
    entry = OutgoingEntry.objects.get()
    assert response["Location"] == reverse("taken_number", args=[entry.pk])
    page = shown(browser, "taken_number", entry.pk)
    assert 'id="symbol">01/QĐ-VKS</b>' in page
    assert 'data-copy="01/QĐ-VKS"' in page
    assert "Ghi phát hành, hủy số" in shown(browser, "outgoing_entry", entry.pk)


def test_what_is_wrong_stands_beside_the_field(world: World) -> None:
    browser = world.client("clerk")
    held(world)
    HeldNumber.objects.update(holder_id=1, holder_name="Ngô Thị Bích Hằng")
    response = browser.post(reverse("take_number"), SLIP | {"wanted": "1"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Số 01/QĐ-VKS do Ngô Thị Bích Hằng giữ cho Phòng 1" in page
    assert "<details open>" in page
    assert browser.post(reverse("take_number"), SLIP | {"subject": "ngắn"}).status_code == 422
    assert browser.post(reverse("take_number"), SLIP | {"secrecy": "mat"}).status_code == 403
    assert not OutgoingEntry.objects.exists()


def test_a_paper_document_is_issued_or_voided_from_its_number(world: World) -> None:
    browser = world.client("clerk")
    first, second = taken(world), taken(world)
    browser.post(reverse("dispatch_paper", args=[first.pk]))
    assert browser.post(reverse("void_paper", args=[second.pk]), {"reason": "thôi"}).status_code == 422
    browser.post(reverse("void_paper", args=[second.pk]), {"reason": "Văn bản không ban hành nữa"})
    assert list(OutgoingEntry.objects.order_by("pk").values_list("state", flat=True)) == ["issued", "voided"]
    assert browser.post(reverse("dispatch_paper", args=[second.pk])).status_code == 409
    assert "Văn bản không ban hành nữa" in shown(browser, "taken_number", second.pk)


def test_holding_using_and_voiding(world: World) -> None:
    browser = world.client("clerk")
    form = {"kind": "QD", "purpose": "Quyết định khen thưởng", "expires_on": "01/01/2020", "count": 2}
    assert browser.post(reverse("held_numbers"), form).status_code == 422
    browser.post(reverse("held_numbers"), form | {"expires_on": f"{today():%d/%m/%Y}"})
    first, second = HeldNumber.objects.order_by("number")
    page = shown(browser, "held_numbers")
    assert "01/QĐ-VKS" in page
    assert f"{reverse('take_number')}?loai=QD&amp;so=1" in page
    assert 'value="1"' in shown(browser, "take_number", loai="QD", so=1)
    browser.post(reverse("take_number"), SLIP | {"wanted": "1"})
    browser.post(reverse("void_held_number", args=[second.pk]), {"reason": "Không ban hành quyết định nữa"})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("used", "voided")


def test_the_book_prints_every_number_and_its_closing_page(world: World) -> None:
    browser, clerk = world.client("clerk"), world.actor("clerk")
    taken(world)
    one = held(world)
    book = Series.objects.get(office=world.province, scope="QD")
    assert "Đang giữ cho Phòng 1" in text_of(browser, book)
    refused = browser.post(reverse("close_book", args=[book.pk]), {"reason": REASON})
    assert refused.status_code == 409
    assert "còn 1 số đang giữ" in refused.content.decode()
    browser.post(reverse("void_held_number", args=[one.pk]), {"reason": "Không ban hành quyết định nữa"})
    assert browser.post(reverse("close_book", args=[book.pk]), {"reason": "sớm"}).status_code == 422
    assert browser.post(reverse("close_book", args=[book.pk]), {"reason": REASON}).status_code == 302
    text = text_of(browser, book)
    for words in (
        "01/QĐ-VKS", "02/QĐ-VKS", "Số đã hủy: Không ban hành quyết định nữa", "(Quyết định)", "KẾT THÚC SỔ",
        "từ số 01 đến số 02", "Số trang của sổ 1 trang", f"Người đóng sổ {clerk.name}, {clerk.title}", REASON,
    ):  # fmt: skip
        assert words in text
    response = browser.get(reverse("series_book_file", args=[book.pk]), {"format": "xlsx"})
    table = load_workbook(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    assert [row[0] for row in table["Sổ"].iter_rows(min_row=3, values_only=True)] == [
        "01/QĐ-VKS",
        "02/QĐ-VKS",
    ]
    assert table["Kết thúc sổ"]["B1"].value == "từ số 01 đến số 02"
    assert browser.post(reverse("take_number"), SLIP).status_code == 422
    world.client("administrator").post(reverse("reopen_book", args=[book.pk]), {"reason": REASON})
    assert browser.post(reverse("take_number"), SLIP).status_code == 302


def text_of(browser: Client, book: Series) -> str:
    response = browser.get(reverse("series_book_file", args=[book.pk]))
    assert response.status_code == 200
    pdf = pdfium.PdfDocument(b"".join(response.streaming_content))  # type: ignore[attr-defined]
    assert all((round(page.get_size()[0]), round(page.get_size()[1])) == (842, 595) for page in pdf)
    return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_range() for page in pdf))


def test_a_gap_alarms_the_administrator_and_the_clerk(world: World) -> None:
    make_registered(world)
    administrator = world.client("administrator")
    proof.prove()
    assert "Dãy số, ký hiệu, đóng sổ" in shown(administrator, "desk")
    assert "Mọi sổ liên tục" in shown(world.client("clerk"), "shelf")
    Series.objects.filter(office=world.province, direction="in").update(last=3)
    proof.prove()
    assert "1 sổ không liên tục" in shown(administrator, "desk")
    for persona in ("administrator", "clerk"):
        assert "Sổ không liên tục" in shown(world.client(persona), "shelf")
    assert "Sổ không liên tục" not in shown(world.client("region_clerk"), "shelf")


def test_the_office_rules_its_books_on_one_page(world: World) -> None:
    browser = world.client("administrator")
    form = {"name": "Kế hoạch và báo cáo", "direction": "out", "year_type": "calendar", "kinds": ["KH", "BC"]}
    browser.post(reverse("book_rules"), form)
    again = browser.post(reverse("book_rules"), form)
    assert again.status_code == 422
    assert "đang ở dãy số" in again.content.decode()
    browser.post(reverse("write_symbols"), {"kind": "@party", "pattern": "{kind}/BCSĐ"})
    assert browser.post(reverse("write_symbols"), {"kind": "QD", "pattern": "{năm}"}).status_code == 422
    wrong = browser.post(reverse("change_number_rules"), {"hold_days": 9, "congresses": "31/02/2025"})
    assert wrong.status_code == 422
    rules = {"hold_days": 9, "congresses": "12/08/2025", "letters_allowed": "on"}
    browser.post(reverse("change_number_rules"), rules)
    browser.post(reverse("go_on_from"), {"book": "in", "last": 1200})
    page = shown(browser, "book_rules")
    for words in ("Kế hoạch và báo cáo", "12-NQ/BCSĐ", "12/08/2025", 'value="9"'):
        assert words in page
    assert make_registered(world).arrival_number == 1201
    assert taken(world, kind="DNQ").document.symbol == "01-NQ/BCSĐ"
    assert browser.post(reverse("go_on_from"), {"book": "in", "last": 9}).status_code == 422
    browser.post(reverse("end_series", args=[SeriesRule.objects.get().pk]))
    assert not SeriesRule.objects.exists()


def test_pages_ask_as_much_for_many_books_as_for_one(world: World, django_assert_num_queries: object) -> None:
    browser = world.client("clerk")
    taken(world)
    proof.prove()
    shown(browser, "shelf")
    with django_assert_num_queries(10):  # type: ignore[operator]
        shown(browser, "shelf")
    for kind in ("CV", "KH", "BC", "CAOTRANG"):
        closing.close(taken(world, kind=kind).series_id, REASON, by=world.actor("clerk"))
    with django_assert_num_queries(10):  # type: ignore[operator]
        shown(browser, "shelf")
