"""What registrations teach about those who write to an office, for the next document that they send.

Kept per office, bounded per issuer, and forgotten when nothing confirms it for two years.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Greatest

from vanthu.kernel.calendar import now
from vanthu.kernel.vietnamese import fold
from vanthu.reading.fields.known import Body, Signer
from vanthu.reading.lessons_models import Lesson, LessonKind

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_OF_KIND = 30  # of one issuer in one office: the latest stay
MOST_ISSUERS = 5  # that one head may mean
KEPT = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Taught:
    """What a clerk saved of one document, and how its head was read; what is unknown is empty."""

    issuer: str
    issuer_key: str
    notation: str = ""
    signer: str = ""
    post: str = ""
    head: str = ""
    over: str = ""


@transaction.atomic
def teach(office_id: int, taught: Taught) -> None:
    """Note or confirm what one registration of the office says."""
    if not taught.issuer_key:
        return
    for kind, value, detail in (
        (LessonKind.HEAD, taught.head, taught.over),
        (LessonKind.SIGNER, taught.signer, taught.post),
        (LessonKind.NOTATION, taught.notation, ""),
    ):
        if value:
            _note(office_id, taught, kind, value[:300], detail[:300])


def _note(office_id: int, taught: Taught, kind: LessonKind, value: str, detail: str) -> None:
    about = {"office_id": office_id, "issuer_key": taught.issuer_key[:200], "kind": kind}
    row, new = Lesson.objects.get_or_create(
        **about,
        value_key=fold(value)[:300],
        detail=detail,
        defaults={"issuer": taught.issuer[:500], "value": value, "taught_at": now()},
    )
    if not new:
        Lesson.objects.filter(pk=row.pk).update(
            issuer=taught.issuer[:500], value=value, times=F("times") + 1, taught_at=now()
        )
        return
    latest = Lesson.objects.filter(**about).order_by("-taught_at", "-pk").values("pk")[:MOST_OF_KIND]
    Lesson.objects.filter(**about).exclude(pk__in=latest).delete()


@transaction.atomic
def hand_over(office_id: int, to_office_id: int) -> None:
    """What an office that ended had learnt goes to its successor; what both learnt counts as often as both saw it."""
    same = {key: OuterRef(key) for key in ("issuer_key", "kind", "value_key", "detail")}
    mine, theirs = Lesson.objects.filter(office=office_id), Lesson.objects.filter(office=to_office_id)
    twin = mine.filter(**same)
    theirs.filter(Exists(twin)).update(
        times=F("times") + Subquery(twin.values("times")),
        taught_at=Greatest("taught_at", Subquery(twin.values("taught_at"))),
    )
    mine.filter(Exists(theirs.filter(**same))).delete()
    mine.update(office=to_office_id)


def bodies(office_id: int, head: str, over: str, head_key: str) -> list[Body]:
    """Whom the office knows under a head that was read: by the name it saved or by the head it saw. Two queries."""
    seen = Q(kind=LessonKind.HEAD, value_key=fold(head)[:300], detail=over[:300])
    meant = (
        Lesson.objects.filter(Q(issuer_key=head_key[:200]) | seen, office=office_id)
        .order_by("issuer_key", "-taught_at")
        .distinct("issuer_key")
        .values_list("issuer_key", flat=True)[:MOST_ISSUERS]
    )
    rows = Lesson.objects.filter(office=office_id, issuer_key__in=list(meant)).order_by("-taught_at")
    by_issuer: dict[str, list[Lesson]] = defaultdict(list)
    for row in rows[: 3 * MOST_OF_KIND * MOST_ISSUERS]:
        by_issuer[row.issuer_key].append(row)
    return [_body(found, head, over) for found in by_issuer.values()]


def _body(rows: Sequence[Lesson], head: str, over: str) -> Body:
    said = any(
        row.kind == LessonKind.HEAD and fold(row.value) == fold(head) and row.detail == over for row in rows
    )
    return Body(
        rows[0].issuer,
        over=over if said else "",
        heads=(head,) if said else (),
        notations=tuple(row.value for row in rows if row.kind == LessonKind.NOTATION),
        signers=tuple(Signer(row.value, row.detail) for row in rows if row.kind == LessonKind.SIGNER),
    )


def count(office_id: int) -> int:
    """How many lessons the office has."""
    return Lesson.objects.filter(office=office_id).count()


def forget(office_id: int, issuer_key: str) -> int:
    """Forget all that the office learnt about an issuer; how many lessons these were."""
    return Lesson.objects.filter(office=office_id, issuer_key=issuer_key).delete()[0]


def forget_old() -> int:
    """Forget what nothing confirmed for two years; how many lessons these were."""
    return Lesson.objects.filter(taught_at__lt=now() - KEPT).delete()[0]
