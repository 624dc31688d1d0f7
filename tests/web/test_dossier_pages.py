"""Work dossiers in the browser: open, fill, close, open again, hand over."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import World
from tests.entries import make_assigned, make_registered
from vanthu.dossiers import actions, archiving, readiness, sharing
from vanthu.dossiers.models import Dossier
from vanthu.kernel.models import Participant
from vanthu.kernel.participants import Item, Owner

TITLE = "Hồ sơ kiểm tra công tác văn thư, lưu trữ năm 2026"
REASON = "Văn bản giấy nộp kèm theo hồ sơ"
STATEMENTS = (
    11  # of a page, frame, session and actor included; who keeps a dossier sees whom it is shared with
)

pytestmark = pytest.mark.django_db


def page(browser: Client, name: str, *args: object, status: int = 200, **query: str) -> str:
    response = browser.get(reverse(name, args=args), query)
    assert response.status_code == status
    return response.content.decode()


def make_dossier(world: World, persona: str = "specialist", title: str = TITLE) -> Dossier:
    return actions.open_dossier(title, retention_years=10, by=world.actor(persona))


def make_filled(world: World) -> Dossier:
    dossier = make_dossier(world)
    actions.put_in(dossier.pk, Item("in", make_assigned(world).pk), by=world.actor("specialist"))
    return dossier


def test_open_fill_close_reopen_and_hand_over(world: World) -> None:
    browser = world.client("specialist")
    response = browser.post(reverse("open_dossier"), {"title": TITLE, "retention": "10"}, follow=True)
    shown = response.content.decode()
    assert "Đã mở hồ sơ 01.P1." in shown
    assert "Hồ sơ chưa có văn bản" in shown
    dossier = Dossier.objects.get()
    entry = make_assigned(world)
    actions.put_in(dossier.pk, Item("in", entry.pk), by=world.actor("specialist"))
    shown = page(browser, "dossier", dossier.pk)
    assert entry.subject in shown
    assert "đưa văn bản thứ 1 vào hồ sơ" in shown
    assert "Nộp lưu hồ sơ" not in shown
    response = browser.post(reverse("close_dossier", args=[dossier.pk]))
    assert response.status_code == 422
    refused = response.content.decode()
    assert f"{entry.symbol} chưa có tệp: quét, đính kèm tệp" in refused
    assert f"{entry.symbol} còn 1 việc đang làm: hoàn thành việc được giao" in refused
    assert "Lý do kết thúc khi còn thiếu" in refused
    for verb, said in (
        ("close_dossier", "Đã kết thúc hồ sơ."),
        ("reopen_dossier", "Đã mở lại hồ sơ."),
        ("close_dossier", "Đã kết thúc hồ sơ."),
        ("hand_over_dossier", "Đã nộp lưu hồ sơ vào Lưu trữ cơ quan."),
    ):
        response = browser.post(reverse(verb, args=[dossier.pk]), {"reason": REASON}, follow=True)
        assert said in response.content.decode()
    shown = page(browser, "dossier", dossier.pk)
    assert "Đã nộp lưu" in shown
    assert "Mở lại</button>" not in shown


def test_a_second_click_opens_no_second_dossier(world: World) -> None:
    browser = world.client("specialist")
    sent = {"title": TITLE, "retention": "10", "idempotency_key": "once-and-only"}
    first, second = (browser.post(reverse("open_dossier"), sent) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Dossier.objects.count() == 1


def test_what_was_typed_stays_when_it_is_refused(world: World) -> None:
    response = world.client("specialist").post(reverse("open_dossier"), {"title": "Ngắn", "retention": "10"})
    assert response.status_code == 422
    assert "Nhập tiêu đề hồ sơ" in response.content.decode()
    assert ">\nNgắn</textarea>" in response.content.decode()


def test_an_empty_dossier_is_not_closed_and_says_why(world: World) -> None:
    dossier = make_dossier(world)
    response = world.client("specialist").post(reverse("close_dossier", args=[dossier.pk]))
    assert response.status_code == 422
    assert "Hồ sơ chưa có văn bản nào" in response.content.decode()


def test_who_finds_it(world: World) -> None:
    dossier = make_filled(world)
    for persona in ("specialist", "head_of_unit", "head", "clerk"):
        page(world.client(persona), "dossier", dossier.pk)
        assert dossier.title in page(world.client(persona), "work", tab="open")
    for persona in ("neighbour", "archivist", "region_clerk", "administrator", "inspector"):
        page(world.client(persona), "dossier", dossier.pk, status=404)
        assert dossier.title not in page(world.client(persona), "work", tab="open")


def test_the_archivist_finds_what_was_handed_over_first(world: World) -> None:
    dossier = make_filled(world)
    browser = world.client("archivist")
    assert dossier.title not in page(browser, "work")
    by = world.actor("specialist")
    actions.close(dossier.pk, reason=REASON, by=by)
    archiving.hand_over(dossier.pk, by=by)
    assert dossier.title in page(browser, "work")
    shown = page(browser, "dossier", dossier.pk)
    assert "Mục lục văn bản" in shown
    assert "Đã nộp lưu" in shown


def test_only_who_keeps_it_ends_it(world: World) -> None:
    dossier = make_filled(world)
    for persona in ("clerk", "head", "chief"):
        browser = world.client(persona)
        assert "Kết thúc hồ sơ</button>" not in page(browser, "dossier", dossier.pk)
        response = browser.post(reverse("close_dossier", args=[dossier.pk]))
        assert response.status_code == 403
        assert "Đề nghị họ thực hiện" in response.content.decode()
    assert "Kết thúc hồ sơ</button>" in page(world.client("head_of_unit"), "dossier", dossier.pk)


def test_the_contents_hide_what_the_reader_does_not_see(world: World) -> None:
    dossier = make_dossier(world, "clerk")
    entry = make_registered(world)
    actions.put_in(dossier.pk, Item("in", entry.pk), by=world.actor("clerk"))
    assert entry.subject in page(world.client("clerk"), "dossier", dossier.pk)
    assert entry.subject in page(world.client("chief"), "dossier", dossier.pk)
    readiness.measure([dossier.pk])
    assert f"{entry.symbol} chưa có tệp" in page(world.client("clerk"), "dossier", dossier.pk)
    sharing.share(dossier.pk, Owner("p", world.person("specialist").pk), by=world.actor("clerk"))
    Participant.objects.filter(item_kind="in", item_id=entry.pk, owner_kind="p").delete()
    shown = page(world.client("specialist"), "dossier", dossier.pk)
    assert entry.subject not in shown
    assert entry.symbol not in shown, "nor does the meter name it"
    assert "Văn bản thứ 1: còn chỗ phải bổ sung, nội dung không dành cho anh/chị xem" in shown


def test_who_keeps_no_dossiers_may_not_open_one(world: World) -> None:
    page(world.client("administrator"), "open_dossier", status=403)
    assert "Mở hồ sơ" not in page(world.client("inspector"), "work")


def test_a_dossier_costs_the_same_however_full_it_is(world: World) -> None:
    dossier = make_filled(world)
    browser = world.client("specialist")
    page(browser, "dossier", dossier.pk)
    with CaptureQueriesContext(connection) as few:
        page(browser, "dossier", dossier.pk)
    for _ in range(4):
        actions.put_in(dossier.pk, Item("in", make_assigned(world).pk), by=world.actor("specialist"))
    with CaptureQueriesContext(connection) as many:
        page(browser, "dossier", dossier.pk)
    assert len(many) == len(few) <= STATEMENTS


def test_the_list_costs_the_same_however_long_it_is(world: World) -> None:
    make_dossier(world)
    browser = world.client("specialist")
    page(browser, "work")
    with CaptureQueriesContext(connection) as few:
        page(browser, "work")
    for number in range(8):
        make_dossier(world, title=f"{TITLE} ({number})")
    with CaptureQueriesContext(connection) as many:
        assert page(browser, "work").count("data-row") == 9
    assert len(many) == len(few) <= STATEMENTS


def test_the_list_is_counted_by_state_and_by_account(world: World) -> None:
    make_dossier(world)
    make_dossier(world, "second_specialist", "Hồ sơ của người khác trong phòng")
    actions.close(make_filled(world).pk, reason=REASON, by=world.actor("specialist"))
    head = page(world.client("head_of_unit"), "work")
    assert "Đang lập <small>2</small>" in head
    assert "Đã kết thúc <small>1</small>" in head
    mine = page(world.client("specialist"), "work", cua="toi")
    assert "Đang lập <small>1</small>" in mine
    assert "Hồ sơ của người khác trong phòng" not in mine
    assert 'aria-label="Sẵn sàng nộp 66%"' in mine
