"""Who wrote what and when: departures of the loaded offices, and papers that came to them from elsewhere."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from vanthu.documents.kinds import by_code
from vanthu.kernel.calendar import working_days_after
from vanthu_tools.demo import ground
from vanthu_tools.demo.addressees import TARGETS, addressees, is_personal, named_in, target_province
from vanthu_tools.demo.clock import Days, moment
from vanthu_tools.demo.names import Names
from vanthu_tools.demo.offices import SUPREME, by_key
from vanthu_tools.demo.outside import BODIES, filled
from vanthu_tools.demo.people import staff
from vanthu_tools.demo.specs import LAST_DAY_OF_FOUR_LEVELS, REORGANISED_ON, PostSpec
from vanthu_tools.demo.story import Departure, Paper
from vanthu_tools.demo.subjects import Pattern, by_writer
from vanthu_tools.demo.subjects.words import Words

OUT = {
    SUPREME: 400, "bac_ninh": 480, "hai_phong": 110, "nghe_an": 100, "bac_ninh.kv1": 70, "bac_ninh.kv6": 90,
    "bac_ninh.kv7": 100, "pt.hn": 60, "old.bac_ninh.2": 150, "old.bac_ninh.1": 100,
}  # fmt: skip
"""How many documents each office issues in all."""

ELSEWHERE = {
    SUPREME: 240, "bac_ninh": 600, "hai_phong": 80, "nghe_an": 70, "bac_ninh.kv1": 70, "bac_ninh.kv6": 70,
    "bac_ninh.kv7": 90, "pt.hn": 50, "old.bac_ninh.2": 230, "old.bac_ninh.1": 150,
}  # fmt: skip
"""How many come to each from bodies outside and from procuracies that do not keep their books here."""

HISTORY_STARTS_ON = date(2023, 1, 3)
LATE_WORDS = ("{next}", "Tổng kết")
OF_TODAY = (
    "khu vực",
    "sau sắp xếp",
    "422/QĐ-TTg",
    "2025",
    "2026",
    "mã hồ sơ",
    "Trợ lý ảo",
    "người chưa thành niên",
)
"""Words that a document before the reorganisation cannot hold."""

RESTRICTED_UNITS = frozenset({"TTr", "P15"})
CAST_UNITS = frozenset({"P1", "P8", "P9"})
"""Their matters come twice as often, so that the desks of the cast show something."""

URGENCY = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3)
SECTOR_SHARE = 0.3


def span(office: str) -> tuple[date, date]:
    """First and last day of an office's book in the demonstration."""
    if office in ground.PREDECESSORS:
        return HISTORY_STARTS_ON, LAST_DAY_OF_FOUR_LEVELS
    return (HISTORY_STARTS_ON if office == SUPREME else REORGANISED_ON), date.max - timedelta(days=9)


class Deck:
    """Deals patterns of one class of writer, all of them before any comes again."""

    def __init__(self, random: Random, writer: str) -> None:
        self.random = random
        self.all = [one for one in by_writer()[writer] for _ in range(2 if one.unit in CAST_UNITS else 1)]
        self.left: list[Pattern] = []

    def deal(self, day: date) -> Pattern:
        """The next pattern that fits the day."""
        for _ in range(2 * len(self.all) + 2):
            if not self.left:
                self.left = self.random.sample(self.all, len(self.all))
            pattern = self.left.pop()
            if fits(pattern, day):
                return pattern
        return next((pattern for pattern in self.all if fits(pattern, day)), self.all[0])


def fits(pattern: Pattern, day: date) -> bool:
    """Whether an office could write this on the day."""
    if any(word in pattern.text for word in LATE_WORDS) and day.month < 9:
        return False
    return day >= REORGANISED_ON or not any(word in pattern.text for word in OF_TODAY)


FORMS_OF_SIGNING = {"deputy": "KT.", "unit_head": "TL.", "admin_head": "TL."}
BY_ORDER = frozenset({"TB", "CV", "GM"})
"""Kinds that the head of a unit may sign by order of the head of the office (TL.)."""

NAMES = {person.key: person.name for person in staff().people}


