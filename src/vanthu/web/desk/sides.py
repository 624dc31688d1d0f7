"""What stands beside the work: the load of a unit, what was left half-done, what is on its way, what one may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from vanthu.documents import queries as documents
from vanthu.dossiers import queries as dossiers
from vanthu.exchange import queries as exchange
from vanthu.exchange.queries import Progress
from vanthu.issuing import queries as issuing
from vanthu.kernel.actor import Actor
from vanthu.kernel.webhooks import queries as webhooks
from vanthu.web.issuing import rows
from vanthu.web.issuing.rows import DraftRow

if TYPE_CHECKING:
    from vanthu.documents.models import OutgoingEntry
    from vanthu.dossiers.models import Dossier

FEW = 5


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


def on_their_way(by: Actor) -> list[DraftRow]:
    """Drafts that the actor submitted and others now have. Two queries."""
    found = issuing.drafts(by, states=("submitted",), owner_kinds=("p",), limit=FEW)
    return [rows.draft_row(one, by) for one in found]


def sent(by: Actor) -> list[Sent]:
    """What the office issued last. Three queries."""
    found = documents.outgoing_list(by, states=("issued",), limit=FEW)
    progress = exchange.progress([one.entry.pk for one in found])
    return [
        Sent(reverse("outgoing_entry", args=[one.entry.pk]), one.entry, progress.get(one.entry.pk))
        for one in found
    ]


def own_dossiers(by: Actor) -> list[Dossier]:
    """Dossiers that the person keeps; for an archivist those handed over. Two queries."""
    if by.may("take_over"):
        return dossiers.dossiers(by, states=("handed_over",), owner_kinds=("a",), limit=FEW * 2)
    return dossiers.dossiers(by, states=("open",), owner_kinds=("p",), limit=FEW)


def offers(by: Actor) -> list[Offer]:
    """What an administrator and an inspector may do: neither sees documents."""
    found = []
    if by.may("administer"):
        found += [
            Offer(reverse("people"), "people", "Người dùng của cơ quan", "Chức vụ, khóa và mở tài khoản"),
            Offer(reverse("add_person"), "plus", "Thêm người dùng", "Tạo tài khoản, in phiếu kích hoạt"),
            _webhooks(by),
        ]
    if by.may("read_ledger"):
        found.append(Offer(reverse("journal"), "history", "Nhật ký cơ quan", "Ai đã làm gì, lúc nào"))
    return found


def _webhooks(by: Actor) -> Offer:
    stopped = webhooks.stopped(by)
    text = f"{stopped} nơi nhận đã bị dừng vì lỗi" if stopped else "Cho phần mềm khác biết khi có việc mới"
    return Offer(reverse("webhooks"), "alert" if stopped else "send", "Báo sự kiện (webhook)", text)
