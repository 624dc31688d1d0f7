"""What the clerk does about a line that does not get on: send again over the axis, send paper, call. One or many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from vanthu.documents import queries as documents
from vanthu.documents.recalling import refuse_recalled
from vanthu.exchange import connections, lines, parcels, queries
from vanthu.exchange.axis_models import SentPacket
from vanthu.exchange.axis_states import SendState
from vanthu.exchange.models import Delivery, Receipt
from vanthu.exchange.states import DELIVERIES, DeliveryChannel, DeliveryState
from vanthu.kernel import ledger, moves
from vanthu.kernel.calendar import now, today
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound

if TYPE_CHECKING:
    from datetime import date

    from vanthu.documents.models import OutgoingEntry
    from vanthu.documents.queries import Seen
    from vanthu.exchange.connections import Way
    from vanthu.kernel.actor import Actor

MOST_RESENDS = 5
"""To one receiver, where the connection says nothing else (`options["resends"]`)."""
TOGETHER = 200  # lines in one act
_AGAIN = DELIVERIES["send_again"].sources
SETTLED = (DeliveryState.FAILED, DeliveryState.RETURNED, DeliveryState.RECALLED)
"""States in which the clerk may leave it at that."""
_LOST = (DeliveryState.FAILED, DeliveryState.RETURNED)
CALLED = "tel"  # code of a receipt that notes a call


def may_act(seen: Seen[OutgoingEntry], by: Actor) -> bool:
    """Whether the actor looks after the document's way: the clerk, or whoever drafted it."""
    return by.may("number") or any(row.owner_kind == "p" and row.role == "drafter" for row in seen.sight.rows)


def require(seen: Seen[OutgoingEntry], by: Actor) -> None:
    """Raise `NotAllowed` for everybody else."""
    if not may_act(seen, by):
        raise NotAllowed("Chỉ văn thư hoặc người soạn thảo gửi lại được văn bản này.")


@transaction.atomic
def resend(delivery_ids: Iterable[int], *, by: Actor) -> int:
    """Send documents again to these receivers on the axis: one packet per document and connection; returns how many.

    Raises `NotFound` for what the actor does not see, `Conflict` for a line that is not to be sent again.
    """
    ids = sorted(set(delivery_ids))[: TOGETHER + 1]
    if len(ids) > TOGETHER:
        raise Invalid(f"Mỗi lần gửi lại nhiều nhất {TOGETHER} nơi nhận. Bỏ bớt lựa chọn.")
    held = Delivery.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    rows = list(held.select_related("packet__connection").order_by("pk"))
    if not rows or len(rows) < len(ids):
        raise NotFound()
    of_document: dict[int, list[Delivery]] = defaultdict(list)
    for row in rows:
        of_document[row.outgoing_id].append(row)
    for outgoing_id, several in of_document.items():
        seen = documents.outgoing(outgoing_id, by)
        if seen.sight.masked:
            raise NotFound()
        require(seen, by)
        _again(seen.entry, several, by=by)
    return len(rows)


@transaction.atomic
def resend_lost(outgoing_id: int, *, by: Actor) -> int:
    """Send a document again to every receiver on the axis that it did not reach; raises as `resend`."""
    rows = Delivery.objects.filter(outgoing=outgoing_id, channel=DeliveryChannel.AXIS, state__in=_LOST)
    ids = list(rows.order_by("position", "pk").values_list("pk", flat=True)[:TOGETHER])
    if not ids:
        documents.outgoing(outgoing_id, by)
        raise Conflict("Không còn nơi nhận nào cần gửi lại qua trục. Tải lại trang để xem trạng thái.")
    return resend(ids, by=by)


def _again(entry: OutgoingEntry, rows: Sequence[Delivery], *, by: Actor) -> None:
    refuse_recalled(entry.pk)
    for row in rows:
        _refuse_resend(row)
    ways = connections.ways(entry.office_id, [row.agency_id for row in rows if row.agency_id])
    groups: dict[tuple[int, str], list[Delivery]] = defaultdict(list)
    for row in rows:
        way = ways.get(row.agency_id or 0)
        if way is None:
            raise Conflict(
                f"{row.to_name} không còn mã định danh trên kết nối nào đang bật."
                " Chuyển sang gửi bản giấy, hoặc nhờ quản trị hệ thống kiểm tra kết nối."
            )
        _requeue(row, way, by=by)
        groups[way.connection.pk, row.packet.code if row.packet else "0"].append(row)
    for (_, code), several in groups.items():
        way = ways[several[0].agency_id or 0]
        content = several[0].packet.content if several[0].packet else {}
        parcels.queue_document(entry, way.connection, way.address, several, code=code, content=content, by=by)
    _record(entry, rows, by=by)


