"""An act becomes one signed message per webhook, sent until it arrives; nothing of the document is in it."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from typing import Any

import pytest
from django.core.cache import caches
from django.db import IntegrityError, transaction
from django.db.models import F

from tests.cast import World
from tests.entries import SUBJECT, make_assigned, make_delivered, make_presented, make_registered
from tests.kernel.receiver import Receiver, receiving
from vanthu.documents import actions as documents
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.models import LedgerEntry, LedgerValues, Webhook, WebhookDelivery
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.kernel.webhooks import actions, jobs, keys, outbox, queries, sending
from vanthu.kernel.webhooks.events import EVENTS, RESOURCES, VERBS, names_of

ALL = list(EVENTS)


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.WEBHOOK_ALLOW = [ip_network("127.0.0.1/32")]
    with receiving() as one:
        yield one


@pytest.fixture
def by(world: World) -> Actor:
    return world.actor("administrator")


def make_hook(by: Actor, receiver: Receiver, *events: str, **fields: Any) -> actions.Slip:
    return actions.subscribe(
        receiver.url, events or ALL, **{"name": "Phần mềm quản lý án", "by": by, **fields}
    )


def the_delivery() -> WebhookDelivery:
    return WebhookDelivery.objects.get()


def signature(secret: str, headers: dict[str, str], body: bytes) -> str:
    """As the receiver computes it, by the scheme's own text."""
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()


def pass_time(**ago: float) -> None:
    """Let so much time go by for everything that waits."""
    shift = timedelta(**ago)
    WebhookDelivery.objects.update(next_at=F("next_at") - shift)
    Webhook.objects.update(
        wait_until_at=F("wait_until_at") - shift, failing_since_at=F("failing_since_at") - shift
    )


def again(**ago: float) -> None:
    """The job of every minute, so much later."""
    pass_time(**ago)
    jobs.send_late()
    run_jobs()


def test_the_signature_is_that_of_the_standard() -> None:
    # the example of the Standard Webhooks specification
    made = keys.signatures(
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
        ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
    )
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_registered_document_is_told_once_and_signed(world: World, by: Actor, receiver: Receiver) -> None:
    slip = make_hook(by, receiver, "document.registered")
    entry = make_registered(world)
    act = ledger.last_act(entry)
    assert act is not None
    run_jobs()
    [(path, headers, body)] = receiver.got
    told = json.loads(body)
    assert path == "/events?key=abc"
    assert headers["host"] == f"127.0.0.1:{receiver.port}"
    assert headers["content-type"] == "application/json"
    assert headers["webhook-signature"] == signature(slip.secret, headers, body)
    assert abs(int(headers["webhook-timestamp"]) - datetime.now(UTC).timestamp()) < 60
    assert told == {
        "id": headers["webhook-id"],
        "event": "document.registered",
        "at": act.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "office": {"id": world.province.pk, "code": "VKS"},
        "item": {"kind": "incoming", "id": entry.pk},
        "url": f"/api/v1/incoming/{entry.pk}",
    }
    row = the_delivery()
    assert (row.state, row.attempts, row.last["status"], row.last["problem"]) == ("delivered", 1, 204, "")
    assert run_jobs() == 0


def test_nothing_of_a_document_is_told(world: World, by: Actor, receiver: Receiver) -> None:
    make_hook(by, receiver)
    make_assigned(world)
    run_jobs()
    told = b" ".join(body for _, _, body in receiver.got).decode()
    for word in (SUBJECT, "Công an", "Lâm", "Khải", "tham mưu"):
        assert word not in told


def test_an_act_of_several_names_is_told_once_under_the_most_telling(
    world: World, by: Actor, receiver: Receiver
) -> None:
    make_hook(by, receiver)
    make_hook(by, receiver, "status.changed", name="Chỉ trạng thái")
    make_assigned(world)  # registered, presented, directed, assigned
    run_jobs()
    names = [json.loads(body)["event"] for _, _, body in receiver.got]
    assert sorted(names) == sorted(
        [
            *("document.registered", "status.changed", "task.assigned", "task.assigned"),
            *["status.changed"] * 4,
        ]
    )


