"""What is still open at offices that ended: must be nothing once a change of the organisation is carried out."""

from collections.abc import Iterable

from vanthu.calendar.models import Appointment
from vanthu.documents.models import IncomingEntry, OutgoingEntry, Series
from vanthu.documents.series_models import HeldNumber
from vanthu.documents.states import STILL_OPEN, IncomingState, OutgoingState
from vanthu.dossiers.models import Dossier
from vanthu.exchange.models import Delivery
from vanthu.issuing.models import Draft
from vanthu.issuing.states import UNFINISHED
from vanthu.kernel.calendar import now
from vanthu.kernel.models import Participant
from vanthu.organisations.models import Post, Unit
from vanthu.tasks.models import Matter, Rhythm, Task
from vanthu.tasks.states import LIVE

_IN_HAND = (
    IncomingState.WAITING, IncomingState.REGISTERED, IncomingState.PRESENTED, IncomingState.DIRECTED,
)  # fmt: skip


def left_behind(offices: Iterable[int]) -> dict[str, int]:
    """How much of each kind is still open with these offices; kinds of which there is nothing are left out.

    What the archive has before it stays in its fonds, news of what was done before stay with it: they are not counted.
    """
    ended = list(offices)
    done = IncomingEntry.objects.filter(office__in=ended).exclude(state__in=_IN_HAND).values("pk")
    waiting = Participant.objects.filter(office_id__in=ended, pending=True).exclude(
        item_kind="in", item_id__in=done
    )
    rows = {
        "entries": IncomingEntry.objects.filter(office__in=ended, state__in=_IN_HAND),
        "numbered": OutgoingEntry.objects.filter(office__in=ended, state=OutgoingState.NUMBERED),
        "held numbers": HeldNumber.objects.filter(office__in=ended, state__in=STILL_OPEN),
        "open books": Series.objects.filter(office__in=ended, closed_on=None),
        "tasks": Task.objects.filter(office__in=ended, state__in=LIVE),
        "matters": Matter.objects.filter(office__in=ended, state="open"),
        "periodic work": Rhythm.objects.filter(office__in=ended, stopped_on=None),
        "dossiers": Dossier.objects.filter(office__in=ended, state="open"),
        "drafts": Draft.objects.filter(office__in=ended, state__in=UNFINISHED),
        "deliveries": Delivery.objects.filter(to_office__in=ended, state="queued"),
        "appointments": Appointment.objects.filter(office__in=ended, state="planned", ends_at__gt=now()),
        "posts": Post.objects.filter(office__in=ended, valid_to_on=None),
        "units": Unit.objects.filter(office__in=ended, valid_to_on=None),
        "waiting": waiting.exclude(item_kind="dossier", owner_kind="a"),
    }
    counted = {name: found.count() for name, found in rows.items()}
    return {name: count for name, count in counted.items() if count}
