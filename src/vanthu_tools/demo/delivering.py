"""From departures to arrivals: which receiver keeps its book here, and what the sender sees of each."""

from datetime import datetime, timedelta
from random import Random

from vanthu_tools.demo import ground
from vanthu_tools.demo.clock import later
from vanthu_tools.demo.handling import Handler
from vanthu_tools.demo.offices import by_key
from vanthu_tools.demo.story import Arrival, Departure, Sending
from vanthu_tools.demo.texts import INFORMED

WAITING_DAYS = 16
"""Younger than this, a document waits in the inbox of offices that nobody works in."""

KEPT_DAYS = 90
"""Younger than this, such an office has it in its book; before, it did not work with the system yet."""

STATES = {
    "waiting": "received", "registered": "registered", "presented": "registered", "directed": "handling",
    "done": "done", "returned": "returned",
}  # fmt: skip
"""State of a delivery by the state of the receiver's entry."""


class Carrier:
    """Delivers departures; arrivals are collected in `arrivals`."""

    def __init__(self, random: Random, handler: Handler) -> None:
        self.random = random
        self.handler = handler
        self.arrivals: list[Arrival] = []

    def deliver(self, departure: Departure) -> None:
        """Send a departure to everybody it names."""
        for sending in departure.sendings:
            if sending.office is None:
                sending.state, sending.at = "outside", departure.numbered_at
                continue
            at = departure.numbered_at + timedelta(seconds=self.random.randint(8, 55))
            self.send(departure, sending, at)

    def send(self, departure: Departure, sending: Sending, at: datetime) -> None:
        """One delivery inside the sector."""
        office = sending.office or ""
        age = (self.handler.last - at.date()).days
        if ground.is_staffed(office) and self.is_open(office, at):
            sending.arrival = self.handler.arrive(departure.paper, office, at, "internal")
        elif age <= KEPT_DAYS and self.is_open(office, at):
            sending.arrival = self.unattended(departure, office, at, waits=age <= WAITING_DAYS)
        else:
            sending.office, sending.state, sending.at = None, "outside", departure.numbered_at
            return
        self.arrivals.append(sending.arrival)

    def unattended(self, departure: Departure, office: str, at: datetime, *, waits: bool) -> Arrival:
        """An entry of an office of which no person is told: waiting, or in the book and done."""
        arrival = Arrival(
            departure.paper, office, at, "internal", "electronic", due_on=departure.paper.reply_due_on
        )
        if waits:
            return arrival
        arrival.state, arrival.registered_at = "done", later(self.random, at)
        arrival.finished_at = later(self.random, arrival.registered_at, days=self.random.randint(1, 3))
        arrival.result = INFORMED
        return arrival

    def is_open(self, office: str, at: datetime) -> bool:
        """Whether the office existed then."""
        spec = by_key()[office]
        return spec.valid_from <= at.date() and (spec.valid_to is None or at.date() <= spec.valid_to)

    def settle(self, departure: Departure) -> None:
        """What the sender sees of every delivery, from the receivers' books; call when arrivals have numbers."""
        for sending in departure.sendings:
            arrival = sending.arrival
            if arrival is not None:
                sending.state = STATES[arrival.state]
                sending.arrival_number = arrival.arrival_number
                sending.at = newest(arrival)


def newest(arrival: Arrival) -> datetime:
    """When the entry last moved in a way that the sender sees."""
    seen = (
        arrival.finished_at,
        arrival.returned_at,
        arrival.directed_at,
        arrival.registered_at,
        arrival.arrived_at,
    )
    return next(at for at in seen if at is not None)
