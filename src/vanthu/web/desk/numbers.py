"""The big numbers on top of the desk, each with the fact that matters about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from vanthu.kernel.calendar import today
from vanthu.web.desk.todo import Tally, Todo
from vanthu.web.incoming.tabs import Tab as IncomingTab
from vanthu.web.issuing.tabs import Tab as IssuingTab
from vanthu.web.shell.templatetags.vanthu import day_vn

if TYPE_CHECKING:
    from datetime import date

SHOWN = 4
_OTHERWISE = {
    "waiting": "chưa vào sổ",
    "registered": "đã vào sổ, chưa trình",
    "to_direct": "chưa giao cho ai",
    "to_assign": "lãnh đạo đã bút phê",
    "to_do": "chưa đặt hạn",
    "to_read": "không phải trả lời",
    "to_sign": "đã kiểm tra thể thức",
    "to_review": "đơn vị trình lên",
    "form": "đã qua kiểm tra nội dung",
    "signed": "lãnh đạo đã ký",
    "mine": "chưa trình",
}


@dataclass(frozen=True, slots=True)
class Kpi:
    """A big number with what it counts, the fact beside it, and where it leads."""

    key: str
    label: str
    count: int
    url: str
    small: str
    hot: bool = False


def kpis(
    incoming: Sequence[IncomingTab],
    outgoing: Sequence[IssuingTab],
    tallies: Iterable[Tally],
    late_since: date | None,
) -> list[Kpi]:
    """Four at most: what I must do, and last what is overdue."""
    read = {(tally.page, tally.tab.key): tally.lines for tally in tallies}
    mine = [
        *(_kpi("incoming", tab, read) for tab in incoming if tab.mine),
        *(_kpi("outgoing", tab, read) for tab in outgoing if tab.mine),
    ]
    overdue = [_overdue(tab, late_since) for tab in incoming if tab.overdue]
    if not mine:
        return []
    to_know = [_kpi("incoming", tab, read) for tab in incoming if tab.key == "to_read"]
    return [*[*mine, *to_know][: SHOWN - len(overdue)], *overdue]


def _kpi(page: str, tab: IncomingTab | IssuingTab, read: dict[tuple[str, str], list[Todo]]) -> Kpi:
    lines = read.get((page, tab.key), [])
    count = tab.count or 0
    return Kpi(tab.key, tab.label, count, f"{reverse(page)}?tab={tab.key}", _fact(tab.key, count, lines))


def _fact(key: str, count: int, lines: Sequence[Todo]) -> str:
    """Returned, urgent, the nearest date, how many senders; only when all of them were read."""
    if not count:
        return "không có việc chờ"
    if count > len(lines):
        return _OTHERWISE.get(key, "")
    back = sum(line.symbol == "return" for line in lines)
    urgent = sum(bool(line.urgency) for line in lines)
    due = min((line.due_on for line in lines if line.due_on), default=None)
    senders = len({line.issuer for line in lines if line.issuer}) if key == "waiting" else 0
    facts = [
        f"{back} bị trả lại" if back else "",
        f"{urgent} khẩn" if urgent else "",
        f"từ {senders} nơi gửi" if senders > 1 else "",
        f"hạn {day_vn(due)}" if due else "",
    ]
    return " · ".join([fact for fact in facts if fact][:2]) or _OTHERWISE.get(key, "")


def _overdue(tab: IncomingTab, since: date | None) -> Kpi:
    small = f"lâu nhất {(today() - since).days} ngày" if since else "không có việc quá hạn"
    url = f"{reverse('incoming')}?tab={tab.key}"
    return Kpi(tab.key, tab.label, tab.count or 0, url, small, hot=bool(tab.count))
