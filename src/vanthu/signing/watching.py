"""Certificates in use are watched at night: warned of before they end, ended as soon as their issuer revoked them."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.later import later
from vanthu.organisations import queries as organisations
from vanthu.signing import certificates
from vanthu.signing.certificate_models import CertificateStanding
from vanthu.signing.certificate_queries import shown
from vanthu.signing.devices import device_of, holder_of
from vanthu.signing.models import Certificate
from vanthu.signing.providers import practice_key
from vanthu.signing.providers.base import SigningError
from vanthu.signing.states import HolderKind

if TYPE_CHECKING:
    from datetime import datetime

    from vanthu.signing import roots
else:
    roots = later("vanthu.signing.roots")

log = logging.getLogger("vanthu.signing")

WARNINGS = (60, 30, 7)  # days before its end, each told once
_SILENCES = 3  # certificates of one issuer without an answer, after which it is left alone for the night


def warn(moment: datetime | None = None) -> int:
    """Tell of the certificates that end within 60, 30 or 7 days, once for each step; returns how many were told."""
    moment = moment or timezone.now()
    within = moment + timedelta(days=WARNINGS[0] + 1)
    rows = (
        Certificate.objects.filter(active=True, valid_until_at__gt=moment, valid_until_at__lt=within)
        .exclude(provider=practice_key.NAME)
        .select_related("standing")
        .defer("picture")
        .order_by("pk")
    )
    return sum(_warned(one, moment) for one in rows)


def _warned(certificate: Certificate, moment: datetime) -> bool:
    found = shown(certificate, moment)
    steps = [step for step in WARNINGS if found.days <= step]
    before = found.standing.warned_days if found.standing else None
    if not steps or (before is not None and before <= steps[-1]):
        return False
    ends = timezone.localtime(certificate.valid_until_at)
    note = f"chứng thư số của {certificate.common_name} hết hạn ngày {ends:%d/%m/%Y}, còn {found.days} ngày"
    with transaction.atomic():
        CertificateStanding.objects.update_or_create(
            certificate=certificate, defaults={"warned_days": steps[-1]}
        )
        for office in offices_of(certificate):
            by = Actor.for_system(office)
            ledger.record(
                "signing.expiring", certificate, by=by, changes={"days": (None, found.days)}, note=note
            )
    return True


def ask_issuers() -> Counter[str]:
    """Ask about every certificate in use, those longest not asked first; returns {answer: how many}.

    A revoked one is ended at once. When an issuer does not answer, its certificates keep what was known of them.
    """
    rows = (
        Certificate.objects.filter(active=True, valid_until_at__gt=timezone.now())
        .exclude(provider=practice_key.NAME)
        .select_related("standing")
        .defer("picture")
        .order_by(F("standing__checked_at").asc(nulls_first=True), "pk")
    )
    answers: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    for one in rows.iterator(chunk_size=200):
        if silent[one.issuer] >= _SILENCES:
            continue
        answer = roots.state_of(_chain(one))
        answers[answer] += 1
        if answer == "unknown":
            silent[one.issuer] += 1
        else:
            silent[one.issuer] = 0
            _keep(one, answer)
    for issuer, number in silent.items():
        if number:
            log.warning("the issuer %s did not answer about its certificates", issuer)
    return answers


@transaction.atomic
def _keep(certificate: Certificate, answer: str) -> None:
    known = answer if answer in ("good", "revoked") else "unknown"
    CertificateStanding.objects.update_or_create(
        certificate=certificate, defaults={"revocation": known, "checked_at": timezone.now()}
    )
    if answer == "revoked":
        for office in offices_of(certificate):
            certificates.end_revoked(certificate, office_id=office, by=Actor.for_system(office))


def offices_of(certificate: Certificate) -> list[int]:
    """Whose administrators look after it: the office itself, or those where the person holds a post."""
    if certificate.holder_kind == HolderKind.OFFICE:
        return [certificate.holder_id]
    posts = organisations.valid_posts(person_id=certificate.holder_id)
    return sorted({post.office_id for post in posts})


def _chain(certificate: Certificate) -> list[x509.Certificate]:
    """The certificate and those above it, as they were enrolled, else as the device knows them."""
    standing = getattr(certificate, "standing", None)
    if standing is not None and standing.chain:
        return [certificate.x509, *x509.load_pem_x509_certificates(standing.chain.encode())]
    try:
        return device_of(certificate.provider).chain(holder_of(certificate))
    except SigningError as error:
        log.warning("certificate %s: %s", certificate.pk, error.message)
        return [certificate.x509]
