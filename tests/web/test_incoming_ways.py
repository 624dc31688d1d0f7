"""Pages of what comes in: stacks of scans, mails, envelopes, misdirected documents, paper directions, prints."""

import re
from collections.abc import Iterable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localtime

from tests.cast import World
from tests.documents.test_mails import drop, letter
from tests.documents.test_pass_on import sent
from tests.documents.test_stacks import paper
from tests.entries import fresh, make_delivered, make_directed, make_presented, make_registered
from tests.tasks.test_on_paper import allow, scanned
from tests.web.test_registering import newest, typed
from vanthu.documents import actions as documents
from vanthu.documents import mails, stack_queries, stacks
from vanthu.documents.models import IncomingEntry
from vanthu.documents.receiving_models import Stack, StackRow
from vanthu.kernel.calendar import now, today
from vanthu.kernel.files import actions as files
from vanthu.kernel.files.models import Attachment
from vanthu.kernel.jobs import run_jobs
from vanthu.organisations.change_models import FormerName
from vanthu.reading.text import page_texts

pytestmark = pytest.mark.django_db


def shown(browser: Client, name: str, *args: object, status: int = 200, **query: str) -> str:
    response = browser.get(reverse(name, args=args), query)
    assert response.status_code == status
    return response.content.decode()


def text_of(response: HttpResponse, folder: Path) -> str:
    """The words of a PDF that was sent."""
    assert response["Content-Type"] == "application/pdf"
    path = folder / "sent.pdf"
    path.write_bytes(b"".join(response.streaming_content))  # type: ignore[attr-defined]
    return " ".join(page_texts(path)).replace("\n", " ")


def bring(world: World, browser: Client, scans: Iterable[BytesIO]) -> Stack:
    by = world.actor("clerk")
    uploads = [files.stage(scan, f"quet-{place}.pdf", by=by).pk for place, scan in enumerate(scans, 1)]
    response = browser.post(reverse("stacks"), {"uploads": uploads})
    stack = Stack.objects.get()
    assert response["Location"] == reverse("stack", args=[stack.pk])
    return stack


def confirm(browser: Client, row: StackRow, **fields: object) -> Any:
    return browser.post(reverse("stack_row", args=[row.pk]), typed(**fields))


def test_a_stack_is_read_by_a_job_and_registered_row_by_row(world: World) -> None:
    browser = world.client("clerk")
    stack = bring(world, browser, [paper("t", "s", "t", "t"), paper("t")])
    assert "Đang tách tập quét" in shown(browser, "stack", stack.pk)
    run_jobs()
    first, second, third = stack_queries.rows(stack)
    response = browser.get(reverse("stack", args=[stack.pk]))
    assert response["Location"] == reverse("stack_row", args=[first.pk])
    page = shown(browser, "stack_row", first.pk)
    assert "Văn bản 1/3" in page
    assert page.count("data-page=") == 1
    response = confirm(browser, first)
    assert response["Location"] == reverse("stack_row", args=[second.pk])
    made = newest()
    assert (made.number, made.notation, made.channel, made.medium) == ("2143", "KH-UBND", "scan", "paper")
    response = confirm(browser, second)
    assert response.status_code == 422
    assert "đã có ở số đến 1" in response.content.decode()
    confirm(browser, second, duplicate_reason="Bản chính thay bản chụp")
    response = browser.post(reverse("skip_scan", args=[third.pk]))
    assert response["Location"] == reverse("stack_row", args=[third.pk]), "it is all that is left"
    assert browser.post(reverse("drop_scan", args=[third.pk]))["Location"] == reverse(
        "stack", args=[stack.pk]
    )
    assert "Đã xong cả tập" in shown(browser, "stack", stack.pk)


def test_cutting_and_joining_from_the_page(world: World) -> None:
    browser = world.client("clerk")
    stack = bring(world, browser, [paper("t", "t", "t")])
    run_jobs()
    [row] = stack_queries.rows(stack)
    browser.post(reverse("divide_scan", args=[row.pk]), {"page": "2"})
    assert [one.pages for one in stack_queries.rows(stack)] == [1, 2]
    assert "Gộp với văn bản sau" in shown(browser, "stack_row", row.pk)
    browser.post(reverse("join_scans", args=[row.pk]))
    assert [one.pages for one in stack_queries.rows(stack)] == [3]
    browser.post(reverse("save_scan", args=[row.pk]), {"subject": "Đang gõ dở dang", "uploads": "x"})
    assert 'value="Đang gõ dở dang"' in shown(browser, "stack_row", row.pk), "the queue survives the browser"


def test_a_secret_scan_is_erased(world: World) -> None:
    browser = world.client("clerk")
    stack = bring(world, browser, [paper("t")])
    run_jobs()
    [row] = stack_queries.rows(stack)
    response = browser.post(reverse("stack_row", args=[row.pk]), {"secrecy": "toi_mat", "subject": "Mật"})
    assert response.status_code == 403
    assert "bí mật nhà nước" in response.content.decode()
    assert not Attachment.objects.filter(owner_kind="stack").exists()
    assert not IncomingEntry.objects.exists()


