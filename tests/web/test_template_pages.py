"""Everybody of the office sees the templates; the administrator changes one on its page."""

import io
import shutil
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from pytest_django import DjangoAssertNumQueries

from tests.cast import World
from tests.issuing.test_office_templates import OWN, edited, spoil, with_line
from tests.reading.forms import texts
from vanthu.issuing import templates
from vanthu.reading.form import check


def sent(data: bytes) -> dict[str, object]:
    return {"file": SimpleUploadedFile("mau.docx", data), "note": "thêm điện thoại"}


def test_a_template_is_taken_home_changed_and_given_back(world: World) -> None:
    browser, page = world.client("administrator"), reverse("office_template", args=["KH"])
    data = browser.get(reverse("template_file", args=["KH"])).content
    refused = browser.post(page, sent(edited(data, spoil("{{người ký}}", ""))))
    assert refused.status_code == 422
    assert "Thiếu {{người ký}}" in refused.content.decode()
    assert browser.post(page, sent(edited(data, with_line)))["Location"] == page
    shown = browser.get(page).content.decode()
    assert "Bản 1" in shown
    assert "Thêm điện thoại" in shown
    own = browser.get(reverse("template_file", args=["KH"]), {"ban": "1"})
    assert OWN in Document(io.BytesIO(own.content)).element.xml
    assert "attachment" in own["Content-Disposition"]
    listed = world.client("specialist").get(reverse("office_templates")).content.decode()
    assert "Của cơ quan" in listed
    assert browser.post(reverse("end_template", args=["KH"]))["Location"] == page
    assert "thôi dùng" in browser.get(page).content.decode()


def test_a_colleague_looks_but_changes_nothing(world: World) -> None:
    browser, page = world.client("specialist"), reverse("office_template", args=["CV"])
    shown = browser.get(page).content.decode()
    assert "{{kính gửi}}" in shown
    assert "Sửa mẫu" not in shown
    assert browser.post(page, {}).status_code == 403
    filled = browser.get(reverse("template_file", args=["CV"]), {"mau": "dien"}).content
    text = Document(io.BytesIO(filled)).element.xml
    assert "{{" not in text
    assert "Bắc Ninh" in text
    assert browser.get(reverse("office_template", args=["XYZ"])).status_code == 404
    assert browser.get(reverse("template_file", args=["CV"]), {"ban": "9"}).status_code == 404


def test_the_list_costs_the_same_with_own_templates(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser, page = world.client("administrator"), reverse("office_templates")
    browser.get(page)
    with django_assert_num_queries(4):
        browser.get(page)
    for kind in ("KH", "CV"):
        data = edited(templates.template(kind, world.actor("administrator")), with_line)
        browser.post(reverse("office_template", args=[kind]), sent(data))
    browser.get(page)
    with django_assert_num_queries(4):
        browser.get(page)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_the_preview_is_drawn_once(world: World) -> None:
    browser = world.client("specialist")
    page = reverse("template_page", args=["QD"])
    first = browser.get(page)
    assert first["Content-Type"] == "image/png"
    assert b"".join(first.streaming_content) == b"".join(browser.get(page).streaming_content)


def test_anybody_makes_a_document_of_the_party_in_the_offices_own_template(
    world: World, tmp_path: Path
) -> None:
    admin = world.client("administrator")
    own = edited(templates.template("DANG", world.actor("administrator")), with_line)
    assert admin.post(reverse("office_template", args=["DANG"]), sent(own)).status_code == 302
    browser, page = world.client("specialist"), reverse("party_document")
    assert "Đảng ủy Viện kiểm sát nhân dân tỉnh Bắc Ninh" in browser.get(page).content.decode()
    said = {
        "kind": "DTB", "organ": "ĐU", "subject": "Kết luận họp Ban Thường vụ", "committee": "Đảng ủy Viện kiểm sát",
        "superior": "Đảng bộ tỉnh Bắc Ninh", "signing": "T/M ĐẢNG ỦY\nPHÓ BÍ THƯ", "signer": "Lê Văn Hòa",
        "copies": "Các chi bộ",
    }  # fmt: skip
    path = tmp_path / "tb.docx"
    path.write_bytes(browser.post(page, said).content)
    text = "\n".join(texts(path))
    for words in (
        OWN,
        "ĐẢNG BỘ TỈNH BẮC NINH",
        "-TB/ĐU",
        "THÔNG BÁO",
        "Kết luận họp",
        "PHÓ BÍ THƯ",
        "- Các chi bộ;",
    ):
        assert words in text
    told = check(path, path.name)
    assert (told.kind, [one.rule.id for one in told.findings]) == ("DTB", [])
    refused = browser.post(page, said | {"kind": "DTB", "subject": ""})
    assert refused.status_code == 422
    assert "Chưa tạo được tệp" in refused.content.decode()
    to_nobody = browser.post(page, said | {"kind": "DCV"})
    assert to_nobody.status_code == 422
    assert "Công văn phải có nơi kính gửi" in to_nobody.content.decode()
    path.write_bytes(
        browser.post(page, said | {"kind": "DCV", "recipients": "Đảng ủy Khối\nBan Tổ chức"}).content
    )
    told = check(path, path.name)
    assert (told.kind, [one.rule.id for one in told.findings]) == ("DCV", [])
    assert "Kết luận họp Ban Thường vụ" in texts(path)
    assert "- Ban Tổ chức." in texts(path)
