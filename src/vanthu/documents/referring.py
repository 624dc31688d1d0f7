"""Documents that a text refers to, as far as the office has them: what we wrote is answered, what came is related."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from vanthu.documents import from_outside, outgoing_search, queries, symbols
from vanthu.documents.models import IncomingEntry, OutgoingEntry
from vanthu.kernel.refusals import NotFound

if TYPE_CHECKING:
    from vanthu.kernel.actor import Actor
    from vanthu.reading.fields import Reference
    from vanthu.reading.words import Box

_MOST = 5


@dataclass(frozen=True, slots=True)
class Referred:
    """A document of the office that the text names: `value` is the item as a form carries it ("out-12", "in-3").

    `ours` tells that the office issued it. `certain` that the date agrees as well as number and symbol.
    """

    value: str
    shown: str
    subject: str
    ours: bool
    certain: bool
    page: int
    box: Box


def in_office(references: Sequence[Reference], by: Actor) -> list[Referred]:
    """Those of the references that the office issued or has in its books, as far as the actor sees them."""
    found: dict[str, Referred] = {}
    for one in references[:_MOST]:
        referred = _issued(one, by) or _arrived(one, by)
        if referred is not None:
            found.setdefault(referred.value, referred)
    return list(found.values())


def _issued(one: Reference, by: Actor) -> Referred | None:
    pk = outgoing_search.by_symbol(one.symbol, by)
    if pk is None:
        return None
    seen = queries.outgoing(pk, by)
    return _referred("out", pk, seen.entry, one)


def _arrived(one: Reference, by: Actor) -> Referred | None:
    number, notation = symbols.split(one.symbol)
    seen = queries.duplicates(one.issuer, number, notation, by) if one.issuer else []
    return _referred("in", seen[0].entry.pk, seen[0].entry, one) if seen else None


def _referred(kind: str, pk: int, entry: IncomingEntry | OutgoingEntry, one: Reference) -> Referred:
    document = entry.document if isinstance(entry, OutgoingEntry) else entry
    day = f" ngày {document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    return Referred(
        value=f"{kind}-{pk}",
        shown=f"{document.symbol}{day}",
        subject=document.subject,
        ours=kind == "out",
        certain=one.issued_on is not None and one.issued_on == document.issued_on,
        page=one.page,
        box=one.box,
    )


@transaction.atomic
def note(entry: IncomingEntry, items: Iterable[str], *, by: Actor) -> None:
    """Relate what was registered to documents of the office ("out-12", "in-3"), as far as the actor sees them.

    Idempotent.
    """
    for item in list(dict.fromkeys(items))[:_MOST]:
        kind, _, number = item.partition("-")
        if kind not in ("in", "out") or not number.isdigit():
            continue
        try:
            seen = queries.outgoing(int(number), by) if kind == "out" else queries.incoming(int(number), by)
        except NotFound:
            continue
        relation = "replies_to" if kind == "out" else "related"
        if seen.entry.document_id != entry.document_id:
            from_outside.relate(entry, seen.entry.document_id, relation, by=by)
