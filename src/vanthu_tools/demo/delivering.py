"""From departures to arrivals: which receiver keeps its book here, and what the sender sees of each."""

from datetime import datetime, timedelta
from random import Random

from vanthu_tools.demo import ground
from vanthu_tools.demo.handling import Handler
from vanthu_tools.demo.offices import by_key
from vanthu_tools.demo.story import Arrival, Departure, Sending

WAITING_DAYS = 16
"""Younger than this, a document waits in the inbox of offices that nobody works in."""

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
        old = (self.handler.last - at.date()).days > WAITING_DAYS
        if ground.is_staffed(office) and self.is_open(office, at):
            sending.arrival = self.handler.arrive(departure.paper, office, at, "internal")
            self.arrivals.append(sending.arrival)
        elif not old:
            sending.arrival = Arrival(departure.paper, office, at, "internal", "electronic")
            sending.arrival.due_on = departure.paper.reply_due_on
            self.arrivals.append(sending.arrival)
        else:
            sending.state, sending.at = "done", at + timedelta(days=2)
            sending.arrival_number = self.random.randint(40, 900)

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
