"""Drafts on their way: in every state for the desks of today, and the history of what was issued lately."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from vanthu.documents.kinds import by_code
from vanthu_tools.demo import ground, texts
from vanthu_tools.demo.addressees import addressees, target_province
from vanthu_tools.demo.clock import CLOSING, ZONE, later, moment, working_days
from vanthu_tools.demo.offices import SUPREME
from vanthu_tools.demo.story import Arrival, Departure, DraftStory, Note, Sending, VersionStory
from vanthu_tools.demo.writing import FORMS_OF_SIGNING, Writer, fits

STATES = (
    ("drafting", 9), ("returned", 6), ("content", 9), ("form", 7), ("approval", 10), ("signed", 5), ("withdrawn", 1),
)  # fmt: skip
"""States and how many of 47 drafts are in each; a returned one is in the hands of its drafter again."""

UNFINISHED = {"bac_ninh": 47, SUPREME: 16, "bac_ninh.kv7": 9, "bac_ninh.kv6": 5, "bac_ninh.kv1": 4, "hai_phong": 6,
              "nghe_an": 5}  # fmt: skip
HISTORY_DAYS = 21
"""What was issued in so many days before keeps its draft, versions and reviews."""

STEPS = ("content", "form", "approval")
AGREED = {"content": texts.CONTENT_AGREED, "form": texts.FORM_AGREED, "approval": "Đồng ý ban hành.\nĐồng ý."}
RETURNED = {
    "content": texts.CONTENT_RETURNED,
    "form": texts.FORM_RETURNED,
    "approval": texts.APPROVAL_RETURNED,
}
PASSED = {
    "drafting": 0, "returned": 0, "withdrawn": 0, "content": 0, "form": 1, "approval": 2, "signed": 3, "issued": 3,
}  # fmt: skip
"""How many of the three steps are behind a draft in each state."""

FAVOURED_UNITS = ("P1", "P8", "P9", "P2", "P1", "P9", "P8", "P7", "P15", "P12", "P11", "VP")
"""Where the cast of the main province works."""


class Drafter:
    """Makes the stories of drafts until `last`, the last working day."""

    def __init__(self, random: Random, writer: Writer, last: date) -> None:
        self.random = random
        self.writer = writer
        self.last = last
        self.days = working_days(last - timedelta(days=18), last)

    def unfinished(self, answerable: list[Arrival]) -> Iterator[DraftStory]:
        """Drafts of today; some answer an arrival that is being handled."""
        for office, count in UNFINISHED.items():
            states = [state for state, share in STATES for _ in range(share)]
            self.random.shuffle(states)
            if count < len(states):
                states = self.mixed(states, count)
            open_here = [one for one in answerable if one.office == office and one.handler]
            for index, state in enumerate(states[:count]):
                yield self.story(office, state, index, open_here)

    def mixed(self, states: list[str], count: int) -> list[str]:
        """Every state at least once, where the count allows."""
        first = list(dict.fromkeys(states))
        return (sorted(first, key=lambda one: one == "withdrawn") + states)[:count]

    def story(self, office: str, state: str, index: int, open_here: list[Arrival]) -> DraftStory:
        """One unfinished draft."""
        random, day = self.random, random_day(self.random, self.days[:-1])
        if open_here and index % 3 == 0:
            arrival = open_here.pop(random.randrange(len(open_here)))
            text = arrival.paper.subject[:1].lower() + arrival.paper.subject[1:]
            draft = self.departure_like(
                office, "CV", arrival.paper.unit, f"Trả lời về việc {text[:380]}", day
            )
            draft.drafter, draft.replies_to = arrival.handler, arrival
            draft.recipients = [Sending(arrival.paper.issuer, arrival.paper.issuer_name)]
            day = max(day, (arrival.assigned_at or arrival.arrived_at).date())
        else:
            draft = self.fresh(office, index, day)
        draft.created_at = moment(random, day, morning=True)
        signer = ground.leader_for(random, office, draft.unit)
        draft.signer, draft.signing_form = signer.person, FORMS_OF_SIGNING.get(signer.role, "")
        if state == "content" and draft.unit is None:
            state = "form"
        self.walk(draft, state)
        draft.state = "drafting" if state == "returned" else state
        return draft

    def fresh(self, office: str, index: int, day: date) -> DraftStory:
        """A draft of an administrative kind that nobody asked for, in a unit of the cast where there is one."""
        level = ground.writer_class(office)
        wanted = FAVOURED_UNITS[index % len(FAVOURED_UNITS)] if office == "bac_ninh" else ""
        deck = self.writer.deck(level).all
        fitting = [one for one in deck if fits(one, day) and by_code(one.kind).family == "administrative"]
        pattern = self.random.choice([one for one in fitting if one.unit == wanted] or fitting)
        target = target_province(self.random, pattern, day) if level in {"TC", "PT"} else None
        subject = self.writer.subject(pattern, office, day, target)
        draft = self.departure_like(office, pattern.kind, pattern.unit, subject, day)
        draft.recipients = addressees(self.random, office, pattern, target, day)
        return draft

    def departure_like(self, office: str, kind: str, field: str, subject: str, day: date) -> DraftStory:
        """A draft with the fields that a departure of this office would have."""
        made = self.writer.issue(office, kind, field, subject, day)
        return self.from_departure(made)

    def from_departure(self, made: Departure) -> DraftStory:
        paper = made.paper
        return DraftStory(
            made.office, made.unit, made.drafter, paper.kind, paper.notation, paper.subject, paper.unit, paper.seed,
            "drafting", made.signer, made.signing_form, made.numbered_at, paper.urgency, checker=made.checker,
        )  # fmt: skip

    def issued(self, departure: Departure) -> DraftStory:
        """The history of an issued document, told backwards from its issue."""
        draft = self.from_departure(departure)
        draft.departure, draft.replies_to = departure, departure.replies_to
        draft.recipients = departure.sendings
        started = departure.numbered_at - timedelta(days=self.random.randint(2, 5))
        draft.created_at = started
        self.walk(draft, "issued", before=departure.numbered_at)
        draft.state = "issued"
        return draft

    def walk(self, draft: DraftStory, state: str, before: datetime | None = None) -> None:
        """Versions and reviews until the state, squeezed in before a moment."""
        end = before or datetime.combine(self.last, CLOSING, ZONE)
        passed = PASSED[state]
        detours = self.random.random() < 0.35 and state not in {"drafting", "withdrawn"}
        acts = self.acts(draft, state, passed, detours=detours)
        moments = spread(self.random, draft.created_at, end, len(acts))
        draft.versions.append(
            VersionStory(draft.created_at, draft.drafter, texts.lines(texts.VERSION_NOTES)[0])
        )
        for (what, step), at in zip(acts, moments, strict=True):
            self.act(draft, what, step, at)

    def acts(self, draft: DraftStory, state: str, passed: int, *, detours: bool) -> list[tuple[str, str]]:
        """The acts on the way, in order: submit, agree, return, revise, comment."""
        steps = STEPS if draft.unit else STEPS[1:]
        acts: list[tuple[str, str]] = []
        if state in {"drafting", "withdrawn"}:
            return [("revise", "")] if self.random.random() < 0.5 else []
        acts.append(("submit", ""))
        if state == "returned":
            step = self.random.choice(steps)
            acts += [("agree", one) for one in steps[: steps.index(step)]]
            return [*acts, ("return", step)]
        if detours:
            acts += [("return", steps[0]), ("revise", ""), ("submit", "")]
        if self.random.random() < 0.25:
            acts.append(("comment", ""))
        return acts + [("agree", step) for step in STEPS[:passed] if step in steps]

    def act(self, draft: DraftStory, what: str, step: str, at: datetime) -> None:
        random, version = self.random, len(draft.versions)
        match what:
            case "submit":
                draft.submitted_at = at
            case "revise":
                note = random.choice(texts.lines(texts.VERSION_NOTES)[1:])
                draft.versions.append(VersionStory(at, draft.drafter, note))
            case "comment":
                text = random.choice(texts.lines(texts.COMMENTS))
                draft.notes.append(Note(version, "comment", "comment", draft.checker, text, at))
            case _:
                sentences = AGREED[step] if what == "agree" else RETURNED[step]
                text = random.choice(texts.lines(sentences))
                draft.notes.append(Note(version, step, what, self.reviewer(draft, step), text, at))
                if (what, step) == ("agree", "approval"):
                    draft.signed_at = at

    def reviewer(self, draft: DraftStory, step: str) -> str:
        """Who decides at this step."""
        if step == "content":
            return draft.checker
        return draft.signer if step == "approval" else ground.admin_head(draft.office).person


def random_day(random: Random, days: list[date]) -> date:
    """A day, the later ones more often."""
    return random.choices(days, range(1, len(days) + 1))[0]


def spread(random: Random, start: datetime, end: datetime, count: int) -> list[datetime]:
    """So many moments in order between two, in office hours where there is room."""
    moments, at = [], start
    for _ in range(count):
        step = later(random, at, minutes=(15, 160))
        if random.random() < 0.4:
            step = later(random, at, days=1)
        at = step if step < end - timedelta(minutes=12) else at + (end - at) / 3
        moments.append(at)
    return moments