def test_a_row_costs_the_same_in_a_long_stack(world: World) -> None:
    browser = world.client("clerk")

    def cost(scans: int) -> int:
        by = world.actor("clerk")
        uploads = [files.stage(paper("t"), "q.pdf", by=by).pk for _ in range(scans)]
        stack = stacks.bring(uploads, split_at_blank=False, by=by)
        stacks.read(stack.pk)
        row = stack_queries.rows(stack)[0]
        shown(browser, "stack_row", row.pk)
        with CaptureQueriesContext(connection) as statements:
            shown(browser, "stack_row", row.pk)
        return len(statements)

    assert cost(1) == cost(6)


def test_urgent_ones_come_first_however_old(world: World) -> None:
    old = make_registered(world, urgency=1, subject="Khẩn: đề nghị phối hợp ngay")
    oldest = make_registered(world, urgency=3, subject="Hỏa tốc: đề nghị phối hợp ngay")
    for _ in range(51):
        make_registered(world)
    page = shown(world.client("clerk"), "incoming", tab="registered")
    places = [page.index(f'id="in-{one.pk}"') for one in (oldest, old)]
    assert places == sorted(places)
    assert page.index('id="in-') == places[0]
    assert page.count('id="in-', places[0], places[1]) == 1, "nothing stands between them"
    assert page.count("data-row") == 52
    older = re.findall(r"sau=([^\"&]+)", page)[-1]
    following = world.client("clerk").get(f"/incoming?tab=registered&sau={older}").content.decode()
    assert following.count("data-row") == 1


def test_what_waits_since_yesterday_says_that_nobody_was_told(world: World) -> None:
    entry = make_delivered(world)
    browser = world.client("clerk")
    assert "Quá ngày, chưa báo đã nhận" not in shown(browser, "incoming", tab="waiting")
    IncomingEntry.objects.filter(pk=entry.pk).update(arrived_at=now() - timedelta(days=1))
    page = shown(browser, "incoming", tab="waiting")
    assert "Quá ngày, chưa báo đã nhận" in page
    assert "Nội bộ ngành" in page


def test_passing_on_from_the_page(world: World) -> None:
    entry = make_delivered(world)
    browser = world.client("clerk")
    assert reverse("pass_on", args=[entry.pk]) in shown(browser, "entry", entry.pk)
    place = {"to": "VKSND khu vực 7", "office_id": world.region.pk, "note": "Thuộc thẩm quyền khu vực 7."}
    assert browser.post(reverse("pass_on", args=[entry.pk]), place | {"note": ""}).status_code == 422
    browser.post(reverse("pass_on", args=[entry.pk]), place)
    page = shown(browser, "entry", entry.pk)
    assert "Đã chuyển tiếp đến VKSND khu vực 7" in page
    assert entry.subject in shown(world.client("region_clerk"), "incoming", tab="waiting")


def test_an_envelope_from_the_counter_to_its_addressee_and_back(world: World) -> None:
    clerk, addressee = world.client("clerk"), world.client("specialist")
    envelope = {
        "issuer_name": "Công an tỉnh Bắc Ninh", "symbol": "77/CAT-PX01", "urgency": "0",
        "addressee": f"p{world.person('specialist').pk}", "arrived_on": f"{today():%d/%m/%Y}",
    }  # fmt: skip
    assert clerk.post(reverse("envelope"), envelope | {"addressee": "x"}).status_code == 422
    clerk.post(reverse("envelope"), envelope)
    entry = newest()
    assert "Bì gửi đích danh" in shown(addressee, "incoming")
    assert "Là việc công" in shown(addressee, "entry", entry.pk)
    addressee.post(reverse("open_envelope", args=[entry.pk]))
    assert "Đăng ký đủ" in shown(clerk, "incoming", tab="registered")
    scan = scanned(world)
    clerk.post(reverse("complete", args=[entry.pk]), typed(uploads=str(scan)))
    done = fresh(entry)
    assert (done.sealed, done.number) == (False, "2143")
    assert Attachment.objects.filter(owner_kind="document", owner_id=done.document_id).count() == 1
    assert done.arrival_number == entry.arrival_number


