"""Bring what is found up to date. Every act may run twice, and late ones hide an item, never show one."""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db import connection, transaction

from vanthu.search import sources
from vanthu.search.models import SearchBody, SearchRow
from vanthu.search.sources import Indexed
from vanthu.search.tokens import date_lexeme, masked, owner_lexeme, symbol_lexemes, text_lexemes

BATCH = 500


@transaction.atomic
def index(item_kind: str, item_id: int) -> None:
    """Rebuild the row of one item from its room, or remove it when the item is not to be found any more."""
    found = sources.load(item_kind, [item_id])
    if found:
        write(found)
    else:
        forget(item_kind, item_id)


@transaction.atomic
def index_body(source_kind: str, source_id: int) -> None:
    """Read the text of a document's or draft's files again and index it, with the rows that have it."""
    items = sorted(sources.items_of(source_kind, source_id))
    found = [
        one
        for item_kind, of_kind in groupby(items, key=lambda item: item[0])
        for one in sources.load(item_kind, [item_id for _, item_id in of_kind])
    ]
    write(found)
    write_body(found, sources.text_of(source_kind, source_id))


def has_body(source_kind: str, source_id: int) -> bool:
    """Whether the text of a document or draft is indexed."""
    return SearchBody.objects.filter(source_kind=source_kind, source_id=source_id).exists()


def rebuild(item_kind: str) -> int:
    """Write the rows of all items of a kind again, oldest first; returns how many. Bodies stay as they are."""
    written, last = 0, 0
    while ids := sources.ids_after(item_kind, last, BATCH):
        found = sources.load(item_kind, ids)
        write(found)
        written, last = written + len(found), ids[-1]
    return written


@transaction.atomic
def forget(item_kind: str, item_id: int) -> None:
    """Remove an item, and the body that only it had; call it in the transaction of a recall."""
    gone = SearchRow.objects.filter(item_kind=item_kind, item_id=item_id)
    bodies = set(gone.values_list("source_kind", "source_id"))
    gone.delete()
    for source_kind, source_id in bodies:
        if not SearchRow.objects.filter(source_kind=source_kind, source_id=source_id).exists():
            SearchBody.objects.filter(source_kind=source_kind, source_id=source_id).delete()


_WRITE = """
INSERT INTO search_searchrow (item_kind, item_id, at, source_kind, source_id, office_id, kind, symbol, title,
    issuer, signer, issued_on, arrival_number, more, tokens)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, array_to_tsvector(%s))
ON CONFLICT (item_kind, item_id, at) DO UPDATE SET (source_kind, source_id, office_id, kind, symbol, title,
    issuer, signer, issued_on, arrival_number, more, tokens) = (EXCLUDED.source_kind, EXCLUDED.source_id,
    EXCLUDED.office_id, EXCLUDED.kind, EXCLUDED.symbol, EXCLUDED.title, EXCLUDED.issuer, EXCLUDED.signer,
    EXCLUDED.issued_on, EXCLUDED.arrival_number, EXCLUDED.more, EXCLUDED.tokens)
"""
_MOVED = """
DELETE FROM search_searchrow r USING unnest(%s::text[], %s::bigint[], %s::timestamptz[]) AS new (kind, id, at)
WHERE r.item_kind = new.kind AND r.item_id = new.id AND r.at <> new.at
"""


_JOINED = """
UPDATE search_searchbody b SET tokens = b.tokens || array_to_tsvector(string_to_array(new.owners, ' '))
FROM unnest(%s::text[], %s::bigint[], %s::text[]) AS new (kind, id, owners)
WHERE b.source_kind = new.kind AND b.source_id = new.id
    AND NOT b.tokens @@ replace(new.owners, ' ', ' & ')::tsquery
"""


@transaction.atomic
def write(items: Iterable[Indexed]) -> None:
    """Write the rows of items as given; their bodies learn of owners that are new to them.

    An owner who has no part any more stays in the body until it is written again: the row decides.
    """
    items = list(items)
    if not items:
        return
    owners: dict[tuple[str, int], set[str]] = {}
    for one in items:
        owners.setdefault((one.source_kind, one.source_id), set()).update(_owner_lexemes(one))
    with connection.cursor() as cursor:
        cursor.execute(_MOVED, _columns((one.item_kind, one.item_id, one.at) for one in items))
        cursor.executemany(_WRITE, [_values(one) for one in items])
        if new := [(*source, " ".join(sorted(here))) for source, here in owners.items() if here]:
            cursor.execute(_JOINED, _columns(new))


def _columns(rows: Iterable[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


def _values(one: Indexed) -> tuple[Any, ...]:
    return (
        one.item_kind,
        one.item_id,
        one.at,
        one.source_kind,
        one.source_id,
        one.office_id,
        one.kind,
        one.symbol,
        one.title,
        one.issuer,
        one.signer,
        one.issued_on,
        one.arrival_number,
        one.more,
        sorted(row_lexemes(one)),
    )


def row_lexemes(one: Indexed) -> set[str]:
    """Everything an item is found by; when an owner has it restricted, also the masked few."""
    shown = symbol_lexemes(one.symbol) | text_lexemes(one.issuer)
    if one.issued_on is not None:
        shown.add(date_lexeme(one.issued_on))
    if one.arrival_number is not None:
        shown.add(f"_n{one.arrival_number}")
    found = shown | text_lexemes(one.title, one.signer, one.more) | {f"_i{one.item_kind}"}
    if one.kind:
        found.add(f"_k{one.kind.lower()}")
    found |= _owner_lexemes(one)
    return found | masked(shown) if any(owner.restricted for owner in one.owners) else found


def _owner_lexemes(one: Indexed) -> set[str]:
    return {owner_lexeme(kind, number, restricted=hidden) for kind, number, hidden in one.owners}


_WRITE_BODY = """
INSERT INTO search_searchbody (source_kind, source_id, at, text, tokens)
VALUES (%s, %s, %s, %s, array_to_tsvector(%s))
ON CONFLICT (source_kind, source_id, at) DO UPDATE SET (text, tokens) = (EXCLUDED.text, EXCLUDED.tokens)
"""


@transaction.atomic
def write_body(items: Iterable[Indexed], text: str) -> None:
    """Write the body that these items share; without text, or without items, there is none."""
    items = sorted(items, key=attrgetter("item_kind", "item_id"))
    if not items:
        return
    first = items[0]
    bodies = SearchBody.objects.filter(source_kind=first.source_kind, source_id=first.source_id)
    if not text.strip():
        bodies.delete()
        return
    bodies.exclude(at=first.at).delete()
    with connection.cursor() as cursor:
        values = (first.source_kind, first.source_id, first.at, text, sorted(body_lexemes(items, text)))
        cursor.execute(_WRITE_BODY, values)


def body_lexemes(items: Iterable[Indexed], text: str) -> set[str]:
    """The lexemes of the text and of the rows, and the owners of these."""
    found = text_lexemes(text)
    for one in items:
        found |= symbol_lexemes(one.symbol) | text_lexemes(one.title, one.issuer, one.signer)
        found |= _owner_lexemes(one)
    return found
