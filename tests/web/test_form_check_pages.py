"""The page of findings: what is shown, the buttons that mend, counts where the draft is read and checked."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import World
from tests.issuing.test_form_check import a_draft, newest
from tests.web.drafts import drafted
from vanthu.issuing import actions, form_check, queries, reviews
from vanthu.issuing.form_models import FormCheck

pytestmark = pytest.mark.django_db


def text_of(response: Any) -> str:
    text: str = response.content.decode()
    return text


def test_the_drafter_sees_findings_and_mends_one_then_all(world: World, tmp_path: Path) -> None:
    draft = a_draft(world, tmp_path)
    browser = world.client("specialist")
    address = reverse("form_check", args=[draft.pk])
    page = text_of(browser.get(address))
    assert "Đang kiểm tra thể thức bản 1" in page
    asks = re.search(r'data-fresh="([^"]+)"', page)
    assert asks is not None
    assert browser.get(asks[1]).status_code == 204  # nothing new
    _, found = newest(draft)
    page = text_of(browser.get(address))
    assert "3 lỗi" in page
    part = text_of(browser.get(asks[1]))
    assert "3 lỗi" in part
    assert "<html" not in part
    assert "<del>Số: 5/VKS-P1</del>" in page
    assert "<ins>Số: 05/VKS-P1</ins>" in page
    assert "Phụ lục I, phần I, mục II, điểm 3 (ô 3)" in page
    assert "Sửa mọi lỗi sửa được (3)" in page
    key = next(one["key"] for one in found.findings if one["id"] == "4.comma")
    fix = reverse("fix_form", args=[draft.pk])
    answer = browser.post(fix, {"version": "1", "key": key})
    assert answer.status_code == 302
    page = text_of(browser.get(answer["Location"]))
    assert "Thể thức bản 2" in page
    assert "2 lỗi" in page
    assert browser.post(fix, {"version": "1"}).status_code == 409
    browser.post(fix, {"version": "2"})
    page = text_of(browser.get(address))
    assert "Không có lỗi" in page
    assert "1 gợi ý" in page
    assert "Sửa mọi lỗi" not in page


def test_who_checks_reads_the_counts_on_the_card_and_the_draft(world: World, tmp_path: Path) -> None:
    draft = a_draft(world, tmp_path)
    newest(draft)
    actions.submit(draft.pk, by=world.actor("specialist"))
    reviews.pass_content(draft.pk, by=world.actor("head_of_unit"))
    browser = world.client("chief")
    assert "3 lỗi thể thức" in text_of(browser.get(reverse("draft_preview", args=[draft.pk])))
    page = text_of(browser.get(reverse("draft", args=[draft.pk])))
    assert "Bản 1 có 3 lỗi, 1 gợi ý thể thức." in page
    assert "Sửa giúp" in text_of(browser.get(reverse("form_check", args=[draft.pk])))
    drafter = text_of(world.client("specialist").get(reverse("form_check", args=[draft.pk])))
    assert "3 lỗi" in drafter
    assert "Sửa giúp" not in drafter  # it is not with them


def test_findings_lie_on_the_page_image_and_cost_no_queries(world: World) -> None:
    draft = drafted(world)
    version = queries.newest(draft.pk)
    form_check.check_version(version.pk)
    browser = world.client("specialist")
    address = reverse("form_check", args=[draft.pk])
    page = text_of(browser.get(address))
    found = FormCheck.objects.get()
    assert found.errors  # the plain paper of the tests is no model of form
    assert '<g id="spot-1"' in page
    assert 'href="#spot-1"' in page
    with CaptureQueriesContext(
        connection,
    ) as few:
        browser.get(address)
    FormCheck.objects.update(findings=found.findings * 5)
    with CaptureQueriesContext(connection) as many:
        browser.get(address)
    assert len(few) == len(many)
