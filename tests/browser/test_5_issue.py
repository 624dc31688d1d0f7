"""The clerk issues: number, date, recipients, seal on one page, one confirmation; whatever fails, the number stays."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.budget import Meter
from tests.browser.sector import Sector, look, settle
from tests.browser.stages import assigned, signed
from vanthu.documents.models import IncomingEntry, OutgoingEntry
from vanthu.issuing import jobs
from vanthu.kernel.refusals import Unavailable
from vanthu.signing import actions as signing


def test_one_confirmation_numbers_seals_and_sends(sector: Sector, meter: Meter, tmp_path: Path) -> None:
    entry = assigned(sector, tmp_path)
    draft = signed(sector, tmp_path, entry)
    page = sector.seat("clerk")
    with meter.job("Clerk numbers, seals, issues", page) as hand:
        hand.click(page.locator("#todo li", has_text=draft.subject).get_by_role("link", name="Phát hành"))
        expect(page.get_by_text("01/VKS-P1")).to_be_visible()
        for name in ("khu vực 7", "Sở Nội vụ tỉnh Bắc Ninh"):
            expect(page.locator("main")).to_contain_text(name)
        settle(page)
        look(page, "5-phat-hanh")
        hand.click(page.get_by_role("button", name="Cấp số, đóng dấu, phát hành"))
        expect(page.get_by_label("Tiến độ phát hành")).to_contain_text("01/VKS-P1")
    sector.work()
    page.get_by_role("link", name="Xem văn bản, nơi nhận").click()  # appears by itself
    expect(page.locator("main")).to_contain_text("khu vực 7")
    settle(page)
    look(page, "5-van-ban-da-phat-hanh")
    assert OutgoingEntry.objects.get().state == "issued"
    assert IncomingEntry.objects.get(office=sector.world.region).state == "waiting"
    entry.refresh_from_db()
    assert entry.state == "done"


def test_an_interrupted_issue_says_so_and_goes_on_with_its_number(
    sector: Sector, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    draft = signed(sector, tmp_path)
    page = sector.seat("clerk", f"/outgoing/drafts/{draft.pk}/issue")

    def broken(*_: object, **__: object) -> None:
        raise Unavailable("Dịch vụ ký của cơ quan không trả lời.")

    with monkeypatch.context() as patch:
        patch.setattr(signing, "sign_file", broken)
        page.get_by_role("button", name="Cấp số, đóng dấu, phát hành").click()
        page.get_by_label("Tiến độ phát hành").wait_for()
        with pytest.raises(Unavailable):
            sector.apart(jobs.seal, draft.pk, sector.world.actor("clerk").remembered())
    trouble = page.get_by_text("Dịch vụ ký của cơ quan không trả lời.").first
    expect(trouble).to_be_visible()
    look(page, "5-phat-hanh-bi-gian-doan")
    sector.work()
    expect(page.get_by_role("link", name="Xem văn bản, nơi nhận")).to_be_visible(timeout=12_000)
    assert [one.number for one in OutgoingEntry.objects.all()] == [1]
