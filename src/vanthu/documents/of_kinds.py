"""The ids of entries that are documents of some kinds, for what a delegation for these kinds shows."""

from collections.abc import Sequence

from django.db.models import QuerySet

from vanthu.documents.models import IncomingEntry, OutgoingEntry


def incoming(codes: Sequence[str]) -> QuerySet[IncomingEntry, int]:
    """Incoming entries of these kinds."""
    return IncomingEntry.objects.filter(kind__in=codes).values_list("pk", flat=True)


def outgoing(codes: Sequence[str]) -> QuerySet[OutgoingEntry, int]:
    """Outgoing entries of these kinds."""
    return OutgoingEntry.objects.filter(document__kind__in=codes).values_list("pk", flat=True)
