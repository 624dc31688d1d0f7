"""What needs attention among deliveries under way, and the clerk's board of them.

In time is what leaves on the day of its signature or the next working day (Decree 30/2020, article 18.1). Who has not
taken a document after two working days is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.utils import timezone

from vanthu.exchange.axis_states import SendState
from vanthu.exchange.models import UNSETTLED, Delivery, Receipt
from vanthu.exchange.states import UNDER_WAY, DeliveryChannel, DeliveryState
from vanthu.kernel import participants
from vanthu.kernel.calendar import today, working_days_after
from vanthu.kernel.refusals import NotFound
from vanthu.kernel.vietnamese import nfc

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from vanthu.kernel.actor import Actor

NOT_RECEIVED_AFTER = 2  # working days
LATE_AFTER = 1  # working day
PAGE = 50


class Need(IntEnum):
    """Why a line needs somebody, the most urgent first."""

    FAILED = 0
    RETURNED = 1
    UNKNOWN = 2
    RECALL = 3
    NOT_RECEIVED = 4
    LATE = 5
    NONE = 9


LABELS: Mapping[Need, str] = {
    Need.FAILED: "Không gửi được",
    Need.RETURNED: "Bị từ chối, trả lại",
    Need.UNKNOWN: "Chưa rõ đã đến trục",
    Need.RECALL: "Chưa trả lời thu hồi",
    Need.NOT_RECEIVED: "Chưa nhận sau 2 ngày",
    Need.LATE: "Gửi chậm",
    Need.NONE: "Đang đi",
}

NEXT: Mapping[Need, str] = {
    Need.FAILED: "Sửa theo lý do rồi gửi lại, hoặc gửi bản giấy",
    Need.RETURNED: "Xem lý do, gửi lại hoặc gọi",
    Need.UNKNOWN: "Hệ thống đang hỏi lại trục, chưa cần làm gì",
    Need.RECALL: "Gọi cho nơi nhận",
    Need.NOT_RECEIVED: "Chưa nhận sau 2 ngày: gửi lại hoặc gọi",
    Need.LATE: "Phải gửi trong ngày ký hoặc ngày làm việc kế tiếp",
    Need.NONE: "",
}


class Cutoffs(NamedTuple):
    """Moments before which a line has waited too long."""

    received: datetime
    late: datetime


def cutoffs() -> Cutoffs:
    """Those of today."""
    return Cutoffs(_before(NOT_RECEIVED_AFTER), _before(LATE_AFTER))


def _before(count: int) -> datetime:
    """The first moment of the earliest day from which no more than so many working days have passed."""
    day = today()
    while working_days_after(day - timedelta(days=1), count) >= today():
        day -= timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time.min))


def need_of(line: Delivery, cut: Cutoffs) -> Need:
    """Why this line needs somebody; `line.packet` is loaded where it has one."""
    state = DeliveryState(line.state)
    if line.settled_at is not None and line.settled_at >= line.changed_at:
        return Need.NONE
    unknown = line.packet is not None and line.packet.state == SendState.UNKNOWN
    unanswered = bool(line.reason) or line.changed_at < cut.received
    found = {
        DeliveryState.FAILED: Need.FAILED,
        DeliveryState.RETURNED: Need.RETURNED,
        DeliveryState.RECALLED: Need.RECALL if unanswered else Need.NONE,
        DeliveryState.SENT: Need.NOT_RECEIVED if line.queued_at < cut.received else Need.NONE,
        DeliveryState.ARRIVED: Need.NOT_RECEIVED if line.queued_at < cut.received else Need.NONE,
        DeliveryState.QUEUED: Need.LATE if line.queued_at < cut.late else Need.NONE,
    }.get(state, Need.NONE)
    return Need.UNKNOWN if unknown and state == DeliveryState.QUEUED else found


def _ranked(rows: QuerySet[Any], cut: Cutoffs) -> QuerySet[Any]:
    """The same in the database, as `need`."""
    waiting = Q(state__in=(DeliveryState.SENT, DeliveryState.ARRIVED), queued_at__lt=cut.received)
    recalled = Q(state=DeliveryState.RECALLED) & (~Q(reason="") | Q(changed_at__lt=cut.received))
    cases = (
        (Q(state=DeliveryState.FAILED), Need.FAILED),
        (Q(state=DeliveryState.RETURNED), Need.RETURNED),
        (Q(state=DeliveryState.QUEUED, packet__state=SendState.UNKNOWN), Need.UNKNOWN),
        (recalled, Need.RECALL),
        (waiting, Need.NOT_RECEIVED),
        (Q(state=DeliveryState.QUEUED, queued_at__lt=cut.late), Need.LATE),
    )
    whens = [When(condition, then=Value(int(need))) for condition, need in cases]
    ranked: QuerySet[Any] = rows.annotate(
        need=Case(*whens, default=Value(int(Need.NONE)), output_field=IntegerField())
    )
    return ranked


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines: `show` is "" (all), "attention" or the number of a `Need`; words of the recipient's name."""

    show: str = ""
    channel: str = ""
    text: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the board, with the last thing that is known of it."""

    delivery: Delivery
    need: Need
    last: str


@dataclass(frozen=True, slots=True)
class Board:
    """A page of lines, how many there are of each need, and the place after the last line ("" at the end)."""

    lines: Sequence[Line]
    counts: Mapping[Need, int]
    following: str

    @property
    def attention(self) -> int:
        """How many need somebody."""
        return sum(number for need, number in self.counts.items() if need != Need.NONE)


def board(by: Actor, wanted: Wanted, *, limit: int = PAGE) -> Board:
    """Everything of the office that is under way, what needs attention first, oldest first. Needs `number`.

    What was settled comes back when something new is known of it.

    Four queries, whatever the number: what is under way is few beside what was ever sent, and has an index of its own.
    """
    by.require("number", "Chỉ văn thư theo dõi được việc gửi văn bản của cơ quan.")
    office = Delivery.objects.filter(
        UNSETTLED, from_office__in=by.own_offices, state__in=[state.value for state in UNDER_WAY]
    )
    under_way = _ranked(office, cutoffs())
    chosen = _chosen(under_way, wanted)
    found = chosen.select_related("outgoing__document", "to_office", "packet")
    rows = list(_after(found, wanted.after).order_by("need", "changed_at", "pk")[: limit + 1])
    following = _place(rows[limit - 1]) if len(rows) > limit else ""
    return Board(_lines(rows[:limit], by), _counts(under_way), following)


def _chosen(rows: QuerySet[Any], wanted: Wanted) -> QuerySet[Any]:
    if wanted.show == "attention":
        rows = rows.filter(need__lt=Need.NONE)
    elif wanted.show.isdecimal():
        rows = rows.filter(need=int(wanted.show))
    if wanted.channel in DeliveryChannel.values:
        rows = rows.filter(channel=wanted.channel)
    for word in nfc(wanted.text).split()[:6]:
        rows = rows.filter(to_name__icontains=word)
    return rows


def _place(row: Any) -> str:
    return f"{row.need}_{row.changed_at.timestamp():.6f}_{row.pk}"


def _after(rows: QuerySet[Any], place: str) -> QuerySet[Any]:
    """Those behind a place; raises `NotFound` for what is none."""
    if not place:
        return rows
    try:
        need, moment, pk = place.split("_")
        at, number, rank = datetime.fromtimestamp(float(moment), tz=UTC), int(pk), int(need)
    except (ValueError, OverflowError, OSError):
        raise NotFound from None
    behind = Q(changed_at__gt=at) | Q(changed_at=at, pk__gt=number)
    return rows.filter(Q(need__gt=rank) | Q(need=rank) & behind)


def _counts(rows: QuerySet[Any]) -> dict[Need, int]:
    found = dict(rows.order_by().values_list("need").annotate(number=Count("pk")))
    return {need: found.get(int(need), 0) for need in Need}


def _lines(rows: Sequence[Any], by: Actor) -> list[Line]:
    """The rows whose documents the actor sees."""
    sights = participants.sights(by, "out", {row.outgoing_id for row in rows})
    last = last_words([row.pk for row in rows])
    return [
        Line(row, Need(row.need), last.get(row.pk, ""))
        for row in rows
        if row.outgoing_id in sights and not sights[row.outgoing_id].masked
    ]


def last_words(delivery_ids: Sequence[int]) -> dict[int, str]:
    """{delivery: what came back last, in words}. One query."""
    rows = Receipt.objects.filter(delivery__in=delivery_ids).exclude(note="")
    newest = rows.order_by("delivery", "-at", "-pk").distinct("delivery")
    return dict(newest.values_list("delivery", "note"))


def history(delivery_id: int) -> list[Receipt]:
    """Every state and note of a line, oldest first; the caller has checked the sight of the document."""
    return list(Receipt.objects.filter(delivery=delivery_id).order_by("at", "pk"))
