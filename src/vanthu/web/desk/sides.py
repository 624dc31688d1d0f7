"""What stands beside the work: the load of a unit, what was left half-done, what is on its way, what one may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from vanthu.calendar import queries as calendar
from vanthu.calendar.lines import hours_on
from vanthu.documents import proof
from vanthu.exchange import queries as exchange
from vanthu.exchange.queries import Progress
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.webhooks import queries as webhooks
from vanthu.web.issuing import rows
from vanthu.web.issuing.rows import DraftRow
from vanthu.web.shell.navigation import page_address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vanthu.documents.models import OutgoingEntry
    from vanthu.documents.queries import Seen
    from vanthu.issuing.queries import SeenDraft


@dataclass(frozen=True, slots=True)
class Sent:
    """A document that went out, and how many of its recipients registered it."""

    url: str
    entry: OutgoingEntry
    progress: Progress | None


@dataclass(frozen=True, slots=True)
class Offer:
    """A page that somebody without documents works on."""

    url: str
    icon: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Due:
    """Where the actor is expected today."""

    url: str
    hours: str
    subject: str
    place: str


def day_of(by: Actor) -> list[Due]:
    """The actor's appointments of today, by time. One query."""
    day = today()
    return [
        Due(
            page_address("appointment", row.pk),
            hours_on(day, row.starts_at, row.ends_at),
            row.subject,
            ", ".join(filter(None, [row.room.name if row.room else "", row.place])),
        )
        for row in calendar.my_day(by, day)
    ]


def on_their_way(by: Actor, found: Sequence[SeenDraft]) -> list[DraftRow]:
    """Drafts that the actor submitted and others now have."""
    return [rows.draft_row(one, by) for one in found]


def sent(found: Sequence[Seen[OutgoingEntry]]) -> list[Sent]:
    """What the office issued last, with how far it has come. One query."""
    progress = exchange.progress([one.entry.pk for one in found]) if found else {}
    return [
        Sent(page_address("outgoing_entry", one.entry.pk), one.entry, progress.get(one.entry.pk))
        for one in found
    ]


def offers(by: Actor) -> list[Offer]:
    """What an administrator and an inspector may do: neither sees documents."""
    found = []
    if by.may("administer"):
        found += [
            Offer(reverse("people"), "people", "Người dùng của cơ quan", "Chức vụ, khóa và mở tài khoản"),
            Offer(reverse("add_person"), "plus", "Thêm người dùng", "Tạo tài khoản, in phiếu kích hoạt"),
            _webhooks(by),
            _books(by),
        ]
    if by.may("read_ledger"):
        found.append(Offer(reverse("journal"), "history", "Nhật ký cơ quan", "Ai đã làm gì, lúc nào"))
    return found


def _books(by: Actor) -> Offer:
    """Alarms when the nightly proof found a book that is not continuous. One query."""
    broken = len(proof.problems_of(proof.newest(), by.office))
    text = f"{broken} sổ không liên tục, cần xem ngay" if broken else "Dãy số, ký hiệu, đóng sổ"
    return Offer(reverse("shelf"), "alert" if broken else "book", "Sổ và dãy số", text)


def _webhooks(by: Actor) -> Offer:
    stopped = webhooks.stopped(by)
    text = f"{stopped} nơi nhận đã bị dừng vì lỗi" if stopped else "Cho phần mềm khác biết khi có việc mới"
    return Offer(reverse("webhooks"), "alert" if stopped else "send", "Báo sự kiện (webhook)", text)
