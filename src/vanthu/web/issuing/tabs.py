"""The saved filters of outgoing documents: drafts on their way, and what was issued."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from vanthu.kernel.actor import Actor, OwnerKind
from vanthu.organisations.powers import Role


@dataclass(frozen=True, slots=True)
class Tab:
    """Rows of drafts (`draft`) or outgoing entries (`out`) of these owners in these states."""

    key: str
    label: str
    item_kind: str
    owner_kinds: tuple[OwnerKind, ...] = ("o", "u", "p")
    states: tuple[str, ...] = ()
    mine: bool = False
    count: int | None = None


TO_SIGN = Tab("to_sign", "Chờ tôi ký", "draft", ("p",), ("to_sign",), mine=True)
TO_OPINE = Tab("to_opine", "Chờ ý kiến của tôi", "draft", ("u", "p"), ("to_opine",), mine=True)
TO_REVIEW = Tab("to_review", "Chờ kiểm tra nội dung", "draft", ("u", "p"), ("to_review",), mine=True)
TO_CHECK = Tab("form", "Chờ kiểm tra thể thức", "draft", ("o", "p"), ("form", "to_check"), mine=True)
TO_ISSUE = Tab(
    "signed", "Chờ phát hành", "draft", ("o", "p"), ("to_number", "signed", "to_scan", "numbered", "to_issue"),
    mine=True,
)  # fmt: skip
MINE = Tab("mine", "Dự thảo của tôi", "draft", ("p",), ("drafting", "returned"), mine=True)
SUBMITTED = Tab("submitted", "Đã trình", "draft", ("p",), ("submitted", "signed"))
ON_THE_WAY = Tab(
    "way", "Đang trình", "draft", ("o", "p"), ("content", "form", "to_number", "approval", "to_record")
)
ISSUED = Tab("issued", "Đã phát hành", "out")

_BY_ROLE: tuple[tuple[frozenset[str], tuple[Tab, ...]], ...] = (
    (frozenset({Role.CLERK}), (TO_ISSUE, ON_THE_WAY)),
    (frozenset({Role.HEAD, Role.DEPUTY}), (TO_SIGN, ON_THE_WAY)),
    (frozenset({Role.ADMINISTRATION_HEAD}), (TO_CHECK, TO_SIGN, TO_REVIEW)),
    (frozenset({Role.UNIT_HEAD}), (TO_REVIEW,)),
)


def tabs_for(by: Actor, counts: Mapping[tuple[OwnerKind, str, str], int]) -> list[Tab]:
    """The tabs that the actor's powers need, with counts; what was issued comes first to nobody, last to all."""
    wanted: dict[str, Tab] = {}
    for roles, tabs in _BY_ROLE:
        if by.acts_as_any(roles):
            wanted.update({tab.key: tab for tab in tabs})
    if "review_content" in dict(by.delegated):
        wanted[TO_REVIEW.key] = TO_REVIEW
    if by.may("review_form"):  # by delegation, or because the rules of the office move it
        wanted[TO_CHECK.key] = TO_CHECK
    else:
        wanted.pop(TO_CHECK.key, None)
    # anybody may be asked for an opinion, and heads of units initial or sign by order: only while something waits
    seldom = (TO_SIGN, TO_OPINE)
    wanted |= {tab.key: tab for tab in seldom if tab.key not in wanted and _counted(tab, counts).count}
    if by.may("draft"):
        wanted |= {MINE.key: MINE, SUBMITTED.key: SUBMITTED}
    return [_counted(tab, counts) for tab in (*wanted.values(), ISSUED)]


def _counted(tab: Tab, counts: Mapping[tuple[OwnerKind, str, str], int]) -> Tab:
    if not tab.states:
        return tab
    total = sum(
        counts.get((kind, tab.item_kind, state), 0) for kind in tab.owner_kinds for state in tab.states
    )
    return replace(tab, count=total)


def chosen(tabs: Sequence[Tab], key: str) -> Tab:
    """The tab asked for, or the first with something in it, or the first."""
    found = [tab for tab in tabs if tab.key == key]
    return (found or [tab for tab in tabs if tab.count] or list(tabs))[0]
