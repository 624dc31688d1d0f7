"""From what was typed, and by whom, to the questions that PostgreSQL answers."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from vanthu.kernel.actor import Actor, OwnerKind, Reach
from vanthu.search import asking, frequencies
from vanthu.search.asking import Group
from vanthu.search.frequencies import ALL, UNSEEN
from vanthu.search.tokens import owner_lexeme, words

type Field = Literal["issuer", "signer"]
type Scope = Literal["all", "office", "unit", "mine"]

OWNERS_IN: dict[Scope, tuple[OwnerKind, ...]] = {
    "all": ("o", "u", "p", "a"),
    "office": ("o", "a"),
    "unit": ("u",),
    "mine": ("p",),
}
LEVELS = {"full": 0, "masked": 1, "hidden": 2}


@dataclass(frozen=True, slots=True)
class Plan:
    """One search, ready to run: `rows`, `bodies` ("" = none) and `owned` are tsqueries; `per_day` is how many hits a
    day are expected. Of the rows that share a body those are hits that are `owned` by one who is shown them whole."""

    groups: tuple[Group, ...]
    fields: tuple[tuple[Field, Group], ...]  # what must stand in one field
    rows: str
    bodies: str
    owned: str
    per_day: float
    reaches: tuple[Reach, ...]
    offices: tuple[int, ...]  # whose items the actor may have a part in


def plan(
    text: str,
    by: Actor,
    *,
    scope: Scope = "all",
    kind: str = "",
    item_kind: str = "",
    fields: Mapping[Field, str] | None = None,
    unfinished: bool = False,
    browse: bool = False,
) -> Plan | None:
    """The plan of a search, or None when nothing was asked or the actor reaches nothing there. One query.

    `fields`: what must stand in the issuer or the signer, beside `text` or instead of it. With `browse` no words are
    needed: everything of that kind and scope is found, by its row.
    """
    typed = asking.read(text)
    named = {name: asking.read(f'"{typed_}"') for name, typed_ in (fields or {}).items()}
    owners = [reach for reach in by.open_reaches if reach.owner_kind in OWNERS_IN[scope]]
    if not (typed or any(named.values()) or browse) or not owners or by.office_id is None:
        return None
    narrow = [mark + "".join(words(code)) for mark, code in (("_k", kind), ("_i", item_kind)) if code]
    whole = [owner_lexeme(reach.owner_kind, reach.owner_id) for reach in owners]
    everything = [*typed, *chain.from_iterable(named.values())]
    known = frequencies.of({*asking.candidates(everything), *whole, *narrow})
    groups = tuple(asking.groups(typed, known, unfinished=unfinished))
    in_fields = tuple((name, group) for name, parts in named.items() for group in asking.groups(parts, known))
    sought = (*groups, *(group for _, group in in_fields))
    if not (sought or browse):
        return None
    asked, seen = " & ".join(map(_asked, sought)), _any_of(_scope(owners))
    owned = _all_of([seen, *map(_quoted, narrow)])
    per_day = _per_day(sought, known.rows, whole) + _per_day(sought, known.bodies, whole)
    return Plan(
        groups=groups,
        fields=in_fields,
        rows=_any_of_queries([f"({asked}) & {owned}" if sought else owned, *_masked(sought, owners, narrow)]),
        bodies=f"({asked}) & {seen}" if sought else "",
        owned=owned,
        per_day=per_day if sought else _browsed_per_day(known.rows, whole, narrow),
        reaches=by.open_reaches,
        offices=tuple(sorted(by.offices)),
    )


def _browsed_per_day(known: dict[str, float], whole: Iterable[str], narrow: Iterable[str]) -> float:
    """Expected rows a day of these owners that have every lexeme of `narrow`."""
    everything = known.get(ALL, 0.0)
    kept = math.prod(min(1.0, known.get(one, 0.0) / everything) for one in narrow) if everything else 0.0
    return kept * _per_day((), known, whole)


def _scope(owners: Iterable[Reach]) -> list[str]:
    """Lexemes of the rows whose metadata an actor sees whole through these owners."""
    found = [owner_lexeme(reach.owner_kind, reach.owner_id) for reach in owners]
    return found + [
        owner_lexeme(reach.owner_kind, reach.owner_id, restricted=True)
        for reach in owners
        if reach.restricted == "full"
    ]


def _masked(groups: Iterable[Group], owners: Iterable[Reach], narrow: Sequence[str]) -> list[str]:
    """The question to rows of which the actor sees only number, date and issuer: those must answer it alone."""
    scope = [
        owner_lexeme(reach.owner_kind, reach.owner_id, restricted=True)
        for reach in owners
        if reach.restricted == "masked"
    ]
    if not scope:
        return []
    return [_all_of([*(_asked(group, "_m") for group in groups), _any_of(scope), *map(_quoted, narrow)])]


def _asked(group: Group, mark: str = "") -> str:
    return _any_of_queries(_all_of(_quoted(mark + one) for one in chain) for chain in group.alternatives)


def _quoted(lexeme: str) -> str:
    word = lexeme.rstrip("*").replace("\\", "\\\\").replace("'", "''")
    return f"'{word}':*" if lexeme.endswith("*") else f"'{word}'"


def _all_of(queries: Iterable[str]) -> str:
    return "(" + " & ".join(queries) + ")"


def _any_of(lexemes: Iterable[str]) -> str:
    return _any_of_queries(map(_quoted, lexemes))


def _any_of_queries(queries: Iterable[str]) -> str:
    return "(" + " | ".join(queries) + ")"


def _counted(lexeme: str) -> list[str]:
    """What is counted instead of the whole of a symbol: its parts, but for the last, which may be a beginning."""
    if not lexeme.startswith(("_t", "_y")):
        return [lexeme]
    return [f"_s{part}" for part in lexeme[2:].split("/")[:-1]]


def _per_day(groups: Iterable[Group], known: dict[str, float], scope: Iterable[str]) -> float:
    """Expected hits a day: as if owners were independent of words, and of the words each less than the one before.

    Words of one question belong together: each counts with the root of its share, the second rarest with the square
    root, the next with the fourth (exponential back-off, as planners of databases take it).
    """
    everything = known.get(ALL, 0.0)
    if not everything:
        return 0.0
    unseen = UNSEEN * everything / frequencies.NEWEST_ROWS

    def share(alternatives: Iterable[Iterable[str]]) -> float:
        rates = (
            min(known.get(one, unseen) for lexeme in chain for one in _counted(lexeme))
            for chain in alternatives
        )
        return min(1.0, sum(rates) / everything)

    rarest_first = sorted(share(group.alternatives) for group in groups)
    words = math.prod(math.pow(one, 0.5**place) for place, one in enumerate(rarest_first))
    return everything * words * share([lexeme] for lexeme in scope)
