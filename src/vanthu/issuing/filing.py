"""What dossiers ask of drafts: whether they became documents."""

from collections.abc import Collection
from typing import NamedTuple

from vanthu.documents import kinds
from vanthu.issuing.models import Draft
from vanthu.issuing.states import DraftState
from vanthu.kernel import participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.participants import Item


class FiledDraft(NamedTuple):
    """A draft in a dossier; `outgoing_id` is its entry once it was issued, None before."""

    label: str
    outgoing_id: int | None


def filed_drafts(ids: Collection[int]) -> dict[int, FiledDraft]:
    """Drafts for system work. One query."""
    return {
        row.pk: FiledDraft(
            f"{kinds.by_code(row.kind).name} “{row.subject[:60]}”",
            row.outgoing_id if row.state == DraftState.ISSUED else None,
        )
        for row in Draft.objects.filter(pk__in=ids)
    }


def issued_from(ids: Collection[int], by: Actor) -> dict[int, int]:
    """{draft: its outgoing entry} of the drafts that the actor sees and that were issued. Two queries."""
    seen = participants.sights(by, "draft", ids) if ids else {}
    rows = Draft.objects.filter(pk__in=seen, state=DraftState.ISSUED, outgoing__isnull=False)
    return {pk: out for pk, out in rows.values_list("pk", "outgoing_id") if out is not None}


def answered_by(draft_id: int) -> list[Item]:
    """The incoming entry that a draft answers, to find where that was filed. One query."""
    rows = Draft.objects.filter(pk=draft_id, replies_to__isnull=False).values_list("replies_to", flat=True)
    return [Item("in", pk) for pk in rows if pk is not None]
