"""A draft with errors of form: seen as they are found, mended with one click, submitted again."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.sector import Sector, look
from tests.issuing.test_form_check import spoilt
from tests.reading.forms import LETTER, written
from vanthu.issuing import actions, queries, reviews, versions
from vanthu.issuing.actions import Outline
from vanthu.kernel.files import actions as files
from vanthu.reading import convert

pytestmark = pytest.mark.skipif(not convert.available(), reason="LibreOffice makes the PDF")


def test_findings_come_by_themselves_and_are_mended_with_one_click(sector: Sector, tmp_path: Path) -> None:
    by = sector.world.actor("specialist")
    signer = sector.world.post("head").pk
    outline = Outline(kind="CV", subject=LETTER.subject, signer_id=signer, others=["Sở Nội vụ"])
    draft = actions.start(outline, from_template=False, by=by)
    upload = files.stage(written(LETTER, tmp_path, spoilt).open("rb"), "cong-van.docx", by=by)
    versions.add_version(draft.pk, upload.pk, by=by)
    actions.submit(draft.pk, by=by)
    reviews.return_draft(draft.pk, "Sửa thể thức rồi trình lại.", by=sector.world.actor("head_of_unit"))

    page = sector.seat("specialist", f"/outgoing/drafts/{draft.pk}/form-check")
    expect(page.get_by_text("Đang kiểm tra thể thức bản 1")).to_be_visible()
    sector.work()
    expect(page.get_by_text("3 lỗi")).to_be_visible()
    expect(page.locator("#spot-1")).to_be_visible()
    look(page, "4-the-thuc")
    page.get_by_role("button", name="Sửa mọi lỗi sửa được (3)").click()
    expect(page.get_by_role("heading", name="Thể thức bản 2")).to_be_visible()
    expect(page.get_by_text("Không có lỗi")).to_be_visible()
    expect(page.get_by_text("Đang chuyển bản 2 sang PDF")).to_be_visible()
    sector.work()
    expect(page.locator("#pages img").first).to_be_visible()
    page.get_by_role("link", name="Về dự thảo").click()
    page.get_by_role("button", name="Trình", exact=False).first.click()
    page.get_by_text("Đã trình").first.wait_for()
    newest = queries.newest(draft.pk)
    assert (newest.ordinal, newest.form_errors) == (2, 0)
