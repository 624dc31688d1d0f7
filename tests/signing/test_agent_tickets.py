"""Tickets of the signing program: who shows one fetches and brings, once, and the draft goes on."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.cast import World
from tests.web import drafts
from vanthu.issuing import batch_signing, reviews
from vanthu.issuing.models import Draft
from vanthu.kernel.actor import SYSTEM
from vanthu.kernel.jobs import run_jobs
from vanthu.signing import actions as signing
from vanthu.signing import queries, requests, tickets
from vanthu.signing.actions import Enrolment
from vanthu.signing.loops import run
from vanthu.signing.models import Certificate, SigningRequest
from vanthu.signing.ticket_models import SigningTicket
from vanthu_tools.simulators.agent import Token, sign
from vanthu_tools.test_pki import Authority, Holder, read_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(signing_world: World, authority: Authority) -> Token:
    """The head's key device, plugged into a computer with the program."""
    post = signing_world.post("head")
    return enrol(authority, "person", post.person_id, post.person.full_name)


def enrol(authority: Authority, kind: str, pk: int, name: str) -> Token:
    issued = authority.issue(Holder(kind, pk, name, "VKSND tỉnh Bắc Ninh"))
    signing.enrol([Enrolment(kind, pk, issued.certificate, "agent", issued.key_name)], by=SYSTEM)
    key = read_key(Path(settings.PKI_DIR) / "keys" / f"{issued.key_name}.pem")
    return Token(issued.certificate, key, (authority.certificate("ca"),))


def certificate(world: World, provider: str = "agent") -> Certificate:
    found = queries.certificates_of("person", world.person("head").pk)
    return next(one for one in found if one.provider == provider)


def asked(world: World, *ready: Draft) -> SigningRequest:
    found = batch_signing.ask(
        [one.pk for one in ready], certificate=certificate(world), words="Nhất trí.", by=world.actor("head")
    )
    assert found.request is not None
    assert not found.refused
    return found.request


def calls(browser: Client, request: SigningRequest) -> list[str]:
    """The addresses with tickets, one per document."""
    answer = browser.post(f"/signing/{request.pk}/calls").json()
    return [
        one["frame"].split('"FileName": "http://testserver')[1].partition('"')[0] for one in answer["calls"]
    ]


def fetched(address: str) -> bytes:
    response = Client().get(address)
    assert response.status_code == 200
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def brought(address: str, data: bytes, part: str = "uploadfile") -> dict[str, object]:
    file = SimpleUploadedFile("signed.pdf", data, "application/pdf")
    return Client(enforce_csrf_checks=True).post(address, {part: file}).json()  # type: ignore[no-any-return]


def test_two_documents_are_signed_and_go_on_without_a_cookie(signing_world: World, token: Token) -> None:
    first, second = drafts.to_sign(signing_world), drafts.to_sign(signing_world, "Kế hoạch khác")
    request = asked(signing_world, first, second)
    one, other = calls(signing_world.client("head"), request)
    assert fetched(one) == fetched(one)
    said = brought(one, run(sign(fetched(one), token)))
    assert (said["Status"], said["Message"]) == (True, "")
    request.refresh_from_db()
    assert request.state == "asked"  # one is pending
    assert brought(other, run(sign(fetched(other), token)), part="tep")["Status"] is True
    request.refresh_from_db()
    assert request.state == "done"
    for draft in (first, second):
        draft.refresh_from_db()
        assert (draft.state, draft.signature_level) == ("signed", "B-B")
    assert [row.settled for row in requests.progress(request)] == [True, True]
    assert "Nhất trí." in signing_world.client("head").get(f"/outgoing/drafts/{first.pk}").content.decode()


def test_a_ticket_is_used_once_and_ends_with_time_and_request(signing_world: World, token: Token) -> None:
    draft = drafts.to_sign(signing_world)
    request = asked(signing_world, draft)
    browser = signing_world.client("head")
    (address,) = calls(browser, request)
    data = fetched(address)
    said = brought(address, data)
    assert said["Status"] is False
    assert "chưa được ký" in str(said["Message"])
    signed = run(sign(data, token))
    assert brought(address, signed)["Status"] is False  # used
    assert Client().get(address).status_code == 404
    (fresh,) = calls(browser, request)
    SigningTicket.objects.update(expires_at=timezone.now())
    assert brought(fresh, signed)["Status"] is False  # out of time
    assert tickets.forget_old() == 2
    (fresh,) = calls(browser, request)
    assert browser.post(f"/signing/{request.pk}/cancel").status_code == 302
    assert brought(fresh, signed)["Status"] is False  # cancelled
    draft.refresh_from_db()
    assert draft.state == "approval"
    assert browser.post(f"/signing/{request.pk}/calls").status_code == 409


def test_tickets_are_the_requester_s_and_another_s_token_is_refused(
    signing_world: World, token: Token, authority: Authority
) -> None:
    draft = drafts.to_sign(signing_world)
    request = asked(signing_world, draft)
    assert signing_world.client("deputy").post(f"/signing/{request.pk}/calls").status_code == 404
    (address,) = calls(signing_world.client("head"), request)
    deputy = enrol(authority, "person", signing_world.person("deputy").pk, "Người Khác")
    said = brought(address, run(sign(fetched(address), deputy)))
    assert said["Status"] is False
    assert "Người Khác" in str(said["Message"])
    page = signing_world.client("head").get(f"/signing/{request.pk}").content.decode()
    assert "Người Khác" in page
    assert "Đã ký 0/1" in page


def test_a_draft_returned_meanwhile_does_not_take_the_signature(signing_world: World, token: Token) -> None:
    kept, gone = drafts.to_sign(signing_world), drafts.to_sign(signing_world, "Bị trả lại giữa chừng")
    request = asked(signing_world, kept, gone)
    addresses = calls(signing_world.client("head"), request)
    reviews.return_draft(gone.pk, "Sửa lại căn cứ.", by=signing_world.actor("head"))
    for address in addresses:
        assert brought(address, run(sign(fetched(address), token)))["Status"] is True
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.state, gone.state) == ("signed", "drafting")
    rows = requests.progress(request)
    assert [bool(row.problem) for row in rows] == [False, True]
    assert "Vũ Đình Lâm" in rows[1].problem
    run_jobs()


def test_the_page_may_talk_to_the_program_and_no_other_page_may(signing_world: World, token: Token) -> None:
    request = asked(signing_world, drafts.to_sign(signing_world))
    browser = signing_world.client("head")
    policy = browser.get(f"/signing/{request.pk}").headers["Content-Security-Policy"]
    assert "connect-src 'self' wss://127.0.0.1:8987;" in policy
    assert "8987" not in browser.get("/outgoing").headers["Content-Security-Policy"]
