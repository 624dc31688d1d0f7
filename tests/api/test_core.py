"""What all endpoints share: rates, problems of every kind, OAuth, the description, the session of the browser."""

import re
from base64 import b64encode
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

import vanthu
from tests.api.programs import Program, make_token
from tests.cast import World
from tests.entries import make_registered
from vanthu.documents import queries
from vanthu.kernel.access import AccessLog
from vanthu.kernel.calendar import today
from vanthu.organisations import tokens_actions
from vanthu.organisations.models import Token
from vanthu.organisations.tokens import SCOPES
from vanthu.web.api.access import ACCESS_SECONDS

pytestmark = pytest.mark.django_db


def test_the_rate_is_counted_per_token(world: World) -> None:
    first, second = Program.of(world, "clerk"), Program.of(world, "clerk")
    with override_settings(API_RATE=2):
        answers = [first.get("/kinds") for _ in range(3)]
        assert [one.status_code for one in answers] == [200, 200, 429]
        assert [one["RateLimit-Remaining"] for one in answers] == ["1", "0", "0"]
        assert answers[0]["RateLimit-Limit"] == "2"
        assert 1 <= int(answers[2]["Retry-After"]) <= 60
        assert answers[2].json()["code"] == "too_many"
        assert second.get("/kinds").status_code == 200


def test_an_unknown_address_and_a_wrong_method_are_problems(world: World) -> None:
    program = Program.of(world, "clerk")
    for response, status, code in (
        (program.get("/nowhere"), 404, "not_found"),
        (program.get("/incoming/99999999999999999999"), 404, "not_found"),
        (program.get("/incoming/x"), 404, "not_found"),
        (program.client.delete("/api/v1/me"), 405, "method_wrong"),
    ):
        assert response.status_code == status
        body = response.json()
        assert (body["status"], body["code"], body["type"]) == (status, code, f"urn:vanthu:problem:{code}")
        assert response["Content-Type"] == "application/problem+json"


