"""Pages of remarks at a place, of opinions and co-signers; paper beside the file."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import World
from tests.entries import person, unit
from tests.web import drafts
from tests.web.test_drafting import outline, text_of
from vanthu.documents import reserving
from vanthu.documents.models import OutgoingEntry
from vanthu.issuing import actions, marks, opinions, purposes, queries, saga
from vanthu.issuing.marks import Remark
from vanthu.issuing.models import Draft
from vanthu.issuing.opinions import Inquiry
from vanthu.kernel.calendar import today
from vanthu.kernel.jobs import run_jobs
from vanthu.organisations.models import OfficeRules

pytestmark = pytest.mark.django_db
BOX = '{"page": 1, "rect": [80, 600, 300, 640]}'


def queries_of(browser: Any, url: str) -> int:
    browser.get(url)
    with CaptureQueriesContext(connection) as counted:
        assert browser.get(url).status_code == 200
    return len(counted)


def test_a_remark_stands_on_the_page_and_is_answered_with_the_next_version(world: World) -> None:
    draft = drafts.submitted(world)
    reviewer = world.client("head_of_unit")
    url = reverse("draft_marks", args=[draft.pk])
    empty = reviewer.post(url, {"text": "", "page": 1, "box": BOX})
    assert empty.status_code == 422
    broken = reviewer.post(url, {"text": "Sửa căn cứ", "page": 1, "box": "{"})
    assert (broken.status_code, "Đánh dấu lại" in text_of(broken)) == (422, True)
    assert reviewer.post(url, {"text": "Sửa căn cứ", "page": 1, "box": BOX}).status_code == 302
    page = text_of(reviewer.get(reverse("draft", args=[draft.pk])))
    assert '<rect x="80.0" y="202.0" width="220.0" height="40.0"/>' in page
    assert "Sửa căn cứ" in page
    reviewer.post(reverse("return_draft", args=[draft.pk]), {"text": "Xem góp ý tại chỗ"})
    drafter = world.client("specialist")
    assert '<input type="checkbox" name="answers" value="1" checked>' in text_of(
        drafter.get(reverse("draft", args=[draft.pk]))
    )
    drafter.post(reverse("add_version", args=[draft.pk]), {"uploads": drafts.stage(world), "answers": ["1"]})
    assert "Đã sửa ở bản 2" in text_of(drafter.get(url))


def test_whoever_checks_corrects_on_the_page(world: World) -> None:
    draft = drafts.submitted(world)
    reviewer = world.client("head_of_unit")
    assert "Sửa trực tiếp" in text_of(reviewer.get(reverse("draft", args=[draft.pk])))
    upload = {"uploads": drafts.stage(world, "head_of_unit")}
    assert reviewer.post(reverse("add_version", args=[draft.pk]), upload).status_code == 302
    assert queries.newest(draft.pk).ordinal == 2


def test_opinions_are_asked_and_given_and_summed_up(world: World) -> None:
    draft = drafts.drafted(world)
    drafter, neighbour = world.client("specialist"), world.client("head_of_neighbour")
    url = reverse("draft_opinions", args=[draft.pk])
    owners = [f"u{world.unit('P2').pk}", f"p{world.person('archivist').pk}"]
    wrong = drafter.post(url, {"owners": owners, "due_on": "01/01/2020", "question": "Về phạm vi"})
    assert (wrong.status_code, "Hạn trả lời phải từ hôm nay" in text_of(wrong)) == (422, True)
    assert drafter.post(url, {"owners": owners, "due_on": "31/12/2099"}).status_code == 302
    assert url in text_of(neighbour.get(reverse("outgoing"), {"tab": "to_opine"}))
    assert "Anh/chị được đề nghị cho ý kiến" in text_of(neighbour.get(reverse("draft", args=[draft.pk])))
    of_unit = queries.consultations(draft.pk)[0][1][0]
    give = reverse("give_opinion", args=[draft.pk, of_unit.pk])
    assert "Chọn đồng ý, không đồng ý" in text_of(neighbour.post(give, {"answer": "", "text": ""}))
    silent = neighbour.post(give, {"answer": "disagree", "text": ""})
    assert (silent.status_code, "Ghi rõ nội dung" in text_of(silent)) == (422, True)
    assert neighbour.post(give, {"answer": "disagree", "text": "Trùng kế hoạch quý I"}).status_code == 302
    again = text_of(neighbour.get(url))  # what was said stands in the form, to be changed
    assert "Trùng kế hoạch quý I</textarea>" in again
    assert re.search(r'value="disagree"[^>]* checked', again)
    page = text_of(drafter.get(url))
    assert "Gửi 2 nơi, 1 nơi trả lời (1 không đồng ý); 1 chưa trả lời." in page
    assert "Trùng kế hoạch quý I" in page
    summary = drafter.get(reverse("opinion_summary", args=[draft.pk]))
    assert (summary["Content-Type"], summary.content[:5]) == ("application/pdf", b"%PDF-")
    assert drafter.get(reverse("opinion_summary", args=[drafts.drafted(world).pk])).status_code == 409


def test_the_desk_asks_for_an_opinion(world: World) -> None:
    draft = drafts.drafted(world)
    inquiry = Inquiry(owners=[person(world, "archivist")], due_on=opinions.usual_due())
    opinions.ask(draft.pk, inquiry, by=world.actor("specialist"))
    desk = text_of(world.client("archivist").get(reverse("desk")))
    assert "Chờ ý kiến của tôi" in desk
    assert reverse("draft_opinions", args=[draft.pk]) in desk


def test_the_pages_cost_the_same_however_much_was_said(world: World) -> None:
    draft = drafts.drafted(world)
    by, browser = world.actor("specialist"), world.client("specialist")
    pages = {name: reverse(name, args=[draft.pk]) for name in ("draft", "draft_marks", "draft_opinions")}

    def say(number: int, *owners: Any) -> None:
        marks.mark(draft.pk, Remark(text=f"Góp ý {number}"), by=world.actor("head_of_unit"))
        opinions.ask(draft.pk, Inquiry(owners=owners, due_on=opinions.usual_due()), by=by)

    say(1, unit(world, "P2"))
    before = {name: queries_of(browser, url) for name, url in pages.items()}
    say(2, unit(world, "P9"), person(world, "archivist"))
    say(3, person(world, "head_of_neighbour"), person(world, "deputy"))
    assert {name: queries_of(browser, url) for name, url in pages.items()} == before
    assert before["draft"] <= 13  # one of them finds the bodies that typed recipients probably mean
    assert max(before["draft_marks"], before["draft_opinions"]) <= 12


def test_co_signers_are_arranged_by_the_drafter(world: World) -> None:
    draft = drafts.drafted(world)
    browser = world.client("specialist")
    url = reverse("co_signers", args=[draft.pk])
    browser.post(url, {"initials": world.post("head_of_unit").pk})
    assert "Nguyễn Bá Thông" in text_of(browser.get(url, {"office": world.region.pk}))
    browser.post(url, {"office": world.region.pk, "leader": world.post("region_head").pk})
    twice = browser.post(url, {"office": world.region.pk})
    assert (twice.status_code, "đã có trong danh sách" in text_of(twice)) == (422, True)
    first, second = queries.co_signers(draft.pk)
    assert (first.initials, second.initials) == (True, False)
    browser.post(reverse("remove_co_signer", args=[draft.pk, first.pk]))
    page = text_of(browser.get(reverse("draft", args=[draft.pk])))
    assert "ký liên tịch, VKSND khu vực 7" in page


def test_paper_beside_the_file_says_why_and_for_whom(world: World) -> None:
    browser = world.client("specialist")
    url = reverse("start_draft")
    paper = {"paper_copies": 2, "paper_to": "Sở Nội vụ tỉnh Bắc Ninh"}
    without = browser.post(url, outline(world, **paper))
    assert (without.status_code, "Ghi lý do phát hành song song" in text_of(without)) == (422, True)
    elsewhere = outline(
        world, paper_copies=2, paper_reason="Nơi nhận chưa có hệ thống", paper_to="Sở Tư pháp"
    )
    assert "phải có trong nơi nhận" in text_of(browser.post(url, elsewhere))
    done = browser.post(url, outline(world, paper_reason="Nơi nhận chưa có hệ thống", **paper))
    assert done.status_code == 302
    draft = Draft.objects.get()
    assert (draft.medium, draft.paper_copies) == ("parallel", 2)
    assert [one.name for one in queries.recipients(draft.pk) if one.on_paper] == ["Sở Nội vụ tỉnh Bắc Ninh"]
    assert "bản giấy gửi Sở Nội vụ tỉnh Bắc Ninh" in text_of(browser.get(done["Location"]))
    actions.change(
        draft.pk,
        actions.Outline(
            kind="CV", subject=draft.subject, signer_id=world.post("head").pk, office_ids=[world.region.pk]
        ),
        by=world.actor("specialist"),
    )
    draft.refresh_from_db()
    assert (draft.medium, draft.paper_copies, draft.paper_reason) == ("electronic", 0, "")


def test_a_held_number_is_chosen_before_the_signature(world: World) -> None:
    OfficeRules.objects.filter(office=world.province).update(number_before_signature=True)
    wish = reserving.Hold(
        kind="KH", notation="KH-VKS-P1", purpose="Kế hoạch kiểm tra", expires_on=today(), count=2
    )
    reserving.hold(wish, by=world.actor("clerk"))
    draft = drafts.to_sign(world)
    browser = world.client("clerk")
    page = text_of(browser.get(reverse("draft", args=[draft.pk])))
    assert "Số đã giữ 01: Kế hoạch kiểm tra" in page
    assert "Số đã giữ 02: Kế hoạch kiểm tra" in page
    url = reverse("number_first", args=[draft.pk])
    unknown = browser.post(url, {"wanted": "7"})
    assert unknown.status_code in (409, 422)
    draft.refresh_from_db()
    assert draft.outgoing is None
    assert browser.post(url, {"wanted": "2"}).status_code == 302
    draft.refresh_from_db()
    assert draft.outgoing is not None
    assert (draft.outgoing.number, draft.state) == (2, "approval")
    other = drafts.to_sign(world, "Kế hoạch khác về công tác văn thư")
    assert browser.post(reverse("number_first", args=[other.pk])).status_code == 302
    other.refresh_from_db()
    assert other.outgoing is not None
    assert other.outgoing.number == 3  # the next; the first is still held


def test_only_a_copy_is_copied_again(signing_world: World) -> None:
    world = signing_world
    saga.number(drafts.signed(world).pk, by=world.actor("clerk"))
    run_jobs()
    page = text_of(
        world.client("specialist").get(reverse("copy_outgoing", args=[OutgoingEntry.objects.get().pk]))
    )
    assert "Sao y: toàn bộ" in page
    assert "Sao lục: toàn bộ" not in page


def test_the_draft_says_what_it_replaces(signing_world: World) -> None:
    world = signing_world
    saga.number(drafts.signed(world).pk, by=world.actor("clerk"))
    run_jobs()
    sent = OutgoingEntry.objects.get()
    draft = purposes.replace(sent.pk, by=world.actor("specialist"))
    page = text_of(world.client("specialist").get(reverse("draft", args=[draft.pk])))
    assert f"<dt>Thay thế</dt><dd>Kế hoạch {sent.document.symbol} ngày" in page