def test_a_mail_is_looked_at_before_it_enters_the_book(world: World, settings: Any, tmp_path: Path) -> None:
    settings.MAIL_FOLDER = tmp_path
    folder = tmp_path / str(world.province.pk)
    folder.mkdir()
    drop(folder, letter())
    drop(folder, b"", "rong.eml")
    mails.read_folders()
    browser, entry = world.client("clerk"), newest()
    page = shown(browser, "incoming", tab="waiting")
    assert "Thư điện tử" in page
    assert f'formaction="{reverse("receive", args=[entry.pk])}"' not in page
    page = shown(browser, "entry", entry.pk)
    assert "vanthu@bacninh.gov.vn" in page
    assert "Thư gốc" in page
    browser.post(reverse("receive", args=[entry.pk]), typed())
    assert "mailto:vanthu@bacninh.gov.vn?subject=" in shown(browser, "entry", entry.pk)
    box = shown(browser, "mails")
    assert "rong.eml" in box
    troubled = mails.troubled_mails(world.actor("clerk"))[0]
    browser.post(reverse("settle_mail", args=[troubled.pk]), {"note": "Thư rỗng, đã gọi nơi gửi."})
    assert "rong.eml" not in shown(browser, "mails")


def test_the_copy_with_the_stamp_and_the_form_of_handling(world: World, tmp_path: Path) -> None:
    by = world.actor("clerk")
    entry = make_directed(world)
    files.attach_upload(scanned(world), owner_kind="document", owner_id=entry.document_id, role="main", by=by)
    browser = world.client("clerk")
    assert "In có dấu đến" in shown(browser, "entry", entry.pk)
    text = text_of(browser.get(reverse("stamped_copy", args=[entry.pk])), tmp_path)
    assert f"Số: {entry.arrival_number}" in text
    assert "Chuyển: Phòng 1" in text
    slip = text_of(world.client("head_of_unit").get(reverse("slip", args=[entry.pk])), tmp_path)
    assert "PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN" in slip
    assert "Đề nghị tham mưu." in slip
    assert "Viện trưởng Vũ Đình Lâm" in slip
    renamed = {"short_name": "Phòng Án hình sự", "code": "", "search_key": "", "until_on": today()}
    FormerName.objects.create(unit=world.unit("P1"), name="Phòng Án hình sự", **renamed)
    FormerName.objects.create(office=world.province, name="Viện công tố tỉnh", **renamed)
    text = text_of(browser.get(reverse("stamped_copy", args=[entry.pk])), tmp_path)
    assert "VIỆN CÔNG TỐ TỈNH" in text, "prints of a day carry the names of that day"
    slip = text_of(browser.get(reverse("slip", args=[entry.pk])), tmp_path)
    assert "VIỆN CÔNG TỐ TỈNH" in slip
    assert "Giao Phòng Án hình sự chủ trì" in slip
    bare = make_registered(world)
    assert browser.get(reverse("stamped_copy", args=[bare.pk])).status_code == 409
    assert browser.get(reverse("slip", args=[make_delivered(world).pk])).status_code == 409


def test_a_paper_direction_is_shown_as_such_everywhere(world: World, tmp_path: Path) -> None:
    allow(world)
    browser, entry = world.client("clerk"), make_presented(world)
    assert "Ghi bút phê trên giấy" in shown(browser, "entry", entry.pk)
    written = {
        "leader": world.person("head").pk, "written_on": f"{today():%d/%m/%Y}", "text": "Giao P1 tham mưu.",
        "lead": f"u{world.unit('P1').pk}", "way": "lead",
    }  # fmt: skip
    response = browser.post(reverse("direct_on_paper", args=[entry.pk]), written)
    assert response.status_code == 422
    assert "Tải lên bản quét có bút phê" in response.content.decode()
    browser.post(reverse("direct_on_paper", args=[entry.pk]), written | {"uploads": str(scanned(world))})
    for persona in ("clerk", "head", "head_of_unit"):
        page = shown(world.client(persona), "entry", entry.pk)
        assert "bút phê trên giấy, Phạm Thu Thủy ghi" in page
        assert "Văn thư Phạm Thu Thủy (thay Vũ Đình Lâm) giao Phòng 1 chủ trì" in page
    link = (
        shown(world.client("head_of_unit"), "entry", entry.pk)
        .split('">Bản quét bút phê')[0]
        .rsplit('"', 1)[1]
    )
    assert world.client("head_of_unit").get(link).status_code == 200
    assert world.client("region_clerk").get(link).status_code == 404
    slip = text_of(browser.get(reverse("slip", args=[entry.pk])), tmp_path)
    assert "(bút phê trên giấy)" in slip
    browser.post(reverse("undo_direct_on_paper", args=[entry.pk]))
    assert fresh(entry).state == "presented"


def test_the_sender_was_told_is_seen_by_the_receiver(world: World) -> None:
    delivery = sent(world)
    documents.receive(delivery.entry_id or 0, by=world.actor("clerk"))
    page = shown(world.client("clerk"), "entry", delivery.entry_id)
    assert "Đã báo nơi gửi" in page
    assert f"Đã vào sổ {localtime():%H}" in page


def test_the_separator_sheet_is_printed(world: World, tmp_path: Path) -> None:
    response = world.client("clerk").get(reverse("separator_sheet"))
    assert "TỜ NGĂN VĂN BẢN" in text_of(response, tmp_path)
    with pikepdf.open(tmp_path / "sent.pdf") as pdf:
        assert len(pdf.pages) == 1
