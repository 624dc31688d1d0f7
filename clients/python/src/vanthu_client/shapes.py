"""What the interface answers and takes, as far as the client has words for it. Times are ISO 8601 texts."""

from datetime import date
from typing import Literal, Required, TypedDict


class Coded(TypedDict):
    """A code for programs, and its words."""

    code: str
    name: str


class Named(TypedDict):
    """Something with an id and a name."""

    id: int
    name: str


class Waiting(TypedDict):
    """A list of incoming documents and how many lie in it."""

    tab: str
    name: str
    count: int | None
    mine: bool


class Me(TypedDict):
    """Who the token acts for, and what waits for them."""

    account_id: int
    name: str
    title: str
    office: Named
    units: list[int]
    powers: list[Coded]
    scopes: list[Coded]
    incoming: list[Waiting]
    today: str


class WorkItem(TypedDict):
    """One thing that waits for me; `due_on` is a date (YYYY-MM-DD), `since_at` a moment (UTC)."""

    tab: Coded
    kind: Literal["in", "draft"]
    id: int
    href: str
    url: str
    subject: str
    symbol: str
    author: str
    arrival_number: int | None
    urgency: int
    due_on: str | None
    late: bool
    since_at: str
    behalf_of: str
    masked: bool


class WorkTab(TypedDict):
    """One kind of work, how much of it is open and how much late."""

    tab: str
    name: str
    kind: Literal["in", "draft"]
    open: int
    late: int


class FileRef(TypedDict):
    """A file of a document."""

    id: str
    name: str
    role: str
    media_type: str
    size: int
    pages: int | None


class Upload(TypedDict):
    """A file that was brought in and not used yet."""

    id: str
    name: str
    size: int
    media_type: str
    pages: int | None
    sha256: str
    kept_until_at: str


class Instruction(TypedDict):
    """What a leader wrote on a document."""

    author: str
    author_title: str
    behalf_of: str
    text: str
    written_at: str


class Task(TypedDict):
    """Who must do what until when."""

    id: int
    parent_id: int | None
    assignee: str
    role: Coded
    state: Coded
    due_on: str | None
    given_at: str
    done_at: str | None
    result: str


class Act(TypedDict):
    """A line of the history."""

    at: str
    actor: str
    behalf_of: str
    verb: str
    note: str


class EntryRow(TypedDict):
    """A line of the list of incoming documents."""

    id: int
    url: str
    arrival_number: int | None
    arrived_on: str | None
    arrived_at: str
    kind: Coded
    symbol: str
    issued_on: str | None
    issuer: str
    subject: str
    urgency: int
    state: Coded
    mine: str
    due_on: str | None
    lead: str
    restricted: bool
    masked: bool


class Entry(EntryRow):
    """An incoming document with all that hangs on it."""

    signer_name: str
    signer_title: str
    pages: int | None
    medium: Coded
    channel: Coded
    remark: str
    signature: str
    returned_reason: str
    closing_note: str
    files: list[FileRef]
    instructions: list[Instruction]
    tasks: list[Task]
    history: list[Act]


class Hit(TypedDict):
    """Something that search found; `found` are the words as they stand there."""

    item_kind: Literal["in", "out", "draft", "dossier"]
    id: int
    href: str
    url: str
    at: str
    kind: Coded | None
    symbol: str
    title: str
    issuer: str
    issued_on: str | None
    arrival_number: int | None
    masked: bool
    snippet: str
    found: list[str]


class NewEntry(TypedDict, total=False):
    """What is registered: `kind`, `issuer_name` and `subject` are needed."""

    kind: Required[str]
    issuer_name: Required[str]
    subject: Required[str]
    number: str
    notation: str
    issued_on: date | str
    signer_name: str
    signer_title: str
    urgency: int
    arrived_on: date | str
    due_on: date | str
    medium: Literal["electronic", "paper", "parallel"]
    remark: str
    restricted: bool
    secrecy: str
    duplicate_reason: str
    uploads: list[str]
