"""The form of registration: splitting, guessing, duplicates, half-filled forms, secrecy, receiving with corrections."""

import io
from datetime import timedelta

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.cast import World
from tests.entries import arrival, fresh, make_delivered, make_presented, make_registered
from vanthu.documents import queries
from vanthu.documents.models import EntryDraft, IncomingEntry
from vanthu.kernel.calendar import today
from vanthu.kernel.files.models import Upload

pytestmark = pytest.mark.django_db


def scan() -> SimpleUploadedFile:
    """A PDF of one empty page."""
    content = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(content)
    return SimpleUploadedFile("quet.pdf", content.getvalue(), "application/pdf")


def typed(**fields: object) -> dict[str, object]:
    """What the browser sends."""
    day = f"{today() - timedelta(days=1):%d/%m/%Y}"
    return {
        "issuer_name": "Ủy ban nhân dân tỉnh Bắc Ninh",
        "number": "2143/KH-UBND",
        "issued_on": day,
        "subject": "Kế hoạch phối hợp công tác thi hành án năm 2027",
        "urgency": "0",
        "arrived_on": f"{today():%d/%m/%Y}",
        "medium": "paper",
        **fields,
    }


def newest() -> IncomingEntry:
    return IncomingEntry.objects.order_by("-pk")[0]


def test_number_and_symbol_split_and_say_the_kind(world: World) -> None:
    browser = world.client("clerk")
    response = browser.post(reverse("register"), typed(), follow=True)
    made = newest()
    assert (made.number, made.notation, made.kind) == ("2143", "KH-UBND", "KH")
    assert response.redirect_chain[-1][0] == reverse("entry", args=[made.pk])
    assert f"Đã vào sổ, số đến {made.arrival_number}: Kế hoạch 2143/KH-UBND." in response.content.decode()


def test_save_and_next_presents_and_remembers_the_leader(world: World) -> None:
    browser = world.client("clerk")
    leader = world.person("head").pk
    response = browser.post(reverse("register"), typed(next="1", leader=leader), follow=True)
    assert response.redirect_chain[-1][0] == reverse("register")
    assert newest().state == "presented"
    assert f'<option value="{leader}" selected>' in response.content.decode()


def test_a_double_click_registers_once(world: World) -> None:
    browser = world.client("clerk")
    for _ in range(2):
        browser.post(reverse("register"), typed(idempotency_key="một lần"))
    assert IncomingEntry.objects.count() == 1


def test_errors_stand_beside_their_fields_and_what_was_typed_stays(world: World) -> None:
    response = world.client("clerk").post(reverse("register"), typed(subject="Ngắn", issued_on="31/02/2026"))
    shown = response.content.decode()
    assert response.status_code == 422
    assert "Chưa lưu được. Sửa" in shown
    assert "ngày theo dạng" in shown
    assert "Ngắn" in shown
    assert not IncomingEntry.objects.exists()


def test_the_warning_comes_before_the_second_registration(world: World) -> None:
    first = make_registered(world)
    browser = world.client("clerk")
    query = {"issuer_name": first.issuer_name, "number": first.number, "notation": first.notation}
    shown = browser.get(reverse("duplicates"), query).content.decode()
    assert f'href="{reverse("entry", args=[first.pk])}"' in shown
    assert f"số đến {first.arrival_number}" in shown
    again = typed(**query)
    refused = browser.post(reverse("register"), again)
    assert refused.status_code == 422
    assert reverse("entry", args=[first.pk]) in refused.content.decode()
    browser.post(reverse("register"), again | {"duplicate_reason": "Bản chính gửi sau"})
    assert newest().duplicate_reason == "Bản chính gửi sau"
    assert browser.get(reverse("duplicates"), {"number": "1"}).content.strip() == b""


def test_the_form_is_kept_while_typing_and_forgotten_when_registered(world: World) -> None:
    browser = world.client("clerk")
    key = {"idempotency_key": "dang-go"}
    for subject in ("Kế hoạch phối", "Kế hoạch phối hợp công tác"):
        assert browser.post(reverse("save_entry_draft"), typed(subject=subject, **key)).status_code == 200
    kept = EntryDraft.objects.get()
    shown = browser.get(reverse("register"), {"draft": kept.pk}).content.decode()
    assert "Kế hoạch phối hợp công tác" in shown
    assert 'value="dang-go"' in shown
    browser.post(reverse("register"), typed(**key))
    assert not EntryDraft.objects.exists()


