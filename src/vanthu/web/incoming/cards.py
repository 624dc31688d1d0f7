"""The card on which work is given: whom one would probably name, and what was chosen so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.participants import Owner
from vanthu.organisations import queries as organisations
from vanthu.organisations.powers import Role
from vanthu.tasks import queries as tasks
from vanthu.web.incoming.forms import DirectionForm

if TYPE_CHECKING:
    from vanthu.documents.models import IncomingEntry
    from vanthu.organisations.models import Post, Unit
    from vanthu.tasks.models import Task

CHIPS = 4  # so many stand on the card, the others are found by typing


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible assignee: `value` as the form carries it ("u12", "p34")."""

    value: str
    label: str
    detail: str = ""

    @property
    def is_person(self) -> bool:
        return self.value.startswith("p")


@dataclass(frozen=True, slots=True)
class Card:
    """What the form offers: chips, the further choices, and which of them are chosen."""

    chips: tuple[Choice, ...]
    more: tuple[Choice, ...]
    lead: str
    support: tuple[str, ...]
    way: str

    @property
    def of_people(self) -> bool:
        """Whether the likely ones are people, not units."""
        return all(one.is_person for one in self.chips)

    @property
    def everybody(self) -> tuple[Choice, ...]:
        return (*self.chips, *self.more)


def of_unit(unit: Unit) -> Choice:
    return Choice(f"u{unit.pk}", unit.short_name, unit.name if unit.name != unit.short_name else "")


def of_post(post: Post, *, load: int | None = None) -> Choice:
    """A person with their title, or with the number of tasks they have in hand."""
    place = f", {post.unit.short_name}" if post.unit else ""
    detail = f"{post.title}{place}" if load is None else f"{load} việc"
    return Choice(f"p{post.person_id}", post.person.full_name, detail)


def to_direct(subject: str, by: Actor, *, restricted: bool) -> tuple[Choice, ...]:
    """Units of the office, the likely ones first; people who lead where only named people may be given work.

    A regional procuracy has no units: its people are named.
    """
    ranked = tasks.suggest_direction(subject, by.office).units
    if not ranked:
        people = organisations.posts_with_role(by.office, Role.DEPUTY, Role.SPECIALIST)
        return tuple(of_post(post) for post in people if post.person_id != by.person_id)
    if not restricted:
        return tuple(map(of_unit, ranked))
    rank = {unit.pk: place for place, unit in enumerate(ranked)}
    heads = organisations.posts_with_role(by.office, Role.UNIT_HEAD, Role.ADMINISTRATION_HEAD, Role.DEPUTY)
    heads.sort(key=lambda post: rank.get(post.unit_id or 0, len(rank)))
    return tuple(of_post(post) for post in heads if post.person_id != by.person_id)


def assignees(by: Actor) -> tuple[Choice, ...]:
    """Whom the actor gives work without a document to: the units of the office, or the people of their own unit."""
    if by.may("direct") or by.may("distribute"):
        return to_direct("", by, restricted=False)
    own = [post for unit in by.led_unit_ids for post in organisations.members(unit)]
    return tuple(of_post(post) for post in own if post.role != Role.CLERK)


def to_assign(task: Task) -> tuple[Choice, ...]:
    """The people of the task's unit, who has least in hand first."""
    if task.unit_id is None:
        return ()
    load = tasks.load_of(task.unit_id)
    people = [post for post in organisations.members(task.unit_id) if post.role != Role.CLERK]
    people.sort(key=lambda post: (post.role == Role.UNIT_HEAD, load.get(post.person_id, 0), post.position))
    return tuple(of_post(post, load=load.get(post.person_id, 0)) for post in people)


def card(form: DirectionForm, choices: tuple[Choice, ...], *, office_id: int) -> Card:
    """The form with its choices; what was named by typing joins the chips."""
    lead = form.chosen_lead
    support = tuple(form.every("support"))
    known = {choice.value for choice in choices}
    named = _named([value for value in (lead, *support) if value and value not in known], office_id)
    typed = tuple(choice for choice in named if choice.value == lead)
    first = choices[:CHIPS]
    return Card(
        chips=(*first, *(one for one in choices[CHIPS:] if one.value == lead), *typed),
        more=(
            *(one for one in choices[CHIPS:] if one.value != lead),
            *(one for one in named if one not in typed),
        ),
        lead=lead,
        support=support,
        way=form.way,
    )


def _named(values: Iterable[str], office_id: int) -> list[Choice]:
    """Choices of people and units that the form carries and the card does not offer; strangers are left out."""
    owners = [Owner(value[0], int(value[1:])) for value in values if value[1:].isdigit()]  # type: ignore[arg-type]
    if not owners:
        return []
    units = {unit.pk: unit for unit in organisations.units_of(office_id)}
    posts = {post.person_id: post for post in organisations.valid_posts(office_id=office_id)}
    found = []
    for owner in owners:
        if owner.kind == "u" and owner.id in units:
            found.append(of_unit(units[owner.id]))
        elif owner.kind == "p" and owner.id in posts:
            found.append(of_post(posts[owner.id]))
    return found


def ready(entry: IncomingEntry, by: Actor) -> dict[str, Any]:
    """The initial values of a direction: the likely unit, a sentence, a due date."""
    due_on = entry.due_on if entry.due_on and entry.due_on >= today() else None
    suggestion = tasks.suggest_direction(entry.subject, by.office, due_on=due_on)
    if entry.restricted:
        return {"due_on": suggestion.due_on}
    lead = f"u{suggestion.lead.pk}" if suggestion.lead else ""
    return {"lead": lead, "text": suggestion.text, "due_on": suggestion.due_on}
