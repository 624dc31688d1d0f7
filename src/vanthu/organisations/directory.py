"""The directory: offices and colleagues in pages, in the order of their ids, and by typing."""

from collections.abc import Sequence

from django.db.models import Case, Q, Value, When

from vanthu.kernel.actor import Actor
from vanthu.organisations.models import Level, Office, Post
from vanthu.organisations.names import key_of
from vanthu.organisations.queries import valid


def offices(text: str = "", *, after: int = 0, limit: int = 50) -> Sequence[Office]:
    """Real offices valid today whose name holds the typed words, in order of id from after this one on. One query."""
    rows = valid(Office.objects.filter(pk__gt=after, room=None)).select_related("parent")
    for word in key_of(text).split():
        rows = rows.filter(search_key__contains=word)
    return list(rows.order_by("pk")[:limit])


def colleagues(by: Actor, text: str = "", *, after: int = 0, limit: int = 50) -> Sequence[Post]:
    """The posts valid today in the actor's office, by typed name, in order of id. One query."""
    rows = valid(Post.objects.filter(pk__gt=after, office=by.office).select_related("person", "unit"))
    for word in key_of(text).split():
        rows = rows.filter(person__search_key__contains=word)
    return list(rows.order_by("pk")[:limit])


def suggest_offices(
    text: str, *, room_id: int | None = None, near: int | None = None, limit: int = 8
) -> list[Office]:
    """Offices valid today whose name or short name holds the typed words, with or without diacritics.

    Whole words come before parts ("7" is not "71"), then what is over and under the office `near` and beside it, then
    the levels in their order. In a room of practice only its own offices, elsewhere only real ones.
    """
    rows, whole = valid(Office.objects.filter(room=room_id)), Q()
    for word in key_of(text).split():
        rows = rows.filter(search_key__contains=word)
        whole &= Q(search_key__regex=rf"\m{word}\M")
    exact = Case(When(whole, then=0), default=1) if whole else Value(0)
    levels = [When(level=level, then=place) for place, level in enumerate(Level.values)]
    return list(rows.order_by(exact, _distance(near), Case(*levels, default=99), "short_name")[:limit])


def _distance(near: int | None) -> Case | Value:
    """0 the office over this one and those under it, 1 those beside it, 2 all others."""
    if near is None:
        return Value(2)
    over = Office.objects.filter(pk=near).values("parent_id")
    return Case(When(Q(parent=near) | Q(pk__in=over), then=0), When(parent__in=over, then=1), default=2)


def suggest_people(text: str, *, office_id: int, limit: int = 8) -> list[Post]:
    """People of the office by typed name, with their posts."""
    posts = valid(Post.objects.filter(office_id=office_id).select_related("person", "unit"))
    for word in key_of(text).split():
        posts = posts.filter(person__search_key__contains=word)
    return list(posts.order_by("position", "id")[:limit])
