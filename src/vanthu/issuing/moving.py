"""Drafts when organisations change: they go on under the letterhead and symbol of the successor.

What was being checked or waited for a signature carries the old letterhead, so it goes back to its drafter.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import F, Q, QuerySet

from vanthu.documents import kinds, series
from vanthu.issuing.models import CoSigner, Draft, Opinion, Recipient
from vanthu.issuing.showing import show
from vanthu.issuing.states import DRAFTS, IN_REVIEW, UNFINISHED, DraftState
from vanthu.kernel import ledger, moves, participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.participants import Item
from vanthu.kernel.transfers import Route, transfer
from vanthu.organisations import queries as organisations
from vanthu.organisations.moving import Count, Extent, Room

GO_ON = (DraftState.DRAFTING, *IN_REVIEW)


def counts(extent: Extent) -> Sequence[Count]:
    """Drafts that go on, and those of them that go back to their drafter."""
    drafts = _drafts(extent)
    return (
        ("Dự thảo", drafts.count()),
        ("Dự thảo đang trình sẽ trả lại người soạn", drafts.filter(state__in=IN_REVIEW).count()),
    )


def _drafts(extent: Extent) -> QuerySet[Draft]:
    mine = Q(unit__in=extent.units) if extent.units else Q(office__in=extent.offices)
    return Draft.objects.filter(mine, state__in=GO_ON)


def obstacles(extent: Extent) -> Sequence[str]:
    """What is signed under the old name is issued under it, or given back to be signed again."""
    signed = Draft.objects.filter(office__in=extent.offices, state=DraftState.SIGNED).count()
    if not signed:
        return ()
    return (f"{signed} văn bản đã ký nhưng chưa cấp số. Phát hành, hoặc trả lại để ký lại ở nơi kế thừa.",)


def begin(route: Route, *, goes_on: bool, fresh: bool, reason: str, by: Actor) -> None:
    """Addressees and co-signers of other offices' drafts: the successor, and the same people in their new posts."""
    if route.whole:
        waiting = Recipient.objects.filter(office=route.office, draft__state__in=UNFINISHED)
        known = Recipient.objects.filter(office=route.to_office).values("draft")
        waiting.filter(Q(draft__in=known) | Q(draft__office=route.to_office)).delete()
        waiting.update(office=route.to_office, name=organisations.office(route.to_office).name)
    unsigned = CoSigner.objects.filter(
        post__in=list(route.posts), signed_at=None, draft__state__in=GO_ON
    ).select_related("draft")
    elsewhere: dict[Item, int] = {}
    for one in unsigned.order_by("pk"):
        Draft.objects.filter(pk=one.draft_id, next_co_signer=one.post_id).update(
            next_co_signer=route.posts[one.post_id]
        )
        one.post_id = route.posts[one.post_id]
        one.save(update_fields=["post"])
        if one.draft.office_id != route.office:
            elsewhere[Item("draft", one.draft_id)] = route.to_office
    transfer(elsewhere, route)


def take(route: Route, limit: int, by: Actor) -> Mapping[Item, int]:
    """Bring drafts over, each with its opinions still asked and its signer's new post."""
    mine = Q(office=route.office) if route.whole else Q(unit__in=list(route.units))
    rows = list(
        Draft.objects.select_for_update(of=("self",))
        .select_related("signer", "drafter")
        .filter(mine, state__in=GO_ON)
        .order_by("pk")[:limit]
    )
    taken = {Item("draft", row.pk): _home(row, route) for row in rows}
    transfer(taken, route)
    for row in rows:
        _go_on(row, route, taken[Item("draft", row.pk)])
    return taken


def _home(draft: Draft, route: Route) -> int:
    """The office that goes on with a draft: of its unit, else of its drafter."""
    if draft.unit_id is None:
        return route.people.get(draft.drafter_id, route.to_office)
    return route.place(draft.unit_id)[0]


def _go_on(draft: Draft, route: Route, office_id: int) -> None:
    before = draft.office_id, draft.notation
    place, unit = route.place(draft.unit_id)
    draft.office_id, draft.unit_id = office_id, unit if place == office_id else None
    signer = route.posts.get(draft.signer_id or 0)
    if signer is not None:
        draft.signer_id = signer
    elif draft.signer is not None and draft.signer.office_id != office_id:
        draft.signer = None
    draft.notation = _notation(draft)
    draft.save(update_fields=["office", "unit", "signer", "notation"])
    Recipient.objects.filter(draft=draft, office=F("draft__office")).delete()
    _opinions(draft, route)
    _again(draft, (draft.office_id, draft.notation) != before, route.note)


def _notation(draft: Draft) -> str:
    unit = organisations.unit(draft.unit_id, office_id=draft.office_id).abbreviation if draft.unit_id else ""
    return series.notation(draft.office_id, kinds.by_code(draft.kind), unit)


def _opinions(draft: Draft, route: Route) -> None:
    """A unit that was asked: its successor answers, unless that was asked too or belongs to another office now."""
    waiting = Opinion.objects.filter(
        consultation__draft=draft, consultation__closed_at=None, answered_at=None, unit__in=list(route.units)
    )
    for opinion in waiting.order_by("pk"):
        office, unit = route.place(opinion.unit_id)
        if office == draft.office_id and not _asked(opinion, unit):
            opinion.unit_id = unit
            opinion.save(update_fields=["unit"])
        else:
            opinion.delete()
            Draft.objects.filter(pk=draft.pk).update(opinions_asked=F("opinions_asked") - 1)


def _asked(opinion: Opinion, unit_id: int | None) -> bool:
    return Opinion.objects.filter(consultation=opinion.consultation_id, unit=unit_id).exists()


def _again(draft: Draft, relettered: bool, note: str) -> None:
    """Bring what people see up to date; what others had before them with the old letterhead goes back."""
    by = Actor.for_system(draft.office_id)
    rows = participants.owners(Item("draft", draft.pk))
    state = next((one.state for one in rows if one.role == "drafter"), "drafting")
    back = relettered and draft.state in IN_REVIEW
    if back:
        moves.make(DRAFTS, "return", draft, by=by)
        Draft.objects.filter(pk=draft.pk).update(next_co_signer=None)
        draft.next_co_signer = None
        CoSigner.objects.filter(draft=draft).update(signed_at=None, level="")
        state = "returned"
    show(draft, drafter_state=state)
    verb, said = ("issuing.returned", f"trả lại để trình theo thể thức mới; {note}") if back else (
        "issuing.reassigned", note,
    )  # fmt: skip
    ledger.record(verb, draft, by=by, note=said)


def renamed(office_id: int, unit_id: int | None, by: Actor) -> None:
    """New names stand in letterheads and symbols from now on."""
    _reletter(
        Draft.objects.filter(office=office_id, state__in=GO_ON, **({"unit": unit_id} if unit_id else {})),
        always=unit_id is None,
    )


def _reletter(drafts: Iterable[Draft], *, always: bool) -> None:
    for draft in drafts:
        before, draft.notation = draft.notation, _notation(draft)
        draft.save(update_fields=["notation"])
        if always or draft.notation != before:
            _again(draft, True, "tên cơ quan, đơn vị đã đổi")


MOVING = Room("issuing", counts=counts, obstacles=obstacles, begin=begin, take=take, renamed=renamed)
