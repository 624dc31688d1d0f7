"""All metadata of one document on a page, added to with a reason, taken along; prints carry who made them."""

from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.cast import World
from tests.entries import arrival, make_numbered, make_recalled, make_registered
from tests.web import drafts
from vanthu.documents import actions as documents
from vanthu.documents import queries as document_queries
from vanthu.documents.outgoing import issue
from vanthu.dossiers import actions as dossiers
from vanthu.kernel import ledger
from vanthu.kernel.access import AccessLog
from vanthu.kernel.files import actions as files
from vanthu.kernel.files.models import Attachment
from vanthu.kernel.participants import Item


def read(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def words(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def test_the_page_shows_every_field_of_the_decree(world: World) -> None:
    entry = make_registered(world, remark="Bản chính kèm phụ lục")
    dossier = dossiers.open_dossier("Hồ sơ phối hợp kiểm tra tạm giữ, tạm giam", by=world.actor("clerk"))
    dossiers.put_in(dossier.pk, Item("in", entry.pk), by=world.actor("clerk"))
    page = world.client("clerk").get(reverse("incoming_metadata", args=[entry.pk])).content.decode()
    english = ("OrganId", "FileCatalog", "FileNotation", "DocOrdinal", "TypeName", "CodeNumber", "CodeNotation",
               "IssuedDate", "OrganName", "Subject", "Language", "PageAmount", "Description", "ArrivalDate",
               "ArrivalNumber", "Position", "FullName", "Priority", "ToPlaces", "TraceHeaderList",
               "DueDate")  # fmt: skip
    assert [name for name in english if name not in page] == []
    for value in (dossier.notation, "Tiếng Việt", "Bản chính kèm phụ lục", entry.notation, entry.subject):
        assert value in page


def test_what_was_missing_is_added_with_a_reason(world: World) -> None:
    entry = make_registered(world)
    browser, address = world.client("clerk"), reverse("incoming_metadata", args=[entry.pk])
    sent = {"remark": "Kèm 01 đĩa CD", "language": "Tiếng Anh", "pages": "12", "signer_name": entry.signer_name,
            "signer_title": entry.signer_title}  # fmt: skip
    assert browser.post(address, sent).status_code == 422  # why?
    assert browser.post(address, sent | {"pages": "x", "reason": "Đếm lại bản giấy"}).status_code == 422
    assert browser.post(address, sent | {"reason": "Đếm lại bản giấy"}).status_code == 302
    entry.refresh_from_db()
    assert (entry.remark, entry.pages, entry.document.language) == ("Kèm 01 đĩa CD", 12, "Tiếng Anh")
    act = ledger.last_act(entry)
    assert act is not None
    assert act.note == "bổ sung ghi chú, số trang, ngôn ngữ: Đếm lại bản giấy"
    assert act.changes["remark"] == ["", "Kèm 01 đĩa CD"]
    assert "Đếm lại bản giấy" in browser.get(address).content.decode()


def test_what_is_frozen_takes_nothing(world: World) -> None:
    gone = make_recalled(world)
    response = world.client("clerk").post(reverse("incoming_metadata", args=[gone.pk]), {"reason": "Bổ sung"})
    assert response.status_code == 409
    (sent,) = document_queries.outgoing_list(world.actor("supreme_clerk"))
    address = reverse("outgoing_metadata", args=[sent.entry.pk])
    assert world.client("supreme_clerk").post(address, {"reason": "Bổ sung"}).status_code == 409


def test_it_leaves_as_xlsx_and_pdf_and_that_is_written_down(world: World) -> None:
    entry = make_registered(world)
    browser, address = world.client("clerk"), reverse("incoming_metadata", args=[entry.pk])
    sheet = load_workbook(BytesIO(read(browser.get(address, {"format": "xlsx"})))).active
    cells = {row[2]: row[3] for row in sheet.iter_rows(values_only=True)}
    assert (cells["ArrivalNumber"], cells["Subject"]) == ("1", entry.subject)
    text = " ".join(words(read(browser.get(address, {"format": "pdf"}))))
    assert "TraceHeaderList" in text
    assert AccessLog.objects.filter(action="download", item_kind="in", item_id=entry.pk).count() == 2


@pytest.fixture
def scan(world: World) -> Attachment:
    entry = documents.register(arrival(), uploads=[drafts.stage(world, "clerk")], by=world.actor("clerk"))
    return document_queries.document_files([entry.document_id])[entry.document_id][0]


def test_a_print_says_on_every_page_who_made_it_and_the_file_stays(world: World, scan: Attachment) -> None:
    printed = words(read(world.client("head").get(reverse("print_file", args=[scan.pk]))))
    for page in printed:
        assert "In từ hệ thống Văn thư của Viện kiểm sát nhân dân tỉnh Bắc Ninh: Vũ Đình Lâm" in page
    assert "In từ hệ thống" not in " ".join(
        words(read(world.client("head").get(reverse("file", args=[scan.pk]))))
    )
    looks = AccessLog.objects.filter(attachment_id=scan.pk).values_list("action", "person_id")
    assert ("print", world.person("head").pk) in set(looks)
    assert world.client("neighbour").get(reverse("print_file", args=[scan.pk])).status_code == 404
    assert world.client("clerk").get(reverse("print_official", args=[scan.pk])).status_code == 403  # not ours


def test_the_clerk_prints_the_original_of_what_the_office_issued(world: World) -> None:
    entry = make_numbered(world)
    issue(entry, by=world.actor("supreme_clerk"))
    stored = files.store_bytes(drafts.paper("Vũ Đình Lâm"), "application/pdf")
    documents.attach_file(entry.document_id, stored, role="main", name="van-ban.pdf")
    file = document_queries.document_files([entry.document_id])[entry.document_id][0]
    address = reverse("print_official", args=[file.pk])
    assert read(world.client("supreme_clerk").get(address)) == drafts.paper("Vũ Đình Lâm")
    assert AccessLog.objects.get(attachment_id=file.pk).action == "official"
    assert world.client("supreme_head").get(address).status_code == 403
