"""The saved filters of a list, as tabs with counts; five at most, then "Thêm"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from vanthu.kernel.actor import Actor, OwnerKind
from vanthu.organisations.powers import Role

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Tab:
    """Rows of these owners in these states (none = all). `mine`: it counts what this actor must do."""

    key: str
    label: str
    owner_kinds: tuple[OwnerKind, ...] = ("o", "u", "p", "a")
    states: tuple[str, ...] = ()
    mine: bool = False
    count: int | None = None
    overdue: bool = False

    @property
    def presentable(self) -> bool:
        """Whether its rows may be presented several at once."""
        return self.key == "registered"

    @property
    def directable(self) -> bool:
        """Whether its rows may be directed several at once."""
        return self.key in ("to_direct", "registered")


WAITING = Tab("waiting", "Chờ tiếp nhận", ("o",), ("waiting",), mine=True)
TO_PRESENT = Tab("registered", "Chờ trình", ("o",), ("registered",), mine=True)
PRESENTED = Tab("presented", "Chờ chỉ đạo", ("o",), ("presented",))
TO_DIRECT = Tab("to_direct", "Chờ chỉ đạo", ("p",), ("to_direct",), mine=True)
TO_ASSIGN = Tab("to_assign", "Chờ giao trong đơn vị", ("u",), ("to_assign",), mine=True)
IN_UNIT = Tab("assigned", "Đơn vị đang làm", ("u",), ("assigned",))
TO_DO = Tab("to_do", "Việc của tôi", ("p",), ("to_do",), mine=True)
TO_OPEN = Tab("to_open", "Bì gửi đích danh", ("p",), ("to_open",), mine=True)
TO_READ = Tab("to_read", "Để biết", ("p", "u"), ("to_read",))
IN_HAND = Tab("directed", "Đang giải quyết", ("o",), ("directed",))
OVERDUE = Tab("overdue", "Quá hạn", overdue=True)
DONE = Tab("done", "Đã xong", states=("done",))
RETURNED = Tab("returned", "Đã trả lại", ("o",), ("returned",))
RECALLED = Tab("recalled", "Bị thu hồi", ("o",), ("recalled",), mine=True)
ALL = Tab("all", "Tất cả")

_BY_ROLE: tuple[tuple[frozenset[str], tuple[Tab, ...]], ...] = (
    (frozenset({Role.CLERK}), (WAITING, TO_PRESENT, RECALLED, PRESENTED, IN_HAND, OVERDUE, DONE, RETURNED)),
    (frozenset({Role.HEAD, Role.DEPUTY}), (TO_DIRECT, IN_HAND, OVERDUE, DONE)),
    (frozenset({Role.ADMINISTRATION_HEAD}), (TO_DIRECT, TO_PRESENT, TO_ASSIGN, IN_HAND, OVERDUE, DONE)),
    (frozenset({Role.UNIT_HEAD}), (TO_ASSIGN, IN_UNIT, OVERDUE, DONE)),
    (frozenset({Role.SPECIALIST}), (TO_DO, TO_READ, OVERDUE, DONE)),
)


def tabs_for(by: Actor, counts: Mapping[tuple[OwnerKind, str, str], int], overdue: int) -> list[Tab]:
    """The tabs that the actor's posts need, with counts, without doubles; the last is everything."""
    wanted: dict[str, Tab] = {}
    for roles, tabs in _BY_ROLE:
        if by.acts_as_any(roles) or (roles & {Role.HEAD, Role.DEPUTY} and "direct" in dict(by.delegated)):
            wanted.update({tab.key: tab for tab in tabs})
    if "assign" in dict(by.delegated):
        wanted[TO_ASSIGN.key] = TO_ASSIGN
    opened = (TO_OPEN,) if counts.get(("p", "in", "to_open")) else ()
    return [_counted(tab, counts, overdue) for tab in (*opened, *wanted.values(), ALL)]


def _counted(tab: Tab, counts: Mapping[tuple[OwnerKind, str, str], int], overdue: int) -> Tab:
    if tab.overdue:
        return replace(tab, count=overdue)
    if not tab.states or tab.key == "done":
        return tab
    return replace(
        tab, count=sum(counts.get((kind, "in", state), 0) for kind in tab.owner_kinds for state in tab.states)
    )


def chosen(tabs: Sequence[Tab], key: str) -> Tab:
    """The tab asked for, or the first with something in it, or the first."""
    found = [tab for tab in tabs if tab.key == key]
    return (found or [tab for tab in tabs if tab.count] or list(tabs))[0]
