"""Documents, series, incoming and outgoing entries, replies."""

from collections import defaultdict

from vanthu.documents import symbols
from vanthu.documents.models import Document, IncomingEntry, OutgoingEntry, Relation, Series
from vanthu_tools.demo.loading.ids import Ids, put
from vanthu_tools.demo.story import Arrival, Departure, Paper, Plan
from vanthu_tools.demo.texts import INFORMED
from vanthu_tools.demo.units import units_by_key

VERDICTS = {"internal": "", "axis": "unknown", "scan": "unsigned", "email": "unsigned", "file": "unsigned"}
"""What the check of a signature says before the worker has made the file."""


def papers_of(plan: Plan) -> list[Paper]:
    """Every paper once, in the order of its date."""
    papers = [*(one.paper for one in plan.departures), *(one.paper for one in plan.arrivals)]
    found = {id(paper): paper for paper in papers}
    return sorted(found.values(), key=lambda paper: paper.issued_on)


def described(paper: Paper) -> dict[str, object]:
    """The fields that a document and its entries share."""
    return {
        "kind": paper.kind,
        "number": paper.number,
        "notation": paper.notation,
        "issued_on": paper.issued_on,
        "issuer_name": paper.issuer_name,
        "subject": paper.subject,
        "signer_name": paper.signer_name,
        "signer_title": paper.signer_title,
        "urgency": paper.urgency,
        "pages": paper.pages,
    }


def load_documents(plan: Plan, ids: Ids) -> None:
    papers = papers_of(plan)
    rows = put(
        Document,
        (
            Document(
                **described(paper),
                issuer_id=ids.office(paper.issuer) if paper.issuer else None,
                entered_by_office_id=ids.office(paper.entered_by),
                restricted=paper.restricted,
                reply_due_on=paper.reply_due_on,
            )
            for paper in papers
        ),
    )
    ids.documents = {id(paper): row.pk for paper, row in zip(papers, rows, strict=True)}


def load_series(plan: Plan, ids: Ids) -> dict[tuple[str, str, str, str], Series]:
    """Every book with its last number, by (office, direction, scope, period)."""
    last: defaultdict[tuple[str, str, str, str], int] = defaultdict(int)
    for departure in plan.departures:
        key = (departure.office, "out", departure.scope, departure.period)
        last[key] = max(last[key], departure.number)
    for arrival in plan.arrivals:
        if arrival.registered_at is not None:
            key = (arrival.office, "in", "all", str(arrival.registered_at.year))
            last[key] = max(last[key], arrival.arrival_number or 0)
    rows = put(
        Series,
        (
            Series(office_id=ids.office(office), direction=direction, scope=scope, period=period, last=number)
            for (office, direction, scope, period), number in last.items()
        ),
    )
    return dict(zip(last, rows, strict=True))


def load_entries(plan: Plan, ids: Ids) -> None:
    """Both books, and which reply answers what."""
    load_documents(plan, ids)
    series = load_series(plan, ids)
    rows = put(IncomingEntry, (incoming_row(one, ids, series) for one in plan.arrivals))
    ids.arrivals = {id(one): row.pk for one, row in zip(plan.arrivals, rows, strict=True)}
    issued = put(OutgoingEntry, (outgoing_row(one, ids, series) for one in plan.departures))
    ids.departures = {id(one): row.pk for one, row in zip(plan.departures, issued, strict=True)}
    put(
        Relation,
        (
            Relation(
                source_id=ids.documents[id(one.paper)],
                target_id=ids.documents[id(one.replies_to.paper)],
                kind="replies_to",
            )
            for one in plan.departures
            if one.replies_to
        ),
    )


def receivers(arrival: Arrival, ids: Ids) -> list[tuple[str, str]]:
    """(name, role) of the assignees."""
    return [
        (ids.units[one.key].short_name if one.is_unit else ids.people[one.key].full_name, one.role)
        for one in arrival.assignees
    ]


def closing_note(arrival: Arrival) -> str:
    """What the entry was closed with."""
    if arrival.state != "done":
        return ""
    if arrival.reply is not None:
        paper = arrival.reply.paper
        return f"kết thúc bằng văn bản trả lời {symbols.join(paper.number, paper.notation)}"
    return INFORMED if arrival.result == INFORMED else f"kết thúc giải quyết: {arrival.result}"


def incoming_row(
    arrival: Arrival, ids: Ids, series: dict[tuple[str, str, str, str], Series]
) -> IncomingEntry:
    paper, at = arrival.paper, arrival.registered_at
    directed = arrival.directed_at if arrival.assignees else None
    return IncomingEntry(
        **described(paper),
        office_id=ids.office(arrival.office),
        document_id=ids.documents[id(paper)],
        series=series[arrival.office, "in", "all", str(at.year)] if at else None,
        arrival_number=arrival.arrival_number,
        arrived_on=at.date() if at else None,
        arrived_at=arrival.arrived_at,
        registered_at=at,
        state=arrival.state,
        medium=arrival.medium,
        channel=arrival.channel,
        due_on=arrival.due_on,
        restricted=paper.restricted,
        duplicate_key=symbols.duplicate_key(paper.issuer_name, paper.number, paper.notation),
        signature_verdict=VERDICTS[arrival.channel],
        returned_reason=arrival.returned_reason,
        receivers="; ".join(name for name, _ in receivers(arrival, ids)),
        handed_on_at=directed,
        closed_at=arrival.finished_at,
        closing_note=closing_note(arrival),
    )


def outgoing_row(
    departure: Departure, ids: Ids, series: dict[tuple[str, str, str, str], Series]
) -> OutgoingEntry:
    voided = bool(departure.voided_reason)
    code = units_by_key()[departure.unit].code if departure.unit else ""
    return OutgoingEntry(
        office_id=ids.office(departure.office),
        document_id=ids.documents[id(departure.paper)],
        series=series[departure.office, "out", departure.scope, departure.period],
        number=departure.number,
        state="voided" if voided else "issued",
        medium=departure.medium,
        restricted=departure.paper.restricted,
        recipients="; ".join(one.name for one in departure.sendings)[:4000],
        copy_kept_by=f"VT, {code}" if code else "VT",
        copies=max(1, len(departure.sendings)),
        numbered_at=departure.numbered_at,
        issued_at=None if voided else departure.numbered_at,
        voided_reason=departure.voided_reason,
    )