def test_every_public_event_has_its_acts_and_every_item_its_address() -> None:
    assert names_of("documents.issued") == ("document.issued", "status.changed")
    assert all(event.verbs for event in EVENTS.values())
    assert len(VERBS) == len(set(VERBS))
    assert {one.kind for one in RESOURCES.values()} == {
        *("incoming", "outgoing", "draft", "dossier", "webhook")
    }


def test_only_what_was_subscribed_to_and_only_of_the_own_office(
    world: World, by: Actor, receiver: Receiver
) -> None:
    make_hook(by, receiver, "document.issued")
    make_registered(world)
    make_registered(world, "region_clerk")
    make_delivered(world)
    assert not WebhookDelivery.objects.exists()
    make_hook(by, receiver, "status.changed")
    make_registered(world, "region_clerk")
    assert not WebhookDelivery.objects.exists()
    make_delivered(world)
    assert the_delivery().event == "status.changed"


def test_what_is_rolled_back_is_not_told(world: World, by: Actor, receiver: Receiver) -> None:
    make_hook(by, receiver)
    run_jobs()
    with transaction.atomic():
        make_registered(world)
        assert WebhookDelivery.objects.count() == 1
        transaction.set_rollback(True)
    assert not WebhookDelivery.objects.exists()
    jobs.send_late()
    run_jobs()
    assert receiver.got == []


@pytest.fixture
def registering(world: World, monkeypatch: pytest.MonkeyPatch) -> Callable[[], ledger.Event]:
    """Registers a document and gives the event that the reaction was told."""

    def act() -> ledger.Event:
        seen, write = [], outbox.write
        with monkeypatch.context() as patch:
            patch.setattr(outbox, "write", lambda event: seen.append(event) or write(event))
            make_registered(world)
        return seen[0]

    return act


def test_an_act_is_noted_once_per_webhook(
    by: Actor, receiver: Receiver, registering: Callable[[], ledger.Event]
) -> None:
    hook = make_hook(by, receiver).hook
    event = registering()
    act = LedgerEntry.objects.get(pk=event.entry_id)
    assert (act.verb, act.at) == (event.verb, event.at)
    outbox.write(event)
    assert WebhookDelivery.objects.filter(hook=hook).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        WebhookDelivery.objects.create(
            hook=hook, entry_id=act.pk, event="document.registered", at=act.at, about_kind="in", about_id=1
        )


def test_an_office_without_webhooks_pays_no_query(
    world: World,
    by: Actor,
    receiver: Receiver,
    registering: Callable[[], ledger.Event],
    django_assert_num_queries: Any,
) -> None:
    here = registering()
    make_hook(by, receiver)
    elsewhere = replace(here, office_id=world.region.pk)
    outbox.write(elsewhere)
    with django_assert_num_queries(0):
        for _ in range(50):
            assert outbox.write(elsewhere) == []
    caches["actors"].clear()
    with django_assert_num_queries(1):  # every ten seconds in each process
        outbox.write(elsewhere)
    with django_assert_num_queries(2):  # its webhooks, the rows
        assert len(outbox.write(here)) == 1


def test_a_failure_is_tried_again_with_growing_pauses(world: World, by: Actor, receiver: Receiver) -> None:
    make_hook(by, receiver, "document.registered")
    make_registered(world)
    receiver.answers = [(500, b"out of order \x00\xff")] * 7
    run_jobs()
    pauses = []
    for tried in range(1, 7):
        row = the_delivery()
        assert (row.state, row.attempts) == ("pending", tried)
        assert row.tried_at is not None
        pauses.append(round((row.next_at - row.tried_at).total_seconds() / 60))
        again(minutes=pauses[-1] - 0.5)
        assert len(receiver.got) == tried, "not before its time"
        again(minutes=1)
        assert len(receiver.got) == tried + 1
    assert pauses == [1, 5, 30, 120, 360, 1440]
    row = the_delivery()
    assert (row.state, row.attempts, len(row.tries)) == ("failed", 7, 7)
    assert row.last["status"] == 500
    assert row.last["problem"].startswith("Nơi nhận trả lời 500")
    assert row.last["answer"] == "out of order \ufffd"
    assert len({headers["webhook-id"] for _, headers, _ in receiver.got}) == 1
    again(days=2)
    assert len(receiver.got) == 7


