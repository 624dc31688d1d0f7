"""Pages of signing: several at once, the request in progress, codes for a device."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import World
from tests.signing.phones import Phone
from tests.web import drafts
from vanthu.issuing.models import Draft
from vanthu.kernel.jobs import run_jobs
from vanthu.signing.models import Certificate, SigningRequest
from vanthu.signing.providers import PROVIDERS

pytestmark = pytest.mark.django_db


def picked(*ready: Draft) -> str:
    return "&".join(f"pick={one.pk}" for one in ready)


@pytest.fixture
def phone(signing_world: World, monkeypatch: pytest.MonkeyPatch) -> Phone:
    """The head's certificate belongs to a device that wants a PIN and then its owner."""
    device = Phone(secrets=("pin",))
    monkeypatch.setitem(PROVIDERS, "phone", device)
    head = signing_world.person("head").pk
    Certificate.objects.filter(holder_kind="person", holder_id=head).update(provider="phone")
    return device


def test_several_are_signed_at_once_with_a_key_that_asks_nobody(signing_world: World) -> None:
    browser = signing_world.client("head")
    ready = [drafts.to_sign(signing_world, f"Kế hoạch {number}") for number in range(3)]
    page = browser.get("/outgoing?tab=to_sign").content.decode()
    assert page.count('name="pick"') == 3
    cards = browser.get(f"/outgoing/sign?{picked(*ready)}").content.decode()
    assert [cards.count(words) for words in ("Ký 3 văn bản", "Xem trang", ".png")] == [3, 3, 3]
    response = browser.post("/outgoing/sign", {"pick": [one.pk for one in ready]}, follow=True)
    assert "Đã ký xong 3/3." in response.content.decode()
    assert set(Draft.objects.values_list("state", "signature_level")) == {("signed", "B-T")}
    again = browser.post("/outgoing/sign", {"pick": [one.pk for one in ready]})
    assert again.status_code == 409
    assert "Không còn văn bản nào để ký" in again.content.decode()


def test_the_page_costs_the_same_for_few_and_many(signing_world: World) -> None:
    browser = signing_world.client("head")
    ready = [drafts.to_sign(signing_world, f"Kế hoạch {number}") for number in range(3)]
    counted = []
    for some in (ready[:1], ready):
        browser.get(f"/outgoing/sign?{picked(*some)}")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(f"/outgoing/sign?{picked(*some)}").status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert counted[0] <= 12


def test_nothing_picked_too_many_and_no_certificate_are_said(signing_world: World) -> None:
    browser = signing_world.client("head")
    assert "Chưa chọn văn bản nào" in browser.get("/outgoing/sign").content.decode()
    many = "&".join(f"pick={number}" for number in range(60))
    assert browser.get(f"/outgoing/sign?{many}").status_code == 422
    mine = browser.post("/outgoing/sign", {"pick": [drafts.to_sign(signing_world).pk]})
    assert mine.status_code == 302
    other = signing_world.client("clerk").post("/outgoing/sign", {"pick": [1]})
    assert other.status_code == 422
    assert "chưa có chứng thư số" in other.content.decode()


def test_a_pin_is_typed_on_the_page_and_a_wrong_one_is_said(signing_world: World, phone: Phone) -> None:
    browser = signing_world.client("head")
    ready = [drafts.to_sign(signing_world, f"Kế hoạch {number}") for number in range(2)]
    assert "Mã PIN của thiết bị ký" in browser.get(f"/outgoing/sign?{picked(*ready)}").content.decode()
    form = {"pick": [one.pk for one in ready], "pin": "0000"}
    wrong = browser.post("/outgoing/sign", form, follow=True).content.decode()
    assert "Mã PIN không đúng, còn 2 lần thử." in wrong
    request = SigningRequest.objects.get()
    assert 'name="pin"' in wrong
    refused = browser.post(f"/signing/{request.pk}/authorise", {"pin": "1111"})
    assert refused.status_code == 422
    assert browser.post(f"/signing/{request.pk}/authorise", {"pin": "1234"}).status_code == 302
    waiting = browser.get(f"/signing/{request.pk}/progress")
    assert "Đã ký 0/2." in waiting.content.decode()
    same = browser.get(f"/signing/{request.pk}/progress", headers={"If-None-Match": waiting["ETag"]})
    assert same.status_code == 304
    phone.confirmed = True
    run_jobs(ahead=20)
    assert "Đã ký xong 2/2." in browser.get(f"/signing/{request.pk}").content.decode()
    assert "1234" not in str(SigningRequest.objects.values_list())


def test_a_request_is_found_again_and_its_card_leads_there(signing_world: World, phone: Phone) -> None:
    phone.capabilities = replace(phone.capabilities, secrets=())
    browser = signing_world.client("head")
    draft = drafts.to_sign(signing_world)
    browser.post(f"/outgoing/drafts/{draft.pk}/sign", {"text": "Nhất trí."})
    request = SigningRequest.objects.get()
    address = f"/signing/{request.pk}"
    for page in ("/signing", "/outgoing?tab=to_sign", f"/outgoing/drafts/{draft.pk}/sign"):
        assert f'href="{address}"' in browser.get(page).content.decode(), page
    browser.post(f"/outgoing/drafts/{draft.pk}/sign")
    assert SigningRequest.objects.count() == 1
    cancelled = browser.post(f"{address}/cancel", follow=True).content.decode()
    assert "Đã hủy, chưa ký" in cancelled
    assert f"/outgoing/sign?pick={draft.pk}" in cancelled
    assert browser.post(f"{address}/cancel").status_code == 409
    draft.refresh_from_db()
    assert draft.state == "approval"
