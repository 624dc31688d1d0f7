"""What every office did with what came to it: registered, presented, directed, assigned, done, returned."""

from datetime import date, datetime, timedelta
from random import Random

from vanthu.kernel.calendar import working_days_after
from vanthu_tools.demo import ground, texts
from vanthu_tools.demo.clock import CLOSING, ZONE, later
from vanthu_tools.demo.story import Arrival, Assignee, Departure, Paper, Sending
from vanthu_tools.demo.units import units_by_key
from vanthu_tools.demo.writing import Writer

MEDIA = {
    "internal": "electronic",
    "axis": "electronic",
    "email": "electronic",
    "file": "electronic",
    "scan": "paper",
}
REPLIED_KINDS = frozenset({"CV", "DCV", "YC", "PC", "KNG"})
FIELDS = tuple(ground.IN_SUPREME)
FOR_INFORMATION = frozenset({"TB", "DTB", "CTR", "DQD", "NQ"})
WORKING_DAYS_TO_HANDLE = 12


class Handler:
    """Follows arrivals as far as they have come by the evening of `last`, the last working day."""

    def __init__(self, random: Random, writer: Writer, last: date) -> None:
        self.random = random
        self.writer = writer
        self.last = last
        self.until = datetime.combine(last, CLOSING, ZONE)
        self.replies: list[Departure] = []

    def reached(self, at: datetime) -> bool:
        """Whether that moment has come; what was not finished before the reorganisation was finished in time."""
        return at <= self.until

    def arrive(self, paper: Paper, office: str, at: datetime, channel: str) -> Arrival:
        """Put a paper on the way through an office. Scans are in the book the moment they arrive."""
        medium = MEDIA[channel]
        if channel == "internal" and paper.issued_on.year < 2025 and self.random.random() < 0.3:
            medium = "parallel"
        arrival = Arrival(paper, office, at, channel, medium)
        self.register(arrival)
        return arrival

    def register(self, arrival: Arrival) -> None:
        random = self.random
        age = (self.last - arrival.arrived_at.date()).days
        recent = age <= 3
        at = arrival.arrived_at
        if arrival.channel in {"internal", "axis"}:
            slow = random.random() < (0.7 if age == 0 else 0.3 if recent else 0.06)
            at = later(random, at, days=random.randint(1, 2)) if slow else later(random, at)
        if not self.reached(at):
            return
        arrival.clerk = ground.clerk_of(random, arrival.office)
        if arrival.channel in {"internal", "axis"} and random.random() < (0.05 if recent else 0.012):
            arrival.state, arrival.returned_at = "returned", at
            arrival.returned_reason = random.choice(texts.lines(texts.RETURN_TO_SENDER))
            return
        arrival.state, arrival.registered_at = "registered", at
        arrival.due_on = self.due(arrival, at.date())
        self.present(arrival)

    def due(self, arrival: Arrival, day: date) -> date:
        """The date the sender asked for, or the usual days of the office."""
        wanted = arrival.paper.reply_due_on
        return max(wanted, day) if wanted else working_days_after(day, WORKING_DAYS_TO_HANDLE)

    def present(self, arrival: Arrival) -> None:
        random = self.random
        unit = self.unit_of(arrival)
        recent = (self.last - arrival.arrived_at.date()).days <= 2
        started = arrival.registered_at or arrival.arrived_at
        slow = not arrival.paper.urgency and random.random() < (0.45 if recent else 0.1)
        at = later(random, started, days=1) if slow else later(random, started, minutes=(10, 150))
        if not self.reached(at):
            return
        arrival.leader = ground.leader_for(random, arrival.office, unit).person
        arrival.state, arrival.presented_at = "presented", at
        self.direct(arrival, unit)

    def unit_of(self, arrival: Arrival) -> str | None:
        """The unit of this office that the matter belongs to."""
        return ground.unit_for(arrival.office, arrival.paper.unit)

    def direct(self, arrival: Arrival, unit: str | None) -> None:
        random, paper = self.random, arrival.paper
        presented = arrival.presented_at or arrival.arrived_at
        if paper.urgency >= 2:
            at = later(random, presented, minutes=(5, 60))
        else:
            wait = random.choice((0, 0, 0, 1, 1, 2, 3))
            at = later(random, presented, days=wait) if wait else later(random, presented, minutes=(20, 240))
        if not self.reached(at):
            return
        arrival.state, arrival.directed_at = "directed", at
        if paper.kind in FOR_INFORMATION and random.random() < 0.55:
            self.inform(arrival, at)
            return
        if not paper.reply_due_on and random.random() < 0.6:
            arrival.due_on = working_days_after(at.date(), random.choice((3, 5, 5, 7, 10, 15)))
        self.assignees(arrival, unit)
        arrival.direction = self.direction(arrival, unit)
        if unit:
            self.assign(arrival, unit)
        else:
            self.finish(arrival, at)

    def inform(self, arrival: Arrival, at: datetime) -> None:
        """For information: everybody concerned reads it and it is done."""
        arrival.direction = texts.INFORM_DIRECTION
        code = arrival.paper.unit
        units = [ground.unit_for(arrival.office, field) for field in dict.fromkeys((code, "VP", "P15"))]
        people = [post.person for post in ground.with_role(arrival.office, "deputy")]
        keys = list(dict.fromkeys(unit for unit in units if unit)) or people[:2]
        arrival.assignees = [Assignee(key, "inform") for key in keys]
        arrival.state, arrival.finished_at, arrival.result = "done", at, texts.INFORMED

    def assignees(self, arrival: Arrival, unit: str | None) -> None:
        """Lead, sometimes support and information: units, or people where there are none."""
        random, office = self.random, arrival.office
        if unit is None:
            specialists = [post.person for post in ground.in_unit(office, None, "specialist")]
            arrival.handler = ground.worker(random, office, None).person
            arrival.assignees = [Assignee(arrival.handler, "lead")]
            others = [person for person in specialists if person != arrival.handler]
            if others and random.random() < 0.25:
                arrival.assignees.append(Assignee(random.choice(others), "support"))
            return
        arrival.assignees = [Assignee(unit, "lead")]
        fields = random.sample(FIELDS, 3)
        elsewhere = [ground.unit_for(office, field) for field in fields]
        roles = ["support"] if random.random() < 0.3 else []
        roles += ["inform"] if random.random() < 0.15 else []
        free = [
            key for key in dict.fromkeys(elsewhere) if key and key != unit and self.has_people(office, key)
        ]
        arrival.assignees += [Assignee(key, role) for key, role in zip(free, roles, strict=False)]

    def has_people(self, office: str, unit: str) -> bool:
        return bool(ground.in_unit(office, unit, "unit_head", "admin_head"))

    def direction(self, arrival: Arrival, unit: str | None) -> str:
        """What the leader wrote."""
        lead = ground.unit_title(unit) if unit else f"đ/c {self.name(arrival.handler)}"
        if arrival.paper.urgency >= 2:
            return texts.URGENT_DIRECTION.format(lead=lead)
        kind = units_by_key()[unit].kind if unit in units_by_key() else "professional"
        choices = texts.lines(texts.DIRECTIONS.get(kind, texts.DIRECTIONS["professional"]))
        return self.random.choice(choices).format(lead=lead, due=f"{arrival.due_on:%d/%m/%Y}")

    def name(self, person: str) -> str:
        return self.writer.name_of(person)

    def assign(self, arrival: Arrival, unit: str) -> None:
        """The head of the unit passes it to a specialist."""
        random = self.random
        directed = arrival.directed_at or arrival.arrived_at
        wait = random.choice((0, 0, 1, 1, 2))
        at = later(random, directed, days=wait) if wait else later(random, directed, minutes=(15, 200))
        arrival.head = ground.head_of(arrival.office, unit).person
        if not self.reached(at):
            return
        arrival.assigned_at = at
        arrival.handler = ground.worker(random, arrival.office, unit).person
        sentence = random.choice(texts.lines(texts.ASSIGNMENTS))
        arrival.assignment = (
            sentence.format(due=f"{arrival.due_on:%d/%m/%Y}") if random.random() < 0.7 else ""
        )
        colleagues = [post.person for post in ground.in_unit(arrival.office, unit, "specialist")]
        colleagues = [person for person in colleagues if person != arrival.handler]
        if colleagues and random.random() < 0.2:
            arrival.helpers = [random.choice(colleagues)]
        self.finish(arrival, at)

    def finish(self, arrival: Arrival, started: datetime) -> None:
        """In time mostly, late sometimes; by a reply where one was asked for."""
        random = self.random
        days = max(1, (self.due_on(arrival) - started.date()).days)
        late = random.random()
        if late < 0.86:
            span = max(1, int(days * random.uniform(0.35, 0.95)))
        elif late < 0.965 or arrival.office in ground.PREDECESSORS:
            span = days + random.randint(2, 8)
        else:
            span = days + random.randint(15, 60)
        day = working_days_after(started.date() + timedelta(days=span - 1), 1)
        at = later(random, datetime.combine(day, started.time(), ZONE), minutes=(1, 40))
        if not self.reached(at):
            return
        arrival.state, arrival.finished_at = "done", at
        arrival.result = random.choice(texts.lines(texts.RESULTS))
        if arrival.paper.kind in REPLIED_KINDS and random.random() < 0.4 and self.may_reply(arrival, at):
            self.reply(arrival, at)

    def due_on(self, arrival: Arrival) -> date:
        return arrival.due_on or arrival.arrived_at.date()

    def may_reply(self, arrival: Arrival, at: datetime) -> bool:
        """A predecessor's replies stay in its time."""
        return arrival.office not in ground.PREDECESSORS or at.date() < date(2025, 6, 30)

    def reply(self, arrival: Arrival, at: datetime) -> None:
        """A letter of the office that answers the paper and closes it."""
        paper = arrival.paper
        text = paper.subject[:1].lower() + paper.subject[1:]
        text = text if len(text) < 380 else text[:380].rsplit(" ", 1)[0]
        departure = self.writer.issue(arrival.office, "CV", paper.unit, f"Trả lời về việc {text}", at.date())
        departure.paper.reply_due_on = None
        departure.drafter = arrival.handler or departure.drafter
        departure.numbered_at, departure.replies_to = at, arrival
        departure.sendings = [Sending(paper.issuer, paper.issuer_name)]
        arrival.reply = departure
        self.replies.append(departure)
