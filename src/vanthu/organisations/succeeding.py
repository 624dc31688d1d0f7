"""Successors come to be: new offices and units, renamed ones, the posts of their people, who leads them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from vanthu.kernel.calendar import now
from vanthu.organisations import inheriting, queries
from vanthu.organisations.change_models import Change, FormerName, Successor, UnitSuccession
from vanthu.organisations.models import Delegation, Office, OfficeRules, Post, Succession, Token, Unit
from vanthu.organisations.names import office_key
from vanthu.organisations.powers import Role


@dataclass(slots=True)
class Moved:
    """What became of units and posts of one predecessor: {old unit: (office, new unit)}, {old post: new post}."""

    units: dict[int, tuple[int, int]] = field(default_factory=dict)
    posts: dict[int, int] = field(default_factory=dict)
    people: set[int] = field(default_factory=set)


def found_office(successor: Successor, day: date, *, like: Office) -> Office:
    """The office that succeeds: one that exists, or a new one with the names that were planned."""
    if successor.office is None:
        successor.office = Office.objects.create(
            level=successor.level or like.level,
            parent_id=_standing(successor.parent_id or like.parent_id),
            name=successor.name,
            short_name=successor.short_name,
            code=successor.code,
            place=successor.place or like.place,
            province=like.province,
            search_key=office_key(successor.name, successor.short_name),
            valid_from_on=day,
            room_id=like.room_id,
        )
        successor.save(update_fields=["office"])
        _copy_rules(like.pk, successor.office.pk)
    return successor.office


def _standing(office_id: int | None) -> int | None:
    """The office above, or who succeeded it by an earlier change of the day."""
    return inheriting.heirs([office_id]).get(office_id, office_id) if office_id else None


def _copy_rules(old: int, new: int) -> None:
    rules = OfficeRules.objects.filter(pk=old).first()
    if rules is not None:  # the new office works by the rules of the first predecessor until it sets its own
        rules.pk = new
        rules.save(force_insert=True)


def found_unit(successor: Successor, day: date, *, like: Unit) -> Unit:
    """The unit that succeeds within `successor.office`: one that exists, or a new one that works as the old one did."""
    if successor.unit is None:
        successor.unit = Unit.objects.create(
            office_id=successor.office_id or 0,
            name=successor.name,
            short_name=successor.short_name[:60],
            abbreviation=successor.code[:12],
            position=like.position,
            open_to_members=like.open_to_members,
            field_words=like.field_words,
            valid_from_on=day,
        )
        successor.save(update_fields=["unit"])
    return successor.unit


def same_unit(old: Unit, office_id: int, day: date) -> Unit:
    """The unit of another office that goes on with this one's work: of its abbreviation there, else a new one."""
    there = queries.valid(Unit.objects.filter(office=office_id, abbreviation=old.abbreviation), day).first()
    return there or Unit.objects.create(
        office_id=office_id,
        name=old.name,
        short_name=old.short_name,
        abbreviation=old.abbreviation,
        position=old.position,
        open_to_members=old.open_to_members,
        is_administration=old.is_administration,
        field_words=old.field_words,
        valid_from_on=day,
    )


def end_unit(old: Unit, new: Unit, change: Change) -> None:
    """The unit is no more; the new one took it over."""
    Unit.objects.filter(pk=old.pk).update(valid_to_on=_eve(change))
    UnitSuccession.objects.get_or_create(
        predecessor=old, successor=new, defaults={"on": change.effective_on, "basis": change.basis_text}
    )
    if old.is_administration and not new.is_administration:
        Unit.objects.filter(pk=new.pk).update(is_administration=True)


def end_office(old: Office, heir: Office, others: Iterable[int], change: Change) -> None:
    """The office is no more. `heir` has its archive and the offices below it; `others` have some of its people."""
    Office.objects.filter(pk=old.pk).update(valid_to_on=_eve(change))
    for pk in (heir.pk, *sorted(set(others) - {heir.pk})):
        Succession.objects.get_or_create(
            predecessor=old,
            successor_id=pk,
            defaults={"on": change.effective_on, "basis": change.basis_text, "whole": pk == heir.pk},
        )
    queries.valid(Office.objects.filter(parent=old), change.effective_on).update(parent=heir)
    Token.objects.filter(office=old, revoked_at=None).update(office=heir)


def _eve(change: Change) -> date:
    return change.effective_on - timedelta(days=1)


