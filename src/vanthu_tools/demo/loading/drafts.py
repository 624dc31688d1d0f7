"""Drafts with versions, reviews and recipients; deliveries with what came back; dossiers with their contents."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from vanthu.dossiers.models import Dossier, DossierItem
from vanthu.exchange.models import Delivery, Receipt
from vanthu.issuing.models import Draft, Recipient, Review, Version
from vanthu.kernel.models import Participant
from vanthu_tools.demo.clock import ZONE
from vanthu_tools.demo.loading.handling import Rows
from vanthu_tools.demo.loading.ids import TITLES, Ids, put
from vanthu_tools.demo.plan import item_day
from vanthu_tools.demo.story import Arrival, Departure, DossierStory, DraftStory, Plan, Sending

RECEIPTS_FOR_DAYS = 120
"""Older deliveries keep their last state only."""


def load_drafts(plan: Plan, ids: Ids) -> None:
    drafts = put(Draft, (draft_row(one, ids) for one in plan.drafts))
    ids.drafts = {id(one): row.pk for one, row in zip(plan.drafts, drafts, strict=True)}
    rows = [
        Version(draft=draft, ordinal=place, made_by_id=ids.person(made.by), made_at=made.at, note=made.note)
        for one, draft in zip(plan.drafts, drafts, strict=True)
        for place, made in enumerate(one.versions, 1)
    ]
    versions = {(row.draft_id, row.ordinal): row.pk for row in put(Version, rows)}
    put(Review, (row for one in plan.drafts for row in reviews(one, ids, versions)))
    put(Recipient, (row for one in plan.drafts for row in recipients(one, ids)))
    put(Participant, (row for one in plan.drafts for row in of_draft(one, ids)))


def draft_row(one: DraftStory, ids: Ids) -> Draft:
    return Draft(
        office_id=ids.office(one.office),
        unit_id=ids.unit(one.unit),
        drafter_id=ids.person(one.drafter),
        kind=one.kind,
        notation=one.notation,
        subject=one.subject[:500],
        urgency=one.urgency,
        restricted=one.departure.paper.restricted if one.departure else False,
        replies_to_id=ids.arrivals[id(one.replies_to)] if one.replies_to else None,
        signer=ids.posts[one.signer, one.office],
        signing_form=one.signing_form,
        state=one.state,
        last_version=len(one.versions),
        content_by_id=next(
            (ids.person(n.author) for n in one.notes if (n.step, n.decision) == ("content", "agree")), None
        ),
        outgoing_id=ids.departures[id(one.departure)] if one.departure else None,
        created_at=one.created_at,
        submitted_at=one.submitted_at,
        signed_at=one.signed_at,
        signature_level="B-T" if one.signed_at else "",
    )


def reviews(one: DraftStory, ids: Ids, versions: dict[tuple[int, int], int]) -> Iterator[Review]:
    draft = ids.drafts[id(one)]
    for note in one.notes:
        yield Review(
            draft_id=draft,
            version_id=versions[draft, note.version],
            step=note.step,
            decision=note.decision,
            author_id=ids.person(note.author),
            author_title=TITLES[note.author],
            text=note.text,
            written_at=note.at,
        )


def recipients(one: DraftStory, ids: Ids) -> Iterator[Recipient]:
    for place, sending in enumerate(one.recipients):
        office = ids.office(sending.office) if sending.office else None
        yield Recipient(draft_id=ids.drafts[id(one)], office_id=office, name=sending.name, position=place)


def of_draft(one: DraftStory, ids: Ids) -> Iterator[Participant]:
    """The office, the drafter, the unit and the signer, as `issuing.showing.show` would have left them."""
    office, state = ids.office(one.office), one.state
    moments = [one.created_at, *(v.at for v in one.versions), *(n.at for n in one.notes), one.submitted_at]
    at = max(moment for moment in moments if moment is not None)
    restricted = bool(one.departure and one.departure.paper.restricted)
    rows = Rows("draft", ids.drafts[id(one)], office, urgency=one.urgency, restricted=restricted)
    due = {"due_on": one.replies_to.due_on if one.replies_to else None}
    rows.add(("o", office), "holder", state, at, pending=state in {"form", "signed"}, **due)
    mine = drafter_state(one)
    rows.add(
        ("p", ids.person(one.drafter)), "drafter", mine, at, pending=mine in {"drafting", "returned"}, **due
    )
    if one.unit:
        turn = state == "content"
        rows.add(
            ("u", ids.units[one.unit].pk), "unit", "to_review" if turn else "watch", at, pending=turn, **due
        )
    if state in {"approval", "signed", "issued"}:
        turn = state == "approval"
        rows.add(
            ("p", ids.person(one.signer)), "signer", "to_sign" if turn else "signed", at, pending=turn, **due
        )
    return rows.all()


def drafter_state(one: DraftStory) -> str:
    """What the drafter sees: a returned draft is back in their hands."""
    if one.state == "drafting":
        returned = one.notes and one.notes[-1].decision == "return"
        return "returned" if returned else "drafting"
    return one.state if one.state in {"signed", "issued", "withdrawn"} else "submitted"


def load_deliveries(plan: Plan, ids: Ids) -> None:
    pairs = [(one, sending) for one in plan.departures for sending in one.sendings]
    places = [place for one in plan.departures for place, _ in enumerate(one.sendings)]
    since = datetime.combine(plan.today - timedelta(days=RECEIPTS_FOR_DAYS), time(), ZONE)
    rows = [
        delivery_row(one, sending, place, ids) for (one, sending), place in zip(pairs, places, strict=True)
    ]
    for row in rows:
        if row.state == "returned" and row.changed_at < since:
            row.settled_at = row.changed_at
    made = put(Delivery, rows)
    put(
        Receipt,
        (
            Receipt(delivery=row, state=state, note=note, at=at)
            for (one, sending), row in zip(pairs, made, strict=True)
            for state, note, at in came_back(sending)
            if one.numbered_at >= since
        ),
    )


def delivery_row(departure: Departure, sending: Sending, place: int, ids: Ids) -> Delivery:
    arrival = sending.arrival
    return Delivery(
        document_id=ids.documents[id(departure.paper)],
        outgoing_id=ids.departures[id(departure)],
        from_office_id=ids.office(departure.office),
        to_office_id=ids.office(sending.office) if sending.office else None,
        to_name=sending.name,
        channel="internal" if sending.office else "paper",
        state=sending.state,
        entry_id=ids.arrivals[id(arrival)] if arrival else None,
        arrival_number=sending.arrival_number,
        reason=arrival.returned_reason if arrival else "",
        position=place,
        queued_at=departure.numbered_at,
        changed_at=sending.at or departure.numbered_at,
    )


def came_back(sending: Sending) -> Iterator[tuple[str, str, datetime]]:
    """(state, note, moment) of everything that the receiver's acts sent back."""
    arrival = sending.arrival
    if arrival is None:
        return
    yield "sent", "", arrival.arrived_at
    if arrival.returned_at:
        yield "returned", arrival.returned_reason, arrival.returned_at
    if arrival.registered_at:
        yield "registered", f"số đến {arrival.arrival_number}", arrival.registered_at
    if arrival.directed_at:
        yield "handling", "", arrival.directed_at
    if arrival.finished_at:
        yield "done", "", arrival.finished_at


