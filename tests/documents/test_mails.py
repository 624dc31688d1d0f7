"""The e-mail drop folder: each mail one waiting item, once; files through the gate; nothing that came is lost."""

import os
import time
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.cast import World
from tests.entries import arrival
from vanthu.documents import actions, mails, queries
from vanthu.documents.models import IncomingEntry
from vanthu.documents.receiving_models import Mail
from vanthu.kernel import ledger
from vanthu.kernel.files import checks
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.files.models import StoredFile, Upload
from vanthu.kernel.refusals import Invalid, NotAllowed, NotFound
from vanthu.reading import gate, secrecy

SECRET = "Kế hoạch tuyệt đối không để lộ"


@pytest.fixture
def folder(world: World, settings: Any, tmp_path: Path) -> Path:
    """The drop folder of the province."""
    settings.MAIL_FOLDER = tmp_path
    place = tmp_path / str(world.province.pk)
    place.mkdir()
    return place


def pdf(pages: int = 1) -> bytes:
    content = BytesIO()
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=(595, 842))
        made.save(content)
    return content.getvalue()


def letter(**fields: Any) -> EmailMessage:
    """A mail with one PDF of two pages."""
    message = EmailMessage()
    message["From"] = fields.get("sender", '"Ủy ban nhân dân tỉnh Bắc Ninh" <vanthu@bacninh.gov.vn>')
    message["Subject"] = fields.get("subject", "Công văn 2143/UBND-NC về phối hợp kiểm tra tạm giữ")
    message["Date"] = "Fri, 20 Nov 2026 08:15:00 +0700"
    message["Message-ID"] = fields.get("message_id", "<1@bacninh.gov.vn>")
    message["Importance"] = fields.get("importance", "normal")
    message.set_content("Kính gửi quý cơ quan văn bản kèm theo.")
    for name, data in fields.get("files", [("2143.pdf", pdf(2))]):
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def drop(folder: Path, content: EmailMessage | bytes, name: str = "thu.eml") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.as_bytes())
    old = time.time() - 60
    os.utime(path, (old, old))
    return path


def waiting(world: World) -> list[IncomingEntry]:
    return [one.entry for one in queries.incoming_list(world.actor("clerk"), states=("waiting",))]


def test_a_mail_becomes_a_waiting_item_with_its_files(world: World, folder: Path) -> None:
    path = drop(folder, letter(importance="high"))
    assert mails.read_folders() == 1
    assert not path.exists()
    [entry] = waiting(world)
    assert (entry.channel, entry.issuer_name) == ("email", "Ủy ban nhân dân tỉnh Bắc Ninh")
    assert (entry.number, entry.notation, entry.kind) == ("2143", "UBND-NC", "CV")
    assert (entry.urgency, entry.pages, f"{entry.issued_on}") == (1, 2, "2026-11-20")
    [file] = file_queries.attachments("document", [entry.document_id])[entry.document_id]
    assert (file.name, file.file.page_count) == ("2143.pdf", 2)
    mail = mails.mail_of(entry)
    assert mail is not None
    assert (mail.sender, mail.trouble) == ("vanthu@bacninh.gov.vn", "")
    assert "văn bản kèm theo" in mail.text
    [raw] = file_queries.attachments("mail", [mail.pk])[mail.pk]
    assert b"Message-ID" in file_queries.open_attachment(raw).read()
    made = actions.receive(entry.pk, arrival(channel="email"), by=world.actor("clerk"))
    assert (made.state, made.channel) == ("registered", "email")


def test_a_mail_comes_in_once(world: World, folder: Path) -> None:
    content = letter().as_bytes()
    drop(folder, content)
    mails.read_folders()
    again = drop(folder, content, "lan-hai.eml")
    assert mails.read_folders() == 1
    assert not again.exists()
    drop(folder, letter(subject="Nội dung khác hẳn"), "trung-ma.eml")
    mails.read_folders()
    assert len(waiting(world)) == 1
    [odd] = mails.troubled_mails(world.actor("clerk"))
    assert "Cùng mã thư" in odd.trouble
    assert file_queries.attachments("mail", [odd.pk])[odd.pk]


def test_what_is_still_being_written_waits(world: World, folder: Path) -> None:
    path = drop(folder, letter())
    os.utime(path)
    assert mails.read_folders() == 0
    assert path.exists()


def test_refused_files_are_named_and_the_mail_still_comes(world: World, folder: Path) -> None:
    drop(
        folder,
        letter(files=[("2143.pdf", pdf()), ("hoa-don.exe", b"MZ" + bytes(100)), ("hong.pdf", b"%PDF-1.4")]),
    )
    mails.read_folders()
    [entry] = waiting(world)
    mail = mails.mail_of(entry)
    assert mail is not None
    assert [line.split(":")[0] for line in mail.trouble.split("\n")] == ["hoa-don.exe", "hong.pdf"]
    assert len(file_queries.attachments("document", [entry.document_id])[entry.document_id]) == 1


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00 khong phai thu", b"From: \n\nkhong co noi gui", b"From: a@b.vn\n\n"]
)
def test_what_cannot_be_read_lies_in_the_box_with_the_reason(
    world: World, folder: Path, content: bytes
) -> None:
    drop(folder, content)
    mails.read_folders()
    assert waiting(world) == []
    clerk = world.actor("clerk")
    [mail] = mails.troubled_mails(clerk)
    assert "Mở tệp gốc để xem." in mail.trouble
    [raw] = file_queries.attachments("mail", [mail.pk])[mail.pk]
    assert file_queries.open_attachment(raw).read() == content
    assert mails.may_open_mail(mail.pk, clerk)
    assert not mails.may_open_mail(mail.pk, world.actor("region_clerk"))
    with pytest.raises(Invalid):
        mails.settle(mail.pk, " ", by=clerk)
    with pytest.raises(NotFound):
        mails.settle(mail.pk, "Thư rác, đã xem.", by=world.actor("region_clerk"))
    mails.settle(mail.pk, "Thư rác, đã xem.", by=clerk)
    assert mails.troubled_mails(clerk) == []
    last = ledger.last_act(mail)
    assert last is not None
    assert "Thư rác" in last.note


def test_of_a_secret_document_nothing_is_kept(
    world: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def marked(path: Path, name: str) -> None:
        if name.startswith("mat"):
            raise Invalid(secrecy.SENTENCE, code="secret_documents_stay_out")

    monkeypatch.setattr(checks, "CHECKS", [lambda path, name: gate.inspect(path, name).pages, marked])
    path = drop(folder, letter(subject=SECRET, files=[("thuong.pdf", pdf()), ("mat.pdf", pdf(3))]))
    mails.read_folders()
    assert not path.exists()
    [mail] = mails.troubled_mails(world.actor("clerk"))
    assert (mail.subject, mail.text) == ("", "")
    assert mail.sender == "vanthu@bacninh.gov.vn"
    assert file_queries.attachments("mail", [mail.pk]) == {mail.pk: []}
    assert waiting(world) == []
    assert not Upload.objects.exclude(state="refused").exists()
    assert not StoredFile.objects.filter(media_type="message/rfc822").exists()


def test_only_clerks_have_the_box(world: World) -> None:
    with pytest.raises(NotAllowed):
        mails.troubled_mails(world.actor("head"))
    assert Mail.objects.count() == 0
