"""What was read from a scan is offered to who registers it: by the page's island, and without scripts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import World
from tests.entries import make_delivered, make_numbered
from tests.reading.conftest import pdf_of
from tests.reading.scans import SIGNER, SYMBOL, printed
from tests.web.test_registering import newest, typed
from vanthu.documents import outgoing, relations, secret_scans, stacks
from vanthu.documents.models import EntryDraft, IncomingEntry
from vanthu.kernel.files import actions as files
from vanthu.kernel.files.models import Upload
from vanthu.kernel.jobs import run_jobs
from vanthu.reading.secrecy import SENTENCE
from vanthu.web.incoming import suggesting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody reads while a page waits here."""
    monkeypatch.setattr(suggesting, "LOOKS", 1)
    monkeypatch.setattr(suggesting, "PAUSE", 0)


def paper(data: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile("ke-hoach.pdf", data or printed(), "application/pdf")


def brought(browser: Client, data: bytes = b"") -> str:
    """The id of a file that was dropped on the form."""
    return str(browser.post(reverse("uploads"), {"file": paper(data)}).json()["id"])


def asked(browser: Client, upload: str, seen: int | str = "") -> dict[str, Any]:
    return dict(browser.get(reverse("suggestions"), {"upload": upload, "seen": seen}).json())


def test_the_page_hears_how_far_the_reading_is_and_then_what_it_found(world: World) -> None:
    browser = world.client("clerk")
    upload = brought(browser)
    begun = asked(browser, upload)
    assert (begun["state"], begun["fields"]) == ("reading", [])
    assert "Đang đọc trang 1" in begun["said"]
    run_jobs()
    read = asked(browser, upload)
    found = {one["name"]: one for one in read["fields"]}
    assert read["state"] == "read"
    assert f"{found['number']['value']}/{found['notation']['value']}" == SYMBOL
    assert found["issued_on"]["value"] == "12/11/2026"
    assert found["number"]["fills"]
    assert found["number"]["sure"] in ("chắc chắn", "khá chắc")
    left, top, right, bottom = found["number"]["box"]
    assert (found["number"]["page"], left < right < 0.6, top < bottom < 0.3) == (1, True, True)
    assert asked(browser, upload, seen=read["seen"])["fields"] == []


def test_only_who_brought_the_file_hears_of_it(world: World) -> None:
    upload = brought(world.client("clerk"))
    run_jobs()
    for persona, status in (("region_clerk", 404), ("head", 403)):
        answer = world.client(persona).get(reverse("suggestions"), {"upload": upload})
        assert answer.status_code == status


def test_without_scripts_a_button_reads_the_file_and_what_was_typed_stays(world: World) -> None:
    browser = world.client("clerk")
    first = browser.post(
        reverse("register"), {"subject": "Tôi tự gõ trích yếu", "files": paper(), "read": "1"}
    )
    assert first.status_code == 200
    assert "Đang đọc trang 1" in first.content.decode()
    run_jobs()
    upload = Upload.objects.get()
    again = browser.post(
        reverse("register"), {"subject": "Tôi tự gõ trích yếu", "uploads": str(upload.pk), "read": "1"}
    )
    form = again.context["form"]
    assert (form["number"].value(), form["notation"].value()) == ("2143", "KH-VKS-VP")
    assert form["kind"].value() == "KH"
    assert form["subject"].value() == "Tôi tự gõ trích yếu"
    shown = again.content.decode()
    assert "Đã điền từ văn bản, xem lại trước khi vào sổ" in shown
    assert f'value="{upload.pk}" checked' in shown
    assert not IncomingEntry.objects.exists()


def test_the_same_file_asks_for_a_reason_and_a_double_click_does_not(world: World) -> None:
    browser = world.client("clerk")
    first = typed(uploads=brought(browser), idempotency_key="mot-lan")
    for _ in range(2):
        assert browser.post(reverse("register"), first).status_code == 302
    entry = newest()
    upload = brought(browser)
    warned = browser.get(reverse("duplicates"), {"uploads": upload, "number": "9", "notation": "QĐ-UBND"})
    shown = warned.content.decode()
    assert "Tệp này đã có" in shown
    assert reverse("entry", args=[entry.pk]) in shown
    assert "Khác: số, ký hiệu" in shown
    again = typed(uploads=upload, number="9/QĐ-UBND")
    refused = browser.post(reverse("register"), again)
    assert refused.status_code == 422
    assert f"Tệp này đã có ở số đến {entry.arrival_number}" in refused.content.decode()
    browser.post(reverse("register"), again | {"duplicate_reason": "Bản quét chung hai văn bản"})
    assert newest().duplicate_reason == "Bản quét chung hai văn bản"


def test_nearly_the_same_text_is_named_and_does_not_stop(world: World) -> None:
    browser = world.client("clerk")
    body = "<p>" + " ".join(f"nội dung thứ {place} của kế hoạch" for place in range(60)) + "</p>"
    browser.post(reverse("register"), typed(uploads=brought(browser, pdf_of(body))))
    upload = brought(browser, pdf_of(f"{body}<p>Bản sửa</p>"))
    run_jobs()
    shown = browser.get(reverse("duplicates"), {"uploads": upload}).content.decode()
    assert "Văn bản giống 9" in shown
    assert "cứ vào sổ" in shown
    assert "duplicate_reason" not in shown


def test_what_it_answers_is_offered_and_related(world: World) -> None:
    sent = make_numbered(world, "clerk", subject="Đề nghị cung cấp hồ sơ")
    outgoing.issue(sent, by=world.actor("clerk"))
    document = sent.document
    document.refresh_from_db()
    day = document.issued_on
    letter = (
        "<table style='width:100%'><tr><td>ỦY BAN NHÂN DÂN<br>TỈNH BẮC NINH<br>Số: 88/UBND-NC<td>"
        "<b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br><i>Bắc Ninh, ngày 20 tháng 11 năm 2026</i></table>"
        "<p style='text-align:center'>Kính gửi: Viện kiểm sát nhân dân tỉnh Bắc Ninh</p>"
        f"<p>Trả lời Công văn số {document.symbol} ngày {day:%d/%m/%Y} của Viện kiểm sát, Ủy ban có ý kiến.</p>"
    )
    browser = world.client("clerk")
    upload = brought(browser, pdf_of(letter))
    run_jobs()
    [referred] = asked(browser, upload)["referred"]
    assert (referred["value"], referred["ours"], referred["certain"]) == (f"out-{sent.pk}", True, True)
    browser.post(reverse("register"), typed(uploads=upload, referred=[referred["value"], "out-999999"]))
    made = newest()
    [link] = relations.links(made.document_id, world.actor("clerk"))
    assert (link.kind, link.item_id) == ("replies_to", sent.pk)


def test_a_mark_found_while_reading_ends_the_form(world: World) -> None:
    browser = world.client("clerk")
    upload = brought(browser)
    fields = typed(idempotency_key="mat", uploads=upload)
    browser.post(reverse("save_entry_draft"), fields)
    secret_scans.stop(Upload.objects.get(pk=upload).file_id or "")
    assert not EntryDraft.objects.exists()
    assert asked(browser, upload) == {"state": "secret", "said": SENTENCE}
    refused = browser.post(reverse("register"), fields)
    assert refused.status_code == 403
    assert SENTENCE in refused.content.decode()
    assert fields["subject"] not in refused.content.decode()
    assert not IncomingEntry.objects.exists()


def test_the_stopped_page_forgets_the_form_that_was_begun(world: World) -> None:
    browser = world.client("clerk")
    browser.post(reverse("save_entry_draft"), typed(idempotency_key="mat"))
    upload = brought(browser)
    stopped = browser.post(
        reverse("register_stopped"), {"idempotency_key": "mat", "uploads": [upload, "la"]}, follow=True
    )
    assert SENTENCE in stopped.content.decode()
    assert not EntryDraft.objects.exists()
    assert not Upload.objects.exists()


def test_a_row_of_a_stack_comes_filled(world: World, django_assert_max_num_queries: Any) -> None:
    browser = world.client("clerk")
    by = world.actor("clerk")
    stack = stacks.bring([brought(browser)], split_at_blank=False, by=by)
    run_jobs()
    where = browser.get(reverse("stack", args=[stack.pk]))["Location"]
    with django_assert_max_num_queries(30):
        page = browser.get(where)
    form = page.context["form"]
    assert (form["number"].value(), form["issued_on"].value()) == ("2143", "12/11/2026")
    assert json.loads(page.context["read_json"])["state"] == "read"
    confirmed = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    browser.post(
        where,
        confirmed | {"arrived_on": f"{form['arrived_on'].value():%d/%m/%Y}", "subject": "Kế hoạch kiểm tra"},
    )
    assert newest().symbol == SYMBOL


def test_what_its_sender_left_open_is_filled_from_the_file(world: World) -> None:
    entry = make_delivered(world, subject="Trích yếu do nơi gửi ghi")
    clerk = world.client("clerk")
    held = {"owner_kind": "document", "owner_id": entry.document_id, "role": "main"}
    files.attach_upload(brought(clerk), **held, by=world.actor("clerk"))
    type(entry).objects.filter(pk=entry.pk).update(signer_name="", signer_title="")
    address = reverse("entry_suggestions", args=[entry.pk])
    assert address in clerk.get(reverse("receive", args=[entry.pk])).content.decode()
    assert clerk.get(address).json()["state"] == "reading"
    run_jobs()
    assert SIGNER in [one["value"] for one in clerk.get(address).json()["fields"]]
    page = clerk.get(reverse("receive", args=[entry.pk]))
    form = page.context["form"]
    assert form["signer_name"].value() == SIGNER
    assert form["subject"].value() == "Trích yếu do nơi gửi ghi"
    assert form["number"].value() == entry.number
    assert SIGNER in page.content.decode()
    assert address not in page.content.decode()
