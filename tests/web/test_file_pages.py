"""Files over HTTP: who may open them is asked at every request; ranges, page images, the access log."""

import io
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import World
from tests.entries import arrival, arrived, make_delivered, make_directed
from tests.web.drafts import paper
from vanthu.documents import actions
from vanthu.documents.models import IncomingEntry
from vanthu.kernel import access
from vanthu.kernel.access import AccessLog
from vanthu.kernel.files import actions as files
from vanthu.kernel.files.models import Attachment
from vanthu.kernel.participants import Owner

pytestmark = pytest.mark.django_db


def stage(world: World, persona: str = "clerk") -> str:
    return str(files.stage(io.BytesIO(paper("Vũ Đình Lâm")), "ke-hoach.pdf", by=world.actor(persona)).pk)


def filed(world: World, **fields: Any) -> tuple[IncomingEntry, Attachment]:
    """An entry with a PDF."""
    entry = actions.register(arrival(**fields), uploads=[stage(world)], by=world.actor("clerk"))
    return entry, Attachment.objects.get(owner_kind="document", owner_id=entry.document_id)


def attached(entry: IncomingEntry) -> Attachment:
    """A PDF of the document of an entry."""
    stored = files.store_bytes(paper("Vũ Đình Lâm"), "application/pdf")
    return files.attach(
        stored, owner_kind="document", owner_id=entry.document_id, role="main", name="ke-hoach.pdf"
    )


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def url(attachment: Attachment) -> str:
    return reverse("file", args=[attachment.pk])


def image(attachment: Attachment, number: int = 1) -> str:
    return reverse("page_image", args=[attachment.pk, number])


def test_an_upload_shows_its_pages_to_its_account_only(world: World) -> None:
    browser = world.client("clerk")
    sent = SimpleUploadedFile("ke-hoach.pdf", paper("Vũ Đình Lâm"), "application/pdf")
    response = browser.post(reverse("uploads"), {"file": sent})
    assert response.status_code == 201
    made = response.json()
    assert (made["state"], made["name"]) == ("ready", "ke-hoach.pdf")
    assert browser.get(made["status_url"]).json()["pages"] == made["pages"]
    picture = browser.get(made["pages"][0]["url"])
    assert picture["Content-Type"] == "image/png"
    assert body(picture).startswith(b"\x89PNG")
    for persona in ("head", "region_clerk"):
        other = world.client(persona)
        assert other.get(made["status_url"]).status_code == 404
        assert other.get(made["pages"][0]["url"]).status_code == 404


def test_an_upload_that_is_refused_says_why(world: World) -> None:
    browser = world.client("clerk")
    accept = {"Accept": "application/json"}
    assert browser.post(reverse("uploads"), headers=accept).status_code == 422
    sent = SimpleUploadedFile("ke-hoach.exe", b"MZ" + bytes(64))
    response = browser.post(reverse("uploads"), {"file": sent}, headers=accept)
    assert response.status_code == 422
    assert response.json()["message"]


def test_who_sees_the_entry_downloads_and_it_is_written_down(world: World) -> None:
    _, attachment = filed(world)
    response = world.client("head", headers={"accept-encoding": "gzip"}).get(url(attachment))
    assert body(response) == paper("Vũ Đình Lâm")  # byte by byte, not compressed
    assert "Content-Encoding" not in response
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    look = AccessLog.objects.get(action="download")
    assert (look.attachment_id, look.person_id) == (attachment.pk, world.person("head").pk)


def test_a_stranger_learns_nothing_of_a_file(world: World) -> None:
    _, attachment = filed(world)
    unknown = reverse("file", args=[uuid4()])
    for persona in ("specialist", "neighbour", "region_clerk", "administrator", "inspector", "archivist"):
        browser = world.client(persona)
        for address in (url(attachment), image(attachment), unknown):
            assert browser.get(address).status_code == 404
    assert not AccessLog.objects.exclude(action="sign_in").exists()
    assert world.client().get(url(attachment)).status_code == 302


def test_whoever_the_work_is_given_to_opens_it_from_then_on(world: World) -> None:
    entry, attachment = filed(world)
    browser = world.client("specialist")
    assert browser.get(url(attachment)).status_code == 404
    world.client("clerk").post(reverse("present", args=[entry.pk]), {"leader": world.person("head").pk})
    directed = make_directed(world, lead=Owner("p", world.person("specialist").pk))
    files.attach(
        attachment.file,
        owner_kind="document",
        owner_id=directed.document_id,
        role="main",
        name="ke-hoach.pdf",
    )
    given = Attachment.objects.get(owner_id=directed.document_id)
    assert browser.get(url(given)).status_code == 200
    assert browser.get(url(attachment)).status_code == 404, "the same bytes under another entry stay closed"


