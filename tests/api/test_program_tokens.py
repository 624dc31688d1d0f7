"""Whom a token lets in, and as whom it acts."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.api.programs import Program, make_token
from tests.cast import World
from tests.entries import make_registered
from vanthu.kernel import ledger
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.organisations import actions, delegating, people, tokens_actions, tokens_queries
from vanthu.organisations.models import Account, Post, Token
from vanthu.organisations.powers import Role
from vanthu.organisations.tokens import BY_NAME, Key, narrowed

pytestmark = pytest.mark.django_db


def code_of(key: str, path: str = "/me") -> tuple[int, str]:
    response = Program(key).get(path)
    return response.status_code, response.json().get("code", "")


def test_a_token_acts_as_its_person(world: World) -> None:
    body = Program.of(world, "specialist").get("/me").json()
    assert body["name"] == world.person("specialist").full_name
    assert body["office"] == {"id": world.province.pk, "name": world.province.name}
    assert {one["code"] for one in body["powers"]} == {"handle", "draft", "keep_dossier", "plan"}


def test_nothing_without_a_token(world: World) -> None:
    response = Program().get("/me")
    assert response.status_code == 401
    assert response.json()["code"] == "token_needed"
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert response["Content-Type"] == "application/problem+json"
    assert not response.cookies


def test_wrong_keys_open_nothing(world: World) -> None:
    token, key = make_token(world, "clerk")
    for wrong in ("x", "vt_", f"vt_{token.prefix}_wrong", f"{key}x", "vt_0000000000_x", "vta_x", "vta_x:y:z"):
        assert code_of(wrong) == (401, "token_wrong"), wrong
    response = Program(Authorization="Basic abc").get("/me")
    assert (response.status_code, response.json()["code"]) == (401, "token_wrong")


def test_expired_revoked_and_locked_say_so(world: World) -> None:
    token, key = make_token(world, "clerk")
    Token.objects.filter(pk=token.pk).update(expires_on=today() - timedelta(days=1))
    assert code_of(key) == (401, "token_expired")
    Token.objects.filter(pk=token.pk).update(expires_on=today())
    assert code_of(key)[0] == 200
    tokens_actions.revoke(token.pk, by=world.actor("clerk"))
    assert code_of(key) == (401, "token_revoked")
    _, second = make_token(world, "clerk")
    actions.lock(world.account("clerk").pk, by=world.actor("administrator"))
    assert code_of(second) == (401, "account_locked")


def test_a_token_is_good_in_its_office_only(world: World) -> None:
    by = world.actor("two_offices", office="second_region")
    made = tokens_actions.make_own("Đồng bộ", ["read"], today() + timedelta(days=5), by=by)
    assert Program(made.key).get("/me").json()["office"]["id"] == world.second_region.pk
    post = Post.objects.get(person=world.person("two_offices"), office=world.second_region)
    Post.objects.filter(pk=post.pk).update(valid_to_on=today() - timedelta(days=1))
    Account.objects.filter(pk=by.account_id).update(rights_version=99)
    assert code_of(made.key) == (401, "no_post")


def test_a_scope_that_is_missing_is_named(world: World) -> None:
    key = make_token(world, "clerk", ["files"])[1]
    assert code_of(key) == (403, "scope_missing")


def test_scopes_narrow_every_power(world: World) -> None:
    by = world.actor("delegate")
    assert by.may("assign")
    assert by.may_for_unit("assign", world.unit("P1").pk)
    only_read = narrowed(by, frozenset({"read"}))
    assert only_read == replace(by, powers=frozenset(), delegated=(), unit_powers=frozenset())
    tasks = narrowed(by, frozenset({"tasks"}))
    assert tasks.powers == by.powers & {"assign", "handle", "chase", "direct", "distribute"}
    assert tasks.behalf_of("assign")
    assert tasks.behalf_of("review_content") == ""


def test_no_scope_gives_what_only_persons_do() -> None:
    given = frozenset().union(*(scope.powers for scope in BY_NAME.values()))
    assert given.isdisjoint({"approve", "administer", "delegate", "read_ledger"})


def test_the_last_use_is_kept(world: World) -> None:
    token, key = make_token(world, "clerk")
    Program(key).get("/me")
    token.refresh_from_db()
    assert token.last_used_at is not None
    assert token.last_used_address == "127.0.0.1"


def test_only_the_hash_is_kept(world: World) -> None:
    token, key = make_token(world, "clerk")
    read = Key.read(key)
    assert read is not None
    assert token.secret_hash == read.hash
    assert read.secret not in str(Token.objects.filter(pk=token.pk).values())
    acts = ledger.history(token)
    assert [act.verb for act in acts] == ["organisations.token_made"]
    assert read.secret not in str(acts)


@pytest.mark.parametrize(
    ("name", "scopes", "days", "field"),
    [
        ("x", ["read"], 5, "name"),
        ("Đồng bộ", [], 5, "scopes"),
        ("Đồng bộ", ["root"], 5, "scopes"),
        ("Đồng bộ", ["read"], 0, "expires_on"),
        ("Đồng bộ", ["read"], 366, "expires_on"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    world: World, name: str, scopes: list[str], days: int, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        tokens_actions.make_own(name, scopes, today() + timedelta(days=days), by=world.actor("clerk"))
    assert set(refused.value.fields) == {field}


def test_nobody_revokes_the_token_of_a_colleague(world: World) -> None:
    token, _ = make_token(world, "clerk")
    for persona in ("head", "administrator", "region_clerk"):
        with pytest.raises(NotFound):
            tokens_actions.revoke(token.pk, by=world.actor(persona))
    tokens_actions.revoke(token.pk, by=world.actor("clerk"))
    with pytest.raises(Conflict):
        tokens_actions.revoke(token.pk, by=world.actor("clerk"))


class TestPrograms:
    """Phần mềm tích hợp."""

    def made(self, world: World, role: str = Role.CLERK) -> Account:
        return tokens_actions.add_program("Phần mềm một cửa", role=role, by=world.actor("administrator"))

    def key(self, world: World, account: Account, scopes: list[str]) -> str:
        day = today() + timedelta(days=30)
        by = world.actor("administrator")
        return tokens_actions.make_for_program(account.pk, "Kết nối", scopes, day, by=by).key

    def test_it_works_like_a_person_with_its_post(self, world: World) -> None:
        account = self.made(world)
        entry = make_registered(world)
        program = Program(self.key(world, account, ["read", "documents"]))
        assert program.get("/me").json()["name"] == "Phần mềm một cửa"
        assert program.get(f"/incoming/{entry.pk}").status_code == 200

    def test_nobody_signs_in_with_it(self, world: World) -> None:
        account = self.made(world)
        form = {"login": account.username, "password": ""}
        for password in ("", "!", account.password):
            response = world.client().post("/sign-in/", {**form, "password": password})
            assert response.status_code == 422
            assert "_auth_user_id" not in response.wsgi_request.session
        with pytest.raises(NotAllowed):
            actions.make_activation(account.pk, by=world.actor("administrator"))
        account.set_password("ba con meo vang")
        with pytest.raises(IntegrityError), transaction.atomic():
            account.save()

    def test_it_never_leads(self, world: World) -> None:
        with pytest.raises(Invalid):
            self.made(world, Role.HEAD)
        account = self.made(world)
        by = world.actor("administrator")
        with pytest.raises(Invalid):
            actions.give_post(account.pk, role=Role.DEPUTY, title="Phó Viện trưởng", by=by)
        post = Post.objects.get(person=account.person_id)
        moment = timezone.now()
        with pytest.raises(Invalid):
            delegating.delegate(
                post.pk, ["direct"], starts_at=moment, ends_at=moment + timedelta(days=1),
                reason="Đi công tác", by=world.actor("head"),
            )  # fmt: skip

    def test_only_its_administrator_has_it_in_hand(self, world: World) -> None:
        account = self.made(world)
        key = self.key(world, account, ["read"])
        token = Token.objects.get(account=account)
        with pytest.raises(NotAllowed):
            tokens_queries.programs(world.actor("clerk"))
        with pytest.raises(NotFound):
            tokens_queries.program(world.account("clerk").pk, world.actor("administrator"))
        assert [one.name for one in tokens_queries.programs(world.actor("administrator"))] == [
            "Phần mềm một cửa"
        ]
        assert account.pk not in {one.account.pk for one in people.staff(world.actor("administrator"))}
        tokens_actions.revoke(token.pk, by=world.actor("administrator"))
        assert code_of(key) == (401, "token_revoked")
