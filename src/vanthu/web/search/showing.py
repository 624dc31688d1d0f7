"""What is shown of a hit: on the page with marks, in a file as plain values."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.timezone import localtime

from vanthu.documents import kinds
from vanthu.documents.books.columns import Value
from vanthu.search.marks import Part, plain
from vanthu.search.queries import Hit

LABELS = {"in": "Văn bản đến", "out": "Văn bản đi", "draft": "Dự thảo", "dossier": "Hồ sơ"}
PAGES = {"in": "entry", "out": "outgoing_entry", "draft": "draft", "dossier": "dossier"}
ICONS = {"in": "in", "out": "out", "draft": "pen", "dossier": "folder"}
_PREVIEWS = {"in": "entry_preview", "out": "outgoing_preview", "draft": "draft_preview"}
_KINDS = dict(kinds.choices())

VALUES: dict[str, Callable[[Hit], Value]] = {
    "item": lambda hit: LABELS[hit.item_kind],
    "kind": lambda hit: _KINDS.get(hit.kind, ""),
    "symbol": lambda hit: plain(hit.symbol),
    "issued_on": lambda hit: hit.issued_on,
    "arrival_number": lambda hit: hit.arrival_number,
    "issuer": lambda hit: plain(hit.issuer),
    "signer": lambda hit: plain(hit.signer),
    "at": lambda hit: localtime(hit.at).date(),
}
"""By the names of `search.habits.FIELDS`."""
_MARKED: dict[str, Callable[[Hit], tuple[Part, ...]]] = {
    "symbol": lambda hit: hit.symbol,
    "issuer": lambda hit: hit.issuer,
    "signer": lambda hit: hit.signer,
}
_BEFORE = {"arrival_number": "số đến ", "at": "vào hệ thống ", "signer": "ký: "}


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit with its address, icon, what the icon means, and the fields that the reader wants to see."""

    hit: Hit
    url: str
    preview: str
    icon: str
    label: str
    fields: tuple[tuple[Part, ...], ...]
    passages: str  # address of the page where the passage stands; "" without one


def shown(hit: Hit, fields: Iterable[str]) -> Shown:
    """The hit as the page shows it."""
    preview = _PREVIEWS.get(hit.item_kind, "")
    return Shown(
        hit,
        url(hit),
        reverse(preview, args=[hit.item_id]) if preview else "",
        "lock" if hit.masked else ICONS[hit.item_kind],
        LABELS[hit.item_kind],
        tuple(_shown_fields(hit, fields)),
        _passages(hit),
    )


def _passages(hit: Hit) -> str:
    """Of a document's text the page can be shown; a draft's has no pages yet."""
    if not hit.snippet or hit.masked or hit.item_kind not in ("in", "out"):
        return ""
    return reverse("passages", args=[hit.item_kind, hit.item_id])


def url(hit: Hit) -> str:
    """The address of the item's page."""
    return reverse(PAGES[hit.item_kind], args=[hit.item_id])


def _shown_fields(hit: Hit, fields: Iterable[str]) -> Iterator[tuple[Part, ...]]:
    for name in fields:
        value = VALUES[name](hit)
        if value:
            said = f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
            before = (Part(_BEFORE[name], found=False),) if name in _BEFORE else ()
            yield (*before, *(_MARKED[name](hit) if name in _MARKED else (Part(said, found=False),)))
