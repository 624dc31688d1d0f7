"""Connections, addresses and bodies outside as administrators set them up; what a secret never does."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tests.cast import World
from tests.organisations.test_agencies import LIST
from vanthu import exchange
from vanthu.exchange import addressing, agency_syncing, connecting, connections
from vanthu.exchange.axis_models import Connection, OwnAddress
from vanthu.exchange.moving import begin
from vanthu.exchange.transports.base import AgencyRow as Row
from vanthu.kernel import vault
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.models import LedgerEntry, LedgerValues
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.kernel.transfers import Route
from vanthu.organisations import agencies, agency_acts
from vanthu.organisations.agency_models import Agency
from vanthu.organisations.models import Person, Post
from vanthu.organisations.powers import Role
from vanthu.web.axis.forms import OPTIONS, ConnectionForm

pytestmark = pytest.mark.django_db

SECRET = "khoa-bi-mat-9137"
AXIS = {
    "name": "Trục liên thông văn bản quốc gia", "kind": "vxp",
    "endpoint": "https://truc.example.vn/", "system_id": "E01",
    "secret": SECRET, "position": 0, "poll_minutes": 5, "packet_megabytes": 50, "recall": "packet", "level": 1,
}  # fmt: skip


def folder_connection(world: World, root: Path) -> Connection:
    wish = connecting.Wish(name="Thư mục trao đổi", kind="folder", endpoint=str(root), system_id="E01")
    return connecting.add(wish, "", by=world.actor("administrator"))


def text_of(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def test_a_secret_is_set_once_and_never_shown(world: World, caplog: pytest.LogCaptureFixture) -> None:
    browser = world.client("administrator")
    answer = browser.post(reverse("add_connection"), AXIS, follow=True)
    made = Connection.objects.get()
    assert (made.key, made.active, made.endpoint, made.options) == (
        "vxp", False, "https://truc.example.vn", {"recall": "packet", "level": 1},
    )  # fmt: skip
    pages = [text_of(answer)]
    pages += [
        text_of(browser.get(reverse(name, args=[made.pk]))) for name in ("connection", "change_connection")
    ]
    browser.post(reverse("change_connection", args=[made.pk]), AXIS | {"secret": "", "poll_minutes": 10})
    pages.append(text_of(browser.post(reverse("add_connection"), AXIS | {"name": ""})))
    kept = [str(one.values) for one in LedgerValues.objects.all()]
    assert SECRET not in made.secret
    assert not [one for one in (*pages, *kept, caplog.text) if SECRET in one]
    made.refresh_from_db()
    assert made.poll_minutes == 10
    assert vault.decrypted(made.secret) == SECRET


def test_the_pages_are_of_the_administrator_above_all_others(world: World) -> None:
    assert world.client("administrator").get(reverse("add_connection")).status_code == 200
    person = Person.objects.create(full_name="Hà Việt Cường", search_key="ha viet cuong")
    Post.objects.create(
        person=person, office=world.supreme, role=Role.ADMINISTRATOR, title="Quản trị", position=0
    )
    answer = world.client("administrator").get(reverse("add_connection"))
    assert answer.status_code == 403
    assert "quản trị của cơ quan cấp trên cùng" in text_of(answer)
    assert world.client("administrator").get(reverse("axis")).status_code == 200


def test_trying_says_what_works_and_what_does_not(world: World, tmp_path: Path) -> None:
    made = folder_connection(world, tmp_path)
    browser = world.client("administrator")
    page = text_of(browser.post(reverse("try_connection", args=[made.pk])))
    assert "0 văn bản, 0 trạng thái đang chờ nhận" in page
    connecting.change(
        made.pk, connecting.Wish(name="Thư mục", kind="folder", endpoint="khong-day-du", system_id="E01"),
        by=world.actor("administrator"),
    )  # fmt: skip
    page = text_of(browser.post(reverse("try_connection", args=[made.pk])))
    assert "đường dẫn đầy đủ" in page


def test_a_connection_is_switched_on_with_an_address(world: World, tmp_path: Path) -> None:
    made, browser = folder_connection(world, tmp_path), world.client("administrator")
    page = text_of(browser.post(reverse("switch_on_connection", args=[made.pk]), follow=True))
    assert "Thêm địa chỉ rồi bật" in page
    form = {"office": world.province.pk, "code": "H05.47", "preferred": "on"}
    browser.post(reverse("give_address", args=[made.pk]), form)
    page = text_of(browser.post(reverse("switch_on_connection", args=[made.pk]), follow=True))
    assert "Đã bật kết nối" in page
    assert connections.active() == [made]
    page = text_of(browser.get(reverse("axis")))
    assert "H05.47" in page
    assert "gửi và nhận" in page


def test_addresses_of_an_office(world: World, tmp_path: Path) -> None:
    made, by = folder_connection(world, tmp_path), world.actor("administrator")
    first = addressing.give(made.pk, world.province.pk, "H05.47", by=by)
    second = addressing.give(made.pk, world.province.pk, "E01.05", by=by)
    first.refresh_from_db()
    assert (first.preferred, second.preferred) == (False, True)
    with pytest.raises(Invalid, match="đã là địa chỉ của"):
        addressing.give(made.pk, world.region.pk, "000.00.47.h05", by=by)
    with pytest.raises(NotFound):  # of an office above
        addressing.give(made.pk, world.supreme.pk, "E01", by=by)
    addressing.end(second.pk, by=by)
    first.refresh_from_db()
    assert first.preferred
    with pytest.raises(Conflict):
        addressing.prefer(second.pk, by=by)
    assert addressing.give(made.pk, world.province.pk, "E01.05", preferred=False, by=by).pk == second.pk
    assert LedgerEntry.objects.filter(verb__startswith="exchange.address_").count() == 4


def test_the_successor_has_the_addresses(world: World, tmp_path: Path) -> None:
    made, by = folder_connection(world, tmp_path), world.actor("administrator")
    addressing.give(made.pk, world.region.pk, "E01.05.01", by=by)
    own = addressing.give(made.pk, world.second_region.pk, "E01.05.02", by=by)
    route = Route(office=world.region.pk, to_office=world.second_region.pk, whole=True, note="")
    begin(route, goes_on=False, fresh=False, reason="", by=by)
    found = OwnAddress.objects.filter(office=world.second_region)
    assert {(one.code, one.preferred) for one in found} == {("E01.05.01", False), ("E01.05.02", True)}
    reached = connections.own_addresses(made, ["e01.05.01"])["e01.05.01"]
    assert (reached.office, own.office) == (world.second_region, world.second_region)


def test_a_list_comes_by_night_or_when_asked_for(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, by = folder_connection(world, tmp_path), world.actor("administrator")
    asked: list[int] = []

    class Other:
        def agencies(self, since: int = 0) -> list[Row]:
            asked.append(since)
            return list(LIST) if not since else [Row("G09", "Bộ Nội vụ", version=9)]

    monkeypatch.setattr(connections, "transport_of", lambda _: Other())
    with pytest.raises(Conflict, match="đang tắt"):
        agency_syncing.ask(made.pk, by=by)
    addressing.give(made.pk, world.province.pk, "G01.41", by=by)
    connecting.switch(made.pk, on=True, by=by)
    world.client("administrator").post(reverse("sync_agencies", args=[made.pk]))
    run_jobs()
    made.refresh_from_db()
    assert (asked, made.agencies_version) == ([0], 8)
    assert agencies.search("ca nghe an")[0].office_id == world.province.pk
    told = agency_syncing.take_over(made.pk, whole=False)
    assert told is not None
    assert (asked, told.new, told.gone) == ([0, 8], 1, 0)
    page = text_of(world.client("administrator").get(reverse("connection", args=[made.pk])))
    assert "1 mới, 0 thay đổi, 0 không còn" in page


def test_a_sender_that_nobody_knew_is_confirmed_or_joined(world: World) -> None:
    agencies.take_over("vxp", LIST, True)
    browser, by = world.client("administrator"), world.actor("administrator")
    new = agencies.sender("X01", "Ban lạ", "vxp")
    old = agencies.sender("002.44.H99", "Sở TP", "vxp")
    page = text_of(browser.get(reverse("agencies")))
    assert page.index("Sở TP") < page.index("Ban lạ")
    assert "2 chưa xác nhận" in page
    browser.post(reverse("confirm_agency", args=[new.pk]), {"name": "Ban Quản lý khu kinh tế"})
    assert agencies.search("quan ly khu kinh te")[0].id == new.pk
    with pytest.raises(Conflict):
        agency_acts.confirm(new.pk, "Ban khác", by=by)
    known = Agency.objects.get(code="H41.07")
    browser.post(reverse("join_agency", args=[old.pk]), {"known": known.pk})
    assert agencies.by_code("002.44.h99", "vxp") == known
    assert agencies.current_codes([known.pk], ["vxp"]) == {(known.pk, "vxp"): "H41.07"}
    assert agencies.search("002.44")[0].id == known.pk
    assert "chưa rõ là ai" not in text_of(browser.get(reverse("agencies")))
    with pytest.raises(NotAllowed):
        agency_acts.join(new.pk, known.pk, by=world.actor("clerk"))


def test_a_code_by_hand_outlives_lists(world: World) -> None:
    agencies.take_over("vxp", LIST, True)
    by, ministry = world.actor("administrator"), Agency.objects.get(code="G01")
    agency_acts.add_code(ministry.pk, "01.02.G01", by=by)
    with pytest.raises(Invalid, match="Bộ Công an"):
        agency_acts.add_code(Agency.objects.get(code="D01").pk, "01.02.g01", by=by)
    agencies.take_over("vxp", LIST, True)
    assert agencies.by_code("01.02.g01", "vxp") == ministry
    assert agencies.search("01.02.g01")[0].id == ministry.pk


def test_the_pages_cost_the_same_however_much_there_is(
    world: World, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    made, by = folder_connection(world, tmp_path), world.actor("administrator")
    agencies.take_over("vxp", LIST, True)
    for n in range(30):
        addressing.give(made.pk, world.province.pk, f"H05.{n + 10}", by=by)
        agencies.sender(f"X.{n}", f"Đơn vị {n}", "vxp")
    browser = world.client("administrator")
    browser.get(reverse("axis"))
    for name, args, text, most in (
        ("axis", [], "", 10),
        ("connection", [made.pk], "", 14),
        ("agencies", [], "tinh", 12),
        ("agency", [Agency.objects.get(code="G01").pk], "", 10),
    ):
        with django_assert_max_num_queries(most):
            browser.get(reverse(name, args=args), {"q": text})


def test_the_form_offers_what_is_read_and_nothing_else() -> None:
    room = Path(exchange.__file__).parent
    read = {
        name for path in room.rglob("*.py") for name in re.findall(r'options\.get\("(\w+)"', path.read_text())
    }
    assert read == set(OPTIONS)
    assert set(OPTIONS) <= set(ConnectionForm.base_fields)
