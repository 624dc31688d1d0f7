"""Who took over from whom: what is seen of predecessors, who has the work of an office that is no more."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from vanthu.kernel.calendar import today
from vanthu.organisations.models import Office, Succession

_OFFICES = """
WITH RECURSIVE taken (id, whole) AS (
    SELECT %s::bigint, true
    UNION
    SELECT s.predecessor_id, t.whole AND s.whole
    FROM organisations_succession s JOIN taken t ON s.successor_id = t.id WHERE s."on" <= %s
)
SELECT id, bool_or(whole) FROM taken GROUP BY id
"""
_UNITS = """
WITH RECURSIVE taken (id) AS (
    SELECT unnest(%s::bigint[])
    UNION
    SELECT s.predecessor_id
    FROM organisations_unitsuccession s JOIN taken t ON s.successor_id = t.id WHERE s."on" <= %s
)
SELECT id FROM taken
"""


@dataclass(frozen=True, slots=True)
class Inherited:
    """Whose documents an office took over, and of which split ones it got some of the people only; without itself."""

    whole: tuple[int, ...] = ()
    parts: tuple[int, ...] = ()


def inherited(office_id: int) -> Inherited:
    """What an office has from others, however many steps back. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_OFFICES, [office_id, today()])
        rows = sorted((number, whole) for number, whole in cursor.fetchall() if number != office_id)
    return Inherited(
        tuple(number for number, whole in rows if whole), tuple(number for number, whole in rows if not whole)
    )


def units_and_predecessors(ids: Iterable[int]) -> list[int]:
    """Units and all whose part they took over, however many steps back; themselves first. At most one query."""
    known = list(ids)
    if not known:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_UNITS, [known, today()])
        found = {number for (number,) in cursor.fetchall()}
    return [*known, *sorted(found.difference(known))]


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
