"""Certificates as pages show them: of the office and its people, of one holder with the past, my own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from vanthu.kernel.refusals import NotFound
from vanthu.organisations import people
from vanthu.organisations import queries as organisations
from vanthu.signing.certificate_models import CertificateStanding
from vanthu.signing.models import Certificate
from vanthu.signing.states import HolderKind

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

    from vanthu.kernel.actor import Actor

SOON = 60  # days before its end from which a certificate is worth renewing
_VERY_SOON = 30


@dataclass(frozen=True, slots=True)
class Shown:
    """A certificate with what is known of it. `days` until it ends, negative after that."""

    certificate: Certificate
    standing: CertificateStanding | None
    days: int

    @property
    def state(self) -> str:
        """active, ending (soon), expired, revoked or ended."""
        if self.standing and self.standing.revocation == "revoked":
            return "revoked"
        if not self.certificate.active:
            return "ended"
        if self.days < 0:
            return "expired"
        return "ending" if self.days <= SOON else "active"

    @property
    def words(self) -> str:
        """Its state in Vietnamese."""
        if self.state == "ending":
            return f"Còn {self.days} ngày" if self.days else "Hết hạn hôm nay"
        return {
            "active": "Đang dùng", "expired": "Đã hết hạn", "revoked": "Đã bị thu hồi", "ended": "Đã thôi dùng",
        }[self.state]  # fmt: skip

    @property
    def tone(self) -> str:
        """The colour of its badge."""
        if self.state == "ending":
            return "danger" if self.days <= _VERY_SOON else "warn"
        return {"active": "ok", "expired": "danger", "revoked": "danger"}.get(self.state, "")

    @property
    def issuer(self) -> str:
        """Who issued it: the common name, else the whole name."""
        found = re.search(r"(?:^|,)CN=((?:\\.|[^,\\])*)", self.certificate.issuer)
        return found[1].replace("\\", "") if found else self.certificate.issuer

    @property
    def revocation(self) -> str:
        """What its issuer said last, in Vietnamese."""
        said = self.standing.revocation if self.standing else ""
        return {"good": "không bị thu hồi", "revoked": "đã bị thu hồi"}.get(said, "chưa hỏi được đơn vị cấp")


@dataclass(frozen=True, slots=True)
class Named:
    """What is said of a certificate elsewhere: whose it is, the name on it, the day it ends."""

    holder_kind: str
    holder_id: int
    name: str
    until: date


@dataclass(frozen=True, slots=True)
class Row:
    """A holder in the list of the office; `title` what they are; `shown` the certificate that lasts longest, if any."""

    kind: str
    id: int
    name: str
    title: str
    shown: Shown | None

    @property
    def state(self) -> str:
        return self.shown.state if self.shown else "none"


def of_office(by: Actor, text: str = "") -> list[Row]:
    """The office and its people with their certificates in use; needs `administer`. Five queries."""
    members = people.staff(by, text)
    found = _in_use(by.office, [one.person.pk for one in members])
    office = organisations.office(by.office)
    rows = (
        [] if text else [Row("office", office.pk, office.name, "Cơ quan", found.get(("office", office.pk)))]
    )
    return rows + [
        Row("person", one.person.pk, one.person.full_name, ", ".join(post.title for post in one.posts),
            found.get(("person", one.person.pk)))
        for one in members
    ]  # fmt: skip


def _in_use(office_id: int, person_ids: Collection[int]) -> dict[tuple[str, int], Shown]:
    whose = Q(holder_kind=HolderKind.OFFICE, holder_id=office_id) | Q(
        holder_kind=HolderKind.PERSON, holder_id__in=person_ids
    )
    rows = _rows().filter(whose, active=True).order_by("valid_until_at", "pk")
    return {(one.holder_kind, one.holder_id): shown(one) for one in rows}  # the last of a holder stays


def of_holder(kind: str, pk: int) -> list[Shown]:
    """All certificates that a holder ever had, those in use first, then the newest. One query."""
    rows = _rows().filter(holder_kind=kind, holder_id=pk)
    return [shown(one) for one in rows.order_by("-active", "-enrolled_at", "-pk")]


def mine(by: Actor) -> list[Shown]:
    """The certificates of the person who acts."""
    return of_holder(HolderKind.PERSON, by.person)


def named(pk: int) -> Named:
    """Whose a certificate is; raises `NotFound`."""
    found = Certificate.objects.defer("picture").filter(pk=pk).first()
    if found is None:
        raise NotFound()
    until = timezone.localtime(found.valid_until_at).date()
    return Named(found.holder_kind, found.holder_id, found.common_name, until)


def ids_of_holder(pk: int) -> list[int]:
    """This certificate and all others of its holder."""
    found = named(pk)
    rows = Certificate.objects.filter(holder_kind=found.holder_kind, holder_id=found.holder_id)
    return list(rows.values_list("pk", flat=True))


def with_picture(ids: Iterable[int]) -> frozenset[int]:
    """Which of these certificates have a picture. One query."""
    rows = Certificate.objects.filter(pk__in=list(ids), picture__isnull=False)
    return frozenset(rows.values_list("pk", flat=True))


def picture_of(pk: int, by: Actor) -> bytes:
    """The picture enrolled with a certificate, for its holder and the administrator of the holder's office.

    A signature is copied too easily to be shown to others. Raises `NotFound`.
    """
    found = Certificate.objects.filter(pk=pk, picture__isnull=False).first()
    if found is None or not _may_see(found, by):
        raise NotFound()
    return bytes(found.picture or b"")


def _may_see(found: Certificate, by: Actor) -> bool:
    if found.holder_kind == HolderKind.OFFICE:
        return found.holder_id == by.office and (by.may("administer") or by.may("number"))
    if found.holder_id == by.person_id:
        return True
    return by.may("administer") and bool(
        organisations.valid_posts(person_id=found.holder_id, office_id=by.office)
    )


def shown(certificate: Certificate, moment: datetime | None = None) -> Shown:
    """The certificate with what is known of it now; its standing was read with it."""
    standing = getattr(certificate, "standing", None)
    ends = timezone.localtime(certificate.valid_until_at).date()
    days = (ends - timezone.localtime(moment).date()).days
    if certificate.valid_until_at < (moment or timezone.now()):
        days = min(days, -1)
    return Shown(certificate, standing, days)


def _rows() -> QuerySet[Certificate]:
    return Certificate.objects.select_related("standing").defer("picture")
