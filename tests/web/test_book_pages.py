"""The registers in the browser: columns of the decree, who may have them, long ones by a job."""

import io
import re

import pypdfium2 as pdfium
import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.cast import World
from tests.entries import make_delivered, make_directed, make_numbered, make_registered
from vanthu.documents import outgoing
from vanthu.kernel.access import AccessLog
from vanthu.kernel.calendar import today
from vanthu.kernel.files.models import Upload
from vanthu.kernel.jobs import run_jobs
from vanthu.organisations.models import Post
from vanthu.web.books import views

# Decree 30/2020/NĐ-CP, Phụ lục IV, word for word.
INCOMING = [
    "Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu văn bản", "Ngày tháng văn bản",
    "Tên loại và trích yếu nội dung văn bản", "Đơn vị hoặc người nhận", "Ngày chuyển", "Ký nhận", "Ghi chú",
]  # fmt: skip
OUTGOING = [
    "Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký",
    "Nơi nhận văn bản", "Đơn vị, người nhận bản lưu", "Số lượng bản", "Ngày chuyển", "Ký nhận", "Ghi chú",
]  # fmt: skip

pytestmark = pytest.mark.django_db


def order(book: str = "incoming", format: str = "pdf", **changes: str) -> dict[str, str]:  # noqa: A002
    day = f"{today():%d/%m/%Y}"
    return {"book": book, "format": format, "start_on": f"01/01/{today().year}", "end_on": day, **changes}


def fetched(browser: Client, **query: str) -> bytes:
    response = browser.get(reverse("book"), query)
    assert response.status_code == 200
    assert isinstance(response, StreamingHttpResponse)
    assert "attachment" in response["Content-Disposition"]
    return b"".join(response.streaming_content)  # type: ignore[arg-type]


def text_of(pdf: bytes) -> str:
    pages = [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(pdf)]
    return re.sub(r"\s+", " ", " ".join(pages))


def test_the_register_of_incoming_documents_has_the_columns_of_the_decree(world: World) -> None:
    entry = make_directed(world)
    browser = world.client("clerk")
    book = load_workbook(io.BytesIO(fetched(browser, **order(format="xlsx"))))
    titles, _, row = list(book["Sổ"].iter_rows(values_only=True))[:3]
    assert list(titles) == INCOMING
    assert row[1] == entry.arrival_number
    assert row[5] == f"Công văn: {entry.subject}"
    assert row[6] == "Phòng 1"
    text = text_of(fetched(browser, **order()))
    for title in INCOMING:
        assert title in text
    for word in ("SỔ ĐĂNG KÝ VĂN BẢN ĐẾN", "VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO", f"Năm: {today().year}"):
        assert word in text
    assert f"Từ số {entry.arrival_number:02d} đến số {entry.arrival_number:02d}" in text


def test_the_register_of_outgoing_documents_shows_voided_numbers(world: World) -> None:
    entry = make_numbered(world, "clerk")
    outgoing.void(entry, "Cấp nhầm loại văn bản", by=world.actor("clerk"))
    browser = world.client("clerk")
    book = load_workbook(io.BytesIO(fetched(browser, **order("outgoing", "xlsx"))))
    titles, _, row = list(book["Sổ"].iter_rows(values_only=True))[:3]
    assert list(titles) == OUTGOING
    assert row[0] == entry.document.symbol
    assert "Cấp nhầm loại văn bản" in str(row[9])
    text = text_of(fetched(browser, **order("outgoing")))
    for title in OUTGOING:
        assert title in text


def test_an_empty_register_is_a_register(world: World) -> None:
    assert "Sổ này đăng ký 0 văn bản đến" in text_of(fetched(world.client("clerk"), **order()))


