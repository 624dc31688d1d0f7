"""Webhooks for the programs of an administrator: subscribe, see what became of it, send it again."""

from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

import pytest

from tests.api.programs import Program
from tests.cast import World, actor_of, make_person
from tests.entries import make_registered
from tests.kernel.receiver import Receiver, receiving
from vanthu.kernel.calendar import today
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.models import Webhook, WebhookDelivery
from vanthu.organisations import tokens_actions
from vanthu.organisations.powers import Role
from vanthu_client import verify_webhook

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.WEBHOOK_ALLOW = [ip_network("127.0.0.1/32")]
    with receiving() as one:
        yield one


def new(receiver: Receiver, **fields: Any) -> dict[str, Any]:
    return {"name": "Phần mềm quản lý án", "url": receiver.url, "events": ["document.registered"], **fields}


def test_from_subscribing_to_sending_again(
    world: World, receiver: Receiver, django_capture_on_commit_callbacks: Any
) -> None:
    program = Program.of(world, "administrator", ["webhooks"])
    response = program.post("/webhooks", new(receiver))
    assert response.status_code == 201
    made = response.json()
    secret = made.pop("secret")
    assert program.get(response["Location"]).json() == made
    assert program.get("/webhooks").json() == [made]
    with django_capture_on_commit_callbacks(execute=True):
        entry = make_registered(world)
    run_jobs()
    ((_, headers, body),) = receiver.got
    event = verify_webhook(secret, headers, body)
    assert (event["event"], event["url"]) == ("document.registered", f"/api/v1/incoming/{entry.pk}")
    path = f"/webhooks/{made['id']}/deliveries"
    (row,) = program.get(path, {"state": "delivered"}).json()["items"]
    assert (row["message_id"], row["status"], row["problem"]) == (event["id"], 204, "")
    again = program.post(f"{path}/{row['id']}/replay", key="r")
    assert again.json()["state"]["code"] == "pending"
    run_jobs()
    assert [headers["webhook-id"] for _, headers, _ in receiver.got] == [event["id"]] * 2
    assert program.post(f"{path}/{row['id']}/replay", key="r").status_code == 200
    assert len(receiver.got) == 2
    assert program.delete(f"/webhooks/{made['id']}").status_code == 204
    assert not Webhook.objects.exists()


def test_one_key_one_receiver(world: World, receiver: Receiver) -> None:
    program = Program.of(world, "administrator")
    first = program.post("/webhooks", new(receiver), key="k").json()
    assert program.post("/webhooks", new(receiver), key="k").json() == first
    other = program.post("/webhooks", new(receiver, events=["status.changed"]), key="k")
    assert (other.status_code, other.json()["code"]) == (409, "key_used")
    assert Webhook.objects.count() == 1


def test_addresses_inside_are_refused(world: World) -> None:
    body = {"name": "Trong mạng", "url": "https://127.0.0.1/x", "events": ["status.changed"]}
    response = Program.of(world, "administrator").post("/webhooks", body)
    assert (response.status_code, set(response.json()["fields"])) == (422, {"url"})
    assert not Webhook.objects.exists()


def test_only_the_administrator_of_the_office(world: World, receiver: Receiver) -> None:
    made = Program.of(world, "administrator").post("/webhooks", new(receiver)).json()
    for persona in ("clerk", "head", "region_clerk"):
        assert Program.of(world, persona).get("/webhooks").status_code == 403
        assert Program.of(world, persona).post("/webhooks", new(receiver)).status_code == 403
    read = Program.of(world, "administrator", ["read"]).get("/webhooks")
    assert (read.status_code, read.json()["code"]) == (403, "scope_missing")
    by = actor_of(make_person(world.region, Role.ADMINISTRATOR))
    day = today() + timedelta(days=1)
    stranger = Program(tokens_actions.make_own("Phần mềm", ["webhooks"], day, by=by).key)
    delivery = WebhookDelivery.objects.create(
        hook_id=made["id"],
        event="document.registered",
        at=Webhook.objects.get().made_at,
        about_kind="in",
        about_id=1,
    )
    assert stranger.get("/webhooks").json() == []
    for there, nowhere in (
        (f"/webhooks/{made['id']}", "/webhooks/987654321"),
        (f"/webhooks/{made['id']}/deliveries", "/webhooks/987654321/deliveries"),
    ):
        assert stranger.get(there).status_code == 404
        assert stranger.get(there).content == stranger.get(nowhere).content
    assert stranger.delete(f"/webhooks/{made['id']}").status_code == 404
    assert stranger.post(f"/webhooks/{made['id']}/deliveries/{delivery.pk}/replay").status_code == 404


def test_deliveries_page_by_page(world: World, receiver: Receiver) -> None:
    program = Program.of(world, "administrator")
    made = program.post("/webhooks", new(receiver)).json()
    for _ in range(3):
        make_registered(world)
    run_jobs()
    body = program.get(f"/webhooks/{made['id']}/deliveries", {"limit": 2}).json()
    rest = program.get(body["next"]).json()
    found = [one["id"] for one in body["items"] + rest["items"]]
    assert found == sorted(found, reverse=True)
    assert (len(found), rest["next"]) == (3, None)
