"""Pages of drafts: open one, change it, new versions, the review; who sees what, what is kept when it is refused."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import World
from tests.entries import make_assigned
from tests.web import drafts
from vanthu.dossiers import actions as dossiers
from vanthu.dossiers.models import Dossier
from vanthu.issuing import actions, queries, reviews, versions
from vanthu.issuing.models import Draft, Recipient
from vanthu.reading import convert

pytestmark = pytest.mark.django_db


def text_of(response: Any) -> str:
    text: str = response.content.decode()
    return text


def outline(world: World, **changes: object) -> dict[str, object]:
    fields: dict[str, object] = {
        "kind": "CV",
        "subject": "Về việc kiểm tra công tác văn thư",
        "signer": world.post("head").pk,
        "urgency": 0,
        "offices": [world.region.pk],
        "others": "Sở Nội vụ tỉnh Bắc Ninh;\n- VKSND khu vực 1",
        "idempotency_key": "once",
    }
    return {**fields, **changes}


def test_a_reply_is_ready_to_be_opened(world: World) -> None:
    entry = make_assigned(world)
    page = text_of(world.client("specialist").get(reverse("start_draft"), {"reply": entry.pk}))
    assert f"số đến {entry.arrival_number}" in page
    assert entry.subject in page
    assert f'<option value="{world.post("head").pk}" selected>' in page  # who directed, signs
    assert entry.issuer_name in page


def test_a_draft_opens_once_with_its_recipients(world: World) -> None:
    browser = world.client("specialist")
    for _ in range(2):
        answer = browser.post(
            reverse("start_draft"), outline(world, dossier_title="Kiểm tra văn thư năm 2027")
        )
        assert answer.status_code == 302
    draft = Draft.objects.get()
    assert answer["Location"] == reverse("draft", args=[draft.pk])
    assert draft.dossier == Dossier.objects.get()
    found = list(Recipient.objects.order_by("position").values_list("office", "name"))
    assert found == [
        (world.region.pk, world.region.name),
        (world.second_region.pk, world.second_region.name),  # typed by its name
        (None, "Sở Nội vụ tỉnh Bắc Ninh"),
    ]


def test_a_draft_opened_from_a_dossier_lies_in_it(world: World) -> None:
    by = world.actor("specialist")
    dossier = dossiers.open_dossier("Kiểm tra công tác văn thư năm 2027", by=by)
    browser, url = world.client("specialist"), reverse("start_draft")
    page = text_of(browser.get(url, {"dossier": dossier.pk}))
    assert f'<option value="{dossier.pk}" selected>' in page
    assert browser.post(url, outline(world, dossier=dossier.pk)).status_code == 302
    assert Draft.objects.get().dossier == dossier
    assert world.client("neighbour").get(url, {"dossier": dossier.pk}).status_code == 404


def test_what_was_typed_stays_when_it_is_refused(world: World) -> None:
    browser = world.client("specialist")
    answer = browser.post(reverse("start_draft"), outline(world, subject="ngắn quá"))
    page = text_of(answer)
    assert answer.status_code == 422
    assert "Nhập trích yếu, ít nhất 10 ký tự." in page
    assert "ngắn quá" in page
    assert f'<option value="{world.region.pk}" selected>' in page
    assert "- VKSND khu vực 1" in page
    own = browser.post(reverse("start_draft"), outline(world, offices=[world.province.pk]))
    assert "Không gửi cho chính cơ quan mình" in text_of(own)
    secret = browser.post(reverse("start_draft"), outline(world, secrecy="mat"))
    assert secret.status_code == 403
    assert "bí mật nhà nước" in text_of(secret)
    assert not Draft.objects.exists()


def test_who_has_not_the_power_or_the_sight(world: World) -> None:
    draft = drafts.drafted(world)
    assert world.client("inspector").get(reverse("start_draft")).status_code == 403
    for persona in ("neighbour", "region_clerk", "supreme_clerk"):
        browser = world.client(persona)
        for name in ("draft", "draft_pages", "draft_preview", "change_draft", "compare_versions", "place"):
            assert browser.get(reverse(name, args=[draft.pk])).status_code == 404, (persona, name)
        for name in ("submit", "comment", "add_version", "withdraw"):
            assert browser.post(reverse(name, args=[draft.pk])).status_code == 404, (persona, name)


def test_the_page_shows_pages_way_and_what_is_next(world: World) -> None:
    draft = drafts.submitted(world)
    page = text_of(world.client("specialist").get(reverse("draft", args=[draft.pk])))
    assert reverse("take_back", args=[draft.pk]) in page
    assert "Rút lại để sửa" in page
    assert 'data-page="1"' in page
    page = text_of(world.client("head_of_unit").get(reverse("draft", args=[draft.pk])))
    assert "Đồng ý nội dung" in page
    assert "Sở Nội vụ tỉnh Bắc Ninh" in page


def test_the_page_costs_the_same_however_much_was_said(world: World) -> None:
    draft = drafts.drafted(world)
    browser = world.client("specialist")
    url = reverse("draft", args=[draft.pk])
    browser.get(url)
    with CaptureQueriesContext(
        connection,
    ) as before:
        browser.get(url)
    for number in range(5):
        reviews.comment(draft.pk, f"Góp ý {number}", by=world.actor("head_of_unit"))
        versions.add_version(draft.pk, drafts.stage(world), by=world.actor("specialist"))
    with CaptureQueriesContext(connection) as after:
        browser.get(url)
    assert len(after) == len(before) <= 12


def test_change_keeps_what_is_not_changed(world: World) -> None:
    draft = drafts.drafted(world)
    browser = world.client("specialist")
    url = reverse("change_draft", args=[draft.pk])
    assert "Sở Nội vụ tỉnh Bắc Ninh" in text_of(browser.get(url))
    assert browser.post(url, outline(world, others="", kind="BC")).status_code == 302
    draft.refresh_from_db()
    assert (draft.kind, draft.notation) == ("BC", "BC-VKS-P1")
    assert [one.name for one in queries.recipients(draft.pk)] == [world.region.name]
    actions.submit(draft.pk, by=world.actor("specialist"))
    late = browser.post(url, outline(world, subject="Trích yếu sửa khi đã trình"))
    assert late.status_code == 403
    assert "Rút lại trước khi sửa" in text_of(late)
    assert "Trích yếu sửa khi đã trình" in text_of(late)


def test_a_new_version_by_upload_or_by_a_plain_form(world: World) -> None:
    draft = drafts.drafted(world)
    browser = world.client("specialist")
    url = reverse("add_version", args=[draft.pk])
    assert browser.post(url, {"uploads": drafts.stage(world), "note": "sửa căn cứ"}).status_code == 302
    plain = SimpleUploadedFile("ban-3.pdf", drafts.paper("Vũ Đình Lâm"), "application/pdf")
    assert browser.post(url, {"uploads_file": plain}).status_code == 302
    assert [one.ordinal for one in queries.versions(draft.pk)] == [3, 2, 1]
    assert browser.post(url).status_code == 422
    page = text_of(browser.get(reverse("compare_versions", args=[draft.pk])))
    assert "Bản 3" in page
    assert "Bản 1" in page


def test_attachments_come_and_go(world: World) -> None:
    draft = drafts.drafted(world)
    browser = world.client("specialist")
    browser.post(reverse("add_draft_attachment", args=[draft.pk]), {"attachments": drafts.stage(world)})
    (attachment,) = queries.attachments(draft.pk)
    assert attachment.name in text_of(browser.get(reverse("draft", args=[draft.pk])))
    browser.post(reverse("remove_draft_attachment", args=[draft.pk, attachment.pk]))
    assert queries.attachments(draft.pk) == []


def test_without_a_converter_the_page_says_why_and_asks_for_the_pdf(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = drafts.drafted(world)
    monkeypatch.setattr(convert, "available", lambda: False)
    page = text_of(world.client("specialist").get(reverse("draft", args=[draft.pk])))
    assert "chưa cài LibreOffice" in page
    assert 'name="pdf_uploads_file"' in page


def test_while_it_is_converted_the_pages_are_asked_for_again(world: World) -> None:
    draft = drafts.drafted(world)
    queries.newest(draft.pk)
    versions.add_template_version(draft.pk, by=world.actor("specialist"))
    browser = world.client("specialist")
    url = reverse("draft_pages", args=[draft.pk])
    assert f'data-fresh="{url}"' in text_of(browser.get(reverse("draft", args=[draft.pk])))
    first = browser.get(url, headers={"HX-Request": "true"})
    assert "Đang chuyển bản 2 sang PDF" in text_of(first)
    again = browser.get(url, headers={"HX-Request": "true", "If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_the_way_through_the_review(world: World) -> None:
    draft = drafts.drafted(world)
    page = reverse("draft", args=[draft.pk])
    steps: tuple[tuple[str, str, dict[str, str], str], ...] = (
        ("specialist", "submit", {}, "content"),
        ("head_of_unit", "return_draft", {"text": "Bổ sung căn cứ"}, "drafting"),
        ("specialist", "submit", {}, "content"),
        ("specialist", "take_back", {}, "drafting"),
        ("specialist", "submit", {}, "content"),
        ("head_of_unit", "pass_content", {"text": "Nhất trí"}, "form"),
        ("chief", "pass_form", {}, "approval"),
    )
    for persona, verb, data, state in steps:
        answer = world.client(persona).post(reverse(verb, args=[draft.pk]), data)
        assert (answer.status_code, answer["Location"]) == (302, page)
        draft.refresh_from_db()
        assert draft.state == state
    shown = text_of(world.client("specialist").get(page))
    assert "Bổ sung căn cứ" in shown
    assert "Trưởng phòng Đặng Quang Huy đồng ý nội dung dự thảo" in shown


def test_a_return_without_a_reason_shows_the_page_again(world: World) -> None:
    draft = drafts.submitted(world)
    answer = world.client("head_of_unit").post(reverse("return_draft", args=[draft.pk]), {"text": "sửa"})
    assert answer.status_code == 422
    assert "Ghi nội dung cần sửa" in text_of(answer)
    assert "sửa</textarea>" in text_of(answer)


def test_whoever_comes_second_keeps_what_they_typed(world: World) -> None:
    draft = drafts.submitted(world)
    reviews.pass_content(draft.pk, by=world.actor("head_of_unit"))
    words = {"text": "Nhất trí, bổ sung số liệu tháng 10"}
    late = world.client("head_of_unit").post(reverse("pass_content", args=[draft.pk]), words)
    assert late.status_code == 409
    assert "Đặng Quang Huy vừa đồng ý nội dung dự thảo" in text_of(late)
    assert "Nhất trí, bổ sung số liệu tháng 10" in text_of(late)
    other = world.client("specialist").post(reverse("pass_content", args=[draft.pk]), words)
    assert other.status_code == 403
    assert "Nhất trí, bổ sung số liệu tháng 10" in text_of(other)


def test_a_missing_place_leads_to_the_page_where_it_is_set(world: World) -> None:
    by = world.actor("specialist")
    draft = drafts.drafted(world)
    versions.add_version(draft.pk, drafts.stage(world, signer="Người Khác Tên"), by=by)
    actions.submit(draft.pk, by=by)
    reviews.pass_content(draft.pk, by=world.actor("head_of_unit"))
    browser = world.client("chief")
    place = reverse("place", args=[draft.pk])
    answer = browser.post(reverse("pass_form", args=[draft.pk]))
    assert answer["Location"] == place
    page = text_of(browser.get(place))
    assert "Chưa tìm thấy chỗ ký của lãnh đạo" in page
    broken = browser.post(place, {"field": "LanhDao", "box": "{"})
    assert broken.status_code == 422
    box = '{"page": 1, "rect": [330, 150, 500, 210]}'
    assert browser.post(place, {"field": "LanhDao", "box": box})["Location"] == reverse(
        "draft", args=[draft.pk]
    )
    assert browser.post(reverse("pass_form", args=[draft.pk]))["Location"] == reverse(
        "draft", args=[draft.pk]
    )


def test_a_draft_that_was_given_up_asks_for_nothing(world: World) -> None:
    draft = drafts.drafted(world)
    browser = world.client("specialist")
    browser.post(reverse("withdraw", args=[draft.pk]))
    page = text_of(browser.get(reverse("draft", args=[draft.pk])))
    assert "Đã hủy dự thảo" in page
    assert reverse("submit", args=[draft.pk]) not in page