def test_after_a_failure_it_arrives(world: World, by: Actor, receiver: Receiver) -> None:
    hook = make_hook(by, receiver, "document.registered").hook
    make_registered(world)
    receiver.answers = [(503, b"")]
    run_jobs()
    hook.refresh_from_db()
    assert hook.failing_since_at is not None
    again(minutes=1)
    hook.refresh_from_db()
    assert hook.failing_since_at is None
    assert the_delivery().state == "delivered"


def test_who_does_not_answer_in_time_is_left_alone_for_a_while(
    world: World, by: Actor, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "READ_SECONDS", 0.2)
    receiver.silent = threading.Event()
    hook = make_hook(by, receiver, "document.registered").hook
    for _ in range(3):
        make_registered(world)
    run_jobs()
    assert len(receiver.got) == 1  # the others were not sent into the void
    first, *others = WebhookDelivery.objects.order_by("pk")
    assert (first.attempts, first.last["status"]) == (1, None)
    assert first.last["problem"].startswith("Nơi nhận không trả lời kịp")
    assert [one.attempts for one in others] == [0, 0]
    make_registered(world)
    run_jobs()
    jobs.send_late()
    run_jobs()
    assert len(receiver.got) == 1
    receiver.silent.set()
    receiver.silent = None
    again(minutes=1)
    assert set(WebhookDelivery.objects.values_list("state", flat=True)) == {"delivered"}
    hook.refresh_from_db()
    assert hook.wait_until_at is None


def test_it_is_left_alone_as_long_again_as_it_has_been_failing(
    world: World, by: Actor, receiver: Receiver
) -> None:
    hook = make_hook(by, receiver, "document.registered").hook
    Webhook.objects.update(url="http://127.0.0.1:1/")  # nobody listens
    make_registered(world)
    waits = []
    run_jobs()
    for minutes in (2, 10, 50, 200):
        hook.refresh_from_db()
        assert hook.wait_until_at is not None
        waits.append(round((hook.wait_until_at - the_delivery().tried_at).total_seconds() / 60))
        again(minutes=minutes)
    assert waits == [1, 2, 12, 30]
    assert the_delivery().last["problem"].startswith("Không kết nối được tới nơi nhận")


def test_after_three_failures_the_others_wait_for_the_next_round(
    world: World, by: Actor, receiver: Receiver
) -> None:
    make_hook(by, receiver, "document.registered")
    for _ in range(5):
        make_registered(world)
    receiver.answers = [(500, b"")] * 3
    run_jobs()
    assert len(receiver.got) == 3
    jobs.send_late()
    run_jobs()
    assert len(receiver.got) == 5


def test_three_days_of_failures_stop_a_webhook(world: World, by: Actor, receiver: Receiver) -> None:
    hook = make_hook(by, receiver, "document.registered").hook
    make_registered(world)
    receiver.answers = [(500, b"")] * 2
    run_jobs()
    again(days=3)
    hook.refresh_from_db()
    assert hook.state == "stopped"
    assert queries.stopped(by) == 1
    last = ledger.last_act(hook)
    assert last is not None
    assert (last.verb, last.actor_name) == ("webhooks.stopped", "Hệ thống")
    make_registered(world)  # nothing is kept for it any more
    assert WebhookDelivery.objects.count() == 1
    actions.resume(hook.pk, by=by)
    run_jobs()
    assert the_delivery().state == "delivered"
    hook.refresh_from_db()
    assert (hook.state, hook.failing_since_at) == ("active", None)


def test_a_redirect_is_not_followed(world: World, by: Actor, receiver: Receiver) -> None:
    make_hook(by, receiver, "document.registered")
    receiver.headers = {"Location": f"http://127.0.0.1:{receiver.port}/inside"}
    receiver.answers = [(302, b"")]
    make_registered(world)
    run_jobs()
    assert [path for path, _, _ in receiver.got] == ["/events?key=abc"]
    assert the_delivery().state == "pending"
    assert "không đi theo" in the_delivery().last["problem"]


def test_of_a_long_answer_only_the_beginning_is_kept(world: World, by: Actor, receiver: Receiver) -> None:
    make_hook(by, receiver, "document.registered")
    receiver.answers = [(200, b"x" * 1_000_000)]
    make_registered(world)
    run_jobs()
    assert the_delivery().state == "delivered"
    assert the_delivery().last["answer"] == "x" * 500


