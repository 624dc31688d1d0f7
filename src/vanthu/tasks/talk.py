"""What was said at a task: progress, requests for more time, chasing."""

from __future__ import annotations

from dataclasses import dataclass

from vanthu.tasks.models import Chase, Extension, Progress
from vanthu.tasks.states import ExtensionState


@dataclass(frozen=True, slots=True)
class Talk:
    """Oldest first each; `asked` is the request that waits for an answer."""

    progress: list[Progress]
    extensions: list[Extension]
    chases: list[Chase]

    @property
    def asked(self) -> Extension | None:
        return next((one for one in self.extensions if one.state == ExtensionState.ASKED), None)

    @property
    def percent(self) -> int | None:
        """The last share that was given."""
        return next((one.percent for one in reversed(self.progress) if one.percent is not None), None)


NOTHING = Talk([], [], [])


def of_task(pk: int) -> Talk:
    """What was said at a task; the caller has checked the sight. Three queries."""
    progress = Progress.objects.filter(task=pk).select_related("author").order_by("written_at", "pk")
    extensions = Extension.objects.filter(task=pk).select_related("asked_by", "answered_by")
    chases = Chase.objects.filter(task=pk).select_related("by").order_by("chased_at", "pk")
    return Talk(list(progress), list(extensions.order_by("asked_at", "pk")), list(chases))
