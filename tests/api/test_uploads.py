"""Files for programs: brought in once per key, checked as on the page; taken out whole or from where it broke off."""

import hashlib
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from tests.api.programs import Program, address
from tests.cast import World
from tests.entries import make_delivered, make_registered
from tests.reading.test_secrecy import docx_with
from tests.web.drafts import paper
from vanthu.documents.models import IncomingEntry
from vanthu.kernel.access import AccessLog
from vanthu.kernel.files import actions as files
from vanthu.kernel.files.models import Attachment, Upload
from vanthu.reading.secrecy import SENTENCE

pytestmark = pytest.mark.django_db

PDF = "application/pdf"


def bring(program: Program, content: bytes, name: str = "ke-hoach.pdf", *, key: str = "k") -> HttpResponse:
    sent = {"file": SimpleUploadedFile(name, content, PDF)}
    headers = {"Idempotency-Key": key} if key else {}
    return program.client.post(address("/uploads"), sent, headers=headers)  # type: ignore[return-value]


def attached(entry: IncomingEntry) -> tuple[Attachment, bytes]:
    whole = paper("Vũ Đình Lâm")
    stored = files.store_bytes(whole, PDF)
    owner = {"owner_kind": "document", "owner_id": entry.document_id}
    return files.attach(stored, role="main", name="ke-hoach.pdf", **owner), whole


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_a_file_comes_in_and_enters_the_book(world: World) -> None:
    program = Program.of(world, "clerk")
    whole = paper("Vũ Đình Lâm")
    response = bring(program, whole)
    assert response.status_code == 201
    made = response.json()
    assert response["Location"] == f"/api/v1/uploads/{made['id']}"
    assert (made["name"], made["size"], made["media_type"], made["pages"]) == (
        "ke-hoach.pdf",
        len(whole),
        PDF,
        1,
    )
    assert made["sha256"] == hashlib.sha256(whole).hexdigest()
    assert program.get(response["Location"]).json() == made
    entry = {
        "kind": "CV", "issuer_name": "Công an tỉnh Bắc Ninh", "number": "9", "notation": "CAT",
        "issued_on": "2026-01-05", "subject": "Về việc phối hợp kiểm tra", "uploads": [made["id"]],
    }  # fmt: skip
    (file,) = program.post("/incoming", entry).json()["files"]
    assert body(program.get(f"/files/{file['id']}")) == whole


def test_the_same_key_is_the_same_upload(world: World) -> None:
    program = Program.of(world, "clerk")
    first = bring(program, paper("Vũ Đình Lâm"), key="a").json()
    assert bring(program, paper("Vũ Đình Lâm"), key="a").json() == first
    assert Upload.objects.count() == 1
    other = bring(program, paper("Vũ Đình Lâm"), "khac.pdf", key="a")
    assert (other.status_code, other.json()["code"]) == (409, "key_used")
    assert bring(Program.of(world, "head"), paper("Vũ Đình Lâm"), key="a").json()["id"] != first["id"]
    assert bring(program, paper("Vũ Đình Lâm"), key="").status_code == 400


def test_the_checks_of_the_page_refuse_and_keep_nothing(world: World) -> None:
    program = Program.of(world, "clerk")
    for key, (name, content) in enumerate(
        (("chay.exe", b"MZ" + bytes(64)), ("rong.pdf", b""), ("gia.pdf", b"not a pdf at all"))
    ):
        for _ in range(2):  # sent again after a lost answer, it is told the same
            refused = bring(program, content, name, key=str(key))
            assert refused.status_code == 422, name
            assert refused.json()["detail"]
    assert not Upload.objects.filter(file__isnull=False).exists()


def test_what_is_stamped_secret_is_refused(world: World) -> None:
    refused = bring(Program.of(world, "clerk"), docx_with("MẬT", "Kế hoạch bắt khám xét"), "ke-hoach.docx")
    assert (refused.status_code, refused.json()["detail"]) == (422, SENTENCE)
    assert not Upload.objects.filter(file__isnull=False).exists()


def test_only_with_its_scope_and_only_for_its_account(world: World) -> None:
    made = bring(Program.of(world, "clerk"), paper("Vũ Đình Lâm")).json()
    refused = bring(Program.of(world, "clerk", ["read"]), paper("Vũ Đình Lâm"))
    assert (refused.status_code, refused.json()["code"]) == (403, "scope_missing")
    assert Program.of(world, "head").get(f"/uploads/{made['id']}").status_code == 404


def test_what_is_taken_out_is_written_down(world: World) -> None:
    entry = make_registered(world)
    attachment, whole = attached(entry)
    response = Program.of(world, "head", ["read"]).get(f"/files/{attachment.pk}")
    assert body(response) == whole
    assert response["ETag"] == f'"{hashlib.sha256(whole).hexdigest()}"'
    look = AccessLog.objects.get(action="download")
    assert (look.attachment_id, look.person_id) == (attachment.pk, world.person("head").pk)
    again = Program.of(world, "head").get(f"/files/{attachment.pk}", **{"If-None-Match": response["ETag"]})
    assert (again.status_code, AccessLog.objects.count()) == (304, 1)


def test_ranges_are_taken_up_where_they_broke_off(world: World) -> None:
    attachment, whole = attached(make_registered(world))
    program, path = Program.of(world, "clerk"), f"/files/{attachment.pk}"
    tag = program.get(path)["ETag"]
    rest = program.get(path, Range="bytes=100-", **{"If-Range": tag})
    assert (rest.status_code, body(rest)) == (206, whole[100:])
    assert rest["Content-Range"] == f"bytes 100-{len(whole) - 1}/{len(whole)}"
    changed = program.get(path, Range="bytes=100-", **{"If-Range": '"another"'})
    assert (changed.status_code, body(changed)) == (200, whole)
    outside = program.get(path, Range=f"bytes={len(whole)}-")
    assert (outside.status_code, outside.json()["code"]) == (416, "range_wrong")
    assert outside["Content-Range"] == f"bytes */{len(whole)}"


def test_a_stranger_gets_what_is_not_there(world: World) -> None:
    attachment, _ = attached(make_registered(world))
    for persona in ("specialist", "neighbour", "region_clerk", "administrator"):
        program = Program.of(world, persona)
        mine = program.get(f"/files/{attachment.pk}")
        nothing = program.get(f"/files/{uuid4()}")
        assert (mine.status_code, mine.content) == (404, nothing.content)
    restricted, _ = attached(make_delivered(world, restricted=True))
    assert Program.of(world, "clerk").get(f"/files/{restricted.pk}").status_code == 404
    assert not AccessLog.objects.exists()