def test_replay_sends_it_again_under_its_old_id(world: World, by: Actor, receiver: Receiver) -> None:
    hook = make_hook(by, receiver, "document.registered").hook
    make_registered(world)
    run_jobs()
    actions.replay(the_delivery().pk, by=by)
    with pytest.raises(Conflict):
        actions.replay(the_delivery().pk, by=by)  # it waits already
    run_jobs()
    first, second = (headers["webhook-id"] for _, headers, _ in receiver.got)
    assert first == second
    row = the_delivery()
    assert (row.state, row.attempts, len(row.tries)) == ("delivered", 1, 2)
    last = ledger.last_act(hook)
    assert last is not None
    assert last.verb == "webhooks.replayed"


def test_all_that_failed_is_replayed_at_once(world: World, by: Actor, receiver: Receiver) -> None:
    hook = make_hook(by, receiver, "document.registered").hook
    for _ in range(3):
        make_registered(world)
    run_jobs()
    WebhookDelivery.objects.exclude(pk=WebhookDelivery.objects.earliest("pk").pk).update(state="failed")
    assert actions.replay_failed(hook.pk, by=by) == 2
    run_jobs()
    assert len(receiver.got) == 5
    assert actions.replay_failed(hook.pk, by=by) == 0


def test_a_test_is_sent_once_and_does_not_count(by: Actor, receiver: Receiver) -> None:
    hook = make_hook(by, receiver, "document.issued").hook
    receiver.answers = [(500, b"")]
    actions.test(hook.pk, by=by)
    run_jobs()
    told = json.loads(receiver.got[0][2])
    assert (told["event"], told["item"]) == ("webhook.test", {"kind": "webhook", "id": hook.pk})
    assert the_delivery().state == "failed"
    hook.refresh_from_db()
    assert hook.failing_since_at is None
    assert actions.replay_failed(hook.pk, by=by) == 0


def test_a_paused_webhook_is_told_nothing(world: World, by: Actor, receiver: Receiver) -> None:
    hook = make_hook(by, receiver, "document.registered").hook
    make_registered(world)
    actions.pause(hook.pk, by=by)
    make_registered(world)
    run_jobs()
    assert receiver.got == []
    for act in (actions.test, actions.replay_failed, actions.pause):
        with pytest.raises(Conflict):
            act(hook.pk, by=by)
    actions.resume(hook.pk, by=by)
    run_jobs()
    assert len(receiver.got) == 1  # what waited; the second act was not kept for it


def test_after_a_change_both_secrets_sign_for_a_day(world: World, by: Actor, receiver: Receiver) -> None:
    old = make_hook(by, receiver, "document.registered")
    new = actions.rotate_secret(old.hook.pk, by=by)
    assert new.secret != old.secret
    make_registered(world)
    run_jobs()
    _, headers, body = receiver.got[0]
    signed = headers["webhook-signature"].split(" ")
    assert signed == [signature(one.secret, headers, body) for one in (new, old)]
    hook = Webhook.objects.get()
    assert outbox.valid_secrets(hook, datetime.now(UTC) + timedelta(hours=25)) == [new.secret]
    for _ in range(3):
        actions.rotate_secret(hook.pk, by=by)
    with pytest.raises(Conflict):
        actions.rotate_secret(hook.pk, by=by)


def test_secrets_lie_encrypted_and_never_in_the_ledger(world: World, by: Actor, receiver: Receiver) -> None:
    slip = make_hook(by, receiver)
    fresh = actions.rotate_secret(slip.hook.pk, by=by)
    hook = Webhook.objects.get()
    written = json.dumps([hook.secrets, *LedgerValues.objects.values_list("values", flat=True)])
    for secret in (slip.secret, fresh.secret):
        assert secret.startswith("whsec_")
        assert secret not in written
    assert "key=abc" not in written  # the query of an address may be a password too


def test_when_the_servers_key_changed_the_page_says_so(
    world: World, by: Actor, receiver: Receiver, settings: Any
) -> None:
    make_hook(by, receiver, "document.registered")
    make_registered(world)
    was, settings.SECRET_KEY = settings.SECRET_KEY, "another key of this server"
    run_jobs()
    assert "Đặt lại khóa này" in the_delivery().last["problem"]
    settings.SECRET_KEY_FALLBACKS = [was]
    again(minutes=1)
    assert the_delivery().state == "delivered"