def load_dossiers(plan: Plan, ids: Ids) -> None:
    rows = put(Dossier, (dossier_row(one, ids) for one in plan.dossiers))
    ids.dossiers = {id(one): row.pk for one, row in zip(plan.dossiers, rows, strict=True)}
    put(
        DossierItem,
        (
            DossierItem(
                dossier_id=ids.dossiers[id(one)],
                item_kind_of=kind,
                item_id_of=number,
                ordinal=place,
                added_at=datetime.combine(item_day(item), time(16, 30), ZONE),
                added_by_id=ids.person(one.keeper),
            )
            for one in plan.dossiers
            for place, item in enumerate(one.items, 1)
            for kind, number in [item_of(item, ids)]
        ),
    )
    put(Participant, (row for one in plan.dossiers for row in of_dossier(one, ids)))
    put(Participant, in_archive(plan, ids))


def item_of(item: Arrival | Departure, ids: Ids) -> tuple[str, int]:
    """(kind, id) of what lies in a dossier."""
    return ("in", ids.arrivals[id(item)]) if isinstance(item, Arrival) else ("out", ids.departures[id(item)])


def dossier_row(one: DossierStory, ids: Ids) -> Dossier:
    return Dossier(
        office_id=ids.office(one.office),
        unit_id=ids.unit(one.unit),
        creator_id=ids.person(one.keeper),
        year=one.started_on.year,
        ordinal=one.ordinal,
        notation=one.notation,
        title=one.title,
        retention_years=one.retention_years,
        state=one.state,
        started_on=one.started_on,
        ended_on=one.ended_on,
        last_ordinal=len(one.items),
    )


def opened_at(one: DossierStory) -> datetime:
    """A dossier is opened in the morning of its first document's day, or just after that document."""
    return datetime.combine(one.started_on, time(16, 20), ZONE)


def of_dossier(one: DossierStory, ids: Ids) -> Iterator[Participant]:
    office = ids.office(one.office)
    rows = Rows("dossier", ids.dossiers[id(one)], office, urgency=0, restricted=False)
    at = opened_at(one)
    rows.add(("o", office), "holder", one.state, at)
    rows.add(("p", ids.person(one.keeper)), "keeper", one.state, at, pending=one.state == "open")
    if one.unit:
        rows.add(("u", ids.units[one.unit].pk), "holder", one.state, at)
    if one.state == "handed_over":
        rows.add(("a", office), "archive", "handed_over", handed_over_at(one))
    return rows.all()


def handed_over_at(one: DossierStory) -> datetime:
    """Two months after its end."""
    ended = one.ended_on or one.started_on
    return datetime.combine(ended + timedelta(days=60), time(9), ZONE)


def in_archive(plan: Plan, ids: Ids) -> Iterator[Participant]:
    """What lies in dossiers that were handed over is the archive's too."""
    for one in plan.dossiers:
        if one.state != "handed_over":
            continue
        for item in one.items:
            kind, number = item_of(item, ids)
            rows = Rows(kind, number, ids.office(one.office), urgency=0, restricted=item.paper.restricted)
            rows.add(("a", ids.office(one.office)), "archive", "handed_over", handed_over_at(one))
            yield from rows.all()
