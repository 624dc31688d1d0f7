"""The pages of practice: in by the menu, the word and the colour on every page, out by one click."""

from datetime import timedelta
from io import BytesIO

import docx
import openpyxl
import pypdfium2
import pytest
from django.core.cache import caches
from django.test import Client

from tests.cast import World
from tests.practice.rooms import make_entered, practising
from vanthu.documents.models import IncomingEntry, Series
from vanthu.kernel.calendar import today
from vanthu.organisations.models import Office, Post
from vanthu.organisations.practice_models import PracticeRoom
from vanthu.reading.practice_mark import SHORT, WORDS

pytestmark = pytest.mark.django_db


def text_of(pdf: bytes) -> list[str]:
    """The words of each page."""
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(BytesIO(pdf))]


def test_the_word_is_on_every_page_and_only_in_practice(world: World) -> None:
    sector = make_entered(world)
    browser = practising(world, sector)
    for address in ("/", "/incoming", "/outgoing", "/practice/", "/incoming/999999999"):
        page = browser.get(address).content.decode()
        assert "data-practice" in page
        assert WORDS in page
    browser.post("/practice/leave")
    for address in ("/", "/incoming", "/practice/"):
        page = browser.get(address).content.decode()
        assert "data-practice" not in page
        assert "VKSND tỉnh Bắc Ninh" in page
        assert "Phối hợp kiểm tra công tác tạm giữ, tạm giam" not in page


def test_the_menu_leads_in_and_parts_are_changed_with_one_click(world: World) -> None:
    browser = world.client("specialist")
    assert 'href="/practice/"' in browser.get("/").content.decode()
    assert browser.post("/practice/enter").status_code == 302
    assert "Chờ tiếp nhận" in browser.get("/incoming").content.decode()
    head = Post.objects.get(office__room__isnull=False, office__level="province", role="head")
    assert browser.post(f"/practice/part/{head.pk}").status_code == 302
    assert "Viện trưởng" in browser.get("/").content.decode()
    assert browser.post(f"/practice/part/{world.post('head').pk}").status_code == 404


def test_forms_opened_in_practice_are_not_sent_into_the_real_office(world: World) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.account("clerk"), "allauth.account.auth_backends.AuthenticationBackend")

    def token() -> str:
        browser.get("/practice/")
        return browser.cookies["csrftoken"].value

    real = token()
    assert browser.post("/practice/enter", {"csrfmiddlewaretoken": real}).status_code == 302
    practised = token()
    assert browser.post("/practice/leave", {"csrfmiddlewaretoken": real}).status_code == 403
    assert browser.post("/practice/leave", {"csrfmiddlewaretoken": practised}).status_code == 302
    fields = {"subject": "Tập", "issuer_name": "Cơ quan tập", "kind": "CV", "csrfmiddlewaretoken": practised}
    assert browser.post("/incoming/register", fields).status_code == 403
    assert not Series.objects.filter(office=world.province).exists()


def test_after_midnight_a_form_does_not_slip_into_the_real_office(world: World) -> None:
    sector = make_entered(world, "clerk")
    browser = practising(world, sector, persona="clerk")
    entry = IncomingEntry.objects.filter(office=sector.offices["province"], state="waiting").earliest("pk")
    yesterday = {"valid_from_on": today() - timedelta(days=1), "valid_to_on": today() - timedelta(days=1)}
    PracticeRoom.objects.update(on=today() - timedelta(days=1))
    Office.objects.exclude(room=None).update(**yesterday)
    Post.objects.exclude(office__room=None).update(**yesterday)
    caches["actors"].clear()
    answer = browser.post(f"/incoming/{entry.pk}/receive")
    assert answer.status_code == 409
    assert "nửa đêm" in answer.content.decode()
    assert "data-practice" not in browser.get("/").content.decode()
    assert browser.get(f"/incoming/{entry.pk}").status_code == 404


def test_pdf_made_in_practice_says_so_on_every_page(world: World) -> None:
    sector = make_entered(world)
    browser = practising(world, sector)
    entry = IncomingEntry.objects.filter(office=sector.offices["province"], state="directed").earliest("pk")
    answer = browser.get(f"/incoming/{entry.pk}/slip.pdf")
    assert answer["Content-Type"] == "application/pdf"
    pages = text_of(answer.content)
    assert pages
    assert all(WORDS in page for page in pages)


def test_sheets_and_texts_made_in_practice_say_so(world: World) -> None:
    browser = practising(world, make_entered(world))
    book = openpyxl.load_workbook(
        BytesIO(browser.get("/search/export", {"q": "kiểm tra", "format": "xlsx"}).content)
    )
    assert all(sheet.title.startswith(SHORT) for sheet in book)
    assert all(WORDS in sheet.oddHeader.center.text for sheet in book)
    text = docx.Document(BytesIO(browser.get("/search/export", {"q": "kiểm tra", "format": "docx"}).content))
    assert [one.header.paragraphs[0].text for one in text.sections] == [WORDS]


def test_a_search_outside_finds_nothing_of_practice(world: World) -> None:
    make_entered(world, "clerk")
    page = world.client("clerk").get("/search", {"q": "Ban Chỉ đạo phòng, chống tội phạm tỉnh Thực Hành"})
    assert "312/GM-UBND" not in page.content.decode()


def test_the_bar_of_practice_costs_no_query(
    world: World, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    browser = practising(world, make_entered(world))
    browser.get("/practice/")
    with django_assert_num_queries(3):  # type: ignore[operator]  # session, account, counts
        browser.get("/practice/")
