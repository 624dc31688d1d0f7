"""Work on a document that its sender recalled is closed. Decree 30/2020, article 18.4."""

from collections.abc import Sequence

from vanthu.kernel.calendar import now
from vanthu.tasks.models import Task
from vanthu.tasks.states import TASKS


def close_recalled(entry_ids: Sequence[int], note: str) -> int:
    """Close the open tasks of entries that are tombstones now, with a note; returns how many. One statement."""
    move = TASKS["cancel"]
    rows = Task.objects.filter(source_kind="in", source_id__in=entry_ids, state__in=move.sources)
    return rows.update(state=move.target, done_at=now(), result=note[:1000])
