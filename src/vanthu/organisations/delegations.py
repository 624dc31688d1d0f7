"""Delegations as a legal fact: who acts for whom, how far, how they sign. Decree 30/2020/NĐ-CP, article 13."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.organisations import queries, rules
from vanthu.organisations.models import Delegation, Post, Unit
from vanthu.organisations.powers import POWERS, Book, Role

OF_BOOK: dict[str, frozenset[str]] = {
    Book.INCOMING: frozenset({"direct", "distribute", "assign"}),
    Book.OUTGOING: frozenset({"approve", "review_content", "review_form"}),
}
BY_UNIT = frozenset({"assign", "review_content", "review_form", "approve"})  # what belongs to one unit
HEADS = (Role.UNIT_HEAD, Role.ADMINISTRATION_HEAD)


def delegable(by: Actor) -> dict[str, str]:
    """{power: words} of what the actor's own posts and the rules of the office let them delegate."""
    found = queries.rules_of(by.office)
    own = frozenset[str]().union(*(rules.delegable_of(role, found) for role in by.roles))
    return {power: POWERS[power] for power in POWERS if power in own}


def delegations_of(by: Actor) -> list[Delegation]:
    """What the actor gave and received in this office and is not over, and what ended in the last 30 days."""
    mine = Q(giver__person=by.person_id) | Q(receiver__person=by.person_id)
    return list(_listed(by).filter(mine)[:100])


def delegations_in(by: Actor) -> list[Delegation]:
    """The same of the whole office, for its administrator."""
    by.require("administer")
    return list(_listed(by)[:200])


def _listed(by: Actor) -> QuerySet[Delegation]:
    return (
        Delegation.objects.filter(giver__office=by.office, ends_at__gt=now() - timedelta(days=30))
        .select_related("giver__person", "receiver__person", "unit")
        .order_by("-starts_at", "-id")
    )


def state_of(one: Delegation, moment: datetime) -> str:
    """revoked, over, later or now."""
    if one.revoked_at:
        return "revoked"
    if one.ends_at <= moment:
        return "over"
    return "later" if one.starts_at > moment else "now"


def words_for(powers: Iterable[str]) -> str:
    """Powers as pages and the ledger say them."""
    return "; ".join(POWERS[power] for power in powers)


def scope_of(unit: Unit | None, kinds: Iterable[str], book: str) -> str:
    """How far a delegation goes, in words; "" when it is confined to nothing."""
    parts = [
        Book(book).label.lower() if book else "",
        f"loại {', '.join(kinds)}" if kinds else "",
        f"của {unit.name}" if unit else "",
    ]
    return ", ".join(part for part in parts if part)


def form_of(giver: Post, receiver: Post) -> str:
    """The form in which the receiver signs for the giver: "KT.", "TUQ." or "" where no signature may be delegated."""
    if giver.role != Role.HEAD:
        return ""
    if receiver.role == Role.DEPUTY:
        return "KT."
    return "TUQ." if receiver.role in HEADS else ""
