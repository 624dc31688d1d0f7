"""The invitation behind an appointment: what its subject and its first file say, and whom it went to."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from vanthu.calendar import invitations
from vanthu.calendar.invitations import Invitation
from vanthu.documents import queries as documents
from vanthu.kernel import participants
from vanthu.kernel.actor import Actor, OwnerKind
from vanthu.kernel.calendar import today
from vanthu.kernel.files import queries as files
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.participants import Item, Owner
from vanthu.kernel.refusals import Invalid, NotFound
from vanthu.reading.text import page_texts

if TYPE_CHECKING:
    from vanthu.calendar.queries import Found
    from vanthu.documents.models import IncomingEntry

SUBJECT_LIMIT = 600


def invitation(entry_id: int, by: Actor) -> tuple[str, Invitation]:
    """(subject, time and place) of an incoming entry; raises `NotFound` for whoever does not see the whole of it."""
    seen = documents.incoming(entry_id, by)
    if seen.sight.masked:
        raise NotFound
    entry = seen.entry
    found = invitations.read(entry.subject, near=entry.issued_on or today())
    if (found.starts_at is None or not found.place) and seen.sight.files:
        text = _text(entry.document_id)
        found = invitations.read(entry.subject, text, near=entry.issued_on or today())
    return entry.subject[:SUBJECT_LIMIT], found


def invited(entry_id: int, by: Actor) -> list[Owner]:
    """The people and units of the office to whom the entry was given, people first; the actor where there are none."""
    rows = participants.owners(Item("in", entry_id))
    found = [
        Owner(cast("OwnerKind", row.owner_kind), row.owner_id)
        for row in rows
        if row.office_id == by.office and row.owner_kind in "pu"
    ]
    return sorted(found) or [Owner("p", by.person)]


def is_restricted(entry_id: int, by: Actor) -> bool:
    """Whether the appointment of this entry has to be kept from others, too."""
    return documents.incoming(entry_id, by).entry.restricted


def _text(document_id: int) -> str:
    """The text of the first page of the first PDF; "" when there is none that can be read."""
    for attachment in files.attachments("document", [document_id])[document_id]:
        if attachment.file.media_type == PDF:
            with files.copy_of(attachment.file, attachment.name) as path:
                try:
                    return page_texts(path)[0]
                except Invalid:
                    return ""
    return ""


def source_of(found: Found, by: Actor) -> IncomingEntry | None:
    """The invitation behind an appointment, if there is one that the actor may open."""
    if found.row.source_id is None or found.line.hidden:
        return None
    try:
        return documents.incoming(found.row.source_id, by).entry
    except NotFound:
        return None