def test_the_same_form_twice_makes_one_webhook(by: Actor, receiver: Receiver) -> None:
    first = make_hook(by, receiver, key="k1")
    assert make_hook(by, receiver, key="k1") == first
    assert Webhook.objects.count() == 1


def test_only_the_administrator_of_the_office(world: World, by: Actor, receiver: Receiver) -> None:
    hook = make_hook(by, receiver).hook
    for persona in ("clerk", "head", "inspector", "region_clerk"):
        for act in (
            actions.pause,
            actions.test,
            actions.rotate_secret,
            actions.remove,
            actions.replay_failed,
        ):
            with pytest.raises(NotAllowed):
                act(hook.pk, by=world.actor(persona))
        with pytest.raises(NotAllowed):
            make_hook(world.actor(persona), receiver)
    elsewhere = replace(by, office_id=world.region.pk)
    row = actions.test(hook.pk, by=by)
    for act in (actions.pause, actions.resume, actions.remove, actions.rotate_secret, queries.hook):
        with pytest.raises(NotFound):
            act(hook.pk, by=elsewhere)
    with pytest.raises(NotFound):
        queries.delivery(row.pk, elsewhere)
    assert queries.hooks(elsewhere) == []


def test_wrong_fields_are_refused_one_by_one(by: Actor, receiver: Receiver) -> None:
    with pytest.raises(Invalid) as caught:
        actions.subscribe("https://127.0.0.2/", ["document.read"], name=" ", by=by)
    assert set(caught.value.fields) == {"name", "url", "events"}
    assert "mạng nội bộ" in caught.value.fields["url"]
    hook = make_hook(by, receiver).hook
    with pytest.raises(Invalid):
        actions.change(hook.pk, name="Tên mới", url="ftp://example.vn/", events=ALL, by=by)


def test_a_change_is_in_the_ledger_with_what_differs(by: Actor, receiver: Receiver) -> None:
    hook = make_hook(by, receiver).hook
    changed = actions.change(hook.pk, name="Cổng báo cáo", url=receiver.url, events=["task.assigned"], by=by)
    assert changed.events == ["task.assigned"]
    last = ledger.last_act(hook)
    assert last is not None
    assert last.verb == "webhooks.changed"
    assert set(last.changes) == {"name", "events"}
    actions.change(hook.pk, name="Cổng báo cáo", url=receiver.url, events=["task.assigned"], by=by)
    assert ledger.last_act(hook) == last  # nothing changed, nothing written


def test_a_removed_webhook_takes_its_deliveries_along(world: World, by: Actor, receiver: Receiver) -> None:
    hook = make_hook(by, receiver).hook
    make_registered(world)
    actions.remove(hook.pk, by=by)
    run_jobs()
    assert receiver.got == []
    assert not WebhookDelivery.objects.exists()
    assert LedgerEntry.objects.filter(verb="webhooks.removed", office_id=world.province.pk).count() == 1


def test_old_deliveries_go_after_thirty_days(world: World, by: Actor, receiver: Receiver) -> None:
    make_hook(by, receiver)
    for _ in range(2):
        make_registered(world)
    old = WebhookDelivery.objects.earliest("pk")
    WebhookDelivery.objects.filter(pk=old.pk).update(made_at=F("made_at") - timedelta(days=31))
    jobs.drop_old()
    assert the_delivery().pk != old.pk


def test_lists_are_read_page_by_page_and_counted(
    world: World, by: Actor, receiver: Receiver, django_assert_num_queries: Any
) -> None:
    hook = make_hook(by, receiver).hook
    for _ in range(3):
        documents.take_back(make_presented(world).pk, by=world.actor("clerk"))
    receiver.answers = [(500, b"")]
    run_jobs()
    newest = queries.deliveries(hook.pk, by, limit=4)
    older = queries.deliveries(hook.pk, by, before=newest[-1].pk)
    assert len(newest) == 4
    assert len(older) == 5
    assert [one.state for one in queries.deliveries(hook.pk, by, state="pending")] == ["pending"]
    assert queries.counts(hook.pk, by) == {"pending": 1, "delivered": 8}
    make_hook(by, receiver, name="Nơi khác")
    with django_assert_num_queries(1):
        first = next(one for one in queries.hooks(by) if one.pk == hook.pk)
    assert (first.pending, first.failed) == (1, 0)  # type: ignore[attr-defined]
