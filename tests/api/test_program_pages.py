"""The administrator's pages about programs: add one, give it a key, take it away, lock it."""

from datetime import timedelta

import pytest

from tests.api.programs import Program
from tests.cast import World
from vanthu.kernel import ledger
from vanthu.kernel.calendar import today
from vanthu.organisations.models import Account, Token
from vanthu.organisations.tokens import Key

pytestmark = pytest.mark.django_db


def test_from_nothing_to_a_key_and_back(world: World) -> None:
    browser = world.client("administrator")
    assert "Chưa có phần mềm nào" in browser.get("/people/programs/").content.decode()
    form = {"name": "Phần mềm một cửa", "role": "clerk", "unit": str(world.unit("VP").pk)}
    assert browser.post("/people/programs/", {**form, "role": "head"}).status_code == 422
    added = browser.post("/people/programs/", form)
    account = Account.objects.get(is_program=True)
    page = f"/people/programs/{account.pk}/"
    assert added["Location"] == page
    day = f"{today() + timedelta(days=30):%d/%m/%Y}"
    token_form = {"name": "Kết nối", "scopes": ["read"], "expires_on": day, "idempotency_key": "one"}
    made = browser.post(f"{page}tokens", token_form)
    assert made.status_code == 201
    key = made.context["made"].key
    assert Program(key).get("/me").json()["name"] == "Phần mềm một cửa"
    again = browser.post(f"{page}tokens", token_form)
    assert (again.status_code, Token.objects.count()) == (302, 1)
    token = Token.objects.get()
    read = Key.read(key)
    assert read is not None
    assert read.prefix in browser.get(page).content.decode()
    browser.post(f"{page}lock")
    assert Program(key).get("/me").json()["code"] == "account_locked"
    assert browser.post(f"{page}tokens", {**token_form, "idempotency_key": "two"}).status_code == 422
    browser.post(f"{page}unlock")
    browser.post(f"{page}tokens/{token.pk}/revoke")
    assert Program(key).get("/me").json()["code"] == "token_revoked"
    acts = [act.verb for act in ledger.history(account)]
    assert acts == [
        "organisations.program_added",
        "organisations.post_given",
        "organisations.locked",
        "organisations.unlocked",
    ]


def test_a_colleague_is_no_program(world: World) -> None:
    browser = world.client("administrator")
    colleague = world.account("clerk").pk
    for path in (f"/people/programs/{colleague}/lock", f"/people/programs/{colleague}/tokens"):
        assert browser.post(path).status_code == 404
    assert Account.objects.get(pk=colleague).is_active
