"""The directory for programs: offices and colleagues in pages, in the order of their ids."""

from collections.abc import Sequence

from django.db.models import Q

from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.organisations.models import Office, Post
from vanthu.organisations.names import key_of


def offices(text: str = "", *, after: int = 0, limit: int = 50) -> Sequence[Office]:
    """Offices valid today whose name holds the typed words, in order of id from after this one on. One query."""
    rows = Office.objects.filter(_valid_today(), pk__gt=after).select_related("parent")
    for word in key_of(text).split():
        rows = rows.filter(search_key__contains=word)
    return list(rows.order_by("pk")[:limit])


def colleagues(by: Actor, text: str = "", *, after: int = 0, limit: int = 50) -> Sequence[Post]:
    """The posts valid today in the actor's office, by typed name, in order of id. One query."""
    rows = Post.objects.filter(_valid_today(), pk__gt=after, office=by.office).select_related(
        "person", "unit"
    )
    for word in key_of(text).split():
        rows = rows.filter(person__search_key__contains=word)
    return list(rows.order_by("pk")[:limit])


def _valid_today() -> Q:
    day = today()
    return (Q(valid_from_on=None) | Q(valid_from_on__lte=day)) & (
        Q(valid_to_on=None) | Q(valid_to_on__gte=day)
    )
