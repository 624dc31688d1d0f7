"""Shares end, and open dossiers are measured again."""

from datetime import timedelta
from itertools import batched

from vanthu.documents import filing
from vanthu.dossiers import queries, readiness, sharing
from vanthu.kernel.calendar import now
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.jobs import enqueue, job
from vanthu.kernel.ledger import Event
from vanthu.signing import augmenting as signing

_AT_ONCE = 100  # dossiers measured with the same few queries
_STALE = timedelta(days=7)
_FILED = {"in": filing.filed_incoming, "out": filing.filed_outgoing}


@job(retries=3)
def measure(dossier_ids: list[int]) -> None:
    """Measure these dossiers again."""
    readiness.measure(dossier_ids)


def measure_holders(event: Event) -> None:
    """Something happened to a document or draft: the open dossiers in which it lies are measured again soon."""
    held = queries.holders(event.item_kind, event.item_id)
    if held:
        enqueue(measure, lock=f"measure:{event.item_kind}:{event.item_id}", dossier_ids=held)


def on_emptied(event: Event) -> None:
    """A document or draft has no contents any more: what was found about it went with them."""
    readiness.forget(event.item_kind, event.item_id)
    measure_holders(event)


def on_filed(event: Event) -> None:
    """What lies in a dossier goes to the archive one day: its signatures are to last (not those of practice)."""
    kind, _, pk = str(event.changes["item"][1]).partition(":")
    if kind in _FILED and event.by.room_id is None:
        enqueue(keep_signatures, kind=kind, pk=int(pk), office_id=event.office_id)


@job(retries=3)
def keep_signatures(kind: str, pk: int, office_id: int) -> None:
    """Ask the signing room to keep the signed files of a filed document for decades."""
    found = _FILED[kind]([pk]).get(pk)
    held = found.files if found else ()
    pdfs = [one.file_id for one in held if one.file.media_type == PDF]
    signing.want(pdfs, office_id=office_id)


def on_raised(event: Event) -> None:
    """Signatures of a file came to another level."""
    enqueue(measure_with_file, sha256=event.changes["sha256"][0])


@job(retries=3)
def measure_with_file(sha256: str) -> None:
    """The open dossiers in which this file lies are measured again."""
    items = filing.entries_with_file(sha256)
    readiness.measure({pk for item in items for pk in queries.holders(item.kind, item.id)})


@job(retries=3, cron="40 17 * * *")  # UTC: 00:40 in Hà Nội
def measure_stale(timestamp: int = 0) -> None:
    """Every night: open dossiers that were never measured, or not for a week."""
    for ids in batched(queries.unmeasured(now() - _STALE), _AT_ONCE):
        readiness.measure(ids)


@job(retries=3, cron="5 * * * *")
def end_shares(timestamp: int = 0) -> None:
    """Every hour: what was shared until a day is shared no more after it."""
    sharing.end_due()
