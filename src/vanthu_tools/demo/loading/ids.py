"""Which row became of which fact of the story, and what is read of a row again and again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Model

from vanthu.organisations.models import Office, Person, Post, Unit
from vanthu_tools.demo.people import staff

type Progress = Callable[[str, int, int], None]

BATCH = 2000


@dataclass(slots=True)
class Ids:
    """Rows by the keys of the story. Papers, arrivals and the like are found by identity (`id(one)`)."""

    offices: dict[str, Office] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    posts: dict[tuple[str, str], Post] = field(default_factory=dict)
    """By (sign-in name, office), main posts."""
    accounts: dict[str, int] = field(default_factory=dict)
    documents: dict[int, int] = field(default_factory=dict)
    arrivals: dict[int, int] = field(default_factory=dict)
    departures: dict[int, int] = field(default_factory=dict)
    drafts: dict[int, int] = field(default_factory=dict)
    dossiers: dict[int, int] = field(default_factory=dict)

    def office(self, key: str) -> int:
        return self.offices[key].pk

    def unit(self, key: str | None) -> int | None:
        return self.units[key].pk if key else None

    def person(self, key: str) -> int:
        return self.people[key].pk


TITLES = {post.person: post.title for post in reversed(staff().posts) if post.main}
"""Main title by sign-in name."""


def put[M: Model](model: type[M], rows: Iterable[M]) -> list[M]:
    """Insert rows in batches; they come back with their ids."""
    return model._default_manager.bulk_create(list(rows), batch_size=BATCH)
