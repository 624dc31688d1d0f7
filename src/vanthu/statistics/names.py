"""What units and people are called, those of the past too."""

from collections.abc import Iterable
from typing import Any

from vanthu.organisations.models import Person, Unit


def units(ids: Iterable[Any]) -> dict[int, str]:
    """{id: name}. One query."""
    return dict(Unit.objects.filter(pk__in={one for one in ids if one}).values_list("pk", "name"))


def people(ids: Iterable[Any]) -> dict[int, str]:
    """{id: full name}. One query."""
    return dict(Person.objects.filter(pk__in={one for one in ids if one}).values_list("pk", "full_name"))