def rename(thing: Office | Unit, successor: Successor, change: Change) -> None:
    """The office or unit goes on under other names, or below another office; what it was called stays known."""
    _keep_name(thing, successor, change)
    thing.name, thing.short_name = successor.name, successor.short_name
    if isinstance(thing, Office):
        thing.code, thing.place = successor.code, successor.place or thing.place
        thing.parent = successor.parent or thing.parent
        thing.search_key = office_key(thing.name, thing.short_name)
        thing.save(update_fields=["name", "short_name", "code", "place", "parent", "search_key"])
    else:
        thing.short_name, thing.abbreviation = successor.short_name[:60], successor.code[:12]
        thing.save(update_fields=["name", "short_name", "abbreviation"])


def _keep_name(thing: Office | Unit, successor: Successor, change: Change) -> None:
    """What it was called until the day; nothing where it is moved under the same name."""
    office, unit = (thing, None) if isinstance(thing, Office) else (None, thing)
    code = thing.code if isinstance(thing, Office) else thing.abbreviation
    if (thing.name, thing.short_name, code) == (successor.name, successor.short_name, successor.code):
        return
    FormerName.objects.get_or_create(
        office=office,
        unit=unit,
        until_on=_eve(change),
        defaults={
            "name": thing.name,
            "short_name": thing.short_name,
            "code": code,
            "search_key": office_key(thing.name, thing.short_name),
        },
    )


def move_posts(posts: Sequence[Post], places: Mapping[int, tuple[int, int | None]], change: Change) -> Moved:
    """End these posts and begin the same ones at {post: (office, unit)}; who holds such a post there keeps that one."""
    moved = Moved()
    for old in posts:
        office_id, unit_id = places[old.pk]
        Post.objects.filter(pk=old.pk).update(valid_to_on=_eve(change))
        same = Post.objects.filter(person=old.person_id, office=office_id, unit=unit_id, role=old.role)
        new = queries.valid(same, change.effective_on).exclude(pk=old.pk).first() or Post.objects.create(
            person_id=old.person_id,
            office_id=office_id,
            unit_id=unit_id,
            role=old.role,
            title=old.title,
            position=old.position,
            valid_from_on=change.effective_on,
        )
        moved.posts[old.pk] = new.pk
        moved.people.add(old.person_id)
    _end_delegations(list(moved.posts))
    return moved


def give_charges(posts: dict[int, int], units: dict[int, tuple[int, int]]) -> None:
    """What deputies had in charge they have in charge at the successor, as far as it came along."""
    for old in Post.objects.filter(pk__in=posts, role=Role.DEPUTY).prefetch_related("charge"):
        new = Post.objects.get(pk=posts[old.pk])
        came = [units.get(unit.pk, (unit.office_id, unit.pk)) for unit in old.charge.all()]
        new.charge.add(*(unit for office, unit in came if office == new.office_id))


def _end_delegations(post_ids: list[int]) -> None:
    """An authorisation ends with the post it was given from or to (Decree 30/2020, article 13)."""
    mine = Q(giver__in=post_ids) | Q(receiver__in=post_ids)
    Delegation.objects.filter(mine, revoked_at=None, ends_at__gt=now()).update(revoked_at=now())


def appoint(successor: Successor, change: Change) -> None:
    """One head for an office: who was named, else who leads it already; former heads become deputies."""
    heads = queries.posts_with_role(successor.office_id or 0, Role.HEAD)
    if not heads and successor.head_id is None:
        return
    chosen = successor.head_id or heads[0].person_id
    for post in heads:
        if post.person_id != chosen:
            _again(post, Role.DEPUTY, "Phó Viện trưởng", 2, change)
    if all(post.person_id != chosen for post in heads):
        post = queries.post_of_person(chosen, office_id=successor.office_id or 0)
        _again(post, Role.HEAD, "Viện trưởng", 1, change)


def _again(post: Post, role: Role, title: str, position: int, change: Change) -> None:
    """The same person in another role: one that began on this day is corrected, an older one ends."""
    if post.valid_from_on == change.effective_on:
        Post.objects.filter(pk=post.pk).update(role=role, title=title, position=position)
        return
    Post.objects.filter(pk=post.pk).update(valid_to_on=_eve(change))
    _end_delegations([post.pk])
    Post.objects.create(
        person_id=post.person_id,
        office_id=post.office_id,
        unit_id=post.unit_id if role != Role.HEAD else None,
        role=role,
        title=title,
        position=position,
        valid_from_on=change.effective_on,
    )