def _refuse_resend(row: Delivery) -> None:
    if row.channel != DeliveryChannel.AXIS or row.state not in _AGAIN:
        raise Conflict(
            f"{row.to_name}: không gửi lại được, trạng thái hiện nay là “{row.get_state_display()}”."
            " Tải lại trang để xem."
        )
    options = row.packet.connection.options if row.packet else {}
    most = int(options.get("resends") or MOST_RESENDS)
    if row.resends >= most:
        raise Conflict(
            f"{row.to_name} đã được gửi lại {row.resends} lần, không gửi thêm qua trục."
            " Gọi điện cho nơi nhận, hoặc chuyển sang gửi bản giấy."
        )


def _requeue(row: Delivery, way: Way, *, by: Actor) -> None:
    moment = now()
    also = {"resends": row.resends + 1, "to_code": way.to_code, "queued_at": moment, "changed_at": moment}
    moves.make(DELIVERIES, "send_again", row, by=by, also=also)
    lines.note(row, f"gửi lại lần {row.resends} qua trục")


def _record(entry: OutgoingEntry, rows: Sequence[Delivery], *, by: Actor) -> None:
    names = [row.to_name for row in rows]
    said = names[0] if len(names) == 1 else f"{len(names)} nơi nhận"
    ledger.record(
        "exchange.resent",
        entry,
        by=by,
        office_id=entry.office_id,
        changes={"recipients": (None, names)},
        note=f"gửi lại {said} qua trục",
    )


@transaction.atomic
def to_paper(delivery_id: int, note: str, *, by: Actor) -> Delivery:
    """Give up the axis for one receiver: it gets the document on paper; `note` says how or why.

    Raises `Conflict` while a packet is on its way, `Invalid` without a note.
    """
    row, seen = queries.delivery(delivery_id, by)
    require(seen, by)
    words = _words(note, "Ghi bản giấy gửi bằng cách nào, ví dụ: bưu điện, 23/11.")
    if row.channel != DeliveryChannel.AXIS:
        raise Conflict("Nơi nhận này không gửi qua trục. Tải lại trang để xem.")
    if row.state == DeliveryState.QUEUED and not _rests(row.packet):
        raise Conflict("Gói tin đang trên đường lên trục. Chờ vài phút để biết kết quả rồi hãy chuyển.")
    also = {"channel": DeliveryChannel.PAPER, "reason": words, "changed_at": now()}
    moves.make(DELIVERIES, "to_paper", row, by=by, also=also)
    lines.note(row, f"chuyển sang gửi bản giấy: {words}")
    _tell("turned_to_paper", seen.entry, row, f"chuyển {row.to_name} sang gửi bản giấy: {words}", by)
    return row


def _rests(packet: SentPacket | None) -> bool:
    return packet is None or packet.state in (SendState.REFUSED, SendState.STOPPED)


@transaction.atomic
def note_call(delivery_id: int, note: str, on: date | None = None, *, by: Actor) -> Receipt:
    """Note that somebody called the receiver, and what they said; the state stays.

    Raises `Invalid` for a day to come or without words.
    """
    row, seen = queries.delivery(delivery_id, by)
    require(seen, by)
    day = on or today()
    if day > today():
        raise Invalid(fields={"on": "Ngày gọi không ở tương lai. Sửa lại ngày."})
    words = _words(note, "Ghi nơi nhận trả lời thế nào.")
    lines.note(row, f"đã gọi điện {day:%d/%m/%Y}: {words}", code=CALLED)
    made = Receipt.objects.filter(delivery=row, code=CALLED).latest("pk")
    _tell("called", seen.entry, row, f"đã gọi điện cho {row.to_name} ngày {day:%d/%m/%Y}: {words}", by)
    return made


@transaction.atomic
def settle(delivery_id: int, note: str, *, by: Actor) -> Delivery:
    """Nothing more is to be done about a line that came back or never got there; `note` says why.

    It leaves the board until something new is known of it. Raises `Conflict` in another state, `Invalid` without words.
    """
    row, seen = queries.delivery(delivery_id, by)
    require(seen, by)
    words = _words(note, "Ghi vì sao không gửi nữa, ví dụ: đã gửi đúng nơi bằng văn bản khác.")
    held = Delivery.objects.filter(pk=row.pk, state__in=SETTLED)
    if not held.update(settled_at=now()):
        raise Conflict("Nơi nhận này không chờ xử lý nữa. Tải lại trang để xem trạng thái.")
    lines.note(row, f"không gửi nữa: {words}")
    _tell("settled", seen.entry, row, f"không gửi lại {row.to_name}: {words}", by)
    return row


def _tell(verb: str, entry: OutgoingEntry, row: Delivery, note: str, by: Actor) -> None:
    """What was done about one recipient, in the history of the document."""
    ledger.record(
        f"exchange.{verb}",
        entry,
        by=by,
        office_id=entry.office_id,
        changes={"recipient": (None, row.to_name)},
        note=note,
    )


def _words(note: str, hint: str) -> str:
    words = " ".join(note.split())
    if not words:
        raise Invalid(fields={"note": hint})
    if len(words) > 300:
        raise Invalid(fields={"note": "Rút ngắn ghi chú còn 300 ký tự."})
    return words