def test_of_a_restricted_document_the_clerk_gets_no_file(world: World) -> None:
    attachment = attached(make_delivered(world, restricted=True))
    assert world.client("clerk").get(url(attachment)).status_code == 404
    assert world.client("clerk").get(image(attachment)).status_code == 404
    assert world.client("head").get(url(attachment)).status_code == 200


def test_what_was_returned_to_its_sender_is_not_opened_any_more(world: World) -> None:
    entry = make_delivered(world)
    attachment = attached(entry)
    receiver, sender = world.client("clerk"), world.client("supreme_clerk")
    assert receiver.get(url(attachment)).status_code == 200
    tag = receiver.get(image(attachment))["ETag"]
    reason = "Gửi nhầm, không thuộc thẩm quyền"
    actions.return_to_sender(entry.pk, reason, by=world.actor("clerk"))
    assert receiver.get(url(attachment)).status_code == 404
    assert receiver.get(image(attachment), headers={"If-None-Match": tag}).status_code == 404
    page = receiver.get(reverse("entry", args=[entry.pk])).content.decode()
    assert reason in page
    assert str(attachment.pk) not in page
    assert str(attachment.pk) not in receiver.get(reverse("entry_preview", args=[entry.pk])).content.decode()
    assert sender.get(url(attachment)).status_code == 200
    again = arrived(entry.document, world.province)
    assert receiver.get(url(attachment)).status_code == 200, "sent again, it is theirs again"
    assert str(attachment.pk) in receiver.get(reverse("entry", args=[again.pk])).content.decode()


@pytest.mark.parametrize(
    ("asked", "status", "first", "last"),
    [
        ("bytes=0-99", 206, 0, 99),
        ("bytes=100-", 206, 100, None),
        ("bytes=-5", 200, 0, None),
        ("lines=1-2", 200, 0, None),
    ],
)
def test_ranges(world: World, asked: str, status: int, first: int, last: int | None) -> None:
    _, attachment = filed(world)
    whole = paper("Vũ Đình Lâm")
    response = world.client("clerk").get(url(attachment), headers={"Range": asked})
    assert response.status_code == status
    assert body(response) == whole[first : None if last is None else last + 1]
    if status == 206:
        end = len(whole) - 1 if last is None else last
        assert response["Content-Range"] == f"bytes {first}-{end}/{len(whole)}"


def test_a_range_outside_the_file(world: World) -> None:
    _, attachment = filed(world)
    response = world.client("clerk").get(url(attachment), headers={"Range": "bytes=99999999-"})
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{attachment.file.size}"


class TestPageImages:
    def picture(self, browser: Client, attachment: Attachment, **headers: str) -> Any:
        return browser.get(image(attachment), headers=headers)

    def test_the_browser_keeps_an_image_but_asks_every_time(self, world: World) -> None:
        _, attachment = filed(world)
        browser = world.client("clerk")
        response = self.picture(browser, attachment)
        assert body(response).startswith(b"\x89PNG")
        assert "no-cache" in response["Cache-Control"]
        again = self.picture(browser, attachment, **{"If-None-Match": response["ETag"]})
        assert again.status_code == 304

    def test_who_may_not_open_the_file_learns_nothing_from_a_known_tag(self, world: World) -> None:
        _, attachment = filed(world)
        tag = self.picture(world.client("clerk"), attachment)["ETag"]
        for persona in ("neighbour", "region_clerk", "administrator"):
            response = self.picture(world.client(persona), attachment, **{"If-None-Match": tag})
            assert response.status_code == 404

    def test_looks_at_pages_are_written_down(self, world: World) -> None:
        _, attachment = filed(world)
        self.picture(world.client("clerk"), attachment)
        access.flush()
        assert AccessLog.objects.exclude(action="sign_in").get().action == "page"

    def test_pages_that_are_not_there(self, world: World) -> None:
        _, attachment = filed(world)
        files.count_pages(attachment.file, 1)
        browser = world.client("clerk")
        for number in (0, 99):
            assert browser.get(image(attachment, number)).status_code == 404
        stored = files.store_bytes(b"PK\x03\x04 a letter", "application/msword")
        letter = files.attach(
            stored, owner_kind="document", owner_id=attachment.owner_id, role="attachment", name="cv.doc"
        )
        assert browser.get(image(letter)).status_code == 404


@pytest.mark.parametrize("width", ["0", "9999", "x\r\nSet-Cookie: a=b", "٨٠٠", "800" * 200])
def test_an_odd_width_is_the_usual_one(world: World, width: str) -> None:
    _entry, attachment = filed(world)
    response = world.client("clerk").get(image(attachment), {"w": width})
    assert response.status_code == 200
    assert response["ETag"] == f'"{attachment.pk}-1-800"'
    again = world.client("clerk").get(
        image(attachment), {"w": width}, headers={"If-None-Match": response["ETag"]}
    )
    assert again.status_code == 304
    stranger = world.client("region_clerk").get(
        image(attachment), headers={"If-None-Match": response["ETag"]}
    )
    assert stranger.status_code == 404
