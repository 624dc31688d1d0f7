"""What a check of the signatures found, on the entries of a document that came in."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from vanthu.documents.models import IncomingEntry
from vanthu.documents.states import IncomingState
from vanthu.kernel import ledger
from vanthu.kernel.actor import SYSTEM
from vanthu.kernel.calendar import now

_OPEN = ("", "unknown")  # not checked yet, or nobody could be asked
_GONE = (IncomingState.RETURNED, IncomingState.RECALLED)


def document_of(entry_id: int) -> int | None:
    """The document of an entry that waits to learn what its signatures are worth."""
    return _waiting().filter(pk=entry_id).values_list("document_id", flat=True).first()


def is_open(document_id: int) -> bool:
    """Whether an entry of the document waits to learn what its signatures are worth."""
    return _waiting().filter(document=document_id).exists()


@transaction.atomic
def note(document_id: int, report: Mapping[str, Any]) -> int:
    """Write the report on the entries that wait for it; returns how many. A verdict that is known stays."""
    verdict = str(report["verdict"])
    entries = list(
        _waiting()
        .filter(document=document_id)
        .exclude(signature_verdict=verdict)
        .select_for_update()
        .order_by("office_id")
    )
    for entry in entries:
        before = entry.signature_verdict
        entry.signature_verdict, entry.signature_report = verdict, dict(report)
        entry.save(update_fields=["signature_verdict", "signature_report"])
        ledger.record(
            "documents.signatures_checked",
            entry,
            by=SYSTEM,
            office_id=entry.office_id,
            changes={"signature_verdict": (before, verdict)},
            note=f"kiểm tra chữ ký số: {report['summary']}",
        )
    return len(entries)


def to_check_again(hours: int = 168) -> list[int]:
    """Documents that arrived in these hours and of whose signatures too little is known."""
    since = now() - timedelta(hours=hours)
    rows = IncomingEntry.objects.filter(signature_verdict="unknown", arrived_at__gt=since)
    return sorted(set(rows.exclude(state__in=_GONE).values_list("document_id", flat=True)[:500]))


def _waiting() -> QuerySet[IncomingEntry]:
    return IncomingEntry.objects.filter(signature_verdict__in=_OPEN).exclude(state__in=_GONE)
