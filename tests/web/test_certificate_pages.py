"""The administrator enrols and withdraws certificates on a page; each person sees their own."""

from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.serialization import Encoding
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.cast import World
from tests.signing.custody import transparent_png
from vanthu.signing import queries
from vanthu_tools.test_pki import Authority, Holder


def sent(authority: Authority, name: str, *, days: int = 400) -> dict[str, object]:
    now = datetime.now(UTC)
    issued = authority.issue(
        Holder("person", 1, name, "VKSND"), start=now - timedelta(days=1), end=now + timedelta(days=days)
    )
    content = issued.certificate.public_bytes(Encoding.PEM)
    return {
        "file": SimpleUploadedFile("lam.cer", content),
        "provider": "software_key",
        "key_name": issued.key_name,
        "picture": SimpleUploadedFile("lam.png", transparent_png()),
    }


def test_a_certificate_is_enrolled_shown_and_withdrawn(world: World, authority: Authority) -> None:
    head = world.person("head")
    browser, page = world.client("administrator"), reverse("certificate", args=["person", head.pk])
    refused = browser.post(page, sent(authority, "Người Khác"))
    assert refused.status_code == 422
    assert "không phải “Vũ Đình Lâm”" in refused.content.decode()
    assert browser.post(page, sent(authority, head.full_name, days=20))["Location"] == page
    made = queries.person_certificate(head.pk)
    picture = reverse("certificate_picture", args=[made.pk])
    shown = browser.get(page).content.decode()
    assert picture in shown
    assert "Còn 20 ngày" in shown
    assert "Đăng ký chứng thư số của Vũ Đình Lâm, số sê-ri" in shown
    assert browser.get(picture)["Content-Type"] == "image/png"
    soon = browser.get(reverse("certificates"), {"tinh": "ending"}).content.decode()
    assert "Vũ Đình Lâm" in soon
    assert "Phạm Thu Thủy" not in soon
    mine = world.client("head").get(reverse("my_certificate")).content.decode()
    assert "Còn 20 ngày" in mine
    assert "Đề nghị quản trị cơ quan làm thủ tục gia hạn" in mine
    away = reverse("withdraw_certificate", args=[made.pk])
    assert browser.post(away, {}).status_code == 422
    assert browser.post(away, {f"end{made.pk}-reason": "Đổi thiết bị"})["Location"] == page
    assert "Đổi thiết bị" in browser.get(page).content.decode()
    assert "Chưa có chứng thư số" in world.client("head").get(reverse("my_certificate")).content.decode()


def test_another_device_is_another_certificate(world: World, authority: Authority) -> None:
    head = world.person("head")
    browser, page = world.client("administrator"), reverse("certificate", args=["person", head.pk])
    browser.post(page, sent(authority, head.full_name))
    agent = {**sent(authority, head.full_name), "provider": "agent", "key_name": ""}
    assert browser.post(page, agent).status_code == 302
    used = queries.certificates_of("person", head.pk)
    assert {one.provider for one in used} == {"software_key", "agent"}
    shown = browser.get(page).content.decode()
    assert shown.count("Thôi dùng chứng thư số này") == 2
