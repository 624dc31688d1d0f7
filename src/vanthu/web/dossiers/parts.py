"""A whole dossier as the actor sees it: documents in order of time, their files and the fields of Phụ lục VI."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from django.utils.timezone import localtime

from vanthu.documents import filing
from vanthu.documents import queries as documents
from vanthu.dossiers import queries
from vanthu.issuing import filing as drafting
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.web.dossiers.contents import Line, contents

if TYPE_CHECKING:
    from vanthu.documents.models import Document, IncomingEntry, OutgoingEntry
    from vanthu.documents.queries import Seen
    from vanthu.kernel.files.models import Attachment

type Fields = list[tuple[str, "str | int | Fields"]]  # (name of Phụ lục VI, value), in the decree's order


@dataclass(frozen=True, slots=True)
class Part:
    """One thing in a dossier: its line, its files, its fields; `sort` is incoming, outgoing, draft or paper."""

    sort: Literal["incoming", "outgoing", "draft", "paper"]
    line: Line
    files: "tuple[Attachment, ...]" = ()
    fields: Fields = field(default_factory=list)


def parts(dossier_id: int, by: Actor) -> list[Part]:
    """What lies in a dossier, in order of time (III.4.g); what the actor does not see is left out."""
    lines = contents(dossier_id, by)
    became = drafting.issued_from(_ids(lines, "draft"), by)
    incoming = filing.entries_incoming(_ids(lines, "in"), by)
    outgoing = filing.entries_outgoing([*_ids(lines, "out"), *became.values()], by)
    owned = [one.entry.document_id for one in incoming.values() if one.sight.files]
    owned += [one.entry.document_id for one in outgoing.values() if one.sight.files]
    files = documents.document_files(owned)
    papers = queries.paper_files(_ids(lines, "paper"))
    made = []
    for line in lines:
        entry = outgoing.get(became.get(line.item_id, 0) if line.item_kind == "draft" else line.item_id)
        if line.item_kind == "in":
            made.append(_incoming(line, incoming[line.item_id], files))
        elif line.item_kind == "paper":
            made.append(Part("paper", line, tuple(papers[line.item_id]), _paper(line)))
        elif entry is not None:
            made.append(_outgoing(line, entry, files))
        else:
            made.append(Part("draft", line, (), _paper(line)))
    return sorted(made, key=lambda part: (part.line.day or date.max, part.line.ordinal))


def _ids(lines: Iterable[Line], kind: str) -> list[int]:
    return [line.item_id for line in lines if line.item_kind == kind]


def day(value: date | None) -> str:
    """DD/MM/YYYY, as Phụ lục VI writes days in ten characters."""
    return f"{value:%d/%m/%Y}" if value else ""


def _incoming(line: Line, seen: "Seen[IncomingEntry]", files: "dict[int, list[Attachment]]") -> Part:
    one = seen.entry
    fields: Fields = [
        *_described(line, one, one.document.language, one.remark),
        ("ArrivalDate", day(one.arrived_on)),
        ("ArrivalNumber", one.arrival_number or ""),
        _signer(one),
        ("Priority", one.urgency),
        ("ToPlaces", one.receivers),
        ("TraceHeaderList", [] if seen.sight.masked else _trace(one)),
        ("DueDate", day(one.due_on)),
    ]
    return Part("incoming", line, tuple(files.get(one.document_id, ())), fields)


def _outgoing(line: Line, seen: "Seen[OutgoingEntry]", files: "dict[int, list[Attachment]]") -> Part:
    one = seen.entry.document
    fields: Fields = [
        *_described(line, one, one.language, seen.entry.remark),
        _signer(one),
        ("To", [("OrganName", name.strip()) for name in seen.entry.recipients.split(";") if name.strip()]),
        ("Priority", one.urgency),
        ("IssuedAmount", seen.entry.copies),
        ("DueDate", day(one.reply_due_on)),
    ]
    return Part("outgoing", line, tuple(files.get(seen.entry.document_id, ())), fields)


def _described(line: Line, one: "IncomingEntry | Document", language: str, remark: str) -> Fields:
    """The fields with which incoming and outgoing documents begin (Phụ lục VI, part II)."""
    return [
        ("DocOrdinal", line.ordinal),
        ("TypeName", one.kind_name),
        ("CodeNumber", one.number),
        ("CodeNotation", one.notation),
        ("IssuedDate", day(one.issued_on)),
        ("OrganName", one.issuer_name),
        ("Subject", one.subject),
        ("Language", language),
        ("PageAmount", line.pages or ""),
        ("Description", remark),
    ]


def _signer(one: "IncomingEntry | Document") -> tuple[str, Fields]:
    return "SignerInfo", [("Position", one.signer_title), ("FullName", one.signer_name)]


def _trace(entry: "IncomingEntry") -> Fields:
    """What was said and done with an incoming document (field 17)."""
    return [
        (
            "TraceHeader",
            [
                ("Time", localtime(act.at).isoformat(timespec="seconds")),
                ("Actor", " ".join(filter(None, (act.actor_title, act.actor_name)))),
                ("Action", act.note),
            ],
        )
        for act in ledger.history(entry)
    ]


def _paper(line: Line) -> Fields:
    return [
        ("DocOrdinal", line.ordinal),
        ("TypeName", line.kind),
        ("IssuedDate", day(line.day)),
        ("OrganName", line.author),
        ("Subject", line.subject),
        ("PageAmount", line.pages or ""),
    ]
