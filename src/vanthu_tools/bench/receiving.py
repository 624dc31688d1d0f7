"""What becomes of a document at an office: received, registered, presented, directed, assigned, done, or returned."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from vanthu.search import sources
from vanthu_tools.bench import finding
from vanthu_tools.bench.desks import Desk
from vanthu_tools.bench.outline import in_series
from vanthu_tools.bench.sector import Office, Person, Unit
from vanthu_tools.bench.slices import Arrival, Slice
from vanthu_tools.bench.timeline import DAY, stamp
from vanthu_tools.demo.texts import ASSIGNMENTS, DIRECTIONS, INFORM_DIRECTION, INFORMED, RESULTS
from vanthu_tools.demo.texts import RETURN_TO_SENDER as RETURNS

HANDLING_DAYS = 12
FOR_INFORMATION = 0.35  # of what is done was only read
VERDICTS = {"internal": "", "axis": "unknown", "scan": "unsigned", "email": "unsigned"}
DELIVERED = frozenset({"internal", "axis"})
SENDERS_STATE = {
    "waiting": "sent", "registered": "registered", "presented": "registered", "directed": "handling",
    "done": "done", "returned": "returned",
}  # fmt: skip
_DIRECTIONS = DIRECTIONS["professional"].strip().splitlines()
_ASSIGNMENTS = ASSIGNMENTS.strip().splitlines()
_RESULTS = RESULTS.strip().splitlines()
_RETURNS = RETURNS.strip().splitlines()


@dataclass(slots=True, eq=False)
class Way:
    """How far an arrival has come, with the moments that have come. `entry` is its id."""

    arrival: Arrival
    entry: int
    state: str
    due_on: date | None
    number: int | None = None
    registered: int | None = None
    presented: int | None = None
    directed: int | None = None
    assigned: int | None = None
    finished: int | None = None
    returned_reason: str = ""
    result: str = ""
    receivers: str = ""
    closing_note: str = ""

    @property
    def done(self) -> bool:
        return self.state == "done"

    @property
    def shown_at(self) -> int:
        return self.registered or self.arrival.at


def write(slice_: Slice) -> None:
    """Every arrival of the slice in order of time, as the clerks registered them."""
    last: dict[int, int] = {}
    for arrival in sorted(slice_.arrivals, key=lambda one: one.at):
        way = _begin(slice_, arrival)
        if way.registered is not None:
            way.registered = last[arrival.office.id] = max(way.registered, last.get(arrival.office.id, 0))
        owners = _go(slice_, way)
        _write_entry(slice_, way)
        paper, office = arrival.paper, arrival.office
        more = sources.more(sources.due(way.due_on), way.receivers, way.closing_note)
        slice_.find("in", way.entry, office, paper, owners, way.number, more, held=way.state != "returned")
        _answer(slice_, way)


@cache
def _desk(office: Office, arrivals: int) -> Desk:
    return Desk(office, arrivals)


def _begin(slice_: Slice, arrival: Arrival) -> Way:
    """Whether it is registered, and how far it comes."""
    office, random = arrival.office, slice_.random
    entry = slice_.ids.next("incoming")
    if arrival.returned:
        return Way(
            arrival, entry, "returned", arrival.paper.reply_due_on, returned_reason=random.choice(_RETURNS)
        )
    total = slice_.world.arrivals[office.id]
    slice_.arrived[office.id] += 1
    newer = total - slice_.arrived[office.id]
    state = _desk(office, total).state(newer, random.random())
    if state == "waiting":
        if arrival.channel not in DELIVERED:
            arrival.channel = "axis"
        return Way(arrival, entry, state, arrival.paper.reply_due_on)
    day = arrival.paper.outline.day
    due = arrival.paper.reply_due_on or slice_.timeline.due(day, HANDLING_DAYS)
    way = Way(arrival, entry, state, due, slice_.take(in_series(office, day)), arrival.at)
    if arrival.channel in DELIVERED:
        way.registered = slice_.timeline.later(arrival.at, random.randint(180, 9000))
    return way


def _go(slice_: Slice, way: Way) -> list[tuple[str, int]]:
    """Write participants, tasks and acts of the way; returns the owners."""
    arrival, office = way.arrival, way.arrival.office
    pending = way.state not in {"done", "returned"}
    _show(slice_, way, ("o", office.id), "holder", way.state, way.shown_at, pending=pending)
    owners = [("o", office.id)]
    _record_arrival(slice_, way)
    if way.state in {"waiting", "registered", "returned"} or way.registered is None:
        return owners
    leader, later = slice_.leader(office), slice_.timeline.later
    way.presented = later(way.registered, slice_.random.randint(600, 7200))
    state = "to_direct" if way.state == "presented" else "done" if way.done else "directed"
    _show(slice_, way, ("p", leader.id), "leader", state, way.presented, pending=way.state == "presented")
    owners.append(("p", leader.id))
    slice_.act(
        way.presented, office, office.clerks[0], "documents.presented", "in", way.entry,
        f"trình {leader.title} {leader.name}", presented_to=[None, leader.id],
    )  # fmt: skip
    if way.state == "presented":
        return owners
    way.directed = later(way.presented, slice_.random.randint(1800, 2 * DAY))
    unit = office.unit_for(arrival.paper.outline.pattern.unit)
    if way.done and slice_.random.random() < FOR_INFORMATION:
        return owners + _inform(slice_, way, leader, unit)
    return owners + _hand_on(slice_, way, leader, unit)


def _show(
    slice_: Slice, way: Way, owner: tuple[str, int], role: str, state: str, at: int, *, pending: bool
) -> None:
    slice_.take_part(
        "in", way.entry, way.arrival.office, owner, role, state, at,
        paper=way.arrival.paper, pending=pending, due_on=way.due_on,
    )  # fmt: skip


def _record_arrival(slice_: Slice, way: Way) -> None:
    """Delivered, and registered or returned by the clerk."""
    arrival, office = way.arrival, way.arrival.office
    clerk = office.clerks[0]
    if arrival.channel in DELIVERED:
        note = f"chuyển {arrival.paper.symbol} đến, chờ văn thư tiếp nhận"
        slice_.act(arrival.at, office, None, "documents.delivered", "in", way.entry, note)
    if way.state == "returned":
        reason = way.returned_reason
        slice_.act(
            arrival.at + 3600, office, clerk, "documents.returned", "in", way.entry,
            f"trả lại nơi gửi: {reason}", returned_reason=["", reason],
        )  # fmt: skip
    if way.registered is not None:
        note = f"vào sổ văn bản đến, số đến {way.number}"
        slice_.act(
            way.registered, office, clerk, "documents.registered", "in", way.entry, note,
            arrival_number=[None, way.number],
        )  # fmt: skip


def _inform(slice_: Slice, way: Way, leader: Person, unit: Unit) -> list[tuple[str, int]]:
    """Read and filed: the unit knows of it, nobody has to do anything."""
    office, at = way.arrival.office, way.directed
    assert at is not None
    way.finished, way.receivers, way.closing_note = at, unit.short_name, INFORMED
    instruction = _instruct(slice_, way, leader, INFORM_DIRECTION, at)
    _task(slice_, way, instruction, None, leader, (unit.id, None), "inform", INFORM_DIRECTION, at)
    _show(slice_, way, ("u", unit.id), "inform", "done", at, pending=False)
    note = f"giao {unit.short_name} để biết: “{INFORM_DIRECTION}”"
    slice_.act(at, office, leader, "tasks.directed", "in", way.entry, note, text=["", INFORM_DIRECTION])
    slice_.act(at, office, leader, "documents.closed", "in", way.entry, INFORMED)
    return [("u", unit.id)]


def _hand_on(slice_: Slice, way: Way, leader: Person, unit: Unit) -> list[tuple[str, int]]:
    """A unit leads, its head gives it to somebody; a restricted document goes to somebody by name."""
    office, random, at = way.arrival.office, slice_.random, way.directed
    assert at is not None
    assert way.due_on is not None
    worker, named = slice_.worker(unit), way.arrival.paper.restricted
    text = random.choice(_DIRECTIONS).format(lead=unit.short_name, due=f"{way.due_on:%d/%m/%Y}")
    way.receivers = worker.name if named else unit.short_name
    given = way.done or random.random() < 0.85
    if given and not named:
        way.assigned = slice_.timeline.later(at, random.randint(1200, DAY))
    if way.done:
        way.result = random.choice(_RESULTS)
        days = 1 + int(18 * random.random() ** 2)
        way.finished = slice_.timeline.later(way.assigned or at, days * DAY + random.randrange(3600))
        way.closing_note = f"kết thúc giải quyết: {way.result}"
    instruction = _instruct(slice_, way, leader, text, at)
    note = f"giao {way.receivers} chủ trì, hạn {way.due_on:%d/%m/%Y}: “{text}”"
    slice_.act(
        at, office, leader, "tasks.directed", "in", way.entry, note,
        text=["", text], due_on=[None, way.due_on.isoformat()],
    )  # fmt: skip
    open_state = "to_do" if named else "assigned" if way.assigned else "to_assign"
    if named:
        _task(slice_, way, instruction, None, leader, (unit.id, worker.id), "lead", text, at)
        _show_worker(slice_, way, worker, at)
        _show(slice_, way, ("u", unit.id), "lead", "done" if way.done else "assigned", at, pending=False)
    else:
        task = _task(slice_, way, instruction, None, leader, (unit.id, None), "lead", text, at)
        state = "done" if way.done else open_state
        _show(slice_, way, ("u", unit.id), "lead", state, at, pending=not way.done)
        if way.assigned:
            _assign(slice_, way, task, unit, worker)
    _finish(slice_, way, worker, unit)
    owners = [("u", unit.id)]
    return [*owners, ("p", worker.id)] if named or way.assigned else owners


def _assign(slice_: Slice, way: Way, task: int, unit: Unit, worker: Person) -> None:
    """The head of the unit gives it to somebody."""
    assert way.assigned is not None
    assert way.due_on is not None
    text = slice_.random.choice(_ASSIGNMENTS).format(due=f"{way.due_on:%d/%m/%Y}")
    _task(slice_, way, None, task, unit.head, (unit.id, worker.id), "lead", text, way.assigned)
    _show_worker(slice_, way, worker, way.assigned)
    slice_.act(
        way.assigned, way.arrival.office, unit.head, "tasks.assigned", "in", way.entry,
        f"giao {worker.name} chủ trì: “{text}”", unit=[None, unit.id], text=["", text],
    )  # fmt: skip


def _show_worker(slice_: Slice, way: Way, worker: Person, at: int) -> None:
    state = "done" if way.done else "to_do"
    _show(slice_, way, ("p", worker.id), "lead", state, at, pending=not way.done)


def _finish(slice_: Slice, way: Way, worker: Person, unit: Unit) -> None:
    if way.finished is None:
        return
    office = way.arrival.office
    note = f"hoàn thành: {way.result}"
    slice_.act(way.finished, office, worker, "tasks.finished", "in", way.entry, note)
    slice_.act(way.finished, office, worker, "documents.closed", "in", way.entry, way.closing_note)
    slice_.filed[office.id, unit.id].append(("in", way.entry, way.finished))


def _instruct(slice_: Slice, way: Way, leader: Person, text: str, at: int) -> int:
    """What the leader wrote on it."""
    number = slice_.ids.next("instruction")
    slice_.sheets.instructions.add(
        number, way.arrival.office.id, "in", way.entry, leader.id, leader.title, "", text, stamp(at)
    )
    return number


def _task(
    slice_: Slice, way: Way, instruction: int | None, parent: int | None, by: Person,
    to: tuple[int, int | None], role: str, text: str, at: int,
) -> int:  # fmt: skip
    """A task of a unit or one of its people."""
    number, finished = slice_.ids.next("task"), stamp(way.finished) if way.finished else None
    accepted = stamp(way.assigned) if way.assigned and parent is None else None
    slice_.sheets.tasks.add(
        number, way.arrival.office.id, "in", way.entry, instruction, parent, by.id, *to, role, text, way.due_on,
        "done" if way.done else "open", stamp(at), accepted, finished, way.result or way.closing_note,
    )  # fmt: skip
    return number


def _write_entry(slice_: Slice, way: Way) -> None:
    """The row of the book."""
    arrival, paper, office = way.arrival, way.arrival.paper, way.arrival.office
    day = paper.outline.day if way.registered else None
    series = slice_.world.ids[in_series(office, paper.outline.day)] if way.registered else None
    slice_.sheets.incoming.add(
        way.entry, *paper.described, office.id, paper.id, series, way.number, day, stamp(arrival.at),
        _moment(way.registered), way.state, "paper" if arrival.channel == "scan" else "electronic",
        arrival.channel, way.due_on, "", paper.restricted,
        finding.duplicate_key(paper.issuer_name, paper.number, paper.notation), "", VERDICTS[arrival.channel],
        "{}", way.returned_reason, way.receivers, _moment(way.directed), _moment(way.finished), way.closing_note,
    )  # fmt: skip


def _moment(at: int | None) -> str | None:
    return None if at is None else stamp(at)


def _answer(slice_: Slice, way: Way) -> None:
    """What came back to the sender: the delivery as it stands, and every receipt."""
    arrival = way.arrival
    if arrival.delivery_id is None:
        return
    paper, sheets = arrival.paper, slice_.sheets
    receipts = [("sent", "", arrival.at)]
    if way.state == "returned":
        receipts.append(("returned", way.returned_reason, arrival.at + 3600))
    if way.registered:
        receipts.append(("registered", f"số đến {way.number}", way.registered))
    if way.directed:
        receipts.append(("handling", "", way.directed))
    if way.finished:
        receipts.append(("done", "", way.finished))
    home = paper.outline.home
    sheets.deliveries.add(
        arrival.delivery_id, paper.id, paper.outgoing_id, home.id, arrival.office.id, arrival.office.spec.name,
        "internal", SENDERS_STATE[way.state], way.entry, way.number, way.returned_reason, arrival.position,
        stamp(paper.outline.at + 90), stamp(receipts[-1][2]),
    )  # fmt: skip
    for state, note, at in receipts:
        sheets.receipts.add(slice_.ids.next("receipt"), arrival.delivery_id, state, note, stamp(at))
