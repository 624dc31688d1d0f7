"""The clerk's board of what is under way and the page of one line."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import World
from tests.exchange.axis_out import OtherSide, bodies, connect, issued, packet_of, states
from tests.exchange.conftest import attach_pdf, place  # noqa: F401 - its folder and its file
from vanthu.documents.models import OutgoingEntry
from vanthu.exchange import connections, following, reconciling
from vanthu.exchange.axis_models import Connection, SentPacket
from vanthu.exchange.following import Need, Wanted
from vanthu.exchange.models import Delivery
from vanthu.exchange.routing import To
from vanthu.exchange.transports.base import SentTo
from vanthu.kernel.calendar import now
from vanthu.kernel.jobs import run_jobs

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=12)


@pytest.fixture
def axis(world: World, place: Path, monkeypatch: pytest.MonkeyPatch) -> OtherSide:  # noqa: F811
    """The other side of a connection of the Supreme Procuracy."""
    connect(world)
    side = OtherSide(place / "axis")
    monkeypatch.setattr(connections, "transport_of", lambda connection: side)
    return side


@pytest.fixture
def sent(world: World, axis: OtherSide, attach_pdf: Callable[[int], None]) -> OutgoingEntry:  # noqa: F811
    """A document under way to seven bodies and an office, each in another trouble."""
    entry = issued(world, attach_pdf, [*bodies(7), To(world.region.pk, world.region.name)])
    run_jobs()
    rows = list(Delivery.objects.filter(outgoing=entry).order_by("position"))
    long_ago = now() - LONG_AGO
    lost = SentPacket.objects.get(pk=packet_of(entry).pk)
    lost.pk, lost.key, lost.state = None, "other", "unknown"
    lost.save()
    for row, fields in zip(
        rows,
        (
            {},
            {"queued_at": long_ago},
            {"state": "failed", "reason": "Trục đang bận."},
            {"state": "returned", "reason": "bên nhận từ chối: gửi nhầm"},
            {"state": "queued", "packet": lost},
            {"state": "recalled", "changed_at": long_ago},
            {"state": "queued", "queued_at": long_ago},
        ),
        strict=False,
    ):
        Delivery.objects.filter(pk=row.pk).update(**fields)
    return entry


def board(world: World, **wanted: Any) -> following.Board:
    return following.board(world.actor("supreme_clerk"), Wanted(**wanted))


def test_what_needs_attention_comes_first(world: World, sent: OutgoingEntry) -> None:
    found = board(world)
    assert [one.need for one in found.lines] == [
        Need.FAILED,
        Need.RETURNED,
        Need.UNKNOWN,
        Need.RECALL,
        Need.NOT_RECEIVED,
        Need.LATE,
        Need.NONE,
        Need.NONE,
    ]
    assert found.attention == 6
    cut = following.cutoffs()
    assert [following.need_of(one.delivery, cut) for one in found.lines] == [one.need for one in found.lines]
    assert [one.delivery.to_name for one in board(world, text="số 3").lines] == ["Cơ quan số 3"]
    assert len(board(world, show="attention").lines) == 6
    assert [one.delivery.channel for one in board(world, channel="internal").lines] == ["internal"]


def test_pages_follow_each_other_without_a_gap(world: World, sent: OutgoingEntry) -> None:
    clerk, seen, after = world.actor("supreme_clerk"), [], ""
    for _ in range(4):
        found = following.board(clerk, Wanted(after=after), limit=2)
        seen += [one.delivery.pk for one in found.lines]
        after = found.following
    assert after == ""
    assert seen == [one.delivery.pk for one in board(world).lines]
    assert len(set(seen)) == 8


def test_the_board_asks_the_same_number_of_questions_whatever_there_is(
    world: World,
    axis: OtherSide,
    attach_pdf: Callable[[int], None],  # noqa: F811
) -> None:
    client = world.client("supreme_clerk")
    issued(world, attach_pdf, bodies(1))
    client.get(reverse("sending"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("sending"))
    issued(world, attach_pdf, bodies(60))
    run_jobs()
    with CaptureQueriesContext(connection) as many:
        page = client.get(reverse("sending"))
    assert len(many) == len(one) <= 10
    assert page.content.count(b'id="line-') == following.PAGE


def test_the_board_shows_the_next_step_and_sends_again(world: World, sent: OutgoingEntry) -> None:
    client = world.client("supreme_clerk")
    text = client.get(reverse("sending")).content.decode()
    for words in ("Trục đang bận.", "Chưa nhận sau 2 ngày: gửi lại hoặc gọi", "Chưa rõ đã đến trục"):
        assert words in text
    failed = Delivery.objects.get(outgoing=sent, state="failed")
    answer = client.post(reverse("resend_picked"), {"picked": [failed.pk]})
    assert answer.status_code == 302
    assert Delivery.objects.get(pk=failed.pk).state == "queued"
    nothing = client.post(reverse("resend_picked"), {})
    assert nothing.status_code == 422
    assert "Chưa chọn nơi nhận nào" in nothing.content.decode()
    late = Delivery.objects.get(outgoing=sent, to_name="Cơ quan số 6")
    refused = client.post(reverse("resend_picked"), {"picked": [late.pk]})
    assert refused.status_code == 409
    assert "không gửi lại được" in refused.content.decode()


def test_a_line_tells_its_way_and_takes_notes(world: World, sent: OutgoingEntry) -> None:
    client = world.client("supreme_clerk")
    row = Delivery.objects.get(outgoing=sent, to_name="Cơ quan số 1")
    text = client.get(reverse("sending_line", args=[row.pk])).content.decode()
    assert "trục đã nhận gói tin" in text
    assert "Chi tiết kỹ thuật" in text
    wrong = client.post(
        reverse("note_call", args=[row.pk]), {"call-on": "23/11/2099", "call-note": "đã nhận"}
    )
    assert wrong.status_code == 422
    assert "Ngày gọi không ở tương lai" in wrong.content.decode()
    today = f"{now():%d/%m/%Y}"
    client.post(reverse("note_call", args=[row.pk]), {"call-on": today, "call-note": "mai nhận"})
    client.post(reverse("to_paper", args=[row.pk]), {"paper-note": "bưu điện"})
    text = client.get(reverse("sending_line", args=[row.pk])).content.decode()
    assert "mai nhận" in text
    assert "chuyển sang gửi bản giấy: bưu điện" in text
    assert states(sent)[1] == "outside"
    back = Delivery.objects.get(outgoing=sent, state="returned")
    assert client.post(reverse("settle_line", args=[back.pk]), {"settle-note": ""}).status_code == 422
    shown = client.get(reverse("sending")).content.decode()
    client.post(reverse("settle_line", args=[back.pk]), {"settle-note": "gửi trùng"})
    left = client.get(reverse("sending")).content.decode()
    assert f'id="line-{back.pk}"' in shown
    assert f'id="line-{back.pk}"' not in left
    late = Delivery.objects.get(outgoing=sent, to_name="Cơ quan số 6")
    assert client.post(reverse("settle_line", args=[late.pk]), {"settle-note": "thôi"}).status_code == 409
    Delivery.objects.filter(pk=back.pk).update(changed_at=now())  # its receiver speaks again
    assert f'id="line-{back.pk}"' in client.get(reverse("sending")).content.decode()
    whole = client.get(reverse("outgoing_entry", args=[sent.pk])).content.decode()
    assert "Gửi lại 2 nơi chưa đến" in whole
    client.post(reverse("resend_lost", args=[sent.pk]))
    assert states(sent)[2:4] == ["queued", "queued"]


def test_the_daily_comparison_is_told(world: World, axis: OtherSide, sent: OutgoingEntry) -> None:
    made = now() - timedelta(hours=2)
    SentPacket.objects.filter(outgoing=sent).update(begun_at=made)
    client = world.client("supreme_clerk")
    reconciling.reconcile(Connection.objects.get().pk)
    assert "khớp cả" in client.get(reverse("sending")).content.decode()
    axis.rows = [
        SentTo("strange", "G99", "initial", symbol="9/LẠ", sent_at=made),
        SentTo("repeated", "G99", "done", symbol="8/LẠ", sent_at=made, kind="status"),
    ]
    reconciling.reconcile(Connection.objects.get().pk)
    text = client.get(reverse("sending")).content.decode()
    assert "gói ta đã gửi mà trục không có" in text
    assert "1 gói trục có mà ta không ghi" in text
    page = client.get(reverse("reconciled", args=[Connection.objects.get().pk])).content.decode()
    assert sent.document.symbol in page
    assert "9/LẠ" in page
    assert client.get(reverse("reconciled", args=[0])).status_code == 404
    axis.silent = True
    reconciling.reconcile(Connection.objects.get().pk)
    assert "chưa đối chiếu được" in client.get(reverse("sending")).content.decode()
