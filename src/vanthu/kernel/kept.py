"""Half-filled forms: kept while somebody types, so that nothing is lost when the line drops or the session ends."""

from collections.abc import Sequence
from datetime import timedelta

from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.jobs import job
from vanthu.kernel.models import KeptForm
from vanthu.kernel.refusals import Invalid

LONGEST = 60_000  # letters of one form
KEPT = timedelta(days=14)

type Values = Sequence[tuple[str, str]]


def keep(name: str, values: Values, *, by: Actor) -> None:
    """Keep what was typed under the name of the form, in the place of what was kept before; nothing forgets it."""
    name = _kept_as(name, by)
    mine = KeptForm.objects.filter(account_id=by.account, name=name)
    if not values:
        mine.delete()
        return
    if not name or len(name) > 200 or sum(len(value) for _, value in values) > LONGEST:
        raise Invalid("Nội dung đang gõ quá dài để giữ tạm. Gửi biểu mẫu, hoặc chép ra tệp.")
    KeptForm.objects.update_or_create(
        account_id=by.account, name=name, defaults={"values": [list(pair) for pair in values]}
    )


def kept(name: str, *, by: Actor) -> KeptForm | None:
    """What the actor's account was typing into this form."""
    return KeptForm.objects.filter(account_id=by.account, name=_kept_as(name, by)).first()


def _kept_as(name: str, by: Actor) -> str:
    """What is typed in practice is never offered in a form of a real office."""
    return f"practice-{by.room_id}:{name}" if name and by.room_id is not None else name


@job(retries=3, cron="40 18 * * *")  # UTC: 01:40 in Hà Nội
def forget_old(timestamp: int = 0) -> None:
    """Every night: what nobody came back to for two weeks is gone."""
    KeptForm.objects.filter(kept_at__lt=now() - KEPT).delete()
