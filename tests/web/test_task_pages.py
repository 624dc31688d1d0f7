"""Pages of tasks, the overview, notices, the calendar of days off, the daily mail."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import World
from tests.entries import make_assigned, make_directed, make_presented, person, unit
from vanthu.kernel.calendar import today, working_days_after
from vanthu.kernel.jobs import run_jobs
from vanthu.organisations import mail as addresses
from vanthu.organisations.models import Account
from vanthu.tasks import deadlines, following, matters
from vanthu.tasks.matters import Order
from vanthu.tasks.models import Matter, Task
from vanthu.web.desk import jobs

pytestmark = pytest.mark.django_db
DUE = timedelta(days=20)


def work(world: World, lead: str = "specialist", **fields: object) -> Task:
    owner = unit(world, lead) if lead.startswith("P") else person(world, lead)
    order = Order(**{"title": "Rà soát án tạm đình chỉ", "lead": owner, "due_on": today() + DUE, **fields})  # type: ignore[arg-type]
    matter = matters.give(order, by=world.actor("head"))
    return Task.objects.get(source_kind="matter", source_id=matter.pk, role="lead")


def shown(browser: Client, name: str, *args: object, **query: object) -> str:
    response = browser.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return str(response.content.decode())


def test_work_of_a_meeting_is_given_one_after_another(world: World) -> None:
    browser = world.client("head")
    day = f"{today() + DUE:%d/%m/%Y}"
    form = {
        "title": "Rà soát án tạm đình chỉ", "lead": f"u{world.unit('P1').pk}", "due_on": day, "urgency": "0",
        "origin": "meeting", "origin_name": "Giao ban tháng 11", "origin_on": f"{today():%d/%m/%Y}",
        "support": [f"u{world.unit('P2').pk}"], "to_accept": "on", "another": "1",
    }  # fmt: skip
    response = browser.post(reverse("give_work"), form, follow=True)
    assert "Giao ban tháng 11" in response.content.decode()
    matter = Matter.objects.get()
    assert (matter.origin_name, Task.objects.filter(source_id=matter.pk).count()) == ("Giao ban tháng 11", 2)
    assert matter.title in shown(world.client("head_of_unit"), "tasks")
    del form["origin_name"]
    assert "Ghi tên cuộc họp" in browser.post(reverse("give_work"), form).content.decode()


def test_work_about_a_document_begins_with_what_the_document_says(world: World) -> None:
    due_on = working_days_after(today(), 9)
    entry = make_presented(world, urgency=2, due_on=due_on)
    browser = world.client("head")
    page = shown(browser, "entry", entry.pk)
    assert f"{reverse('give_work')}?about=in-{entry.pk}" in page
    assert "Giao việc" not in shown(world.client("clerk"), "entry", entry.pk)
    form = browser.get(reverse("give_work"), {"about": f"in-{entry.pk}"}).context["form"]
    assert form.initial["title"] == f"Thực hiện {entry.kind_name} {entry.symbol}: {entry.subject}"
    assert (form.initial["due_on"], form.initial["urgency"], form.initial["restricted"]) == (due_on, 2, False)
    typed = {
        "title": "Rà soát án tạm đình chỉ", "lead": f"u{world.unit('P1').pk}", "urgency": "2", "origin": "own",
        "about": f"in-{entry.pk}",
    }  # fmt: skip
    browser.post(reverse("give_work"), typed)
    assert "Rà soát án tạm đình chỉ" in shown(browser, "entry", entry.pk)
    hidden = make_presented(world, restricted=True)
    masked = world.client("chief").get(reverse("give_work"), {"about": f"in-{hidden.pk}"})
    assert masked.status_code == 404


def test_a_refused_form_comes_back_with_what_was_typed(world: World) -> None:
    task = work(world)
    browser = world.client("specialist")
    typed = {"until_on": f"{today():%d/%m/%Y}", "reason": "Chờ số liệu của khu vực 7"}
    response = browser.post(reverse("ask_extension", args=[task.pk]), typed)
    assert response.status_code == 422
    assert "Chờ số liệu của khu vực 7" in response.content.decode()
    assert "Hạn mới phải sau hạn cũ" in response.content.decode()


def test_who_gave_it_finds_the_answer_to_give_on_the_desk(world: World) -> None:
    task = work(world)
    assert "Rà soát án tạm đình chỉ" in shown(world.client("specialist"), "desk")
    deadlines.ask_extension(task.pk, today() + DUE * 2, "Chờ số liệu khu vực", by=world.actor("specialist"))
    desk = shown(world.client("head"), "desk")
    assert "Chờ tôi trả lời" in desk
    assert "xin gia hạn đến" in desk
    deadlines.refuse_extension(task.pk, "Phải xong sớm", by=world.actor("head"))
    following.hand_in(task.pk, following.Result(text="Đã báo cáo"), by=world.actor("specialist"))
    assert "báo cáo kết quả" in shown(world.client("head"), "desk")
    following.accept(task.pk, by=world.actor("head"))
    assert "Chờ tôi trả lời" not in shown(world.client("head"), "desk")


def test_notices_are_seen_when_their_task_is_opened(world: World) -> None:
    task = work(world)
    browser = world.client("specialist")
    counts = browser.get(reverse("counters")).json()["counts"]
    assert (counts["notices"], counts["work"]) == (1, 1)
    assert "Việc mới" in shown(browser, "notices")
    fragment = browser.get(reverse("notices"), headers={"HX-Request": "true"})
    again = {"HX-Request": "true", "If-None-Match": fragment["ETag"]}
    assert browser.get(reverse("notices"), headers=again).status_code == 304
    shown(browser, "task", task.pk)
    assert browser.get(reverse("counters")).json()["counts"]["notices"] == 0
    assert "Không có thông báo mới" in shown(browser, "notices")


def test_the_overview_leads_to_the_list_of_a_unit(world: World) -> None:
    work(world)
    late = work(world, "P2", title="Báo cáo chuyên đề")
    Task.objects.filter(pk=late.pk).update(due_on=today() - timedelta(days=3))
    page = shown(world.client("head"), "overview")
    assert page.index("Phòng 2") < page.index("Phòng 1")
    assert "3 ngày" in page
    rows = shown(world.client("head"), "tasks", tab="followed", unit=world.unit("P2").pk, late=1)
    assert "Báo cáo chuyên đề" in rows
    assert "Rà soát án tạm đình chỉ" not in rows


@pytest.mark.parametrize(
    ("name", "most", "query"),
    [
        ("overview", 9, {}),
        ("tasks", 10, {"tab": "followed"}),
        ("tasks", 10, {"tab": "answers"}),
        ("notices", 6, {}),
    ],
)
def test_pages_cost_the_same_however_much_there_is(
    world: World, name: str, most: int, query: dict[str, str]
) -> None:
    def more() -> None:
        task = work(world)
        following.hand_in(task.pk, following.Result(text="Đã báo cáo"), by=world.actor("specialist"))
        work(world, "P1")
        make_directed(world)

    more()
    browser = world.client("head")
    shown(browser, name, **query)
    with CaptureQueriesContext(connection) as few:
        shown(browser, name, **query)
    for _ in range(3):
        more()
    with CaptureQueriesContext(connection) as many:
        shown(browser, name, **query)
    assert len(many) == len(few)
    assert len(many) <= most


def test_the_mail_names_what_waits_and_nothing_of_what_is_restricted(world: World) -> None:
    hidden, seen = make_presented(world, restricted=True), make_presented(world)
    hidden_subject = "Về việc xử lý đơn tố cáo cán bộ"
    type(hidden).objects.filter(pk=hidden.pk).update(subject=hidden_subject)
    work(world, title="Việc riêng của đồng chí Khải", restricted=True)
    addresses.keep_digest("lam@vks.example.vn", "daily", by=world.actor("head"))
    addresses.keep_digest("khai@vks.example.vn", "daily", by=world.actor("specialist"))
    jobs.send_digest(world.account("head").pk, today().isoformat())
    jobs.send_digest(world.account("head").pk, today().isoformat())
    jobs.send_digest(world.account("specialist").pk, today().isoformat())
    to_head, to_specialist = mail.outbox
    assert to_head.to == ["lam@vks.example.vn"]
    assert f"Số đến {seen.arrival_number}: {seen.subject}" in to_head.body
    assert f"Số đến {hidden.arrival_number}: Nội dung hạn chế tiếp cận" in to_head.body
    assert hidden_subject not in to_head.body
    assert "đồng chí Khải" not in to_specialist.body


def test_who_wants_no_mail_gets_none(world: World) -> None:
    make_assigned(world)
    browser = world.client("specialist")
    form = {"digest": "daily", "email": "không phải địa chỉ"}
    assert browser.post(reverse("preferences"), form).status_code == 422
    browser.post(reverse("preferences"), form | {"email": "khai@vks.example.vn"})
    assert addresses.wanted() == [(world.account("specialist").pk, "khai@vks.example.vn")]
    browser.post(reverse("preferences"), {"digest": "", "email": "khai@vks.example.vn"})
    jobs.send_digests()
    run_jobs()
    jobs.send_digest(world.account("specialist").pk, today().isoformat())
    assert mail.outbox == []
    assert Account.objects.get(pk=world.account("specialist").pk).email == "khai@vks.example.vn"


def test_the_calendar_is_read_by_all_and_written_by_one(world: World) -> None:
    assert "Quốc khánh" in shown(world.client("specialist"), "working_days", nam=2026)
    assert "Thêm hoặc sửa một ngày" not in shown(world.client("administrator"), "working_days")
    world.province.parent = None
    world.province.save(update_fields=["parent"])
    browser = world.client("administrator")
    form = {"day_on": "24/11/2028", "works": "", "name": "Ngày Văn hóa Việt Nam"}
    page = browser.post(reverse("working_days"), form, follow=True).content.decode()
    assert "Thứ sáu, 24/11/2028" in page
