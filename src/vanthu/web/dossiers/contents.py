"""The lines of a dossier's table of contents as the actor sees them, and the findings with what mends each."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from vanthu.documents import queries as documents
from vanthu.dossiers import queries, readiness
from vanthu.dossiers.states import DossierState
from vanthu.issuing import queries as issuing
from vanthu.kernel.actor import Actor

if TYPE_CHECKING:
    from vanthu.dossiers.models import Dossier
    from vanthu.kernel.files.models import Attachment

_PAGES = {"in": "entry", "out": "outgoing_entry", "draft": "draft"}
_MENDS = {"title": "Sửa tiêu đề", "retention": "Chọn thời hạn", "empty": "Thêm tài liệu"}
_MENDS_ITEM = {
    "draft": "Mở dự thảo",
    "tasks": "Mở việc",
    "file": "Mở văn bản",
    "fields": "Mở văn bản",
    "format": "Mở tài liệu",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a dossier's table of contents."""

    ordinal: int
    symbol: str
    day: date | None
    kind: str
    subject: str
    author: str
    pages: int | None
    url: str
    item_kind: str
    item_id: int

    @property
    def item(self) -> str:
        """As forms name it: "in:12"."""
        return f"{self.item_kind}:{self.item_id}"


@dataclass(frozen=True, slots=True)
class Mending:
    """A finding and the one action that mends it."""

    text: str
    remedy: str
    hard: bool
    action: str
    url: str


def contents(pk: int, by: Actor) -> list[Line]:
    """The lines that the actor sees; the same few queries however many there are."""
    items = queries.contents(pk)
    ids: dict[str, list[int]] = {"in": [], "out": [], "draft": [], "paper": []}
    for item in items:
        ids[item.item_kind_of].append(item.item_id_of)
    found: dict[tuple[str, int], documents.ContentsLine] = {
        **{("in", pk): line for pk, line in documents.incoming_lines(ids["in"], by).items()},
        **{("out", pk): line for pk, line in documents.outgoing_lines(ids["out"], by).items()},
        **{("draft", pk): line for pk, line in issuing.draft_lines(ids["draft"], by).items()},
        **{("paper", pk): line for pk, line in queries.paper_lines(ids["paper"]).items()},
    }
    held = queries.paper_files(ids["paper"])
    return [
        Line(
            item.ordinal,
            *found[item.item_kind_of, item.item_id_of],
            _url(item.item_kind_of, item.item_id_of, held),
            item.item_kind_of,
            item.item_id_of,
        )
        for item in items
        if (item.item_kind_of, item.item_id_of) in found
    ]


def _url(kind: str, pk: int, held: "dict[int, list[Attachment]]") -> str:
    if kind == "paper":
        return reverse("file", args=[held[pk][0].pk]) if held.get(pk) else ""
    return reverse(_PAGES[kind], args=[pk])


def mendings(dossier: "Dossier", lines: list[Line], *, keeper: bool) -> list[Mending]:
    """The findings of an open or closed dossier, of things that the reader sees; actions are given to who keeps it."""
    if dossier.state not in (DossierState.OPEN, DossierState.CLOSED):
        return []
    urls = {(line.item_kind, line.item_id): line.url for line in lines}
    found = []
    for one in readiness.readable(readiness.kept(dossier), urls):
        action, url = "", ""
        if one.kind:
            url = urls.get((one.kind, one.id), "")
            action = _MENDS_ITEM.get(one.code, "Mở văn bản") if url else ""
        elif keeper and dossier.state == DossierState.OPEN:
            action = _MENDS[one.code]
            name = "add_paper" if one.code == "empty" else "describe_dossier"
            url = reverse(name, args=[dossier.pk])
        found.append(Mending(one.text[:1].upper() + one.text[1:], one.remedy, one.hard, action, url))
    return found