def test_a_bug_is_a_problem_with_a_code_for_the_log(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise ZeroDivisionError("secret of the inside")

    monkeypatch.setattr(queries, "incoming_list", broken)
    program = Program.of(world, "clerk")
    program.client.raise_request_exception = False
    response = program.get("/incoming")
    assert response.status_code == 500
    body = response.json()
    assert body["code"] == "error"
    assert body["error"] in body["detail"]
    assert "secret" not in response.content.decode()


def test_no_cookie_is_needed_or_given(world: World) -> None:
    program = Program.of(world, "clerk")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = program.get("/kinds")
    assert not response.cookies
    assert not any("session" in one["sql"] for one in asked.captured_queries)


def test_a_view_is_in_the_access_log(world: World) -> None:
    entry = make_registered(world)
    Program.of(world, "head").get(f"/incoming/{entry.pk}")
    seen = AccessLog.objects.get(item_kind="in", item_id=entry.pk)
    assert (seen.action, seen.person_id, seen.address) == ("view", world.person("head").pk, "127.0.0.1")


class TestSession:
    """Whoever is signed in at the browser tries the interface out."""

    def test_reading(self, world: World) -> None:
        body = world.client("clerk").get("/api/v1/me").json()
        assert body["name"] == world.person("clerk").full_name

    def test_writing_needs_the_form_token(self, world: World) -> None:
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(world.account("clerk"), "allauth.account.auth_backends.AuthenticationBackend")
        page = browser.get("/api/v1/docs")
        headers = {"Idempotency-Key": "k"}
        refused = browser.post("/api/v1/incoming", {}, content_type="application/json", headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (403, "form_expired")
        headers["X-CSRFToken"] = page.cookies["csrftoken"].value
        passed = browser.post("/api/v1/incoming", {}, content_type="application/json", headers=headers)
        assert (passed.status_code, passed.json()["code"]) == (422, "invalid")

    def test_a_bad_key_is_not_helped_by_a_session(self, world: World) -> None:
        response = world.client("clerk").get("/api/v1/me", headers={"Authorization": "Bearer vt_x_y"})
        assert response.status_code == 401


class TestClientCredentials:
    """OAuth 2 (RFC 6749, 4.4)."""

    def ask(self, key: str, **fields: str) -> Any:
        _, prefix, secret = key.split("_", 2)
        form = {"grant_type": "client_credentials", "client_id": f"vt_{prefix}", "client_secret": secret}
        return Client().post("/api/v1/token", {**form, **fields})

    def test_a_key_gives_an_access_token(self, world: World) -> None:
        response = self.ask(make_token(world, "clerk", ["read", "documents"])[1])
        body = response.json()
        assert (body["token_type"], body["expires_in"], body["scope"]) == (
            "Bearer",
            ACCESS_SECONDS,
            "read documents",
        )
        assert response["Cache-Control"] == "no-store"
        me = Program(body["access_token"]).get("/me").json()
        assert [one["code"] for one in me["scopes"]] == ["read", "documents"]

    def test_fewer_scopes_but_never_more(self, world: World) -> None:
        key = make_token(world, "clerk", ["read", "documents"])[1]
        access = self.ask(key, scope="read").json()["access_token"]
        refused = Program(access).post("/incoming", {})
        assert (refused.status_code, refused.json()["code"]) == (403, "scope_missing")
        more = self.ask(key, scope="read files")
        assert (more.status_code, more.json()["error"]) == (400, "invalid_scope")

    def test_as_http_basic(self, world: World) -> None:
        _, prefix, secret = make_token(world, "clerk")[1].split("_", 2)
        basic = b64encode(f"vt_{prefix}:{secret}".encode()).decode()
        form = {"grant_type": "client_credentials"}
        response = Client().post("/api/v1/token", form, headers={"Authorization": f"Basic {basic}"})
        assert response.status_code == 200

    @pytest.mark.parametrize(
        ("fields", "error"),
        [
            ({"client_secret": "x"}, "invalid_client"),
            ({"client_id": ""}, "invalid_client"),
            ({"grant_type": "password"}, "unsupported_grant_type"),
        ],
    )
    def test_refusals_are_those_of_the_standard(
        self, world: World, fields: dict[str, str], error: str
    ) -> None:
        response = self.ask(make_token(world, "clerk")[1], **fields)
        assert response.json()["error"] == error
        assert response.status_code in (400, 401)

    def test_it_ends_with_its_hour_and_with_its_key(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        token, key = make_token(world, "clerk")
        access = Program(self.ask(key).json()["access_token"])
        assert access.get("/me").status_code == 200
        with monkeypatch.context() as later:
            later.setattr("vanthu.web.api.access.ACCESS_SECONDS", -1)
            assert access.get("/me").json()["code"] == "token_expired"
        Token.objects.filter(pk=token.pk).update(scopes=["files"])
        assert access.get("/me").json()["code"] == "scope_missing"
        tokens_actions.revoke(token.pk, by=world.actor("clerk"))
        assert access.get("/me").json()["code"] == "token_revoked"


def test_the_description_is_open_and_its_page_is_not(world: World) -> None:
    body = Program().get("/openapi.json").json()
    assert body["paths"]["/api/v1/incoming"]["post"]["responses"].keys() >= {
        "201",
        "400",
        "401",
        "409",
        "422",
    }
    assert body["components"]["schemas"]["Problem"]["properties"].keys() >= {"code", "detail", "fields"}
    assert Client().get("/api/v1/docs").status_code == 302
    page = world.client("clerk").get("/api/v1/docs")
    assert page.status_code == 200
    assert "<script>" not in page.content.decode()


def test_the_directory(world: World) -> None:
    program = Program.of(world, "clerk")
    found = program.get("/offices", {"q": "vks khu vuc 7"}).json()["items"]
    assert [one["id"] for one in found] == [world.region.pk]
    assert program.get(f"/offices/{world.former.pk}").json()["name"] == world.former.name
    pages, address = [], "/people?limit=4"
    while address:
        body = program.get(address).json()
        pages += [one["person"]["id"] for one in body["items"]]
        address = body["next"]
    here = {post.person_id for post in world.posts.values() if post.office_id == world.province.pk}
    assert set(pages) == here
    assert {one["abbreviation"] for one in program.get("/units").json()} == {"VP", "P1", "P2", "P9"}
    assert {"code": "CV", "name": "Công văn"} in program.get("/kinds").json()


def test_tokens_that_are_over_stay_listed_and_the_key_is_shown_once(world: World) -> None:
    browser = world.client("specialist")
    form = {
        "name": "Đồng bộ việc của tôi",
        "scopes": ["read", "tasks"],
        "expires_on": f"{today() + timedelta(days=30):%d/%m/%Y}",
        "idempotency_key": "one",
    }
    made = browser.post("/account/tokens/", form)
    assert made.status_code == 201
    token = Token.objects.get()
    assert f"vt_{token.prefix}_" in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    assert browser.post("/account/tokens/", form).status_code == 302
    assert Token.objects.count() == 1
    page = browser.get("/account/tokens/").content.decode()
    assert "đang dùng được" in page
    assert made.context["made"].key not in page
    browser.post(f"/account/tokens/{token.pk}/revoke")
    assert "đã thu hồi" in browser.get("/account/tokens/").content.decode()


def test_the_guide_names_every_scope_and_the_codes_that_exist() -> None:
    guide = (Path(__file__).resolve().parents[2] / "docs/api.md").read_text()
    assert re.findall(r"^\| `(\w+)` \|", guide, re.M) == [scope.name for scope in SCOPES]
    sources = "".join(path.read_text() for path in Path(vanthu.__file__).parent.rglob("*.py"))
    table = guide.split("## Lỗi")[1].split("## Đọc lại")[0]
    for row in re.findall(r"^\| \d{3} \| (.+?) \|", table, re.M):
        for code in re.findall(r"`(\w+)`", row):
            assert f'"{code}"' in sources, code
