"""An issued document of the office by its number and symbol, as people write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vanthu.documents import symbols
from vanthu.documents.models import OutgoingEntry
from vanthu.documents.states import OutgoingState
from vanthu.kernel import participants

if TYPE_CHECKING:
    from vanthu.kernel.actor import Actor


def by_symbol(text: str, by: Actor) -> int | None:
    """The newest issued entry of the actor's office with this number and symbol that they see, or None."""
    number, notation = symbols.split(text.strip())
    rows = OutgoingEntry.objects.filter(
        series__office_id=by.office,
        state=OutgoingState.ISSUED,
        document__number=number,
        document__notation__iexact=notation,
    )
    if number.isdigit():
        rows = rows.filter(number=int(number))  # series and number are indexed, the text is not
    ids = list(rows.order_by("-pk").values_list("pk", flat=True)[:5])
    seen = participants.sights(by, "out", ids)
    return next((pk for pk in ids if pk in seen), None)
