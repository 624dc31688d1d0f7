"""Anyone signed in verifies files, which are not kept; the report on what came in is read and printed."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import World
from tests.entries import make_delivered
from tests.signing.attacks import Workshop
from tests.signing.conftest import stored
from vanthu.kernel.files.models import StoredFile
from vanthu.signing import evidence
from vanthu.signing.report import Report, SignatureReport
from vanthu.web.signatures import views
from vanthu_tools.test_pki import Authority


@pytest.fixture
def workshop(authority: Authority, tmp_path: Path) -> Workshop:
    return Workshop(authority, tmp_path)


def dropped(*paths: Path) -> dict[str, Any]:
    return {"files": [SimpleUploadedFile(path.name, path.read_bytes()) for path in paths]}


def test_files_are_verified_and_not_kept(world: World, workshop: Workshop) -> None:
    client = world.client("specialist")
    changed = workshop.a05_page_replaced(workshop.government)
    response = client.post("/signatures/check", dropped(workshop.government, changed, workshop.paper))
    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("Chữ ký hợp lệ: Nguyễn Văn An, Viện kiểm sát nhân dân tỉnh Bắc Ninh.") == 1
    assert "Tệp bị sửa sau khi ký." in page
    assert "sửa nội dung trang 1" in page
    assert "Tệp không có chữ ký số." in page
    assert "theo dấu thời gian" in page
    assert not StoredFile.objects.exists()


def test_a_rolled_back_file_is_known_by_its_later_version(world: World, workshop: Workshop) -> None:
    evidence.judge(stored(workshop.government))
    earlier = workshop.a16_rolled_back(workshop.government)
    page = world.client("inspector").post("/signatures/check", dropped(earlier)).content.decode()
    assert "một bản sau của tệp này" in page


def test_too_much_is_refused_with_what_to_do(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client = world.client("clerk")
    nothing = client.post("/signatures/check", {})
    assert nothing.status_code == 422
    assert "Chưa chọn tệp" in nothing.content.decode()
    monkeypatch.setattr(views, "LARGEST", 3)
    large = client.post("/signatures/check", {"files": [SimpleUploadedFile("a.pdf", b"four")]})
    assert "Kiểm tra từng tệp một" in large.content.decode()
    many = {"files": [SimpleUploadedFile("a.pdf", b"")] * 11}
    assert "nhiều nhất 10 tệp" in client.post("/signatures/check", many).content.decode()


def test_the_report_on_what_came_in_is_read_by_who_sees_it(world: World) -> None:
    entry = make_delivered(world)
    one = SignatureReport(
        "LanhDao", "approval", "Vũ Đình Lâm", "VKSND tối cao", "a1", "valid", "", True, True, "good",
        True, False, "B-T", None, changes=("field_filled: SoVB", "signature_added: CoQuan"),
    )  # fmt: skip
    entry.signature_report = Report("valid", (one,), policy="own/1").as_json()
    entry.save(update_fields=["signature_report"])
    page = world.client("clerk").get(f"/incoming/{entry.pk}/signatures").content.decode()
    assert "điền số văn bản; thêm chữ ký (cơ quan)" in page
    assert "văn bản do hệ thống này lập (bản 1)" in page
    assert (
        f"/incoming/{entry.pk}/signatures"
        in world.client("clerk").get(f"/incoming/{entry.pk}").content.decode()
    )
    assert world.client("region_clerk").get(f"/incoming/{entry.pk}/signatures").status_code == 404
