"""Who took over from whom: what is seen of predecessors, who has the work of an office that is no more."""

from collections.abc import Iterable

from django.db.models import QuerySet

from vanthu.kernel.calendar import today
from vanthu.organisations.change_models import UnitSuccession
from vanthu.organisations.models import Office, Succession


def office_and_predecessors(office_id: int, *, parts: bool = False) -> list[int]:
    """The office and all whose documents it took over, however many steps back.

    With `parts` also those that were split and gave it only some of their people: these see what named them there.
    """
    taken = Succession.objects.filter(on__lte=today(), whole__in=[True, not parts])
    return _with_predecessors([office_id], taken)


def units_and_predecessors(ids: Iterable[int]) -> list[int]:
    """Units and all whose part they took over."""
    return _with_predecessors(list(ids), UnitSuccession.objects.filter(on__lte=today()))


def _with_predecessors(known: list[int], taken: QuerySet[Succession] | QuerySet[UnitSuccession]) -> list[int]:
    known, fresh = [*known], [*known]
    while fresh:
        before = taken.filter(successor__in=fresh).values_list("predecessor_id", flat=True)
        fresh = [number for number in before if number not in known]
        known += fresh
    return known


def heirs(ids: Iterable[int]) -> dict[int, int]:
    """{ended office: the office of today that takes what is sent to it}. One query when none of them ended."""
    wanted = list(ids)
    ended = Office.objects.filter(pk__in=wanted, valid_to_on__lt=today()).values_list("pk", flat=True)
    at = {pk: pk for pk in ended}
    moving = set(at)
    while moving:
        rows = Succession.objects.filter(
            predecessor__in={at[pk] for pk in moving}, on__lte=today(), whole=True
        ).values_list("predecessor", "successor", "successor__valid_to_on")
        steps = {before: (after, ends) for before, after, ends in rows}
        reached = {pk: steps[at[pk]] for pk in moving if at[pk] in steps}
        at |= {pk: after for pk, (after, _) in reached.items()}
        moving = {pk for pk, (_, ends) in reached.items() if ends is not None and ends < today()}
    return {pk: heir for pk, heir in at.items() if heir != pk}