class Writer:
    """Writes papers; one random source, so that the same day always gives the same sector."""

    def __init__(self, random: Random, last: date) -> None:
        self.random = random
        self.last = last
        self.decks: dict[str, Deck] = {}
        self.names = Names(random, set())
        self.signers: dict[str, list[tuple[str, str]]] = {}
        self.counters: dict[tuple[str, str, int], int] = {}

    def deck(self, writer: str) -> Deck:
        return self.decks.setdefault(writer, Deck(self.random, writer))

    def subject(self, pattern: Pattern, office: str, day: date, readers: str | None = None) -> str:
        """The pattern filled with places of `office`, or of the province that reads it."""
        colleagues = tuple(
            NAMES[post.person] for post in ground.with_role(readers or office, "specialist", "unit_deputy")
        )
        words = Words(self.random, ground.ground(readers or office), day, colleagues)
        return pattern.text.format_map(words)

    def name_of(self, person: str) -> str:
        """Full name behind a sign-in name."""
        return NAMES[person]

    def signer(self, office: str, kind: str, unit: str | None) -> PostSpec:
        """A leader, or for some kinds the head of the unit."""
        if unit and kind in BY_ORDER and self.random.random() < 0.3:
            return ground.head_of(office, unit)
        return ground.leader_for(self.random, office, unit)

    def departures(self) -> Iterator[Departure]:
        """Everything that the loaded offices issue, office by office."""
        for office, count in OUT.items():
            first, end = span(office)
            for day in Days(first, end, self.last).draw(self.random, count):
                yield self.departure(office, self.deck(ground.writer_class(office)).deal(day), day)

    def departure(self, office: str, pattern: Pattern, day: date) -> Departure:
        """One document of a loaded office."""
        level = ground.writer_class(office)
        target = target_province(self.random, pattern, day) if level in {"TC", "PT"} else None
        if level == "PT":
            target = target or self.random.choice(TARGETS)
        readers = target if level != "TC" else target or self.random.choice(ground.provinces(day))
        subject = self.subject(pattern, office, day, readers)
        departure = self.issue(office, pattern.kind, pattern.unit, subject, day)
        departure.sendings = addressees(self.random, office, pattern, target, day)
        for sending in departure.sendings:
            if sending.office is None:
                sending.name = named_in(subject) or sending.name
        return departure

    def issue(self, office: str, kind: str, field: str, subject: str, day: date) -> Departure:
        """A departure without recipients yet; the number comes when all are known."""
        random, spec = self.random, by_key()[office]
        unit = ground.unit_for(office, field)
        signer = self.signer(office, kind, unit)
        form = FORMS_OF_SIGNING.get(signer.role, "")
        title = signer.title
        paper = Paper(
            kind, ground.notation(spec, by_code(kind).abbreviation, unit), day, office, spec.name, subject,
            NAMES[signer.person], title, field, office, random.randrange(10**9), random.choice(URGENCY),
            random.choice((1, 1, 2, 2, 3)), restricted=field in RESTRICTED_UNITS and random.random() < 0.25,
        )  # fmt: skip
        if kind in {"CV", "YC", "KNG"} or random.random() < 0.2:
            paper.reply_due_on = working_days_after(day, random.randint(5, 22))
        return Departure(
            paper, office, unit, ground.worker(random, office, unit).person, ground.head_of(office, unit).person,
            signer.person, form, ground.clerk_of(random, office), moment(random, day),
            medium="parallel" if day < date(2025, 1, 1) and random.random() < 0.4 else "electronic",
        )  # fmt: skip

    def elsewhere(self) -> Iterator[tuple[str, Paper, str]]:
        """(receiver, paper, channel) of what comes from outside and from procuracies without a book here."""
        for office, count in ELSEWHERE.items():
            first, end = span(office)
            for day in Days(first, end, self.last).draw(self.random, count):
                if self.random.random() < SECTOR_SHARE:
                    yield office, self.from_sector(office, day), "axis"
                else:
                    yield office, *self.from_outside(office, day)

    def from_sector(self, receiver: str, day: date) -> Paper:
        """A document of a procuracy of the sector that still works with the old program."""
        match ground.writer_class(receiver):
            case "TC" | "PT":
                choices = [key for key in ground.provinces(day) if not ground.is_staffed(key)]
            case "T":
                choices = [key for key in ground.regions(receiver) if not ground.is_staffed(key)]
            case _:
                parent = by_key()[receiver].parent or SUPREME
                choices = [key for key in ground.regions(parent) if not ground.is_staffed(key)]
        issuer = self.random.choice(choices)
        writer = "KV" if by_key()[issuer].level in {"region", "district"} else "T"
        pattern = self.deck(writer).deal(day)
        while pattern.kind not in {"BC", "CV", "TTR", "TB"}:
            pattern = self.deck(writer).deal(day)
        spec = by_key()[issuer]
        unit = f"x/{pattern.unit}" if spec.level == "province" else None
        notation = ground.notation(spec, by_code(pattern.kind).abbreviation, unit)
        titles = ("Viện trưởng", "Phó Viện trưởng")
        paper = self.paper(
            pattern, notation, day, issuer, spec.name, receiver, titles, self.subject(pattern, issuer, day)
        )
        paper.number = self.number(spec.name, notation, day, 420)
        return paper

    def from_outside(self, receiver: str, day: date) -> tuple[Paper, str]:
        """A document of a court, the police, a committee … and the channel by which it came."""
        random = self.random
        keys = [key for key in BODIES if self.writes_to(key, receiver)]
        body = BODIES[random.choices(keys, [BODIES[key].weight for key in keys])[0]]
        pattern = self.deck(body.key).deal(day)
        province = ground.ground(receiver)
        if receiver in {SUPREME, "pt.hn"} and body.key not in {"BO", "LS"}:
            province = random.choice((ground.province_of("bac_ninh"), ground.province_of("hai_phong")))
        number = random.randint(1, province.regions)
        commune = f"xã {random.choice(province.former[0].districts).name}"
        kind = by_code(pattern.kind)
        symbol = random.choice(body.letter) if pattern.kind in {"CV", "DCV"} else body.other
        notation = filled(symbol, province, number, commune).replace("{kind}", kind.abbreviation)
        if kind.family == "party":
            notation = f"-{notation}"
        name = filled(body.name, province, number, commune)
        subject = self.subject(pattern, receiver, day, province.key)
        paper = self.paper(pattern, notation, day, None, name, receiver, body.signers, subject)
        paper.number = self.number(name, notation, day, body.per_year)
        channel = body.channel if random.random() < 0.7 else random.choice(("axis", "scan", "email"))
        return paper, channel

    def writes_to(self, body: str, receiver: str) -> bool:
        """Whether a body outside has business with an office of this level."""
        match ground.writer_class(receiver):
            case "TC":
                return body in {"BO", "UB", "DD", "LS", "HDND", "TCD"}
            case "PT":
                return body in {"TA", "LS", "BO"}
            case "KV":
                return body in {"CA", "TAKV", "UBX", "THKV", "LS", "TG"}
            case _:
                return body not in {"TAKV", "THKV"}

    def paper(
        self, pattern: Pattern, notation: str, day: date, issuer: str | None, name: str, receiver: str,
        titles: tuple[str, ...], subject: str,
    ) -> Paper:  # fmt: skip
        """A paper that `receiver` types in or gets over the axis, signed by one of two people of the issuer."""
        random = self.random
        if name not in self.signers:
            self.signers[name] = [(self.names.one_off(), title) for title in titles[:2]]
        signer, title = random.choice(self.signers[name])
        paper = Paper(
            pattern.kind, notation, day, issuer, name, subject, signer, title, pattern.unit, receiver,
            random.randrange(10**9), random.choice(URGENCY), random.choice((1, 1, 1, 2, 2, 3)),
        )  # fmt: skip
        if is_personal(pattern) and random.random() < 0.35:
            paper.reply_due_on = working_days_after(day, random.randint(6, 22))
        return paper

    def number(self, issuer: str, notation: str, day: date, per_year: int) -> str:
        """A number that rises with the year and that the issuer has not used for this symbol."""
        key = (issuer, notation, day.year)
        expected = per_year * day.timetuple().tm_yday // 366 + self.random.randint(1, 9)
        self.counters[key] = max(self.counters.get(key, 0) + 1, expected)
        return f"{self.counters[key]:02d}"
