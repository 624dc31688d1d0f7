"""What the posts of a person let them see: one reach for each owner of rows, those of predecessors too."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from vanthu.kernel.actor import Reach
from vanthu.organisations.inheriting import Inherited, units_and_predecessors
from vanthu.organisations.models import Delegation, OfficeRules, Post
from vanthu.organisations.powers import SIGHT, Book, SightRule


def of(
    posts: Sequence[Post], given: Sequence[Delegation], rules: OfficeRules, taken: Inherited
) -> tuple[Reach, ...]:
    """What these posts of one person in one office and the delegations to them show, one reach for each owner.

    `taken` is what the office has from its predecessors.
    """
    found = [reach for post in posts for reach in _of_post(post, rules, taken)]
    for one in given:
        if one.unit_id is not None:  # of a giver's sight no more than this unit
            lent = [Reach("u", one.unit_id, "hidden")]
        else:
            lent = list(_of_post(one.giver, rules, taken))
        items, kinds = _shown_by(one)
        via = one.giver.person.full_name
        found += [replace(reach, via=via, item_kinds=items, kinds=kinds) for reach in lent]
    return tuple(_widest(found))


def _of_post(post: Post, rules: OfficeRules, taken: Inherited) -> Iterable[Reach]:
    here = (post.office_id, *taken.whole, *taken.parts)
    for rule in SIGHT:
        if rule.role == post.role and _holds(rule, post, rules):
            for kind, number in _owners(rule, post, taken):
                offices = here if kind == "p" else ()
                yield Reach(kind, number, rule.restricted, offices=offices, item_kinds=rule.items)  # type: ignore[arg-type]


_ITEMS_OF = {Book.BOTH: ("in", "out", "draft"), Book.INCOMING: ("in",), Book.OUTGOING: ("out", "draft")}


def _shown_by(one: Delegation) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which items, and of them which kinds of documents, a delegation shows; nothing named = all."""
    if not one.book and not one.kinds:
        return (), ()
    return _ITEMS_OF[Book(one.book)], tuple(one.kinds)


def _widest(reaches: Iterable[Reach]) -> Iterable[Reach]:
    """One reach for each owner: what shows everything before what is lent for a book or kinds, then what masks less.

    Two that are lent are joined as far as both masks go.
    """
    order = {"full": 0, "masked": 1, "hidden": 2}
    best: dict[tuple[str, int], Reach] = {}
    for reach in reaches:
        key = (reach.owner_kind, reach.owner_id)
        known = best.get(key)
        if known is not None and known.confined and reach.confined:
            best[key] = _joined(known, reach)
        elif known is None or _rank(reach, order) < _rank(known, order):
            best[key] = reach
    return best.values()


def _rank(reach: Reach, order: Mapping[str, int]) -> tuple[bool, int]:
    return reach.confined, order[reach.restricted]


def _joined(one: Reach, other: Reach) -> Reach:
    """What two delegations for books or kinds show of one owner together."""
    items = tuple(dict.fromkeys((*one.item_kinds, *other.item_kinds)))
    kinds = tuple(dict.fromkeys((*one.kinds, *other.kinds))) if one.kinds and other.kinds else ()
    via = ", ".join(dict.fromkeys((one.via, other.via)))
    restricted = max(one.restricted, other.restricted, key=["full", "masked", "hidden"].index)
    return replace(one, restricted=restricted, via=via, item_kinds=items, kinds=kinds)


def _holds(rule: SightRule, post: Post, rules: OfficeRules) -> bool:
    if rule.when == "deputies_see_all":
        return rules.deputies_see_all
    if rule.when == "open_unit":
        return post.unit is not None and post.unit.open_to_members
    return True


def _owners(rule: SightRule, post: Post, taken: Inherited) -> list[tuple[str, int]]:
    match rule.owner:
        case "office":
            return [("o", number) for number in (post.office_id, *taken.whole)]
        case "unit":
            return (
                [("u", number) for number in units_and_predecessors([post.unit_id])] if post.unit_id else []
            )
        case "charge":
            charge = list(post.charge.values_list("pk", flat=True))
            return [("u", number) for number in units_and_predecessors(charge)]
        case "archive":
            return [("a", number) for number in (post.office_id, *taken.whole)]
        case _:
            return [("p", post.person_id)]
