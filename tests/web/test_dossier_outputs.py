"""Outputs O5 and O6 with the columns of Phụ lục V; a whole dossier as PDF in order of time and as XML."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pikepdf
import pypdfium2
import pytest
from django.urls import reverse
from lxml import etree
from openpyxl import Workbook, load_workbook

from tests.cast import World
from tests.entries import arrival, make_assigned
from tests.web import drafts
from vanthu.documents import actions as documents
from vanthu.dossiers import actions, archiving, papers
from vanthu.dossiers.models import Dossier, Export
from vanthu.dossiers.papers import PaperFields
from vanthu.kernel.access import AccessLog
from vanthu.kernel.calendar import today
from vanthu.kernel.files import actions as files
from vanthu.kernel.files.models import Attachment
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.participants import Item
from vanthu.reading import actions as reading

pytestmark = pytest.mark.django_db
TITLE = "Hồ sơ kiểm tra công tác văn thư, lưu trữ năm 2026"
CONTENTS = (
    "STT", "Số, ký hiệu văn bản", "Ngày tháng năm văn bản", "Tên loại và trích yếu nội dung văn bản", "Tác giả văn bản",
    "Tờ số/Trang số", "Ghi chú",
)  # fmt: skip
HAND_OVER = (
    "Số TT", "Số, ký hiệu hồ sơ", "Tiêu đề hồ sơ", "Thời gian tài liệu", "Thời hạn bảo quản", "Số tờ/Số trang",
    "Ghi chú",
)  # fmt: skip


def make_full(world: World) -> Dossier:
    """A dossier of the clerk: a letter of today with a PDF, a recording without pages, minutes of last month."""
    by = world.actor("clerk")
    dossier = actions.open_dossier(TITLE, retention_years=0, by=by)
    letter = files.stage(BytesIO(drafts.paper("Vũ Đình Lâm")), "ke-hoach.pdf", by=by)
    reading.count_pages(letter.file)
    entry = documents.register(arrival(subject="Đề nghị phối hợp"), uploads=[str(letter.pk)], by=by)
    actions.put_in(dossier.pk, Item("in", entry.pk), by=by)
    table = BytesIO()
    Workbook().save(table)
    table.seek(0)
    upload = files.stage(table, "theo-doi.xlsx", by=by)
    papers.add_paper(dossier.pk, upload.pk, PaperFields(title="Bảng theo dõi", dated_on=today()), by=by)
    minutes = PaperFields(title="Biên bản làm việc", author="Phòng 1", dated_on=today() - timedelta(days=30))
    papers.add_paper(dossier.pk, drafts.stage(world, "clerk"), minutes, by=by)
    dossier.refresh_from_db()
    return dossier


def body(response: Any) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def rows_of(data: bytes) -> list[tuple[Any, ...]]:
    return [
        tuple(cell.value for cell in row) for row in load_workbook(BytesIO(data)).worksheets[0].iter_rows()
    ]


def test_the_contents_have_seven_columns_and_running_pages(world: World) -> None:
    dossier = make_full(world)
    pages = dossier.page_total // 2
    browser = world.client("clerk")
    rows = rows_of(body(browser.get(reverse("dossier_contents", args=[dossier.pk]), {"format": "xlsx"})))
    assert CONTENTS in rows
    lines = rows[rows.index(CONTENTS) + 2 :]
    assert [line[0] for line in lines[:3]] == [1, 2, 3]
    assert lines[0][3] == "Công văn: Đề nghị phối hợp"
    assert (
        [line[5] for line in lines[:3]] == ["1", None, "2"]
        if pages == 1
        else [f"1-{pages}", None, f"{pages + 1}-{2 * pages}"]
    )
    assert ("Số, ký hiệu hồ sơ: 01.VP", *[None] * 6) in rows
    text = text_of(body(browser.get(reverse("dossier_contents", args=[dossier.pk]))))
    assert "MỤC LỤC VĂN BẢN, TÀI LIỆU" in text
    assert f"Mục lục này gồm 3 văn bản, tài liệu, {dossier.page_total} trang." in text
    assert AccessLog.objects.filter(action="download", item_kind="dossier", item_id=dossier.pk).count() == 2


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return " ".join(" ".join(pages).split())


def test_the_list_of_a_hand_over_names_dossiers_pages_and_their_number_in_words(world: World) -> None:
    dossier = make_full(world)
    by, browser = world.actor("clerk"), world.client("clerk")
    address = reverse("hand_over_list")
    assert "Không có hồ sơ đã kết thúc" in browser.get(address).content.decode()
    actions.close(dossier.pk, reason="Bảng theo dõi giữ dạng Excel", by=by)
    archiving.hand_over(dossier.pk, by=by)
    assert TITLE in browser.get(address).content.decode()
    rows = rows_of(body(browser.get(address, {"format": "xlsx", "nam": today().year})))
    assert HAND_OVER in rows
    line = rows[rows.index(HAND_OVER) + 2]
    assert line[:3] == (1, "01.VP", TITLE)
    assert line[4:6] == ("Vĩnh viễn", dossier.page_total)
    assert ("Viết bằng chữ: Một hồ sơ.", *[None] * 6) in rows
    assert body(browser.get(address, {"format": "pdf"})).startswith(b"%PDF")
    assert TITLE not in world.client("neighbour").get(address).content.decode()


def test_a_whole_dossier_as_pdf_in_order_of_time_with_bookmarks(world: World) -> None:
    dossier = make_full(world)
    browser = world.client("clerk")
    waits = browser.post(reverse("export_dossier", args=[dossier.pk]))["Location"]
    assert "Đang ghép tệp" in browser.get(waits).content.decode()
    run_jobs()
    assert "Đã kết xuất xong" in browser.get(waits).content.decode()
    made = Export.objects.get()
    assert (made.done, made.total) == (3, 3)
    data = body(browser.get(reverse("dossier_export_file", args=[made.pk])))
    with pikepdf.open(BytesIO(data)) as whole, whole.open_outline() as outline:
        titles = [str(item.title) for item in outline.root]
        assert len(whole.pages) == 2 + dossier.page_total + 1  # cover, contents, a leaf for the table
    assert titles[:2] == ["Bìa hồ sơ", "Mục lục văn bản, tài liệu"]
    assert [title.split(".")[0] for title in titles[2:]] == ["3", "1", "2"], "last month's minutes come first"
    text = text_of(data)
    assert "Tệp không in được thành trang" in text
    assert Attachment.objects.get(name="theo-doi.xlsx").file_id in text.replace(" ", "")
    assert world.client("head").get(waits).status_code == 404


def test_the_data_of_a_dossier_have_the_names_of_the_decree(world: World) -> None:
    dossier = make_full(world)
    root = etree.fromstring(body(world.client("clerk").get(reverse("dossier_xml", args=[dossier.pk]))))
    assert [child.tag for child in root] == [
        "FileCode", "Title", "Maintenance", "Rights", "Creator", "Language", "StartDate", "EndDate", "DocTotal",
        "PageTotal", "Description", "Documents",
    ]  # fmt: skip
    assert [child.tag for child in root[0]] == ["OrganId", "FileCatalog", "FileNotation"]
    assert (root.findtext("Maintenance"), root.findtext("DocTotal")) == ("Vĩnh viễn", "3")
    assert root.findtext("StartDate") == today().strftime("%d/%m/%Y")
    assert [child.tag for child in root.find("Documents")] == ["Paper", "IncomingDocument", "Paper"]
    letter = root.find("Documents/IncomingDocument")
    assert [child.tag for child in letter] == [
        "FileCode", "DocOrdinal", "TypeName", "CodeNumber", "CodeNotation", "IssuedDate", "OrganName", "Subject",
        "Language", "PageAmount", "Description", "ArrivalDate", "ArrivalNumber", "SignerInfo", "Priority", "ToPlaces",
        "TraceHeaderList", "DueDate", "Files",
    ]  # fmt: skip
    assert letter.findtext("TraceHeaderList/TraceHeader/Action").startswith("vào sổ")
    (file,) = letter.findall("Files/File")
    held = Attachment.objects.get(owner_kind="document")
    assert (file.get("SHA256"), file.get("Name"), file.get("Size")) == (
        held.file_id,
        held.name,
        str(held.file.size),
    )


def test_an_export_holds_only_what_its_reader_sees(world: World) -> None:
    by = world.actor("clerk")
    dossier = actions.open_dossier(TITLE, by=by)
    secret = documents.register(arrival(subject="Nội dung hạn chế", restricted=True), by=by)
    for entry in (secret, make_assigned(world)):
        actions.put_in(dossier.pk, Item("in", entry.pk), by=by)
    root = etree.fromstring(body(world.client("chief").get(reverse("dossier_xml", args=[dossier.pk]))))
    assert len(root.find("Documents")) == 1
    assert "Nội dung hạn chế" not in etree.tostring(root, encoding="unicode")


def test_an_export_of_another_account_is_not_there(world: World) -> None:
    browser = world.client("specialist")
    unknown = UUID("00000000-0000-4000-8000-000000000000")
    for name in ("dossier_export", "dossier_export_file"):
        assert browser.get(reverse(name, args=[unknown])).status_code == 404
