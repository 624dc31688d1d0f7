"""Pages of the signature, of number and seal, of what was issued and where it has got to."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.browser.papers import reply
from tests.cast import World
from tests.web import drafts
from vanthu.documents import actions as documents
from vanthu.documents.models import IncomingEntry, OutgoingEntry
from vanthu.exchange.models import Delivery
from vanthu.issuing import saga
from vanthu.kernel.jobs import run_jobs

pytestmark = pytest.mark.django_db


def text_of(response: Any) -> str:
    text: str = response.content.decode()
    return text


def issued(world: World) -> OutgoingEntry:
    draft = drafts.signed(world)
    saga.number(draft.pk, by=world.actor("clerk"))
    run_jobs()
    return OutgoingEntry.objects.get()


# --- lists ---


@pytest.mark.parametrize(
    ("persona", "tab"),
    [
        ("clerk", "Chờ phát hành"),
        ("head", "Chờ tôi ký"),
        ("chief", "Chờ kiểm tra thể thức"),
        ("head_of_unit", "Chờ kiểm tra nội dung"),
        ("specialist", "Dự thảo của tôi"),
        ("archivist", "Đã phát hành"),
    ],
)
def test_everybody_has_the_tabs_of_their_work(world: World, persona: str, tab: str) -> None:
    answer = world.client(persona).get(reverse("outgoing"))
    assert answer.status_code == 200
    assert tab in text_of(answer)


def test_the_list_names_the_next_act_and_costs_the_same_with_many(world: World) -> None:
    drafts.submitted(world, "Kế hoạch thứ nhất của Phòng 1")
    browser = world.client("head_of_unit")
    browser.get(reverse("outgoing"))
    with CaptureQueriesContext(connection) as one:
        page = text_of(browser.get(reverse("outgoing")))
    assert "Kế hoạch thứ nhất của Phòng 1" in page
    assert "Kiểm tra" in page
    for number in range(4):
        drafts.submitted(world, f"Kế hoạch kiểm tra chuyên đề số {number}")
    with CaptureQueriesContext(connection) as many:
        browser.get(reverse("outgoing"))
    assert len(many) == len(one) <= 10
    assert "Kế hoạch thứ nhất" not in text_of(world.client("neighbour").get(reverse("outgoing")))


def test_a_list_that_did_not_change_is_not_sent_again(world: World) -> None:
    drafts.submitted(world)
    browser = world.client("head_of_unit")
    fragment = browser.get(reverse("outgoing"), headers={"HX-Request": "true"})
    assert "<html" not in text_of(fragment)
    headers = {"HX-Request": "true", "If-None-Match": fragment["ETag"]}
    assert browser.get(reverse("outgoing"), headers=headers).status_code == 304


def test_the_preview_is_a_fragment(world: World) -> None:
    draft = drafts.submitted(world)
    page = text_of(world.client("head_of_unit").get(reverse("draft_preview", args=[draft.pk])))
    assert "<html" not in page
    assert draft.subject in page


# --- signature ---


def test_the_leader_signs_one_after_the_other(signing_world: World) -> None:
    world = signing_world
    first, second = drafts.to_sign(world), drafts.to_sign(world, "Kế hoạch tập huấn nghiệp vụ năm 2027")
    browser = world.client("head")
    page = text_of(browser.get(reverse("sign", args=[second.pk])))
    assert "Chờ ký 1/2" in page
    assert "Nội dung: Đặng Quang Huy" in page
    assert "Chữ ký số" in page
    answer = browser.post(reverse("sign", args=[second.pk]))
    assert answer["Location"] == reverse("sign", args=[first.pk])
    assert "Đã ký số, mức B-T" in text_of(browser.get(answer["Location"]))
    assert browser.post(reverse("sign", args=[first.pk]))["Location"] == reverse("desk")
    assert browser.get(reverse("sign", args=[first.pk]))["Location"] == reverse("draft", args=[first.pk])


def test_what_cannot_be_signed_says_why_and_keeps_the_words(signing_world: World) -> None:
    world = signing_world
    draft = drafts.to_sign(world)
    saga.sign(draft.pk, by=world.actor("head"))
    late = world.client("head").post(reverse("sign", args=[draft.pk]), {"text": "Đồng ý ban hành"})
    assert late.status_code == 409
    assert "không (còn) chờ ký" in text_of(late)
    other = world.client("clerk").post(reverse("sign", args=[draft.pk]))
    assert other.status_code == 403
    assert world.client("region_head").get(reverse("sign", args=[draft.pk])).status_code == 404


def test_without_a_certificate_nothing_is_signed(world: World) -> None:
    draft = drafts.to_sign(world)
    answer = world.client("head").post(reverse("sign", args=[draft.pk]), {"text": "Đồng ý ban hành"})
    assert 400 <= answer.status_code < 500
    assert "Đồng ý ban hành" in text_of(answer)
    draft.refresh_from_db()
    assert draft.state == "approval"


# --- number, seal, issue ---


def test_number_recipients_and_seal_are_on_the_page_before_it_happens(signing_world: World) -> None:
    world = signing_world
    draft = drafts.signed(world)
    browser = world.client("clerk")
    url = reverse("issue", args=[draft.pk])
    page = text_of(browser.get(url))
    for words in (
        "01/KH-VKS-P1",
        world.region.name,
        "Sở Nội vụ tỉnh Bắc Ninh",
        "mức B-T",
        world.province.name,
    ):
        assert words in page
    assert browser.post(url)["Location"] == url
    page = text_of(browser.get(url))
    assert f'data-fresh="{reverse("issue_progress", args=[draft.pk])}"' in page
    assert browser.post(url).status_code == 409  # the second click numbers nothing
    run_jobs()
    fragment = text_of(browser.get(reverse("issue_progress", args=[draft.pk])))
    assert "Đã phát hành" in fragment
    assert "data-fresh" not in fragment
    assert 'hx-swap-oob="innerHTML"' in fragment
    assert OutgoingEntry.objects.count() == 1


def test_only_the_clerk_issues(signing_world: World) -> None:
    world = signing_world
    draft = drafts.signed(world)
    assert world.client("specialist").get(reverse("issue", args=[draft.pk])).status_code == 403
    assert world.client("specialist").get(reverse("issue_batch"), {"pick": draft.pk}).status_code == 403
    assert world.client("region_clerk").get(reverse("issue", args=[draft.pk])).status_code == 404
    assert world.client("region_clerk").post(reverse("void", args=[draft.pk])).status_code == 404


def test_trouble_is_shown_and_the_number_voided_with_a_reason(signing_world: World) -> None:
    world = signing_world
    draft = drafts.signed(world)
    saga.number(draft.pk, by=world.actor("clerk"))
    saga.note_trouble(draft.pk, "Dịch vụ ký của cơ quan không trả lời.")
    browser = world.client("clerk")
    page = text_of(browser.get(reverse("issue", args=[draft.pk])))
    assert "Dịch vụ ký của cơ quan không trả lời." in page
    assert "Hủy số 01/KH-VKS-P1" in page
    short = browser.post(reverse("void", args=[draft.pk]), {"reason": "sai"})
    assert short.status_code == 422
    assert "ít nhất 10 ký tự" in text_of(short)
    assert "sai</textarea>" in text_of(short)
    browser.post(reverse("void", args=[draft.pk]), {"reason": "Ký nhầm bản dự thảo cũ"})
    entry = OutgoingEntry.objects.get()
    assert entry.state == "voided"
    assert "Ký nhầm bản dự thảo cũ" in text_of(browser.get(reverse("outgoing_entry", args=[entry.pk])))


def test_several_are_numbered_with_one_confirmation(signing_world: World) -> None:
    world = signing_world
    made = [drafts.signed(world, f"Kế hoạch kiểm tra chuyên đề số {number}") for number in range(3)]
    browser = world.client("clerk")
    url = reverse("issue_batch")
    assert 'name="pick"' in text_of(browser.get(reverse("outgoing"), {"tab": "signed"}))
    picks = [one.pk for one in reversed(made)]
    page = text_of(browser.get(url, {"pick": picks}))
    places = [page.index(f"{number:02d}/KH-VKS-P1") for number in (1, 2, 3)]
    assert places == sorted(places)
    assert not OutgoingEntry.objects.exists()
    answer = browser.post(url, {"pick": [one.pk for one in made]})
    assert answer.status_code == 302
    run_jobs()
    page = text_of(browser.get(answer["Location"]))
    assert page.count("Đã phát hành</span>") == 3
    assert browser.get(url).status_code == 422  # nothing picked


def test_failures_of_a_batch_are_said_one_by_one(signing_world: World) -> None:
    world = signing_world
    first, second = drafts.signed(world), drafts.signed(world, "Kế hoạch tập huấn nghiệp vụ năm 2027")
    saga.number(first.pk, by=world.actor("clerk"))
    answer = world.client("clerk").post(reverse("issue_batch"), {"pick": [first.pk, second.pk]})
    page = text_of(answer)
    assert answer.status_code == 422
    assert "không (còn) chờ phát hành" in page
    second.refresh_from_db()
    assert second.state == "numbered"


def test_a_batch_costs_the_same_with_many(signing_world: World) -> None:
    world = signing_world
    made = [drafts.signed(world, f"Kế hoạch kiểm tra chuyên đề số {number}") for number in range(3)]
    browser = world.client("clerk")
    browser.get(reverse("issue_batch"), {"pick": made[0].pk})
    with CaptureQueriesContext(connection) as one:
        browser.get(reverse("issue_batch"), {"pick": made[0].pk})
    with CaptureQueriesContext(connection) as many:
        browser.get(reverse("issue_batch"), {"pick": [each.pk for each in made]})
    assert len(many) <= len(one) + 2  # the rules of the office, cached per request or not


# --- deliveries ---


def test_the_sender_sees_each_recipient_and_sends_again(signing_world: World) -> None:
    world = signing_world
    entry = issued(world)
    browser = world.client("clerk")
    fragment = browser.get(reverse("deliveries", args=[entry.pk]), headers={"HX-Request": "true"})
    assert "Đã gửi" in text_of(fragment)
    headers = {"HX-Request": "true", "If-None-Match": fragment["ETag"]}
    assert browser.get(reverse("deliveries", args=[entry.pk]), headers=headers).status_code == 304

    received = IncomingEntry.objects.get(office=world.region)
    documents.receive(received.pk, by=world.actor("region_clerk"))
    other = IncomingEntry.objects.get(office=world.second_region)
    reason = "Không thuộc thẩm quyền của khu vực 1"
    documents.return_to_sender(other.pk, reason, by=world.actor("second_region_clerk"))
    run_jobs()
    page = text_of(browser.get(reverse("outgoing_entry", args=[entry.pk])))
    for words in ("Đã vào sổ", "Bị trả lại", reason, "Gửi lại", "Gửi ngoài hệ thống", "1/2 nơi"):
        assert words in page
    again = Delivery.objects.get(to_office=world.second_region)
    browser.post(reverse("resend", args=[entry.pk, again.pk]))
    run_jobs()
    again.refresh_from_db()
    assert again.state == "sent"
    assert "1 bị trả lại" not in text_of(browser.get(reverse("outgoing"), {"tab": "issued"}))


def test_strangers_see_nothing_of_what_was_issued(signing_world: World) -> None:
    world = signing_world
    entry = issued(world)
    for name in ("outgoing_entry", "outgoing_preview", "deliveries"):
        assert world.client("neighbour").get(reverse(name, args=[entry.pk])).status_code == 404
        assert world.client("region_clerk").get(reverse(name, args=[entry.pk])).status_code == 404
        assert world.client("specialist").get(reverse(name, args=[entry.pk])).status_code == 200


def test_every_page_is_shown_from_the_signature_to_the_receiver(
    signing_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = reply(tmp_path / "two.pdf", pages=2).read_bytes()
    monkeypatch.setitem(drafts._papers, "Vũ Đình Lâm", two)
    draft = drafts.to_sign(signing_world)
    assert pages_shown(signing_world, "head", reverse("sign", args=[draft.pk])) == 2
    saga.sign(draft.pk, by=signing_world.actor("head"))
    assert pages_shown(signing_world, "clerk", reverse("issue", args=[draft.pk])) == 2
    saga.number(draft.pk, by=signing_world.actor("clerk"))
    run_jobs()
    sent = OutgoingEntry.objects.get()
    assert sent.document.pages == 2
    assert pages_shown(signing_world, "clerk", reverse("outgoing_entry", args=[sent.pk])) == 2
    entry = IncomingEntry.objects.get(office=signing_world.region)
    assert entry.pages == 2
    assert pages_shown(signing_world, "region_clerk", reverse("entry", args=[entry.pk])) == 2


def pages_shown(world: World, persona: str, url: str) -> int:
    return world.client(persona).get(url).content.decode().count('class="page"')
