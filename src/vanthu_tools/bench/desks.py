"""How much lies open on the desks of an office: tens, however many documents it has had."""

from vanthu_tools.bench.sector import Office

OLD_AND_OPEN = 0.002  # of what should be done long since


class Desk:
    """How far the newest arrivals of an office have come, by how many arrived after them."""

    def __init__(self, office: Office, arrivals: int) -> None:
        few = max(1, arrivals // 50)
        self.waiting = min(4 + office.strength // 10, few)
        self.registered = self.waiting + min(3 + office.strength // 20, few)
        self.presented = self.registered + min(6 * len(office.leaders), arrivals // 20)
        self.open = self.presented + min(6 * office.strength, arrivals // 3)

    def state(self, newer: int, chance: float) -> str:
        """State of the arrival that so many newer ones follow; `chance` is drawn from 0 to 1."""
        if newer < self.waiting:
            return "waiting"
        if newer < self.registered:
            return "registered"
        if newer < self.presented:
            return "presented"
        return "directed" if chance < (0.5 if newer < self.open else OLD_AND_OPEN) else "done"
