"""What the installation knows for reading a document: kinds, and the few bodies that its head may mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vanthu.documents import symbols
from vanthu.documents.known_kinds import PLAIN
from vanthu.organisations import agencies
from vanthu.reading import lessons
from vanthu.reading.fields import Body, Fields, Known, extract

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vanthu.reading.words import Page

_OF_PLACE = ("tỉnh ", "thành phố ", "Thành phố ", "xã ", "phường ")


def read(pages: Sequence[Page], office_id: int) -> Fields:
    """The fields of a document as an office reads it: with its list of bodies and what its books taught. Three queries.

    A head without a name is read with the kinds alone, without a query.
    """
    plain = extract(pages, PLAIN)
    if not plain.issuer.value:
        return plain
    bodies = _bodies(plain.issuer.value, plain.parent_issuer.value or "", office_id)
    return extract(pages, Known(PLAIN.kinds, bodies)) if bodies else plain


def _bodies(head: str, over: str, office_id: int) -> tuple[Body, ...]:
    """Those learnt go before those of the list."""
    learnt = lessons.bodies(office_id, head, over, symbols.issuer_key(head))
    if any(body.heads for body in learnt):
        return tuple(learnt)
    full = _full(head, over)
    listed = agencies.like(dict.fromkeys((full, head)))
    found = listed.get(full) or listed.get(head)
    if found is None:
        return tuple(learnt)
    known = next((body for body in learnt if body.name == found.name), Body(found.name))
    named = Body(found.name, over, (head,), known.notations, known.signers)
    return (named, *(body for body in learnt if body is not known))


def _full(head: str, over: str) -> str:
    """The name with its place, as lists have it: "Sở Tư pháp" under "Ủy ban nhân dân tỉnh Gia Lai" gives both."""
    if any(place.strip().lower() in head.lower().split() for place in _OF_PLACE):
        return head
    starts = [over.find(place) for place in _OF_PLACE if place in over]
    return f"{head} {over[min(starts) :]}" if starts else head
