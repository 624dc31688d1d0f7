"""Programs of the tests: a client with a token, whoever it acts for."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import count
from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests.cast import World
from vanthu.kernel.calendar import today
from vanthu.organisations import tokens_actions
from vanthu.organisations.models import Token
from vanthu.organisations.tokens import BY_NAME

ROOT = "/api/v1"
_keys = count(1)


def make_token(
    world: World, persona: str, scopes: Iterable[str] = tuple(BY_NAME), *, days: int = 30
) -> tuple[Token, str]:
    """A token of a persona, and its key."""
    made = tokens_actions.make_own(
        "Phần mềm thử", scopes, today() + timedelta(days=days), by=world.actor(persona)
    )
    return made.token, made.key


class Program:
    """A program that calls the interface with a key; every write has an idempotency key of its own."""

    def __init__(self, key: str = "", **headers: str) -> None:
        bearer = {"Authorization": f"Bearer {key}"} if key else {}
        self.client = Client(headers={**bearer, **headers}, enforce_csrf_checks=True)

    @classmethod
    def of(cls, world: World, persona: str, scopes: Iterable[str] = tuple(BY_NAME)) -> "Program":
        return cls(make_token(world, persona, scopes)[1])

    def get(self, path: str, query: dict[str, Any] | None = None, **headers: str) -> HttpResponse:
        return self.client.get(address(path), query or {}, headers=headers)  # type: ignore[return-value]

    def post(
        self, path: str, body: dict[str, Any] | None = None, *, key: str | None = None, **headers: str
    ) -> HttpResponse:
        """`key=""` sends none."""
        key = f"key-{next(_keys)}" if key is None else key
        headers = {**({"Idempotency-Key": key} if key else {}), **headers}
        return self.client.post(  # type: ignore[return-value]
            address(path), body or {}, content_type="application/json", headers=headers
        )

    def delete(self, path: str, **headers: str) -> HttpResponse:
        headers = {"Idempotency-Key": f"key-{next(_keys)}", **headers}
        return self.client.delete(address(path), headers=headers)  # type: ignore[return-value]


def address(path: str) -> str:
    """Paths are below the root, but addresses that an answer named are whole."""
    return path if path.startswith(("http", ROOT)) else f"{ROOT}{path}"
