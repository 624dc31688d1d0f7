"""What happened in the demonstration sector: papers, their arrival and handling, departures, drafts, dossiers."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(eq=False, slots=True)
class Paper:
    """A document. `unit` is the provincial abbreviation (or C2, V14) of what it concerns."""

    kind: str
    notation: str
    issued_on: date
    issuer: str | None
    """Key of the issuing office of the sector."""
    issuer_name: str
    subject: str
    signer_name: str
    signer_title: str
    unit: str
    entered_by: str
    """Key of the office that issued it, or typed it in."""
    seed: int
    urgency: int = 0
    pages: int = 1
    number: str = ""
    reply_due_on: date | None = None
    restricted: bool = False


@dataclass(eq=False, slots=True)
class Assignee:
    """A unit (`office/CODE`) or a person (sign-in name), with a role: lead, support, inform."""

    key: str
    role: str

    @property
    def is_unit(self) -> bool:
        return "/" in self.key


@dataclass(eq=False, slots=True)
class Arrival:
    """A paper at one office, as far as it has come: moments that have not come yet are None."""

    paper: Paper
    office: str
    arrived_at: datetime
    channel: str
    medium: str
    state: str = "waiting"
    clerk: str = ""
    registered_at: datetime | None = None
    arrival_number: int | None = None
    due_on: date | None = None
    leader: str = ""
    presented_at: datetime | None = None
    directed_at: datetime | None = None
    direction: str = ""
    assignees: list[Assignee] = field(default_factory=list)
    head: str = ""
    """The head of the leading unit, who passes it on."""
    handler: str = ""
    helpers: list[str] = field(default_factory=list)
    assigned_at: datetime | None = None
    assignment: str = ""
    finished_at: datetime | None = None
    result: str = ""
    returned_at: datetime | None = None
    returned_reason: str = ""
    reply: "Departure | None" = None


@dataclass(eq=False, slots=True)
class Sending:
    """A departure to one recipient; `arrival` is the receiver's, when it keeps its book here."""

    office: str | None
    name: str
    state: str = "outside"
    at: datetime | None = None
    arrival: Arrival | None = None
    arrival_number: int | None = None


@dataclass(eq=False, slots=True)
class Departure:
    """A paper that an office issued. `unit` drafted it; `signer`, `drafter`, `checker`, `clerk` are sign-in names."""

    paper: Paper
    office: str
    unit: str | None
    drafter: str
    checker: str
    signer: str
    signing_form: str
    clerk: str
    numbered_at: datetime
    sendings: list[Sending] = field(default_factory=list)
    scope: str = ""
    period: str = ""
    number: int = 0
    medium: str = "electronic"
    voided_reason: str = ""
    replies_to: Arrival | None = None


@dataclass(eq=False, slots=True)
class Note:
    """A review or comment on a version: step content, form, approval or comment; decision agree, return, comment."""

    version: int
    step: str
    decision: str
    author: str
    text: str
    at: datetime


@dataclass(eq=False, slots=True)
class VersionStory:
    at: datetime
    by: str
    note: str


@dataclass(eq=False, slots=True)
class DraftStory:
    """A draft on its way; `departure` is what it became."""

    office: str
    unit: str | None
    drafter: str
    kind: str
    notation: str
    subject: str
    matter: str
    """Provincial abbreviation of the unit that it concerns."""
    seed: int
    state: str
    signer: str
    signing_form: str
    created_at: datetime
    urgency: int = 0
    versions: list[VersionStory] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    recipients: list[Sending] = field(default_factory=list)
    submitted_at: datetime | None = None
    signed_at: datetime | None = None
    checker: str = ""
    replies_to: Arrival | None = None
    departure: Departure | None = None


@dataclass(eq=False, slots=True)
class DossierStory:
    office: str
    unit: str | None
    keeper: str
    title: str
    retention_years: int
    state: str
    started_on: date
    ended_on: date | None
    items: list[Arrival | Departure] = field(default_factory=list)
    ordinal: int = 0
    notation: str = ""


@dataclass(eq=False, slots=True)
class Plan:
    """Everything that happened until the last working day before `today`."""

    today: date
    arrivals: list[Arrival] = field(default_factory=list)
    departures: list[Departure] = field(default_factory=list)
    drafts: list[DraftStory] = field(default_factory=list)
    dossiers: list[DossierStory] = field(default_factory=list)
