"""My work for programs: from incoming documents and drafts, with deadlines, every line once."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.programs import Program
from tests.cast import World
from tests.entries import make_assigned, make_directed, make_presented, make_recalled, make_registered, person
from tests.web import drafts
from vanthu.documents import sealed
from vanthu.documents.sealed import Envelope
from vanthu.issuing import opinions
from vanthu.issuing.opinions import Inquiry
from vanthu.kernel.calendar import today
from vanthu.kernel.models import Participant
from vanthu.web.api.work import ORDER
from vanthu.web.incoming import tabs as incoming_tabs
from vanthu.web.issuing import tabs as issuing_tabs

pytestmark = pytest.mark.django_db


def lines(body: dict[str, Any]) -> list[tuple[str, int]]:
    return [(one["tab"]["code"], one["id"]) for one in body["items"]]


def late(kind: str, pk: int) -> None:
    """The item was due three days ago."""
    Participant.objects.filter(item_kind=kind, item_id=pk).update(due_on=today() - timedelta(days=3))


def test_work_of_every_kind_in_one_list(signing_world: World) -> None:
    world = signing_world
    entry = make_presented(world)
    draft = drafts.to_sign(world)
    assert lines(Program.of(world, "head").get("/work").json()) == [
        ("to_sign", draft.pk),
        ("to_direct", entry.pk),
    ]
    body = Program.of(world, "specialist").get("/work").json()
    assert body == {"items": [], "next": None}


def test_programs_know_every_tab_of_the_pages_that_is_to_do() -> None:
    tabs = [*vars(incoming_tabs).values(), *vars(issuing_tabs).values()]
    to_do = {tab.key for tab in tabs if isinstance(tab, incoming_tabs.Tab | issuing_tabs.Tab) and tab.mine}
    assert to_do | {"to_read"} == set(ORDER)


def test_what_seldom_comes_is_work_too(world: World) -> None:
    gone = make_recalled(world)
    envelope = sealed.register_envelope(
        Envelope(issuer_name="Công an tỉnh", addressee_id=world.person("archivist").pk, arrived_on=today()),
        by=world.actor("clerk"),
    )
    draft = drafts.drafted(world)
    inquiry = Inquiry(
        owners=(person(world, "archivist"),), due_on=opinions.usual_due(), question="Về hạn lưu"
    )
    opinions.ask(draft.pk, inquiry, by=world.actor("specialist"))
    archivist = Program.of(world, "archivist", ["read"])
    body = archivist.get("/work").json()
    assert lines(body) == [("to_opine", draft.pk), ("to_open", envelope.pk)]
    assert [archivist.get(line["href"]).status_code for line in body["items"]] == [200, 200]
    assert lines(Program.of(world, "clerk").get("/work", {"tab": "recalled"}).json()) == [
        ("recalled", gone.pk)
    ]
    open_ = {one["tab"]: one["open"] for one in archivist.get("/work/tabs").json()}
    assert (open_["to_opine"], open_["to_open"], open_["to_sign"]) == (1, 1, 0)


def test_a_line_says_what_until_when_and_where(world: World) -> None:
    entry = make_assigned(world)
    late("in", entry.pk)
    program = Program.of(world, "specialist", ["read"])
    (line,) = program.get("/work").json()["items"]
    assert line["tab"] == {"code": "to_do", "name": "Việc của tôi"}
    assert (line["subject"], line["symbol"], line["late"]) == (entry.subject, entry.symbol, True)
    assert line["due_on"] == str(today() - timedelta(days=3))
    assert program.get(line["href"]).json()["id"] == entry.pk
    assert world.client("specialist").get(line["url"]).status_code == 200


def test_only_late_work_the_longest_first(world: World) -> None:
    entries = [make_assigned(world) for _ in range(3)]
    for entry in entries[:2]:
        late("in", entry.pk)
    Participant.objects.filter(item_kind="in", item_id=entries[1].pk).update(
        due_on=today() - timedelta(days=9)
    )
    body = Program.of(world, "specialist").get("/work", {"late": True}).json()
    assert lines(body) == [("to_do", entries[1].pk), ("to_do", entries[0].pk)]


def test_one_tab(world: World) -> None:
    make_registered(world)
    entry = make_assigned(world)
    assert lines(Program.of(world, "clerk").get("/work", {"tab": "to_do"}).json()) == []
    assert lines(Program.of(world, "specialist").get("/work", {"tab": "to_do"}).json()) == [
        ("to_do", entry.pk)
    ]
    assert Program.of(world, "clerk").get("/work", {"tab": "x"}).status_code == 422


def test_pages_have_no_gaps_and_no_doubles_even_at_one_moment(world: World) -> None:
    for _ in range(3):
        entry = make_directed(world, lead=person(world, "specialist"))
        drafts.drafted(world, replies_to=entry.pk)
    moment = Participant.objects.latest("at").at
    Participant.objects.update(at=moment)
    program = Program.of(world, "specialist")
    whole = lines(program.get("/work").json())
    assert sorted(tab for tab, _ in whole) == ["mine"] * 3 + ["to_do"] * 3
    for limit in (1, 2, 4):
        found: list[tuple[str, int]] = []
        path: str | None = f"/work?limit={limit}"
        while path:
            body = program.get(path).json()
            found += lines(body)
            path = body["next"]
        assert found == whole, limit


@pytest.mark.parametrize("cursor", ["x", "WzFd", "WyJ4IiwxLDFd", "WzEsMSwxXQ", "WyIyMDI2LTAxLTAxIiwxLCJ4Il0"])
def test_a_changed_cursor_is_refused(world: World, cursor: str) -> None:
    response = Program.of(world, "clerk").get("/work", {"cursor": cursor})
    assert (response.status_code, response.json()["code"]) == (422, "cursor_wrong")


def test_how_much_is_open_and_late(world: World) -> None:
    entries = [make_assigned(world) for _ in range(3)]
    late("in", entries[0].pk)
    found = {one["tab"]: one for one in Program.of(world, "specialist", ["read"]).get("/work/tabs").json()}
    assert (found["to_do"]["open"], found["to_do"]["late"]) == (3, 1)
    assert (found["mine"]["kind"], found["mine"]["open"]) == ("draft", 0)
    assert "to_direct" not in found


def test_masked_work_stays_masked(world: World) -> None:
    entry = make_registered(world, restricted=True)
    (line,) = Program.of(world, "clerk").get("/work").json()["items"]
    assert line["masked"]
    assert entry.subject not in str(line)


def test_the_number_of_queries_does_not_grow(world: World, django_assert_num_queries: Any) -> None:
    program = Program.of(world, "specialist")
    for _ in range(2):
        entry = make_directed(world, lead=person(world, "specialist"))
        drafts.drafted(world, replies_to=entry.pk)
        program.get("/work")  # warm: actor and last use
        with django_assert_num_queries(4):  # token, windows, entries, drafts
            program.get("/work")
        with django_assert_num_queries(3):  # token, counters, windows
            program.get("/work/tabs")