def test_a_kept_form_can_be_dropped_by_its_owner_only(world: World) -> None:
    browser = world.client("clerk")
    browser.post(reverse("save_entry_draft"), typed(idempotency_key="bo"))
    kept = EntryDraft.objects.get()
    world.client("region_clerk").post(reverse("drop_entry_draft", args=[kept.pk]))
    assert EntryDraft.objects.exists()
    browser.post(reverse("drop_entry_draft", args=[kept.pk]))
    assert not EntryDraft.objects.exists()


@pytest.mark.parametrize("degree", ["mat", "toi_mat", "tuyet_mat"])
def test_of_a_secret_document_nothing_is_kept(world: World, degree: str) -> None:
    browser = world.client("clerk")
    browser.post(reverse("save_entry_draft"), typed(idempotency_key="mat"))
    sent = browser.post(reverse("uploads"), {"file": scan()})
    secret = typed(idempotency_key="mat", secrecy=degree, issuer_name="", uploads=sent.json()["id"])
    response = browser.post(reverse("register"), secret)
    assert response.status_code == 403
    shown = response.content.decode()
    assert "Luật 117/2025/QH15" in shown
    assert "Kế hoạch phối hợp" not in shown
    assert not IncomingEntry.objects.exists()
    assert not EntryDraft.objects.exists()
    assert not Upload.objects.exists()


def test_autosave_keeps_no_secret_document(world: World) -> None:
    browser = world.client("clerk")
    browser.post(reverse("save_entry_draft"), typed(idempotency_key="mat"))
    refused = browser.post(
        reverse("save_entry_draft"),
        typed(idempotency_key="mat", secrecy="mat"),
        headers={"Accept": "application/json"},
    )
    assert refused.json()["code"] == "secret_documents_stay_out"
    assert not EntryDraft.objects.exists()


def test_without_javascript_the_scan_comes_with_the_form(world: World) -> None:
    browser = world.client("clerk")
    refused = browser.post(reverse("register"), typed(subject="", files=scan()))
    upload = Upload.objects.get()
    assert f'name="uploads" value="{upload.pk}" checked' in refused.content.decode()
    browser.post(reverse("register"), typed(uploads=str(upload.pk)))
    files = queries.document_files([newest().document_id])[newest().document_id]
    assert [one.name for one in files] == ["quet.pdf"]


def test_receive_with_corrections(world: World) -> None:
    entry = make_delivered(world)
    browser = world.client("clerk")
    where = reverse("receive", args=[entry.pk])
    shown = browser.get(where).content.decode()
    assert entry.subject in shown
    corrected = typed(
        issuer_name=entry.issuer_name,
        number=entry.number,
        notation=entry.notation,
        kind=entry.kind,
        subject="Ngắn",
    )
    assert browser.post(where, corrected).status_code == 422
    browser.post(where, corrected | {"subject": "Trích yếu do văn thư sửa lại", "medium": "electronic"})
    assert fresh(entry).subject == "Trích yếu do văn thư sửa lại"
    assert browser.get(where)["Location"] == reverse("entry", args=[entry.pk])


def test_one_click_meets_a_duplicate_with_the_form_and_the_link(world: World) -> None:
    entry = make_delivered(world)
    first = make_registered(
        world,
        issuer_name=entry.issuer_name,
        number=entry.number,
        notation=entry.notation,
        duplicate_reason="bản giấy",
    )
    response = world.client("clerk").post(reverse("receive", args=[entry.pk]))
    assert response.status_code == 422
    assert reverse("entry", args=[first.pk]) in response.content.decode()


def test_only_clerks_register(world: World) -> None:
    assert arrival().kind == "CV"
    entry = make_presented(world)
    assert world.client("head").get(reverse("register")).status_code == 403
    assert world.client("head").post(reverse("save_entry_draft"), {}).status_code == 403
    assert world.client("head").get(reverse("receive", args=[entry.pk])).status_code == 403
    assert world.client("region_clerk").get(reverse("receive", args=[entry.pk])).status_code == 404
