"""Documents from one side to the other while the line between them fails; what must be true at the end."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.db.models import Count

from tests.cast import World
from tests.exchange.axis_out import issued
from vanthu.documents import actions
from vanthu.documents.models import IncomingEntry
from vanthu.exchange import receiving_jobs, uploading, watching
from vanthu.exchange.axis_models import Connection, OwnAddress, ReceivedPacket, SentPacket
from vanthu.exchange.models import Delivery, Receipt
from vanthu.exchange.routing import To
from vanthu.kernel import ledger, vault
from vanthu.kernel.calendar import now
from vanthu.kernel.jobs import run_jobs
from vanthu.organisations import agencies

OURS, THEIRS = "E01.00", "H05.13"
FAULTS = (
    "before", "after", "lost", "truncated", "garbage", "error", "error_after", "slow", "duplicate", "disorder",
    "stray",
)  # fmt: skip
_SYMBOL = ("document__number", "document__notation", "document__subject")
_FAR = 10**7  # seconds: every job that waits runs


class Soak:
    """The Supreme Procuracy sends over its connection, the province receives over its own and enters into its book."""

    def __init__(
        self, world: World, attach: Callable[[int], None], ours: Connection, theirs: Connection
    ) -> None:
        self.world, self._attach, self._ours, self._theirs = world, attach, ours, theirs
        OwnAddress.objects.create(office=world.supreme, connection=ours, code=OURS, folded=OURS.lower())
        OwnAddress.objects.create(
            office=world.province, connection=theirs, code=THEIRS, folded=THEIRS.lower()
        )
        self._body = agencies.sender(THEIRS, "Nơi nhận ở đầu kia", ours.key)
        self.sent: list[int] = []

    def issue(self) -> None:
        """One more document goes."""
        number = len(self.sent) + 1
        to = [To(None, self._body.name, self._body.pk)]
        entry = issued(self.world, self._attach, to, subject=f"Về việc trao đổi văn bản lần {number}")
        self.sent.append(entry.pk)

    def later(self) -> None:
        """Time passes: whatever waits for its time has come to it."""
        past = now() - timedelta(minutes=10)
        SentPacket.objects.filter(next_at__isnull=False).update(next_at=past)
        ReceivedPacket.objects.filter(next_at__isnull=False).update(next_at=past)
        Connection.objects.update(polled_at=None)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
        for every_minute in (receiving_jobs.poll_due, uploading.send_what_lies, watching.look_after):
            every_minute()

    def register(self) -> None:
        """The clerk of the other side enters what has come."""
        clerk = self.world.actor("clerk")
        for pk in IncomingEntry.objects.filter(office=self.world.province, state="waiting").values_list(
            "pk", flat=True
        ):
            actions.receive(pk, by=clerk)

    def run(self) -> None:
        """Everything that is due, here and now."""
        self.later()
        run_jobs(ahead=_FAR)
        self.register()
        run_jobs(ahead=_FAR)

    def left(self) -> int:
        """Documents of which not both statuses have come back."""
        told = Receipt.objects.filter(delivery__outgoing__in=self.sent, code__in=("01", "03"))
        done = told.values("delivery").annotate(codes=Count("code", distinct=True)).filter(codes=2)
        return len(self.sent) - done.count()

    def check(self) -> None:
        """Nothing is lost, nothing is there twice."""
        lines = Delivery.objects.filter(outgoing__in=self.sent)
        assert Counter(lines.values_list("state", flat=True)) == {"registered": len(self.sent)}
        assert Counter(lines.values_list("packet__state", flat=True)) == {"accepted": len(self.sent)}
        came = IncomingEntry.objects.filter(office=self.world.province)
        symbols = Counter(came.values_list(*_SYMBOL))
        wanted = Counter(lines.values_list(*_SYMBOL))
        assert symbols == wanted
        assert set(wanted.values()) == {1}
        codes = Counter(
            Receipt.objects.filter(delivery__in=lines).exclude(code="").values_list("code", flat=True)
        )
        assert codes == {"01": len(self.sent), "03": len(self.sent)}
        numbers = sorted(came.values_list("arrival_number", flat=True))
        assert numbers == list(range(1, len(self.sent) + 1))
        assert not ReceivedPacket.objects.filter(state="trouble").exists()
        assert list(ledger.check()) == []


def connect(key: str, address: str, system: str, secret: str) -> Connection:
    """A connection of the kind of the axis."""
    return Connection.objects.create(
        key=key, name=f"Trục ({key})", kind="vxp", endpoint=address, system_id=system,
        secret=vault.encrypted(secret), active=True,
    )  # fmt: skip
