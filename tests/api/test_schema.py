"""What the description of the interface promises, held against random calls: schemathesis over every endpoint.

Ids in addresses are now and then those of things that exist; every call is undone, so that the next finds them again.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.programs import make_token
from tests.api.test_strangers import OBJECTS, PREFIX
from tests.cast import World
from tests.conventions.gates import Sector, make_sector
from vanthu.web.api.urls import api

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
]  # fmt: skip


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def described() -> Any:
    """The interface as schemathesis reads it, called through WSGI."""
    schema = schemathesis.openapi.from_dict(api.get_openapi_schema(path_prefix=f"{PREFIX}/"))
    schema.app = WSGIHandler()
    return schema


def ids_of(sector: Sector, path: str) -> list[dict[str, Any]]:
    """What an address may name that exists."""
    names = re.findall(r"\{(\w+)\}", path)
    things = OBJECTS.get(path.removeprefix(PREFIX), ())
    return [dict(zip(names, map(str, sector.args[thing]), strict=True)) for thing in things]


type Statuses = dict[str, Counter[int]]


def hammer(
    operation: Any, known: list[dict[str, Any]], key: str, mode: GenerationMode, examples: int
) -> Counter[int]:
    """Call one endpoint with as many made-up requests; raises what does not fit the description."""
    statuses: Counter[int] = Counter()

    @seed(20260101)
    @hypothesis_settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), named=st.sampled_from([*known, None]))
    def call(case: Any, named: dict[str, Any] | None) -> None:
        if named is not None:
            case.path_parameters = named
        with undone():
            response = case.call(headers={"Authorization": f"Bearer {key}", "Accept-Encoding": "identity"})
            case.validate_response(response, checks=CHECKS)
        statuses[response.status_code] += 1

    call()
    return statuses


def walked(world: World, persona: str, examples: int) -> tuple[list[str], Statuses]:
    """What does not fit, for a token with every scope; and what every endpoint answered."""
    sector, key, found, statuses = make_sector(world), make_token(world, persona)[1], [], {}
    for result in described().get_all_operations():
        operation = result.ok()
        known = ids_of(sector, operation.path)
        answers = statuses[operation.label] = Counter()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            try:
                answers += hammer(operation, known, key, mode, examples)
            except (Exception, ExceptionGroup) as error:  # every endpoint is to have its turn
                found.append(f"{operation.label} ({mode.value}): {error}")
    return found, statuses


@pytest.fixture(autouse=True)
def unhurried(settings: Any) -> Iterator[None]:
    """No limit of calls, so that every call is looked at; all of them in the transaction of the test."""
    settings.API_RATE = 10**9
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("persona", "refused"),
    [("clerk", {"GET /api/v1/webhooks"}), ("head", {"GET /api/v1/webhooks", "GET /api/v1/numbers/held"})],
)
def test_no_call_breaks_what_is_described(signing_world: World, persona: str, refused: set[str]) -> None:
    found, statuses = walked(signing_world, persona, examples=2)
    assert not found, "\n\n".join(found)
    assert all(answers.total() >= 2 for answers in statuses.values())
    lists = {
        name: answers for name, answers in statuses.items() if name.startswith("GET") and "{" not in name
    }
    assert {name for name, answers in lists.items() if not answers[200]} == refused  # 403
    assert sum(answers[200] + answers[201] for answers in statuses.values()) > len(statuses)


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("persona", ["clerk", "head", "chief", "head_of_unit", "specialist"])
def test_no_call_of_very_many_does(signing_world: World, persona: str) -> None:
    found, _ = walked(signing_world, persona, examples=200)
    assert not found, "\n\n".join(found)
