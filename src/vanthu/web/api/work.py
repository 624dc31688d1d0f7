"""My work: what waits for whoever holds the token, from incoming documents and from drafts, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from django.http import HttpResponse
from django.urls import reverse
from ninja import Query, Router, Schema
from pydantic import Field

from vanthu.documents import queries as documents
from vanthu.issuing import queries as issuing
from vanthu.kernel import participants
from vanthu.kernel.actor import Actor, OwnerKind
from vanthu.kernel.calendar import today
from vanthu.kernel.participants import Ask, Cursor
from vanthu.web.api.access import ProgramRequest
from vanthu.web.api.paging import Page, Paging, cursor_at, paged, place_of, wrong_cursor
from vanthu.web.api.schemas import Coded
from vanthu.web.incoming import tabs as incoming_tabs
from vanthu.web.issuing import tabs as issuing_tabs

if TYPE_CHECKING:
    from vanthu.documents.models import IncomingEntry
    from vanthu.documents.queries import Seen
    from vanthu.issuing.queries import SeenDraft
    from vanthu.kernel.models import Participant

router = Router(tags=["Công việc"])

MOST_LATE = 100
type TabName = Literal[
    "waiting", "registered", "recalled", "to_direct", "to_assign", "to_do", "to_open", "to_read",
    "to_sign", "to_opine", "to_review", "form", "signed", "mine",
]  # fmt: skip
ORDER: tuple[str, ...] = TabName.__value__.__args__
# The pages show these only while something waits; a list is asked without knowing that.
SELDOM_IN = (incoming_tabs.TO_OPEN,)
SELDOM_OUT = (issuing_tabs.TO_SIGN, issuing_tabs.TO_OPINE)


@dataclass(frozen=True, slots=True)
class Pile:
    """What one tab of the pages gathers: items of a kind, of these owners in these states."""

    key: str
    label: str
    kind: Literal["in", "draft"]
    owner_kinds: tuple[OwnerKind, ...]
    states: tuple[str, ...]

    def ask(self, limit: int, *, before: Cursor | None = None, overdue_on: date | None = None) -> Ask:
        """The question for its rows."""
        return Ask(self.kind, self.states, self.owner_kinds, before, limit, overdue_on)


type Line = tuple[Participant, Pile]


class WorkQuery(Paging):
    """Which work."""

    tab: TabName | None = Field(
        None,
        description="Chỉ một loại việc: waiting chờ tiếp nhận, registered chờ trình, recalled bị thu hồi,"
        " to_direct chờ tôi chỉ đạo, to_assign chờ giao trong đơn vị, to_do việc của tôi,"
        " to_open bì gửi đích danh, to_read để biết, to_sign chờ tôi ký, to_opine chờ ý kiến của tôi,"
        " to_review chờ kiểm tra nội dung, form chờ kiểm tra thể thức, signed chờ phát hành, mine dự thảo của tôi.",
    )
    late: bool = Field(
        False, description="true: chỉ việc quá hạn, quá lâu nhất trước, nhiều nhất 100, không chia trang."
    )


class WorkItem(Schema):
    """Một việc đang chờ tôi."""

    tab: Coded = Field(examples=[{"code": "to_do", "name": "Việc của tôi"}], description="Việc phải làm.")
    kind: Literal["in", "draft"] = Field(description="in: văn bản đến; draft: dự thảo.")
    id: int = Field(examples=[2318])
    href: str = Field(examples=["/api/v1/incoming/2318"], description="Đọc toàn bộ ở đây.")
    url: str = Field(examples=["/incoming/2318"], description="Trang trên web, nơi làm việc đó.")
    subject: str = Field(description="Trích yếu.")
    symbol: str = Field(examples=["125/CAT-PV01"], description="Số, ký hiệu; dự thảo thì mới có ký hiệu.")
    author: str = Field(examples=["Công an tỉnh Bắc Ninh"], description="Nơi gửi, hoặc người soạn thảo.")
    arrival_number: int | None = Field(examples=[412], description="Số đến.")
    urgency: int = Field(description="0 thường, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc.")
    due_on: date | None = Field(description="Hạn giải quyết.")
    late: bool = Field(description="Đã quá hạn.")
    since_at: datetime = Field(description="Chờ từ lúc nào (UTC).")
    behalf_of: str = Field(examples=[""], description="Thay ai, khi được ủy quyền.")
    masked: bool = Field(description="Văn bản hạn chế: khoá không được xem nội dung.")


class WorkTab(Schema):
    """Một loại việc và còn bao nhiêu."""

    tab: str = Field(examples=["to_do"], description="Dùng cho `GET /work?tab=`.")
    name: str = Field(examples=["Việc của tôi"])
    kind: Literal["in", "draft"]
    open: int = Field(description="Số việc đang chờ.")
    late: int = Field(description="Trong đó quá hạn; 100 nghĩa là từ 100 trở lên.")


@router.get("/work", response=Page[WorkItem], summary="Việc của tôi")
def list_work(request: ProgramRequest, response: HttpResponse, asked: Query[WorkQuery]) -> Page[WorkItem]:
    """Mọi việc đang chờ người giữ khoá: văn bản đến và dự thảo, mới nhất trước, kèm hạn."""
    by = request.actor
    piles = [one for one in _piles(by) if asked.tab in (None, one.key)]
    lines = _late(by, piles)[: asked.limit] if asked.late else _page(by, piles, asked)
    shown = _shown(by, lines[: asked.limit])
    return paged(
        request, response, lines, asked,
        show=lambda line: shown[line[0].pk],
        place=lambda line: (*place_of(line[0]), ORDER.index(line[1].key)),
    )  # fmt: skip


@router.get("/work/tabs", response=list[WorkTab], summary="Còn bao nhiêu việc, bao nhiêu quá hạn")
def list_work_tabs(request: ProgramRequest) -> list[WorkTab]:
    """Mỗi loại việc có thể đến với mình một dòng, kể cả khi không còn việc nào."""
    by = request.actor
    piles, counts = _piles(by), participants.counts(by)
    late = [pile.key for _, pile in _late(by, piles)]
    return [
        WorkTab(
            tab=pile.key,
            name=pile.label,
            kind=pile.kind,
            open=sum(
                counts.get((owner, pile.kind, state), 0)
                for owner in pile.owner_kinds
                for state in pile.states
            ),
            late=late.count(pile.key),
        )
        for pile in piles
    ]


def _piles(by: Actor) -> list[Pile]:
    """What the pages count as this actor's to do: by their posts, what comes to anybody, and one's own drafts."""
    into = [
        one for one in (*incoming_tabs.tabs_for(by, {}, 0), *SELDOM_IN) if one.mine or one.key == "to_read"
    ]
    out = [one for one in (*issuing_tabs.tabs_for(by, {}), *SELDOM_OUT, issuing_tabs.MINE) if one.mine]
    found = {one.key: Pile(one.key, one.label, "in", one.owner_kinds, one.states) for one in into}
    found |= {one.key: Pile(one.key, one.label, "draft", one.owner_kinds, one.states) for one in out}
    return sorted(found.values(), key=lambda pile: ORDER.index(pile.key))


def _page(by: Actor, piles: Sequence[Pile], asked: Paging) -> list[Line]:
    """One page and a row more. At the very place of the cursor the tabs after its own are still to come."""
    place = asked.place(3)
    tab = _tab_at(place) if place is not None else 0
    asks = []
    for pile in piles:
        before = None
        if place is not None:
            before = cursor_at(place)
            if ORDER.index(pile.key) > tab:
                before = before._replace(item_id=before.item_id + 1)
        asks.append(pile.ask(asked.wanted, before=before))
    lines = _asked(by, piles, asks)
    lines.sort(key=lambda line: (line[0].at, line[0].item_id, -ORDER.index(line[1].key)), reverse=True)
    return lines[: asked.wanted]


def _tab_at(place: Sequence[str | int]) -> int:
    if not isinstance(place[2], int):
        raise wrong_cursor()
    return place[2]


def _late(by: Actor, piles: Sequence[Pile]) -> list[Line]:
    lines = _asked(by, piles, [pile.ask(MOST_LATE, overdue_on=today()) for pile in piles])
    return sorted(lines, key=lambda line: (line[0].due_on or today(), line[0].item_id))


def _asked(by: Actor, piles: Sequence[Pile], asks: Sequence[Ask]) -> list[Line]:
    windows = participants.windows(by, asks)
    return [(row, pile) for pile, rows in zip(piles, windows, strict=True) for row in rows]


def _shown(by: Actor, lines: Sequence[Line]) -> dict[int, WorkItem]:
    """{id of the row: its work}. Two queries at most."""
    rows: dict[str, list[Participant]] = {"in": [], "draft": []}
    for row, pile in lines:
        rows[pile.kind].append(row)
    piles = {row.pk: pile for row, pile in lines}
    found = {}
    for entry in documents.incoming_of(by, rows["in"]) if rows["in"] else []:
        found[entry.participant.pk] = _of_entry(entry, piles[entry.participant.pk])
    for draft in issuing.drafts_of(by, rows["draft"]) if rows["draft"] else []:
        found[draft.participant.pk] = _of_draft(draft, piles[draft.participant.pk])
    return found


def _of_entry(seen: "Seen[IncomingEntry]", pile: Pile) -> WorkItem:
    entry, mine = seen.entry, seen.participant
    due_on = mine.due_on or entry.due_on
    return WorkItem(
        tab=Coded(code=pile.key, name=pile.label),
        kind="in",
        id=entry.pk,
        href=reverse("api:get_incoming", args=[entry.pk]),
        url=reverse("entry", args=[entry.pk]),
        subject=entry.subject,
        symbol=entry.symbol,
        author=entry.issuer_name,
        arrival_number=entry.arrival_number,
        urgency=entry.urgency,
        due_on=due_on,
        late=due_on is not None and due_on < today(),
        since_at=mine.at,
        behalf_of=seen.sight.via,
        masked=seen.sight.masked,
    )


def _of_draft(seen: "SeenDraft", pile: Pile) -> WorkItem:
    draft, mine = seen.draft, seen.participant
    return WorkItem(
        tab=Coded(code=pile.key, name=pile.label),
        kind="draft",
        id=draft.pk,
        href=reverse("api:get_draft", args=[draft.pk]),
        url=reverse("draft", args=[draft.pk]),
        subject=draft.subject,
        symbol=draft.notation,
        author=draft.drafter.full_name,
        arrival_number=None,
        urgency=draft.urgency,
        due_on=mine.due_on,
        late=mine.due_on is not None and mine.due_on < today(),
        since_at=mine.at,
        behalf_of=seen.sight.via,
        masked=False,
    )
