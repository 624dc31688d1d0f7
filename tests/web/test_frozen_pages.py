"""Pages of the retention schedule and of freezes."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import World
from tests.entries import fresh, make_assigned, make_numbered
from vanthu.documents import outgoing
from vanthu.dossiers import actions, freezing
from vanthu.dossiers.models import Dossier
from vanthu.dossiers.retention_models import Period
from vanthu.kernel.freezing import Freeze
from vanthu.kernel.participants import Item

pytestmark = pytest.mark.django_db


def shown(browser: Client, name: str, *args: object, **query: object) -> str:
    response = browser.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_line_is_made_stricter_and_dossiers_follow(world: World) -> None:
    period = Period.objects.get(title="Sổ đăng ký văn bản đến")
    archivist = world.client("archivist")
    assert "45 trong 45 dòng chưa thẩm định" in shown(archivist, "retention_schedule")
    form = {"group": period.group, "title": period.title, "years": "10", "basis": "", "until": ""}
    page = archivist.post(reverse("change_retention_line", args=[period.pk]), form)
    assert (page.status_code, "ít nhất 20 năm" in page.content.decode()) == (422, True)
    archivist.post(
        reverse("change_retention_line", args=[period.pk]), form | {"years": "30", "confirmed": "on"}
    )
    own = Period.objects.get(of=period)
    assert "ngành: 20 năm" in shown(archivist, "retention_schedule")
    browser = world.client("specialist")
    opened = browser.post(
        reverse("open_dossier"),
        {"title": "Sổ đăng ký văn bản đến năm 2026", "period": own.pk, "retention": ""},
    )
    assert opened.status_code == 302
    assert Dossier.objects.get().retention_years == 30
    assert browser.get(reverse("change_retention_line", args=[period.pk])).status_code == 403


def test_the_schedule_leaves_as_excel_and_returns(world: World) -> None:
    browser = world.client("head")
    table = b"".join(browser.get(reverse("retention_file")))
    sent = BytesIO(table)
    sent.name = "bang.xlsx"
    page = browser.post(reverse("import_retention"), {"file": sent}, follow=True)
    assert "thêm 0 dòng, sửa 0 dòng" in page.content.decode()
    assert browser.post(reverse("import_retention")).status_code == 422


def test_things_are_frozen_by_name_and_lifted(world: World) -> None:
    entry, browser = make_assigned(world), world.client("head")
    assert f"{reverse('add_freeze')}?thing=in-{entry.pk}" in shown(browser, "entry", entry.pk)
    begun = shown(browser, "add_freeze", thing=f"in-{entry.pk}")
    line = f"đến {entry.arrival_number}/{entry.arrived_on:%Y}"
    assert line in begun
    form = {
        "name": "Phục vụ thanh tra",
        "reason": "Theo yêu cầu của Thanh tra",
        "things": f"{line}\n99/XX-YY",
    }
    wrong = browser.post(reverse("add_freeze"), form)
    assert (wrong.status_code, "Không tìm thấy: 99/XX-YY" in wrong.content.decode()) == (422, True)
    browser.post(reverse("add_freeze"), form | {"things": line})
    made = Freeze.objects.get()
    assert fresh(entry).freeze == made
    page = shown(world.client("specialist"), "entry", entry.pk)
    assert "Đang đóng băng" in page
    assert "Hoàn thành, không cần văn bản trả lời" not in page
    refused = world.client("specialist").post(reverse("finish", args=[entry.pk]), {"result": "Đã báo cáo."})
    assert "Phục vụ thanh tra" in refused.content.decode()
    assert entry.subject in shown(browser, "freeze", made.pk)
    assert made.name in shown(browser, "freezes")
    browser.post(reverse("lift_freeze", args=[made.pk]), {"reason": "Thanh tra đã kết thúc"})
    assert "Đang đóng băng" not in shown(world.client("specialist"), "entry", entry.pk)


def test_issued_documents_and_dossiers_show_it_too(world: World) -> None:
    issued = make_numbered(world, "clerk", notation="VKS-VP")
    outgoing.issue(issued, by=world.actor("clerk"))
    by = world.actor("specialist")
    dossier = actions.open_dossier("Kiểm tra công tác văn thư năm 2026", by=by)
    browser = world.client("head")
    for name, kind, pk in (("outgoing_entry", "out", issued.pk), ("dossier", "dossier", dossier.pk)):
        assert f"?thing={kind}-{pk}" in shown(browser, name, pk)
        assert shown(browser, "add_freeze", thing=f"{kind}-{pk}")
    items = [Item("out", issued.pk), Item("dossier", dossier.pk)]
    freezing.freeze("Phục vụ thanh tra", "Theo yêu cầu của Thanh tra", items, by=world.actor("head"))
    assert "Đang đóng băng" in shown(browser, "outgoing_entry", issued.pk)
    assert "Thu hồi</a>" not in shown(world.client("clerk"), "outgoing_entry", issued.pk)
    page = shown(world.client("specialist"), "dossier", dossier.pk)
    assert "Đang đóng băng" in page
    assert reverse("close_dossier", args=[dossier.pk]) not in page
