"""Many documents with one authorisation on a phone; the signing program on a computer; a frame moved by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as configured
from playwright.sync_api import expect
from pytest_django.fixtures import Settings

from tests.browser.budget import Meter
from tests.browser.sector import SMALL_PHONE, Sector, look, settle
from tests.browser.stages import drafted, to_sign
from tests.browser.test_4_sign import placed, report_of
from vanthu.issuing import reviews, saga
from vanthu.issuing.models import Draft
from vanthu.kernel.actor import SYSTEM
from vanthu.signing import actions as signing
from vanthu.signing import queries
from vanthu.signing.actions import Enrolment
from vanthu.signing.places import LEADER, Places
from vanthu.signing.policies import GOVERNMENT_COMPAT
from vanthu_tools.simulators import agent as program
from vanthu_tools.simulators import smartca
from vanthu_tools.simulators.phones import Credential
from vanthu_tools.test_pki import Authority, Holder, read_key

LONG = 60_000  # milliseconds: signatures are made and verified on the way
SUBJECTS = (
    "Về việc kiểm tra công tác văn thư, lưu trữ năm 2027",
    "Phối hợp kiểm sát việc tạm giữ, tạm giam quý I",
    "Trả lời đơn đề nghị của công dân",
    "Rút kinh nghiệm trong giải quyết tố giác, tin báo về tội phạm",
    "Cử công chức dự tập huấn nghiệp vụ",
    "Kết quả trực tiếp kiểm sát tại Cơ quan Thi hành án dân sự khu vực 2",
    "Tổ chức hội nghị sơ kết sáu tháng",
    "Chỉnh lý tài liệu lưu trữ tồn đọng",
    "Đề nghị cung cấp hồ sơ, tài liệu",
    "Thông báo rút kinh nghiệm phiên tòa hình sự",
)


def enrol(authority: Authority, kind: str, pk: int, name: str, provider: str = "agent") -> program.Token:
    """A key of this holder in another device."""
    issued = authority.issue(Holder(kind, pk, name, "VKSND tỉnh Bắc Ninh"))
    signing.enrol([Enrolment(kind, pk, issued.certificate, provider, issued.key_name)], by=SYSTEM)
    key = read_key(Path(configured.PKI_DIR) / "keys" / f"{issued.key_name}.pem")
    return program.Token(issued.certificate, key, (authority.certificate("ca"),))


@pytest.fixture
def computer(
    sector: Sector, authority: Authority, settings: Settings, tmp_path: Path
) -> Iterator[program.Running]:
    """The program runs on the computer of the head and of the clerk, who holds the office's seal."""
    world = sector.world
    head = world.post("head")
    agent = program.Agent(
        enrol(authority, "person", head.person_id, head.person.full_name),
        enrol(authority, "office", world.province.pk, world.province.name),
        tsa_url=authority.tsa_url,
    )
    running = program.Running(agent, tmp_path)
    settings.AGENT_ADDRESS = running.address
    yield running
    running.stop()


@pytest.fixture
def phone(sector: Sector, authority: Authority, settings: Settings) -> Iterator[smartca.SmartCa]:
    """The remote signing service that asks the head on a phone."""
    head = sector.world.post("head")
    token = enrol(authority, "person", head.person_id, head.person.full_name, "smartca")
    credential = Credential(token.certificate, token.key, (*token.chain, authority.root))
    service = smartca.SmartCa(lambda user: [credential])
    settings.SMARTCA_URL = f"{service.start()}{smartca.ROOT}"
    settings.SMARTCA_ID, settings.SMARTCA_PASSWORD = service.account
    yield service
    service.stop()


def waiting(sector: Sector, folder: Path, subject: str) -> Draft:
    """A draft about this that waits for the head."""
    draft = to_sign(sector, folder)
    Draft.objects.filter(pk=draft.pk).update(subject=subject)
    return draft


def states(drafts: list[Draft]) -> list[str]:
    for one in drafts:
        one.refresh_from_db()
    return [one.state for one in drafts]


def test_the_program_on_the_computer_signs_what_was_chosen(
    sector: Sector, computer: program.Running, tmp_path: Path
) -> None:
    ready = [waiting(sector, tmp_path, subject) for subject in SUBJECTS[:2]]
    page = sector.seat("head", "/outgoing?tab=to_sign", ignore_https_errors=True)
    settle(page)
    page.get_by_label("Chọn tất cả").check()
    page.get_by_role("button", name="Ký các văn bản đã chọn").click()
    expect(page.get_by_role("heading", name="Ký 2 văn bản")).to_be_visible()
    page.get_by_label("Ký bằng").select_option(label="Chương trình ký trên máy tính · Vũ Đình Lâm")
    settle(page)
    look(page, "4-ky-nhieu")
    page.get_by_role("button", name="Ký 2 văn bản").click()
    page.get_by_text("Đã ký xong 2/2.").wait_for(timeout=LONG)
    look(page, "4-ket-qua-ky")
    assert states(ready) == ["signed", "signed"]
    assert [path for path, _ in computer.agent.heard] == ["/SignApproved", "/SignApproved"]
    report = sector.apart(report_of, ready[0], GOVERNMENT_COMPAT)
    assert (report.verdict, [one.signer for one in report.signatures]) == ("valid", ["Vũ Đình Lâm"])