def test_what_is_restricted_is_masked_for_the_clerk_not_for_the_head(world: World) -> None:
    subject = "Kiểm điểm trách nhiệm cán bộ sau thanh tra"
    entry = make_delivered(world, restricted=True, subject=subject)
    world.client("clerk").post(reverse("receive", args=[entry.pk]))
    assert subject not in text_of(fetched(world.client("clerk"), **order()))
    assert subject in text_of(fetched(world.client("head"), **order()))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"end_on": "01/01/2020"}, "Ngày cuối phải từ ngày đầu trở đi"),
        ({"start_on": "31/12/2020"}, "Sổ lập theo từng năm"),
        ({"start_on": "hôm qua"}, "Nhập ngày theo dạng"),
        ({"book": "both"}, "Chọn lại một mục"),
    ],
)
def test_an_order_that_makes_no_sense_keeps_what_was_typed(
    world: World, changes: dict[str, str], says: str
) -> None:
    response = world.client("clerk").get(reverse("book"), order(**changes))
    assert response.status_code == 422
    shown = response.content.decode()
    assert says in shown
    assert f'value="{changes.get("end_on") or order()["end_on"]}"' in shown


def test_who_has_no_registers(world: World) -> None:
    for persona in ("specialist", "head_of_unit", "archivist", "administrator", "inspector"):
        browser = world.client(persona)
        assert browser.get(reverse("reports")).status_code == 403
        assert browser.get(reverse("book"), order()).status_code == 403
        assert f'href="{reverse("reports")}"' not in browser.get(reverse("desk")).content.decode()


def test_a_deputy_who_does_not_see_the_whole_office_is_told_whom_to_ask(world: World) -> None:
    response = world.client("deputy").get(reverse("book"), order())
    assert response.status_code == 403
    assert "Đề nghị văn thư in giúp" in response.content.decode()


def test_every_register_that_leaves_is_written_down(world: World) -> None:
    fetched(world.client("clerk"), **order(format="xlsx"))
    look = AccessLog.objects.get(item_kind="book")
    assert (look.action, look.account_id) == ("download", world.account("clerk").pk)


@pytest.fixture
def long_books(monkeypatch: pytest.MonkeyPatch) -> None:
    """Books of more than two rows are long."""
    monkeypatch.setattr(views, "AT_ONCE", 2)


@pytest.mark.usefixtures("long_books")
class TestLongBooks:
    """A year's register is made beside the web server."""

    def ordered(self, world: World, browser: Client) -> str:
        for _ in range(3):
            make_registered(world)
        response = browser.get(reverse("book"), order())
        assert response.status_code == 302
        return str(response["Location"])

    def test_the_page_waits_and_then_offers_the_file(self, world: World) -> None:
        browser = world.client("clerk")
        place = self.ordered(world, browser)
        assert "Đang lập sổ" in browser.get(place).content.decode()
        run_jobs()
        shown = browser.get(place, headers={"HX-Request": "true"}).content.decode()
        assert "Sổ đã lập xong" in shown
        assert "<html" not in shown
        response = browser.get(f"{place}/file")
        assert "so-van-ban-den-" in response["Content-Disposition"]
        text = text_of(b"".join(response.streaming_content))  # type: ignore[arg-type]
        assert "Sổ này đăng ký 3 văn bản đến" in text
        assert AccessLog.objects.filter(item_kind="book", action="download").count() == 1

    def test_it_is_not_made_twice_by_impatience(self, world: World) -> None:
        browser = world.client("clerk")
        place = self.ordered(world, browser)
        assert browser.get(reverse("book"), order())["Location"] == place
        run_jobs()
        assert Upload.objects.count() == 1

    def test_it_belongs_to_who_ordered_it(self, world: World) -> None:
        browser = world.client("clerk")
        place = self.ordered(world, browser)
        other = world.client("head")
        assert other.get(place).status_code == 404
        run_jobs()
        assert other.get(place).status_code == 404
        assert other.get(f"{place}/file").status_code == 404
        assert world.client().get(place).status_code == 302

    def test_who_lost_the_right_meanwhile_gets_the_reason_not_the_book(self, world: World) -> None:
        browser = world.client("chief")
        place = self.ordered(world, browser)
        Post.objects.filter(pk=world.post("chief").pk).update(role="archivist")
        world.account("chief").__class__.objects.filter(pk=world.account("chief").pk).update(
            rights_version=99
        )
        run_jobs()
        assert Upload.objects.get().file is None
        assert browser.get(place).status_code == 403

    def test_a_spreadsheet_comes_at_once(self, world: World) -> None:
        browser = world.client("clerk")
        self.ordered(world, browser)
        assert fetched(browser, **order(format="xlsx"))[:2] == b"PK"
