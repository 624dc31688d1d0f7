"""Work of a meeting: given, more time asked and granted, the result handed in and accepted, each from the desk."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.sector import PHONE, Sector, look
from vanthu.kernel.calendar import today
from vanthu.tasks.models import Extension, Matter, Task


def test_more_time_is_asked_and_granted_and_the_result_accepted(sector: Sector) -> None:
    due, later = today() + timedelta(days=20), today() + timedelta(days=30)
    head = sector.seat("head", "/work/tasks/give")
    head.locator("label.chip", has_text="Kết luận cuộc họp").click()
    head.locator("#id_origin_name").fill("Giao ban tháng 11/2026")
    head.get_by_label("Việc cần làm").fill("Rà soát án tạm đình chỉ của toàn tỉnh")
    lead = head.locator("#id_lead").locator("xpath=..").get_by_role("combobox")
    lead.press_sequentially("khai")
    head.get_by_role("option", name="Lê Quang Khải").first.click()
    head.locator("#id_due_on").fill(f"{due:%d/%m/%Y}")
    look(head, "3-giao-viec")
    head.get_by_role("button", name="Giao việc", exact=True).click()
    expect(head.get_by_role("heading", name="Rà soát án tạm đình chỉ")).to_be_visible()
    task = Task.objects.get(source_kind="matter")

    specialist = sector.seat("specialist", **PHONE)
    specialist.get_by_role("link", name="Rà soát án tạm đình chỉ của toàn tỉnh").first.tap()
    specialist.locator("summary", has_text="Xin gia hạn").tap()
    specialist.locator("#extensionform_until_on").fill(f"{later:%d/%m/%Y}")
    specialist.locator("#extensionform_reason").fill("Chờ số liệu của khu vực 7")
    specialist.get_by_role("button", name="Gửi đề nghị").tap()
    expect(specialist.get_by_text("Chờ trả lời").first).to_be_visible()

    head.goto("/")
    expect(head.get_by_role("heading", name="Chờ tôi trả lời")).to_be_visible()
    head.locator("#todo a.btn", has_text="Trả lời").click()
    look(head, "3-gia-han")
    head.get_by_role("button", name="Gia hạn", exact=True).click()
    head.get_by_text("Đã gia hạn").first.wait_for()
    assert Extension.objects.get(task=task).granted_on == later

    specialist.goto(f"/work/tasks/{task.pk}")
    specialist.locator("#handinform_text").fill("Đã rà soát 12 vụ, lập danh sách kèm theo")
    look(specialist, "4-bao-cao-ket-qua")
    specialist.get_by_role("button", name="Báo cáo, chờ duyệt").tap()
    expect(specialist.get_by_text("Chờ duyệt kết quả").first).to_be_visible()

    head.goto("/")
    head.locator("#todo a.btn", has_text="Duyệt").click()
    expect(head.get_by_role("button", name="Duyệt kết quả")).to_be_visible()
    head.wait_for_load_state()
    head.keyboard.press("t")
    head.get_by_text("Đã duyệt kết quả").wait_for()
    assert Matter.objects.get(pk=task.source_id).state == "done"