def test_a_program_that_does_not_run_is_named_and_a_cancelled_window_signs_nothing(
    sector: Sector, computer: program.Running, settings: Settings, tmp_path: Path
) -> None:
    def cancels(path: str) -> None:
        raise program.Cancelled

    draft = to_sign(sector, tmp_path)
    settings.AGENT_ADDRESS = "wss://127.0.0.1:8986"
    page = sector.seat("head", f"/outgoing/drafts/{draft.pk}/sign", ignore_https_errors=True)
    page.get_by_role("button", name="Ký số").click()
    page.get_by_text("Chương trình ký chưa chạy trên máy này.").wait_for(timeout=LONG)
    look(page, "4-chua-chay-chuong-trinh-ky")
    sector.watch.complaints.clear()  # the browser tells of the refused connection
    settings.AGENT_ADDRESS = computer.address
    computer.agent.decide = cancels
    page.reload()
    page.get_by_role("button", name="Ký trên máy này").click()
    page.locator("[data-agent-status]", has_text="Người dùng hủy ký.").wait_for(timeout=LONG)
    page.get_by_text("Đã ký 0/1.").first.wait_for()
    computer.agent.decide = lambda path: None
    page.get_by_role("button", name="Ký tiếp").click()
    page.get_by_text("Đã ký xong 1/1.").wait_for(timeout=LONG)
    assert states([draft]) == ["signed"]


def test_the_clerk_seals_with_the_program_on_the_computer(
    sector: Sector, computer: program.Running, tmp_path: Path
) -> None:
    draft = sector.apart(signed_by_software, sector, tmp_path)
    page = sector.seat("clerk", f"/outgoing/drafts/{draft.pk}/issue", ignore_https_errors=True)
    page.get_by_role("button", name="Cấp số, đóng dấu, phát hành").click()
    page.get_by_text("Đã ký xong 1/1.").wait_for(timeout=LONG)
    assert states([draft]) == ["issued"]
    ((path, frame),) = computer.agent.heard
    assert path == "/SignIssued"
    assert draft.outgoing is not None
    assert frame["DocNumber"] == draft.outgoing.document.symbol
    assert str(frame["IssuedDate"]).startswith(f"{draft.outgoing.document.issued_on:%Y-%m-%d}T12:00:00+07:00")


def signed_by_software(sector: Sector, folder: Path) -> Draft:
    """A draft that the head signed before the program was there."""
    head = sector.world.person("head").pk
    mine = {one.provider: one for one in queries.certificates_of("person", head)}
    draft = to_sign(sector, folder)
    return saga.sign(draft.pk, certificate=mine["software_key"], by=sector.world.actor("head"))


def test_ten_documents_are_signed_on_a_phone_with_one_authorisation(
    sector: Sector, phone: smartca.SmartCa, meter: Meter, tmp_path: Path
) -> None:
    ready = [waiting(sector, tmp_path, subject) for subject in SUBJECTS]
    page = sector.seat("head", "/outgoing?tab=to_sign", **SMALL_PHONE)
    settle(page)
    with meter.job("Leader signs ten on the phone", page) as hand:
        hand.click(page.get_by_label("Chọn tất cả"))
        look(page, "4-chon-nhieu-dien-thoai")
        hand.click(page.get_by_role("button", name="Ký các văn bản đã chọn"))
        expect(page.locator(".to-sign img").first).to_be_visible()
        settle(page)
        look(page, "4-ky-muoi-dien-thoai")
        hand.click(page.get_by_role("button", name="Ký 10 văn bản"))
        page.get_by_text("Đã ký 0/10.").wait_for(timeout=LONG)
    sector.work()
    page.get_by_text("Xác nhận trên thiết bị của anh/chị").first.wait_for()
    look(page, "4-cho-xac-nhan-dien-thoai")
    page.goto("/outgoing?tab=to_sign")  # away, and back
    reviews.return_draft(ready[3].pk, "Nêu rõ thời hạn báo cáo.", by=sector.world.actor("head"))
    page.get_by_role("link", name="Tiếp tục").tap()
    page.get_by_text("Đã ký 0/10.").first.wait_for()
    phone.press()
    sector.work(ahead=20)
    page.get_by_text("Đã kết thúc: ký được 9/10.").wait_for(timeout=LONG)
    expect(page.get_by_text("Chữ ký không được dùng")).to_have_count(1)
    look(page, "4-ket-qua-dien-thoai")
    assert phone.asked == 1
    assert sorted(states(ready)) == ["drafting", *["signed"] * 9]
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width == 360


def test_the_corner_of_the_frame_sizes_the_picture(sector: Sector, tmp_path: Path) -> None:
    draft = drafted(sector, tmp_path)
    page = sector.seat("specialist", f"/outgoing/drafts/{draft.pk}/place?field=LanhDao")
    expect(page.locator("#pages img").first).to_be_visible()
    page.get_by_role("button", name="Dời khung").click()
    before = placed(page)
    corner = page.locator(".sigbox .h").bounding_box()
    assert corner is not None
    page.mouse.move(corner["x"] + 10, corner["y"] + 10)
    page.mouse.down()
    page.mouse.move(corner["x"] + 40, corner["y"] + 25, steps=4)
    page.mouse.up()
    after = placed(page)
    assert (after[0], after[3]) == (before[0], before[3])  # the opposite corner stays
    assert after[2] > before[2]
    assert after[1] < before[1]
    page.get_by_role("button", name="Lưu chỗ này").click()
    page.get_by_text("Đã lưu chỗ trên trang: Chữ ký lãnh đạo.").wait_for()
    draft.refresh_from_db()
    assert list(Places.from_json(draft.places).found[LEADER].rect) == pytest.approx(after)
