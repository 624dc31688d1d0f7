"""State diagrams as tables: an arrow is a compare-and-swap, and the loser learns who was first."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.db.models import TextChoices

import vanthu.kernel
from tests.cast import World
from tests.entries import make_registered, person
from vanthu.calendar.states import APPOINTMENTS, WEEKS, AppointmentState, WeekState
from vanthu.documents import actions as documents
from vanthu.documents.models import IncomingEntry
from vanthu.documents.receiving_states import MAILS, SCANS, MailState, ScanState
from vanthu.documents.states import HELD, INCOMING, OUTGOING, HeldState, IncomingState, OutgoingState
from vanthu.dossiers.states import DOSSIERS, PLANS, DossierState, PlanState
from vanthu.exchange.axis_states import ARRIVALS, PACKETS, SENDINGS, ArrivalState, PacketState, SendState
from vanthu.exchange.states import DELIVERIES, REPORTS, DeliveryState
from vanthu.issuing.states import DRAFTS, DraftState
from vanthu.kernel import moves
from vanthu.kernel.actor import Actor
from vanthu.kernel.moves import Move
from vanthu.kernel.refusals import Conflict, NotAllowed
from vanthu.organisations.change_states import CHANGES, ChangeState
from vanthu.organisations.powers import POWERS
from vanthu.reading.states import COPIES, READINGS, CopyState, ReadingState
from vanthu.signing.augmenting_states import KEEPINGS, KeepingState
from vanthu.signing.custody_states import CUSTODY, CustodyState
from vanthu.signing.states import REQUESTS, SESSIONS, RequestState, SessionState
from vanthu.tasks.states import MATTERS, TASKS, MatterState, TaskState

DIAGRAMS: list[tuple[dict[str, Move], type[TextChoices]]] = [
    (INCOMING, IncomingState),
    (OUTGOING, OutgoingState),
    (HELD, HeldState),
    (DRAFTS, DraftState),
    (TASKS, TaskState),
    (MATTERS, MatterState),
    (DOSSIERS, DossierState),
    (PLANS, PlanState),
    (DELIVERIES, DeliveryState),
    (REPORTS, DeliveryState),
    (SENDINGS, SendState),
    (PACKETS, PacketState),
    (ARRIVALS, ArrivalState),
    (SESSIONS, SessionState),
    (REQUESTS, RequestState),
    (KEEPINGS, KeepingState),
    (READINGS, ReadingState),
    (COPIES, CopyState),
    (CUSTODY, CustodyState),
    (CHANGES, ChangeState),
    (SCANS, ScanState),
    (MAILS, MailState),
    (APPOINTMENTS, AppointmentState),
    (WEEKS, WeekState),
]


@pytest.mark.parametrize(("diagram", "states"), DIAGRAMS, ids=lambda one: getattr(one, "__name__", ""))
def test_diagrams_name_known_states_and_powers(diagram: dict[str, Move], states: type[TextChoices]) -> None:
    for move in diagram.values():
        assert {*move.sources, move.target} <= set(states.values)
        assert move.power in {"", *POWERS}
        assert re.match(r"[A-ZĐ]", move.label)


def test_every_room_with_states_is_walked_here() -> None:
    rooms = Path(vanthu.kernel.__file__).parents[1]
    tables = [
        table
        for module in rooms.glob("*/*states.py")
        for table in vars(import_module(f"vanthu.{module.parent.name}.{module.stem}")).values()
        if isinstance(table, dict) and table and isinstance(next(iter(table.values())), Move)
    ]
    assert len(tables) == len(DIAGRAMS)


def test_a_move_changes_state_and_fields_of_row_and_instance(world: World) -> None:
    entry = make_registered(world)
    moves.make(INCOMING, "present", entry, by=world.actor("clerk"), also={"remark": "gấp"})
    assert (entry.state, entry.remark) == ("presented", "gấp")
    row = IncomingEntry.objects.get(pk=entry.pk)
    assert (row.state, row.remark) == ("presented", "gấp")


def test_a_move_needs_its_power(world: World) -> None:
    entry = make_registered(world)
    with pytest.raises(NotAllowed):
        moves.make(INCOMING, "present", entry, by=world.actor("specialist"))
    assert IncomingEntry.objects.get(pk=entry.pk).state == "registered"


def test_the_loser_learns_who_did_what_and_when(world: World) -> None:
    entry = make_registered(world)
    documents.present(entry.pk, person(world, "head").id, by=world.actor("clerk"))
    with pytest.raises(Conflict) as lost:
        moves.make(INCOMING, "present", entry, by=world.actor("clerk"))
    pattern = r"Phạm Thu Thủy vừa trình Viện trưởng Vũ Đình Lâm lúc \d\d:\d\d ngày \d\d/\d\d/\d{4}\. "
    assert re.match(pattern, lost.value.message)
    assert "nội dung đang gõ vẫn còn" in lost.value.message
    assert lost.value.code == "moved_already"


def test_possible_are_the_arrows_that_leave_and_that_the_actor_may_take() -> None:
    clerk = Actor(powers=frozenset({"register", "return", "present"}))
    assert moves.possible(INCOMING, "waiting", clerk) == {"register", "return", "recall"}
    assert moves.possible(INCOMING, "waiting", Actor(powers=frozenset({"return"}))) == {"return", "recall"}
    assert moves.possible(OUTGOING, "voided", clerk) == set()
