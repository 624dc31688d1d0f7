"""Plans of dossiers in the browser: begin, import, propose, approve, open from a line; the forms of Phụ lục V."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from tests.cast import World
from tests.entries import make_assigned
from vanthu.dossiers import actions
from vanthu.dossiers.models import Dossier, Plan, PlanRow
from vanthu.kernel.calendar import today
from vanthu.kernel.participants import Item

pytestmark = pytest.mark.django_db
YEAR = today().year
TITLE = f"Hồ sơ kiểm sát việc tạm giữ, tạm giam năm {YEAR}"
HEAD = (
    "Số và ký hiệu hồ sơ",
    "Tên đề mục và tiêu đề hồ sơ",
    "Thời hạn bảo quản",
    "Người lập hồ sơ",
    "Ghi chú",
)


def table(*rows: tuple[Any, ...]) -> SimpleUploadedFile:
    book, target = Workbook(), BytesIO()
    for row in (HEAD, *rows):
        book.worksheets[0].append(row)
    book.save(target)
    return SimpleUploadedFile("danh-muc.xlsx", target.getvalue())


def begun(world: World, browser: Client) -> Plan:
    sent = {"year": YEAR, "unit": world.unit("P1").pk}
    assert browser.post(reverse("start_plan"), sent).status_code == 302
    return Plan.objects.get()


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_from_a_table_to_an_open_dossier(world: World) -> None:
    browser = world.client("head_of_unit")
    assert "Chưa có danh mục năm" in browser.get(reverse("plans")).content.decode()
    plan = begun(world, browser)
    good = ("01.P1", TITLE, "Vĩnh viễn", "Lê Quang Khải", "")
    bad = table(good, ("02.P1", "ngắn", "10 năm", "", ""))
    response = browser.post(reverse("import_plan", args=[plan.pk]), {"file": bad})
    assert response.status_code == 422
    assert "Dòng 3: tiêu đề phải từ 10 đến 1000 ký tự." in response.content.decode()
    assert not PlanRow.objects.exists()
    response = browser.post(reverse("import_plan", args=[plan.pk]), {"file": table(good)}, follow=True)
    assert "Đã nhập danh mục: thêm 1 dòng, sửa 0 dòng." in response.content.decode()
    assert "Đã trình danh mục." in browser.post(
        reverse("propose_plan", args=[plan.pk]), follow=True
    ).content.decode()  # fmt: skip
    head = world.client("head")
    sent = {"decision": "12/QĐ-VKS", "decided_on": today().strftime("%d/%m/%Y")}
    assert head.post(reverse("approve_plan", args=[plan.pk]), sent).status_code == 302
    specialist = world.client("specialist")
    assert TITLE in specialist.get(reverse("open_dossier")).content.decode()
    row = PlanRow.objects.get()
    response = specialist.post(reverse("open_planned", args=[row.pk]), follow=True)
    assert "Đã mở hồ sơ 01.P1 từ danh mục." in response.content.decode()
    assert Dossier.objects.get().retention_years == 0
    response = browser.post(reverse("open_planned", args=[row.pk]))
    assert response.status_code == 409
    assert "đã mở hồ sơ 01.P1" in response.content.decode()


def test_lines_are_added_changed_and_refused_beside_their_field(world: World) -> None:
    browser = world.client("specialist")
    plan = begun(world, browser)
    sent = {"level": 0, "title": TITLE, "retention": "20", "keeper": f"p{world.person('specialist').pk}"}
    response = browser.post(reverse("add_plan_row", args=[plan.pk]), sent | {"again": "1"})
    assert response["Location"] == reverse("add_plan_row", args=[plan.pk])
    row = PlanRow.objects.get()
    assert (row.notation, row.keeper_id) == ("01.P1", world.person("specialist").pk)
    response = browser.post(reverse("add_plan_row", args=[plan.pk]), sent | {"notation": "01.P1"})
    assert response.status_code == 422
    assert "đã dùng cho" in response.content.decode()
    change = reverse("change_plan_row", args=[plan.pk, row.pk])
    assert browser.post(change, sent | {"retention": "5"}).status_code == 302
    row.refresh_from_db()
    assert (row.retention_years, row.notation) == (5, "01.P1")
    assert browser.post(reverse("remove_plan_row", args=[plan.pk, row.pk])).status_code == 302
    assert not PlanRow.objects.exists()


def test_the_plan_leaves_as_pdf_and_as_a_table_with_the_five_columns(world: World) -> None:
    browser = world.client("specialist")
    plan = begun(world, browser)
    browser.post(
        reverse("import_plan", args=[plan.pk]), {"file": table(("01.P1", TITLE, "20 năm", "", "lưu ý"))}
    )
    for name, args in (("plan_file", [plan.pk]), ("plans_file", [])):
        sheet = load_workbook(
            BytesIO(body(browser.get(reverse(name, args=args), {"format": "xlsx"})))
        ).worksheets[0]
        rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
        assert HEAD in rows
        assert ("01.P1", TITLE, "20 năm", None, "lưu ý") in rows
        assert any("có 1 hồ sơ, bao gồm:" in str(row[0]) for row in rows)
    assert body(browser.get(reverse("plan_file", args=[plan.pk]))).startswith(b"%PDF")


def test_papers_and_shares_by_form(world: World) -> None:
    browser = world.client("specialist")
    by = world.actor("specialist")
    dossier = actions.open_dossier(TITLE, retention_years=10, by=by)
    paper = {"paper_title": "Ảnh hiện trường", "dated_on": "22/11/2026"}
    response = browser.post(reverse("add_paper", args=[dossier.pk]), paper)
    assert response.status_code == 422
    assert "Chọn tệp tài liệu" in response.content.decode()
    file = SimpleUploadedFile("ghi-chep.pdf", _pdf())
    response = browser.post(
        reverse("add_paper", args=[dossier.pk]), paper | {"uploads_file": file}, follow=True
    )
    assert "Tài liệu: Ảnh hiện trường" in response.content.decode()
    shared = {"owner": f"p{world.person('neighbour').pk}", "way": "contribute", "until_on": "31/12/2030"}
    response = browser.post(reverse("share_dossier", args=[dossier.pk]), shared, follow=True)
    assert "Xem và bổ sung, đến hết 31/12/2030" in response.content.decode()
    response = browser.post(reverse("share_dossier", args=[dossier.pk]), shared)
    assert "đã xem được hồ sơ này" in response.content.decode()
    assert (
        "Ảnh hiện trường"
        in world.client("neighbour").get(reverse("dossier", args=[dossier.pk])).content.decode()
    )


def _pdf() -> bytes:
    from pikepdf import Pdf  # noqa: PLC0415 - only this maker needs it

    made, target = Pdf.new(), BytesIO()
    made.add_blank_page()
    made.save(target)
    return target.getvalue()


def test_an_item_is_filed_with_one_click_on_a_likely_dossier(world: World) -> None:
    browser, by = world.client("specialist"), world.actor("specialist")
    dossier = actions.open_dossier(TITLE, by=by)
    filed, entry = make_assigned(world), make_assigned(world)
    actions.put_in(dossier.pk, Item("in", filed.pk), by=by)
    address = reverse("file_item", args=["in", entry.pk])
    assert f'value="{dossier.pk}" aria-label="Đưa vào hồ sơ 01.P1"' in browser.get(address).content.decode()
    assert browser.post(address, {"dossier": dossier.pk})["Location"] == reverse("entry", args=[entry.pk])
    shown = browser.get(address).content.decode()
    assert "Đang có trong" in shown
    assert "Hồ sơ thích hợp" not in shown
    assert browser.get(reverse("file_item", args=["paper", 1])).status_code == 404
    entry_page = browser.get(reverse("entry", args=[make_assigned(world).pk])).content.decode()
    assert "01.P1 Hồ sơ kiểm sát" in entry_page
