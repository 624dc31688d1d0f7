"""Makers for practice: a persona of the cast in a part of a room."""

from django.test import Client

from tests.cast import World
from vanthu.kernel.actor import Actor
from vanthu.organisations import practice
from vanthu.organisations.models import Account
from vanthu.organisations.practice_sector import Sector
from vanthu.practice import actions


def make_entered(world: World, persona: str = "specialist", number: int | None = None) -> Sector:
    """The persona went to practise; everything lies ready in their room. The sector that was invented for it."""
    by = world.actor(persona)
    actions.enter(number, by=by)
    room = practice.taken(number, by=by)
    assert room is not None
    actions.furnish(room.pk)
    return practice.sector(room.pk)


def playing(world: World, sector: Sector, part: str, persona: str = "specialist") -> Actor:
    """The persona in this part, as the middleware would make it."""
    account = Account.objects.get(pk=world.account(persona).pk)
    return practice.actor_for(account, sector.posts[part].pk)


def practising(world: World, sector: Sector, part: str = "clerk", persona: str = "specialist") -> Client:
    """The persona's browser, in this part."""
    browser = world.client(persona)
    browser.post("/practice/enter")
    browser.post(f"/practice/part/{sector.posts[part].pk}")
    return browser
